"""Settling on screen what is due that is no follow-up: from the action list, and back again."""

import pytest
from django.utils import timezone
from django.utils.http import urlencode

from crm.models import DueLine, FollowUp
from crm.registries import due as registry
from crm.registries.due import Found, Line, Urgency
from tests.crm.admin.pages import errors, link, main, said, text
from tests.crm.conftest import _with_role

pytestmark = pytest.mark.django_db
LIST = "/beheer/actielijst/"
URL = "/beheer/brieven/1/?a=1&b=2"
PAGE = f"{LIST}wacht/?{urlencode({'over': URL})}"


@pytest.fixture(autouse=True)
def waiting(monkeypatch):
    lines = [
        Line("De Brug vraagt ons iets", URL, Urgency.OUR_TURN, timezone.localdate(), note="Ontmoeten"),
    ]
    monkeypatch.setitem(
        registry.CONTRIBUTORS, "tests", lambda user, day, limit: Found(lines[:limit], len(lines))
    )


def test_the_list_leads_to_four_buttons(member):
    page = member.get(link(member.get(LIST), "Done, later or somebody else: De Brug vraagt ons iets"))
    buttons = [" ".join(one.text_content().split()) for one in main(page).xpath('.//*[@class][@name="doe"]')]
    assert buttons == ["Done", "Next week"]
    assert link(page, "Open it") == URL
    for label in ("Somebody else", "Not needed"):
        assert member.get(link(page, label).partition("#")[0]).status_code == 200


@pytest.mark.parametrize(
    ("verb", "how"),
    [("gedaan", "done on"), ("volgende-week", "until"), ("niet-nodig", "not needed: Geregeld")],
)
def test_it_leaves_the_list_says_so_and_comes_back(member, verb, how):
    response = member.post(PAGE, {"doe": verb, "reason": "Geregeld"}, follow=True)
    assert any("De Brug vraagt ons iets" in one for one in said(response))
    assert "This waits for you as well" not in text(response)
    assert (how in text(response), "You took this off your list" in text(response)) == (True, True)
    back = member.post(f"{LIST}wacht/{DueLine.objects.get().pk}/terug/", follow=True)
    assert "“De Brug vraagt ons iets” is on the list again." in said(back)
    assert "This waits for you as well" in text(back)


def test_it_goes_to_a_colleague(member):
    bram = _with_role("bram", "Commissie")
    response = member.post(f"{PAGE}&doe=iemand-anders", {"to": bram.pk}, follow=True)
    assert "Bram de Test does “De Brug vraagt ons iets” now." in said(response)
    assert "Bram de Test does it" in text(response)
    assert FollowUp.objects.get().owner == bram


def test_what_is_missing_is_said(member):
    response = member.post(f"{PAGE}&doe=niet-nodig", {"reason": " "})
    assert (response.status_code, errors(response) != {}) == (422, True)
    assert not DueLine.objects.exclude(settled="").exists()


@pytest.mark.parametrize("url", ["", "/elders/", "\x00", "x" * 5000])
def test_what_does_not_wait_any_more_leads_back_to_the_list(member, url):
    address = f"{LIST}wacht/?{urlencode({'over': url})}"
    for response in (member.get(address, follow=True), member.post(address, {"doe": "gedaan"}, follow=True)):
        assert "That does not wait for you any more." in said(response)
    assert not DueLine.objects.exists()


def test_a_button_that_is_none_is_not_found(member):
    assert member.get(f"{PAGE}&doe=verwijderen").status_code == 404
    assert member.post(PAGE, {"doe": ""}).status_code == 404


def test_the_line_of_somebody_else_is_not_found(member):
    bram = _with_role("bram", "Commissie")
    row = DueLine.objects.create(user=bram, url=URL, since=timezone.localdate(), urgency=3, words="x")
    assert member.post(f"{LIST}wacht/{row.pk}/terug/").status_code == 404
