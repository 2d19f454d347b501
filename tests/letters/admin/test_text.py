"""The step Text: everything is kept, nobody overwrites anybody, and nothing foreign gets in."""

import datetime
import json

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from letters.actions import letters
from letters.admin.rich_text import LETTER_FEATURES
from letters.models import Letter, LetterState
from letters.queries import contents
from tests.letters.stories import all_becomes_different, make_ready, send

pytestmark = pytest.mark.django_db

TEXT = "<p>Een nieuwe tekst voor de buurt.</p>"


def url_of(letter, step="text"):
    return reverse(f"letters:{step}", args=[letter.pk])


def state_of(html):
    return ContentstateConverter(LETTER_FEATURES).from_database_format(html)


def form_of(letter, **changes):
    """What the browser sends, with some of it changed."""
    values = {
        "draft_number": letter.draft_number,
        "subject": letter.subject,
        "dated_on": "29 juli 2025",
        "salutation": letter.salutation,
        "body": state_of(letter.body),
        "closing": letter.closing,
        "sign_off": letter.sign_off,
        "letterhead": letter.letterhead_id,
        "kind": letter.kind,
        "level": letter.level,
        "purpose": letter.purpose,
        "signatory_name": ["", ""],
        "signatory_role": ["", ""],
    }
    return values | changes


def words_of(response):
    return [str(message) for message in response.context["messages"]]


def plain(letter):
    return contents.tree(Letter.objects.get(pk=letter.pk)).blocks[0].children[0].value


@pytest.fixture
def alida_in(client, alida):
    client.force_login(alida)
    return client


def test_the_button_saves_everything_and_says_so(alida_in, letter):
    form = form_of(
        letter,
        do="save",
        subject="  Ontmoeten\nin de wijk ",
        dated_on="1-9-2025",
        salutation="Beste mensen,",
        body=state_of(TEXT),
        closing="Hartelijke groet",
        kind="note",
        level="city",
        signatory_name=["Anna de Vries", "", "Bram Bos"],
        signatory_role=["voorzitter", "zonder naam", ""],
    )
    response = alida_in.post(url_of(letter), form, follow=True)
    letter.refresh_from_db()
    assert (letter.subject, letter.salutation, letter.closing) == (
        "Ontmoeten in de wijk", "Beste mensen", "Hartelijke groet",
    )  # fmt: skip
    assert (letter.dated_on, letter.kind, letter.level) == (datetime.date(2025, 9, 1), "note", "city")
    assert plain(letter) == "Een nieuwe tekst voor de buurt."
    assert [(s.name, s.role) for s in letter.signatories.all()] == [
        ("Anna de Vries", "voorzitter"),
        ("Bram Bos", ""),
    ]
    assert response.redirect_chain == [(url_of(letter), 302)]
    assert len(words_of(response)) == 1


def test_autosave_answers_when_it_was_saved_and_with_the_next_number(alida_in, letter):
    before = letter.draft_number
    response = alida_in.post(url_of(letter), form_of(letter, do="autosave", body=state_of(TEXT)))
    letter.refresh_from_db()
    answer = response.json()
    assert (response.status_code, answer["problems"], answer["draft_number"]) == (
        200,
        [],
        letter.draft_number,
    )
    assert letter.draft_number == before + 1
    assert plain(letter) == "Een nieuwe tekst voor de buurt."
    assert not letter.versions.exists()


def test_saving_the_same_again_changes_nothing(alida_in, letter):
    answers = [alida_in.post(url_of(letter), form_of(letter, do="autosave")).json() for _ in range(2)]
    assert [answer["draft_number"] for answer in answers] == [letter.draft_number, letter.draft_number]


def test_autosave_keeps_what_is_in_order_and_names_what_is_not(alida_in, letter):
    form = form_of(letter, do="autosave", subject="Wel bewaard", dated_on="ooit")
    answer = alida_in.post(url_of(letter), form).json()
    letter.refresh_from_db()
    assert (letter.subject, letter.dated_on) == ("Wel bewaard", datetime.date(2025, 7, 29))
    assert len(answer["problems"]) == 1


HOSTILE = {
    "a script behind a link": {"type": "LINK", "data": {"url": "javascript:alert(1)"}},
    "an unknown merge field": {"type": "MERGE_FIELD", "data": {"field": "wachtwoord"}},
}


def hostile(entity):
    block = {"key": "aaaaa", "text": "klik", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"key": 0, "offset": 0, "length": 4}]
    return json.dumps({"blocks": [block], "entityMap": {"0": {"mutability": "IMMUTABLE", **entity}}})


@pytest.mark.parametrize("body", [*map(hostile, HOSTILE.values()), "<script>", "{}"])
@pytest.mark.parametrize("do", ["autosave", "save", "next"])
def test_text_that_no_letter_can_hold_is_refused_and_the_old_text_stays(alida_in, letter, body, do):
    response = alida_in.post(url_of(letter), form_of(letter, do=do, body=body))
    assert response.status_code == 200
    problems = response.json()["problems"] if do == "autosave" else response.context["form"].problems
    assert len(problems) == 1
    assert plain(letter) == "Wij vragen aandacht voor ontmoeting in de buurt."


