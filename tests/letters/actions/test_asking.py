"""The mails that ask the committee for approval: to whom, with what words, and when not."""

import datetime
import email
from email.policy import default

import pytest
from django.utils import timezone

from crm.actions.action import Refused
from crm.dutch.dates import long_date
from crm.models import OutgoingMessage, SignedLink
from crm.queries import outgoing
from letters.actions import approvals, asking
from letters.queries import approvals as queries
from letters.queries import contents
from tests.letters.stories import agree, propose, told

pytestmark = pytest.mark.django_db


def asked(round_):
    return [
        message.envelope_to.partition("@")[0]
        for message in OutgoingMessage.objects.filter(batch=f"approval:{round_.pk}").order_by("pk")
    ]


def newest(to):
    raw = OutgoingMessage.objects.filter(envelope_to=f"{to}@brug.example").order_by("-pk")[0].raw.read()
    return email.message_from_bytes(raw, policy=default)


def away(user, *, stand_in=None):
    user.absent_until_on = timezone.localdate() + datetime.timedelta(days=7)
    user.stand_in = stand_in
    user.save()


def test_the_mail_says_in_plain_words_what_is_asked(letter, alida, bram):
    asking.ask_by_mail(round_=propose(letter, alida))
    message = newest("bram")
    text = message.get_body(("plain",)).get_content()
    link = SignedLink.objects.filter(user=bram).latest("pk")
    assert message["Subject"] == "Ben je akkoord? “Ontmoeten in de buurt”"
    assert text.splitlines()[::2][:3] == [
        "Dag Bram,",
        f"Alida de Test vraagt of je akkoord bent met de brief “Ontmoeten in de buurt” ({letter.reference}).",
        "Lees hem en beslis op deze pagina. Je hoeft niet in te loggen:",
    ]
    assert f"tot {long_date(timezone.localtime(link.expires_at).date())}" in text


def test_who_is_away_is_not_asked_and_her_stand_in_is(letter, alida, bram, cor):
    away(bram, stand_in=cor)
    round_ = propose(letter, alida)
    asking.ask_by_mail(round_=round_)
    assert asked(round_) == ["alida", "cor"]


def test_who_has_no_address_is_not_asked_by_mail(letter, alida, bram, cor):
    cor.email = ""
    cor.save()
    round_ = propose(letter, alida)
    asking.ask_by_mail(round_=round_)
    assert asked(round_) == ["alida", "bram"]
    with pytest.raises(Refused, match="Van Cor de Test is hier geen e-mailadres"):
        asking.remind(round_=round_, user=cor, by=alida)


def test_who_comes_on_the_committee_later_is_asked_when_asking_again(letter, alida, bram, cor, loes):
    round_ = propose(letter, alida)
    assert asking.ask_by_mail(round_=round_) == 3
    loes.groups.set(bram.groups.all())
    assert [asking.ask_by_mail(round_=round_) for _ in range(2)] == [1, 0]
    assert asked(round_) == ["alida", "bram", "cor", "loes"]


def test_a_round_that_is_over_asks_and_reminds_nobody(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    approvals.take_back(letter=letter, by=alida)
    round_.refresh_from_db()
    assert (asking.ask_by_mail(round_=round_), asked(round_)) == (0, [])
    with pytest.raises(Refused):
        asking.remind(round_=round_, user=bram, by=alida)


def test_a_reminder_brings_a_new_link_and_pressed_again_it_mails_nothing(letter, alida, bram):
    round_ = propose(letter, alida)
    first = approvals.link_for(round_, bram)
    asking.remind(round_=round_, user=bram, by=alida)
    assert newest("bram")["Subject"] == "Herinnering: Ben je akkoord? “Ontmoeten in de buurt”"
    with pytest.raises(Refused, match="net herinnerd"):
        asking.remind(round_=round_, user=bram, by=alida)
    assert told(letter, "letters.reminded") == [
        "Alida de Test stuurde Bram de Test een herinnering om te beslissen"
    ]
    approvals.decide_by_link(token=first, verdict="approved", content_hash=contents.content(letter).hash)
    assert round_.approvals.get().user == bram


def refuse(round_):
    OutgoingMessage.objects.filter(batch=f"approval:{round_.pk}").update(state="refused")


def states_of(round_):
    mails = OutgoingMessage.objects.filter(batch=f"approval:{round_.pk}").order_by("pk")
    return [(mail.envelope_to.partition("@")[0], mail.state) for mail in mails]


def test_a_refused_question_asks_for_a_decision_until_a_new_one_goes(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    asking.ask_by_mail(round_=round_)
    refuse(round_)
    assert [mail.envelope_to for mail in outgoing.to_settle()] == [u.email for u in (alida, bram, cor)]
    assert queries.asked(round_)[bram.pk].refused
    asking.remind(round_=round_, user=bram, by=alida)
    assert states_of(round_) == [
        ("alida", "refused"),
        ("bram", "dropped"),
        ("cor", "refused"),
        ("bram", "queued"),
    ]
    assert not queries.asked(round_)[bram.pk].refused


@pytest.mark.parametrize("ending", ["agreed", "taken back"])
def test_once_the_round_is_over_a_refused_question_asks_for_nothing(letter, alida, bram, cor, ending):
    round_ = propose(letter, alida)
    asking.ask_by_mail(round_=round_)
    refuse(round_)
    if ending == "agreed":
        agree(letter, bram, cor)
    else:
        approvals.take_back(letter=letter, by=alida)
    assert list(outgoing.to_settle()) == []


@pytest.mark.parametrize("who", ["loes", "otto", "bram"])
def test_only_those_whose_word_is_awaited_are_reminded(letter, request, alida, bram, cor, who):
    """Loes and Otto are not on the committee, and Bram is away."""
    someone = request.getfixturevalue(who)
    away(bram, stand_in=cor)
    round_ = propose(letter, alida)
    with pytest.raises(Refused, match=f"{someone} heeft geen herinnering nodig"):
        asking.remind(round_=round_, user=someone, by=alida)
    assert asked(round_) == []


def test_who_remarked_by_her_link_gets_a_fresh_one_and_can_agree_with_it(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    words = {"content_hash": contents.content(letter).hash}
    approvals.decide_by_link(
        token=approvals.link_for(round_, bram), verdict="remark", text="Noem de huur.", **words
    )
    asking.remind(round_=round_, user=bram, by=alida)
    text = newest("bram").get_body(("plain",)).get_content()
    token = next(line for line in text.splitlines() if "/akkoord/" in line).rstrip("/").rpartition("/")[2]
    approvals.decide_by_link(token=token, verdict="approved", **words)
    assert queries.standing(round_).remarks == ()


def test_who_remarked_is_not_asked_again_and_who_has_yet_to_decide_is(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    agree(letter, cor)
    approvals.remark(
        round_=round_, content_hash=contents.content(letter).hash, text="Noem de huur.", paragraph=1, by=bram
    )
    asking.ask_by_mail(round_=round_)
    assert asked(round_) == ["alida"]
