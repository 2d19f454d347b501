"""Whom a letter names, the lines on the envelope, and the salutation."""

import pytest

from crm.dutch.salutations import Body
from crm.models import ContactPoint, Organisation, Person
from letters.models import Letter, Recipient
from letters.queries import addressing

pytestmark = pytest.mark.django_db


def organisation(kind="party", name="De Waag", **values):
    return Organisation(kind=kind, name=name, **values)


def point(purpose, kind="email", **values):
    return ContactPoint(purpose=purpose, kind=kind, **values)


def to(organisation_=None, *, person=None, at=None, channel="email", **values):
    name = values.pop("name", str(person or organisation_.name))
    return Recipient(
        organisation=organisation_, person=person, contact_point=at, channel=channel, name=name, **values
    )


LETTER = Letter(purpose="programme")
ANNA = {"given_name": "Anna", "name_prefix": "de", "family_name": "Vries"}

BODIES = [
    # The address decides, then for parties the letter, then what the organisation is.
    ("party", "programme", "board", Body.BOARD),
    ("party", "programme", "general", Body.PROGRAMME_COMMITTEE),
    ("party", "programme", None, Body.PROGRAMME_COMMITTEE),
    ("party", "general", None, Body.PARTY),
    ("candidate_list", "board", None, Body.BOARD),
    ("faction", "programme", None, Body.FACTION),
    ("municipality", "programme", None, Body.EXECUTIVE),
    ("municipality", "programme", "clerk", Body.CLERK),
    ("executive", "board", None, Body.EXECUTIVE),
    ("district", "programme", None, Body.DISTRICT),
    ("clerk", "programme", None, Body.CLERK),
    ("press", "programme", None, Body.PRESS),
    ("umbrella", "programme", None, Body.BOARD),
    ("partner", "programme", None, Body.BOARD),
    ("initiative", "programme", None, Body.INITIATIVE),
    ("department", "programme", None, Body.OTHER),
    ("other", "programme", None, Body.OTHER),
]


@pytest.mark.parametrize(("kind", "purpose", "at", "body"), BODIES)
def test_which_body_is_spoken_to(kind, purpose, at, body):
    assert addressing.body_of(organisation(kind), purpose, point(at) if at else None) == body


SALUTATIONS = [
    (organisation(name="SP", article="de"), "faction", "Geachte fractie van de SP"),
    (organisation(name="CDA", article="het"), "faction", "Geachte fractie van het CDA"),
    (organisation(name="D66"), "faction", "Geachte fractie van D66"),
    (organisation(name="D66"), "board", "Geacht bestuur van D66"),
    (organisation(name="D66"), "programme", "Geachte programmacommissie van D66"),
    (organisation("executive", "Kabinet Van Dijk"), "general", "Geacht college"),
    (organisation("clerk", "Raadsgriffie"), "clerk", "Geachte griffie"),
]


@pytest.mark.parametrize(("who", "purpose", "words"), SALUTATIONS)
def test_the_dutch_rules_make_the_salutation(who, purpose, words):
    made = addressing.salutation(to(who, at=point(purpose)), LETTER)
    assert (made.text, made.personal) == (words, True)


PEOPLE = [
    ({**ANNA, "gender": "f"}, "Geachte mevrouw De Vries"),
    ({**ANNA, "gender": "m"}, "Geachte heer De Vries"),
    ({"initials": "K.", "family_name": "Verbeek"}, "Geachte K. Verbeek"),
    ({"given_name": "Anna"}, "Beste Anna"),
    ({**ANNA, "gender": "f", "salutation": "Beste Anna,"}, "Beste Anna"),
]


@pytest.mark.parametrize(("values", "words"), PEOPLE)
def test_a_person_is_greeted_by_the_rules_or_as_they_asked(values, words):
    assert addressing.salutation(to(person=Person(**values)), LETTER).text == words


def test_what_was_written_by_hand_wins_from_one_for_all_and_that_from_the_rules():
    for_all = Letter(purpose="programme", salutation="Beste mensen")
    who = organisation(name="SP", article="de")
    assert addressing.salutation(to(who, salutation="Beste Anna"), for_all).text == "Beste Anna"
    assert addressing.salutation(to(who), for_all).text == "Beste mensen"
    assert addressing.computed_salutation(to(who), for_all).text == "Geachte programmacommissie van de SP"


def test_a_salutation_for_just_anybody_is_not_personal():
    assert addressing.salutation(to(organisation(), salutation="Beste partij"), LETTER).personal is False


def test_a_short_name_is_used_in_a_sentence_unless_it_had_another_name_then():
    who = organisation(name="Partij van de Buurt", short_name="PvdB", article="de")
    assert addressing.called(to(who)) == "PvdB"
    assert addressing.called(to(who, name="Buurtbelang")) == "Buurtbelang"


@pytest.mark.parametrize(
    ("recipient", "words"),
    [
        (to(organisation()), "programmacommissie"),
        (to(organisation(), at=point("board")), "bestuur"),
        (to(organisation(), at=point("board", attention="Anna de Vries")), "Anna de Vries"),
        (to(organisation("partner", "Buurthuis"), at=point("general")), "bestuur"),
        (to(organisation("other", "Buurthuis"), at=point("general")), ""),
        (to(person=Person(**ANNA, gender="f")), "mevrouw De Vries"),
    ],
)
def test_whom_there_the_letter_is_for(recipient, words):
    assert addressing.to_whom(recipient, LETTER) == words


HOME = {"kind": "post", "street": "Kade  1", "postcode": "1099zz", "town": "Brugstad"}


@pytest.mark.parametrize(
    ("recipient", "lines"),
    [
        (to(organisation(), at=point("programme")), ("De Waag", "t.a.v. de programmacommissie")),
        (
            to(organisation(), at=point("board", **HOME), channel="post"),
            ("De Waag", "t.a.v. het bestuur", "Kade 1", "1099 ZZ  BRUGSTAD"),
        ),
        (
            to(organisation(), at=point("board", **HOME, attention="Anna de Vries"), channel="post"),
            ("De Waag", "t.a.v. Anna de Vries", "Kade 1", "1099 ZZ  BRUGSTAD"),
        ),
        (
            to(organisation(), at=point("general", **HOME, attention="programmacommissie"), channel="post"),
            ("De Waag", "t.a.v. de programmacommissie", "Kade 1", "1099 ZZ  BRUGSTAD"),
        ),
        (
            to(organisation("other", "Buurthuis"), at=point("general", **HOME), channel="post"),
            ("Buurthuis", "Kade 1", "1099 ZZ  BRUGSTAD"),
        ),
        (
            to(person=Person(**ANNA, gender="f"), at=point("personal", **HOME), channel="post"),
            ("mevrouw De Vries", "Kade 1", "1099 ZZ  BRUGSTAD"),
        ),
        (
            to(
                organisation("umbrella", "Verbond"),
                at=point(
                    "board", kind="post", street="Rue 1", postcode="1000", town="Bruxelles", country="België"
                ),
                channel="post",
            ),
            ("Verbond", "t.a.v. het bestuur", "Rue 1", "1000 BRUXELLES", "BELGIË"),
        ),
    ],
)
def test_the_lines_on_the_letter(recipient, lines):
    assert addressing.lines(recipient, LETTER) == lines


def test_the_name_of_the_day_stands_in_the_address():
    who = to(organisation(name="Nieuwe naam"), name="Oude naam")
    assert addressing.lines(who, LETTER)[0] == "Oude naam"