def test_a_script_typed_as_text_is_text(alida_in, letter):
    typed = state_of("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    alida_in.post(url_of(letter), form_of(letter, do="save", body=typed))
    assert plain(letter) == "<script>alert(1)</script>"


def test_a_refused_form_comes_back_with_all_that_was_typed(alida_in, letter):
    form = form_of(letter, do="save", subject="Nieuw", dated_on="ooit", body=state_of(TEXT))
    form["signatory_name"] = ["Anna", ""]
    response = alida_in.post(url_of(letter), form)
    shown = response.context["form"]
    assert (shown["subject"].value(), shown["dated_on"].value()) == ("Nieuw", "ooit")
    assert shown.signatory_rows[0] == ("Anna", "")
    assert "Een nieuwe tekst voor de buurt." in response.content.decode()
    assert Letter.objects.get(pk=letter.pk).subject == "Ontmoeten in de buurt"


def test_going_on_saves_keeps_a_version_and_leads_to_the_recipients(alida_in, alida, letter):
    response = alida_in.post(url_of(letter), form_of(letter, do="next", body=state_of(TEXT)))
    assert (response.status_code, response.url) == (302, url_of(letter, "recipients"))
    version = letter.versions.get()
    assert (version.number, version.made_by) == (1, alida)
    assert version.content["body"]["blocks"] == [["p", "Een nieuwe tekst voor de buurt."]]


def test_leaving_by_another_way_keeps_a_version_once(alida_in, letter):
    for _ in range(2):
        letter.refresh_from_db()
        alida_in.post(url_of(letter), form_of(letter, do="leave", body=state_of(TEXT)))
    assert letter.versions.count() == 1


@pytest.fixture
def overtaken(alida_in, bram, letter):
    """Alida has the page before her; Bram saved meanwhile. Gives her form."""
    form = form_of(letter, subject="Van Alida", body=state_of("<p>Tekst van Alida.</p>"))
    letters.save_draft(
        letter=letter,
        draft_number=letter.draft_number,
        values={"subject": "Van Bram", "body": "<p>Tekst van Bram.</p>"},
        by=bram,
    )
    return form


def test_autosave_over_somebody_elses_text_tells_who_and_touches_nothing(alida_in, letter, overtaken):
    response = alida_in.post(url_of(letter), overtaken | {"do": "autosave"})
    assert response.status_code == 409
    assert "Bram de Test" in response.json()["overtaken"]
    assert "Bram de Test" in response.json()["theirs"]
    assert plain(letter) == "Tekst van Bram."


@pytest.mark.parametrize("do", ["save", "next", "promise"])
def test_without_scripts_the_page_comes_back_with_the_choice_and_the_own_text(
    alida_in, letter, overtaken, do
):
    response = alida_in.post(url_of(letter), overtaken | {"do": do, "promised_title": "Rapport"})
    page = response.content.decode()
    assert response.context["overtaken"].changed_by.username == "bram"
    assert "Tekst van Alida." in page
    assert 'value="keep_mine"' in page
    assert plain(letter) == "Tekst van Bram."
    assert not letter.enclosures.exists()


def test_keeping_my_text_keeps_theirs_as_a_version(alida_in, letter, overtaken):
    alida_in.post(url_of(letter), overtaken | {"do": "keep_mine"})
    letter.refresh_from_db()
    assert (letter.subject, plain(letter)) == ("Van Alida", "Tekst van Alida.")
    assert [version.content["subject"] for version in letter.versions.all()] == ["Van Bram"]


def test_showing_their_text_keeps_mine_as_a_version(alida_in, letter, overtaken):
    response = alida_in.post(url_of(letter), overtaken | {"do": "take_theirs"}, follow=True)
    letter.refresh_from_db()
    assert (letter.subject, plain(letter)) == ("Van Bram", "Tekst van Bram.")
    assert [version.content["subject"] for version in letter.versions.all()] == ["Van Alida"]
    assert response.context["form"]["subject"].value() == "Van Bram"


def test_a_letter_that_was_fixed_meanwhile_keeps_what_was_typed_aside(alida_in, alida, bram, cor, letter):
    form = form_of(letter, do="save", body=state_of("<p>Te laat.</p>"))
    make_ready(letter, alida, bram, cor)
    before = letter.versions.count()
    response = alida_in.post(url_of(letter), form, follow=True)
    assert len(words_of(response)) == 1
    assert plain(letter) == "Wij vragen aandacht voor ontmoeting in de buurt."
    assert letter.versions.count() == before + 1
    assert letter.versions.first().content["body"]["blocks"] == [["p", "Te laat."]]


def test_going_on_without_a_change_makes_nobody_an_author(client, bram, letter):
    client.force_login(bram)
    client.post(url_of(letter), form_of(letter, do="next"))
    assert [author.username for author in letter.authors.all()] == ["alida"]


def test_an_earlier_version_shows_what_differs_and_can_be_taken_up_again(alida_in, letter):
    alida_in.post(url_of(letter), form_of(letter, do="next", signatory_name=["Anna"], signatory_role=["lid"]))
    letter.refresh_from_db()
    alida_in.post(url_of(letter), form_of(letter, do="next", subject="Anders", body=state_of(TEXT)))
    page = alida_in.get(reverse("letters:version", args=[letter.pk, 1]))
    assert [(row.then, row.now) for row in page.context["differences"].beside] == [
        ("Ontmoeten in de buurt", "Anders"),
        ("Anna (lid)", ""),
    ]
    assert [change.kind for change in page.context["differences"].text] == ["removed", "changed"]
    alida_in.post(reverse("letters:version", args=[letter.pk, 1]), {"do": "take_up_again"})
    letter.refresh_from_db()
    assert (letter.subject, plain(letter)) == (
        "Ontmoeten in de buurt", "Wij vragen aandacht voor ontmoeting in de buurt.",
    )  # fmt: skip
    assert [s.name for s in letter.signatories.all()] == ["Anna"]
    assert letter.versions.count() == 2


def test_a_reader_sees_the_words_and_no_form(client, loes, letter):
    client.force_login(loes)
    page = client.get(url_of(letter))
    assert "form" not in page.context
    assert "Wij vragen aandacht" in page.content.decode()
    assert 'name="do"' not in page.content.decode()


def test_a_letter_that_is_fixed_shows_the_words_why_and_a_way_on(alida_in, alida, bram, cor, letter):
    make_ready(letter, alida, bram, cor)
    page = alida_in.get(url_of(letter)).content.decode()
    assert 'name="subject"' not in page
    assert 'value="start_from"' in page
    response = alida_in.post(url_of(letter), {"do": "start_from"})
    fresh = Letter.objects.get(started_from=letter)
    assert response.url == url_of(fresh)
    assert plain(fresh) == plain(letter)


# Person x verb. Otto and nobody have no business in the back office: they are sent to the door.
TABLE = [
    ("get", "text", {}, {"alida", "loes"}),
    ("get", "preview", {}, {"alida", "loes"}),
    ("get", "pdf", {}, {"alida", "loes"}),
    ("post", "text", {"do": "save"}, {"alida"}),
    ("post", "text", {"do": "autosave"}, {"alida"}),
    ("post", "text", {"do": "leave"}, {"alida"}),
    ("post", "text", {"do": "next"}, {"alida"}),
    ("post", "text", {"do": "keep_mine"}, {"alida"}),
    ("post", "text", {"do": "take_theirs"}, {"alida"}),
    ("post", "text", {"do": "promise", "promised_title": "X"}, {"alida"}),
    ("post", "text", {"do": "promise", "promised_title": "X", "minded_by": "0"}, {"alida"}),
    ("post", "text", {"do": "start_from"}, {"alida"}),
]


@pytest.mark.parametrize("who", ["alida", "loes", "otto", "nobody"])
@pytest.mark.parametrize(("method", "step", "values", "allowed"), TABLE)
def test_each_may_do_what_the_table_says(client, request, letter, who, method, step, values, allowed):
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))
    before = Letter.objects.values().get(pk=letter.pk), Letter.objects.count()
    data = form_of(letter, **values) if method == "post" else {}
    ordinary = getattr(client, method)(url_of(letter, step), data)
    if who in allowed:
        assert ordinary.status_code in (200, 302)
        assert ordinary.get("Location", "/beheer/brieven/").startswith("/beheer/brieven/")
    else:
        door = "wagtailadmin_home" if who == "loes" else "wagtailadmin_login"
        assert (ordinary.status_code, ordinary.url.partition("?")[0]) == (302, reverse(door))
        by_script = getattr(client, method)(
            url_of(letter, step), data, headers={"X-Requested-With": "XMLHttpRequest"}
        )
        assert by_script.status_code == 403
        assert (Letter.objects.values().get(pk=letter.pk), Letter.objects.count()) == before


def test_the_ending_of_a_letter_that_was_sent_is_the_one_it_was_sent_with(
    client, letter, letterhead, alida, bram, cor
):
    Letter.objects.update(closing="")
    letter.refresh_from_db()
    send(letter, alida, bram, cor)
    all_becomes_different()
    client.force_login(alida)
    page = client.get(reverse("letters:text", args=[letter.pk])).content.decode()
    assert ["Met vriendelijke groet" in page, "De groeten" in page] == [True, False]


def test_of_a_letter_of_the_past_there_is_no_word_document(client, letter, alida):
    Letter.objects.update(state=LetterState.RECORDED)
    client.force_login(alida)
    assert client.get(reverse("letters:docx", args=[letter.pk])).status_code == 404
