"""The pages and forms of people."""

import pytest

from crm.actions import people
from crm.models import ConsentEntry, Interaction, Person
from tests.crm.admin.pages import alert, errors, form, link, main, said, text
from tests.crm.factories import EmailFactory, MandateFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
ADD = "/beheer/personen/nieuw/"


@pytest.fixture
def anna():
    person = PersonFactory(given_name="Anna", family_name="Vries", gender="f", source="site van de raad")
    EmailFactory(organisation=None, person=person, purpose="personal")
    MandateFactory(person=person, organisation__name="De Brug", post="chair")
    return person


def place(person, *pieces):
    return person.get_absolute_url() + "".join(f"{piece}/" for piece in pieces)


def test_the_page_says_who_they_are_and_whether_we_may_write(member, anna):
    words = text(member.get(anna.get_absolute_url()))
    for expected in [
        "Anna de Vries Chair of De Brug", "mevrouw De Vries",
        "newsletter By e-mail: no Anna de Vries did not say yes to this: newsletter.",
        "We have their data from elsewhere (site van de raad) and did not tell them yet.",
    ]:  # fmt: skip
        assert expected in words


def test_one_line_adds_somebody_and_twice_adds_one(member):
    values = form(member.get(ADD))
    first = member.post(ADD, {**values, "name": "mevr. A. de Vries"})
    second = member.post(ADD, {**values, "name": "mevr. A. de Vries"})
    person = Person.objects.get()
    assert (first.url, second.url) == (person.get_absolute_url(), person.get_absolute_url())
    assert (person.initials, person.name_prefix, person.family_name, person.gender) == (
        "A.",
        "de",
        "Vries",
        "f",
    )


def test_somebody_of_the_same_name_is_pointed_out(member, anna):
    response = member.post(ADD, {"name": "Anna de Vries"})
    assert link(response, "Open Anna de Vries") == anna.get_absolute_url()
    assert "Tick the box" in alert(response)
    member.post(ADD, {"name": "Anna de Vries", "another": "on"})
    assert Person.objects.count() == 2


@pytest.mark.parametrize("name", ["", "   ", "{{ x }}"])
def test_a_name_that_cannot_be_stands_beside_the_line(member, name):
    response = member.post(ADD, {"name": name})
    assert list(errors(response)) == ["name"]
    assert not Person.objects.exists()


def test_two_people_editing_see_both(member, anna, alida):
    mine = form(member.get(place(anna, "gegevens")))
    people.change(person=anna, given_name="Annie", themes=["zorg"], by=alida)
    response = member.post(place(anna, "gegevens"), {**mine, "given_name": "Anneke", "themes": "wonen"})
    words = text(response)
    assert "First name Anneke Annie" in words
    assert "Themes wonen zorg" in words
    member.post(place(anna, "gegevens"), form(response))
    anna.refresh_from_db()
    assert (anna.given_name, [str(theme) for theme in anna.themes.all()]) == ("Anneke", ["wonen"])


def test_what_they_said_decides_at_once(member, anna):
    said_yes = {
        "decision": "granted", "purpose": "newsletter", "channel": "email", "day": "1-7-2025", "source": "formulier",
    }  # fmt: skip
    response = member.post(place(anna, "toestemming"), said_yes)
    assert list(errors(response)) == ["wording"]
    response = member.post(place(anna, "toestemming"), {**said_yes, "wording": "Ja, graag"}, follow=True)
    assert "By e-mail: yes Anna de Vries said yes on 1 July 2025 (formulier)." in text(response)
    never = {**said_yes, "decision": "objected", "day": "2-7-2025"}
    response = member.post(place(anna, "toestemming"), never, follow=True)
    assert "By post: no" in text(response)
    assert ConsentEntry.objects.count() == 2


def test_a_contact_is_written_down_changed_and_removed(member, anna):
    note = {"kind": "meeting", "day": "1-7-2025", "clock": "20.14", "summary": "Koffie", "other": "brug"}
    response = member.post(place(anna, "contact"), note, follow=True)
    assert "meeting with Anna de Vries: Koffie" in text(response)
    interaction = Interaction.objects.get()
    assert interaction.organisation.name == "De Brug"
    values = form(member.get(place(anna, "contact", interaction.pk)))
    assert (values["day"], values["clock"]) == ("1-7-2025", "20.14")
    response = member.post(place(anna, "contact", interaction.pk), {**values, "clock": "25.99"})
    assert list(errors(response)) == ["clock"]
    response = member.post(place(anna, "contact", interaction.pk), {**values, "summary": "Thee"}, follow=True)
    assert "meeting with Anna de Vries: Thee" in text(response)
    interaction.refresh_from_db()
    response = member.post(place(anna, "contact", interaction.pk, "verwijderen"), follow=True)
    assert said(response) == ["The note was removed."]
    assert "Nothing was written down yet." in text(response)


def test_a_contact_of_tomorrow_is_refused_beside_the_day(member, anna):
    response = member.post(place(anna, "contact"), {"kind": "call", "day": "1-1-2999", "summary": "Straks"})
    assert list(errors(response)) == ["day"]


@pytest.mark.usefixtures("english")
def test_who_changed_what_stands_apart_from_contact(member, anna, alida):
    people.change(person=anna, given_name="Annie", by=alida)
    assert "first name" not in text(member.get(anna.get_absolute_url()))
    words = text(member.get(anna.get_absolute_url() + "?toon=wijzigingen"))
    assert "Alida de Test changed Annie de Vries: first name: “Anna” became “Annie”" in words


def test_a_mistake_is_removed(member):
    person = PersonFactory()
    OrganisationFactory()
    response = member.post(place(person, "verwijderen"), follow=True)
    assert response.redirect_chain == [("/beheer/personen/", 302)]
    assert not Person.objects.exists()


def test_not_knowing_how_to_address_somebody_is_a_choice_with_its_consequence(dutch):
    response = dutch.get(place(PersonFactory(), "gegevens"))
    choices = [option.text for option in main(response).xpath('.//select[@name="gender"]/option')]
    assert choices == [
        "weten we niet (Geachte K. Verbeek)", "mevrouw", "meneer", "geen van beide: de volledige naam",
    ]  # fmt: skip
