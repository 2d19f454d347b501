"""The Mailchimp door: the only importer of its client. Plain values in and out; every failure is a MailchimpError."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import md5
from typing import Any, Final

from django.conf import settings
from mailchimp_marketing import Client
from mailchimp_marketing.api_client import ApiClientError

from .mailchimp_answers import BadKey, MailchimpError, NotConnected, NotFound, Uncertain, error_of
from .mailchimp_transport import Transport
from .mailchimp_values import (
    Account,
    Audience,
    Campaign,
    CheckItem,
    Clicks,
    Member,
    Push,
    Pushed,
    Report,
    Webhook,
)

# What it gives at once, and takes at once (mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe).
PAGE: Final = 1000
BATCH: Final = 500
_MEMBER: Final = (
    "members.email_address,members.status,members.merge_fields,members.interests,members.last_changed,"
    "members.unsubscribe_reason,total_items"
)


class Mailchimp:
    """One account. ``host`` is set by tests and by the stand-in; else it follows from the key."""

    def __init__(self, key: str, *, host: str = "", pause: Callable[[float], None] | None = None) -> None:
        if not key:
            raise NotConnected("MAILCHIMP_API_KEY")
        _secret, _dash, centre = key.rpartition("-")
        if not host and not (centre.isascii() and centre.isalnum() and _secret):
            raise BadKey("The key does not end in a data centre, as in 0123abcd-us21.")
        # Without a server the client leaves addresses alone: it would put it wherever the word "server" stands.
        self._client = Client({"api_key": key, "server": ""})
        self._client.api_client.host = host or f"https://{centre}.api.mailchimp.com/3.0"
        self._client.api_client.request = Transport(key, **({"pause": pause} if pause else {}))

    @classmethod
    def from_settings(cls) -> Mailchimp:
        """The account of this installation. Raises NotConnected without one."""
        return cls(settings.MAILCHIMP["key"], host=settings.MAILCHIMP["host"])

    def account(self) -> Account:
        """Whose key it is: what "test the connection" asks."""
        fields = ["account_name", "email", "total_subscribers", "pricing_plan_type"]
        said = self._ask(self._client.root.get_root, fields=fields)
        return Account(
            said["account_name"],
            said.get("email", ""),
            int(said.get("total_subscribers", 0)),
            str(said.get("pricing_plan_type", "")),
        )

    def audience(self, audience: str) -> Audience:
        """One audience. Raises NotFound."""
        said = self._ask(self._client.lists.get_list, audience, fields=["id", "name", "stats"])
        stats = said.get("stats", {})
        return Audience(
            said["id"],
            said["name"],
            int(stats.get("member_count", 0)),
            int(stats.get("unsubscribe_count", 0)),
            int(stats.get("cleaned_count", 0)),
        )

    def merge_tags(self, audience: str) -> set[str]:
        """The tags of the fields that an audience has, such as FNAME."""
        said = self._ask(self._client.lists.get_list_merge_fields, audience, count=PAGE)
        return {str(one["tag"]) for one in said["merge_fields"]}

    def groups(self, audience: str, category: str) -> dict[str, str]:
        """The ids of the interest groups under a heading, by name; the heading is made when it is not there."""
        found = self.category(audience, category)
        said = self._ask(self._client.lists.list_interest_category_interests, audience, found, count=PAGE)
        return {str(one["name"]): str(one["id"]) for one in said["interests"]}

    def add_group(self, audience: str, category: str, name: str) -> str:
        """Make an interest group; its id. After a lost answer the one that was made is found by its name."""
        found = self.category(audience, category)
        try:
            said = self._ask(
                self._client.lists.create_interest_category_interest, audience, found, {"name": name}
            )
        except Uncertain:
            if name in (there := self.groups(audience, category)):
                return there[name]
            raise
        return str(said["id"])

    def category(self, audience: str, title: str) -> str:
        """The id of a heading of interest groups; it is made when it is not there."""
        said = self._ask(self._client.lists.get_list_interest_categories, audience, count=PAGE)
        for one in said["categories"]:
            if one["title"] == title:
                return str(one["id"])
        made = self._ask(
            self._client.lists.create_list_interest_category, audience, {"title": title, "type": "hidden"}
        )
        return str(made["id"])

    def members(self, audience: str, *, since: datetime.datetime | None = None) -> Iterator[list[Member]]:
        """The addresses of an audience, or those that changed ``since``, a thousand at a time, in a fixed order."""
        offset, total = 0, 1
        asked: dict[str, Any] = {"since_last_changed": since.isoformat(timespec="seconds")} if since else {}
        while offset < total:
            said = self._ask(
                self._client.lists.get_list_members_info,
                audience,
                count=PAGE,
                offset=offset,
                fields=_MEMBER.split(","),
                sort_field="timestamp_signup",
                sort_dir="ASC",
                **asked,
            )
            total = int(said["total_items"])
            offset += PAGE
            yield [_member(one) for one in said["members"]]

    def push(self, audience: str, members: Sequence[Push], *, update: bool) -> Pushed:
        """Put at most 500 addresses in an audience; those that are there already are changed only with ``update``."""
        assert len(members) <= BATCH, "Mailchimp takes 500 at once."
        body = {"members": [_as_sent(one) for one in members], "update_existing": update}
        said = self._ask(self._client.lists.batch_list_members, audience, body)
        return Pushed(
            int(said.get("total_created", 0)),
            int(said.get("total_updated", 0)),
            {str(one["email_address"]).lower(): str(one["error"]) for one in said.get("errors", [])},
        )

    def change_address(self, audience: str, before: str, now: str) -> None:
        """Somebody has another address: the same member goes on with it."""
        self._ask(self._client.lists.update_list_member, audience, member_id(before), {"email_address": now})

    def erase(self, audience: str, email: str) -> None:
        """Remove all that it knows of an address, for good; nothing happens when it knows none."""
        try:
            self._ask(self._client.lists.delete_list_member_permanent, audience, member_id(email))
        except NotFound:
            return

    def campaigns(self, *, since: datetime.datetime) -> list[Campaign]:
        """The mailings made since a moment, the newest first; a thousand at most."""
        said = self._ask(
            self._client.campaigns.list,
            count=PAGE,
            since_create_time=since.isoformat(timespec="seconds"),
            sort_field="create_time",
            sort_dir="DESC",
        )
        return [_campaign(one) for one in said["campaigns"]]

    def campaign(self, pk: str) -> Campaign:
        """One mailing. Raises NotFound."""
        return _campaign(self._ask(self._client.campaigns.get, pk))

    def create_campaign(
        self, *, audience: str, group: tuple[str, str] | None, values: Mapping[str, str], opens: bool
    ) -> Campaign:
        """Make a mailing, still without text. ``group`` are the ids of a category and an interest in it, or None for
        the whole audience; ``values`` are title, subject_line, preview_text, from_name and reply_to.

        Raises Uncertain when the answer was lost: look for its title before making another.
        """
        recipients: dict[str, Any] = {"list_id": audience}
        if group is not None:
            category, interest = group
            recipients["segment_opts"] = {
                "match": "all",
                "conditions": [
                    {
                        "condition_type": "Interests",
                        "field": f"interests-{category}",
                        "op": "interestcontains",
                        "value": [interest],
                    }
                ],
            }
        body = {
            "type": "regular",
            "recipients": recipients,
            "settings": {**values, "inline_css": False, "auto_footer": False},
            "tracking": {"opens": opens, "html_clicks": True, "text_clicks": False},
        }
        return _campaign(self._ask(self._client.campaigns.create, body))

    def change_campaign(self, pk: str, values: Mapping[str, str]) -> Campaign:
        """Change subject, preview text, sender or title of a mailing that did not leave."""
        return _campaign(self._ask(self._client.campaigns.update, pk, {"settings": dict(values)}))

    def put_content(self, pk: str, *, html: str, text: str) -> None:
        """Give a mailing its text."""
        self._ask(self._client.campaigns.set_content, pk, {"html": html, "plain_text": text})

    def content(self, pk: str) -> tuple[str, str]:
        """The text of a mailing as it is kept there: HTML and plain."""
        said = self._ask(self._client.campaigns.get_content, pk, fields=["html", "plain_text"])
        return said.get("html", ""), said.get("plain_text", "")

    def checklist(self, pk: str) -> tuple[bool, list[CheckItem]]:
        """Whether it would send, and its own remarks."""
        said = self._ask(self._client.campaigns.get_send_checklist, pk)
        items = [
            CheckItem(str(one.get("type", "")), str(one.get("heading", "")), str(one.get("details", "")))
            for one in said.get("items", [])
        ]
        return bool(said["is_ready"]), items

    def send_test(self, pk: str, addresses: Sequence[str]) -> None:
        """Send a mailing to these addresses alone, to look at."""
        self._ask(
            self._client.campaigns.send_test_email, pk, {"test_emails": [*addresses], "send_type": "html"}
        )

    def send(self, pk: str) -> None:
        """Let it go. Raises Uncertain when the answer was lost: only its status tells."""
        self._ask(self._client.campaigns.send, pk)

    def schedule(self, pk: str, at: datetime.datetime) -> None:
        """Let it go at a moment, a quarter of an hour at the least ahead. Raises Uncertain when the answer was lost."""
        moment = at.astimezone(datetime.UTC).isoformat(timespec="seconds")
        self._ask(self._client.campaigns.schedule, pk, {"schedule_time": moment})

    def unschedule(self, pk: str) -> None:
        """Do not let it go after all. Raises Uncertain when the answer was lost."""
        self._ask(self._client.campaigns.unschedule, pk)

    def delete_campaign(self, pk: str) -> None:
        """Throw a mailing away that did not leave; nothing happens when it is not there."""
        try:
            self._ask(self._client.campaigns.remove, pk)
        except NotFound:
            return

    def report(self, pk: str) -> Report:
        """What became of a mailing."""
        said = self._ask(self._client.reports.get_campaign_report, pk)
        bounces, clicks, opens = said.get("bounces", {}), said.get("clicks", {}), said.get("opens", {})
        return Report(
            sent=int(said.get("emails_sent", 0)),
            hard_bounces=int(bounces.get("hard_bounces", 0)),
            soft_bounces=int(bounces.get("soft_bounces", 0)),
            unsubscribed=int(said.get("unsubscribed", 0)),
            complaints=int(said.get("abuse_reports", 0)),
            readers_clicked=int(clicks.get("unique_subscriber_clicks", 0)),
            clicks=int(clicks.get("clicks_total", 0)),
            opens=int(opens.get("unique_opens", 0)),
        )

    def clicks(self, pk: str) -> list[Clicks]:
        """How often each link was followed, the most first."""
        said = self._ask(self._client.reports.get_campaign_click_details, pk, count=PAGE)
        found = [
            Clicks(str(one["url"]), int(one.get("total_clicks", 0)), int(one.get("unique_clicks", 0)))
            for one in said["urls_clicked"]
        ]
        return sorted(found, key=lambda one: (-one.readers, -one.total, one.url))

    def webhooks(self, audience: str) -> list[Webhook]:
        """Whom it tells what changes."""
        said = self._ask(self._client.lists.get_list_webhooks, audience)
        return [Webhook(str(one["id"]), str(one["url"])) for one in said["webhooks"]]

    def add_webhook(self, audience: str, url: str) -> tuple[Webhook, str]:
        """Have it tell us what readers change, and not what we change ourselves; also the secret that it signs with,
        "" when it gives none. It asks the address once, at once."""
        events = dict.fromkeys(("subscribe", "unsubscribe", "profile", "cleaned", "upemail"), True)
        sources = {"user": True, "admin": True, "api": False}
        said = self._ask(
            self._client.lists.create_list_webhook,
            audience,
            {"url": url, "events": {**events, "campaign": False}, "sources": sources},
        )
        return Webhook(str(said["id"]), str(said["url"])), str(said.get("secret", ""))

    def delete_webhook(self, audience: str, pk: str) -> None:
        """Tell it no more; nothing happens when it is not there."""
        try:
            self._ask(self._client.lists.delete_list_webhook, audience, pk)
        except NotFound:
            return

    def authenticated_domains(self) -> set[str]:
        """The domains of which it may send in our name."""
        said = self._ask(self._client.verifiedDomains.get_verified_domains_all)
        return {str(one["domain"]).lower() for one in said.get("domains", []) if one.get("authenticated")}

    def _ask(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        except ApiClientError as error:
            # The client wraps whatever the transport raises.
            if isinstance(error.text, MailchimpError):
                raise error.text from error
            raise error_of(error.status_code or 500, error.text) from error


def member_id(email: str) -> str:
    """How its addresses name a member: the MD5 of the address in lower case."""
    return md5(email.lower().encode(), usedforsecurity=False).hexdigest()


def _member(said: Mapping[str, Any]) -> Member:
    changed = said.get("last_changed") or ""
    return Member(
        email=str(said["email_address"]),
        status=str(said["status"]),
        first_name=str((said.get("merge_fields") or {}).get("FNAME", "")),
        interests=frozenset(key for key, holds in (said.get("interests") or {}).items() if holds),
        changed_at=datetime.datetime.fromisoformat(changed) if changed else None,
    )


def _as_sent(push: Push) -> dict[str, Any]:
    return {
        "email_address": push.email,
        "status": push.status,
        "language": push.language,
        "merge_fields": {"FNAME": push.first_name},
        "interests": dict(push.interests),
    }


def _campaign(said: Mapping[str, Any]) -> Campaign:
    made, recipients = said.get("settings", {}), said.get("recipients", {})
    send_at = said.get("send_time") or ""
    return Campaign(
        id=str(said["id"]),
        title=str(made.get("title", "")),
        status=str(said["status"]),
        recipients=int(recipients.get("recipient_count") or 0),
        subject=str(made.get("subject_line", "")),
        web_id=int(said.get("web_id") or 0),
        archive_url=str(said.get("long_archive_url", "")),
        send_at=datetime.datetime.fromisoformat(send_at) if send_at else None,
        sent=int(said.get("emails_sent") or 0),
    )
