"""The main job, as the demo does it: the seed letter from draft to sent and proven."""

import hashlib

import pytest

from campaigns.models import Claim
from cms.demo import incoming, job, positions, world
from crm.clients import mailbox
from crm.models import OutgoingMessage, TimelineEntry
from letters.models import IncomingMessage, Letter
from letters.queries import dispatches, turns

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def said(settings, tmp_path, free_port):
    settings.VAR_DIR = tmp_path
    settings.SMTP_IS_LOCAL = True
    settings.LOCAL_MAILBOX_PORT = free_port
    settings.SMTP = {**settings.SMTP, "host": "127.0.0.1", "port": free_port, "security": "none"}
    return []


def hashes(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_fourteen_by_mail_two_by_post_and_the_gap_is_named(said):
    outcome = job.run(world.load(), say=said.append)
    assert outcome.as_it_should_be
    assert outcome.gaps == ("DENK",)
    names = sorted(hashes(outcome.folder))
    assert [sum(name.startswith(start) for name in names) for start in ("letters/", "messages/")] == [16, 14]
    assert {"print-batch.pdf", "proof.pdf"} <= set(names)
    assert len([m for m in mailbox.list_messages() if "2025-014" in m.subject]) == 14

    letter = Letter.objects.get(reference__startswith="2025-014")
    assert TimelineEntry.objects.about(letter).filter(code="letters.approved").count() == 2
    sent = dispatches.of(letter).first()
    assert sent.recipient.organisation is not None
    assert TimelineEntry.objects.about(sent.recipient.organisation).filter(code="letters.sent").count() == 1

    before, mails = hashes(outcome.folder), OutgoingMessage.objects.count()
    again = job.run(world.load(), say=said.append)
    assert again.as_it_should_be
    assert (hashes(outcome.folder), OutgoingMessage.objects.count()) == (before, mails)

    came = incoming.load(world.load(), outcome.letter)
    assert came == IncomingMessage.objects.count() == 12
    kinds = sorted((message.state, message.kind) for message in IncomingMessage.objects.all())
    assert kinds == [
        ("parked", "answer"),
        ("parked", "answer"),
        ("placed", "acknowledgement"),
        *[("placed", "answer")] * 6,
        ("placed", "auto_reply"),
        ("placed", "bounce"),
        ("set_aside", "spam"),
    ]
    # Passed on twice before it was answered: its own words come first, the quotations are folded.
    referral = IncomingMessage.objects.get(sender_address__startswith="wonen@")
    assert referral.excerpt.startswith("Beste commissie, Het bestuur heeft uw brief aan ons doorgegeven.")
    assert "Pak jij het op" not in referral.excerpt + referral.search_text
    names = {recipient.name for recipient in turns.ours()}
    assert names == {"De Brug", "Buurtstem Amsterdam", "Stadslijst Noorderlicht"}
    assert turns.theirs().count() == 10
    assert incoming.load(world.load(), outcome.letter) == 0

    positions.load(world.load())
    claims = Claim.objects.select_related("organisation", "source_type")
    assert {claim.organisation.invented for claim in claims} == {True}
    assert sorted((str(claim), claim.is_confirmed, claim.source_id is not None) for claim in claims) == [
        ("Buurtstem: tegen", True, True),
        ("De Brug: deels", True, False),
        ("De Brug: voor", True, True),
        ("Grachten en Wijken: noemt zonder keuze", True, True),
        ("Samenspraak: noemt zonder keuze", True, True),
        ("Samenspraak: voor", False, True),
    ]
    positions.load(world.load())
    assert claims.count() == 6
    assert job.run(world.load(), say=said.append).as_it_should_be
