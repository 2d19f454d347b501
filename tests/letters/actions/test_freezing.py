"""Freezing a letter: the bytes that will be sent."""

import datetime
import email
import hashlib
from email.policy import default

import pytest
from django.utils import timezone

from crm.actions import frozen_files
from crm.actions.action import Refused
from crm.models import ContactPoint, FrozenFile, OutgoingMessage, OutgoingState
from letters.actions import dispatching, freezing, leftovers, letters
from letters.models import Dispatch, Letter, LetterState, PostState
from letters.queries import contents, last_look
from letters.queries import dispatches as queries
from tests.letters.stories import agree, make_ready, propose

pytestmark = pytest.mark.django_db(transaction=True)


def of_letters():
    return OutgoingMessage.objects.filter(key__startswith="letter:").count()


def test_every_recipient_with_an_address_gets_frozen_bytes_with_their_hash(letter, alida, bram, cor):
    dispatches = make_ready(letter, alida, bram, cor)
    assert [(d.recipient.name, d.channel) for d in dispatches] == [
        ("De Waag", "email"),
        ("Stadslijst", "email"),
        ("Samenspraak", "post"),
    ]
    assert letter.state == LetterState.FROZEN
    for dispatch in dispatches:
        data = dispatch.pdf.read()
        assert data.startswith(b"%PDF-")
        assert hashlib.sha256(data).hexdigest() == dispatch.pdf.sha256
    of_letter = OutgoingMessage.objects.filter(batch=freezing.batch_of(letter))
    assert list(of_letter.values_list("state", flat=True)) == [OutgoingState.FROZEN] * 2


def test_the_message_carries_the_frozen_pdf_and_its_own_salutation(letter, alida, bram, cor):
    dispatch = make_ready(letter, alida, bram, cor)[1]
    message = email.message_from_bytes(dispatch.outgoing.raw.read(), policy=default)
    (pdf,) = message.iter_attachments()
    assert pdf.get_content() == dispatch.pdf.read()
    assert (
        message.get_body(("plain",)).get_content().startswith("Geachte programmacommissie van de Stadslijst,")
    )
    assert (message["To"].addresses[0].addr_spec, message["Message-ID"]) == (
        "post@stadslijst.example",
        dispatch.outgoing.message_id,
    )
    assert dispatch.outgoing.reply_token in message["Reply-To"]


def test_nothing_is_frozen_before_the_committee_agrees(letter, alida, bram):
    with pytest.raises(Refused):
        freezing.freeze(letter=letter, by=alida)
    propose(letter, alida)
    with pytest.raises(Refused):
        freezing.freeze(letter=letter, by=alida)
    assert (Dispatch.objects.count(), of_letters()) == (0, 0)


