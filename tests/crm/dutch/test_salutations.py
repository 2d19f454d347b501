"""The words above a letter."""

import pytest

from crm.dutch.names import Gender, PersonName, split
from crm.dutch.salutations import Body, Salutation, check, for_body, for_person

ANNA = PersonName("Anna", "A.M.", "de", "Vries", Gender.FEMALE)
X = PersonName("Anna", "A.M.", "de", "Vries", Gender.X)
NAMELESS = PersonName()


@pytest.mark.parametrize(
    ("name", "text", "informal"),
    [
        (ANNA, "Geachte mevrouw De Vries", "Beste Anna de Vries"),
        (X, "Geachte Anna de Vries", "Beste Anna de Vries"),
        (split("de heer B. van der Berg"), "Geachte heer Van der Berg", "Beste heer Van der Berg"),
        (split("Bram van der Berg"), "Geachte Bram van der Berg", "Beste Bram van der Berg"),
        (split("K. Verbeek"), "Geachte K. Verbeek", "Beste K. Verbeek"),
        (PersonName("Kim", "K.", "", "Verbeek"), "Geachte K. Verbeek", "Beste Kim Verbeek"),
        (split("dhr. 't Hart"), "Geachte heer ’t Hart", "Beste heer ’t Hart"),
        (split("mevr. H. d'Ancona"), "Geachte mevrouw d’Ancona", "Beste mevrouw d’Ancona"),
        (split("dhr. J.P. in 't Veld"), "Geachte heer In ’t Veld", "Beste heer In ’t Veld"),
        (split("mw. A. van 't Hof"), "Geachte mevrouw Van ’t Hof", "Beste mevrouw Van ’t Hof"),
        (split("mevrouw Jansen-de Wit"), "Geachte mevrouw Jansen-de Wit", "Beste mevrouw Jansen-de Wit"),
        (split("mevrouw Vriend"), "Geachte mevrouw Vriend", "Beste mevrouw Vriend"),
        (split("De Vries"), "Geachte heer of mevrouw De Vries", "Beste heer of mevrouw De Vries"),
        (PersonName("", "", "de", "Vries", Gender.X), "Geachte De Vries", "Beste De Vries"),
        (PersonName("Anna"), "Beste Anna", "Beste Anna"),
        (PersonName("Anna", gender=Gender.FEMALE), "Beste Anna", "Beste Anna"),
    ],
)
def test_a_person_is_greeted_by_name(name, text, informal):
    assert for_person(name) == Salutation(text, personal=True)
    assert for_person(name, informal=True) == Salutation(informal, personal=True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (NAMELESS, "Geachte heer of mevrouw"),
        (PersonName(initials="A."), "Geachte heer of mevrouw"),
        (PersonName(gender=Gender.X), "Geachte heer of mevrouw"),
        (PersonName(gender=Gender.FEMALE), "Geachte mevrouw"),
        (PersonName(gender=Gender.MALE), "Geachte heer"),
    ],
)
def test_without_a_name_it_is_polite_and_not_personal(name, text):
    assert for_person(name) == for_person(name, informal=True) == Salutation(text, personal=False)


@pytest.mark.parametrize(
    ("name", "title", "salutation"),
    [
        (split("mevrouw A. van Dijk"), "wethouder", Salutation("Geachte wethouder Van Dijk", personal=True)),
        (split("Van Dijk"), "Wethouder", Salutation("Geachte wethouder Van Dijk", personal=True)),
        (split("dhr. Vriend"), " burgemeester ", Salutation("Geachte burgemeester Vriend", personal=True)),
        (split("dhr. 't Hart"), "CDA-wethouder", Salutation("Geachte CDA-wethouder ’t Hart", personal=True)),
        (NAMELESS, "wethouder", Salutation("Geachte wethouder", personal=False)),
        (ANNA, " ", Salutation("Geachte mevrouw De Vries", personal=True)),
    ],
)
def test_an_office_stands_before_the_family_name(name, title, salutation):
    assert for_person(name, title=title) == salutation


def test_an_informal_letter_leaves_the_office_out():
    assert for_person(ANNA, title="wethouder", informal=True).text == "Beste Anna de Vries"


