"""Person x screen: who sees it, who may use its form, and that a form of somebody else does nothing."""

import pytest
from django.urls import reverse

from campaigns.models import Fact, Publication
from crm.models import TimelineEntry
from tests.campaigns.factories import FactFactory, PublicationFactory

pytestmark = pytest.mark.django_db

LOOKING, CHANGING = {"alida", "ida", "loes"}, {"alida", "ida"}
SCREENS = {
    "feiten:index": LOOKING, "feiten:inspect": LOOKING,
    "feiten:add": CHANGING, "feiten:edit": CHANGING, "feiten:delete": CHANGING,
    "publicaties:index": LOOKING, "publicaties:inspect": LOOKING, "publicaties:pdf": LOOKING,
    "publicaties:add": CHANGING, "publicaties:edit": CHANGING, "publicaties:delete": CHANGING,
}  # fmt: skip
MAKERS = {"feiten": FactFactory, "publicaties": lambda: PublicationFactory(there=True)}


def address(screen):
    name, _, view = screen.partition(":")
    return reverse(screen) if view in {"index", "add"} else reverse(screen, args=[MAKERS[name]().pk])


@pytest.mark.parametrize("who", ["alida", "ida", "loes", "otto"])
@pytest.mark.parametrize("screen", SCREENS)
def test_each_role_sees_what_the_table_says(client, request, who, screen):
    client.force_login(request.getfixturevalue(who))
    assert (client.get(address(screen)).status_code == 200) == (who in SCREENS[screen])


@pytest.mark.parametrize("screen", SCREENS)
def test_who_is_not_signed_in_is_asked_to(client, screen):
    response = client.get(address(screen))
    assert (response.status_code, response["Location"].startswith("/beheer/login/")) == (302, True)


@pytest.mark.parametrize("who", ["loes", "otto"])
@pytest.mark.parametrize("screen", [screen for screen in SCREENS if SCREENS[screen] == CHANGING])
def test_a_form_sent_without_the_right_changes_nothing(client, request, who, screen):
    client.force_login(request.getfixturevalue(who))
    place = address(screen)
    before = [list(model.objects.values()) for model in (Fact, Publication)]
    client.post(
        place,
        {"words": "3 buren", "as_of_on": "1-1-2025", "source": "verslag", "title": "Anders", "upload": ""},
    )
    assert [list(model.objects.values()) for model in (Fact, Publication)] == before
    assert TimelineEntry.objects.count() == 0


@pytest.mark.parametrize(
    "screen", [screen for screen in SCREENS if ":index" not in screen and ":add" not in screen]
)
def test_what_was_removed_meanwhile_is_said_to_be_gone(member, screen):
    assert member.get(reverse(screen, args=[999])).status_code == 404


def test_a_publication_without_a_file_has_no_pdf(member):
    assert member.get(reverse("publicaties:pdf", args=[PublicationFactory().pk])).status_code == 404
