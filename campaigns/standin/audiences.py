"""What the stand-in answers about the account and its audiences: members, groups and webhooks."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from .asking import Answer, Asked, bad, route, there
from .store import Data, Store, member_id, stamp

_LONGEST_FIELD: Final = 255
_BATCH: Final = 500
_PAGE: Final = 1000
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
# Addresses that it does not believe: the reserved names, and those of a role nobody reads.
_FAKE = re.compile(r"@(test|invalid|localhost)$|^(abuse|noreply|no-reply|spam)@", re.IGNORECASE)
_GONE_BY_THEMSELVES = {"unsubscribed", "cleaned"}


@route("GET", "/")
def _root(store: Store, asked: Asked) -> Answer:
    total = sum(store.counted(one["id"]).get("subscribed", 0) for one in store.all("list"))
    return {
        "account_name": "Proefomgeving",
        "email": "beheer@netwerk.example",
        "total_subscribers": total,
        "pricing_plan_type": "monthly",
    }


@route("GET", "/ping")
def _ping(store: Store, asked: Asked) -> Answer:
    return {"health_status": "Everything's Chimpy!"}


@route("GET", "/verified-domains")
def _domains(store: Store, asked: Asked) -> Answer:
    return {"domains": store.all("domain"), "total_items": len(store.all("domain"))}


@route("GET", "/lists/{list}")
def _list(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    found, counted = there(store.get("list", place)), store.counted(place)
    stats = {
        "member_count": counted.get("subscribed", 0),
        "unsubscribe_count": counted.get("unsubscribed", 0),
        "cleaned_count": counted.get("cleaned", 0),
    }
    return {**found, "stats": stats}


@route("POST", "/lists/{list}")
def _batch(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    there(store.get("list", place))
    members = asked.body.get("members") or []
    if len(members) > _BATCH:
        raise bad(f"At most {_BATCH} members at once.")
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


@route("GET", "/lists/{list}/members")
def _members(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    there(store.get("list", place))
    since = asked.query.get("since_last_changed", "")
    if since:
        try:
            since = stamp(datetime.fromisoformat(since))
        except ValueError:
            raise bad("“since_last_changed” is no moment.") from None
    rows, total = store.members(
        place,
        since=since,
        status=asked.query.get("status", ""),
        offset=asked.number("offset", 0),
        count=min(asked.number("count", 10), _PAGE),
    )
    return {"members": rows, "list_id": place, "total_items": total}


@route("GET", "/lists/{list}/members/{member}")
def _member(store: Store, asked: Asked) -> Answer:
    return there(store.member(*asked.path))


@route("PATCH", "/lists/{list}/members/{member}")
def _change_member(store: Store, asked: Asked) -> Answer:
    place, pk = asked.path
    before = there(store.member(place, pk))
    given = {**asked.body, "email_address": asked.body.get("email_address", before["email_address"])}
    now = member_id(given["email_address"])
    if now != pk and store.member(place, now):
        raise bad(f"{given['email_address']} is already a list member.")
    if problem := _problem(store, place, given, before, update=True):
        raise bad(problem["error"])
    if now != pk:
        store.forget_member(place, pk)
    store.keep_members(place, [_merged(store, before, given)])
    return store.member(place, now)


@route("DELETE", "/lists/{list}/members/{member}")
def _archive(store: Store, asked: Asked) -> Answer:
    before = there(store.member(*asked.path))
    store.keep_members(asked.path[0], [{**before, "status": "archived"}])
    return None


@route("POST", "/lists/{list}/members/{member}/actions/delete-permanent")
def _erase(store: Store, asked: Asked) -> Answer:
    place, pk = asked.path
    if not store.forget_member(place, pk):
        there(None)
    store.put("erased", {}, place=place, pk=pk)
    return None


@route("GET", "/lists/{list}/merge-fields")
def _merge_fields(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    there(store.get("list", place))
    rows = store.all("merge_field", place=place)
    return {"merge_fields": rows, "list_id": place, "total_items": len(rows)}


@route("GET", "/lists/{list}/interest-categories")
def _categories(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    rows = store.all("category", place=place)
    return {"list_id": place, "categories": rows, "total_items": len(rows)}


@route("POST", "/lists/{list}/interest-categories")
def _add_category(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    return store.put("category", {"list_id": place, **_titled(asked.body, "title")}, place=place)


@route("GET", "/lists/{list}/interest-categories/{category}/interests")
def _interests(store: Store, asked: Asked) -> Answer:
    place, category = asked.path
    rows = store.all("interest", place=category)
    return {"list_id": place, "category_id": category, "interests": rows, "total_items": len(rows)}


@route("POST", "/lists/{list}/interest-categories/{category}/interests")
def _add_interest(store: Store, asked: Asked) -> Answer:
    place, category = asked.path
    given = _titled(asked.body, "name")
    if any(one["name"] == given["name"] for one in store.all("interest", place=category)):
        raise bad(f"Cannot add “{given['name']}” because it already exists on the list.")
    return store.put("interest", {"list_id": place, "category_id": category, **given}, place=category)


def _titled(body: Data, name: str) -> Data:
    if not str(body.get(name, "")).strip():
        raise bad("Fill it in.", [{"field": name, "message": "This value should not be blank."}])
    return body


@route("GET", "/lists/{list}/webhooks")
def _webhooks(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    rows = [{**one, "secret": ""} for one in store.all("webhook", place=place)]
    return {"webhooks": rows, "list_id": place, "total_items": len(rows)}


@route("POST", "/lists/{list}/webhooks")
def _add_webhook(store: Store, asked: Asked) -> Answer:
    (place,) = asked.path
    url = str(asked.body.get("url", ""))
    if urlsplit(url).scheme not in {"http", "https"}:
        raise bad("We couldn't validate the URL.", [{"field": "url", "message": "Invalid URL"}])
    return store.put("webhook", {"list_id": place, **asked.body, "secret": member_id(url)}, place=place)


@route("DELETE", "/lists/{list}/webhooks/{webhook}")
def _delete_webhook(store: Store, asked: Asked) -> Answer:
    place, pk = asked.path
    if not store.delete("webhook", pk, place=place):
        there(None)
    return None
