"""Bounces: the facts in them, in the standard form and in the forms of servers that have their own."""

import pytest

from letters.inbound.bounces import Failure
from letters.inbound.kinds import Kind, recognise
from letters.inbound.reading import read
from tests.letters.inbound import servers
from tests.letters.inbound.world import MEETING, OUR_ADDRESS, sent

ONE = sent(MEETING, "De Brug")
ADDRESS = "fractie@debrug.example"
SAID = f"550 5.1.1 <{ADDRESS}>: Recipient address rejected: User unknown"


def told(mail):
    raw = mail.as_bytes()
    return recognise(read(raw), raw, [OUR_ADDRESS])


@pytest.mark.parametrize("server", ["postfix", "exchange", "google"])
def test_the_standard_form_tells_everything(server):
    verdict = told(servers.report(ONE, server))
    assert verdict.kind == Kind.BOUNCE
    assert verdict.bounce.failures == (Failure(ADDRESS, "failed", "5.1.1", SAID),)
    assert verdict.bounce.message_ids == (ONE.message_id,)
    assert verdict.bounce.envelope_id == f"env+{ONE.token}"
    assert verdict.bounce.tokens == (ONE.token,)


def test_returned_header_fields_are_enough():
    bounce = told(servers.report(ONE, "postfix", returned="headers", token=False)).bounce
    assert (bounce.message_ids, bounce.tokens) == ((ONE.message_id,), (ONE.token,))


@pytest.mark.parametrize(
    ("form", "status", "diagnostic"),
    [
        (servers.exim, "5.1.1", "550 5.1.1 No such user here"),
        (servers.qmail, "5.1.1", "Sorry, no mailbox here by that name. (#5.1.1)"),
        (servers.dutch, "5.1.10", "Reden: 550 5.1.10 Deze gebruiker is onbekend."),
    ],
)
def test_other_forms_tell_the_address_the_reason_and_the_message(form, status, diagnostic):
    verdict = told(form(ONE))
    assert verdict.kind == Kind.BOUNCE
    assert verdict.bounce.failures == (Failure(ADDRESS, "failed", status, diagnostic),)
    assert verdict.bounce.message_ids == (ONE.message_id,)


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", Kind.BOUNCE),
        ("failed", "4.4.7", Kind.BOUNCE),
        ("failed", "5.2.2", Kind.BOUNCE),
        ("failed", "", Kind.BOUNCE),
        ("delayed", "4.4.1", Kind.DELAY),
        ("delivered", "2.0.0", Kind.RECEIPT),
        ("relayed", "2.0.0", Kind.RECEIPT),
        ("error", "5.1.1", Kind.BOUNCE),
        ("failed (bounced)", "5.1.1", Kind.BOUNCE),
    ],
)
def test_late_is_not_lost_and_arrived_is_neither(action, status, kind):
    assert told(servers.report(ONE, "postfix", action=action, status=status)).kind == kind


def test_one_report_about_several_addresses():
    raw = servers.report(ONE, "postfix").as_bytes()
    block = (
        b"\n\nFinal-Recipient: rfc822; b@x.example\nAction: delayed\nStatus: 4.2.1\n\n"
        b"Final-Recipient: rfc822; c@x.example\nAction: "
    )
    raw = raw.replace(b"Action: failed", b"Action: failed" + block + b"delivered", 1)
    verdict = recognise(read(raw), raw)
    assert verdict.kind == Kind.BOUNCE
    assert [(one.address, one.action) for one in verdict.bounce.failures] == [
        (ADDRESS, "failed"),
        ("b@x.example", "delayed"),
        ("c@x.example", "delivered"),
    ]


def test_a_read_receipt_is_no_bounce():
    assert told(servers.read_receipt(ONE)).kind == Kind.RECEIPT


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("Jan <jan@debrug.example>", "Re: Undelivered mail", f"Ik kreeg een melding over {ADDRESS}."),
        ("Postmaster <postmaster@debrug.example>", "Re: Uw brief", "Wij zijn voor."),
        ("Jan <jan@debrug.example>", "FW: Onbestelbaar: Uw brief", "Kijk eens."),
    ],
)
def test_people_who_write_about_bounces_send_none(sender, subject, text):
    raw = f"From: {sender}\nSubject: {subject}\n\n{text}".encode()
    assert recognise(read(raw), raw).kind == Kind.ANSWER


def test_a_warning_in_words_is_late_and_not_lost():
    raw = (
        b"Return-Path: <>\nFrom: MAILER-DAEMON@debrug.example\nSubject: Uw bericht is vertraagd\n\n"
        b"Uw bericht aan fractie@debrug.example is nog niet bezorgd. We proberen het opnieuw.\n"
    )
    verdict = recognise(read(raw), raw)
    assert (verdict.kind, verdict.bounce.failures[0].address) == (Kind.DELAY, ADDRESS)


def test_our_own_address_never_failed():
    raw = (
        b"Return-Path: <>\nFrom: MAILER-DAEMON@debrug.example\nSubject: Onbestelbaar: brief\n\n"
        b"Van: post+0123456789ab@buurtennetwerk.example\nDe ontvanger is onbekend.\n"
    )
    assert recognise(read(raw), raw, [OUR_ADDRESS]).bounce.failures == ()
