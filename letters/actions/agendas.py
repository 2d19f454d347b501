"""The paper for a meeting: making it, and noting what was decided about its numbers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import telling
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, Invalid, take_turns
from crm.models import Network, User
from crm.registries import subjects
from letters.models import Agenda, AgendaItem
from letters.models.agendas import LONGEST
from letters.queries import agendas

PERMISSION: Final = "letters.add_agenda"
# Nobody plans a meeting further ahead, or makes the paper of one long past.
_AHEAD: Final = datetime.timedelta(days=366)
_BACK: Final = datetime.timedelta(days=31)
_LONGEST_RESULT: Final = 2000


@action(permission=PERMISSION)
def make(*, held_on: datetime.date, by: Actor) -> Agenda:
    """Number everything that waits for a meeting; what came in counts from the paper before.

    Raises Invalid for a day far away, AlreadyThere when that meeting has its paper.
    """
    today = timezone.localdate()
    if not today - _BACK <= held_on <= today + _AHEAD:
        raise Invalid({"held_on": _("Look at the day: is that when the meeting is?")})
    take_turns(Agenda)
    if there := Agenda.objects.filter(held_on=held_on).first():
        raise AlreadyThere(there, _("That meeting has its paper already."))
    before = agendas.newest()
    since = before.made_at if before else None
    agenda = Agenda.objects.create(held_on=held_on, since=since, made_by=by if isinstance(by, User) else None)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            agenda=agenda,
            number=number,
            section=entry.section,
            words=_cut(entry.words),
            note=_cut(entry.note),
            subject=entry.subject,
        )
        for number, entry in enumerate(agendas.compose(held_on=held_on, since=since), start=1)
    )
    record("letters.agenda_made", by=by, on=[agenda], day=telling.day(held_on))
    return agenda


@action(permission=PERMISSION)
def remove(*, agenda: Agenda, by: Actor) -> None:
    """Take a paper away, to make it anew. Raises Refused once something was noted: its numbers are spoken of."""
    if agenda.items.exclude(result="").exists():
        raise Refused(_("Something was noted with these numbers, so this paper stays."))
    # The line stands with the person who did it: there is no paper left to put it with.
    on = [by if isinstance(by, User) else Network.load()]
    record("letters.agenda_removed", by=by, on=on, day=telling.day(agenda.held_on))
    agenda.delete()


@action(permission=PERMISSION)
def note_results(*, agenda: Agenda, results: Mapping[int, tuple[str, str]], by: Actor) -> int:
    """Note what was decided: by number, what stood there when the form was opened, and what stands there now. How many
    changed.

    Raises Invalid, by number, for what somebody else changed meanwhile or what is too long; then nothing is stored.
    """
    items = {item.number: item for item in agenda.items.select_for_update(of=("self",))}
    errors, changed = {}, []
    for number, (before, after) in results.items():
        item = items.get(number)
        text = _tidy(after)
        if item is None or text == item.result:
            continue
        if _tidy(before) == text:
            # Untouched in this form; somebody else may have written it meanwhile.
            continue
        if item.result != _tidy(before):
            errors[str(number)] = _("Meanwhile %(who)s noted: “%(text)s”. Put the two together.") % {
                "who": item.result_by or _("somebody"),
                "text": item.result,
            }
        elif len(text) > _LONGEST_RESULT:
            errors[str(number)] = _("This is too long: at most %(most)d characters.") % {
                "most": _LONGEST_RESULT
            }
        else:
            changed.append((item, text))
    if errors:
        raise Invalid(errors)
    for item, text in changed:
        item.result = text
        item.result_by = by if isinstance(by, User) else None
        item.result_at = timezone.now()
        item.save(update_fields=["result", "result_by", "result_at"])
        _tell(item, by=by)
    return len(changed)


def _tell(item: AgendaItem, *, by: Actor) -> None:
    """On the timelines of what it is about, as far as that is still there; else with the paper."""
    subject = item.subject
    kind = subjects.of(subject) if subject is not None else None
    on = kind.timelines(subject) if kind is not None else [item.agenda]
    day = telling.day(item.agenda.held_on)
    if item.result:
        record("letters.decided", by=by, on=on, day=day, words=item.words, result=item.result)
    else:
        record("letters.undecided", by=by, on=on, day=day, words=item.words)


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\x00", "").splitlines()).strip()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
