"""The local mailbox: what a real SMTP conversation leaves behind, and how it reads."""

import hashlib
import socket
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

import pytest
from django.core.management import CommandError, call_command

from crm.clients import mailbox
from crm.clients.mailbox import Attachment, Maildir
from crm.clients.smtp import Door
from crm.clients.smtp_answers import TemporarilyRefused


def letter(subject: str = "Jaarverslag ’24 is één geheel") -> bytes:
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = "Commissie <post@spreekbuis.example>"
    message["To"] = "Griffie van Üdam <griffie@raad.example>"
    message["Subject"] = subject
    message["Date"] = datetime(2025, 7, 29, 8, 0, tzinfo=UTC)
    message["Message-ID"] = "<een@spreekbuis.example>"
    message.set_content("Geachte griffie,\n\n.punt\n", cte="quoted-printable")
    message.add_alternative("<p>Geachte griffie,</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7 ...", maintype="application", subtype="pdf", filename="Brief.pdf")
    return message.as_bytes()


def deliver(port: int, raw: bytes) -> None:
    with Door(host="127.0.0.1", port=port, security="none") as door:
        door.send("post@spreekbuis.example", ["griffie@raad.example"], raw, before_content=lambda: None)


def test_a_message_is_kept_byte_for_byte_and_reads_as_it_was_written(settings):
    raw = letter()
    with mailbox.serve_in_thread(port=0) as port:
        deliver(port, raw)
    (summary,) = mailbox.list_messages()
    message = mailbox.get(summary.key)
    assert hashlib.sha256(message.raw).hexdigest() == hashlib.sha256(raw).hexdigest()
    assert (summary.subject, summary.sender, summary.to, summary.date) == (
        "Jaarverslag ’24 is één geheel",
        "Commissie <post@spreekbuis.example>",
        "Griffie van Üdam <griffie@raad.example>",
        datetime(2025, 7, 29, 8, 0, tzinfo=UTC),
    )
    assert message.text == "Geachte griffie,\r\n\r\n.punt\r\n"
    assert message.html.strip() == "<p>Geachte griffie,</p>"
    assert message.attachments == (Attachment("Brief.pdf", "application/pdf", b"%PDF-1.7 ..."),)
    assert sorted(path.name for path in settings.LOCAL_MAILBOX.iterdir()) == ["cur", "new", "tmp"]


def test_the_newest_comes_first_and_the_list_has_a_limit():
    with mailbox.serve_in_thread(port=0) as port:
        for number in range(3):
            deliver(port, letter(f"Brief {number}"))
    assert [line.subject for line in mailbox.list_messages()] == ["Brief 2", "Brief 1", "Brief 0"]
    assert [line.subject for line in mailbox.list_messages(limit=1)] == ["Brief 2"]


def test_a_message_that_a_mail_reader_moved_is_found_under_its_key(tmp_path):
    maildir = Maildir(tmp_path)
    raw = letter()
    key = maildir.add(raw)
    (tmp_path / "new" / key).rename(tmp_path / "cur" / f"{key}:2,S")
    assert [line.key for line in maildir.list_messages()] == [key]
    assert maildir.get(key).raw == raw


@pytest.mark.parametrize("key", ["nee", "../new/x", "*"])
def test_no_message_under_a_key_that_is_none(key, tmp_path):
    maildir = Maildir(tmp_path)
    maildir.add(letter())
    with pytest.raises(KeyError):
        maildir.get(key)


def test_an_empty_mailbox_is_an_empty_list():
    assert mailbox.list_messages() == []


def test_a_full_disk_is_told_to_the_sender(settings, monkeypatch):
    def full(self, raw):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Maildir, "add", full)
    with mailbox.serve_in_thread(port=0) as port, pytest.raises(TemporarilyRefused, match="No space left"):
        deliver(port, letter())


def test_a_second_mailbox_on_the_same_port_says_so():
    with mailbox.serve_in_thread(port=0) as port, pytest.raises(CommandError, match=str(port)):
        call_command("mailbox", port=port)


def test_it_listens_on_one_loopback_address_alone():
    with mailbox.serve_in_thread(port=0) as port, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=5)
