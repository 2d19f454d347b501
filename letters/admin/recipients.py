"""The step Recipients: pick a segment or individuals, mend gaps, read all salutations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.actions.action import Refused
from crm.admin.numbers import key, whole
from crm.dutch.dates import parse_date
from crm.models import Channel, ContactPoint, Organisation, Person, Segment
from crm.queries import search, segments
from crm.queries.reach import Verdict
from letters.actions import recipients as actions
from letters.models import LetterState, Recipient
from letters.queries import dispatches

from . import addresses
from .base import LetterView


@dataclass(frozen=True, slots=True)
class Way:
    """By what way a letter goes: channel, address, and before it is fixed whether and why we may write there.

    ``number`` is that of the envelope list, once there is one.
    """

    channel: str
    address: str = ""
    may_write: Verdict | None = None
    number: int | None = None

    @property
    def label(self) -> str:
        """The channel in words."""
        return str(Channel(self.channel).label)

    @property
    def will_be_sent(self) -> bool:
        """Whether a letter leaves, or left, by it."""
        return self.may_write is None or self.may_write.allowed


def _one_line(address: str) -> str:
    return ", ".join(address.splitlines())


class RecipientsView(LetterView):
    """The list of recipients with what can be done to it."""

    step = "recipients"
    template_name = "letters/recipients.html"
    writes = frozenset({"pick", "add", "remove", "words"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds segments, what was searched for, and per recipient the addresses to choose from."""
        query = self.request.GET.get("q", "").strip()
        may_change = self.may("letters.change_letter") and self.letter.is_editable and not self.asked
        ways = self._ways()
        return super().get_context_data(
            can_change_list=may_change and self.letter.recipients_locked_at is None,
            segments=segments.counted(Segment.objects.all()),
            query=query,
            found=search.find(query, limit=20) if query else None,
            points=self._points() if self.letter.is_editable else {},
            first_gap=next((row.number for row in self.rows if row.recipient.pk not in ways), None),
            ways=ways,
            email=sum(way.channel == Channel.EMAIL for way in ways.values() if way.will_be_sent),
            post=sum(way.channel == Channel.POST for way in ways.values() if way.will_be_sent),
            day=self.letter.recipients_on or self.letter.dated_on,
            **kwargs,
        )

    def _ways(self) -> dict[int, Way]:
        """By recipient how its letter goes; of a letter that was fixed how it went, whatever its address is by now."""
        if self.letter.state == LetterState.RECORDED:
            return {row.recipient.pk: Way(row.recipient.channel) for row in self.rows}
        if self.letter.is_final:
            made = dispatches.newest().filter(letter=self.letter)
            return {
                item.recipient_id: Way(item.channel, _one_line(item.address), number=item.number)
                for item in made
            }
        return {
            row.recipient.pk: Way(row.recipient.channel, row.address, row.may_write)
            for row in self.rows
            if not row.is_gap
        }

    def _points(self) -> dict[int, list[ContactPoint]]:
        """The usable addresses of the recipients for whom there is something to choose, by recipient."""
        organisations = {
            r.recipient.organisation_id: r.recipient.pk for r in self.rows if not r.recipient.person_id
        }
        people = {r.recipient.person_id: r.recipient.pk for r in self.rows if r.recipient.person_id}
        result: dict[int, list[ContactPoint]] = {}
        holders = ContactPoint.objects.filter(kind__in=[Channel.EMAIL, Channel.POST])
        for point in holders.filter(Q(organisation__in=organisations) | Q(person__in=people)):
            holder = people.get(point.person_id or 0) or organisations.get(point.organisation_id or 0)
            if point.is_usable and holder is not None:
                result.setdefault(holder, []).append(point)
        gaps = {row.recipient.pk for row in self.rows if row.is_gap}
        return {pk: points for pk, points in result.items() if len(points) > 1 or pk in gaps}

    @cached_property
    def recipient(self) -> Recipient:
        """The one the pressed button is about."""
        try:
            return self.letter.recipients.select_related("organisation", "person", "letter__letterhead").get(
                pk=key(self.request.POST.get("recipient"))
            )
        except Recipient.DoesNotExist as error:
            raise Http404 from error

    def do_pick(self) -> HttpResponse:
        """Take in a segment as it was on a day."""
        segment = Segment.objects.filter(pk=key(self.request.POST.get("segment"))).first()
        if segment is None:
            raise Refused(_("Choose a group first."))
        try:
            day = parse_date(self.request.POST.get("day", ""))
        except ValueError as error:
            raise Refused(str(error)) from error
        count = actions.pick_segment(letter=self.letter, segment=segment, on=day, by=self.user)
        if lost := segments.without_party(segment.subject, segment.criteria, day):
            messages.warning(
                self.request,
                _(
                    "No party is known behind %(factions)s, so none came in for it. Fill in the party on its page."
                )
                % {"factions": ", ".join(faction.listed_name for faction in lost)},
            )
        return self.done(
            ngettext("%(count)d recipient came in.", "%(count)d recipients came in.", count)
            % {"count": count}
        )

    def do_add(self) -> HttpResponse:
        """Take in one organisation or person that was searched for."""
        kind, _sep, number = self.request.POST.get("who", "").partition("-")
        pk = whole(number)
        if pk is None or kind not in ("organisation", "person"):
            raise Refused(_("Choose someone from the list."))
        added = actions.add(
            letter=self.letter,
            organisations_=Organisation.objects.filter(pk=pk) if kind == "organisation" else (),
            people=Person.objects.filter(pk=pk) if kind == "person" else (),
            by=self.user,
        )
        if not added:
            messages.info(self.request, _("That one is on the list already."))
        return redirect(self.url())

    def do_remove(self) -> HttpResponse:
        """Take one off the list."""
        name = self.recipient.name
        actions.remove(recipient=self.recipient, by=self.user)
        return self.done(_("%(name)s is off the list.") % {"name": name})

    def do_address(self) -> HttpResponse:
        """Use another address."""
        point = ContactPoint.objects.filter(pk=key(self.request.POST.get("point"))).first()
        holder = (point.organisation_id, point.person_id) if point else None
        mine = (
            (None, self.recipient.person_id)
            if self.recipient.person_id
            else (self.recipient.organisation_id, None)
        )
        if point is None or holder != mine:
            raise Refused(_("Choose an address of this recipient."))
        actions.address(recipient=self.recipient, channel=point.kind, point=point, by=self.user)
        return self.done(
            _("%(name)s is written to at %(address)s.") % {"name": self.recipient, "address": point}
        )

    def do_mend(self) -> HttpResponse:
        """Fill a gap with a new address; when it is refused, what was typed stays."""
        typed = addresses.typed(self.request.POST)
        try:
            point = actions.mend(
                recipient=self.recipient,
                by=self.user,
                kind=addresses.kind(typed),
                purpose=self.letter.purpose,
                **typed,
            )
        except Refused as refusal:
            refused = {"recipient": self.recipient, "because": str(refusal), "typed": typed}
            return self.render_to_response(self.get_context_data(refused=refused))
        return self.done(
            _("%(name)s now has an address: %(address)s.") % {"name": self.recipient, "address": point}
        )

    def do_words(self) -> HttpResponse:
        """Write the salutation or the own paragraph of one recipient."""
        actions.set_words(
            recipient=self.recipient,
            salutation=self.request.POST.get("salutation", ""),
            own_paragraph=self.request.POST.get("own_paragraph", ""),
            by=self.user,
        )
        return self.done(_("Saved for %(name)s.") % {"name": self.recipient})

    def do_lock(self) -> HttpResponse:
        """Fix the list."""
        actions.lock(letter=self.letter, by=self.user)
        return self.done(_("The list is locked: nothing changes by itself."))

    def do_unlock(self) -> HttpResponse:
        """Open the list."""
        actions.unlock(letter=self.letter, by=self.user)
        return self.done(_("The list can be changed again."))
