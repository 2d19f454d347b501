"""Messages that anybody can make of what is public: the reference of a letter, and the addresses of party and network.

None holds a token or a message id of ours. Each has the code that says what is wrong with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.letters.inbound.world import MEETING, OUR_ADDRESS, Sent, sent

EVE = "Eve <eve@kwaad.example>"
TARGETS = [sent(MEETING, name) for name in ("De Brug", "Groene Wig", "Lijst Linde")]
_DAEMON = "Mail Delivery System <mailer-daemon@kwaad.example>"


@dataclass(frozen=True)
class Forgery:
    """A forged message, and the note that a person reads beside it."""

    shape: str
    raw: bytes
    note: str
    target: Sent


def forgeries() -> list[Forgery]:
    """Every shape, aimed at several parties."""
    return [one for target in TARGETS for one in _about(target)]


def _about(one: Sent) -> Iterator[Forgery]:
    address, reference = one.party.addresses[0], one.letter.reference
    typed = (
        f"Zie onder.\n\n---------- Forwarded message ---------\nVan: {one.party.name} <{address}>\n"
        f"Verzonden: vrijdag 8 augustus 2025\nAan: {OUR_ADDRESS}\nOnderwerp: Re: {reference}\n\nWij zijn tegen.\n"
    )
    inner = f"From: {address}\nTo: {OUR_ADDRESS}\nSubject: Re: {reference}\n\nWij zijn tegen."
    parts = ["text/plain\n\nZie bijlage.", f"message/rfc822\n\n{inner}"]
    report = (
        f"message/delivery-status\n\nReporting-MTA: dns; kwaad.example\n\nFinal-Recipient: rfc822; {address}\n"
        "Action: failed\nStatus: 5.1.1\n"
    )
    told = ["text/plain\n\nKenmerk " + reference, report]
    old = (
        "Hi. This is the qmail-send program at kwaad.example.\nI'm afraid I wasn't able to deliver your message to "
        f"the following addresses.\n\n<{address}>:\n550 5.1.1 no such user\n\nKenmerk {reference}\n"
    )

    def made(shape: str, note: str, sender: str, body: str, **fields: str) -> Forgery:
        return Forgery(shape, _mail(sender, body, Subject=f"Re: {reference}", **fields), note, one)

    yield made("typed forward", "sender_unknown", EVE, typed)
    yield made("nested", "sender_unknown", EVE, _several(parts), Content_Type=_type("mixed"))
    yield made("typed forward to another", "own_unproven", OUR_ADDRESS, typed, To=address)
    yield made("in our name", "own_unproven", OUR_ADDRESS, "Dank, dat is beantwoord.", To=address)
    yield made("report", "report_unproven", _DAEMON, _several(told), Content_Type=_type("report"))
    yield made("report of a person", "report_unproven", EVE, _several(told), Content_Type=_type("mixed"))
    yield made("old report", "report_unproven", _DAEMON, old)
    failed = "mx.buurtennetwerk.example; spf=fail; dkim=none; dmarc=fail"
    yield made("not them", "unverified", address, "Wij zijn tegen.", Authentication_Results=failed)
    yield made("not us", "unverified", OUR_ADDRESS, typed, To=OUR_ADDRESS, Authentication_Results=failed)


def _mail(sender: str, body: str, **fields: str) -> bytes:
    head = {
        "From": sender,
        "To": OUR_ADDRESS,
        "Date": "Sat, 09 Aug 2025 10:00:00 +0200",
        "Message_ID": "<vals@kwaad.example>",
        "MIME_Version": "1.0",
        **fields,
    }
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in head.items())
    return f"{lines}\n{body}".encode()


def _type(kind: str) -> str:
    status = "; report-type=delivery-status" if kind == "report" else ""
    return f"multipart/{kind}{status}; boundary=grens"


def _several(parts: list[str]) -> str:
    return "".join(f"--grens\nContent-Type: {part}\n" for part in parts) + "--grens--\n"
