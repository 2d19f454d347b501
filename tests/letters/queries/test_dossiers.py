import pytest
from django.urls import reverse

from crm.models import Segment
from crm.queries import segments
from letters.models import Letter, LetterState

pytestmark = pytest.mark.django_db


def test_a_letter_shows_on_the_dossier_of_its_recipient(client, letter, alida, parties):
    client.force_login(alida)
    html = client.get(reverse("crm:organisation", args=[parties[0].pk])).content.decode()
    assert reverse("letters:text", args=[letter.pk]) in html


def test_the_search_box_finds_letters(client, letter, alida, otto):
    client.force_login(alida)
    html = client.get(reverse("crm:search"), {"q": "ontmoeten buurt"}).content.decode()
    assert letter.reference in html


def test_a_segment_of_who_got_a_letter(letter, parties):
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.DISPATCHED)
    segment = Segment.objects.create(name="Kregen de brief", criteria={"received_letter": str(letter.pk)})
    assert sorted(o.name for o in segments.members(segment)) == sorted(party.name for party in parties)
