"""Pages of the public site in the one search box."""

import pytest
from django.contrib.auth.models import Group
from django.utils import translation
from wagtail.models import Page

from cms.queries import pages
from tests.crm.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def member(role):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    return user


def test_a_page_is_found_by_its_title_by_who_may_change_it():
    page = Page.objects.get(depth=1).add_child(instance=Page(title="Over de buurt", live=False))
    assert [(hit.title, hit.subtitle, hit.url) for hit in pages.find("buurt", 10, member("Redactie"))] == [
        ("Over de buurt", "page, not on the site yet", f"/beheer/pages/{page.pk}/edit/")
    ]
    assert pages.find("buurt", 10, member("Lezer")) == []
    assert pages.find("root", 10, member("Redactie")) == []
