"""What was typed over from a list on paper: a line per reader, and what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import SignUpList, Subscriber
from crm.dutch.addresses import check_email
from crm.dutch.dates import long_date

from . import subscribers

# What one person types in one go; of a thicker pile each list is put in by itself.
MOST_LINES: Final = 200
_SHOWN: Final = 80
_LONGEST_NAME: Final = 100


class Fate(Enum):
    """What becomes of a line."""

    ADD = "add"
    SKIP = "skip"
    MEND = "mend"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number among all that was typed, the words, and what becomes of it. ``remark`` says why, in a
    sentence; for who is added it is empty, or says that they are back."""

    number: int
    text: str
    address: str
    name: str
    fate: Fate
    remark: str = ""


def said_at(sign_up_list: SignUpList) -> datetime.datetime:
    """The moment of the yes: the beginning of the day, so that whoever left on that very day stays away."""
    return timezone.make_aware(datetime.datetime.combine(sign_up_list.signed_on, datetime.time.min))


def read(sign_up_list: SignUpList, typed: str) -> list[Line]:
    """The lines that were typed, without empty ones; those that cannot be read say what to mend."""
    rows = [(number, text.strip()) for number, text in enumerate(typed.splitlines(), start=1) if text.strip()]
    taken = [_taken_apart(text) for _number, text in rows]
    known = {
        one.address: one
        for one in Subscriber.objects.filter(
            address__in=[address for address, _n, error in taken if not error]
        )
    }
    gets = set(
        Subscriber.objects.reachable().filter(address__in=list(known)).values_list("address", flat=True)
    )
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for (number, text), (address, name, error) in zip(rows, taken, strict=True):
        if error:
            fate, remark = Fate.MEND, error
        elif address in seen:
            fate = Fate.SKIP
            remark = _("Stands in line %(number)d already.") % {"number": seen[address]}
        else:
            fate, remark = _judged(sign_up_list, address, known.get(address), address in gets)
        if not error:
            seen.setdefault(address, number)
        lines.append(Line(number, _short(text), address, name, fate, remark))
    if len(lines) > MOST_LINES:
        over = lines[MOST_LINES]
        words = _("At most %(most)d lines will fit at once. Add these first, and the rest after that.")
        remark = words % {"most": MOST_LINES}
        lines[MOST_LINES:] = [Line(over.number, over.text, "", "", Fate.MEND, remark)]
    return lines


def of(lines: Sequence[Line], fate: Fate) -> list[Line]:
    """Those of one fate."""
    return [line for line in lines if line.fate == fate]


def _judged(
    sign_up_list: SignUpList, address: str, reader: Subscriber | None, is_sent: bool
) -> tuple[Fate, str]:
    if is_sent:
        return Fate.SKIP, _("Gets the newsletter already.")
    person = reader.person if reader else None
    if subscribers.asked_to_be_left_alone(address, person):
        return Fate.SKIP, _("Asked us never to write. Is not added.")
    left = subscribers.left_since(address, person, said_at(sign_up_list))
    if left is not None:
        day = long_date(timezone.localdate(left))
        return Fate.SKIP, _("Left on %(day)s, after this list. Is not added.") % {"day": day}
    return Fate.ADD, _("Left before, and is back with this list.") if reader else ""


def _taken_apart(text: str) -> tuple[str, str, str]:
    """The address, the name, and what is wrong; the address may stand anywhere in the line."""
    words = text.replace(",", " ").replace(";", " ").replace("<", " ").replace(">", " ").split()
    found = [word for word in words if "@" in word]
    if not found:
        return "", "", _("There is no e-mail address in this line: one with an @ in it.")
    if len(found) > 1:
        return "", "", _("There are several addresses in this line. Put each on a line of its own.")
    try:
        address = check_email(found[0]).lower()
    except ValueError as error:
        return "", "", str(error)
    name = " ".join(word for word in words if word != found[0])
    if len(name) > _LONGEST_NAME:
        return "", "", _("This name is too long. Write the first name alone.")
    return address, name, ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