def test_a_full_disk_stops_it_with_nothing_half_done(letter, alida, bram, cor, monkeypatch):
    propose(letter, alida)
    agree(letter, bram, cor)
    keep, calls = FrozenFile.objects.keep, []

    def full_after_two(data, **kwargs):
        calls.append(1)
        if len(calls) > 2:
            raise OSError(28, "No space left on device")
        return keep(data, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(type(FrozenFile.objects), "keep", lambda self, data, **kw: full_after_two(data, **kw))
        with pytest.raises(Refused, match="de schijf is vol"):
            freezing.freeze(letter=letter, by=alida)
    letter.refresh_from_db()
    assert (letter.state, Dispatch.objects.count()) == (LetterState.APPROVED, 0)
    assert len(freezing.freeze(letter=letter, by=alida)) == 3


def test_one_address_for_two_is_refused_with_both_names_before_anything_is_made(
    letter, alida, bram, cor, parties
):
    propose(letter, alida)
    agree(letter, bram, cor)
    ContactPoint.objects.filter(organisation=parties[1]).update(value="Programma@WAAG.example")
    files = FrozenFile.objects.count()
    with pytest.raises(Refused) as caught:
        freezing.freeze(letter=letter, by=alida)
    assert str(caught.value) == (
        "De Waag en Stadslijst hebben hetzelfde adres: programma@waag.example. "
        "Kies voor een van hen een ander adres, of haal er een van de lijst. Er is nog niets klaargemaakt."
    )
    assert (of_letters(), FrozenFile.objects.count()) == (0, files)
    ContactPoint.objects.filter(organisation=parties[1]).update(value="post@stadslijst.example")
    assert len(freezing.freeze(letter=letter, by=alida)) == 3


def test_one_page_that_cannot_be_made_holds_back_the_whole_letter(letter, alida, bram, cor, parties):
    parties[2].contact_points.update(street="Verzonnenkade 🌷")
    findings_left = [item.finding.code for item in last_look.of(letter).items]
    assert findings_left[0] == "unknown_glyph"
    parties[2].contact_points.update(street="Verzonnenkade 1")
    propose(letter, alida)
    agree(letter, bram, cor)
    parties[2].contact_points.update(street="Verzonnenkade 🌷")
    with pytest.raises(Refused, match="🌷"):
        freezing.freeze(letter=letter, by=alida)
    letter.refresh_from_db()
    assert (letter.state, Dispatch.objects.count()) == (LetterState.APPROVED, 0)
    parties[2].contact_points.update(street="Verzonnenkade 1")
    assert len(freezing.freeze(letter=letter, by=alida)) == 3


def test_what_is_not_agreed_with_any_more_is_not_made(letter, alida, bram, cor):
    propose(letter, alida)
    agree(letter, bram, cor)
    Letter.objects.filter(pk=letter.pk).update(subject="Anders dan gelezen")
    with pytest.raises(Refused, match="Vraag opnieuw akkoord"):
        freezing.freeze(letter=letter, by=alida)
    assert (Dispatch.objects.count(), of_letters()) == (0, 0)


def test_a_letter_to_nobody_with_an_address_is_not_made(letter, alida, bram, cor):
    ContactPoint.objects.update(status="failing")
    propose(letter, alida)
    agree(letter, bram, cor)
    with pytest.raises(Refused, match="Niemand op de lijst"):
        freezing.freeze(letter=letter, by=alida)


def test_what_is_made_holds_the_words_that_were_agreed_with(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    assert letter.frozen_version.content_hash == contents.content(letter).hash
    assert letter.recipients_locked_at == letter.frozen_at


def test_opening_again_takes_everything_back(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    dispatching.thaw(letter=letter, by=alida)
    letter.refresh_from_db()
    assert (letter.state, Dispatch.objects.count(), of_letters()) == (LetterState.DRAFT, 0, 0)


def test_sending_queues_the_mail_and_cannot_be_undone(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    assert dispatching.send(letter=letter, by=alida) == 2
    letter.refresh_from_db()
    assert letter.state == LetterState.DISPATCHED
    with pytest.raises(Refused):
        dispatching.thaw(letter=letter, by=alida)
    with pytest.raises(Refused):
        letters.save_draft(
            letter=letter, draft_number=letter.draft_number, values={"subject": "Anders"}, by=alida
        )


def test_pausing_holds_what_has_not_left(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    dispatching.send(letter=letter, by=alida)
    assert dispatching.pause(letter=letter, by=alida) == 2
    assert queries.sending(letter).paused
    assert dispatching.resume(letter=letter, by=alida) == 2
    assert not queries.sending(letter).paused


def test_post_is_posted_only_when_a_person_says_so(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    dispatching.send(letter=letter, by=alida)
    batch = dispatching.make_print_batch(letter=letter, by=alida)
    by_post = letter.dispatches.get(channel="post")
    assert (by_post.post_state, batch.file.media_type) == (PostState.PRINTED, "application/pdf")
    day = letter.dated_on
    assert (
        dispatching.confirm_posted(letter=letter, posted_on=day, except_numbers=[by_post.number], by=alida)
        == 0
    )
    with pytest.raises(Refused):
        dispatching.confirm_posted(letter=letter, posted_on=day, except_numbers=[99], by=alida)
    assert dispatching.confirm_posted(letter=letter, posted_on=day, by=alida) == 1
    by_post.refresh_from_db()
    assert (by_post.post_state, by_post.posted_on, by_post.posted_by) == (PostState.POSTED, day, alida)


def test_the_same_pdf_goes_to_a_new_address(letter, alida, bram, cor):
    first = make_ready(letter, alida, bram, cor)[0]
    dispatching.send(letter=letter, by=alida)
    point = ContactPoint.objects.create(
        organisation=first.recipient.organisation,
        kind="email",
        purpose="board",
        value="bestuur@waag.example",
        source="eigen site",
        source_url="https://waag.example",
        published_for_contact=True,
    )
    again = dispatching.resend(dispatch=first, point=point, by=alida)
    assert (again.pdf, again.outgoing.state, again.resend_of) == (first.pdf, OutgoingState.QUEUED, first)
    assert again.outgoing.envelope_to == "bestuur@waag.example"
    with pytest.raises(Refused):
        dispatching.resend(dispatch=first, point=point, by=alida)


def test_an_address_that_is_mended_meanwhile_is_not_passed_over(
    letter, alida, bram, cor, parties, monkeypatch
):
    propose(letter, alida)
    agree(letter, bram, cor)
    make = freezing._make

    def somebody_mends(*args, **values):
        made = make(*args, **values)
        ContactPoint.objects.filter(organisation=parties[0]).update(value="nieuw@waag.example")
        return made

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(freezing, "_make", somebody_mends)
        with pytest.raises(Refused, match="veranderde een adres"):
            freezing.freeze(letter=letter, by=alida)
    assert Dispatch.objects.count() == 0
    addresses = [dispatch.address for dispatch in freezing.freeze(letter=letter, by=alida)]
    assert "nieuw@waag.example" in addresses


def meanwhile(monkeypatch, change):
    """Have something happen once the letters are made and before their rows are written."""
    make = freezing._make

    def made_and_changed(*args, **values):
        made = make(*args, **values)
        change()
        return made

    monkeypatch.setattr(freezing, "_make", made_and_changed)


def test_a_letter_that_changes_under_our_hands_leaves_no_message_behind(
    letter, alida, bram, cor, monkeypatch
):
    propose(letter, alida)
    agree(letter, bram, cor)
    with monkeypatch.context() as patched:
        meanwhile(patched, lambda: Letter.objects.filter(pk=letter.pk).update(subject="Anders"))
        with pytest.raises(Refused, match="veranderd"):
            freezing.freeze(letter=letter, by=alida)
    assert (Dispatch.objects.count(), of_letters()) == (0, 0)
    assert [recipient.frozen_words for recipient in letter.recipients.all()] == [{}] * 4


def test_who_makes_it_ready_as_the_second_does_not_touch_what_the_first_made(
    letter, alida, bram, cor, monkeypatch
):
    propose(letter, alida)
    agree(letter, bram, cor)
    first = []
    with monkeypatch.context() as patched:
        make = freezing._make

        def overtaken(*args, **values):
            patched.setattr(freezing, "_make", make)
            first.extend(freezing.freeze(letter=letter, by=bram))
            return make(*args, **values)

        patched.setattr(freezing, "_make", overtaken)
        with pytest.raises(Refused):
            freezing.freeze(letter=letter, by=alida)
    assert [Dispatch.objects.get(pk=d.pk).outgoing.raw for d in first if d.outgoing] == [
        d.outgoing.raw for d in first if d.outgoing
    ]
    assert of_letters() == 2


# What earlier tries left behind.


def left_behind(letter, address, **values):
    """A message of a letter that was never made ready."""
    return OutgoingMessage.objects.create(
        key=f"letter:{letter.pk}:email:{address}",
        batch=freezing.batch_of(letter),
        envelope_to=address,
        message_id=f"<{address}>",
        raw=FrozenFile.objects.keep(b"oud", media_type="message/rfc822"),
        **values,
    )


def long_ago():
    OutgoingMessage.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))


def test_what_an_earlier_try_left_behind_never_leaves_with_the_rest(letter, alida, bram, cor):
    left_behind(letter, "weg@partij.example")
    left_behind(letter, "post@stadslijst.example")
    make_ready(letter, alida, bram, cor)
    assert dispatching.send(letter=letter, by=alida) == 2
    assert OutgoingMessage.objects.filter(envelope_to="weg@partij.example").count() == 0


def test_what_was_left_behind_goes_after_a_day_and_nothing_else_does(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    tried = left_behind(letter, "tried@partij.example", fence=1)
    queued = left_behind(letter, "queued@partij.example", state=OutgoingState.QUEUED)
    gone = left_behind(letter, "weg@partij.example")
    assert leftovers.drop_abandoned() == 0
    long_ago()
    kept = set(OutgoingMessage.objects.exclude(pk=gone.pk).values_list("pk", flat=True))
    assert {tried.pk, queued.pk} < kept
    assert leftovers.drop_abandoned() == 1
    assert set(OutgoingMessage.objects.values_list("pk", flat=True)) == kept


def test_what_is_paused_stays(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    dispatching.send(letter=letter, by=alida)
    dispatching.pause(letter=letter, by=alida)
    long_ago()
    assert leftovers.drop_abandoned() == 0
    assert dispatching.resume(letter=letter, by=alida) == 2


def test_files_of_a_letter_that_was_opened_again_are_removed_and_those_of_one_that_was_sent_stay(
    letter, alida, bram, cor
):
    make_ready(letter, alida, bram, cor)
    dispatching.thaw(letter=letter, by=alida)
    letter.refresh_from_db()
    letters.save_draft(letter=letter, draft_number=letter.draft_number, values={"subject": "X"}, by=alida)
    letter.refresh_from_db()
    dispatches = make_ready(letter, alida, bram, cor)
    dispatching.send(letter=letter, by=alida)
    FrozenFile.objects.update(wanted_at=timezone.now() - frozen_files.UNUSED_FOR * 2)
    # Three PDFs and two messages of the first time.
    assert frozen_files.remove_unused() == 5
    for dispatch in dispatches:
        assert dispatch.pdf.read().startswith(b"%PDF-")
    mails = [dispatch.outgoing.raw.read() for dispatch in dispatches if dispatch.outgoing]
    assert [b"Subject: X" in mail for mail in mails] == [True, True]
