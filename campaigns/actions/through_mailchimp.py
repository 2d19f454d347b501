"""Sending a newsletter through Mailchimp: one campaign there for each mailing here, found by its title."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Final

from django.conf import settings

from campaigns.clients.mailchimp import Mailchimp
from campaigns.clients.mailchimp_answers import (
    BadKey,
    Busy,
    Forbidden,
    MailchimpError,
    NotConnected,
    NotFound,
    Refused,
    Uncertain,
    Unreachable,
)
from campaigns.clients.mailchimp_values import Campaign
from campaigns.models import Mailing, Problem
from campaigns.models.subscribers import HEADING
from campaigns.queries import mailings

from .backends import Later, Outcome, Stop, Where

# Their clock may differ from ours.
_MARGIN: Final = datetime.timedelta(hours=2)
_WHERE: Final = {
    "save": Where.WAITING,
    "paused": Where.WAITING,
    "schedule": Where.SCHEDULED,
    "sending": Where.LEFT,
    "sent": Where.LEFT,
    "canceling": Where.CANCELLED,
    "canceled": Where.CANCELLED,
    "archived": Where.CANCELLED,
}
TEST: Final = "[TEST] "


class ThroughMailchimp:
    """The account of this installation; ``connect`` gives the door to it."""

    name = "mailchimp"

    def __init__(self, connect: Callable[[], Mailchimp] = Mailchimp.from_settings) -> None:
        self._connect = connect

    def put_ready(self, mailing: Mailing) -> None:
        """A campaign with this title, sender, subject, readers and text, as it stands there when it is read back."""
        with _as_ours():
            door = self._connect()
            campaign = self._found(door, mailing) or self._created(door, mailing)
            if mailing.remote_id != campaign.id:
                mailing.remote_id = campaign.id
                mailing.save(update_fields=["remote_id"])
            if _WHERE.get(campaign.status) is not Where.WAITING:
                # Somebody let it go there, or an answer of an earlier time was lost: looking tells.
                return
            _fill(door, mailing, mailing.subject)
            ready, remarks = door.checklist(campaign.id)
            if not ready:
                wrong = [f"{one.heading}: {one.details}" for one in remarks if one.kind == "error"]
                raise Stop(Problem.NOT_READY, "\n".join(wrong))

    def let_go(self, mailing: Mailing) -> None:
        """Let the campaign go: Mailchimp sends one once, so that a lost answer is no reason to fear asking again."""
        with _as_ours():
            door = self._connect()
            if _WHERE.get(door.campaign(mailing.remote_id).status) is not Where.WAITING:
                return
            if mailing.scheduled_for is not None:
                door.schedule(mailing.remote_id, mailing.scheduled_for)
            else:
                door.send(mailing.remote_id)

    def look(self, mailing: Mailing) -> Outcome:
        """The status of the campaign. One that is gone was stopped there."""
        with _as_ours():
            try:
                campaign = self._connect().campaign(mailing.remote_id)
            except NotFound:
                return Outcome(Where.CANCELLED)
            where = _WHERE.get(campaign.status, Where.WAITING)
            count = campaign.sent if where is Where.LEFT and campaign.sent else campaign.recipients
            return Outcome(where, count, campaign.send_at)

    def send_test(self, mailing: Mailing, addresses: list[str]) -> None:
        """Through a campaign of its own, which is thrown away."""
        with _as_ours():
            door = self._connect()
            campaign = self._created(door, mailing)
            try:
                mailing.remote_id = campaign.id
                _fill(door, mailing, TEST + mailing.subject)
                door.send_test(campaign.id, addresses)
            finally:
                door.delete_campaign(campaign.id)

    def result(self, mailing: Mailing) -> tuple[dict[str, int | None], list[tuple[str, int, int]]]:
        """Their report. Opens are not counted: we ask it not to."""
        with _as_ours():
            door = self._connect()
            report = door.report(mailing.remote_id)
            links = [(one.url, one.total, one.readers) for one in door.clicks(mailing.remote_id)]
        return {**asdict(report), "opens": None}, links

    def _found(self, door: Mailchimp, mailing: Mailing) -> Campaign | None:
        """The campaign that was made before, also when the answer to that was lost."""
        if mailing.remote_id:
            try:
                return door.campaign(mailing.remote_id)
            except NotFound as error:
                if mailing.let_go_at is not None:
                    raise Stop(Problem.CANCELLED) from error
        made = door.campaigns(since=mailing.made_at - _MARGIN)
        return next((one for one in made if one.title == mailing.remote_title), None)

    def _created(self, door: Mailchimp, mailing: Mailing) -> Campaign:
        audience = settings.MAILCHIMP["audience"]
        group = None
        if mailing.group is not None:
            if not mailing.group.remote_id:
                raise Stop(Problem.NO_GROUP, mailing.group.name)
            group = (door.category(audience, HEADING), mailing.group.remote_id)
        try:
            return door.create_campaign(
                audience=audience, group=group, values=_values(mailing, mailing.subject), opens=False
            )
        except Uncertain as error:
            if found := self._found(door, mailing):
                return found
            raise Later(str(error)) from error
        except NotFound as error:
            raise Stop(Problem.NO_AUDIENCE, str(error)) from error


def _values(mailing: Mailing, subject: str) -> dict[str, str]:
    return {
        "title": mailing.remote_title,
        "subject_line": subject,
        "preview_text": mailing.preheader,
        "from_name": mailing.sender_name,
        "reply_to": mailing.reply_to,
    }


def _fill(door: Mailchimp, mailing: Mailing, subject: str) -> None:
    """Give the campaign its words, and read them back. Raises Stop when they are others."""
    door.change_campaign(mailing.remote_id, _values(mailing, subject))
    door.put_content(mailing.remote_id, html=mailing.html, text=mailing.text)
    html, text = door.content(mailing.remote_id)
    there = door.campaign(mailing.remote_id)
    wanted = mailings.uploaded_hash(mailing.html, mailing.text)
    if mailings.uploaded_hash(html, text) != wanted or there.subject != subject:
        raise Stop(Problem.DIFFERS)
    mailing.uploaded_hash = wanted


@contextmanager
def _as_ours() -> Iterator[None]:
    """What Mailchimp or the network answers, as a reason to stop or to try later."""
    try:
        yield
    except NotConnected as error:
        raise Stop(Problem.NOT_CONNECTED) from error
    except BadKey as error:
        raise Stop(Problem.BAD_KEY) from error
    except (Busy, Unreachable, Uncertain) as error:
        raise Later(str(error)) from error
    except (Refused, Forbidden, NotFound) as error:
        fields = getattr(error, "fields", {})
        said = "\n".join([str(error), *(f"{name}: {remark}" for name, remark in fields.items())])
        raise Stop(Problem.REFUSED, said) from error
    except MailchimpError as error:
        raise Later(str(error)) from error
