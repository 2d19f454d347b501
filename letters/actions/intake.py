"""Taking in what came: the bytes first, each message once, and then to where it belongs."""

from __future__ import annotations

import logging
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from crm.actions.action import SYSTEM, Actor, Refused, action, record
from crm.actions.uploads import check_size
from crm.models import FrozenFile, User
from letters.inbound import msg
from letters.models import IncomingMessage, IncomingState, Sighting

from . import placing, telling

UPLOAD = "upload"

logger = logging.getLogger(__name__)


def store(
    *, raw: bytes, source: str, uid: str, uidvalidity: int = 0, by: Actor = SYSTEM
) -> tuple[IncomingMessage, bool]:
    """Keep a message as it came; whether it is new. Safe to repeat, and to break off anywhere.

    The same bytes found elsewhere are the same message. Raises OSError when the disk is full, and then keeps nothing.
    """
    known = Sighting.objects.filter(source=source, uidvalidity=uidvalidity, uid=uid).first()
    if known is not None:
        return known.message, False
    file = FrozenFile.objects.keep(raw, media_type="message/rfc822")
    with transaction.atomic():
        message, is_new = IncomingMessage.objects.get_or_create(raw=file)
        Sighting.objects.get_or_create(
            source=source,
            uidvalidity=uidvalidity,
            uid=uid,
            defaults={"message": message, "by": by if isinstance(by, User) else None},
        )
    return message, is_new


def take_in(
    *, raw: bytes, source: str, uid: str, uidvalidity: int = 0, by: Actor = SYSTEM
) -> tuple[IncomingMessage, bool]:
    """Store a message and put it where it belongs; whether it is new. See ``store``."""
    message, is_new = store(raw=raw, source=source, uid=uid, uidvalidity=uidvalidity, by=by)
    if is_new:
        placing.place(message=message)
        message.refresh_from_db()
    return message, is_new


def finish() -> int:
    """Put away what was stored when the reading was broken off; how many messages that were."""
    left = IncomingMessage.objects.filter(state=IncomingState.STORED).order_by("pk")
    done = 0
    for message in left:
        try:
            placing.place(message=message)
        except (OSError, ValueError):
            # Its bytes are away or damaged: the others, and what is new, do not wait for that.
            logger.exception("Message %s could not be read", message.pk)
        else:
            done += 1
    return done


@action(permission="letters.change_incomingmessage", atomic=False)
def upload(*, data: bytes, name: str, by: Actor) -> IncomingMessage:
    """A message that somebody saved as a file: .eml, or .msg of Outlook.

    Raises Refused for what is no message, is too large, or was taken in before.
    """
    check_size(len(data))
    raw = _as_mail(data, name)
    message, is_new = take_in(raw=raw, source=UPLOAD, uid=sha256(raw).hexdigest(), by=by)
    if not is_new:
        raise Refused(_("This message is here already: “%(subject)s”.") % {"subject": message})
    record("letters.message_uploaded", by=by, on=[message], subject=telling.subject(message))
    return message


def _as_mail(data: bytes, name: str) -> bytes:
    if msg.is_outlook(data):
        try:
            return msg.to_mail(data)
        except msg.UnreadableError as error:
            raise Refused(
                _(
                    "Outlook could not have saved “%(name)s” like this: it is damaged. Save the message once more."
                )
                % {"name": name}
            ) from error
    if not _looks_like_mail(data):
        raise Refused(
            _(
                "“%(name)s” is no e-mail message. Save the message in your mail program as a file (.eml or .msg), "
                "and add that."
            )
            % {"name": name}
        )
    return data


def _looks_like_mail(data: bytes) -> bool:
    """Whether it begins with header fields, one that says from whom or to whom among them."""
    head = data[:64_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    fields = {line.partition(b":")[0] for line in head.split(b"\n") if b":" in line}
    return bool(fields & {b"from", b"to", b"received", b"return-path"}) and bool(
        fields & {b"subject", b"date", b"message-id", b"received"}
    )
