"""Lines of letters on the timelines: in the language of whoever reads, whatever that of whoever acted was."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from crm.actions.action import record
from crm.models import ApprovalRound, OutgoingMessage, OutgoingState, Segment, TimelineEntry
from letters.actions import (
    absence,
    answering,
    approvals,
    asking,
    dispatching,
    enclosures,
    findings,
    intake,
    letters,
    recipients,
    supplies,
)  # fmt: skip
from letters.models import ApprovalRule, Letterhead, StandardText
from letters.queries import causes
from tests.letters.admin.samples import one_page
from tests.letters.conftest import DAY
from tests.letters.mails import answer, bounce, mail
from tests.letters.stories import accept_warnings, make_ready, propose, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules_too(alida):
    """Alida looks after the rules for approval as well."""
    alida.groups.add(Group.objects.get(name="Beheer"))


NOWHERE = {"subject": "", "sender": ("Piet Post", "piet@elders.example")}


def write(letter, by, **values):
    letter.refresh_from_db()
    letters.save_draft(letter=letter, draft_number=letter.draft_number, values=values, by=by)


def rewritten(letter, alida, **_cast):
    propose(letter, alida)
    write(letter, alida, subject="Anders", body="<p>Iets anders.</p>")


def taken_back(letter, alida, **_cast):
    propose(letter, alida)
    approvals.take_back(letter=letter, by=alida)


def put_away(letter, alida, **_cast):
    propose(letter, alida)
    letters.put_away(letter=letter, by=alida)


def opened_again(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    dispatching.thaw(letter=letter, by=alida)


def picked(letter, alida, **_cast):
    criteria = {"kind": ["faction"], "seated": "any"}
    group = Segment.objects.create(name="Raad", criteria=criteria)
    recipients.pick_segment(letter=letter, segment=group, on=DAY, by=alida)


def rule_changed(letter, alida, **_cast):
    rule = ApprovalRule.objects.get(kind="position")
    rule.quorum, rule.most_recipients = 1, 4
    supplies.change_approval_rule(rule=rule, by=alida)
    return rule


def rule_added(letter, alida, **_cast):
    ApprovalRule.objects.filter(kind="note").delete()
    rule = ApprovalRule(kind="note", quorum=1)
    supplies.add_approval_rule(rule=rule, by=alida)
    return rule


def letterhead_changed(letter, alida, **_cast):
    letterhead = Letterhead.objects.get()
    letterhead.window, letterhead.sender_lines = "right", "Kade 1"
    supplies.change_letterhead(letterhead=letterhead, by=alida)
    return letterhead


def without_subject(letter, alida, **_cast):
    return intake.upload(data=mail(**NOWHERE), name="x.eml", by=alida)


def went_away(letter, alida, **_cast):
    absence.go_away(user=alida, back_on=timezone.localdate() + datetime.timedelta(1), stand_in=None, by=alida)
    return alida


def returned(letter, alida, bram, cor):
    dispatch = send(letter, alida, bram, cor)[0]
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    silent = [line for line in bounce(dispatch).split(b"\r\n") if not line.startswith((b"Status", b"Diagn"))]
    intake.take_in(raw=b"\r\n".join(silent), source="imap:INBOX", uid="1")
    return dispatch.outgoing


def judged(letter, alida, bram, cor):
    judge_answer(send(letter, alida, bram, cor)[1], alida)


def judge_answer(dispatch, by):
    message, _new = intake.take_in(raw=answer(dispatch), source="imap:INBOX", uid="2")
    answering.judge(answer=message.places.get().answer, meanings=["is_real", "asks"], by=by)


def question_dropped(letter, alida, **_cast):
    round_ = propose(letter, alida)
    asking.ask_by_mail(round_=round_)
    OutgoingMessage.objects.update(state=OutgoingState.REFUSED)
    approvals.take_back(letter=letter, by=alida)
    return OutgoingMessage.objects.get(envelope_to="bram@brug.example")


LAPSED = "letters.approval_voided"
# What is done, the event that it is told as, and how that reads.
DEEDS = {
    rewritten: (
        LAPSED,
        "Het akkoord verviel: de brief is veranderd (onderwerp, tekst)",
        "The approval lapsed: the letter was changed (subject, text)",
    ),
    taken_back: (
        LAPSED,
        "Het akkoord verviel: de brief werd teruggenomen",
        "The approval lapsed: taken back",
    ),
    put_away: (
        LAPSED,
        "Het akkoord verviel: de brief is weggelegd",
        "The approval lapsed: the letter was put away",
    ),
    opened_again: (
        LAPSED,
        "Het akkoord verviel: de brief is weer geopend",
        "The approval lapsed: the letter was opened again",
    ),
    picked: (
        "letters.recipients_picked",
        "Alida de Test koos de ontvangers, 0 in totaal: alle fracties in de raad op 29-7-2025",
        "Alida de Test picked 0 recipients: all factions in the council on 29-7-2025",
    ),
    rule_changed: (
        "letters.approval_rule_changed",
        "Alida de Test wijzigde de regel voor akkoord “standpuntbrief: 1”: hoeveel mensen akkoord moeten zijn: “2” "
        "werd “1”; tot hoeveel ontvangers: “4”",
        "Alida de Test changed the rule for approval “position letter: 1”: how many must agree: “2” became “1”; "
        "to how many recipients at most: “4”",
    ),
    rule_added: (
        "letters.approval_rule_added",
        "Alida de Test voegde de regel voor akkoord “kort briefje: 1” toe",
        "Alida de Test added the rule for approval “short note: 1”",
    ),
    letterhead_changed: (
        "letters.letterhead_changed",
        "Alida de Test wijzigde het briefpapier “Gewoon”: adres van de afzender; venster van de envelop: “links” "
        "werd “rechts”",
        "Alida de Test changed the letterhead “Gewoon”: address of the sender; window of the envelope: “left” "
        "became “right”",
    ),
    without_subject: (
        "letters.message_uploaded",
        "Alida de Test voegde het bericht “(geen onderwerp)” toe",
        "Alida de Test added the message “(no subject)”",
    ),
    returned: (
        "outgoing.bounced",
        "Spreekbuis legde vast dat het bericht aan programma@waag.example niet is aangekomen: geen reden opgegeven",
        "Spreekbuis noted that the message to programma@waag.example did not arrive: no reason given",
    ),
    judged: (
        "letters.judged",
        "Alida de Test las het antwoord van Anna Bos namens Stadslijst: Echt antwoord, Zij vragen ons iets",
        "Alida de Test read the answer of Anna Bos for Stadslijst: Real answer, They ask us something",
    ),
    question_dropped: (
        "outgoing.drop",
        "Spreekbuis besloot het bericht aan bram@brug.example niet te versturen: het akkoord verviel",
        "Spreekbuis decided not to send the message to bram@brug.example: the approval lapsed",
    ),
}  # fmt: skip


def reads(entry):
    with override("nl"):
        dutch = str(entry)
    with override("en"):
        return dutch, str(entry)


@pytest.mark.parametrize("spoken", ["nl", "en"])
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_line_reads_in_the_language_of_whoever_looks(deed, spoken, letter, alida, bram, cor):
    code, *words = DEEDS[deed]
    with override(spoken):
        subject = deed(letter=letter, alida=alida, bram=bram, cor=cor) or letter
    entry = TimelineEntry.objects.about(subject).filter(code=code).first()
    assert list(reads(entry)) == words


@pytest.mark.parametrize("spoken", ["nl", "en"])
def test_the_letter_that_came_back_without_a_reason_says_so_to_everybody(
    spoken, letter, alida, bram, cor, parties
):
    with override(spoken):
        returned(letter, alida, bram, cor)
    entry = TimelineEntry.objects.about(parties[0]).get(code="letters.bounced")
    dutch, english = reads(entry)
    assert dutch.endswith("niet aankwam bij De Waag (programma@waag.example): geen reden opgegeven")
    assert english.endswith("did not arrive at De Waag (programma@waag.example): no reason given")


def test_numbers_and_days_have_the_form_of_the_reader(letter, alida, bram):
    record("letters.recipients_added", by=alida, on=[letter], count=12345)
    assert reads(TimelineEntry.objects.about(letter).first()) == (
        "Alida de Test zette er 12.345 bij op de lijst met ontvangers",
        "Alida de Test added 12,345 recipients",
    )
    record("letters.went_away", by=alida, on=[bram], who="Bram", day={"day": "2025-07-29"})
    dutch, english = reads(TimelineEntry.objects.about(bram).get())
    assert "29 juli 2025" in dutch
    assert "29 July 2025" in english


def everything(letter, alida, bram, cor):
    """The life of a letter, and of what it is made with."""
    picked(letter, alida)
    letterhead_changed(letter, alida)
    text = StandardText(title="Zzwie", body="<p>Zzwij.</p>")
    supplies.add_standard_text(text=text, by=alida)
    supplies.remove_standard_text(text=text, by=alida)
    write(letter, alida, body="<p>Wij bereiken 15000 mensen.</p><p>Neem deze zin over: ja.</p>")
    letter.refresh_from_db()
    findings.fix_all(letter=letter, by=alida)
    letter.refresh_from_db()
    enclosures.add(letter=letter, title="Zzverslag", data=one_page(), by=alida)
    enclosures.promise(letter=letter, title="Zzrapport", minded_by=bram, by=alida)
    rewritten(letter, alida)
    letter.refresh_from_db()
    put_away(letter, alida)
    letters.take_up(letter=letter, by=alida)
    question_dropped(letter, alida)
    letter.refresh_from_db()
    opened_again(letter, alida, bram, cor)
    letter.refresh_from_db()
    accept_warnings(letter, alida)
    returned(letter, alida, bram, cor)
    judge_answer(letter.dispatches.get(number=2), alida)
    dispatching.pause(letter=letter, by=alida)
    dispatching.resume(letter=letter, by=alida)
    letters.set_public(letter=letter, public=True, by=alida)
    without_subject(letter, alida)
    rule_changed(letter, alida)
    rule_added(letter, alida)
    went_away(letter, alida)


def kept(spoken, *cast):
    """What stands in the database after all that was done in a language, but for what differs each time."""
    with transaction.atomic(), override(spoken):
        everything(*cast)
        found = [
            sorted((row.code, repr(sorted(_texts(row.parameters)))) for row in TimelineEntry.objects.all()),
            list(ApprovalRound.objects.values_list("void_reason", flat=True)),
            sorted(OutgoingMessage.objects.values_list("smtp_reply", flat=True)),
        ]
        transaction.set_rollback(True)
    return found


def _texts(value):
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, int):
        # Which record it was differs each time; in numbers there is no language.
        return []
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else [str(value)]


def test_nothing_that_is_kept_depends_on_the_language_of_whoever_acts(letter, alida, bram, cor):
    in_english, in_dutch = (kept(spoken, letter, alida, bram, cor) for spoken in ("en", "nl"))
    assert in_english == in_dutch
    told = {code for code, _texts in in_english[0]}
    assert {code for code, *_words in DEEDS.values()} <= told
    assert len([code for code in told if code.startswith("letters.")]) > 25


@pytest.mark.parametrize(
    ("code", "values", "line"),
    [
        (
            LAPSED,
            {"reason": "de brief is veranderd (onderwerp)"},
            "Het akkoord verviel: de brief is veranderd (onderwerp)",
        ),
        (
            "letters.recipients_picked",
            {"count": 4, "words": "alle partijen; alle partners"},
            "Alida de Test koos de ontvangers, 4 in totaal: alle partijen; alle partners",
        ),
        (
            "letters.approval_rule_removed",
            {"name": "standpuntbrief: 2"},
            "Alida de Test verwijderde de regel voor akkoord “standpuntbrief: 2”",
        ),
        (
            "letters.message_set_aside",
            {"subject": "Vakantie"},
            "Alida de Test legde het bericht “Vakantie” weg",
        ),
        (
            "outgoing.drop",
            {"to": "bram@brug.example", "reason": "er gaat een nieuwe"},
            "Alida de Test besloot het bericht aan bram@brug.example niet te versturen: er gaat een nieuwe",
        ),
    ],
)
def test_a_line_from_before_still_reads(code, values, line, letter, alida):
    """Lines of earlier versions keep words instead of codes."""
    record(code, by=alida, on=[letter], letter="Oude brief", **values)
    entry = TimelineEntry.objects.about(letter).first()
    assert str(entry) == line


@pytest.mark.parametrize(
    "words", ["de brief is veranderd (tekst, ontvangers)", "the letter was put away", ""]
)
def test_a_round_that_lapsed_before_says_why_in_its_own_words(words):
    assert causes.in_words(words) == words


# The screens that say the same.


def shown(client, user, letter, step, language):
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client.force_login(user)
    return client.get(reverse(f"letters:{step}", args=[letter.pk])).content.decode()


def test_the_step_approval_says_why_it_lapsed_in_the_language_of_the_reader(client, letter, alida, bram, cor):
    with override("en"):
        rewritten(letter, alida)
    dutch, english = (shown(client, alida, letter, "approval", language) for language in ("nl", "en"))
    assert "Waarom: de brief is veranderd (onderwerp, tekst)." in dutch
    assert "Why: the letter was changed (subject, text)." in english
    ApprovalRound.objects.update(void_reason="de brief is veranderd (tekst)")
    assert "Waarom: de brief is veranderd (tekst)." in shown(client, alida, letter, "approval", "nl")


def test_following_says_that_a_letter_came_back_without_a_reason(client, letter, alida, bram, cor):
    with override("en"):
        returned(letter, alida, bram, cor)
    dutch, english = (shown(client, alida, letter, "follow", language) for language in ("nl", "en"))
    assert "<p>teruggestuurd zonder reden</p>" in dutch
    assert "<p>returned without a reason</p>" in english
