"""What the stand-in answers to each request, as Mailchimp would (mailchimp.com/developer/marketing/api)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from .store import Data, Store, member_id, stamp

_LONGEST_FIELD: Final = 255
_BATCH: Final = 500
_PAGE: Final = 1000
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LINK = re.compile(r'href="(https?://[^"]+)"')
# Addresses that it does not believe: the reserved names, and those of a role nobody reads.
_FAKE = re.compile(r"@(test|invalid|localhost)$|^(abuse|noreply|no-reply|spam)@", re.IGNORECASE)
_GONE_BY_THEMSELVES = {"unsubscribed", "cleaned"}


class Failure(Exception):
    """An answer that is an error: its status, title and detail."""

    def __init__(self, status: int, title: str, detail: str, errors: list[Data] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {
            "type": "https://mailchimp.com/developer/marketing/docs/errors/",
            "title": title,
            "status": status,
            "detail": detail,
            "instance": "standin",
            **({"errors": errors} if errors else {}),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the values in its path, its query, and its body."""

    path: tuple[str, ...]
    query: Mapping[str, str]
    body: Data = field(default_factory=dict)

    def number(self, name: str, default: int) -> int:
        """A whole number of the query. Raises Failure."""
        try:
            return int(self.query.get(name, default))
        except ValueError:
            raise _bad(f"“{name}” is not a number.") from None


Answer = Data | None
ROUTES: list[tuple[str, re.Pattern[str], Callable[[Store, Asked], Answer]]] = []


def _route(method: str, path: str) -> Callable[[Callable[[Store, Asked], Answer]], Any]:
    pattern = re.compile(re.sub(r"\{\w+\}", r"([^/]+)", path) + r"/?")

    def add(function: Callable[[Store, Asked], Answer]) -> Callable[[Store, Asked], Answer]:
        ROUTES.append((method, pattern, function))
        return function

    return add


def answer(store: Store, method: str, path: str, query: Mapping[str, str], body: Data) -> Answer:
    """The body of the answer, None for an empty one. Raises Failure."""
    for wanted, pattern, function in ROUTES:
        match = pattern.fullmatch(path)
        if match and wanted == method:
            with store.lock:
                return function(store, Asked(match.groups(), query, body))
    raise Failure(404, "Resource Not Found", "The requested resource could not be found.")


def _bad(detail: str, errors: list[Data] | None = None) -> Failure:
    return Failure(400, "Invalid Resource", detail, errors)


def _found(thing: Data | None) -> Data:
    if thing is None:
        raise Failure(404, "Resource Not Found", "The requested resource could not be found.")
    return thing


@_route("GET", "/")
def _root(store: Store, asked: Asked) -> Answer:
    total = sum(store.counted(one["id"]).get("subscribed", 0) for one in store.all("list"))
    return {"account_name": "Proefomgeving", "email": "beheer@netwerk.example", "total_subscribers": total}


@_route("GET", "/ping")
def _ping(store: Store, asked: Asked) -> Answer:
    return {"health_status": "Everything's Chimpy!"}


@_route("GET", "/verified-domains")
def _domains(store: Store, asked: Asked) -> Answer:
    return {"domains": store.all("domain"), "total_items": len(store.all("domain"))}


