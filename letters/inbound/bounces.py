"""Bounces: which address failed, why, for how long, and which message of ours it was.

The standard form (RFC 3464) is read here; the older forms by flufl.bounce, which knows those of some twenty servers.
"""

from __future__ import annotations

import email
import re
from collections.abc import Collection
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from typing import Final

from flufl.bounce import all_failures

from letters.inbound import characters, headers
from letters.inbound.incoming import Incoming
from letters.inbound.tokens import is_token, tokens, without_tag

MOST_BYTES: Final = 50_000
MOST_FAILURES: Final = 100
MOST_TEXT: Final = 20_000
_DAEMON: Final = re.compile(r"(?:mail(?:er)?-?daemon|postmaster|microsoftexchange[0-9a-f]{8,})(?=[+@]|$)")
_SUBJECT: Final = re.compile(
    r"onbestelbaar|(?:niet|kon niet worden) (?:be|af)(?:zorgd|geleverd)|bezorging (?:is )?mislukt|vertraagd"
    r"|undeliver(?:able|ed)|delivery (?:status notification|has failed|failure|delayed|incomplete|notification)"
    r"|(?:mail|message) delivery (?:failed|failure|delayed)|returned mail|failure notice|mail system error"
    r"|warning: (?:could not send|message .{1,40} delayed)|non remis|unzustellbar",
    re.IGNORECASE,
)
_DELAYED: Final = re.compile(
    r"vertraagd|nog niet (?:be|af)(?:zorgd|geleverd)|delayed|could not send message for past"
    r"|will (?:be retried|retry|keep trying)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[\w.!#$%&'*/=?^`{|}~+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_STATUS: Final = re.compile(r"(?<![\w.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![\w.]\d)")
_REPLY: Final = re.compile(r"(?<![\w.+-])([45][0-9]{2})[ -](?=\S)")
_COPY: Final = re.compile(
    r"^[> \t]*(?:-{2,}.{0,80}(?:copy|original|message|bericht|header|kopie).{0,80}|return-path:.*|received:.*"
    r"|original message headers:.*|oorspronkelijke berichtkoppen:?.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ID_FIELD: Final = re.compile(
    r"^[> \t]*(?:message-id|in-reply-to)\s*:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
_XTEXT: Final = re.compile(r"\+([0-9A-F]{2})")


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of one address: ``action`` as in RFC 3464 (failed, delayed, delivered, relayed, expanded).

    ``status`` is that of RFC 3463, such as 5.1.1, or ""; ``diagnostic`` what the other server said, or "".
    """

    address: str
    action: str
    status: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server reports; with what it returned of our message, by which that is found again."""

    failures: tuple[Failure, ...]
    message_ids: tuple[str, ...]
    envelope_id: str
    tokens: tuple[str, ...]

    @property
    def actions(self) -> frozenset[str]:
        """What happened to the addresses."""
        return frozenset(failure.action for failure in self.failures)


def report(incoming: Incoming) -> Bounce | None:
    """What a delivery status notification in the standard form says (RFC 3464); None for any other message."""
    if not incoming.reports or incoming.report_type == "disposition-notification":
        return None
    failures: list[Failure] = []
    envelope_id = ""
    for text in incoming.reports:
        for block in re.split(r"\n[ \t]*\n", text)[: MOST_FAILURES + 1]:
            fields = HeaderParser().parsestr(block.strip("\n"))
            envelope_id = envelope_id or _plain(fields.get("original-envelope-id", ""))
            if failure := _failure(fields):
                failures.append(failure)
    return _bounce(incoming, failures, envelope_id) if failures else None


def old_style(incoming: Incoming, raw: bytes, own: Collection[str]) -> Bounce | None:
    """What a bounce in any other form says, told by its sender, its subject and its text; None for other messages.

    ``own`` are our addresses, none of which can have failed.
    """
    is_from_server = bool(_DAEMON.match(incoming.sender.address or incoming.sender.name.lower()))
    says_so = bool(_SUBJECT.search(incoming.subject))
    if not is_from_server and not (says_so and incoming.get("return-path") == "<>"):
        return None
    copy = _COPY.search(incoming.text)
    told = incoming.text[: min(copy.start() if copy else MOST_TEXT, MOST_TEXT)]
    found = _detected(incoming, raw)
    if not found and says_so:
        action = "delayed" if _DELAYED.search(f"{incoming.subject}\n{told}") else "failed"
        found = {address.lower().rstrip("."): action for address in _ADDRESS.findall(told)}
        found = dict(list(_strangers(found, own).items())[:1])
    elif not found:
        return None
    return _bounce(incoming, [_failure_told(*item, told) for item in _strangers(found, own).items()])


def _strangers(found: dict[str, str], own: Collection[str]) -> dict[str, str]:
    return {
        one: action for one, action in found.items() if without_tag(one) not in own and not _DAEMON.match(one)
    }


def _detected(incoming: Incoming, raw: bytes) -> dict[str, str]:
    """Address -> action, as flufl.bounce reads the message."""
    if "too_deep" in incoming.problems:
        return {}
    message = email.message_from_bytes(raw[:MOST_BYTES])
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # Its detectors were written for bounces; what they stumble over is none.
        return {}
    found = [(address, "delayed") for address in temporary] + [(address, "failed") for address in permanent]
    read = [(address.decode("ascii", "replace").strip().lower(), action) for address, action in found]
    return {
        address: action for address, action in sorted(read)[:MOST_FAILURES] if _ADDRESS.fullmatch(address)
    }


def _failure(fields: Message) -> Failure | None:
    """One block of a report; None for the first one, which is about the whole message."""
    action = _plain(fields.get("action", "")).partition(" ")[0].lower()
    # The original recipient is the address that we wrote to; the final one is where it was passed on to.
    written = [_plain(fields.get(name, "")) for name in ("original-recipient", "final-recipient")]
    address = next(
        (found for value in written if (found := headers.address(value.partition(";")[2] or value))), ""
    )
    if not action or not any(written):
        return None
    diagnostic = _plain(fields.get("diagnostic-code", ""))
    status = _STATUS.search(_plain(fields.get("status", ""))) or _STATUS.search(diagnostic)
    said = diagnostic.partition(";")[2].strip() if re.match(r"[\w.-]{1,20}\s*;", diagnostic) else diagnostic
    return Failure(
        address, action if action != "error" else "failed", status[1] if status else "", said[:400]
    )


def _failure_told(address: str, action: str, told: str) -> Failure:
    status = _STATUS.search(told)
    line = next((line for line in told.split("\n") if _STATUS.search(line) or _REPLY.search(line)), "")
    return Failure(address, action, status[1] if status else "", characters.one_line(line, 400))


def _bounce(incoming: Incoming, failures: list[Failure], envelope_id: str = "") -> Bounce:
    """With what was returned of our message: as a message inside, or as lines in the text."""
    returned = _ID_FIELD.findall(incoming.text)[:20]
    ids = [one.message_id for one in incoming.nested if one.message_id] + returned
    texts = [value for one in incoming.nested for _name, value in one.fields]
    copy = _COPY.search(incoming.text)
    texts += [incoming.text[copy.start() :]] if copy else []
    envelope_id = _XTEXT.sub(lambda found: chr(int(found[1], 16)), envelope_id)
    # What we give out as envelope id is the token of the message.
    enveloped = (envelope_id.lower(),) if is_token(envelope_id) else ()
    return Bounce(
        failures=tuple(dict.fromkeys(failures[:MOST_FAILURES])),
        message_ids=tuple(dict.fromkeys(ids)),
        envelope_id=envelope_id,
        tokens=tuple(dict.fromkeys((*enveloped, *tokens(texts)))),
    )


def _plain(value: object) -> str:
    return characters.one_line(str(value), 1000)
