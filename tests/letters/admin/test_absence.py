"""The screen on which a member says to be away, and to be back."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.letters.conftest import person

pytestmark = pytest.mark.django_db

PAGE = reverse("letters:absence")


def words(response):
    return " ".join(response.content.decode().split())


def later(days=7):
    return timezone.localdate() + datetime.timedelta(days=days)


def test_away_with_somebody_who_decides_and_back_again(client, bram, cor):
    client.force_login(bram)
    day = later()
    sent = {"do": "go_away", "back_on": f"{day.day}-{day.month}-{day.year}", "stand_in": cor.pk}
    html = words(client.post(PAGE, sent, follow=True))
    assert f"Bram de Test is weg tot {date_format(day, 'j F')}." in html
    assert "Cor de Test beslist zolang." in html
    html = words(client.post(PAGE, {"do": "come_back"}, follow=True))
    assert "Bram de Test telt vanaf vandaag weer mee." in html
    bram.refresh_from_db()
    assert not bram.is_absent()


def test_a_day_that_has_passed_is_explained_and_what_was_chosen_stays(client, bram, cor):
    client.force_login(bram)
    response = client.post(PAGE, {"do": "go_away", "back_on": "gisteren", "stand_in": cor.pk})
    assert response.status_code == 422
    assert "Kies een dag na vandaag" in words(response)
    assert f'<option value="{cor.pk}" selected>' in words(response)


def test_who_looks_after_the_users_says_it_of_a_colleague(client, bram):
    client.force_login(person("dina", "Beheer"))
    assert f"?wie={bram.pk}" in words(client.get(PAGE))
    day = later()
    sent = {"do": "go_away", "back_on": f"{day.day}-{day.month}-{day.year}", "stand_in": ""}
    client.post(f"{PAGE}?wie={bram.pk}", sent)
    bram.refresh_from_db()
    assert bram.absent_until_on == day


@pytest.mark.parametrize("who", ["999999", "x", "\x00"])
def test_somebody_unknown_is_not_found(client, who):
    client.force_login(person("dina", "Beheer"))
    assert client.get(PAGE, {"wie": who}).status_code == 404


def test_of_a_colleague_others_only_see_it(client, bram, cor, loes):
    client.force_login(bram)
    assert "?wie=" not in words(client.get(PAGE))
    assert client.get(PAGE, {"wie": cor.pk}).status_code == 302
    client.force_login(loes)
    assert client.get(PAGE).status_code == 302
