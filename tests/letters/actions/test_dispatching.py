"""Sending what was frozen: pausing, posting, sending to another address, and whoever had none at first."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import consents, contact_points
from crm.actions.action import SYSTEM, Refused
from crm.models import Channel, ContactPoint, ContactStatus, OutgoingMessage, OutgoingState, RoundState
from letters.actions import approvals, dispatching, enclosures, freezing, recipients
from letters.models import Dispatch, Letter, LetterState, PostState
from letters.queries import approvals as approval_queries
from letters.queries import attention
from letters.queries import dispatches as queries
from tests.letters.admin.samples import one_page
from tests.letters.conftest import party
from tests.letters.render.reading import words
from tests.letters.stories import make_ready, send, told

pytestmark = pytest.mark.django_db

WEB = {"source": "eigen site", "source_url": "https://partij.example", "published_for_contact": True}


def new_address(organisation, **values):
    return ContactPoint.objects.create(organisation=organisation, **{"purpose": "board", **values}, **WEB)


def mail(letter):
    return OutgoingMessage.objects.filter(batch=freezing.batch_of(letter)).order_by("pk")


def states(letter):
    return list(mail(letter).values_list("state", flat=True))


# Nothing leaves before it is sent.


def test_what_lies_ready_leaves_by_no_other_way_than_sending(letter, alida, bram, cor, parties):
    first, _second, by_post = make_ready(letter, alida, bram, cor)
    point = new_address(parties[0], kind="email", value="bestuur@waag.example")
    for verb in (
        lambda: dispatching.resume(letter=letter, by=alida),
        lambda: dispatching.pause(letter=letter, by=alida),
        lambda: dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida),
        lambda: dispatching.resend(dispatch=first, point=point, by=alida),
    ):
        with pytest.raises(Refused, match="Deze brief is nog niet verstuurd"):
            verb()
    by_post.refresh_from_db()
    assert (states(letter), by_post.post_state, letter.dispatches.count()) == (
        [OutgoingState.FROZEN] * 2,
        PostState.GENERATED,
        3,
    )


def test_sending_is_done_once_and_told_with_numbers(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    assert dispatching.send(letter=letter, by=bram) == 2
    with pytest.raises(Refused, match="niets klaar"):
        dispatching.send(letter=letter, by=bram)
    letter.refresh_from_db()
    assert (states(letter), letter.dispatched_at.date()) == (
        [OutgoingState.QUEUED] * 2,
        timezone.now().date(),
    )
    assert told(letter, "letters.frozen", "letters.sending_started") == [
        "Alida de Test maakte de brieven klaar om te versturen, 3 in totaal",
        "Bram de Test begon met verzenden: 2 per e-mail, 1 per post",
    ]


def test_opening_it_again_lets_the_approval_lapse_and_all_can_be_done_anew(letter, alida, bram, cor):
    before = [d.pdf.sha256 for d in make_ready(letter, alida, bram, cor)]
    round_ = approval_queries.last_round(letter)
    dispatching.thaw(letter=letter, by=alida)
    round_.refresh_from_db()
    letter.refresh_from_db()
    assert (round_.state, round_.void_reason) == (RoundState.VOIDED, "opened_again")
    assert (letter.frozen_version, letter.frozen_at, letter.recipients_locked_at) == (None, None, None)
    assert [d.pdf.sha256 for d in make_ready(letter, alida, bram, cor)] == before
    assert told(letter, "letters.thawed") == [
        "Alida de Test maakte de brief weer open; er was nog niets verstuurd"
    ]


def test_a_list_that_somebody_locked_stays_locked_when_the_letter_is_opened_again(letter, alida, bram, cor):
    recipients.lock(letter=letter, by=alida)
    make_ready(letter, alida, bram, cor)
    dispatching.thaw(letter=letter, by=alida)
    assert Letter.objects.get(pk=letter.pk).recipients_locked_at == letter.recipients_locked_at is not None


# Pausing.


def test_a_pause_and_going_on_are_told_with_numbers(letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    mail(letter).filter(pk=mail(letter)[0].pk).update(state=OutgoingState.ACCEPTED)
    assert dispatching.pause(letter=letter, by=alida) == 1
    assert states(letter) == [OutgoingState.ACCEPTED, OutgoingState.FROZEN]
    assert dispatching.resume(letter=letter, by=bram) == 1
    assert states(letter) == [OutgoingState.ACCEPTED, OutgoingState.QUEUED]
    assert told(letter, "letters.sending_paused", "letters.sending_resumed") == [
        "Alida de Test zette het verzenden op pauze; nog 1 te gaan",
        "Bram de Test ging verder met verzenden; nog 1 te gaan",
    ]


# Post.


@pytest.fixture
def eight_by_post(letterhead, letter, alida, bram, cor):
    """A letter to eight parties by post, sent."""
    letter.recipients.all().delete()
    streets = [party(f"Partij {number}", street=f"Kade {number}") for number in range(1, 9)]
    recipients.add(letter=letter, organisations_=streets, by=alida)
    enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    send(letter, alida, bram, cor)
    return letter


def post_states(letter):
    return {d.number: d.post_state for d in letter.dispatches.all()}


def test_everything_is_posted_but_number_seven(eight_by_post, alida):
    letter, day = eight_by_post, datetime.date(2025, 7, 30)
    dispatching.make_print_batch(letter=letter, by=alida)
    assert dispatching.confirm_posted(letter=letter, posted_on=day, except_numbers=[7], by=alida) == 7
    assert post_states(letter) == {
        number: PostState.PRINTED if number == 7 else PostState.POSTED for number in range(1, 9)
    }
    seventh = letter.dispatches.get(number=7)
    assert (seventh.posted_on, seventh.posted_by) == (None, None)
    again = dispatching.make_print_batch(letter=letter, by=alida)
    assert list(again.dispatches.all()) == [seventh]
    assert told(letter, "letters.print_batch_made") == [
        "Alida de Test maakte een printstapel, 8 in totaal",
        "Alida de Test maakte een printstapel, 1 in totaal",
    ]
    assert dispatching.confirm_posted(letter=letter, posted_on=day, by=alida) == 1
    with pytest.raises(Refused, match="niets te printen"):
        dispatching.make_print_batch(letter=letter, by=alida)


def test_only_those_that_were_posted_are_told_so(eight_by_post, alida):
    dispatching.confirm_posted(
        letter=eight_by_post, posted_on=datetime.date(2025, 7, 30), except_numbers=[7], by=alida
    )
    lines = [told(r.organisation, "letters.posted") for r in eight_by_post.recipients.all()]
    assert [len(line) for line in lines] == [1, 1, 1, 1, 1, 1, 0, 1]
    assert lines[0] == ["Alida de Test deed de brief “Ontmoeten in de buurt” aan Partij 1 op de post"]


def test_a_day_to_come_and_a_number_that_is_not_there_are_refused(eight_by_post, alida):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(Refused, match="Die dag moet nog komen"):
        dispatching.confirm_posted(letter=eight_by_post, posted_on=tomorrow, by=alida)
    with pytest.raises(Refused, match="nummer 9, 12"):
        dispatching.confirm_posted(
            letter=eight_by_post, posted_on=timezone.localdate(), except_numbers=[12, 7, 9], by=alida
        )
    assert set(post_states(eight_by_post).values()) == {PostState.GENERATED}


def test_the_stack_holds_every_letter_with_its_enclosure_in_envelope_order(eight_by_post, alida):
    batch = dispatching.make_print_batch(letter=eight_by_post, by=alida)
    text = words(batch.file.read())
    places = [text.index(f"Kade {number} 1099 ZZ") for number in range(1, 9)]
    assert places == sorted(places)
    assert text.count("Een jaar.") == 8


def test_a_letter_that_came_back_marks_the_address_and_asks_for_another(letter, alida, bram, cor, parties):
    by_post = send(letter, alida, bram, cor)[2]
    with pytest.raises(Refused, match="Nummer 3"):
        dispatching.mark_returned(dispatch=by_post, returned_on=timezone.localdate(), by=alida)
    dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida)
    by_post.refresh_from_db()
    dispatching.mark_returned(dispatch=by_post, returned_on=timezone.localdate(), by=alida)
    assert parties[2].contact_points.get().status == ContactStatus.FAILING
    assert [r.recipient.name for r in queries.follow_rows(letter) if r.needs_address] == [
        "Samenspraak",
        "Zonder Adres",
    ]
    assert told(parties[2], "letters.returned") == [
        "De brief “Ontmoeten in de buurt” aan Samenspraak kwam terug met de post"
    ]
    with pytest.raises(Refused):
        dispatching.mark_returned(dispatch=by_post, returned_on=timezone.localdate(), by=alida)


def test_the_day_it_came_back_is_kept_and_lies_between_posting_and_today(letter, alida, bram, cor):
    by_post = send(letter, alida, bram, cor)[2]
    today, yesterday = timezone.localdate(), timezone.localdate() - datetime.timedelta(days=1)
    dispatching.confirm_posted(letter=letter, posted_on=yesterday, by=alida)
    by_post.refresh_from_db()
    for day, because in [
        (yesterday - datetime.timedelta(days=1), "Die dag is vóór de dag van posten"),
        (today + datetime.timedelta(days=1), "Die dag moet nog komen"),
    ]:
        with pytest.raises(Refused, match=because):
            dispatching.mark_returned(dispatch=by_post, returned_on=day, by=alida)
        by_post.refresh_from_db()
        assert by_post.post_state == PostState.POSTED
    dispatching.mark_returned(dispatch=by_post, returned_on=today, by=alida)
    by_post.refresh_from_db()
    assert (by_post.post_state, by_post.returned_on) == (PostState.RETURNED, today)


def test_an_envelope_that_goes_by_mail_instead_leaves_the_stack(letter, alida, bram, cor, parties):
    by_post = send(letter, alida, bram, cor)[2]
    point = new_address(parties[2], kind="email", value="post@samenspraak.example")
    by_mail = dispatching.resend(dispatch=by_post, point=point, by=alida)
    by_post.refresh_from_db()
    assert (by_post.post_state, by_mail.outgoing.state) == (PostState.DROPPED, OutgoingState.QUEUED)
    with pytest.raises(Refused, match="niets te printen"):
        dispatching.make_print_batch(letter=letter, by=alida)
    assert dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida) == 0


def test_an_envelope_that_left_the_stack_can_still_be_posted_in_the_end(letter, alida, bram, cor, parties):
    by_post = send(letter, alida, bram, cor)[2]
    home = by_post.recipient.contact_point
    point = new_address(parties[2], kind="email", value="post@samenspraak.example")
    by_mail = dispatching.resend(dispatch=by_post, point=point, by=alida)
    posted_after_all = dispatching.resend(dispatch=by_mail, point=home, by=alida)
    batch = dispatching.make_print_batch(letter=letter, by=alida)
    assert list(batch.dispatches.all()) == [posted_after_all]
    with pytest.raises(Refused, match="al eerder"):
        dispatching.resend(dispatch=by_mail, point=home, by=alida)


# Another address, and who had none.


def test_who_cannot_be_reached_is_left_at_that_with_a_reason(letter, alida, bram, cor, parties):
    send(letter, alida, bram, cor)
    gap = letter.recipients.get(organisation=parties[3])
    with pytest.raises(Refused, match="Schrijf op waarom"):
        dispatching.give_up(recipient=gap, reason=" ", by=alida)
    dispatching.give_up(recipient=gap, reason="opgeheven", by=alida)
    assert (
        [r for r in queries.follow_rows(letter) if r.needs_address],
        attention.needed()[0].without_address,
    ) == (
        [],
        0,
    )
    line = "Alida de Test liet het erbij voor Zonder Adres, die de brief “Ontmoeten in de buurt” niet kreeg: opgeheven"
    assert [told(x, "letters.given_up") for x in (letter, parties[3])] == [[line], [line]]
    with pytest.raises(Refused, match="niets meer te regelen"):
        dispatching.give_up(recipient=gap, reason="opgeheven", by=alida)


def test_who_was_given_up_can_still_get_the_letter_and_is_then_asked_about_again(
    letter, alida, bram, cor, parties
):
    send(letter, alida, bram, cor)
    gap = letter.recipients.get(organisation=parties[3])
    dispatching.give_up(recipient=gap, reason="opgeheven", by=alida)
    point = new_address(parties[3], kind="email", value="post@zonder.example")
    late = dispatching.send_late(recipient=gap, point=point, by=alida)
    OutgoingMessage.objects.filter(pk=late.outgoing_id).update(state=OutgoingState.REFUSED)
    assert [r.recipient.name for r in queries.follow_rows(letter) if r.needs_address] == ["Zonder Adres"]


def test_what_is_still_on_its_way_is_not_given_up(letter, alida, bram, cor, parties):
    send(letter, alida, bram, cor)
    with pytest.raises(Refused, match="niets meer te regelen"):
        dispatching.give_up(recipient=letter.recipients.get(organisation=parties[0]), reason="?", by=alida)


def test_the_same_pdf_goes_by_post_when_mail_does_not_arrive(letter, alida, bram, cor, parties):
    first = send(letter, alida, bram, cor)[0]
    point = new_address(parties[0], kind="post", street="Kade 9", postcode="1011 AB", town="Brug")
    made = dispatching.resend(dispatch=first, point=point, by=alida)
    assert (made.pdf, made.channel, made.post_state, made.number, made.outgoing) == (
        first.pdf,
        Channel.POST,
        PostState.GENERATED,
        4,
        None,
    )
    assert made.address == "De Waag\nt.a.v. het bestuur\nKade 9\n1011 AB  BRUG"
    batch = dispatching.make_print_batch(letter=letter, by=alida)
    assert list(batch.dispatches.order_by("number").values_list("number", flat=True)) == [3, 4]


def test_what_is_sent_again_is_told_on_the_right_timelines(letter, alida, bram, cor, parties):
    first = send(letter, alida, bram, cor)[0]
    point = new_address(parties[0], kind="email", value="bestuur@waag.example")
    dispatching.resend(dispatch=first, point=point, by=alida)
    line = (
        "Alida de Test stuurde de brief “Ontmoeten in de buurt” opnieuw naar De Waag (bestuur@waag.example)"
    )
    assert [told(x, "letters.resent") for x in (letter, *parties)] == [[line], [line], [], [], []]


def test_the_first_attempt_stays_as_it_was(letter, alida, bram, cor, parties):
    first = send(letter, alida, bram, cor)[0]
    point = new_address(parties[0], kind="email", value="bestuur@waag.example")
    dispatching.resend(dispatch=first, point=point, by=alida)
    kept = Dispatch.objects.get(pk=first.pk)
    assert (kept.address, kept.outgoing.raw.sha256, kept.outgoing_id) == (
        first.address,
        first.outgoing.raw.sha256,
        first.outgoing_id,
    )


def test_an_address_that_somebody_else_got_it_at_is_not_used_again(letter, alida, bram, cor, parties):
    first = send(letter, alida, bram, cor)[0]
    point = new_address(parties[0], kind="email", value="post@stadslijst.example")
    with pytest.raises(Refused, match=r"al eerder naar post@stadslijst\.example gestuurd"):
        dispatching.resend(dispatch=first, point=point, by=alida)
    assert letter.dispatches.count() == 3


def test_where_we_may_not_write_nothing_is_sent(letter, alida, bram, cor, parties):
    first = send(letter, alida, bram, cor)[0]
    point = new_address(parties[0], kind="email", value="bestuur@waag.example")
    consents.object_to(
        address="bestuur@waag.example", purpose="letter", channel="email", source="telefoon", by=alida
    )
    with pytest.raises(Refused, match=r"De Waag vroeg ons op .* om niet te schrijven"):
        dispatching.resend(dispatch=first, point=point, by=alida)
    assert letter.dispatches.count() == 3


def test_who_had_no_address_gets_the_letter_after_all(letter, alida, bram, cor, parties):
    send(letter, alida, bram, cor)
    gap = letter.recipients.get(organisation=parties[3])
    point = recipients.drafted_address(recipient=gap, kind="email", value="post@zonder.example")
    made = dispatching.send_late(recipient=gap, point=point, by=alida)
    assert (made.number, made.resend_of, made.outgoing.state) == (4, None, OutgoingState.QUEUED)
    text = words(made.pdf.read())
    assert "Wij vragen aandacht voor ontmoeting in de buurt." in text
    assert "Geachte programmacommissie van Zonder Adres," in text
    assert told(parties[3], "letters.sent_late", "letters.resent") == [
        "Alida de Test stuurde de brief “Ontmoeten in de buurt” alsnog naar Zonder Adres (post@zonder.example)"
    ]
    assert [r for r in queries.follow_rows(letter) if r.needs_address] == []


def test_a_late_letter_goes_once_and_only_after_the_others(letter, alida, bram, cor, parties):
    point = new_address(parties[3], kind="email", value="post@zonder.example")
    gap = letter.recipients.get(organisation=parties[3])
    with pytest.raises(Refused, match="Zonder Adres"):
        dispatching.send_late(recipient=gap, point=point, by=alida)
    send(letter, alida, bram, cor)
    gap = letter.recipients.get(organisation=parties[3])
    dispatching.send_late(recipient=gap, point=point, by=alida)
    with pytest.raises(Refused, match="Zonder Adres"):
        dispatching.send_late(recipient=gap, point=point, by=alida)
    assert letter.dispatches.count() == 4


def test_who_is_on_the_list_of_a_letter_that_is_no_draft_stays(letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    assert letter.state == LetterState.DISPATCHED
    with pytest.raises(Refused):
        approvals.take_back(letter=letter, by=alida)


def test_a_no_that_comes_in_after_freezing_is_obeyed(letter, alida, bram, cor, parties):
    make_ready(letter, alida, bram, cor)
    point = parties[0].contact_points.get()
    contact_points.mark_failing(point=point, by=SYSTEM)
    with pytest.raises(Refused) as caught:
        dispatching.send(letter=letter, by=alida)
    assert "programma@waag.example" in str(caught.value)
    letter.refresh_from_db()
    assert letter.state == LetterState.FROZEN
    assert set(OutgoingMessage.objects.filter(dispatch__letter=letter).values_list("state", flat=True)) == {
        "frozen"
    }


def test_a_day_of_long_ago_is_a_slip(letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    with pytest.raises(Refused, match="Kijk naar het jaar"):
        dispatching.confirm_posted(letter=letter, posted_on=datetime.date(1, 1, 1), by=alida)
    assert set(letter.dispatches.filter(channel=Channel.POST).values_list("posted_on", flat=True)) == {None}


def test_the_stack_holds_the_enclosures_that_were_agreed(eight_by_post, alida):
    eight_by_post.enclosures.all().delete()
    batch = dispatching.make_print_batch(letter=eight_by_post, by=alida)
    assert words(batch.file.read()).count("Een jaar.") == 8
