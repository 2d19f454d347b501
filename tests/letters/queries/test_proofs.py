"""The proof of dispatch: what went to whom, which bytes, and who agreed."""

import datetime

import pytest
from django.utils import timezone, translation

from crm.models import ContactPoint, OutgoingMessage, OutgoingState
from letters.actions import dispatching
from letters.queries import proofs
from letters.render.proof import Outcome
from tests.letters.render.reading import about, words
from tests.letters.stories import all_becomes_different, make_ready, send

pytestmark = pytest.mark.django_db


def test_before_it_is_ready_there_is_no_proof(letter):
    with pytest.raises(ValueError, match="made ready"):
        proofs.pdf(letter)


def test_it_names_the_version_that_was_agreed_with_and_who_agreed(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    proof = proofs.proof(letter)
    assert (proof.subject, proof.reference, proof.sender_name) == (
        "Ontmoeten in de buurt",
        letter.reference,
        "Netwerk De Brug",
    )
    assert (proof.version_hash, proof.frozen_at) == (letter.frozen_version.content_hash, letter.frozen_at)
    assert [approval.name for approval in proof.approvals] == ["Bram de Test", "Cor de Test"]


def test_every_recipient_has_a_row_with_its_bytes_and_gaps_are_named(letter, alida, bram, cor):
    dispatches = send(letter, alida, bram, cor)
    at = timezone.now()
    OutgoingMessage.objects.filter(pk=dispatches[0].outgoing_id).update(
        state=OutgoingState.ACCEPTED, accepted_at=at
    )
    dispatching.confirm_posted(letter=letter, posted_on=datetime.date(2025, 7, 30), by=alida)
    rows = proofs.proof(letter).rows
    assert [(r.number, r.organisation, r.addressee, r.channel, r.address, r.state, r.at) for r in rows] == [
        (1, "De Waag", "t.a.v. de programmacommissie", "e-mail", "programma@waag.example", "verstuurd", at),
        (2, "Stadslijst", "t.a.v. de programmacommissie", "e-mail", "post@stadslijst.example", "wacht", None),
        (
            3,
            "Samenspraak",
            "t.a.v. het bestuur",
            "post",
            "Samenspraak, t.a.v. het bestuur, Verzonnenkade 1, 1099 ZZ  AMSTERDAM",
            "gepost, 30 juli 2025",
            None,
        ),
        (None, "Zonder Adres", "programmacommissie", "", "", "niet verstuurd: geen adres", None),
    ]
    assert [r.sha256 for r in rows] == [*(d.pdf.sha256 for d in dispatches), None]
    messages = [d.outgoing.raw.sha256 if d.outgoing else None for d in dispatches]
    assert [r.message_sha256 for r in rows] == [*messages, None]


def test_an_envelope_keeps_its_number_when_another_letter_is_sent_again(letter, alida, bram, cor, parties):
    first, _second, by_post = send(letter, alida, bram, cor)
    point = ContactPoint.objects.create(
        organisation=parties[0], kind="email", purpose="programme", value="nieuw@waag.example"
    )
    dispatching.resend(dispatch=first, point=point, by=alida)
    numbers = [(row.number, row.organisation) for row in proofs.proof(letter).rows]
    assert numbers == [
        (1, "De Waag"),
        (4, "De Waag"),
        (2, "Stadslijst"),
        (3, "Samenspraak"),
        (None, "Zonder Adres"),
    ]
    assert by_post.number == 3


def test_what_came_back_is_not_said_to_be_posted(letter, alida, bram, cor):
    by_post = send(letter, alida, bram, cor)[2]
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    by_post.refresh_from_db()
    dispatching.mark_returned(dispatch=by_post, returned_on=datetime.date(2025, 8, 4), by=alida)
    assert proofs.proof(letter).rows[2].state == "gepost, 29 juli 2025; kwam terug, 4 augustus 2025"


def test_what_came_back_and_was_sent_again_stands_there_twice_and_says_what_the_letter_says(
    letter, alida, bram, cor, parties
):
    by_post = send(letter, alida, bram, cor)[2]
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    by_post.refresh_from_db()
    dispatching.mark_returned(dispatch=by_post, returned_on=datetime.date(2025, 8, 4), by=alida)
    point = ContactPoint.objects.create(
        organisation=parties[2],
        kind="email",
        purpose="programme",
        value="programma@samenspraak.example",
        source="eigen site",
        source_url="https://partij.example",
        published_for_contact=True,
    )
    dispatching.resend(dispatch=by_post, point=point, by=alida)
    rows = [row for row in proofs.proof(letter).rows if row.organisation == "Samenspraak"]
    assert [(r.number, r.addressee, r.channel, r.state, r.outcome, r.sent_again) for r in rows] == [
        (
            3,
            "t.a.v. het bestuur",
            "post",
            "gepost, 29 juli 2025; kwam terug, 4 augustus 2025",
            Outcome.CAME_BACK,
            True,
        ),
        (4, "t.a.v. het bestuur", "e-mail", "wacht", Outcome.NOT_SENT, False),
    ]


def test_it_keeps_the_address_that_was_used(letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    ContactPoint.objects.filter(value="programma@waag.example").update(value="anders@waag.example")
    assert proofs.proof(letter).rows[0].address == "programma@waag.example"


def test_it_is_dutch_whoever_asks_for_it(letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    with translation.override("en"):
        data = proofs.pdf(letter)
    assert about(data)["title"] == f"Verzendbewijs {letter.reference}"
    assert "0 van 4 geadresseerden Nog te posten Samenspraak" in words(data)


def test_it_says_what_the_letters_say_whatever_became_different(letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    before = proofs.proof(letter)
    all_becomes_different()
    letter.refresh_from_db()
    after = proofs.proof(letter)
    assert (after.sender_name, after.subject) == ("Netwerk De Brug", "Ontmoeten in de buurt")
    assert after.rows == before.rows
