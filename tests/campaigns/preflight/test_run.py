"""The last look at an issue: nothing to say of a good one, and each thing that is wrong said once, in its place."""

import datetime
from dataclasses import replace

import pytest

from campaigns.mjml.issue import Button, Image, Intro, Link, Story
from campaigns.mjml.render import Mail, render
from campaigns.preflight.circumstances import Circumstances
from campaigns.preflight.contrast import ratio
from campaigns.preflight.run import look
from tests.campaigns.mjml.issues import HOUSE, issue, text

SITE = "https://netwerk.example/"
GOOD = Circumstances(
    recipients=412,
    before=400,
    sender="info@netwerk.example",
    authenticated_domains=frozenset({"netwerk.example"}),
)


def found(one=None, mail=None, **known):
    one = one or issue()
    return look(one, mail or render(one), replace(GOOD, **known))


def codes(*args, **values):
    return [(one.code, str(one.severity), one.spot) for one in found(*args, **values)]


def story(**values):
    kept = {
        "title": "Lange tafel",
        "text": text("<p>Wij aten samen.</p>"),
        "image": Image(f"{SITE}tafel.jpg", "Buren aan een lange tafel"),
        "link": Link("Lees over de lange tafel", f"{SITE}tafel/"),
    }
    return issue(blocks=(Story(**(kept | values)),))


def intro(html):
    return issue(blocks=(Intro(text(html)),))


def test_of_a_good_issue_there_is_nothing_to_say():
    assert found() == ()


@pytest.mark.parametrize(
    ("one", "code", "severity", "spot"),
    [
        (issue(subject=" "), "no_subject", "block", "subject"),
        (issue(subject="w" * 61), "long_subject", "warn", "subject"),
        (issue(preheader=""), "no_preheader", "warn", "preheader"),
        (issue(subject="Nieuws van [maand hier invullen]"), "left_over", "block", "subject"),
        (issue(blocks=()), "empty", "block", "blocks"),
        (intro("<p>Lorem ipsum dolor.</p>"), "left_over", "block", "block-1"),
        (intro("<ul><li>Om [datum] uur</li></ul>"), "left_over", "block", "block-1"),
        (story(title="TODO: titel"), "left_over", "block", "block-1"),
        (story(image=Image(f"{SITE}tafel.jpg", "")), "no_alt", "block", "block-1"),
        (story(image=Image(f"{SITE}IMG_1.jpg", "img_1.JPG")), "alt_is_name", "block", "block-1"),
        (story(image=Image(f"{SITE}IMG_1.jpg", "IMG_1")), "alt_is_name", "block", "block-1"),
        (story(image=Image(f"{SITE}logo.svg", "Ons logo")), "svg", "block", "block-1"),
        (story(image=Image(f"{SITE}t.jpg", "Tafel", width=1600)), "wide_image", "warn", "block-1"),
        (story(image=Image(f"{SITE}t.jpg", "Tafel", kilobytes=201)), "heavy_image", "warn", "block-1"),
        (story(link=Link("Klik hier", f"{SITE}tafel/")), "link_says_nothing", "warn", "block-1"),
        (intro(f"<p>Lees <a href='{SITE}a'>hier</a> meer.</p>"), "link_says_nothing", "warn", "block-1"),
        (intro("<p>Dag *|FNAME|*,</p>"), "tag_without_default", "warn", "block-1"),
        (intro("<h3>Klein</h3><p>Zo.</p>"), "heading_order", "warn", "block-1"),
        (issue(blocks=(Button(Link("Doe mee", "/doe-mee/")),)), "relative_link", "block", "block-1"),
        (story(link=Link("Lees mee", "http://netwerk.example/")), "http_link", "warn", "block-1"),
        (story(link=Link("Lees mee", "https://bit.ly/x")), "short_link", "warn", "block-1"),
        (issue(house=replace(HOUSE, unsubscribe="")), "no_unsubscribe", "block", "sending"),
        (issue(house=replace(HOUSE, postal_lines=(" ",))), "no_postal_address", "block", "sending"),
        (issue(house=replace(HOUSE, accent="#ffcc00")), "low_contrast", "warn", "house"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_issue_is_said_once(one, code, severity, spot):
    assert codes(one) == [(code, severity, spot)]


@pytest.mark.parametrize(
    ("known", "code", "severity", "spot"),
    [
        ({"recipients": 0}, "nobody", "block", "sending"),
        ({"recipients": 601}, "many_more", "warn", "sending"),
        ({"has_basis": False}, "no_basis", "block", "sending"),
        ({"is_tested": False}, "not_tested", "warn", "sending"),
        ({"was_sent": True}, "sent_before", "block", "sending"),
        ({"sender": "info@elders.example"}, "not_authenticated", "block", "sending"),
        ({"scheduled_for": datetime.datetime(2026, 12, 1, 9, 7)}, "not_a_quarter", "block", "moment"),
        ({"unpublished": {f"{SITE}tafel/": "Lange tafel"}}, "unpublished_link", "block", "block-2"),
        ({"dead": {f"{SITE}tafel/": "404"}}, "dead_link", "warn", "block-2"),
    ],
)
def test_what_stands_in_the_way_besides_the_words_is_said_too(known, code, severity, spot):
    assert codes(**known) == [(code, severity, spot)]


@pytest.mark.parametrize(
    "known",
    [
        {"recipients": 600},
        {"before": None, "recipients": 9000},
        {"authenticated_domains": None, "sender": "x@y.example"},
        {"scheduled_for": datetime.datetime(2026, 12, 1, 9, 45)},
    ],
)
def test_what_is_in_order_is_not_mentioned(known):
    assert found(**known) == ()


@pytest.mark.parametrize(
    ("kilobytes", "expected"),
    [(84, []), (86, [("large", "warn", "blocks")]), (101, [("too_large", "block", "blocks")])],
)
def test_a_mail_that_would_be_cut_off_is_stopped_in_time(kilobytes, expected):
    assert codes(mail=Mail("x" * kilobytes * 1024, "")) == expected


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Lees het <a href='{SITE}v'>verslag van de open dag</a>.</p>",
        "<p>Mail <a href='mailto:info@netwerk.example'>info@netwerk.example</a></p>",
        "<p>Dag *|EMAIL|*, tot [ziens]!</p>",
        "<h2>Groot</h2><p>Zo.</p><h3>Klein</h3><p>En zo.</p>",
        "<p>De titel van het boek is Hier en nu.</p>",
    ],
)
def test_what_reads_well_is_left_alone(html):
    assert found(intro(html)) == ()


def test_what_stops_the_sending_stands_first():
    severities = [
        one.severity for one in found(story(link=Link("hier", "/weg"), title="TODO"), is_tested=False)
    ]
    assert severities == sorted(severities, key=lambda one: one != "block")
    assert len(severities) == 4


def test_black_on_white_is_as_clear_as_can_be():
    assert (round(ratio("#000000", "#ffffff"), 2), ratio("#123456", "#123456")) == (21.0, 1.0)
    with pytest.raises(ValueError, match="rood"):
        ratio("rood", "#ffffff")
