"""Person x screen of readers: who sees it, and that a form of somebody else does nothing."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from campaigns.models import NewsletterGroup, SignUpList, Subscriber
from crm.models import TimelineEntry
from tests.campaigns.factories import NewsletterGroupFactory, SignUpListFactory, SubscriberFactory
from tests.crm.factories import UserFactory

pytestmark = pytest.mark.django_db

WITHOUT = ("index", "add", "groups", "group_add", "lists", "list_add")
ABOUT = {
    "reader": SubscriberFactory, "change": SubscriberFactory, "move": SubscriberFactory, "leave": SubscriberFactory,
    "group_change": NewsletterGroupFactory, "group_remove": NewsletterGroupFactory,
    "list": SignUpListFactory, "scan": SignUpListFactory, "list_take_away": SignUpListFactory,
}  # fmt: skip
SCREENS = [*WITHOUT, *ABOUT]


@pytest.fixture
def rik(db):
    """Rik is an editor."""
    user = UserFactory(username="rik", first_name="Rik")
    user.groups.set(Group.objects.filter(name="Redactie"))
    return user


def address(screen):
    return reverse(f"readers:{screen}", args=[ABOUT[screen]().pk] if screen in ABOUT else [])


@pytest.mark.parametrize("who", ["alida", "ida", "rik", "loes", "otto"])
@pytest.mark.parametrize("screen", SCREENS)
def test_who_works_on_the_newsletter_sees_its_readers_and_nobody_else(client, request, who, screen):
    client.force_login(request.getfixturevalue(who))
    assert (client.get(address(screen)).status_code == 200) == (who in ("alida", "ida", "rik"))


@pytest.mark.parametrize("screen", [*SCREENS, "export"])
def test_who_is_not_signed_in_is_asked_to(client, screen):
    for answer in (client.get(address(screen)), client.post(address(screen))):
        assert (answer.status_code, answer["Location"].startswith("/beheer/login/")) == (302, True)


@pytest.mark.parametrize("who", ["loes", "otto"])
@pytest.mark.parametrize("screen", [*SCREENS, "export"])
def test_a_form_sent_without_the_right_changes_nothing(client, request, who, screen):
    client.force_login(request.getfixturevalue(who))
    place = address(screen)
    before = [list(model.objects.values()) for model in (Subscriber, NewsletterGroup, SignUpList)]
    answer = client.post(
        place,
        {"address": "x@a.example", "wording": "Ja", "source": "zomaar", "name": "Anders", "typed": "x@a.example",
         "do": "add", "first_name": "Anders"},
    )  # fmt: skip
    assert answer.status_code in (302, 403, 405)
    assert [list(model.objects.values()) for model in (Subscriber, NewsletterGroup, SignUpList)] == before
    assert TimelineEntry.objects.count() == 0


@pytest.mark.parametrize("screen", ABOUT)
def test_what_is_not_there_is_said_to_be_gone(member, screen):
    assert member.get(reverse(f"readers:{screen}", args=[999])).status_code == 404


def test_the_menu_shows_them_to_who_may_look(client, alida, loes):
    for user, shown in ((alida, True), (loes, False)):
        client.force_login(user)
        assert (
            reverse("readers:index") in client.get(reverse("wagtailadmin_home")).content.decode()
        ) == shown


def test_groups_are_added_changed_and_removed_on_screen(member):
    member.post(reverse("readers:group_add"), {"name": "Noord", "is_offered": "on"})
    noord = NewsletterGroup.objects.get()
    twice = member.post(reverse("readers:group_add"), {"name": "noord"})
    assert (twice.status_code, "staat er al" in twice.content.decode()) == (422, True)
    member.post(reverse("readers:group_change", args=[noord.pk]), {"name": "Noord en Oost"})
    noord.refresh_from_db()
    assert (noord.name, noord.is_offered) == ("Noord en Oost", False)
    assert "Noord en Oost" in member.get(reverse("readers:groups")).content.decode()
    member.post(reverse("readers:group_remove", args=[noord.pk]))
    assert NewsletterGroup.objects.count() == 0
