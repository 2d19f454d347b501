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
from tests.letters.conftest import DAY, person

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
    assert response.status_code == 200
    assert [
        "4" in str(error) and "3" in str(error) for error in response.context["form"].non_field_errors()
    ] == [True]
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
    assert len(response.context["form"].non_field_errors()) == 1
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
        "/beheer/brieven/", "/beheer/brieven/nieuw/", "/beheer/standaardteksten/", "/beheer/feiten/",
        "/beheer/publicaties/", "/beheer/briefpapier/", "/beheer/akkoordregels/",
    ]  # fmt: skip


def test_a_standard_text_reads_without_its_markup(ida_in):
    text = StandardText.objects.create(
        title="Wat is een stadsdorp?", body="<p>Een <b>buurt</b> die helpt.</p>"
    )
    page = ida_in.get(reverse("standaardteksten:inspect", args=[text.pk])).content.decode()
    assert ("Een buurt die helpt." in page, "&lt;p&gt;" in page) == (True, False)
