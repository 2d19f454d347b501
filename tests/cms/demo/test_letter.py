"""The seed letter as written, and as mended."""

import datetime
from pathlib import Path

from cms.demo import publications
from cms.demo.calendar import DEMO_DAY
from cms.demo.letter import SEED, mended_letter_values
from crm.document import merging, richtext
from crm.document.tree import Paragraph, plain
from crm.models import Organisation
from letters.actions import enclosures, letters, recipients
from letters.models import Letter
from letters.queries import last_look, merge_fields
from letters.queries import recipients as recipient_rows

FILE = Path(__file__).parents[2] / "files" / "seed-letter.txt"


def test_the_seed_letter_is_the_file_to_the_byte():
    assert SEED.read_bytes() == FILE.read_bytes()


def test_the_draft_says_what_the_file_says_and_no_more(world):
    letter = world.letter
    assert (letter.state, letter.subject, letter.salutation) == ("draft", "", "Beste Partij")
    assert (letter.dated_on, letter.reference) == (datetime.date(2025, 7, 29), "2025-014 K")
    assert letter.purpose == "programme"
    assert not letter.enclosures.exists()
    assert not letter.recipients.exists()
    assert list(letter.authors.all()) == [world.author]
    body = richtext.parse(letter.body, fields=())
    assert "".join(letter.body.split()).count("stadsdopen") == 2
    written = "".join(
        FILE.read_text().partition("Beste Partij,")[2].partition("Met vriendelijke groet")[0].split()
    )
    assert "".join(_words(body).split()) == written.replace("•", "")


def _words(document):
    return " ".join(
        plain(run)
        for block in document.blocks
        for run in ((block.children,) if isinstance(block, Paragraph) else block.items)
    )


def test_the_mended_text_is_rich_text_with_its_facts_and_fields(world):
    mended = mended_letter_values()
    body = richtext.parse(mended.body, fields=merge_fields.LABELS)
    assert {fact.key: fact.value for fact in merging.facts_in(body)} == {
        "stadsdorpen": "36 stadsdorpen",
        "bereik": "ruim 15.000 Amsterdammers",
        "deelnemers": "meer dan 3.000 mensen",
        "vrijwilligers": "ruim 600 vrijwilligers",
    }
    assert merging.fields_in(body) == {"organisatie", "eigen_alinea"}
    assert richtext.serialise(body) == mended.body
    assert (mended.subject, mended.salutation) == (
        "Stadsdorpen in uw verkiezingsprogramma: ons jaarverslag 2024",
        "",
    )


def test_once_mended_the_last_look_finds_only_the_party_without_an_address(world):
    by, mended, letter = world.author, mended_letter_values(), world.letter
    assert recipients.pick_segment(letter=letter, segment=world.segment, on=DEMO_DAY, by=by) == 17
    enclosures.add(letter=letter, title=mended.enclosure, data=world.annual_report.file.read(), by=by)
    letters.save_draft(letter=letter, draft_number=letter.draft_number, values=mended.values, by=by)
    letter = Letter.objects.get(pk=letter.pk)
    found = [(item.finding.code, item.finding.quotes) for item in last_look.of(letter).items]
    assert found == [("address_missing", ("DENK",))]
    counts = recipient_rows.summary(recipient_rows.rows(letter))
    assert (counts.total, counts.email, counts.post, counts.gaps, counts.refused) == (17, 14, 2, 1, 0)


def test_the_paragraphs_of_their_own_are_for_invented_parties_alone(world):
    parties = Organisation.objects.filter(name__in=mended_letter_values().own_paragraphs)
    assert {(party.name, party.invented) for party in parties} == {
        ("De Brug", True),
        ("Buurtstem Amsterdam", True),
    }


def test_the_annual_report_is_set_the_same_each_time(world):
    report = world.annual_report
    assert report.title == mended_letter_values().enclosure
    assert report.pages == 4
    assert report.file.read() == publications.annual_report_pdf()


def test_the_report_that_was_promised_is_due_in_november(world):
    planned = world.planned_report
    assert (planned.title, planned.planned_on, planned.file) == (
        "Hier zijn wij!",
        datetime.date(2025, 11, 1),
        None,
    )
