"""Person x screen of campaigns and positions: who sees it, and that a form of somebody else does nothing."""

import pytest
from django.urls import reverse

from campaigns.models import Ask, Campaign, Claim
from crm.models import TimelineEntry
from tests.campaigns.factories import AskFactory, CampaignFactory, ClaimFactory
from tests.crm.factories import PartyFactory

pytestmark = pytest.mark.django_db

LOOKING, CHANGING = {"alida", "ida", "loes"}, {"alida", "ida"}
SCREENS = {
    "index": LOOKING, "matrix": LOOKING, "asks": LOOKING, "cell": LOOKING, "claim": LOOKING, "workbook": LOOKING,
    "document": LOOKING,
    "campaign_add": CHANGING, "campaign_change": CHANGING, "campaign_remove": CHANGING,
    "ask_add": CHANGING, "ask_change": CHANGING, "ask_remove": CHANGING,
    "claim_add": CHANGING, "claim_withdraw": CHANGING,
}  # fmt: skip
MAKERS = {
    "cell": lambda: [AskFactory().pk, PartyFactory().pk],
    "ask_change": lambda: [AskFactory().pk],
    "ask_remove": lambda: [AskFactory().pk],
    "claim": lambda: [ClaimFactory().pk],
    "claim_withdraw": lambda: [ClaimFactory().pk],
}
WITHOUT = {"index", "campaign_add", "claim_add"}


def address(screen):
    arguments = [] if screen in WITHOUT else MAKERS.get(screen, lambda: [CampaignFactory().pk])()
    return reverse(f"campaigns:{screen}", args=arguments)


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
@pytest.mark.parametrize(
    "screen", [*(name for name in SCREENS if SCREENS[name] == CHANGING), "claim", "asks"]
)
def test_a_form_sent_without_the_right_changes_nothing(client, request, who, screen):
    client.force_login(request.getfixturevalue(who))
    party, ask = PartyFactory(name="De Brug"), AskFactory(title="Ruimte")
    place = reverse("campaigns:asks", args=[ask.campaign_id]) if screen == "asks" else address(screen)
    before = [list(model.objects.values()) for model in (Campaign, Ask, Claim)]
    client.post(
        place,
        {
            "name": "Anders", "title": "Anders", "withdrawn_because": "zomaar", "organisation": str(party),
            "ask": ask.pk, "position": "for", "quote": "Ja.", "said_on": "1-8-2025", "voice": "said",
            "source_words": "gesprek", "do": "up",
        },
    )  # fmt: skip
    assert [list(model.objects.values()) for model in (Campaign, Ask, Claim)] == before
    assert TimelineEntry.objects.count() == 0


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if screen not in WITHOUT | {"cell"}])
def test_what_was_removed_meanwhile_is_said_to_be_gone(member, screen):
    assert member.get(reverse(f"campaigns:{screen}", args=[999])).status_code == 404


def test_only_a_party_has_a_cell(member):
    ask, claim = AskFactory(), ClaimFactory()
    for ask_pk, pk in ((ask.pk, 999_999), (999_999, claim.organisation_id)):
        assert member.get(reverse("campaigns:cell", args=[ask_pk, pk])).status_code == 404


def test_the_menu_shows_them_to_who_may_look(client, loes, otto):
    client.force_login(loes)
    assert "Standpunten" in client.get(reverse("wagtailadmin_home")).content.decode()
