"""What goes along with a letter: attached, or promised for later."""

from io import BytesIO

import pikepdf
import pytest

from campaigns.models import Publication
from crm.actions.action import Refused
from crm.models import FrozenFile
from letters.actions import enclosures
from tests.letters.admin.samples import one_page
from tests.letters.stories import make_ready, told

pytestmark = pytest.mark.django_db


def locked(data):
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="geheim"))
    return target.getvalue()


def test_a_pdf_goes_along_with_its_pages_and_its_exact_bytes(letter, alida):
    data = one_page()
    made = enclosures.add(letter=letter, title=" Jaarverslag 2024 ", data=data, by=alida)
    assert (made.title, made.pages, made.is_promised, made.file.read()) == (
        "Jaarverslag 2024",
        1,
        False,
        data,
    )
    assert told(letter, "letters.enclosure_added") == [
        "Alida de Test voegde de bijlage “Jaarverslag 2024” toe"
    ]


def test_without_a_name_it_is_called_what_the_pdf_calls_itself(letter, alida):
    assert enclosures.add(letter=letter, title=" ", data=one_page(), by=alida).title == "Jaarverslag"


@pytest.mark.parametrize(
    "data",
    [b"", b"dit is tekst", b"MZ\x90\x00 een programma", b"%PDF-1.7 en dan niets", b"PK\x03\x04 een zip"],
    ids=["leeg", "tekst", "programma", "half", "zip"],
)
def test_what_is_no_pdf_is_refused_and_not_stored(letter, alida, data):
    with pytest.raises(Refused):
        enclosures.add(letter=letter, title="Jaarverslag", data=data, by=alida)
    assert (letter.enclosures.count(), FrozenFile.objects.count()) == (0, 0)


def test_a_pdf_behind_a_password_is_refused(letter, alida):
    with pytest.raises(Refused, match="wachtwoord"):
        enclosures.add(letter=letter, title="Jaarverslag", data=locked(one_page()), by=alida)
    assert letter.enclosures.count() == 0


def test_a_pdf_beyond_the_limit_is_refused_with_the_limit(letter, alida, settings):
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(Refused, match="1 MB"):
        enclosures.add(letter=letter, title="Jaarverslag", data=one_page() + b" " * 1024**2, by=alida)
    assert letter.enclosures.count() == 0


def test_a_promise_needs_words_or_a_publication(letter, alida):
    report = Publication.objects.create(title="Hier zijn wij!")
    with pytest.raises(Refused, match="Schrijf wat je later stuurt"):
        enclosures.promise(letter=letter, title=" ", by=alida)
    made = enclosures.promise(letter=letter, title="", publication=report, by=alida)
    assert (made.title, made.is_promised, made.file, made.publication) == (
        "Hier zijn wij!",
        True,
        None,
        report,
    )
    assert told(letter, "letters.enclosure_promised") == [
        "Alida de Test beloofde de bijlage “Hier zijn wij!” voor later"
    ]


def test_enclosures_stay_in_order_when_one_is_taken_off(letter, alida):
    first, second = (enclosures.promise(letter=letter, title=title, by=alida) for title in ("Een", "Twee"))
    enclosures.remove(enclosure=first, by=alida)
    enclosures.promise(letter=letter, title="Drie", by=alida)
    assert [e.title for e in letter.enclosures.all()] == [second.title, "Drie"]
    assert told(letter, "letters.enclosure_removed") == ["Alida de Test haalde de bijlage “Een” weg"]


def test_a_file_that_is_taken_off_stays_where_a_version_needs_it(letter, alida):
    made = enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    sha256 = made.file.sha256
    enclosures.remove(enclosure=made, by=alida)
    assert FrozenFile.objects.get(sha256=sha256).read() == one_page()


def test_nothing_is_added_to_or_taken_from_what_is_ready(letter, alida, bram, cor):
    kept = enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    make_ready(letter, alida, bram, cor)
    for change in (
        lambda: enclosures.add(letter=letter, title="Nog een", data=one_page(), by=alida),
        lambda: enclosures.promise(letter=letter, title="Later", by=alida),
        lambda: enclosures.remove(enclosure=kept, by=alida),
    ):
        with pytest.raises(Refused, match="klaar om te versturen"):
            change()
    assert [e.title for e in letter.enclosures.all()] == ["Jaarverslag"]


def test_somebody_of_the_committee_sees_to_a_promise(letter, alida, bram, otto):
    with pytest.raises(Refused, match="Kies iemand van de commissie"):
        enclosures.promise(letter=letter, title="Rapport", minded_by=otto, by=alida)
    assert letter.enclosures.count() == 0
    made = enclosures.promise(letter=letter, title="Rapport", minded_by=bram, by=alida)
    made.refresh_from_db()
    assert (made.minded_by, made.is_guarded) == (bram, True)
    assert told(letter, "letters.enclosure_promised_by") == [
        "Alida de Test beloofde de bijlage “Rapport” voor later; Bram de Test bewaakt het"
    ]


def test_who_sees_to_it_can_be_chosen_later_and_let_go(letter, alida, bram, loes):
    made = enclosures.promise(letter=letter, title="Rapport", by=alida)
    assert made.is_guarded is False
    with pytest.raises(Refused, match="Kies iemand van de commissie"):
        enclosures.mind(enclosure=made, minded_by=loes, by=alida)
    enclosures.mind(enclosure=made, minded_by=bram, by=alida)
    enclosures.mind(enclosure=made, minded_by=bram, by=alida)
    assert letter.enclosures.get().minded_by == bram
    enclosures.mind(enclosure=made, minded_by=None, by=alida)
    assert letter.enclosures.get().minded_by is None
    assert told(letter, "letters.enclosure_minded", "letters.enclosure_unminded") == [
        "Alida de Test liet Bram de Test de beloofde bijlage “Rapport” bewaken",
        "Alida de Test liet niemand meer de beloofde bijlage “Rapport” bewaken",
    ]


def test_what_goes_along_needs_nobody(letter, alida, bram):
    made = enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    with pytest.raises(Refused, match="gaat al mee"):
        enclosures.mind(enclosure=made, minded_by=bram, by=alida)
