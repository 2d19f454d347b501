"""An issue as HTML and plain text: everything in it is there, nothing of it is markup, and it stays small."""

import re
from dataclasses import replace

import mrml
import pytest
from lxml import html as markup

from campaigns.mjml import render as rendering
from campaigns.mjml.issue import Image, Story
from campaigns.mjml.markup import BadColour, to_mjml
from campaigns.mjml.render import CLIPPED_AT, RenderError, render

from .issues import HOUSE, issue, text


def page(mail):
    return markup.fromstring(mail.html)


def test_everything_stands_in_the_html():
    shown = page(render(issue()))
    words = " ".join(shown.text_content().split())
    for said in ("Dag buren, kijk op de agenda.", "Huis & haard <in de buurt>", "Open dag", "Huis van de Wijk",
                 "Hier zijn wij!", "De Waag", "voor", "Onbekend is niet tegen.", "“Hier ken ik iedereen.”", "Doe mee",
                 "Vragen? Mail ons.", "Verzonnen Kade 36", "omdat je je hebt aangemeld"):  # fmt: skip
        assert said in words
    assert [one.get("alt") for one in shown.iter("img")] == ["Netwerk De Brug", "Buren aan een lange tafel"]
    assert {
        "https://netwerk.example/a?b=1&c=2", "https://netwerk.example/tafel/", "https://netwerk.example/p/",
        "https://netwerk.example/doe-mee/", "*|UNSUB|*", "*|UPDATE_PROFILE|*", HOUSE.archive,
    } == {one.get("href") for one in shown.iter("a")}  # fmt: skip


def test_it_says_its_language_its_title_and_what_mail_programs_show_behind_it():
    shown = page(render(issue()))
    assert (shown.get("lang"), shown.findtext(".//title")) == ("nl", "Nieuws uit de stadsdorpen")
    assert "Een lange tafel, een open dag" in shown.text_content()


def test_headings_go_down_one_by_one_and_tables_that_only_lay_out_say_so():
    shown = page(render(issue()))
    assert {one.tag for one in shown.iter("h1", "h2", "h3")} == {"h2"}
    laid_out = [one for one in shown.iter("table") if not one.findall(".//th")]
    assert {one.get("role") for one in laid_out} == {"presentation"}


def test_the_plain_text_says_the_same_with_every_address():
    plain = render(issue()).text
    assert plain.startswith(
        "Netwerk De Brug\n\nDag buren, kijk op de agenda (https://netwerk.example/a?b=1&c=2)."
    )
    assert "HUIS & HAARD <IN DE BUURT>" in plain
    assert "Lees over de lange tafel: https://netwerk.example/tafel/" in plain
    assert "- De Waag: voor\n- Stadslijst: onbekend" in plain
    assert "Meld je af: *|UNSUB|*" in plain
    assert plain.endswith("Netwerk De Brug\nVerzonnen Kade 36\n1099 ZZ Amsterdam\n")
    assert "\n\n\n" not in plain


def test_words_of_a_writer_are_never_markup():
    wild = '</mj-text><mj-image src="x"/><script>alert(1)</script>"\'&'
    mail = render(
        issue(
            subject=wild,
            preheader=wild,
            why=wild,
            blocks=(Story(wild, text(), Image("https://x.example/a.png", wild)),),
        )
    )
    shown = page(mail)
    assert list(shown.iter("script")) == []
    assert shown.findtext(".//title") == wild
    assert [one.get("alt") for one in shown.iter("img")][1] == wild


def test_a_colour_of_the_house_that_is_none_is_refused():
    with pytest.raises(BadColour):
        to_mjml(issue(house=replace(HOUSE, accent="red;} body{display:none")))


def test_what_the_maker_does_not_know_is_no_mail(monkeypatch):
    monkeypatch.setattr(
        rendering, "to_mjml", lambda _issue: "<mjml><mj-body><mj-bogus>x</mj-bogus></mj-body></mjml>"
    )
    with pytest.raises(RenderError):
        render(issue())
    monkeypatch.setattr(rendering, "to_mjml", lambda _issue: "<mjml><mj-body>")
    with pytest.raises(RenderError):
        render(issue())


def test_an_issue_of_eight_articles_is_not_clipped():
    story = issue().blocks[1]
    mail = render(issue(blocks=(story,) * 8))
    assert mail.size < CLIPPED_AT / 2


def test_the_same_issue_gives_the_same_mail():
    assert render(issue()) == render(issue())


def test_it_is_told_how_it_looks_in_the_dark():
    html = render(issue()).html
    assert "prefers-color-scheme: dark" in html
    assert re.search(r'<meta name="color-scheme" content="light dark"', html)
    assert mrml.to_html(to_mjml(issue())).content == html
