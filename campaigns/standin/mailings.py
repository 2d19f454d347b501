"""What the stand-in answers about mailings: making, checking, sending and scheduling them, and what became of them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from .asking import Answer, Asked, Failure, bad, route, there
from .store import Data, Store, stamp

_LINK = re.compile(r'href="(https?://[^"]+)"')


@route("GET", "/campaigns")
def _campaigns(store: Store, asked: Asked) -> Answer:
    since = asked.query.get("since_create_time", "")
    limit = stamp(datetime.fromisoformat(since)) if since else ""
    rows = [_shown(store, one) for one in store.all("campaign") if one["create_time"] >= limit]
    rows.sort(key=lambda one: one["create_time"], reverse=asked.query.get("sort_dir") == "DESC")
    return {"campaigns": rows[: asked.number("count", 10)], "total_items": len(rows)}


@route("POST", "/campaigns")
def _create(store: Store, asked: Asked) -> Answer:
    if asked.body.get("type") != "regular":
        raise bad("Only regular campaigns.", [{"field": "type", "message": "Unknown type"}])
    there(store.get("list", str(asked.body.get("recipients", {}).get("list_id", ""))))
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


@route("GET", "/campaigns/{campaign}")
def _campaign(store: Store, asked: Asked) -> Answer:
    return _shown(store, there(store.get("campaign", asked.path[0])))


@route("PATCH", "/campaigns/{campaign}")
def _change(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0])
    settings = {**found["settings"], **asked.body.get("settings", {})}
    return _shown(store, store.put("campaign", {**found, "settings": settings}))


@route("DELETE", "/campaigns/{campaign}")
def _remove(store: Store, asked: Asked) -> Answer:
    store.delete("campaign", _unsent(store, asked.path[0])["id"])
    return None


@route("GET", "/campaigns/{campaign}/content")
def _content(store: Store, asked: Asked) -> Answer:
    found = there(store.get("campaign", asked.path[0]))
    return {"html": found.get("html", ""), "plain_text": found.get("plain_text", "")}


@route("PUT", "/campaigns/{campaign}/content")
def _put_content(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0])
    given = {name: str(asked.body.get(name, "")) for name in ("html", "plain_text")}
    store.put("campaign", {**found, **given})
    return given


@route("GET", "/campaigns/{campaign}/send-checklist")
def _checklist(store: Store, asked: Asked) -> Answer:
    found = there(store.get("campaign", asked.path[0]))
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


@route("POST", "/campaigns/{campaign}/actions/test")
def _test(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0])
    if not found.get("html"):
        raise bad("Your Campaign is not ready to send.")
    store.put("campaign", {**found, "tests": [*found.get("tests", []), *asked.body.get("test_emails", [])]})
    return None


@route("POST", "/campaigns/{campaign}/actions/send")
def _send(store: Store, asked: Asked) -> Answer:
    _check_ready(store, _unsent(store, asked.path[0], "save"))
    _go(store, _unsent(store, asked.path[0], "save"))
    return None


@route("POST", "/campaigns/{campaign}/actions/schedule")
def _schedule(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0], "save")
    _check_ready(store, found)
    try:
        moment = datetime.fromisoformat(str(asked.body.get("schedule_time")))
    except ValueError:
        raise bad("“schedule_time” is no moment.") from None
    if moment.minute % 15 or moment.second:
        raise bad("Campaigns can only be scheduled on the quarter-hour.")
    if moment <= store.now():
        raise bad("Campaigns cannot be scheduled in the past.")
    store.put("campaign", {**found, "status": "schedule", "send_time": stamp(moment)})
    return None


@route("POST", "/campaigns/{campaign}/actions/unschedule")
def _unschedule(store: Store, asked: Asked) -> Answer:
    found = _unsent(store, asked.path[0], "schedule")
    store.put("campaign", {**found, "status": "save", "send_time": ""})
    return None


def _unsent(store: Store, pk: str, *states: str) -> Data:
    """A mailing that did not leave. What was scheduled and whose moment passed did leave."""
    found = there(store.get("campaign", pk))
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


@route("GET", "/reports/{campaign}")
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


@route("GET", "/reports/{campaign}/click-details")
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
    found = there(store.get("campaign", pk))
    if found["status"] != "sent" and _shown(store, found)["status"] != "sent":
        raise Failure(404, "Resource Not Found", "There is no report of a campaign that was not sent.")
    return there(store.get("campaign", pk))


def next_quarter(moment: datetime) -> datetime:
    """The first whole quarter of an hour after a moment."""
    floor = moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)
    return floor + timedelta(minutes=15)
