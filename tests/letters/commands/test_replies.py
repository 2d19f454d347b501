"""The commands about what comes back: reading the mailbox now, and saying what would happen to messages in a folder."""

import json

import pytest
from django.core.management import CommandError, call_command

from crm.clients.mailbox import Maildir
from crm.models import FrozenFile, TimelineEntry
from letters.actions import intake
from letters.models import IncomingMessage, IncomingPlace, Sighting
from tests.letters.mails import answer, mail
from tests.letters.stories import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A folder that nothing else is kept in."""
    made = tmp_path / "berichten"
    made.mkdir()
    return made


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
    with pytest.raises(CommandError) as caught:
        call_command("fetch_replies")
    first, problem, technical = str(caught.value).splitlines()
    assert first == "Niet alles kon worden gelezen."
    assert "“INBOX”" in problem
    assert "de mailserver antwoordt niet. Er gaat niets verloren" in problem
    assert technical == "  Technisch: Connection refused"


def test_what_would_happen_is_said_and_nothing_is_stored(sent, folder, capsys):
    (folder / "een.eml").write_bytes(answer(sent[0]))
    (folder / "twee.eml").write_bytes(mail("Dag", subject="Vraag"))
    call_command("place_messages", str(folder), "--json")
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


def test_every_file_gets_an_outcome_and_its_reason(sent, folder, capsys):
    answered = answer(sent[0])
    intake.take_in(raw=answered, source="upload", uid="1")
    known = ("Anna Bos", sent[1].address)
    (folder / "a.eml").write_bytes(answer(sent[0], "Wij komen graag."))
    (folder / "b.eml").write_bytes(mail("Dag", subject="Vraag", sender=known))
    (folder / "c.eml").write_bytes(mail("Dag", subject="Vraag"))
    (folder / "d.eml").write_bytes(mail("Tot maandag", subject="Afwezig", Auto_Submitted="auto-replied"))
    (folder / "e.eml").write_bytes(mail("Koop nu", X_Spam_Flag="YES"))
    (folder / "f.eml").write_bytes(answered)
    (folder / "g.eml").write_bytes(sent[0].outgoing.raw.read())
    before = state()
    call_command("place_messages", str(folder))
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "a.eml: antwoord, wordt geplaatst.",
        "b.eml: antwoord, wacht tot iemand zegt waar het hoort; dit is wat we vermoeden.",
        "c.eml: antwoord, wacht tot iemand zegt waar het hoort: we kennen de afzender niet, en niets erin wijst naar "
        "een brief.",
        "d.eml: automatisch antwoord, wordt weggelegd: het wijst naar geen enkele brief, en zulke berichten hoeft "
        "niemand te plaatsen.",
        "e.eml: spam, wordt weggelegd: de mailserver noemt het spam.",
        "f.eml: antwoord, wordt weggelegd: het is al eerder binnengekomen.",
        "g.eml: van ons, wordt weggelegd: het is een kopie van wat wij zelf verstuurden.",
        "7 bestanden bekeken, 7 berichten, niets bewaard.",
    ]
    assert lines[lines.index(next(line for line in lines if line.startswith("b.eml"))) + 1].startswith("    ")
    assert state() == before


def state():
    """All that the intake writes."""
    models = (IncomingMessage, IncomingPlace, Sighting, FrozenFile, TimelineEntry)
    return [model.objects.count() for model in models]


def test_what_the_command_foretells_is_what_the_intake_does(sent, folder, capsys):
    raws = {
        "a": answer(sent[0], "Wij komen graag."),
        "b": mail("Dag", subject="Vraag", sender=("Anna Bos", sent[1].address)),
        "c": mail("Dag", subject="Vraag"),
        "d": mail("Tot maandag", subject="Afwezig", Auto_Submitted="auto-replied"),
        "e": mail("Koop nu", X_Spam_Flag="YES"),
    }
    for name, raw in raws.items():
        (folder / f"{name}.eml").write_bytes(raw)
    call_command("place_messages", str(folder), "--json")
    foretold = [row["outcome"] for row in json.loads(capsys.readouterr().out)]
    done = [intake.take_in(raw=raw, source="upload", uid=name)[0].state for name, raw in raws.items()]
    assert list(zip(foretold, done, strict=True)) == [
        ("placed", "placed"),
        ("guessed", "parked"),
        ("unknown", "parked"),
        ("passed_over", "set_aside"),
        ("spam", "set_aside"),
    ]


def test_files_that_are_no_mail_are_named_with_why(letterhead, folder, capsys):
    (folder / "brief.pdf").write_bytes(b"%PDF-1.7\nSubject: x\n\n%%EOF")
    (folder / "foto.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "leeg.eml").write_bytes(b"")
    (folder / "stuk.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    (folder / "weg.eml").symlink_to(folder / "bestaat-niet")
    with pytest.raises(CommandError, match=r"5 van 5 bestanden: geen bericht, of niet te lezen\.") as caught:
        call_command("place_messages", str(folder))
    assert caught.value.returncode == 1
    not_mail = "geen bericht: het begint niet zoals e-mail, met wie het schreef en waarover."
    assert capsys.readouterr().out.splitlines() == [
        f"brief.pdf: {not_mail}",
        f"foto.png: {not_mail}",
        "leeg.eml: geen bericht: het bestand is leeg.",
        "stuk.msg: geen bericht: dit bericht van Outlook is beschadigd.",
        "weg.eml: dit bestand kan niet worden gelezen.",
        "5 bestanden bekeken, 0 berichten, niets bewaard.",
    ]


def test_a_folder_that_is_none_is_told(letterhead, tmp_path):
    with pytest.raises(CommandError, match="geen map") as caught:
        call_command("place_messages", str(tmp_path / "weg"))
    assert caught.value.returncode == 2
