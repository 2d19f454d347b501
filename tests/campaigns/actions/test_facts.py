"""Adding, changing and removing facts."""

import datetime

import pytest

from campaigns.actions import facts
from campaigns.models import Fact
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Overtaken, version
from crm.models import TimelineEntry
from tests.campaigns.factories import DAY, FactFactory, today

pytestmark = pytest.mark.django_db
TOMORROW = datetime.timedelta(days=1)


def fact(**values):
    return Fact(
        **{"words": "ruim 15.000 Amsterdammers", "as_of_on": DAY, "source": "Jaarverslag 2024", **values}
    )


def refused(verb, **values):
    """What is wrong, by field."""
    with pytest.raises(Refused) as caught:
        verb(**values)
    return caught.value.errors


def lines(record):
    return [str(entry) for entry in TimelineEntry.objects.about(record)]


def test_a_fact_is_kept_tidily_with_a_key_of_its_own(alida):
    new = fact(words="  ruim  15.000\u200b Amsterdammers ", source=" Jaarverslag\t2024")
    facts.add(fact=new, by=alida)
    kept = Fact.objects.get()
    assert (kept.words, kept.source, kept.key) == (
        "ruim 15.000 Amsterdammers", "Jaarverslag 2024", "ruim-amsterdammers",
    )  # fmt: skip
    assert lines(kept) == ["Alida de Test voegde het feit “ruim 15.000 Amsterdammers” toe (Jaarverslag 2024)"]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (
            ["ruim 600 vrijwilligers", "bijna 600 vrijwilligers"],
            ["ruim-vrijwilligers", "bijna-vrijwilligers"],
        ),
        (
            ["ruim 600 buren", "ruim 700 buren", "ruim 800 buren"],
            ["ruim-buren", "ruim-buren-2", "ruim-buren-3"],
        ),
        (["12,5 %", "3"], ["feit", "feit-2"]),
        (["één café in 2 wijken " + "x" * 100], ["een-cafe-in-wijken-" + "x" * 31]),
    ],
)
def test_a_key_comes_from_the_words_without_their_digits(alida, words, keys):
    for each in words:
        facts.add(fact=fact(words=each), by=alida)
    assert list(Fact.objects.order_by("pk").values_list("key", flat=True)) == keys


def test_a_key_that_is_given_stays(alida):
    facts.add(fact=fact(key="bereik"), by=alida)
    assert Fact.objects.get().key == "bereik"


NOWHERE = "Schrijf op waar dit staat, bijvoorbeeld “Jaarverslag 2024, bladzijde 7”."
NO_NUMBER = "Hier staat geen getal in. Schrijf het erbij, bijvoorbeeld “ruim 15.000 Amsterdammers”."
BAD = {
    "no words": ({"words": " "}, "words", "Schrijf het cijfer zoals het er moet staan"),
    "no number": ({"words": "veel Amsterdammers"}, "words", NO_NUMBER),
    "a number only inside a word": ({"words": "nuttig voor achterburen"}, "words", NO_NUMBER),
    "several lines": ({"words": "15.000\nburen"}, "words", "Typ hem opnieuw op één regel."),
    "a merge field": ({"words": "15.000 {{ wie }}"}, "words", "“{{”"),
    "too many words": ({"words": "1 " + "x" * 250}, "words", "Maak het korter."),
    "no day": ({"as_of_on": None}, "as_of_on", "Weet je alleen het jaar? Neem dan 31 december van dat jaar."),
    "a day to come": (
        {"as_of_on": today() + TOMORROW},
        "as_of_on",
        "Deze dag moet nog komen. Vul in op welke dag dit geteld is.",
    ),
    "a slip of the keyboard": (
        {"as_of_on": datetime.date(202, 1, 1)},
        "as_of_on",
        "Kijk het jaar na: 202 is wel heel lang geleden.",
    ),
    "no source": ({"source": ""}, "source", NOWHERE),
    "a source of blanks": ({"source": " \u200b\xa0"}, "source", NOWHERE),
    "a page that is none": ({"source_url": "zie de website"}, "source_url", "Dit is geen webadres."),
    "a key with blanks": (
        {"key": "Bereik in de stad"},
        "key",
        "Een korte naam heeft alleen letters, cijfers en streepjes, zonder spaties: “bereik-in-de-stad”.",
    ),
    "a key of signs": ({"key": "!?"}, "key", "zonder spaties: “bereik”."),
}


