"""A message that Outlook saved as a file (.msg) as the raw message that every other door brings (RFC 5322)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime
from io import BytesIO
from typing import Final, TypeVar

from olefile import OleFileIO, isOleFile
from oxmsg.domain import constants as pids
from oxmsg.domain.model import ATTACH_HDR_OFFSET, MSG_HDR_OFFSET, RECIP_HDR_OFFSET
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from letters.inbound import characters

T = TypeVar("T")

MOST_LEVELS: Final = 10
# Streams of the file can share their bytes: together they never hold much more than a real one has.
MOST_TIMES_SIZE: Final = 4
MOST_HEADERS: Final = 256_000
# A message inside another has a shorter beginning than one that is a file (MS-OXMSG, 2.4.1.2).
_EMBEDDED_HDR_OFFSET: Final = 24
_EMBEDDED_MESSAGE: Final = "__substg1.0_3701000D"
_TO, _CC = 1, 2
_RAW: Final = compat32.clone(linesep="\r\n", max_line_length=None)


class UnreadableError(ValueError):
    """These bytes are no message of Outlook, or one that is damaged."""


def is_outlook(data: bytes) -> bool:
    """Whether these bytes may be such a file."""
    return bool(isOleFile(data=data))


def to_mail(data: bytes) -> bytes:
    """The raw message, which ``reading.read`` takes; the same for the same file.

    Header fields are those that came with the message; for one without, such as a sent one, they are made of what
    Outlook stored. Raises UnreadableError.
    """
    if not is_outlook(data):
        raise UnreadableError("het is geen bericht van Outlook")
    try:
        with OleFileIO(BytesIO(data)) as ole:
            if sum(ole.get_size(path) for path in ole.listdir()) > MOST_TIMES_SIZE * len(data):
                raise UnreadableError("dit bericht van Outlook is beschadigd")
            storage = Storage.from_ole(ole)
        return _message(storage, MSG_HDR_OFFSET, "1").as_bytes(policy=_RAW)
    except UnreadableError:
        raise
    except Exception as error:  # What a damaged file makes of the libraries that read it can be anything.
        raise UnreadableError("dit bericht van Outlook is beschadigd") from error


def _message(storage: Storage, offset: int, path: str) -> Message:
    properties = Properties(storage, properties_header_offset=offset)
    body = _body(properties, path)
    parts = [
        part
        for index, one in enumerate(storage.iter_attachment_storages())
        if (part := _part(one, f"{path}.{index}"))
    ]
    if parts:
        whole: Message = MIMEMultipart("mixed", boundary=f"=_outlook_{path}_m")
        for part in (body, *parts):
            whole.attach(part)
    else:
        whole = body
    for name, value in _fields(storage, properties):
        whole[name] = value if value.isascii() else Header(value, "utf-8").encode(maxlinelen=0)
    return whole


def _body(properties: Properties, path: str) -> Message:
    plain = characters.clean(_read(properties.str_prop_value, pids.PID_BODY) or "")
    if data := _read(properties.binary_prop_value, pids.PID_HTML):
        rich = characters.text(data, properties.body_encoding)[0]
    else:
        rich = _read(properties.str_prop_value, pids.PID_BODY_HTML) or ""
    if not rich:
        return MIMEText(plain, "plain", "utf-8")
    both = MIMEMultipart("alternative", boundary=f"=_outlook_{path}_a")
    both.attach(MIMEText(plain, "plain", "utf-8"))
    both.attach(MIMEText(characters.clean(rich), "html", "utf-8"))
    return both


def _fields(storage: Storage, properties: Properties) -> Iterator[tuple[str, str]]:
    kept = _read(properties.str_prop_value, pids.PID_TRANSPORT_MESSAGE_HEADERS) or ""
    headers = HeaderParser().parsestr(kept[:MOST_HEADERS].lstrip())
    if headers["from"] or headers["message-id"]:
        for name, value in headers.items():
            # How the parts were packed is no longer true.
            if not name.lower().startswith(("content-", "mime-version")) and name.isascii():
                yield name, characters.one_line(value, 16_000)
        return
    text = properties.str_prop_value
    sender = _read(text, pids.PID_SENDER_SMTP_ADDRESS) or _read(text, pids.PID_SENDER_EMAIL_ADDRESS) or ""
    yield "From", _mailbox(_read(text, pids.PID_SENDER_NAME) or "", sender)
    for name, wanted in (("To", _TO), ("Cc", _CC)):
        if found := ", ".join(_recipients(storage, wanted)):
            yield name, found
    moment = _read(properties.date_prop_value, pids.PID_CLIENT_SUBMIT_TIME)
    if isinstance(moment, datetime):
        yield "Date", format_datetime(moment)
    for name, pid in (
        ("Subject", pids.PID_SUBJECT),
        ("Message-ID", pids.PID_INTERNET_MESSAGE_ID),
        ("In-Reply-To", pids.PID_IN_REPLY_TO_ID),
        ("References", pids.PID_INTERNET_REFERENCES),
    ):
        if written := _read(text, pid):
            yield name, characters.one_line(written, 4_000)


def _recipients(storage: Storage, wanted: int) -> Iterator[str]:
    for one in storage.iter_recipient_storages():
        properties = Properties(one, properties_header_offset=RECIP_HDR_OFFSET)
        if (_read(properties.int_prop_value, pids.PID_RECIPIENT_TYPE) or _TO) == wanted:
            text = properties.str_prop_value
            address = _read(text, pids.PID_SMTP_ADDRESS) or _read(text, pids.PID_EMAIL_ADDRESS) or ""
            yield _mailbox(_read(text, pids.PID_DISPLAY_NAME) or "", address)


def _part(storage: Storage, path: str) -> Message | None:
    properties = Properties(storage, properties_header_offset=ATTACH_HDR_OFFSET)
    inside = next((one for one in storage.storages if one.name == _EMBEDDED_MESSAGE), None)
    if inside is not None:
        is_deep = path.count(".") >= MOST_LEVELS
        return None if is_deep else MIMEMessage(_message(inside, _EMBEDDED_HDR_OFFSET, path))
    data = _read(properties.binary_prop_value, pids.PID_ATTACH_DATA_BINARY)
    if data is None:
        return None
    text = properties.str_prop_value
    name = _read(text, pids.PID_ATTACH_LONG_FILENAME) or _read(text, pids.PID_ATTACH_FILENAME) or ""
    kind = _read(text, pids.PID_ATTACH_MIME_TAG) or "application/octet-stream"
    main, _, sub = characters.one_line(kind).partition("/")
    part = MIMEBase(main, sub) if main.isalpha() and sub else MIMEBase("application", "octet-stream")
    part.set_payload(data)
    encode_base64(part)
    content_id = characters.one_line(_read(text, pids.PID_ATTACH_CONTENT_ID) or "")
    if content_id.isascii() and content_id:
        part["Content-ID"] = f"<{content_id.strip('<>')}>"
    disposition = "inline" if content_id else "attachment"
    part.add_header(
        "Content-Disposition", disposition, filename=("utf-8", "", characters.one_line(name) or "bijlage")
    )
    return part


def _mailbox(name: str, address: str) -> str:
    quoted = characters.one_line(name).replace("\\", "").replace('"', "'")
    address = characters.one_line(address)
    # Inside one organisation Outlook has no address for people, only a place in its directory.
    return f'"{quoted}" <{address}>' if "@" in address else f'"{quoted}"'


def _read(question: Callable[[int], T | None], pid: int) -> T | None:
    """One property; None when it is not there or cannot be read."""
    try:
        return question(pid)
    except (KeyError, LookupError, UnicodeError, ValueError):
        return None
