"""Taking in what came: the bytes first, each message once, and then to where it belongs."""

from __future__ import annotations

import logging
from hashlib import sha256

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from crm.actions.action import SYSTEM, Actor, Refused, action, record
from crm.actions.uploads import check_size
from crm.models import FrozenFile, User
from letters.inbound import findable, msg, saved
from letters.models import IncomingMessage, IncomingState, Sighting
from letters.models.incoming import CUT_OFF
from letters.queries import openly

from . import placing, telling

UPLOAD = "upload"
WEBHOOK = "webhook"
# So many messages are put where they belong with one look at what was sent.
AT_ONCE = 50
# Of a larger message only the beginning is kept, and that is said: room for a file of 50 MB as mail writes it.
LARGEST = 80 * 1024 * 1024

logger = logging.getLogger(__name__)


def store(
    *, raw: bytes, source: str, uid: str, uidvalidity: int = 0, is_whole: bool = True, by: Actor = SYSTEM
) -> tuple[IncomingMessage, bool]:
    """Keep a message as it came; whether it is new. Safe to repeat, and to break off anywhere.

    The same bytes found elsewhere are the same message. ``is_whole``: the bytes are all there were. Raises OSError when
    the disk is full, and then keeps nothing.
    """
    known = Sighting.objects.filter(source=source, uidvalidity=uidvalidity, uid=uid).first()
    if known is not None:
        return known.message, False
    file = FrozenFile.objects.keep(raw, media_type="message/rfc822")
    with transaction.atomic():
        message, is_new = IncomingMessage.objects.get_or_create(
            raw=file, defaults={"problems": [] if is_whole else [CUT_OFF]}
        )
        sighting, _is_first = Sighting.objects.get_or_create(
            source=source,
            uidvalidity=uidvalidity,
            uid=uid,
            defaults={"message": message, "by": by if isinstance(by, User) else None},
        )
        if is_new and sighting.message_id != message.pk:
            # Another message was found at this very place meanwhile: the first one counts.
            message.delete()
            return sighting.message, False
    return message, is_new


def take_in(
    *, raw: bytes, source: str, uid: str, uidvalidity: int = 0, is_whole: bool = True, by: Actor = SYSTEM
) -> tuple[IncomingMessage, bool]:
    """Store a message and put it where it belongs; whether it is new. See ``store``."""
    message, is_new = store(
        raw=raw, source=source, uid=uid, uidvalidity=uidvalidity, is_whole=is_whole, by=by
    )
    if is_new:
        placing.place(message=message)
        message.refresh_from_db()
    return message, is_new


def finish() -> int:
    """Put away what was stored when the reading was broken off; how many messages that were."""
    left = IncomingMessage.objects.filter(state=IncomingState.STORED).order_by("pk")
    last = done = 0
    while True:
        several = list(left.filter(pk__gt=last).select_related("raw")[:AT_ONCE])
        done += _place(several) if several else 0
        if len(several) < AT_ONCE:
            return done
        last = several[-1].pk


def _place(several: list[IncomingMessage]) -> int:
    try:
        placing.place_all(messages=several)
    except Exception:
        # One of them is in the way: which one shows when each goes by itself.
        logger.warning("Several messages cannot be read at once", exc_info=True)
    else:
        return len(several)
    done = 0
    for message in several:
        try:
            placing.place(message=message)
        except (OSError, InterfaceError, OperationalError):
            # Its bytes or the database are away: the others, and what is new, do not wait for that.
            logger.exception("Message %s could not be read now", message.pk)
        except Exception:
            # A message that nobody foresaw never holds up the others, and is not lost from sight either.
            logger.exception("Message %s cannot be read", message.pk)
            placing.park_unread(message=message)
        else:
            done += 1
    return done


def make_findable() -> int:
    """Give the words by which they are found to messages that came in before there were any; how many that were."""
    bare = IncomingMessage.objects.filter(search_text="").exclude(state=IncomingState.STORED)
    done = 0
    for message in bare.select_related("raw").order_by("-pk").iterator(chunk_size=AT_ONCE):
        try:
            words = findable.words(openly.read(message))
        except (OSError, ValueError):
            # Its bytes are away: it is still found by its letter.
            logger.exception("Message %s could not be read", message.pk)
            continue
        done += IncomingMessage.objects.filter(pk=message.pk).update(search_text=words)
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


class SignedAnotherError(Exception):
    """The signature came with another message before."""


def receive(*, raw: bytes, signature: str = "") -> IncomingMessage:
    """A message that a mail service posted to us, with the ``signature`` if it was let in by one. Raises Refused for
    what is no message, SignedAnotherError for a signature that was overheard and comes with another message."""
    if not saved.looks_like_mail(raw):
        raise Refused(_("This is no e-mail message."))
    digest = sha256(raw).hexdigest()
    message, _is_new = take_in(raw=raw, source=WEBHOOK, uid=signature or digest)
    if message.raw.sha256 != digest:
        raise SignedAnotherError
    return message


def _as_mail(data: bytes, name: str) -> bytes:
    try:
        return saved.to_mail(data)
    except msg.UnreadableError as error:
        words = _(
            "Outlook could not have saved “%(name)s” like this: it is damaged. Save the message once more."
        )
        raise Refused(words % {"name": name}) from error
    except saved.NoMessageError as error:
        words = _(
            "“%(name)s” is no e-mail message. Save the message in your mail program as a file (.eml or .msg), "
            "and add that."
        )
        raise Refused(words % {"name": name}) from error
