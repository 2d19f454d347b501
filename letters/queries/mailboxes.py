"""What keeps the mailbox from being read, and what to do about it."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from letters.models import MailboxFolder, MailboxProblem
from letters.models.mailboxes import SENT


def failing() -> QuerySet[MailboxFolder]:
    """The folders that could not be read; what an earlier setting named is nobody's trouble any more."""
    sources = {f"imap:{name}" for name in settings.IMAP_FOLDERS}
    if settings.IMAP_READ_SENT:
        sources.add(SENT)
    rows = MailboxFolder.objects.filter(source__in=sources if settings.IMAP["host"] else ())
    return rows.exclude(problem="").order_by("pk")


def problems() -> list[str]:
    """What keeps the mailbox from being read, as sentences that say what to do."""
    return [in_words(row) for row in failing()]


def in_words(row: MailboxFolder) -> str:
    """What is wrong with one folder, and what to do."""
    since = date_format(timezone.localtime(row.since), "DATETIME_FORMAT") if row.since else ""
    words = _("The folder “%(folder)s” of the mailbox cannot be read since %(since)s: %(problem)s.") % {
        "folder": row.folder, "since": since, "problem": row.get_problem_display(),
    }  # fmt: skip
    return f"{words} {_remedy(row)}"


def _remedy(row: MailboxFolder) -> str:
    match MailboxProblem(row.problem):
        case MailboxProblem.UNREACHABLE:
            return _(
                "Nothing is lost: it is tried again by itself. If it lasts longer than a day, ask the person who looks "
                "after the settings to check IMAP_HOST and IMAP_PORT."
            )
        case MailboxProblem.NAME_UNKNOWN:
            return _(
                "Ask the person who looks after the settings to check IMAP_HOST: there may be a typing error in it."
            )
        case MailboxProblem.CREDENTIALS:
            return _("Ask the person who looks after the settings to mend IMAP_USERNAME and IMAP_PASSWORD.")
        case MailboxProblem.CERTIFICATE:
            return _(
                "Ask the person who looks after the settings whether IMAP_HOST is the name that the mail provider "
                "gives, and else to ask the provider. Until then nothing is read, so that nobody reads along."
            )
        case MailboxProblem.INSECURE:
            return _(
                "Ask the person who looks after the settings to check IMAP_SECURITY and IMAP_PORT: these two belong "
                "together."
            )
        case MailboxProblem.FOLDER_GONE if row.source == SENT:
            return _(
                "Ask the person who looks after the settings whether this is where your mail program keeps what you "
                "sent; without that, IMAP_READ_SENT can be off."
            )
        case MailboxProblem.FOLDER_GONE:
            return _("Ask the person who looks after the settings which folder IMAP_FOLDERS should name.")
        case MailboxProblem.CANNOT_MOVE:
            return _(
                "What came in is here. Ask the person who looks after the settings to check IMAP_MOVE_TO."
            )
