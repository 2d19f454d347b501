"""Letters that were sent before Spreekbuis: recorded with their PDF, date and recipients."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import Invalid
from crm.actions.uploads import check_pdf
from crm.models import Channel, FrozenFile, Network, Organisation, TimelineEntry, User
from crm.queries import organisations
from letters.models import Letter, Letterhead, LetterKind, LetterState, Recipient

from .letters import next_reference

# Nobody has letters in the drawer that are older than this.
LONGEST_AGO = datetime.timedelta(days=100 * 366)


@action(permission="letters.add_letter", atomic=False)
def record_past(
    *,
    subject: str,
    sent_on: datetime.date,
    data: bytes,
    recipients: Sequence[Organisation],
    channel: str = Channel.EMAIL,
    reference: str = "",
    by: Actor,
) -> Letter:
    """A letter of the past with its PDF and to whom it went; it appears on their timelines on its own day.

    Raises Refused without a subject, recipients or a readable PDF, for a day to come, or a reference that is taken.
    """
    if not subject.strip():
        raise Invalid({"subject": _("Write what the letter was about.")})
    if sent_on > timezone.localdate():
        raise Invalid(
            {"sent_on": _("That day is still to come. A letter of the past has a date that has been.")}
        )
    if sent_on < timezone.localdate() - LONGEST_AGO:
        raise Invalid({"sent_on": _("That day is very long ago. Look at the year, and try again.")})
    if not recipients:
        raise Invalid({"recipients": _("Choose to whom the letter went.")})
    try:
        check_pdf(data)
    except Refused as refusal:
        raise Invalid({"data": str(refusal)}) from refusal
    letterhead = Letterhead.objects.order_by("pk").first()
    if letterhead is None:
        raise Refused(_("There is no letterhead yet. Make one first, under Letters > Letterheads."))
    reference = " ".join(reference.split())
    if reference and Letter.objects.filter(reference=reference).exists():
        raise Invalid(
            {"reference": _("Another letter has reference %(reference)s already.") % {"reference": reference}}
        )
    file = FrozenFile.objects.keep(data, media_type="application/pdf")
    again = Letter.objects.filter(recorded_pdf=file, dated_on=sent_on).first()
    if again is not None:
        raise Refused(
            _("This letter was recorded before, as %(reference)s. Look there whether somebody is missing.")
            % {"reference": again.reference}
        )
    names = organisations.names_on(recipients, sent_on)
    moment = make_aware(datetime.datetime.combine(sent_on, datetime.time(12)))
    with transaction.atomic():
        letter = Letter.objects.create(
            kind=LetterKind.POSITION,
            state=LetterState.RECORDED,
            subject=" ".join(subject.split()),
            reference=reference or next_reference(sent_on.year),
            dated_on=sent_on,
            letterhead=letterhead,
            recorded_pdf=file,
            recipients_on=sent_on,
            dispatched_at=moment,
            started_by=by if isinstance(by, User) else None,
        )
        Recipient.objects.bulk_create(
            Recipient(
                letter=letter,
                organisation=organisation,
                name=names[organisation.pk],
                channel=channel,
                position=position,
            )
            for position, organisation in enumerate(recipients, start=1)
        )
        record(
            "letters.recorded",
            by=by,
            on=[letter, *recipients],
            happened_at=moment,
            letter=str(letter),
            reference=letter.reference,
        )
    return letter


@action(permission="letters.delete_letter")
def remove(*, letter: Letter, by: Actor) -> None:
    """Take away a letter of the past that was recorded by mistake, and what it left on everyone's timeline.

    Raises Refused for a letter that was sent from here, and when anything came of it.
    """
    if letter.state != LetterState.RECORDED:
        raise Refused(_("Only a letter that was recorded afterwards can be removed. Put this one away."))
    came_of_it = Q()
    for what in ("places", "answers", "replies", "talks", "papers", "meetings", "followed_by"):
        came_of_it |= Q(**{f"{what}__isnull": False})
    if heard := letter.recipients.filter(came_of_it).first():
        raise Refused(
            _("%(name)s answered this letter. Take that answer from it first; then it can be removed.")
            % {"name": heard.name}
        )
    if letter.commitments.exists():
        raise Refused(_("Promises of this letter are kept track of. Take those away first."))
    name, reference = str(letter), letter.reference
    own = TimelineEntry.objects.about(letter)
    TimelineEntry.objects.filter(
        code="letters.recorded", event__in=[*own.values_list("event", flat=True)]
    ).delete()
    own.delete()
    letter.delete()
    # The line stands with the person who did it: there is no letter left to put it with.
    record(
        "letters.removed",
        by=by,
        on=[by if isinstance(by, User) else Network.load()],
        letter=name,
        reference=reference,
    )
