"""What outgoing mail of letters is about."""

import pytest
from django.urls import reverse

from crm.models import OutgoingMessage
from crm.registries.outgoing import About, about
from letters.actions import asking
from tests.letters.stories import propose

pytestmark = pytest.mark.django_db


def test_a_letter_and_a_question_to_the_committee_are_told_apart(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    asking.ask_by_mail(round_=round_)
    keys = list(OutgoingMessage.objects.values_list("key", flat=True))
    question = About(
        f"Ben je akkoord? “Ontmoeten in de buurt” ({letter.reference})",
        reverse("letters:approval", args=[letter.pk]),
    )
    assert about(keys) == dict.fromkeys(keys, question)
    assert about([f"letter:{letter.pk}:email:x"]) == {
        f"letter:{letter.pk}:email:x": About(
            f"Brief “Ontmoeten in de buurt” ({letter.reference})", reverse("letters:follow", args=[letter.pk])
        )
    }


def test_what_is_gone_is_not_described_and_nothing_breaks(letter):
    assert about(["letter:0:email:x", "approval:0:1", "onbekend:1"]) == {}
