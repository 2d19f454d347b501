"""What keeps the mailbox from being read is told in plain words, with what to do."""

import pytest
from django.utils import timezone

from letters.models import MailboxFolder, MailboxProblem
from letters.queries import mailboxes

pytestmark = pytest.mark.django_db

SAID = {
    "unreachable": (
        "de mailserver antwoordt niet. Er gaat niets verloren: het wordt vanzelf opnieuw geprobeerd. Duurt het langer "
        "dan een dag, vraag dan wie de instellingen beheert om IMAP_HOST en IMAP_PORT na te kijken."
    ),
    "name_unknown": (
        "niemand kent een mailserver met deze naam. Vraag wie de instellingen beheert om IMAP_HOST na te kijken: "
        "misschien zit er een tikfout in."
    ),
    "credentials": (
        "de mailserver accepteert onze naam en ons wachtwoord niet. Vraag wie de instellingen beheert om IMAP_USERNAME "
        "en IMAP_PASSWORD te verbeteren."
    ),
    "insecure": (
        "de verbinding met de mailserver is niet veilig. Vraag wie de instellingen beheert om IMAP_SECURITY en "
        "IMAP_PORT na te kijken: die twee horen bij elkaar."
    ),
    "certificate": (
        "het certificaat van de mailserver klopt niet. Vraag wie de instellingen beheert of IMAP_HOST de naam is die "
        "de mailprovider opgeeft, en vraag het anders de provider. Tot die tijd wordt er niets gelezen, zodat niemand "
        "meeleest."
    ),
    "folder_gone": (
        "de map is er niet. Vraag wie de instellingen beheert welke map er in IMAP_FOLDERS moet staan."
    ),
    "cannot_move": (
        "wat gelezen is kan niet worden verplaatst. Wat binnenkwam staat hier. Vraag degene die de instellingen "
        "beheert om IMAP_MOVE_TO na te kijken."
    ),
}


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.IMAP = {**settings.IMAP, "host": "imap.brug.example"}


def test_every_problem_has_its_words():
    assert set(SAID) == set(MailboxProblem.values)


@pytest.mark.parametrize("problem", SAID)
def test_what_is_wrong_and_what_to_do_without_the_words_of_the_server(problem):
    MailboxFolder.objects.create(
        source="imap:INBOX", folder="INBOX", problem=problem, detail="b'NO (111)'", since=timezone.now()
    )
    (sentence,) = mailboxes.problems()
    assert sentence.startswith("De map “INBOX” van het postvak is sinds ")
    assert sentence.endswith(f" niet te lezen: {SAID[problem]}")


def test_the_folder_of_what_was_sent_has_a_setting_of_its_own(settings):
    MailboxFolder.objects.create(
        source="imap-sent", folder="Sent", problem="folder_gone", since=timezone.now()
    )
    (sentence,) = mailboxes.problems()
    assert sentence.endswith(
        "de map is er niet. Vraag wie de instellingen beheert of je mailprogramma daar bewaart wat je verstuurt; "
        "anders kan IMAP_READ_SENT uit."
    )
