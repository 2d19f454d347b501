"""What the SMTP door can say about a message."""

from __future__ import annotations

from dataclasses import dataclass


class DoorError(Exception):
    """Something about a message or the connection; ``str()`` is what the server or the network said."""


class Unreachable(DoorError):
    """No session could be opened: no message can leave now."""


class Insecure(Unreachable):
    """TLS was asked for and is not there, or the certificate is not right."""


class BadCredentials(DoorError):
    """The server does not accept our name and password: no message can leave until someone mends them."""


class LostBeforeContent(DoorError):
    """The connection broke before any byte of content: the message was certainly not accepted."""


class LostAfterContent(DoorError):
    """Content left and no clear answer came: nobody knows whether the message was accepted."""


class Answered(DoorError):
    """The server said no: the message was certainly not accepted."""

    def __init__(self, code: int, reply: str) -> None:
        super().__init__(f"{code} {reply}")
        self.code = code
        self.reply = reply


class TemporarilyRefused(Answered):
    """4xx: not now."""


class Refused(Answered):
    """5xx: not this message."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took responsibility. ``archived``: it also took every evidence address."""

    code: int
    reply: str
    archived: bool
