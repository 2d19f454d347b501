"""What every form of a dossier has in common."""

import datetime
import gettext as files
from pathlib import Path

import django
import pytest
from django.utils.translation import gettext, ngettext, override

from crm.admin.fields import DJANGOS_OWN
from tests.crm.admin.pages import errors, form, main
from tests.crm.factories import (
    FactionFactory,
    PartyFactory,
    PersonFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

# A form, and the least that has to be filled in.
LEAST = {
    "organisation": {
        "gegevens": {"name": "Zo heet het"},
        "naam": {"name": "Anders", "from_on": "1-7-2025"},
        "vroeger": {"name": "Vroeger", "until_on": "1-7-2020"},
        "afkomst": {"direction": "became", "kind": "merger", "other": "Andere partij"},
        "einde": {"ended_on": "1-7-2025"},
        "adressen": {"value": "info@brug.example", "purpose": "general"},
        "adressen/?kind=post": {
            "street": "Kade 1", "postcode": "1099 ZZ", "town": "Brugstad", "purpose": "general",
        },
        "adressen/?kind=phone": {"value": "020 123 45 67", "purpose": "general"},
        "rollen": {"person": "Anna de Vries", "post": "chair", "source": "site"},
        "contact": {"kind": "call", "day": "1-7-2025", "summary": "Belde"},
        "zetels": {"seats": "3", "from_on": "1-7-2025"},
        "termijnen": {"name": "2026-2030", "from_on": "1-4-2026", "seats_total": "45"},
        "verkiezingen": {"name": "Raad 2026", "held_on": "18-3-2026"},
    },
    "person": {
        "gegevens": {"family_name": "Vries", "given_name": "Anna"},
        "adressen": {"value": "anna@thuis.example", "purpose": "personal"},
        "rollen": {"organisation": "Andere partij", "post": "chair", "source": "site"},
        "contact": {"kind": "call", "day": "1-7-2025", "summary": "Belde"},
        "toestemming": {
            "decision": "granted", "purpose": "newsletter", "channel": "email", "day": "1-7-2025",
            "source": "formulier", "wording": "Ja, graag",
        },
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "place", "least"),
    [(subject, place, least) for subject, forms in LEAST.items() for place, least in forms.items()],
)
def test_what_may_stay_empty_may_stay_empty_and_nothing_else(member, subject, place, least):
    PartyFactory(name="Andere partij")
    anna = PersonFactory(given_name="Anna", family_name="Vries")
    # The next term can begin when this one has ended.
    faction = FactionFactory(name="Fractie", term=TermFactory(until_on=datetime.date(2026, 4, 1)))
    holder = faction.term.body if place in ("termijnen", "verkiezingen") else faction
    record = holder if subject == "organisation" else anna
    part, _mark, kind = place.partition("/?kind=")
    address = f"{record.get_absolute_url()}{part}/"
    opened = member.get(address, {"kind": kind} if kind else {})
    fields = main(opened).xpath('.//*[@id="formulier"]//div[contains(@class, "sb-field")]')
    free = {
        field.xpath(".//*[@name]")[0].get("name")
        for field in fields
        if "may stay empty" in field.text_content()
    }
    assert not free & least.keys()
    sent = {**form(opened), **dict.fromkeys(free, ""), **least}
    response = member.post(address, {**sent, **({"kind": kind} if kind else {})})
    assert (response.status_code, errors(response) if response.status_code == 422 else {}) == (302, {})


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/beheer/personen/nieuw/", {"name": "mevr. A. de Vries"}),
        ("/beheer/organisaties/nieuw/?kind=initiative", {"name": "Stadsdorp", "kind": "initiative"}),
    ],
)
def test_it_also_holds_for_what_is_new(member, address, least):
    opened = member.get(address)
    fields = main(opened).xpath('.//div[contains(@class, "sb-field")]')
    names = {field.xpath(".//*[@name]")[0].get("name"): field.text_content() for field in fields}
    assert not [name for name in least if "may stay empty" in names.get(name, "")]
    assert member.post(address.partition("?")[0], least).status_code == 302


def test_every_remark_of_django_is_worded_by_us():
    path = Path(django.__file__).parent / "conf/locale/nl/LC_MESSAGES/django.mo"
    with path.open("rb") as file:
        theirs = files.GNUTranslations(file)
    one, several = (f"Ensure this value has at most %(limit_value)d {what} (it has %(show_value)d)." for what in (
        "character", "characters",
    ))  # fmt: skip
    with override("nl"):
        for text in (text for text in DJANGOS_OWN if isinstance(text, str)):
            assert theirs.gettext(text) != text, f"Django no longer says this: {text}"
            assert gettext(text) not in (text, theirs.gettext(text)), f"not worded by us: {text}"
        assert (
            ngettext(one, several, 2)
            == "Hier passen %(limit_value)d tekens, dit zijn er %(show_value)d. Maak het korter."
        )