# Body, name, article, salutation.
BODIES = [
    (Body.FACTION, "SP", "de", "Geachte fractie van de SP"),
    (Body.FACTION, "ChristenUnie", "de", "Geachte fractie van de ChristenUnie"),
    (Body.FACTION, "CDA", "het", "Geachte fractie van het CDA"),
    (Body.FACTION, "D66", "", "Geachte fractie van D66"),
    (Body.FACTION, "Fractie DENK", "", "Geachte fractie van DENK"),
    (Body.FACTION, " PRO  Amsterdam ", " ", "Geachte fractie van PRO Amsterdam"),
    (Body.BOARD, "", "", "Geacht bestuur"),
    (Body.BOARD, "SP", "de", "Geacht bestuur van de SP"),
    (Body.PROGRAMME_COMMITTEE, "", "", "Geachte programmacommissie"),
    (Body.PROGRAMME_COMMITTEE, "D66", "", "Geachte programmacommissie van D66"),
    (Body.PROGRAMME_COMMITTEE, "VVD", "De", "Geachte programmacommissie van de VVD"),
    (Body.EXECUTIVE, "", "", "Geacht college"),
    (Body.EXECUTIVE, "Amsterdam", "", "Geacht college"),
    (Body.DISTRICT, "Noord", "", "Geacht dagelijks bestuur"),
    (Body.COUNCIL, "", "", "Geachte leden van de gemeenteraad"),
    (Body.COUNCIL, "Amsterdam", "", "Geachte leden van de gemeenteraad"),
    (Body.CLERK, "", "", "Geachte griffie"),
    (Body.PRESS, "De Brug", "", "Geachte redactie"),
    (Body.PARTY, "SP", "de", "Geacht bestuur van de SP"),
    (Body.PARTY, "CDA", "het", "Geacht bestuur van het CDA"),
    (Body.PARTY, "Volt", "", "Geacht bestuur van Volt"),
    (Body.INITIATIVE, "Stadsdorp De Pijp", "", "Beste mensen van Stadsdorp De Pijp"),
]
LAST_RESORTS = [
    (Body.PARTY, "", "", "Beste partij"),
    (Body.FACTION, "", "", "Geachte fractie"),
    (Body.INITIATIVE, "", "", "Beste mensen"),
    (Body.OTHER, "", "", "Geachte heer of mevrouw"),
    (Body.OTHER, "Woningbouw Oost", "", "Geachte heer of mevrouw"),
]


@pytest.mark.parametrize(("body", "name", "article", "text"), BODIES)
def test_a_body_is_greeted_by_what_it_is(body, name, article, text):
    assert for_body(body, name=name, article=article) == Salutation(text, personal=True)


@pytest.mark.parametrize(("body", "name", "article", "text"), LAST_RESORTS)
def test_a_last_resort_is_not_personal(body, name, article, text):
    assert for_body(body, name=name, article=article) == Salutation(text, personal=False)


@pytest.mark.parametrize(
    "text",
    [
        "Beste partij", "Beste Partij,", "BESTE PARTIJ", "Beste partijen", "Beste politieke partij",
        "Geachte heer of mevrouw", "Geachte heer, mevrouw,", "Geachte heer/mevrouw",
        "Geachte heer / mevrouw", "Geachte dames en heren",
        "Dames en heren", "Geachte mevrouw, geachte heer", "L.S.", "LS", "L. S.,", "Beste mensen",
        "Beste allemaal",
        "Beste lezer", "Beste lezers", "Beste vrienden", "Beste collega’s", "Beste collega's", "Beste leden",
        "Geachte relatie", "Geachte wethouder", "Geacht raadslid", "Geachte raadsleden", "Geachte fractie",
        "Aan alle partijen", "Zeer geachte mevrouw", "Geachte heer/mevr.", "Hallo", "Goedemiddag,", "",
    ],
)  # fmt: skip
def test_a_salutation_that_fits_anybody_is_not_personal(text):
    assert check(text).personal is False


@pytest.mark.parametrize(
    "text",
    [
        "Geachte mevrouw De Vries", "Beste Anna", "Beste anna", "Geachte fractie van de SP", "Geacht bestuur",
        "Geacht college", "Geachte programmacommissie", "Geachte leden van de gemeenteraad",
        "Beste buren van de Dapperbuurt", "Dag Bram",
        "Geachte heer of mevrouw De Vries", "Geachte wethouder Van Dijk", "Beste D66",
    ],
)  # fmt: skip
def test_a_salutation_that_names_somebody_is_personal(text):
    assert check(text) == Salutation(text, personal=True)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Geachte mevrouw De Vries,", "Geachte mevrouw De Vries"),
        ("  Geachte   heer\n Bos , ", "Geachte heer Bos"),
        ("L.S.,", "L.S."),
        (" ,", ""),
    ],
)
def test_a_salutation_is_one_line_without_its_comma(typed, text):
    assert check(typed).text == text


def test_rules_and_check_agree_on_what_is_personal():
    computed = [
        for_body(body, name=name, article=article) for body, name, article, _ in BODIES + LAST_RESORTS
    ]
    computed += [for_person(name) for name in (ANNA, X, NAMELESS, split("De Vries"), split("dhr. 't Hart"))]
    assert [check(salutation.text) for salutation in computed] == computed
