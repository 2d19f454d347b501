"""The screen on which everything that somebody minds is handed over."""

import pytest

from crm.models import FollowUp
from tests.crm.admin.pages import alert, errors, form, said, text
from tests.crm.conftest import _with_role
from tests.crm.factories import FollowUpFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/beheer/actielijst/overdragen/"


@pytest.fixture
def bram(db):
    return _with_role("bram", "Commissie")


@pytest.fixture
def minded(alida):
    OrganisationFactory(name="Stadsdorp Zuid", our_contact=alida)
    return FollowUpFactory(words="Bel De Brug", owner=alida)


def test_first_what_it_is_then_one_button(member, minded, bram):
    page = member.get(PAGE)
    words = text(page)
    assert "1 thing on the action list Bel De Brug" in words
    assert "Regular contact of 1 organisation Stadsdorp Zuid" in words
    response = member.post(PAGE, form(page) | {"to": bram.pk}, follow=True)
    assert said(response) == [
        "Bram de Test takes over from Alida de Test: 1 thing on the action list and regular contact of 1 organisation."
    ]
    assert FollowUp.objects.get().owner == bram
    assert "You mind nothing that can be handed over." in text(member.get(PAGE))


def test_what_came_in_meanwhile_is_shown_before_it_goes(member, minded, bram, alida):
    sent = form(member.get(PAGE)) | {"to": bram.pk}
    FollowUpFactory(words="Mail De Waag", owner=alida)
    response = member.post(PAGE, sent)
    assert response.status_code == 422
    assert "Something changed in the meantime." in alert(response)
    assert "Mail De Waag" in text(response)
    member.post(PAGE, form(response))
    assert FollowUp.objects.filter(owner=bram).count() == 2


def test_nobody_chosen_and_who_cannot_be_chosen(member, minded, loes):
    sent = form(member.get(PAGE))
    for to in ("", loes.pk, "x"):
        response = member.post(PAGE, sent | {"to": to})
        assert (response.status_code, list(errors(response))) == (422, ["to"])


def test_for_a_colleague_only_by_who_looks_after_the_users(member, client, minded, alida, bram):
    other = {"wie": bram.pk}
    assert member.get(PAGE, other).status_code == 302
    assert "For a colleague" not in text(member.get(PAGE))
    dina = _with_role("dina", "Beheer")
    alida.is_active = False
    alida.save()
    client.force_login(dina)
    page = client.get(f"{PAGE}?wie={alida.pk}")
    client.post(f"{PAGE}?wie={alida.pk}", form(page) | {"to": bram.pk})
    assert FollowUp.objects.get().owner == bram


@pytest.mark.parametrize("who", ["999999", "x", "\x00", "²"])
def test_somebody_unknown_is_not_found(client, who):
    client.force_login(_with_role("dina", "Beheer"))
    assert client.get(PAGE, {"wie": who}).status_code == 404
