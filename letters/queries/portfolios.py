"""What of letters is minded by one person, to be handed over with the rest of what she minds."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.dutch.dates import long_date
from crm.models import User
from letters.models import Answer, Commitment, Enclosure, Letter, LetterState, Meeting, Reply
from letters.models.commitments import PENDING


def answers(user: User) -> QuerySet[Answer]:
    """The answers that she took up and that are not dealt with."""
    rows = Answer.objects.filter(taken_up_by=user, settled_at=None)
    return rows.select_related("recipient__letter", "recipient__organisation", "recipient__person")


def answers_counted(count: int) -> str:
    """How many answers."""
    return ngettext("%(count)d answer taken up", "%(count)d answers taken up", count) % {"count": count}


def answer_label(answer: Answer) -> str:
    """Whose answer, to which letter."""
    return f"{answer.recipient.name}: {answer.recipient.letter}"


def drafts(user: User) -> QuerySet[Letter]:
    """The letters that she is writing, and nobody else."""
    alone = Letter.objects.annotate(writers=Count("authors")).filter(writers=1)
    return Letter.objects.filter(state=LetterState.DRAFT, authors=user, pk__in=alone.values("pk"))


def drafts_counted(count: int) -> str:
    """How many letters."""
    return ngettext("%(count)d letter being written", "%(count)d letters being written", count) % {
        "count": count
    }


def draft_label(letter: Letter) -> str:
    """What the letter is called."""
    return f"{letter} ({letter.reference})"


def replies(user: User) -> QuerySet[Reply]:
    """What she began to write back and did not send."""
    rows = Reply.objects.filter(started_by=user, outgoing=None)
    return rows.select_related("recipient__letter", "recipient__organisation", "recipient__person")


def replies_counted(count: int) -> str:
    """How many of them."""
    return ngettext("%(count)d reply begun", "%(count)d replies begun", count) % {"count": count}


def reply_label(reply: Reply) -> str:
    """To whom, and about what."""
    return f"{reply.recipient.name}: {reply}"


def enclosures(user: User) -> QuerySet[Enclosure]:
    """The promised enclosures that she sees to."""
    rows = Enclosure.objects.filter(is_promised=True, minded_by=user)
    return rows.exclude(letter__state=LetterState.DROPPED).select_related("letter")


def enclosures_counted(count: int) -> str:
    """How many enclosures."""
    return ngettext("%(count)d promised enclosure", "%(count)d promised enclosures", count) % {"count": count}


def enclosure_label(enclosure: Enclosure) -> str:
    """What was promised, with which letter."""
    return f"{enclosure} ({enclosure.letter.reference})"


def promises(user: User) -> QuerySet[Commitment]:
    """The promises that she sees to and that are still to be kept, or are of a letter that did not leave yet."""
    rows = Commitment.objects.filter(minded_by=user).filter(Q(parties=None) | Q(parties__state__in=PENDING))
    return rows.distinct().select_related("letter").order_by("pk")


def promises_counted(count: int) -> str:
    """How many promises."""
    return ngettext("%(count)d promise to see to", "%(count)d promises to see to", count) % {"count": count}


def talks(user: User) -> QuerySet[Any]:
    """Her places at planned talks: those still to come, and those of which nobody wrote down how it was."""
    open_ = Meeting.objects.standing().filter(interaction=None)
    rows = Meeting.goers.through.objects.filter(user=user, meeting__in=open_)
    return rows.select_related("meeting").order_by("meeting__starts_at", "pk")


def talks_counted(count: int) -> str:
    """How many talks."""
    return ngettext("%(count)d planned talk", "%(count)d planned talks", count) % {"count": count}


def talk_label(place: Any) -> str:
    """What about, and when."""
    return f"{place.meeting} ({long_date(place.meeting.day)})"


def stands_in(user: User) -> QuerySet[User]:
    """The colleagues who are away and for whom she decides."""
    return User.objects.filter(stand_in=user, absent_until_on__gt=timezone.localdate()).order_by(
        "first_name", "pk"
    )


def stands_in_counted(count: int) -> str:
    """How many colleagues."""
    return ngettext(
        "deciding for %(count)d colleague who is away",
        "deciding for %(count)d colleagues who are away",
        count,
    ) % {"count": count}


def stands_in_label(user: User) -> str:
    """Who it is, and until when."""
    return _("%(who)s, until %(day)s") % {"who": user, "day": f"{user.absent_until_on:%d-%m-%Y}"}
