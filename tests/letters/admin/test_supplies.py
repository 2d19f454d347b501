"""Supplies on screen: kept through verbs with an audit line, refused in words."""

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from campaigns.models import Fact, Publication
from crm.models import TimelineEntry
from letters.actions import letters
from letters.admin.menu import LettersGroup
from letters.admin.rich_text import STANDARD_TEXT_FEATURES
from letters.models import ApprovalRule, Letterhead, StandardText
from letters.queries import last_look
from tests.crm.admin.pages import alert, errors, form, link, main, text
from tests.letters.conftest import DAY, person
from tests.letters.stories import propose, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida(db):
    return person("ida", "Beheer")


@pytest.fixture
def ida_in(client, ida):
    client.force_login(ida)
    return client


def codes(thing):
    return list(TimelineEntry.objects.about(thing).values_list("code", flat=True))


def test_a_publication_that_was_promised_stays(ida_in, letter):
    publication = Publication.objects.create(title="Rapport")
    letter.enclosures.create(title="Rapport", publication=publication, is_promised=True)
    response = ida_in.post(reverse("publicaties:delete", args=[publication.pk]), follow=True)
    assert Publication.objects.count() == 1
    assert [str(message) for message in response.context["messages"]] == [
        "“Rapport” is in een brief beloofd en blijft staan. Wijzig wat er niet klopt, of haal de belofte eerst uit de "
        "brief."
    ]
    assert codes(publication) == []
    letter.enclosures.all().delete()
    ida_in.post(reverse("publicaties:delete", args=[publication.pk]))
    assert codes(publication) == ["campaigns.publication_removed"]


def test_a_letter_keeps_the_words_of_a_fact_that_is_removed(ida_in, alida, letterhead):
    fact = Fact.objects.create(
        key="bereik", words="ruim 15.000 Amsterdammers", as_of_on=DAY, source="Jaarverslag"
    )
    body = '<p>Wij bereiken <span data-fact="bereik">ruim 15.000 Amsterdammers</span>.</p>'
    letter = letters.start(by=alida, subject="Ons bereik", body=body, letterhead=letterhead)
    assert figures_to_explain(letter) == []
    ida_in.post(reverse("feiten:delete", args=[fact.pk]))
    letter.refresh_from_db()
    assert letter.body == body
    assert figures_to_explain(letter) == [("15.000",)]
    shown = ida_in.get(reverse("letters:text", args=[letter.pk])).content.decode()
    assert "Dit feit staat niet meer in de feitenkast." in shown


def figures_to_explain(letter):
    found = [item.finding for item in last_look.of(letter).items]
    return [finding.quotes for finding in found if finding.code == "figure_without_source"]


def rule(quorum):
    return {"kind": "position", "quorum": quorum, "most_recipients": ""}


def test_a_quorum_cannot_be_larger_than_the_committee(ida_in, alida, bram, letterhead):
    mine = ApprovalRule.objects.get(kind="position")
    response = ida_in.post(reverse("akkoordregels:edit", args=[mine.pk]), rule(4))
    assert errors(response) == {
        "quorum": "4 mensen moeten akkoord zijn, maar de commissie heeft er 3. "
        "Kies een lager aantal, of voeg leden toe."
    }
    mine.refresh_from_db()
    assert mine.quorum == 2
    ida_in.post(reverse("akkoordregels:edit", args=[mine.pk]), rule(3))
    mine.refresh_from_db()
    assert (mine.quorum, codes(mine)) == (3, ["letters.approval_rule_changed"])


def test_a_letterhead_that_letters_use_stays(ida_in, letter):
    ida_in.post(reverse("briefpapier:delete", args=[letter.letterhead_id]))
    assert Letterhead.objects.count() == 1


def letterhead_form(**changes):
    return {
        "name": "Nieuw", "sender_name": "De Brug", "sender_lines": "Kade 1\n1000 AA Amsterdam", "reply_address": "",
        "phone": "", "website": "", "place": "Amsterdam", "closing": "Met groet", "sign_off": "", "logo": "",
        "window": "right", "accent_colour": "#14532d",
    } | changes  # fmt: skip


def test_a_letterhead_is_kept(ida_in):
    ida_in.post(reverse("briefpapier:add"), letterhead_form())
    made = Letterhead.objects.get()
    assert (made.window, made.accent_colour, codes(made)) == (
        "right",
        "#14532d",
        ["letters.letterhead_added"],
    )


