"""The local mailbox: a real SMTP server on loopback that keeps what it receives in a Maildir, and its reader."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import DateHeader
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

LOOPBACK = "127.0.0.1"
SIZE_LIMIT = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the mailbox. ``to`` and ``sender`` are as the header has them."""

    key: str
    subject: str
    sender: str
    to: str
    date: datetime | None


@dataclass(frozen=True, slots=True)
class LocalMessage(Summary):
    """A whole message. ``html`` is what someone sent: clean it before showing it. ``raw`` are the bytes received."""

    text: str
    html: str
    attachments: tuple[Attachment, ...]
    raw: bytes


class Maildir:
    """Messages as files, byte for byte, newest first; a file appears only when it is whole and on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, raw: bytes) -> str:
        """Keep a message and return its key. Raises OSError when it cannot be stored."""
        for name in ("tmp", "new", "cur"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        key = f"{time.time_ns():020}.{os.getpid()}_{secrets.token_hex(4)}.{socket.gethostname().replace('/', '_')}"
        temporary = self.folder / "tmp" / key
        with temporary.open("xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(self.folder / "new" / key)
        return key

    def list_messages(self, *, limit: int = 200) -> list[Summary]:
        """The newest messages, by their headers alone."""
        return [_summary(key, self._path(key).read_bytes()) for key in self._keys()[:limit]]

    def messages(self) -> Iterator[tuple[str, bytes]]:
        """Every message with its key, oldest first, one at a time in memory."""
        for key in reversed(self._keys()):
            yield key, self._path(key).read_bytes()

    def get(self, key: str) -> LocalMessage:
        """One message. Raises KeyError when there is none with this key."""
        if key not in self._keys():
            raise KeyError(key)
        return _whole(key, self._path(key).read_bytes())

    def _keys(self) -> list[str]:
        names = [path.name for name in ("new", "cur") for path in (self.folder / name).glob("*")]
        return sorted((name.partition(":")[0] for name in names), reverse=True)

    def _path(self, key: str) -> Path:
        read_elsewhere = (self.folder / "cur").glob(f"{key}:*")
        return next(read_elsewhere, self.folder / "new" / key)


def list_messages(*, limit: int = 200) -> list[Summary]:
    """The newest messages in the local mailbox of this installation."""
    return Maildir(Path(settings.LOCAL_MAILBOX)).list_messages(limit=limit)


def get(key: str) -> LocalMessage:
    """One message of the local mailbox. Raises KeyError."""
    return Maildir(Path(settings.LOCAL_MAILBOX)).get(key)


class _Keeper:
    """What the server does with a message: it says 250 when the message is on disk, 452 when it cannot be."""

    def __init__(self, maildir: Maildir) -> None:
        self.maildir = maildir

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with the whole message."""
        try:
            self.maildir.add(envelope.original_content or b"")
        except OSError as error:
            return f"452 Cannot store: {error.strerror}"
        return "250 Kept"


async def serve(
    folder: Path, port: int, *, ready: threading.Event, ended: asyncio.Event, bound: list[int]
) -> None:
    """Serve until ``ended``. Once listening, ``bound`` has the port and ``ready`` is set. Raises OSError if taken."""
    loop = asyncio.get_running_loop()
    keeper = _Keeper(Maildir(folder))
    server = await loop.create_server(
        lambda: SMTP(
            keeper, hostname="localhost", loop=loop, enable_SMTPUTF8=True, data_size_limit=SIZE_LIMIT
        ),
        LOOPBACK,
        port,
    )
    async with server:
        bound.append(server.sockets[0].getsockname()[1])
        ready.set()
        await ended.wait()


@contextmanager
def serve_in_thread(*, folder: Path | None = None, port: int | None = None) -> Iterator[int]:
    """The local mailbox, served as long as the block lasts; gives the port (``port=0`` takes a free one).

    Raises OSError when the port is taken.
    """
    ready = threading.Event()
    bound: list[int] = []
    problems: list[OSError] = []
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()
    where = folder or Path(settings.LOCAL_MAILBOX)
    wanted = settings.LOCAL_MAILBOX_PORT if port is None else port

    def run() -> None:
        try:
            loop.run_until_complete(serve(where, wanted, ready=ready, ended=ended, bound=bound))
            loop.run_until_complete(_goodbye(loop))
        except OSError as error:
            problems.append(error)
        finally:
            loop.close()
            ready.set()

    thread = threading.Thread(target=run, name="local mailbox", daemon=True)
    thread.start()
    ready.wait()
    if problems:
        raise problems[0]
    try:
        yield bound[0]
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()


async def _goodbye(loop: asyncio.AbstractEventLoop) -> None:
    """End the conversations that are still open."""
    others = asyncio.all_tasks(loop) - {asyncio.current_task(loop)}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _moment(header: DateHeader) -> datetime | None:
    """When it was sent; "-0000" says the time in UTC from a place unknown (RFC 5322, 3.3)."""
    found: datetime | None = header.datetime
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found


def _summary(key: str, raw: bytes) -> Summary:
    head = BytesHeaderParser(policy=SMTP_POLICY).parsebytes(raw)
    date = head["date"]
    return Summary(
        key=key,
        subject=str(head["subject"] or ""),
        sender=str(head["from"] or ""),
        to=str(head["to"] or ""),
        date=_moment(date) if isinstance(date, DateHeader) else None,
    )


def _whole(key: str, raw: bytes) -> LocalMessage:
    message = message_from_bytes(raw, _class=EmailMessage, policy=SMTP_POLICY)
    summary = _summary(key, raw)
    return LocalMessage(
        key=key,
        subject=summary.subject,
        sender=summary.sender,
        to=summary.to,
        date=summary.date,
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(_attachment(part) for part in message.iter_attachments()),
        raw=raw,
    )


def _attachment(part: Message) -> Attachment:
    data = part.get_payload(decode=True)
    return Attachment(
        part.get_filename() or "", part.get_content_type(), data if isinstance(data, bytes) else b""
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part is not None else ""
