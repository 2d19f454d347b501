"""What left and where it is."""

import datetime

import pytest
from django.utils import timezone

from crm.actions.contact_points import mark_failing
from crm.models import ContactPoint, OutgoingMessage, OutgoingState
from letters.actions import dispatching, past, recipients
from letters.models import LetterState, PostState
from letters.queries import dispatches
from tests.letters.admin.samples import one_page
from tests.letters.conftest import party
from tests.letters.stories import make_ready, send

pytestmark = pytest.mark.django_db
S = OutgoingState


def follow(letter):
    return {row.recipient.name: row for row in dispatches.follow_rows(letter)}


def mail_is(dispatch, state, **values):
    OutgoingMessage.objects.filter(pk=dispatch.outgoing_id).update(state=state, **values)


def test_before_it_leaves_nothing_was_sent_and_nobody_is_asked_for_an_address(letter):
    assert [(row.state, row.dispatch, row.needs_address) for row in follow(letter).values()] == [
        ("nog niet verstuurd", None, False),
        ("nog niet verstuurd", None, False),
        ("nog niet verstuurd", None, False),
        ("niet verstuurd: geen adres", None, False),
    ]


def test_after_sending_every_recipient_has_its_state_the_gap_included(letter, alida, bram, cor):
    first, second, by_post = send(letter, alida, bram, cor)
    rows = follow(letter)
    assert {name: (row.dispatch, row.state, row.moment) for name, row in rows.items()} == {
        "De Waag": (first, "wacht", None),
        "Stadslijst": (second, "wacht", None),
        "Samenspraak": (by_post, "nog te printen", None),
        "Zonder Adres": (None, "niet verstuurd: geen adres", None),
    }
    assert [name for name, row in rows.items() if row.needs_address] == ["Zonder Adres"]


NEEDS = [
    (S.QUEUED, False, False),
    (S.ACCEPTED, False, False),
    (S.REFUSED, True, False),
    (S.BOUNCED, True, False),
    (S.UNCERTAIN, False, True),
    (S.DROPPED, False, False),
]


@pytest.mark.parametrize(("state", "needs_address", "uncertain"), NEEDS)
def test_which_mail_asks_for_a_person(letter, alida, bram, cor, state, needs_address, uncertain):
    mail_is(send(letter, alida, bram, cor)[0], state)
    row = follow(letter)["De Waag"]
    assert (row.needs_address, row.uncertain, row.state) == (needs_address, uncertain, str(state.label))


def test_who_was_left_out_with_an_address_is_not_said_to_have_none(letter, alida, bram, cor, parties):
    ContactPoint.objects.create(
        organisation=parties[3], kind="email", purpose="board", value="laat@zonder.example"
    )
    send(letter, alida, bram, cor)
    letter.recipients.filter(organisation=parties[3]).update(
        contact_point=ContactPoint.objects.get(organisation=parties[3]), channel="email"
    )
    assert follow(letter)["Zonder Adres"].state == "niet verstuurd"


def test_the_moment_is_that_of_the_mail_server(letter, alida, bram, cor):
    at = timezone.now()
    mail_is(send(letter, alida, bram, cor)[0], S.ACCEPTED, accepted_at=at)
    assert follow(letter)["De Waag"].moment == at


def test_the_newest_attempt_counts_and_the_earlier_ones_stay(letter, alida, bram, cor, parties):
    first = send(letter, alida, bram, cor)[0]
    mail_is(first, S.REFUSED)
    point = ContactPoint.objects.create(
        organisation=parties[0],
        kind="post",
        purpose="board",
        street="Kade 1",
        postcode="1099 ZZ",
        town="Brug",
    )
    again = dispatching.resend(dispatch=first, point=point, by=alida)
    row = follow(letter)["De Waag"]
    assert (row.dispatch, row.earlier, row.needs_address, row.state) == (
        again,
        (first,),
        False,
        "nog te printen",
    )


def test_a_sent_letter_never_changes_when_an_address_does(letter, alida, bram, cor):
    first = send(letter, alida, bram, cor)[0]
    point = first.recipient.contact_point
    mark_failing(point=point, by=alida)
    ContactPoint.objects.filter(pk=point.pk).update(value="anders@waag.example")
    assert follow(letter)["De Waag"].dispatch.address == "programma@waag.example"


def test_of_a_letter_of_the_past_that_is_said(letterhead, alida, parties):
    letter = past.record_past(
        subject="Oud", sent_on=datetime.date(2024, 3, 12), data=one_page(), recipients=parties[:1], by=alida
    )
    (row,) = dispatches.follow_rows(letter)
    assert (row.state, row.needs_address) == ("verstuurd, achteraf vastgelegd", False)


def test_the_table_costs_three_queries_for_any_number(letter, alida, bram, cor, django_assert_num_queries):
    many = [party(f"Partij {number}", email=f"p{number}@partij.example") for number in range(12)]
    recipients.add(letter=letter, organisations_=many, by=alida)
    send(letter, alida, bram, cor)
    with django_assert_num_queries(3):
        assert len(dispatches.follow_rows(letter)) == 16


def test_how_far_the_sending_is(letter, alida, bram, cor):
    first, second, by_post = make_ready(letter, alida, bram, cor)
    dispatching.send(letter=letter, by=alida)
    assert (dispatches.sending(letter).percentage, dispatches.sending(letter).paused) == (0, False)
    mail_is(first, S.ACCEPTED)
    dispatching.pause(letter=letter, by=alida)
    sending = dispatches.sending(letter)
    assert (sending.percentage, sending.paused, sending.mail.held) == (50, True, 1)
    mail_is(second, S.UNCERTAIN)
    by_post.post_state = PostState.POSTED
    by_post.save()
    sending = dispatches.sending(letter)
    assert (sending.percentage, sending.paused, sending.post_total, sending.posted) == (100, False, 1, 1)


def test_each_recipient_counts_once_by_its_newest_dispatch(letter, alida, bram, cor, parties):
    by_post = send(letter, alida, bram, cor)[2]
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    by_post.refresh_from_db()
    dispatching.mark_returned(
        dispatch=by_post, returned_on=timezone.localdate(), because="onbekend", by=alida
    )
    point = ContactPoint.objects.create(
        organisation=parties[2],
        kind="email",
        purpose="board",
        value="bestuur@samenspraak.example",
        source="eigen site",
        source_url="https://partij.example",
        published_for_contact=True,
    )
    dispatching.resend(dispatch=by_post, point=point, by=alida)
    sending = dispatches.sending(letter)
    assert (sending.mail.total, sending.mail.waiting, sending.post_total, sending.to_post) == (3, 3, 0, 0)


def test_a_letter_by_post_alone_has_no_mail_to_wait_for(letter, alida, bram, cor):
    letter.recipients.filter(channel="email").delete()
    send(letter, alida, bram, cor)
    assert dispatches.sending(letter).percentage == 100


def test_what_came_back_did_leave(letter, alida, bram, cor):
    first, second, by_post = send(letter, alida, bram, cor)
    assert dispatches.sent_count([first, second, by_post]) == 0
    mail_is(first, S.BOUNCED)
    mail_is(second, S.REFUSED)
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    by_post.refresh_from_db()
    dispatching.mark_returned(dispatch=by_post, returned_on=timezone.localdate(), by=alida)
    assert dispatches.sent_count(list(dispatches.of(letter))) == 2
    assert letter.state == LetterState.DISPATCHED