@pytest.mark.parametrize("logo", ["²", "x", "999999"])
def test_a_logo_that_is_none_is_asked_for_again(ida_in, letter, logo):
    for url in (reverse("briefpapier:add"), reverse("briefpapier:edit", args=[letter.letterhead_id])):
        again = ida_in.post(url, letterhead_form(logo=logo))
        assert (again.status_code, Letterhead.objects.count()) == (200, 1)
        assert "logo" in again.context["form"].errors


def standard_text(html):
    body = ContentstateConverter(STANDARD_TEXT_FEATURES).from_database_format(html)
    return {"title": "Wat is een stadsdorp?", "body": body}


def test_a_standard_text_may_hold_chips(ida_in):
    ida_in.post(
        reverse("standaardteksten:add"),
        standard_text('<p>Voor <span data-merge="organisatie">organisatie</span>.</p>'),
    )
    made = StandardText.objects.get()
    assert '<span data-merge="organisatie">organisatie</span>' in made.body
    assert codes(made) == ["letters.standard_text_added"]


def test_a_standard_text_that_no_letter_can_hold_is_refused(ida_in):
    response = ida_in.post(
        reverse("standaardteksten:add"), standard_text('<p><a href="javascript:x">klik</a></p>')
    )
    assert list(errors(response)) == ["body"]
    assert not StandardText.objects.exists()


# Role x list: who sees it, and who may add to it.
LISTS = {
    "briefpapier": ({"ida", "alida", "loes"}, {"ida", "alida"}),
    "standaardteksten": ({"ida", "alida", "loes"}, {"ida", "alida"}),
    "akkoordregels": ({"ida"}, {"ida"}),
}


@pytest.mark.parametrize("who", ["ida", "alida", "loes", "otto"])
@pytest.mark.parametrize("name", LISTS)
def test_each_role_sees_and_adds_what_the_table_says(client, request, who, name):
    client.force_login(request.getfixturevalue(who))
    seen, added = (client.get(reverse(f"{name}:{view}")).status_code == 200 for view in ("index", "add"))
    assert (seen, added) == (who in LISTS[name][0], who in LISTS[name][1])


@pytest.mark.parametrize("name", LISTS)
def test_every_screen_of_a_supply_opens(ida_in, letterhead, name):
    made = {
        "briefpapier": lambda: letterhead,
        "standaardteksten": lambda: StandardText.objects.create(title="T", body="<p>Dag.</p>"),
        "akkoordregels": lambda: ApprovalRule.objects.get(kind="note"),
    }[name]()
    for view in ("edit", "delete", "inspect"):
        assert ida_in.get(reverse(f"{name}:{view}", args=[made.pk])).status_code == 200


def test_the_menu_holds_the_letters_first(ida_in):
    assert [item.url for item in LettersGroup().get_submenu_items()] == [
        "/beheer/brieven/", "/beheer/brieven/nieuw/", "/beheer/brieven/binnengekomen/",
        "/beheer/brieven/aan-zet/", "/beheer/brieven/beloften/", "/beheer/brieven/gesprekken/",
        "/beheer/brieven/vergaderingen/",
        "/beheer/brieven/afwezig/", "/beheer/standaardteksten/", "/beheer/feiten/", "/beheer/publicaties/",
        "/beheer/briefpapier/", "/beheer/akkoordregels/",
    ]  # fmt: skip


def test_a_standard_text_reads_without_its_markup(ida_in):
    text = StandardText.objects.create(
        title="Wat is een stadsdorp?", body="<p>Een <b>buurt</b> die helpt.</p>"
    )
    page = ida_in.get(reverse("standaardteksten:inspect", args=[text.pk])).content.decode()
    assert ("Een buurt die helpt." in page, "&lt;p&gt;" in page) == (True, False)