@pytest.mark.parametrize(("values", "field", "words"), BAD.values(), ids=BAD)
def test_what_cannot_be_kept_is_refused_beside_its_field(alida, values, field, words):
    errors = refused(facts.add, fact=fact(**values), by=alida)
    assert list(errors) == [field]
    assert words in errors[field]
    assert (Fact.objects.count(), TimelineEntry.objects.count()) == (0, 0)


def test_everything_that_is_wrong_is_said_at_once(alida):
    errors = refused(facts.add, fact=Fact(), by=alida)
    assert sorted(errors) == ["as_of_on", "source", "words"]


@pytest.mark.parametrize(
    "words",
    ["36 stadsdorpen", "twee derde van de ouderen", "Zestien buurthuizen", "de helft", "tientallen mensen",
     "vijfentwintig", "honderden buren", "anderhalf miljoen euro", "¼ van 100"],
)  # fmt: skip
def test_a_number_may_be_written_in_words(alida, words):
    facts.add(fact=fact(words=words), by=alida)
    assert Fact.objects.get().words == words


def test_the_day_may_be_today(alida):
    facts.add(fact=fact(as_of_on=today()), by=alida)
    assert Fact.objects.get().as_of_on == today()


def test_a_fact_that_stands_there_already_is_pointed_out(alida):
    there = FactFactory(words="ruim 15.000 Amsterdammers")
    with pytest.raises(AlreadyThere) as caught:
        facts.add(fact=fact(words="Ruim 15.000  amsterdammers"), by=alida)
    assert caught.value.existing == there
    assert str(caught.value) == "“ruim 15.000 Amsterdammers” staat al in de feitenkast. Wijzig dat feit."
    other = FactFactory()
    other.words = there.words
    with pytest.raises(AlreadyThere):
        facts.change(fact=other, by=alida)
    assert TimelineEntry.objects.count() == 0


def test_a_change_says_what_was_and_what_is(alida):
    kept = FactFactory(words="ruim 15.000 Amsterdammers", key="bereik")
    kept.words, kept.as_of_on, kept.key = "ruim 16.000 Amsterdammers", datetime.date(2025, 12, 31), "anders"
    facts.change(fact=kept, by=alida)
    kept.refresh_from_db()
    assert (kept.words, kept.key) == ("ruim 16.000 Amsterdammers", "bereik")
    assert lines(kept) == [
        "Alida de Test wijzigde het feit “ruim 16.000 Amsterdammers”: in woorden: “ruim 15.000 Amsterdammers” werd "
        "“ruim 16.000 Amsterdammers”; stand op: “31 december 2024” werd “31 december 2025”"
    ]


def test_a_change_of_nothing_leaves_no_line(alida):
    kept = FactFactory()
    facts.change(fact=kept, by=alida)
    assert lines(kept) == []


def test_a_changed_fact_is_checked_as_a_new_one_is(alida):
    kept = FactFactory(source="Jaarverslag 2024")
    kept.source = ""
    assert refused(facts.change, fact=kept, by=alida) == {"source": NOWHERE}
    kept.refresh_from_db()
    assert kept.source == "Jaarverslag 2024"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(alida, ida):
    shown = FactFactory(words="ruim 600 buren")
    seen = version(shown)
    facts.change(fact=_with(shown, words="ruim 700 buren"), seen=seen, by=ida)
    with pytest.raises(Overtaken) as caught:
        facts.change(fact=_with(shown, words="ruim 650 buren"), seen=seen, by=alida)
    assert str(caught.value.current) == str(Fact.objects.get()) == "ruim 700 buren"


def _with(fact, **values):
    found = Fact.objects.get(pk=fact.pk)
    for name, value in values.items():
        setattr(found, name, value)
    return found


def test_a_removed_fact_is_gone_and_who_did_it_is_known(alida):
    kept = FactFactory(words="36 stadsdorpen")
    pk = kept.pk
    facts.remove(fact=kept, by=alida)
    assert not Fact.objects.exists()
    assert lines(Fact(pk=pk)) == ["Alida de Test verwijderde het feit “36 stadsdorpen”"]
