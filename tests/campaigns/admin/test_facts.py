"""The fact cabinet, as Alida uses it."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Fact
from crm.models import TimelineEntry
from tests.campaigns.factories import FactFactory, today
from tests.crm.admin.pages import alert, errors, form, link, main, rows, text

pytestmark = pytest.mark.django_db
LIST, ADD = "/beheer/feiten/", "/beheer/feiten/new/"
FILLED_IN = {
    "words": "ruim 15.000 Amsterdammers", "as_of_on": "31-12-2024", "source": "Jaarverslag 2024", "source_url": "",
}  # fmt: skip


def edit(fact):
    return reverse("feiten:edit", args=[fact.pk])


def test_a_fact_is_added_and_stands_in_the_list(member):
    response = member.post(ADD, FILLED_IN, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Bewaard: ruim 15.000 Amsterdammers." in response.content.decode()
    assert rows(response) == ["ruim 15.000 Amsterdammers"]
    assert "Stand op Bron ruim 15.000 Amsterdammers 31 december 2024 Jaarverslag 2024" in text(response)
    kept = Fact.objects.get()
    assert (kept.as_of_on, kept.key) == (datetime.date(2024, 12, 31), "ruim-amsterdammers")


@pytest.mark.parametrize("typed", ["31-12-2024", "31 december 2024", "31/12/24", "2024-12-31"])
def test_a_day_is_read_as_people_type_it(member, typed):
    member.post(ADD, FILLED_IN | {"as_of_on": typed})
    assert Fact.objects.get().as_of_on == datetime.date(2024, 12, 31)


NONSENSE = {
    "nothing": ({"as_of_on": ""}, "as_of_on", "Weet je alleen het jaar? Neem dan 31 december van dat jaar."),
    "words for a day": ({"as_of_on": "vorig jaar"}, "as_of_on", "vorig jaar"),
    "a day that does not exist": ({"as_of_on": "31-2-2025"}, "as_of_on", "2025"),
    "no number": ({"words": "veel Amsterdammers"}, "words", "Hier staat geen getal in."),
    "no source": ({"source": "  "}, "source", "Schrijf op waar dit staat"),
    "too much": ({"source": "x" * 400}, "source", "Maak het korter."),
    "no web address": ({"source_url": "zie onze site"}, "source_url", "Dit is geen webadres."),
    "a web address that runs": ({"source_url": "javascript:alert(1)"}, "source_url", "Dit is geen webadres."),
    "an invisible sign": ({"words": "15.000 \x07 buren"}, "words", "onzichtbaar teken"),
}


@pytest.mark.parametrize(("typed", "field", "words"), NONSENSE.values(), ids=NONSENSE)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(member, typed, field, words):
    response = member.post(ADD, FILLED_IN | typed)
    assert alert(response) == "Er is nog niets bewaard. Kijk bij de velden met een opmerking."
    found = errors(response)
    assert list(found) == [field]
    assert words in found[field]
    shown = form(response)
    assert {name: shown.get(name, "") for name in FILLED_IN} == FILLED_IN | typed
    assert not Fact.objects.exists()


def test_a_day_to_come_is_refused_with_a_way_out(member):
    typed = today() + datetime.timedelta(days=3)
    response = member.post(ADD, FILLED_IN | {"as_of_on": typed.isoformat()})
    assert errors(response) == {
        "as_of_on": "Deze dag moet nog komen. Vul in op welke dag dit geteld is.",
    }


def test_an_empty_form_says_everything_at_once(member):
    assert sorted(errors(member.post(ADD, {}))) == ["as_of_on", "source", "words"]


def test_no_browser_cuts_a_pasted_text_off(member):
    assert main(member.get(ADD)).xpath(".//form//*[@maxlength]") == []


def test_only_what_may_stay_empty_is_said_to(member):
    labels = [" ".join(label.text_content().split()) for label in main(member.get(ADD)).xpath(".//label")]
    assert labels == ["In woorden", "Stand op", "Bron", "Webpagina van de bron niet verplicht"]


def test_a_fact_that_stands_there_already_is_one_press_away(member):
    there = FactFactory(words="ruim 15.000 Amsterdammers")
    response = member.post(ADD, FILLED_IN)
    assert alert(response).startswith(
        "“ruim 15.000 Amsterdammers” staat al in de feitenkast. Wijzig dat feit."
    )
    assert link(response, "Open “ruim 15.000 Amsterdammers”") == edit(there)


def test_a_form_that_is_sent_twice_makes_one_fact(member):
    for _ in range(2):
        member.post(ADD, FILLED_IN)
    assert Fact.objects.count() == 1


def test_a_fact_is_changed_and_its_page_tells_what_happened(member):
    kept = FactFactory(words="ruim 15.000 Amsterdammers", key="bereik")
    filled_in = form(member.get(edit(kept)))
    assert (filled_in["words"], filled_in["as_of_on"]) == ("ruim 15.000 Amsterdammers", "31-12-2024")
    member.post(edit(kept), filled_in | {"words": "ruim 16.000 Amsterdammers"})
    page = member.get(link(member.get(LIST), "ruim 16.000 Amsterdammers"))
    assert "Stand op 31 december 2024 Bron Jaarverslag 2024" in text(page)
    assert (
        "Alida de Test wijzigde het feit “ruim 16.000 Amsterdammers”: in woorden: “ruim 15.000 Amsterdammers” werd "
        "“ruim 16.000 Amsterdammers”"
    ) in text(page)
    assert Fact.objects.get().key == "bereik"


def test_a_bad_change_leaves_the_title_and_the_fact_as_they_were(member):
    kept = FactFactory(words="36 stadsdorpen")
    response = member.post(edit(kept), FILLED_IN | {"words": ""})
    assert main(response).xpath(".//h1")[0].text_content().strip() == "“36 stadsdorpen” wijzigen"
    assert str(Fact.objects.get()) == "36 stadsdorpen"


def test_two_people_at_the_same_fact_do_not_overwrite_each_other_unknowingly(member):
    kept = FactFactory(words="ruim 600 buren")
    of_alida = form(member.get(edit(kept))) | {"words": "ruim 650 buren"}
    Fact.objects.filter(pk=kept.pk).update(words="ruim 700 buren")
    response = member.post(edit(kept), of_alida)
    assert alert(response).startswith("Iemand anders wijzigde dit ondertussen ook. Jouw tekst staat er nog")
    assert link(response, "Open “ruim 700 buren”") == edit(kept)
    assert str(Fact.objects.get()) == "ruim 700 buren"
    again = form(response)
    assert again["words"] == "ruim 650 buren"
    member.post(edit(kept), again)
    assert str(Fact.objects.get()) == "ruim 650 buren"


def test_the_source_can_be_opened_from_the_page_of_a_fact(member):
    kept = FactFactory(source_url="https://brug.example/verslag?a=1&b=2")
    page = member.get(reverse("feiten:inspect", args=[kept.pk]))
    assert link(page, "https://brug.example/verslag?a=1&b=2") == "https://brug.example/verslag?a=1&b=2"


def test_what_is_empty_is_left_out_of_the_page_of_a_fact(member):
    page = member.get(reverse("feiten:inspect", args=[FactFactory().pk]))
    assert [label.text_content() for label in main(page).xpath(".//dt")] == ["Stand op", "Bron"]


def test_a_reader_sees_a_fact_and_no_button_that_she_may_not_press(reader):
    kept = FactFactory(words="36 stadsdorpen")
    page = reader.get(link(reader.get(LIST), "36 stadsdorpen"))
    assert [a.text_content().strip() for a in main(page).xpath(".//a")] == ["Feiten"]
    assert str(kept) in text(page)


def test_removing_says_before_what_it_does_and_after_that_it_was_done(member):
    kept = FactFactory(words="36 stadsdorpen")
    page = member.get(reverse("feiten:inspect", args=[kept.pk]))
    asked = member.get(link(page, "Verwijder"))
    assert text(asked) == (
        "“36 stadsdorpen” verwijderen? Het feit verdwijnt voorgoed uit de feitenkast. Brieven waarin het staat houden "
        "hun tekst. Bij een brief die nog niet weg is, vraagt de laatste blik daarna waar het cijfer vandaan komt. "
        "Ja, verwijder Nee, laat staan"
    )
    assert Fact.objects.exists()
    done = member.post(link(page, "Verwijder"), follow=True)
    assert "Verwijderd: 36 stadsdorpen." in done.content.decode()
    assert not Fact.objects.exists()
    assert TimelineEntry.objects.about(Fact(pk=kept.pk)).count() == 1
