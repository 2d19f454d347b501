"""Letters from before their version carried everything: from the migration on they stay as they are."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from crm.models import FrozenFile, Person
from letters.actions import enclosures, recipients
from letters.models import Letter, Letterhead, LetterVersion, Recipient
from letters.queries import contents
from letters.queries.recipients import of as recipients_of
from tests.letters.admin.samples import one_page
from tests.letters.stories import all_becomes_different, logo, make_ready

pytestmark = pytest.mark.django_db

fill = import_module("letters.migrations.0004_fill_what_was_agreed").fill
BEFORE = ("letters", "0003_what_was_agreed")


def migrate():
    with_models = MigrationLoader(connection).project_state([BEFORE]).apps
    fill(with_models, None)


def pages(letter):
    layout = contents.Layout.of(Letter.objects.get(pk=letter.pk))
    return [layout.page(recipient) for recipient in recipients_of(letter)], layout.files


@pytest.fixture
def from_before(letter, letterhead, alida, bram, cor, parties):
    """A letter that was made ready when nothing of this was kept; to a person and to a party with a short name too."""
    Letterhead.objects.update(logo=logo("red"))
    enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    parties[1].short_name = "SL"
    parties[1].save()
    anna = Person.objects.create(given_name="Anna", name_prefix="de", family_name="Vries", gender="f")
    recipients.add(letter=letter, people=[anna], by=alida)
    letter.refresh_from_db()
    make_ready(letter, alida, bram, cor)
    for version in LetterVersion.objects.all():
        version.files.clear()
    LetterVersion.objects.update(logo=None)
    Recipient.objects.update(frozen_words={})
    return letter


# As the rules were on the day of this migration; what they become later is no concern of it.
WORDS = [
    ("De Waag", "De Waag", "programmacommissie", "Geachte programmacommissie van De Waag"),
    ("Stadslijst", "de SL", "programmacommissie", "Geachte programmacommissie van de SL"),
    ("Samenspraak", "Samenspraak", "bestuur", "Geacht bestuur van Samenspraak"),
    ("Zonder Adres", "Zonder Adres", "programmacommissie", "Geachte programmacommissie van Zonder Adres"),
    ("Anna de Vries", "Anna de Vries", "mevrouw De Vries", "Geachte mevrouw De Vries"),
]
ADDRESSEES = [
    "t.a.v. de programmacommissie",
    "t.a.v. de programmacommissie",
    "t.a.v. het bestuur",
    "t.a.v. de programmacommissie",
    "mevrouw De Vries",
]


def words_of(letter):
    kept = [(one.name, one.frozen_words) for one in letter.recipients.order_by("position")]
    assert [words["addressee"] for _name, words in kept] == ADDRESSEES
    return [(name, words["name"], words["to_whom"], words["salutation"]) for name, words in kept]


def test_everything_is_filled_with_what_it_is_made_from_that_day(from_before):
    letter = from_before
    migrate()
    assert words_of(letter) == WORDS
    before = pages(letter)
    assert before[0][0].letterhead.logo is not None
    all_becomes_different()
    assert pages(letter) == before
    assert list(letter.frozen_version.files.all()) == [file for _title, file in before[1]]


def test_it_can_be_run_again_and_leaves_drafts_alone(from_before, alida, letterhead):
    letter = from_before
    migrate()
    files = FrozenFile.objects.count()
    all_becomes_different()
    Letterhead.objects.update(logo=None)
    migrate()
    assert FrozenFile.objects.count() == files
    assert words_of(letter) == WORDS


def test_a_logo_that_is_gone_is_left_out(from_before):
    letter = from_before
    image = Letterhead.objects.get().logo
    image.file.storage.delete(image.file.name)
    migrate()
    assert LetterVersion.objects.get(pk=letter.frozen_version_id).logo is None
