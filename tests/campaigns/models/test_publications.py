"""What a publication is stored as, and in which order."""

import datetime

import pytest
from django.db.models import ProtectedError

from campaigns.models import Publication
from tests.campaigns.factories import PublicationFactory

pytestmark = pytest.mark.django_db


def test_what_is_to_come_stands_first_and_then_the_newest():
    for title, year in (("Oud", 2021), ("Nieuw", 2025)):
        PublicationFactory(title=title, there=True, published_on=datetime.date(year, 3, 1))
    PublicationFactory(title="Nog een", planned=True)
    PublicationFactory(title="Moet nog komen")
    assert [str(one) for one in Publication.objects.all()] == ["Moet nog komen", "Nog een", "Nieuw", "Oud"]


def test_the_file_of_a_publication_cannot_be_thrown_away():
    publication = PublicationFactory(there=True)
    with pytest.raises(ProtectedError):
        publication.file.delete()
