"""Bringing to Mailchimp what differs: at most 500 addresses at once, each written down as soon as it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from campaigns.clients.mailchimp import BATCH, Mailchimp
from campaigns.clients.mailchimp_answers import NotFound
from campaigns.clients.mailchimp_answers import Refused as NotTaken
from campaigns.clients.mailchimp_values import Push
from campaigns.models import AudienceLink, AudienceMember, MemberStatus, Refusal, Step
from campaigns.models.audience import TAKEN_OFF
from campaigns.queries import audience
from campaigns.queries.audience import Difference, Ours

# What of its words tells which refusal it is.
_WORDS: Final = (
    ("compliance state", Refusal.LEFT),
    ("already a list member", Refusal.EXISTS),
    ("permanently deleted", Refusal.ERASED),
    ("fake or invalid", Refusal.INVALID),
    ("255", Refusal.TOO_LONG),
)

# Says that this step was done for so many, and raises what ends the work when somebody stopped it.
Tell = Callable[[Step, int], None]


def carry_out(*, link: AudienceLink, mailchimp: Mailchimp, full: bool, tell: Tell) -> None:
    """Do all that the plan says, goodbyes first. May be cut off anywhere: what is done stands in the mirror, and what
    was done without our knowing shows when Mailchimp is asked again what changed."""
    ours = Ours.of(link)
    _take_off(link, mailchimp, ours, tell)
    _move(link, mailchimp, tell)
    waiting: dict[Step, list[Difference]] = {Step.NEW: [], Step.CHANGED: [], Step.ASKED: []}
    for one in audience.differences(link, full=full):
        if one.step is None:
            continue
        waiting[one.step].append(one)
        if len(waiting[one.step]) == BATCH:
            _bring(link, mailchimp, ours, one.step, waiting[one.step], tell)
            waiting[one.step] = []
    for step, batch in waiting.items():
        _bring(link, mailchimp, ours, step, batch, tell)


def _take_off(link: AudienceLink, mailchimp: Mailchimp, ours: Ours, tell: Tell) -> None:
    # Who was taken off is in the question no more.
    while batch := list(audience.withdrawals(link)[:BATCH]):
        tell(Step.WITHDRAWN, 0)
        asked = [Push(one.address, MemberStatus.UNSUBSCRIBED, one.first_name) for one in batch]
        errors = mailchimp.push(link.audience, asked, update=True).errors
        with transaction.atomic():
            done = [one.pk for one in batch if one.address not in errors]
            taken = link.members.filter(pk__in=done)
            taken.update(status=MemberStatus.UNSUBSCRIBED, left_at=timezone.now(), **_NO_REFUSAL)
            for one in batch:
                if one.address in errors:
                    _refuse(link, one.address, TAKEN_OFF, errors[one.address])
            tell(Step.WITHDRAWN, len(done))


def _move(link: AudienceLink, mailchimp: Mailchimp, tell: Tell) -> None:
    while (one := audience.moves(link).first()) is not None:
        assert one.subscriber is not None
        now = one.subscriber.address
        tell(Step.MOVED, 0)
        refused = ""
        try:
            mailchimp.change_address(link.audience, one.address, now)
        except NotFound:
            # Done before, and the answer was lost; or taken off. What changed there will tell which.
            link.members.filter(pk=one.pk).update(status=MemberStatus.ARCHIVED, left_at=timezone.now())
            continue
        except NotTaken as error:
            refused = str(error)
        with transaction.atomic():
            if refused:
                # The new address is there already: then the old one is taken off, as the ledger says of it.
                _refuse(link, one.address, now, refused)
                link.members.filter(pk=one.pk).update(subscriber=None)
            else:
                link.members.filter(address=now).exclude(pk=one.pk).delete()
                link.members.filter(pk=one.pk).update(address=now, **_NO_REFUSAL)
                tell(Step.MOVED, 1)


def _bring(
    link: AudienceLink,
    mailchimp: Mailchimp,
    ours: Ours,
    step: Step,
    found: Sequence[Difference],
    tell: Tell,
) -> None:
    batch = audience.still(link, found)
    if not batch:
        return
    tell(step, 0)
    asked = list(_pushes(batch, ours, step))
    errors = mailchimp.push(link.audience, asked, update=step != Step.NEW).errors
    with transaction.atomic():
        _note(link, step, [one for one in batch if one.wanted.address not in errors])
        for one in batch:
            if one.wanted.address in errors:
                _refuse(
                    link,
                    one.wanted.address,
                    one.wanted.digest,
                    errors[one.wanted.address],
                    subscriber=one.wanted.subscriber,
                )
        tell(step, len(batch) - len(errors))


def _pushes(batch: Iterable[Difference], ours: Ours, step: Step) -> Iterator[Push]:
    """Who left and said yes since is asked by Mailchimp itself: ``pending``, and never ``subscribed``."""
    status = MemberStatus.PENDING if step == Step.ASKED else MemberStatus.SUBSCRIBED
    for one in batch:
        interests = {pk: pk in one.wanted.interests for pk in sorted(ours.ids)}
        yield Push(one.wanted.address, status, one.wanted.first_name, interests)


_NO_REFUSAL: Final = {"refusal": "", "refused_digest": "", "refused_words": ""}


def _note(link: AudienceLink, step: Step, batch: Sequence[Difference]) -> None:
    """What it holds of them now. A message may have come meanwhile that somebody left: their status then stays."""
    if step == Step.NEW:
        AudienceMember.objects.bulk_create(
            [
                AudienceMember(
                    link=link, address=one.wanted.address, subscriber_id=one.wanted.subscriber,
                    seen_at=timezone.now(),
                )
                for one in batch
                if one.member is None
            ],
            ignore_conflicts=True,
        )  # fmt: skip
    wanted = {one.wanted.address: one.wanted for one in batch}
    rows = list(link.members.filter(address__in=wanted))
    for row in rows:
        one = wanted[row.address]
        row.subscriber_id, row.digest, row.first_name = one.subscriber, one.digest, one.first_name
        row.interests = sorted(one.interests)
        row.refusal, row.refused_digest, row.refused_words = "", "", ""
    AudienceMember.objects.bulk_update(
        rows,
        [
            "subscriber",
            "digest",
            "first_name",
            "interests",
            "refusal",
            "refused_digest",
            "refused_words",
        ],
    )
    now = link.members.filter(address__in=wanted)
    if step == Step.NEW:
        now.filter(status="").update(status=MemberStatus.SUBSCRIBED)
    elif step == Step.ASKED:
        for found in batch:
            assert found.member is not None
            now.filter(pk=found.member.pk, status=found.member.status, left_at=found.member.left_at).update(
                status=MemberStatus.PENDING
            )


def _refuse(
    link: AudienceLink, address: str, digest: str, words: str, *, subscriber: int | None = None
) -> None:
    kind = next((kind for part, kind in _WORDS if part in words), Refusal.OTHER)
    values = {"refusal": kind, "refused_digest": digest, "refused_words": words[:300]}
    link.members.update_or_create(
        address=address,
        defaults=values,
        create_defaults={**values, "subscriber_id": subscriber, "seen_at": timezone.now()},
    )
