"""What stands on the card for a talk: who they are, what passed, our sentence, their words, promises, questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import Ask, Campaign
from campaigns.queries import dossiers as positions
from crm.document.lines import to_lines
from crm.dutch.articles import opening
from crm.dutch.dates import long_date
from crm.models import Mandate, Network, Organisation, OrganisationKind, Person, User
from crm.queries import timeline
from letters.inbound import findable
from letters.models import Answer, Commitment, Dispatch, Letter, Meeting, Recipient, Side
from letters.models.commitments import PENDING
from letters.preflight.rules.asks import offered_sentence
from letters.render.cards import QUESTIONS, CardValues, Quoted, render_card

from . import commitments, contents, meetings, openly, recipients
from .dispatches import LEFT_US

__all__ = ["QUESTIONS", "pdf", "values"]

_SENTENCES: Final = 2
_ENDS: Final = re.compile(r"(?<=[.!?])\s+")


def pdf(holder: Organisation | Person, *, user: User, meeting: Meeting | None = None) -> bytes:
    """The card about somebody, with what is known of a planned talk; what ``user`` may not see stays out."""
    with override("nl"):
        return render_card(values(holder, user=user, meeting=meeting))


def values(holder: Organisation | Person, *, user: User, meeting: Meeting | None = None) -> CardValues:
    """Everything on the card. A constant number of queries."""
    threads = _threads(holder)
    letter = threads[0].letter if threads else None
    may_promise = user.has_perm("letters.view_commitment")
    promised = commitments.with_holder(holder, before=recipients.before(holder)) if may_promise else []
    waiting = [party.commitment for party in promised if party.state in PENDING]
    return CardValues(
        name=str(holder),
        network=Network.load().name,
        made_on=timezone.localdate(),
        facts=_facts(meeting) if meeting is not None else (),
        about_them=_about(holder),
        people=_people(holder, meeting),
        last_contact=_last_contact(holder),
        our_letter=_our_letter(letter) if letter is not None else "",
        our_sentence=_our_sentence(letter) if letter is not None else "",
        their_answer=_their_answer(threads),
        positions=_positions(holder, user),
        we_promised=[_promise(one) for one in waiting if one.side == Side.OURS],
        they_promised=[_promise(one) for one in waiting if one.side == Side.THEIRS],
        questions=_questions(meeting),
    )


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        (_("When"), meetings.when(meeting)),
        (_("Where"), meeting.place),
        (_("Whom we meet"), str(meeting.person or "")),
        (_("Who of us goes"), meetings.who_goes(meeting)),
        (_("What about"), meeting.about),
        (_("Mind"), meetings.in_recess(meeting.day)),
    ]


def _questions(meeting: Meeting | None) -> Sequence[str]:
    typed = meeting.questions if meeting is not None else ""
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _about(holder: Organisation | Person) -> str:
    if isinstance(holder, Person):
        runs = Mandate.objects.held_on(timezone.localdate()).filter(person=holder)
        return "; ".join(
            f"{one.title}, {one.organisation}" for one in runs.select_related("organisation")[:3]
        )
    about = [opening(str(OrganisationKind(holder.kind).label))]
    seats = holder.seat_counts.order_by("-from_on").values_list("seats", flat=True).first()
    if seats:
        about.append(_("%(count)d seats") % {"count": seats})
    return " · ".join(about)


def _people(holder: Organisation | Person, meeting: Meeting | None) -> list[str]:
    """Whom we meet first, then who else is there."""
    if isinstance(holder, Person):
        return []
    there = Q(organisation=holder) | Q(on_behalf_of=holder)
    runs = Mandate.objects.held_on(timezone.localdate()).filter(there).select_related("person")
    ours = meeting.person_id if meeting is not None else None
    return [f"{one.person}, {one.title}" for one in sorted(runs, key=lambda one: one.person_id != ours)]


def _last_contact(holder: Organisation | Person) -> str:
    for entry in timeline.page(
        holder, only="contact", also={one.pk for one in recipients.before(holder)}, size=1
    ).entries:
        return f"{long_date(timezone.localdate(entry.happened_at))}: {entry.sentence}"
    return ""


def _threads(holder: Organisation | Person) -> list[Recipient]:
    """The letters that are with them, the newest first."""
    left = Dispatch.objects.filter(LEFT_US, recipient=OuterRef("pk"))
    rows = (
        Recipient.objects.filter(recipients.sent_to(holder))
        .filter(Exists(left))
        .select_related("letter__letterhead")
    )
    return list(rows.order_by("-letter__dated_on", "-letter_id"))


def _our_letter(letter: Letter) -> str:
    return f"{letter} ({letter.reference}, {long_date(letter.dated_on)})"


def _our_sentence(letter: Letter) -> str:
    """The sentence that they can take over: the one in the letter, else that of the ask that is in the campaigns."""
    body = contents.Layout.of(letter).body
    if found := offered_sentence(line.text for line in to_lines(body)):
        return found
    running = Campaign.objects.not_over_on(timezone.localdate())
    first = Ask.objects.exclude(proposed_text="").filter(campaign__in=running).first()
    return first.proposed_text if first is not None else ""


def _their_answer(threads: Sequence[Recipient]) -> Quoted | None:
    """The first sentences of what they answered last, however it came."""
    said = Answer.objects.filter(recipient__in=threads, acknowledges=False).with_source()
    for answer in said.select_related("place__message__raw", "recipient__letter").order_by("-came_at", "-pk"):
        words = _words(answer)
        if words:
            day = long_date(timezone.localdate(answer.came_at))
            reference = answer.recipient.letter.reference
            if answer.talk is not None:
                # Our account of it, and not their words.
                noted = answer.talk.interaction.by
                who = noted or "iemand van ons"
                return Quoted(words, f"zo noteerde {who} het gesprek van {day} over brief {reference}")
            return Quoted(words, f"{answer.sender}, {day}, op brief {reference}")
    return None


def _words(answer: Answer) -> str:
    if answer.talk is not None:
        return answer.talk.interaction.summary
    if answer.place is None:
        return ""
    try:
        read = openly.read(answer.place.message)
    except (OSError, ValueError):
        return answer.place.message.excerpt
    own = findable.written_by(answer.place.message.sender_address, read)
    # A greeting alone says nothing.
    lines = [line for line in own.splitlines() if line.strip()]
    body = " ".join(lines[1:] if len(lines) > 1 and lines[0].rstrip().endswith(",") else lines)
    return " ".join(_ENDS.split(body.strip())[:_SENTENCES])


def _positions(holder: Organisation | Person, user: User) -> list[str]:
    panel = positions.panel(holder, user)
    if panel is None:
        return []
    return [f"{item.text}{f'. {item.note}' if item.note else ''}" for item in panel.items if item.url]


def _promise(commitment: Commitment) -> str:
    return f"{commitment} ({commitments.standing(commitment, waiting=1).words})"
