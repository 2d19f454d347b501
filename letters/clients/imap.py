"""The IMAP door: reads a mailbox by UID, without marking anything as read, and says exactly what went wrong."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal, Self

from django.conf import settings
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

CONNECT_SECONDS = 30
ANSWER_SECONDS = 300
# How long a stop can go unnoticed while waiting.
STEP_SECONDS = 1

Security = Literal["starttls", "tls", "none"]

# Names under which mail programs keep what was sent, where the server does not say which folder it is (RFC 6154).
SENT_NAMES = (
    "Sent",
    "Sent Items",
    "Sent Messages",
    "Verzonden",
    "Verzonden items",
    "INBOX.Sent",
    "INBOX/Sent",
)


_NO_SUCH_NAME = {socket.EAI_NONAME, socket.EAI_NODATA}
_AS_PYTHON_WRITES_BYTES = re.compile(r"""\bb(['"])(.*?)\1""")


class MailboxError(Exception):
    """The mailbox could not be read; the text is what the server or the network said."""


class Unreachable(MailboxError):
    """No connection, or it was lost. Trying later may help."""


class UnknownHost(Unreachable):
    """Nobody knows a server of this name."""


class BadCredentials(MailboxError):
    """The server does not accept the name and password."""


class Insecure(MailboxError):
    """The connection cannot be made safe."""


class WrongCertificate(Insecure):
    """The certificate of the server is of another name, of nobody we trust, or of another time."""


class FolderGone(MailboxError):
    """The folder is not there (any more)."""


class CannotMove(MailboxError):
    """What was read cannot be put in another folder."""


@dataclass(frozen=True, slots=True)
class FolderState:
    """What a folder holds: UIDs mean nothing once ``uidvalidity`` is another (RFC 9051, 2.3.1.1)."""

    uidvalidity: int
    next_uid: int
    messages: int


@dataclass(frozen=True, slots=True)
class Stored:
    """One message as it lies on the server; of one that is too large only the beginning."""

    uid: int
    raw: bytes
    is_whole: bool


class Mailbox:
    """A context manager: one connection for one look."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        username: str,
        password: str,
        security: Security = "tls",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._security = host, port, security
        self._username, self._password, self._tls = username, password, tls
        self._client: IMAPClient | None = None

    @classmethod
    def from_settings(cls) -> Mailbox:
        """The mailbox of this installation."""
        given: dict[str, Any] = settings.IMAP
        return cls(**given)

    def __enter__(self) -> Self:
        """Connect and sign in. Raises Unreachable, UnknownHost, Insecure, WrongCertificate or BadCredentials."""
        tls = self._tls or ssl.create_default_context()
        try:
            self._client = IMAPClient(
                self._host,
                self._port,
                ssl=self._security == "tls",
                ssl_context=tls if self._security == "tls" else None,
                timeout=CONNECT_SECONDS,
            )
            if self._security == "starttls":
                self._client.starttls(tls)
            self._client.login(self._username, self._password)
            self._client.socket().settimeout(ANSWER_SECONDS)
        except LoginError as error:
            self._leave()
            raise BadCredentials(_words(error)) from error
        except ssl.SSLCertVerificationError as error:
            self._leave()
            raise WrongCertificate(_words(error)) from error
        except ssl.SSLError as error:
            self._leave()
            raise Insecure(_words(error)) from error
        except (IMAPClientError, OSError) as error:
            self._leave()
            # Without a network no name is known: that says nothing about this one.
            is_unknown = isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_NAME
            raise (UnknownHost if is_unknown else Unreachable)(_words(error)) from error
        return self

    def __exit__(self, *error: object) -> None:
        self._leave()

    def _leave(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.logout()
            except (IMAPClientError, OSError):
                with suppress(OSError):
                    client.shutdown()

    @property
    def _open(self) -> IMAPClient:
        assert self._client is not None, "Use the mailbox in a with statement."
        return self._client

    def sent_folder(self) -> str:
        """The folder with what was sent from a mail program; empty when there is none."""
        with _said_plainly():
            listed = [(flags, str(name)) for flags, _separator, name in self._open.list_folders()]
        marked = [name for flags, name in listed if b"\\Sent" in flags]
        named = [name for candidate in SENT_NAMES for _flags, name in listed if name == candidate]
        return (marked + named + [""])[0]

    def look(self, folder: str) -> FolderState:
        """Open a folder to read only. Raises FolderGone or Unreachable."""
        try:
            with _said_plainly():
                found = self._open.select_folder(folder, readonly=True)
        except FolderGone as error:
            raise FolderGone(f"{folder}: {error}") from error
        return FolderState(
            uidvalidity=int(found[b"UIDVALIDITY"]),
            next_uid=int(found.get(b"UIDNEXT", 0)),
            messages=int(found[b"EXISTS"]),
        )

    def messages(self, *, after: int, largest: int) -> Iterator[Stored]:
        """The messages of the folder looked at with a UID above ``after``, lowest first, one at a time in memory.

        Of a message of more than ``largest`` bytes only the first so many are fetched. Nothing is marked as read
        (BODY.PEEK). What somebody deletes meanwhile is passed over. Raises Unreachable.
        """
        with _said_plainly():
            # "n:*" always names the last message too, also when its UID is lower.
            uids = sorted(uid for uid in self._open.search(["UID", f"{after + 1}:*"]) if uid > after)
        for uid in uids:
            with _said_plainly():
                # One byte more than may be: what comes back longer than that is not whole.
                answer = self._open.fetch([uid], [f"BODY.PEEK[]<0.{largest + 1}>"])
            raw = next((data for key, data in answer.get(uid, {}).items() if key.startswith(b"BODY[")), None)
            if raw is not None:
                yield Stored(uid, raw[:largest], is_whole=len(raw) <= largest)

    def lying(self, *, up_to: int) -> list[int]:
        """The UIDs of what lies in the folder looked at, as far as ``up_to``. Raises Unreachable."""
        if not up_to:
            return []
        with _said_plainly():
            return sorted(uid for uid in self._open.search(["UID", f"1:{up_to}"]) if uid <= up_to)

    def move(self, folder: str, uids: Sequence[int], to: str) -> None:
        """Put messages in another folder, made when it is not there. Raises CannotMove or Unreachable."""
        try:
            with _said_plainly():
                if not self._open.folder_exists(to):
                    self._open.create_folder(to)
                self._open.select_folder(folder)
                self._move(uids, to)
        except FolderGone as error:
            raise CannotMove(f"{to}: {error}") from error

    def _move(self, uids: Sequence[int], to: str) -> None:
        if self._open.has_capability("MOVE"):
            self._open.move(uids, to)
            return
        self._open.copy(uids, to)
        self._open.delete_messages(uids)
        self._open.uid_expunge(uids) if self._open.has_capability("UIDPLUS") else self._open.expunge()

    @property
    def can_wait(self) -> bool:
        """Whether the server tells that something arrives (IDLE)."""
        return bool(self._open.has_capability("IDLE"))

    def wait(self, seconds: float, *, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Wait until something happens in the folder looked at (IDLE, RFC 2177); False when nothing did, or when it is
        time to stop.

        At once False with a server that cannot say so. Raises Unreachable.
        """
        if not self.can_wait:
            return False
        until = time.monotonic() + seconds
        with _said_plainly():
            # What happened since the last command is told now, or never.
            if self._open.noop()[1]:
                return True
            self._open.idle()
            told = False
            while not told and not stopped() and (left := until - time.monotonic()) > 0:
                told = bool(self._open.idle_check(timeout=min(left, STEP_SECONDS)))
            # What arrives between the last look and this is told here.
            return bool(self._open.idle_done()[1]) or told


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Turns the library's errors into ours."""
    try:
        yield
    except (IMAPClientAbortError, OSError) as error:
        raise Unreachable(_words(error)) from error
    except IMAPClientError as error:
        raise FolderGone(_words(error)) from error


def _words(error: BaseException) -> str:
    """What the server or the network said, and nothing of how Python or the library writes it down."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    said = error.args[0] if error.args else ""
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return _AS_PYTHON_WRITES_BYTES.sub(r"\2", text).strip() or type(error).__name__
