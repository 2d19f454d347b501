"""Short letters that go on with a thread: the one being written, and what it begins with."""

from __future__ import annotations

from django.utils import timezone

from crm.document import richtext
from crm.document.tree import Document, Paragraph, Text
from crm.dutch.dates import long_date
from letters.models import Answer, Letter, LetterState, Recipient
from letters.models.letters import OUT


def under_way(recipient: Recipient) -> Letter | None:
    """The short letter in this thread that somebody is writing and that did not leave yet."""
    return (
        Letter.objects.filter(follows=recipient)
        .exclude(state__in=[*OUT, LetterState.DROPPED])
        .order_by("-pk")
        .first()
    )


def opening(earlier: Letter, answer: Answer | None) -> str:
    """The first sentence, as the body of a letter: what is answered, or what we come back to."""
    day = long_date(earlier.dated_on)
    about = f"onze brief van {day} (kenmerk {earlier.reference})"
    if answer is None:
        words = f"Wij komen terug op {about}."
    else:
        words = f"Dank voor uw antwoord van {long_date(timezone.localdate(answer.came_at))} op {about}."
    return richtext.serialise(Document((Paragraph((Text(words),)),)))
