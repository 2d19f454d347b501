"""Every address of the back office that is ours, tried by everyone who has no business there."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver

from crm.models import ContactPoint, Organisation, Person, TimelineEntry, User
from letters.models import Letter

ROOMS = ("crm", "campaigns", "letters", "cms")


def addresses():
    """(path, name) of every address under /beheer/ whose view stands in one of our rooms."""

    def walk(patterns, front):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, front + str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                yield pattern, front + str(pattern.pattern)

    found = {}
    for pattern, path in walk(get_resolver().url_patterns, "/"):
        view = getattr(pattern.callback, "view_class", pattern.callback)
        if path.startswith("/beheer/") and view.__module__.split(".")[0] in ROOMS:
            found[filled(path)] = pattern.name
    return sorted(found)


def filled(path):
    return re.sub(r"<[^>]+>", "1", path).replace("^", "").replace("$", "").replace("\\Z", "")


def test_there_are_addresses_to_try():
    assert len(addresses()) > 15


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_sent_to_the_door(client, method):
    answers = {path: getattr(client, method)(path) for path in addresses()}
    astray = {
        path: answer.status_code
        for path, answer in answers.items()
        if not (answer.status_code == 302 and answer["Location"].startswith("/beheer/login/"))
    }
    assert astray == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_only_enter_sees_nothing_of_ours(client, method):
    """Someone with access to the back office and no role."""
    group = Group.objects.create(name="Alleen binnen")
    group.permissions.add(Group.objects.get(name="Lezer").permissions.get(codename="access_admin"))
    user = User.objects.create_user("otto")
    user.groups.add(group)
    client.force_login(user)
    # The search box and signing out are for everyone inside; what is found is filtered by what each may see.
    search = {"/beheer/zoeken/", "/beheer/zoeken/suggesties/", "/beheer/logout/"}
    seen = {
        path: answer.status_code
        for path in addresses()
        if path not in search
        and (answer := getattr(client, method)(path)).status_code not in (302, 403, 404, 405)
    }
    assert seen == {}


@pytest.mark.django_db
def test_a_reader_changes_nothing_by_any_address(client):
    reader = User.objects.create_user("loes")
    reader.groups.add(Group.objects.get(name="Lezer"))
    client.force_login(reader)
    tables = (Organisation, Person, ContactPoint, Letter, TimelineEntry)
    before = [model.objects.count() for model in tables]
    for path in addresses():
        client.post(path, {"name": "Inbreker", "kind": "party", "family_name": "Inbreker", "do": "save"})
    assert [model.objects.count() for model in tables] == before
