"""The screen Last look: its numbers count the cards below them."""

import re

import pytest
from django.urls import reverse

from letters.actions import findings
from letters.models import Letter
from letters.queries import last_look

pytestmark = pytest.mark.django_db


def shown(client, letter):
    """The heading in words, what can be mended, and how many cards there are."""
    html = client.get(reverse("letters:last_look", args=[letter.pk])).content.decode()
    heading = " ".join(html.split('<h2 id="look">')[1].split("</h2>")[0].split())
    mendable = re.findall(r"\d+ van deze \d+ kunnen we voor je verbeteren\.", html)
    return heading, mendable, html.count('<li class="sb-finding ')


def test_the_heading_counts_points_tips_and_what_stays(client, letter, alida):
    Letter.objects.filter(pk=letter.pk).update(
        body="<p>Wij bereiken 15000 mensen via ons emailadres.</p><p>Wij vragen u aandacht te besteden.</p>"
    )
    client.force_login(alida)
    look = last_look.of(Letter.objects.get(pk=letter.pk))
    heading, mendable, cards = shown(client, letter)
    assert (look.open_count, look.tips, look.left, cards) == (4, 1, 0, 5)
    assert heading == "4 punten om naar te kijken · één tip"
    assert mendable == ["2 van deze 5 kunnen we voor je verbeteren."]
    gap = next(item for item in look.items if item.finding.code == "address_missing")
    findings.accept(letter=letter, token=gap.token, reason="We zoeken nog.", by=alida)
    assert shown(client, letter)[0] == "3 punten om naar te kijken · één tip · één blijft zo"


def test_a_letter_with_tips_alone_is_ready(client, letter, alida):
    Letter.objects.filter(pk=letter.pk).update(
        body="<p>Wij vragen u aandacht te besteden aan ontmoeting.</p>"
    )
    (gap,) = [item for item in last_look.of(letter).items if item.finding.code == "address_missing"]
    findings.accept(letter=letter, token=gap.token, reason="We zoeken nog.", by=alida)
    client.force_login(alida)
    assert shown(client, letter) == ("✓ Klaar om voor te leggen · één tip · één blijft zo", [], 2)
