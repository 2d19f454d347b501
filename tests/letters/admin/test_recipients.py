"""The screen Recipients: what can be changed, and what stays when it is refused."""

import re

import pytest
from django.urls import reverse

from crm.models import ContactPoint, Segment
from letters.actions import recipients
from tests.crm.factories import FactionFactory
from tests.letters.stories import all_becomes_different, send

pytestmark = pytest.mark.django_db


def address(letter):
    return reverse("letters:recipients", args=[letter.pk])


def changes(html):
    """The names behind the button Change."""
    return re.findall(r'Wijzig <span class="sb-hidden">(.*?)</span>', html)


def test_an_open_list_can_be_changed_for_everybody(client, letter, alida):
    client.force_login(alida)
    html = client.get(address(letter)).content.decode()
    assert changes(html) == [recipient.name for recipient in letter.recipients.order_by("position")]


def test_of_a_locked_list_the_address_can_still_be_changed(client, letter, alida, parties):
    recipients.lock(letter=letter, by=alida)
    client.force_login(alida)
    html = client.get(address(letter)).content.decode()
    assert changes(html) == ["De Waag", "Stadslijst", "Samenspraak"]
    assert 'value="words"' not in html


def test_a_refused_address_stays_filled_in_with_the_refusal_beside_it(client, letter, alida, parties):
    client.force_login(alida)
    gap = letter.recipients.get(organisation=parties[3])
    typed = {"street": "Kade 9", "postcode": "1011", "town": "Brug", "source": "gebeld"}
    answer = client.post(address(letter), {"do": "mend", "recipient": gap.pk, "value": "", **typed})
    html = answer.content.decode()
    form = html.split("Vul een adres in</summary>")[1].split("</form>")[0]
    values = dict(re.findall(r'name="(\w+)"\s+value="([^"]*)"', form))
    assert {name: values[name] for name in typed} == typed
    assert (answer.status_code, 'role="alert"' in form, "autofocus" in form) == (200, True, True)
    assert '<details open>\n  <summary class="button button-small">Vul een adres in' in html


def test_a_refusal_brings_its_message_into_view(client, letter, alida):
    client.force_login(alida)
    answer = client.post(address(letter), {"do": "add", "who": "niemand-1"})
    assert (answer.status_code, answer.url) == (302, f"{address(letter)}#main")


def test_of_a_letter_that_was_sent_the_list_says_how_it_went(client, letter, alida, bram, cor, parties):
    send(letter, alida, bram, cor)
    all_becomes_different()
    ContactPoint.objects.update(status="withdrawn", value="weg@partij.example")
    client.force_login(alida)
    answer = client.get(reverse("letters:recipients", args=[letter.pk]))
    page = " ".join(answer.content.decode().split())
    shown = [
        "2 per e-mail, 1 per post.",
        "Geachte programmacommissie van de Stadslijst,",
        "Geen brief",
    ]
    assert [text in page for text in shown] == [True] * 3
    assert [way.address for way in answer.context["ways"].values()] == [
        "programma@waag.example",
        "post@stadslijst.example",
        "Samenspraak, t.a.v. het bestuur, Verzonnenkade 1, 1099 ZZ  AMSTERDAM",
    ]
    assert ["weg@partij.example" in page, "Geen adres" in page] == [False, False]


def test_an_address_abroad_is_filled_in_where_the_gap_is(client, letter, alida, parties):
    client.force_login(alida)
    gap = letter.recipients.get(organisation=parties[3])
    typed = {"street": "Rue 1", "postcode": "B-1000", "town": "Brussel", "country": "België"}
    client.post(reverse("letters:recipients", args=[letter.pk]), {"do": "mend", "recipient": gap.pk, **typed})
    point = parties[3].contact_points.get()
    assert (point.postcode, point.country) == ("B-1000", "België")


def test_another_way_can_be_chosen_for_who_has_one_address(client, letter, alida):
    client.force_login(alida)
    url = reverse("letters:recipients", args=[letter.pk])
    first = letter.recipients.get(name="De Waag")
    values = {"street": "Kade 9", "postcode": "1011 ab", "town": "Brug"}
    client.post(url, {"do": "mend", "recipient": first.pk, **values})
    first.refresh_from_db()
    assert (first.channel, first.contact_point.postcode) == ("post", "1011 AB")


def test_a_faction_that_leads_to_no_party_is_named_when_a_group_is_picked(client, letter, alida):
    faction = FactionFactory(name="Fractie Eenling", party=None)
    criteria = {"kind": ["party"], "seated": faction.term.body.pk}
    segment = Segment.objects.create(name="Partijen in de raad", criteria=criteria)
    client.force_login(alida)
    picked = {"do": "pick", "segment": segment.pk, "day": "29-7-2025"}
    response = client.post(address(letter), picked, follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said[0].startswith("We weten niet welke partij achter Fractie Eenling zit")
