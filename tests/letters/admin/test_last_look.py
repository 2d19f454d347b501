"""The screen Last look: its numbers count the cards below them."""

import re

import pytest
from django.urls import reverse

from letters.actions import enclosures, findings, recipients
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


def test_a_finding_in_the_words_of_one_recipient_leads_to_that_row(client, letter, alida):
    recipient = letter.recipients.get(name="De Waag")
    recipients.set_words(recipient=recipient, salutation="", own_paragraph="Per email.", by=alida)
    client.force_login(alida)
    page = client.get(reverse("letters:last_look", args=[letter.pk]))
    (row,) = [row for row in page.context["items"] if row["item"].finding.code == "spelling"]
    step, _, place = row["url"].partition("#")
    assert (step, place) == (reverse("letters:recipients", args=[letter.pk]), f"recipient-{recipient.pk}")
    assert client.get(step).content.decode().count(f'id="{place}"') == 1


def test_a_promise_without_a_date_leads_to_where_somebody_is_chosen(client, letter, alida, bram):
    body = "<p>Binnenkort sturen wij u onze brochure.</p><p>Neem deze zin over: ja.</p>"
    Letter.objects.filter(pk=letter.pk).update(body=body)
    client.force_login(alida)
    page = client.get(reverse("letters:last_look", args=[letter.pk]))
    urls = [row["minder_url"] for row in page.context["items"] if row["minder_url"]]
    assert urls == [f"{reverse('letters:text', args=[letter.pk])}?promise=Brochure#promise"]
    assert "Kies wie het bewaakt" in page.content.decode()
    place = opened(client, urls[0])
    assert ('value="Brochure"' in place, f'value="{bram.pk}"' in place) == (True, True)
    made = enclosures.promise(letter=letter, title="Brochure", by=alida)
    assert f'name="minded_by_{made.pk}"' in opened(client, urls[0])


def opened(client, url):
    """The part of the page that the address leads to."""
    html = client.get(url).content.decode()
    assert html.count('id="promise"') == 1
    return html.split('<details id="promise" open>')[1].split("</details>")[0]
