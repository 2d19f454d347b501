"""The SMTP door: how one message leaves, and exactly what is known when it does not."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable, Sequence
from typing import Any, Literal, Self

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from .envelope import check_content, envelope_address, mail_options
from .smtp_answers import (
    Accepted,
    BadCredentials,
    DoorError,
    Insecure,
    LostAfterContent,
    LostBeforeContent,
    Refused,
    TemporarilyRefused,
    Unreachable,
)

CONNECT_SECONDS = 30
# RFC 5321, 4.5.3.2: MAIL and RCPT five minutes, the reply to the final dot ten.
COMMAND_SECONDS = 300
FINAL_REPLY_SECONDS = 600
GOODBYE_SECONDS = 5
REPLY_LIMIT = 2000

Security = Literal["starttls", "tls", "none"]


def _nothing() -> None:
    """What is done when nothing is asked."""


class _Session(smtplib.SMTP):
    """One SMTP connection that lets us commit between "go ahead" and the first byte of content."""

    def data(
        self,
        msg: Any,
        before_content: Callable[[], None] = _nothing,
        meanwhile: Callable[[], None] = _nothing,
    ) -> tuple[int, bytes]:
        """Send DATA; after the server's 354 call ``before_content``, send the content and call ``meanwhile``."""
        code, answer = self.docmd("DATA")
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        before_content()
        self.patience(FINAL_REPLY_SECONDS)
        self.send((b"." if msg.startswith(b".") else b"") + msg.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        meanwhile()
        code, answer = self.getreply()
        self.patience(COMMAND_SECONDS)
        return code, answer

    def ask(self, commands: list[str]) -> list[tuple[int, bytes]]:
        """The answers up to the first no; all of them when the server takes commands in one go (RFC 2920)."""
        at_once = self.has_extn("pipelining")
        if at_once:
            self.send("".join(f"{command}\r\n" for command in commands))
        answers = []
        for command in commands:
            if not at_once:
                self.putcmd(command)
            answers.append(self.getreply())
            if answers[-1][0] == 421 or not (at_once or _is_yes(answers[-1])):
                break
        return answers

    def patience(self, seconds: float) -> None:
        """How long the server may take for its next answer."""
        if self.sock is not None:
            self.sock.settimeout(seconds)


class _TlsSession(_Session, smtplib.SMTP_SSL):
    """The same, inside TLS from the first byte."""


class Door:
    """A context manager: one connection for many messages, opened when needed and again when it was lost."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        username: str = "",
        password: str = "",
        security: Security = "starttls",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._security = host, port, security
        self._username, self._password, self._tls = username, password, tls
        self._session: _Session | None = None
        self._used = False

    @classmethod
    def from_settings(cls) -> Door:
        """The door of this installation."""
        given: dict[str, Any] = settings.SMTP
        return cls(**given)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as this side knows."""
        return self._session is not None

    def close(self) -> None:
        """Say goodbye; without effect when no connection is open."""
        if self._session is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._session.patience(GOODBYE_SECONDS)
                self._session.quit()
        self._drop()

    def open(self) -> None:
        """Connect and sign in, unless that is done. Raises Unreachable, Insecure or BadCredentials."""
        if self._session is not None:
            return
        try:
            self._session = self._connect()
            if self._security == "starttls":
                self._session.starttls(context=self._tls or ssl.create_default_context())
            self._session.ehlo_or_helo_if_needed()
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
            self._drop()
            raise Insecure(_words(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Unreachable(_words(error)) from error
        self._sign_in(self._session)
        self._session.patience(COMMAND_SECONDS)
        self._used = False

    def send(
        self,
        envelope_from: str,
        recipients: Sequence[str],
        raw: bytes,
        *,
        before_content: Callable[[], None],
        meanwhile: Callable[[], None] = _nothing,
        envelope_id: str = "",
    ) -> Accepted:
        """Hand one message over; ``raw`` arrives byte for byte.

        The message is for the first recipient: if the server refuses that one, nothing is sent. The others keep
        evidence: if one of them is refused, the message leaves all the same and ``archived`` is false.

        ``before_content`` is called after the server's 354 and before any byte of content. Whatever it raises
        comes out unchanged, after the connection is cut so that the server cannot take the message.
        ``meanwhile`` is called while the server thinks about the content; it must not raise.
        ``envelope_id`` (letters and digits) comes back in delivery reports if the server does those (RFC 3461).

        Raises ValueError for bytes or addresses that cannot be sent; Unreachable, Insecure, BadCredentials;
        LostBeforeContent, TemporarilyRefused, Refused (certainly not accepted); LostAfterContent (unknown).
        """
        check_content(raw)
        addresses = [envelope_address(address) for address in (envelope_from, *recipients)]
        reached = started = False

        def boundary() -> None:
            nonlocal reached, started
            reached = True
            before_content()
            started = True

        session, archived = self._announce(addresses, raw, envelope_id)
        try:
            code, answer = session.data(raw, boundary, meanwhile)
        except smtplib.SMTPDataError as error:
            raise self._no(error.smtp_code, error.smtp_error) from error
        except BaseException as error:
            self._drop()
            if not isinstance(error, (smtplib.SMTPException, OSError)) or reached > started:
                raise
            raise (LostAfterContent if started else LostBeforeContent)(_words(error)) from error
        if 200 <= code < 300:
            return Accepted(code, _text(answer), archived)
        raise self._no(code, answer, after_content=True)

    def _announce(self, addresses: list[str], raw: bytes, envelope_id: str) -> tuple[_Session, bool]:
        """MAIL and RCPT. A connection used before may have been closed by the server meanwhile: then once more."""
        self.open()
        used = self._used
        try:
            return self._envelope(addresses, raw, envelope_id)
        except (LostBeforeContent, TemporarilyRefused):
            if self._session is not None or not used:
                raise
        self.open()
        return self._envelope(addresses, raw, envelope_id)

    def _envelope(self, addresses: list[str], raw: bytes, envelope_id: str) -> tuple[_Session, bool]:
        """Returns the session, ready for DATA, and whether every evidence address was taken."""
        session = self._session
        assert session is not None
        self._used = True
        sender, recipient, *archives = addresses
        options = mail_options(session.has_extn, addresses, raw, envelope_id)
        session.command_encoding = "utf-8" if "SMTPUTF8" in options else "ascii"
        dsn = session.has_extn("dsn")
        commands = [" ".join([f"MAIL FROM:<{sender}>", *options])]
        commands.append(f"RCPT TO:<{recipient}>" + (" NOTIFY=FAILURE,DELAY" if dsn else ""))
        # A full archive is no bounced letter: its own failures must not come back under the letter's token.
        commands += [f"RCPT TO:<{archive}>" + (" NOTIFY=NEVER" if dsn else "") for archive in archives]
        try:
            answers = session.ask(commands)
            for code, answer in answers[:2]:
                if code in (530, 535, 538):
                    self._drop()
                    raise BadCredentials(f"{code} {_text(answer)}")
                if not 200 <= code < 300:
                    raise self._no(code, answer)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise LostBeforeContent(_words(error)) from error
        return session, bool(archives) and len(answers) == len(commands) and all(map(_is_yes, answers[2:]))

    def _no(self, code: int, answer: bytes | str, *, after_content: bool = False) -> DoorError:
        """The error for a reply that is no success; leaves the connection ready for the next message, or closed."""
        if not 400 <= code < 600:
            self._drop()
            return (LostAfterContent if after_content else LostBeforeContent)(f"{code} {_text(answer)}")
        if code == 421:
            self._drop()
        elif not after_content:
            self._reset()
        return (TemporarilyRefused if code < 500 else Refused)(code, _text(answer))

    def _reset(self) -> None:
        assert self._session is not None
        try:
            code = self._session.rset()[0]
        except (smtplib.SMTPException, OSError):
            code = 0
        if code != 250:
            self._drop()

    def _drop(self) -> None:
        """Cut the connection without a word: after 354 even QUIT would be content."""
        if self._session is not None:
            self._session.close()
        self._session = None

    def _connect(self) -> _Session:
        ours: dict[str, Any] = {"timeout": CONNECT_SECONDS, "local_hostname": DNS_NAME.get_fqdn()}
        if self._security == "tls":
            return _TlsSession(
                self._host, self._port, context=self._tls or ssl.create_default_context(), **ours
            )
        return _Session(self._host, self._port, **ours)

    def _sign_in(self, session: _Session) -> None:
        if not self._username:
            return
        try:
            session.login(self._username, self._password)
        except (OSError, UnicodeError) as error:
            self._drop()
            # What smtplib raises is an OSError too; only an answer, or the lack of a way in, is about credentials.
            network = not isinstance(error, (smtplib.SMTPException, UnicodeError))
            lost = isinstance(error, smtplib.SMTPServerDisconnected)
            later = isinstance(error, smtplib.SMTPResponseException) and error.smtp_code < 500
            raise (Unreachable if network or lost or later else BadCredentials)(_words(error)) from error


def _is_yes(answer: tuple[int, bytes]) -> bool:
    return 200 <= answer[0] < 300


def _text(answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return text.replace("\0", "")[:REPLY_LIMIT]


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return _text(str(error)) or type(error).__name__