@_route("GET", "/lists/{list}")
def _list(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    found, counted = _found(store.get("list", place)), store.counted(place)
    stats = {
        "member_count": counted.get("subscribed", 0),
        "unsubscribe_count": counted.get("unsubscribed", 0),
        "cleaned_count": counted.get("cleaned", 0),
    }
    return {**found, "stats": stats}


@_route("POST", "/lists/{list}")
def _batch(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    _found(store.get("list", place))
    members = asked.body.get("members") or []
    if len(members) > _BATCH:
        raise _bad(f"At most {_BATCH} members at once.")
    update = bool(asked.body.get("update_existing"))
    made: list[Data] = []
    changed: list[Data] = []
    errors: list[Data] = []
    for given in members:
        before = store.member(place, member_id(str(given.get("email_address", ""))))
        if problem := _problem(store, place, given, before, update=update):
            errors.append({"email_address": given.get("email_address", ""), **problem})
            continue
        (changed if before else made).append(_merged(store, before, given))
    store.keep_members(place, made + changed)
    return {
        "new_members": made,
        "updated_members": changed,
        "errors": errors,
        "total_created": len(made),
        "total_updated": len(changed),
        "error_count": len(errors),
    }


def _problem(store: Store, place: str, given: Data, before: Data | None, *, update: bool) -> Data | None:
    """What it says of an address that it does not take."""
    email = str(given.get("email_address", ""))
    words = ""
    if not _ADDRESS.fullmatch(email) or _FAKE.search(email):
        words = f"{email} looks fake or invalid, please enter a real email address."
    elif before and not update:
        return {"error": f"{email} is already a list member.", "error_code": "ERROR_CONTACT_EXISTS"}
    elif before and before["status"] in _GONE_BY_THEMSELVES and given.get("status") == "subscribed":
        words = (
            f"{email} is in a compliance state due to unsubscribe, bounce, or compliance review"
            " and cannot be subscribed."
        )
    elif before is None and store.get("erased", member_id(email), place=place):
        words = f"{email} was permanently deleted and cannot be re-imported."
    else:
        for tag, value in (given.get("merge_fields") or {}).items():
            if len(str(value).encode()) > _LONGEST_FIELD:
                return {
                    "error": f"{tag} must be 255 bytes or less.",
                    "error_code": "ERROR_GENERIC",
                    "field": tag,
                    "field_message": "Too long",
                }
    return {"error": words, "error_code": "ERROR_GENERIC"} if words else None


def _merged(store: Store, before: Data | None, given: Data) -> Data:
    moment = stamp(store.now())
    base = before or {"timestamp_signup": moment, "interests": {}, "merge_fields": {}, "source": "API"}
    return {
        **base,
        **given,
        "merge_fields": {**base["merge_fields"], **(given.get("merge_fields") or {})},
        "interests": {**base["interests"], **(given.get("interests") or {})},
        "last_changed": moment,
    }


@_route("GET", "/lists/{list}/members")
def _members(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    _found(store.get("list", place))
    since = asked.query.get("since_last_changed", "")
    if since:
        try:
            since = stamp(datetime.fromisoformat(since))
        except ValueError:
            raise _bad("“since_last_changed” is no moment.") from None
    rows, total = store.members(
        place,
        since=since,
        status=asked.query.get("status", ""),
        offset=asked.number("offset", 0),
        count=min(asked.number("count", 10), _PAGE),
    )
    return {"members": rows, "list_id": place, "total_items": total}


@_route("GET", "/lists/{list}/members/{member}")
def _member(store: Store, asked: Asked) -> Answer:
    return _found(store.member(*asked.path))


@_route("PATCH", "/lists/{list}/members/{member}")
def _change_member(store: Store, asked: Asked) -> Answer:
    place, pk = asked.path
    before = _found(store.member(place, pk))
    given = {**asked.body, "email_address": asked.body.get("email_address", before["email_address"])}
    now = member_id(given["email_address"])
    if now != pk and store.member(place, now):
        raise _bad(f"{given['email_address']} is already a list member.")
    if problem := _problem(store, place, given, before, update=True):
        raise _bad(problem["error"])
    if now != pk:
        store.forget_member(place, pk)
    store.keep_members(place, [_merged(store, before, given)])
    return store.member(place, now)


@_route("DELETE", "/lists/{list}/members/{member}")
def _archive(store: Store, asked: Asked) -> Answer:
    before = _found(store.member(*asked.path))
    store.keep_members(asked.path[0], [{**before, "status": "archived"}])
    return None


@_route("POST", "/lists/{list}/members/{member}/actions/delete-permanent")
def _erase(store: Store, asked: Asked) -> Answer:
    place, pk = asked.path
    if not store.forget_member(place, pk):
        _found(None)
    store.put("erased", {}, place=place, pk=pk)
    return None


@_route("GET", "/lists/{list}/merge-fields")
def _merge_fields(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    _found(store.get("list", place))
    rows = store.all("merge_field", place=place)
    return {"merge_fields": rows, "list_id": place, "total_items": len(rows)}


@_route("GET", "/lists/{list}/interest-categories")
def _categories(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    rows = store.all("category", place=place)
    return {"list_id": place, "categories": rows, "total_items": len(rows)}


@_route("POST", "/lists/{list}/interest-categories")
def _add_category(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    return store.put("category", {"list_id": place, **_titled(asked.body, "title")}, place=place)


@_route("GET", "/lists/{list}/interest-categories/{category}/interests")
def _interests(store: Store, asked: Asked) -> Answer:
    place, category = asked.path
    rows = store.all("interest", place=category)
    return {"list_id": place, "category_id": category, "interests": rows, "total_items": len(rows)}


@_route("POST", "/lists/{list}/interest-categories/{category}/interests")
def _add_interest(store: Store, asked: Asked) -> Answer:
    place, category = asked.path
    given = _titled(asked.body, "name")
    if any(one["name"] == given["name"] for one in store.all("interest", place=category)):
        raise _bad(f"Cannot add “{given['name']}” because it already exists on the list.")
    return store.put("interest", {"list_id": place, "category_id": category, **given}, place=category)


def _titled(body: Data, name: str) -> Data:
    if not str(body.get(name, "")).strip():
        raise _bad("Fill it in.", [{"field": name, "message": "This value should not be blank."}])
    return body


@_route("GET", "/lists/{list}/webhooks")
def _webhooks(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    rows = [{**one, "secret": ""} for one in store.all("webhook", place=place)]
    return {"webhooks": rows, "list_id": place, "total_items": len(rows)}


@_route("POST", "/lists/{list}/webhooks")
def _add_webhook(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    url = str(asked.body.get("url", ""))
    if urlsplit(url).scheme not in {"http", "https"}:
        raise _bad("We couldn't validate the URL.", [{"field": "url", "message": "Invalid URL"}])
    return store.put("webhook", {"list_id": place, **asked.body, "secret": member_id(url)}, place=place)


@_route("DELETE", "/lists/{list}/webhooks/{webhook}")
def _delete_webhook(store: Store, asked: Asked) -> Answer:
    place, pk = asked.path
    if not store.delete("webhook", pk, place=place):
        _found(None)
    return None


@_route("GET", "/campaigns")
def _campaigns(store: Store, asked: Asked) -> Answer:
    since = asked.query.get("since_create_time", "")
    limit = stamp(datetime.fromisoformat(since)) if since else ""
    rows = [_shown(store, one) for one in store.all("campaign") if one["create_time"] >= limit]
    rows.sort(key=lambda one: one["create_time"], reverse=asked.query.get("sort_dir") == "DESC")
    return {"campaigns": rows[: asked.number("count", 10)], "total_items": len(rows)}


@_route("POST", "/campaigns")
def _create(store: Store, asked: Asked) -> Answer:
    if asked.body.get("type") != "regular":
        raise _bad("Only regular campaigns.", [{"field": "type", "message": "Unknown type"}])
    _found(store.get("list", str(asked.body.get("recipients", {}).get("list_id", ""))))
    made = {
        **asked.body,
        "status": "save",
        "create_time": stamp(store.now()),
        "send_time": "",
        "emails_sent": 0,
        "web_id": len(store.all("campaign")) + 1,
        "long_archive_url": "",
    }
    return _shown(store, store.put("campaign", made))


@_route("GET", "/campaigns/{campaign}")
def _campaign(store: Store, asked: Asked) -> Answer:
    return _shown(store, _found(store.get("campaign", asked.path[0])))


@_route("PATCH", "/campaigns/{campaign}")
def _change(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0])
    settings = {**found["settings"], **asked.body.get("settings", {})}
    return _shown(store, store.put("campaign", {**found, "settings": settings}))


@_route("DELETE", "/campaigns/{campaign}")
def _remove(store: Store, asked: Asked) -> Answer:
    store.delete("campaign", _unsent(store, asked.path[0])["id"])
    return None


@_route("GET", "/campaigns/{campaign}/content")
def _content(store: Store, asked: Asked) -> Answer:
    found = _found(store.get("campaign", asked.path[0]))
    return {"html": found.get("html", ""), "plain_text": found.get("plain_text", "")}


@_route("PUT", "/campaigns/{campaign}/content")
def _put_content(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0])
    given = {name: str(asked.body.get(name, "")) for name in ("html", "plain_text")}
    store.put("campaign", {**found, **given})
    return given


@_route("GET", "/campaigns/{campaign}/send-checklist")
def _checklist(store: Store, asked: Asked) -> Answer:
    found = _found(store.get("campaign", asked.path[0]))
    items = _unready(store, found)
    return {"is_ready": not any(one["type"] == "error" for one in items), "items": items}


def _unready(store: Store, found: Data) -> list[Data]:
    settings = found.get("settings", {})
    wanted = {
        "Subject": settings.get("subject_line"),
        "From": settings.get("from_name") and settings.get("reply_to"),
        "HTML Email": found.get("html"),
        "List": _reached(store, found),
    }
    items: list[Data] = [
        {"type": "success" if there else "error", "id": number, "heading": heading, "details": ""}
        for number, (heading, there) in enumerate(wanted.items(), start=500)
    ]
    for item in items:
        item["details"] = "" if item["type"] == "success" else f"{item['heading']} is missing."
    if "*|UNSUB|*" not in str(found.get("html", "")):
        items.append(
            {"type": "error", "id": 510, "heading": "Footer", "details": "There is no unsubscribe link."}
        )
    return items


@_route("POST", "/campaigns/{campaign}/actions/test")
def _test(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0])
    if not found.get("html"):
        raise _bad("Your Campaign is not ready to send.")
    store.put("campaign", {**found, "tests": [*found.get("tests", []), *asked.body.get("test_emails", [])]})
    return None


@_route("POST", "/campaigns/{campaign}/actions/send")
def _send(store: Store, asked: Asked) -> Answer:
    _check_ready(store, _unsent(store, asked.path[0], "save"))
    _go(store, _unsent(store, asked.path[0], "save"))
    return None


@_route("POST", "/campaigns/{campaign}/actions/schedule")
def _schedule(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0], "save")
    _check_ready(store, found)
    try:
        moment = datetime.fromisoformat(str(asked.body.get("schedule_time")))
    except ValueError:
        raise _bad("“schedule_time” is no moment.") from None
    if moment.minute % 15 or moment.second:
        raise _bad("Campaigns can only be scheduled on the quarter-hour.")
    if moment <= store.now():
        raise _bad("Campaigns cannot be scheduled in the past.")
    store.put("campaign", {**found, "status": "schedule", "send_time": stamp(moment)})
    return None


@_route("POST", "/campaigns/{campaign}/actions/unschedule")
def _unschedule(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0], "schedule")
    store.put("campaign", {**found, "status": "save", "send_time": ""})
    return None


def _unsent(store: Store, pk: str, *states: str) -> Data:
    """A mailing that did not leave. What was scheduled and whose moment passed did leave."""
    found = _found(store.get("campaign", pk))
    if found["status"] == "schedule" and found["send_time"] <= stamp(store.now()):
        found = _go(store, found)
    if found["status"] not in (states or ("save", "schedule")):
        raise Failure(400, "Bad Request", f"This campaign is “{found['status']}”, so this cannot be done.")
    return found


def _check_ready(store: Store, found: Data) -> None:
    if any(one["type"] == "error" for one in _unready(store, found)):
        raise Failure(400, "Bad Request", "Your Campaign is not ready to send.")


def _reached(store: Store, found: Data) -> int:
    recipients = found["recipients"]
    conditions = recipients.get("segment_opts", {}).get("conditions", [])
    wanted = {interest for condition in conditions for interest in condition.get("value", [])}
    if not wanted:
        return store.counted(recipients["list_id"]).get("subscribed", 0)
    rows, _total = store.members(recipients["list_id"], status="subscribed", count=1_000_000)
    return sum(any(row["interests"].get(one) for one in wanted) for row in rows)


def _go(store: Store, found: Data) -> Data:
    """It leaves: how often, to how many, and with which text is remembered for good."""
    moment = found["send_time"] or stamp(store.now())
    return store.put(
        "campaign",
        {
            **found,
            "status": "sent",
            "send_time": moment,
            "emails_sent": _reached(store, found),
            "times_sent": found.get("times_sent", 0) + 1,
            "long_archive_url": f"https://archief.example/{found['id']}",
        },
    )


def _shown(store: Store, found: Data) -> Data:
    if found["status"] == "schedule" and found["send_time"] <= stamp(store.now()):
        found = _go(store, found)
    shown = {name: value for name, value in found.items() if name not in {"html", "plain_text", "tests"}}
    return {**shown, "recipients": {**found["recipients"], "recipient_count": _reached(store, found)}}


@_route("GET", "/reports/{campaign}")
def _report(store: Store, asked: Asked) -> Answer:
    found = _sent(store, asked.path[0])
    sent, clicks = found["emails_sent"], _clicked(found)
    return {
        "id": found["id"],
        "emails_sent": sent,
        "abuse_reports": 0,
        "unsubscribed": sent // 300,
        "send_time": found["send_time"],
        "bounces": {"hard_bounces": sent // 200, "soft_bounces": sent // 150, "syntax_errors": 0},
        "opens": {"opens_total": sent, "unique_opens": sent * 6 // 10, "open_rate": 0.6},
        "clicks": {
            "clicks_total": sum(one["total_clicks"] for one in clicks),
            "unique_clicks": sum(one["unique_clicks"] for one in clicks),
            "unique_subscriber_clicks": max((one["unique_clicks"] for one in clicks), default=0),
        },
    }


@_route("GET", "/reports/{campaign}/click-details")
def _click_details(store: Store, asked: Asked) -> Answer:
    found = _sent(store, asked.path[0])
    rows = _clicked(found)
    return {"campaign_id": found["id"], "urls_clicked": rows, "total_items": len(rows)}


def _clicked(found: Data) -> list[Data]:
    """Who reads, follows the first link most."""
    rows, readers = [], found["emails_sent"] // 4
    for number, url in enumerate(dict.fromkeys(_LINK.findall(found.get("html", "")))):
        readers = readers * 2 // 3
        rows.append(
            {
                "id": str(number),
                "url": url,
                "total_clicks": readers + readers // 5,
                "unique_clicks": readers,
                "campaign_id": found["id"],
            }
        )
    return rows


def _sent(store: Store, pk: str) -> Data:
    found = _found(store.get("campaign", pk))
    if found["status"] != "sent" and _shown(store, found)["status"] != "sent":
        raise Failure(404, "Resource Not Found", "There is no report of a campaign that was not sent.")
    return _found(store.get("campaign", pk))


def next_quarter(moment: datetime) -> datetime:
    """The first whole quarter of an hour after a moment."""
    floor = moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)
    return floor + timedelta(minutes=15)
