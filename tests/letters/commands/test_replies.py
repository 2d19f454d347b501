"""The commands about what comes back: reading the mailbox now, and saying what would happen to messages in a folder."""

import json

import pytest
from django.core.management import CommandError, call_command

from crm.clients.mailbox import Maildir
from letters.models import IncomingMessage
from tests.letters.mails import answer, mail
from tests.letters.stories import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    return send(letter, alida, bram, cor)


def test_the_local_stand_in_is_read_and_counted(sent, settings, tmp_path, capsys):
    settings.LOCAL_INBOX = tmp_path / "inbox"
    Maildir(settings.LOCAL_INBOX).add(answer(sent[0]))
    call_command("fetch_replies")
    call_command("fetch_replies")
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("Klaar")] == [
        "Klaar: 1 nieuw.",
        "Klaar: 0 nieuw.",
    ]
    assert IncomingMessage.objects.count() == 1


def test_a_mailbox_that_is_away_is_named(letterhead, settings):
    settings.IMAP = {**settings.IMAP, "host": "127.0.0.1", "port": 1}
    with pytest.raises(CommandError, match="INBOX: de mailserver antwoordt niet"):
        call_command("fetch_replies")


def test_what_would_happen_is_said_and_nothing_is_stored(sent, tmp_path, capsys):
    (tmp_path / "een.eml").write_bytes(answer(sent[0]))
    (tmp_path / "twee.eml").write_bytes(mail("Dag", subject="Vraag"))
    call_command("place_messages", str(tmp_path), "--json")
    one, two = json.loads(capsys.readouterr().out)
    assert (one["file"], one["kind"], one["places"]) == (
        "een.eml",
        "answer",
        [
            f"De Waag, brief {sent[0].letter.reference}: "
            "het antwoordadres uit onze brief en het antwoord op ons bericht"
        ],
    )
    assert (two["places"], two["guesses"]) == ([], [])
    assert IncomingMessage.objects.count() == 0


def test_a_damaged_file_and_a_folder_that_is_none_are_told(letterhead, tmp_path):
    (tmp_path / "stuk.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with pytest.raises(CommandError, match="Niet elk bestand"):
        call_command("place_messages", str(tmp_path))
    with pytest.raises(CommandError, match="geen map"):
        call_command("place_messages", str(tmp_path / "weg"))
