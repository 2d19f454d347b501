"""Supplies on screen: kept through verbs with an audit line, refused in words."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from campaigns.models import Fact, Publication
from crm.models import TimelineEntry
from letters.admin.menu import LettersGroup
from letters.admin.rich_text import STANDARD_TEXT_FEATURES
from letters.models import ApprovalRule, Letterhead, StandardText
from tests.letters.conftest import person

from .samples import one_page

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


FACT = {
    "words": "ruim 15.000 Amsterdammers", "as_of_on": "2024-12-31", "source": "Jaarverslag 2024", "source_url": "",
    "key": "bereik",
}  # fmt: skip


def test_a_fact_is_added_changed_and_removed_and_each_leaves_a_line(ida_in, ida):
    ida_in.post(reverse("feiten:add"), FACT)
    fact = Fact.objects.get()
    assert (fact.words, fact.as_of_on) == ("ruim 15.000 Amsterdammers", datetime.date(2024, 12, 31))
    ida_in.post(reverse("feiten:edit", args=[fact.pk]), FACT | {"words": "ruim 16.000 Amsterdammers"})
    page = ida_in.get(reverse("feiten:index")).content.decode()
    assert "ruim 16.000 Amsterdammers" in page
    assert "Jaarverslag 2024" in page
    lines = list(TimelineEntry.objects.about(fact))
    assert [line.code for line in lines] == ["campaigns.fact_changed", "campaigns.fact_added"]
    assert lines[0].parameters["before"] == "ruim 15.000 Amsterdammers"
    assert lines[0].by == ida
    ida_in.post(reverse("feiten:delete", args=[fact.pk]))
    assert not Fact.objects.exists()
    assert codes(fact)[0] == "campaigns.fact_removed"


def test_a_publication_keeps_its_pdf_and_counts_its_pages(ida_in):
    form = {"title": "Jaarverslag 2024", "planned_on": "", "published_on": "2025-03-01"}
    ida_in.post(reverse("publicaties:add"), form | {"upload": SimpleUploadedFile("verslag.pdf", one_page())})
    publication = Publication.objects.get()
    assert (publication.pages, publication.file.read()) == (1, one_page())
    ida_in.post(reverse("publicaties:edit", args=[publication.pk]), form | {"title": "Verslag"})
    publication.refresh_from_db()
    assert (publication.title, publication.pages, publication.file is not None) == ("Verslag", 1, True)
    assert codes(publication) == ["campaigns.publication_changed", "campaigns.publication_added"]


@pytest.mark.parametrize("data", [b"Dit is tekst.", b"%PDF-" + b"0" * 1_100_000])
def test_a_publication_with_a_bad_file_is_refused_beside_the_form(ida_in, settings, data):
    settings.UPLOAD_LIMIT_MB = 1
    form = {"title": "Rapport", "upload": SimpleUploadedFile("rapport.pdf", data)}
    response = ida_in.post(reverse("publicaties:add"), form)
    assert response.status_code == 200
    assert len(response.context["form"].errors) == 1
    assert response.context["form"]["title"].value() == "Rapport"
    assert not Publication.objects.exists()


def test_a_publication_that_was_promised_stays(ida_in, letter):
    publication = Publication.objects.create(title="Rapport")
    letter.enclosures.create(title="Rapport", publication=publication, is_promised=True)
    response = ida_in.post(reverse("publicaties:delete", args=[publication.pk]), follow=True)
    assert Publication.objects.count() == 1
    assert ["Rapport" in str(message) for message in response.context["messages"]] == [True]
    assert codes(publication) == []


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
    "feiten": ({"ida", "alida", "loes"}, {"ida", "alida"}),
    "publicaties": ({"ida", "alida", "loes"}, {"ida", "alida"}),
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
        "feiten": lambda: Fact.objects.create(
            key="a", words="a", as_of_on=datetime.date(2024, 1, 1), source="b"
        ),
        "publicaties": lambda: Publication.objects.create(title="Rapport"),
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