FORMS = {
    "briefpapier": ("Briefpapier toevoegen", "Bewaar dit briefpapier", "Elke brief staat op briefpapier: wie schrijft"),
    "standaardteksten": ("Standaardtekst toevoegen", "Bewaar deze tekst", "Een tekst die je vaker gebruikt, zoals"),
    "akkoordregels": ("Regel voor akkoord toevoegen", "Bewaar deze regel", "Hoeveel mensen van de commissie akkoord"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_what_it_is_for_and_its_one_button_what_happens(ida_in, letterhead, name):
    adding, keeping, lead = FORMS[name]
    one = {
        "briefpapier": lambda: letterhead,
        "standaardteksten": lambda: StandardText.objects.create(title="T", body="<p>Dag.</p>"),
        "akkoordregels": lambda: ApprovalRule.objects.get(kind="note"),
    }[name]()
    pages = ida_in.get(reverse(f"{name}:add")), ida_in.get(reverse(f"{name}:edit", args=[one.pk]))
    assert [
        [
            " ".join(button.text_content().split())
            for button in main(page).xpath('.//*[@class="sb-actions"]/button')
        ]
        for page in pages
    ] == [[adding], [keeping]]
    assert [lead in text(page) for page in pages] == [True, True]


EMPTY = {
    "briefpapier": {
        "name": "Vul nog in: “Naam van dit briefpapier”.",
        "sender_name": "Vul nog in: “Afzender”.",
        "closing": "Vul nog in: “Slotformule”.",
        "window": "Kies nog iets bij “Venster van de envelop”.",
        "accent_colour": "Vul nog in: “Kleur”.",
    },
    "standaardteksten": {"title": "Vul nog in: “Titel”.", "body": "Vul nog in: “Tekst”."},
    "akkoordregels": {
        "kind": "Kies nog iets bij “Soort brief”.",
        "quorum": "Vul nog in: “Hoeveel mensen akkoord moeten zijn”.",
    },
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_form_names_what_to_fill_in(ida_in, name):
    assert errors(ida_in.post(reverse(f"{name}:add"), {})) == EMPTY[name]


def test_the_parts_of_a_letterhead_have_headings(ida_in, letterhead):
    page = ida_in.get(reverse("briefpapier:add"))
    assert [" ".join(heading.text_content().split()) for heading in main(page).xpath(".//legend/h2")] == [
        "Hoe je het noemt",
        "Wie er schrijft",
        "Hoe brieven eindigen",
        "Hoe het eruitziet",
    ]


def test_a_name_that_is_taken_leads_to_the_one_that_has_it(ida_in, letterhead):
    response = ida_in.post(reverse("briefpapier:add"), letterhead_form(name=letterhead.name))
    assert "Dit staat er al: “Gewoon”." in alert(response)
    assert link(response, "Open “Gewoon”") == reverse("briefpapier:edit", args=[letterhead.pk])
    assert Letterhead.objects.count() == 1


def test_what_somebody_else_changed_meanwhile_is_not_lost(ida_in, letterhead):
    address = reverse("briefpapier:edit", args=[letterhead.pk])
    mine = form(ida_in.get(address))
    Letterhead.objects.filter(pk=letterhead.pk).update(phone="020 1")
    response = ida_in.post(address, {**mine, "place": "Brugstad"})
    assert "Iemand anders wijzigde dit ondertussen ook." in alert(response)
    letterhead.refresh_from_db()
    assert (letterhead.place, form(response)["place"]) == ("Amsterdam", "Brugstad")
    ida_in.post(address, form(response))
    letterhead.refresh_from_db()
    assert letterhead.place == "Brugstad"


def test_saving_a_letterhead_as_it_stands_changes_nothing(ida_in, letterhead):
    address = reverse("briefpapier:edit", args=[letterhead.pk])
    values = form(ida_in.get(address))
    values["sender_lines"] = letterhead.sender_lines.replace("\n", "\r\n")
    assert ida_in.post(address, values).status_code == 302
    assert codes(letterhead) == []


def test_the_page_of_a_letterhead_tells_what_changed(ida_in, letterhead):
    address = reverse("briefpapier:edit", args=[letterhead.pk])
    ida_in.post(address, {**form(ida_in.get(address)), "place": "Brugstad"})
    line = "Ida de Test wijzigde het briefpapier “Gewoon”: plaats bij de datum: “Amsterdam” werd “Brugstad”"
    assert told(letterhead) == [line]
    assert line in text(ida_in.get(reverse("briefpapier:inspect", args=[letterhead.pk])))


def test_a_form_says_which_letters_a_letterhead_reaches(ida_in, letter, alida):
    address = reverse("briefpapier:edit", args=[letter.letterhead_id])
    one = "1 brief die nog niet klaarstaat, heeft dit briefpapier en verandert mee."
    assert (one in text(ida_in.get(address)), "Voor 1 is akkoord gevraagd." in text(ida_in.get(address))) == (
        True,
        False,
    )
    propose(letter, alida)
    assert f"{one} Voor 1 is akkoord gevraagd. Verandert er iets aan wat gedrukt wordt" in text(
        ida_in.get(address)
    )
