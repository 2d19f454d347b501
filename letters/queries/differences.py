"""What is different between two contents of a letter: in its text, and in all that stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from crm.document import fingerprint
from crm.document.differences import Change, compare
from crm.dutch.dates import long_date
from crm.models import ApprovalRound, Organisation, Person, RoundState
from letters.models import Enclosure, Letter, Letterhead, Recipient, Signatory

from . import contents

_PLAIN = ("subject", "dated_on", "salutation", "closing", "sign_off", "signatories", "enclosures")
_LETTERHEAD = ("sender_name", "sender_lines", "reply_address", "phone", "website")


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing around the text, as it was and as it is."""

    label: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Differences:
    """The paragraphs that differ, and what differs around them. False when nothing does."""

    text: tuple[Change, ...]
    beside: tuple[Beside, ...]

    def __bool__(self) -> bool:
        return bool(self.text or self.beside)


def between(then: Mapping[str, Any], now: Mapping[str, Any]) -> Differences:
    """The differences between two contents, as ``contents.content`` gives them. Two queries when recipients differ."""
    return Differences(
        text=tuple(compare(fingerprint.restore(then["body"]), fingerprint.restore(now["body"]))),
        beside=(*_plain(then, now), *_letterhead(then, now), *_recipients(then, now)),
    )


def since_agreed_before(letter: Letter, round_: ApprovalRound) -> Differences | None:
    """What changed since somebody decided in a round before this one, or in this one when it lapsed; None without
    such a round."""
    lapsed = ApprovalRound.objects.filter(
        subject_type=ContentType.objects.get_for_model(Letter), subject_id=letter.pk, state=RoundState.VOIDED
    )
    decided = lapsed.filter(Q(approvals__isnull=False) | Q(pk=round_.pk), pk__lte=round_.pk)
    earlier = decided.order_by("-pk").first()
    version = earlier and letter.versions.filter(content_hash=earlier.content_hash).first()
    return between(version.content, contents.agreed(letter)) if version else None


def _plain(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Beside]:
    labels = {
        "signatories": Signatory._meta.verbose_name_plural,
        "enclosures": Enclosure._meta.verbose_name_plural,
    }
    found = []
    for name in _PLAIN:
        label = labels.get(name) or Letter._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        before, after = _in_words(name, then[name]), _in_words(name, now[name])
        if before != after:
            found.append(Beside(str(label), before, after))
    return found


def _letterhead(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Beside]:
    found = []
    for name in _LETTERHEAD:
        before, after = (", ".join(data["letterhead"][name].splitlines()) for data in (then, now))
        if before != after:
            field = Letterhead._meta.get_field(name)
            found.append(Beside(str(field.verbose_name), before, after))  # type: ignore[union-attr]
    return found


def _recipients(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Beside]:
    if then["recipients"] == now["recipients"]:
        return []
    before, after = ({(org, who): words for org, who, *words in data["recipients"]} for data in (then, now))
    names = _names({*before, *after})
    gone = sorted(names[one] for one in before.keys() - after.keys())
    came = sorted(names[one] for one in after.keys() - before.keys())
    found = []
    if gone or came:
        found.append(Beside(str(Recipient._meta.verbose_name_plural), ", ".join(gone), ", ".join(came)))
    for one in sorted(before.keys() & after.keys(), key=names.__getitem__):
        for label, mine, theirs in zip(
            (_("salutation"), _("own paragraph")), before[one], after[one], strict=True
        ):
            if mine != theirs:
                found.append(Beside(f"{names[one]}: {label}", mine, theirs))
    return found


def _names(keys: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    organisations = Organisation.objects.in_bulk({org for org, _who in keys})
    people = Person.objects.in_bulk({who for _org, who in keys})
    return {(org, who): str(people.get(who) or organisations.get(org) or "?") for org, who in keys}


def _in_words(name: str, value: Any) -> str:
    if name == "dated_on":
        day = parse_date(value)
        return long_date(day) if day else ""
    if name == "signatories":
        return ", ".join(f"{who} ({role})" if role else who for who, role in value)
    if name == "enclosures":
        return ", ".join(title for title, *_rest in value)
    return str(value)
