"""The merge fields, and what they become for one recipient."""

import datetime

import pytest

from crm.document.tree import Break, Document, Paragraph, Text
from crm.models import ContactPoint, Organisation, Person
from letters.models import Letter, Recipient
from letters.queries import merge_fields

LETTER = Letter(purpose="programme", reference="2025-014 K", dated_on=datetime.date(2025, 7, 29))
SP = Organisation(kind="party", name="Socialistische Partij", short_name="SP", article="de")


def values(recipient):
    made = merge_fields.values(recipient, LETTER)
    assert set(made) == set(merge_fields.LABELS)
    return made


def test_a_party_stands_in_the_sentence_with_its_article():
    made = values(Recipient(organisation=SP, name="Socialistische Partij"))
    assert {name: made[name] for name in ("organisatie", "geadresseerde", "kenmerk", "datum")} == {
        "organisatie": "de SP",
        "geadresseerde": "programmacommissie",
        "kenmerk": "2025-014 K",
        "datum": "29 juli 2025",
    }


def test_a_party_that_had_another_name_then_keeps_it():
    assert values(Recipient(organisation=SP, name="Partij van Toen"))["organisatie"] == "de Partij van Toen"


def test_without_a_known_body_the_organisation_itself_is_addressed():
    house = Organisation(kind="other", name="Buurthuis")
    point = ContactPoint(purpose="general", kind="email")
    assert (
        values(Recipient(organisation=house, name="Buurthuis", contact_point=point))["geadresseerde"]
        == "Buurthuis"
    )


def test_a_person_is_named_formally():
    anna = Person(given_name="Anna", name_prefix="de", family_name="Vries", gender="f")
    made = values(Recipient(person=anna, name="Anna de Vries"))
    assert (made["organisatie"], made["geadresseerde"]) == ("Anna de Vries", "mevrouw De Vries")


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        (" \r\n ", ()),
        ("Voor jullie.", (Paragraph((Text("Voor jullie."),)),)),
        ("Een\r\ntwee", (Paragraph((Text("Een"), Break(), Text("twee"))),)),
        ("Een\n \n\n twee ", (Paragraph((Text("Een"),)), Paragraph((Text("twee"),)))),
        ("{{ x }} #set <b>", (Paragraph((Text("{{ x }} #set <b>"),)),)),
    ],
)
def test_typed_text_becomes_paragraphs_and_stays_text(text, blocks):
    assert merge_fields.paragraphs(text) == Document(blocks)
