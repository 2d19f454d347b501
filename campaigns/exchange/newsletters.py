"""What became of every newsletter, as a workbook for a spreadsheet program."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.models import Mailing, MailingState, ResultLink
from crm.dutch.dates import long_date
from crm.exchange.sheets import Sheet, Value, workbook


def newsletters() -> bytes:
    """Two sheets: a line for each that was sent, the newest first, and a line for each link that was followed. Two
    queries."""
    opening = [_("Newsletters"), _("As of %(day)s.") % {"day": long_date(timezone.localdate())}]
    sent = Mailing.objects.filter(state=MailingState.SENT).select_related("result", "group", "sent_by")
    rows = [_row(one) for one in sent.order_by("-sent_at")]
    columns = [
        (_("Sent on"), 14), (_("Subject"), 50), (_("To which readers"), 24), (_("Sent by"), 24), (_("Addresses"), 12),
        (_("Arrived"), 12), (_("Followed a link"), 16), (_("Clicks in all"), 14), (pgettext("readers", "Left"), 10),
        (_("Do not exist"), 14), (_("Could not take it"), 18), (_("Called it spam"), 14), (_("Counted on"), 14),
    ]  # fmt: skip
    links = ResultLink.objects.select_related("result__mailing").order_by(
        "-result__mailing__sent_at", "-readers"
    )
    followed: list[list[Value]] = [
        [one.result.mailing.subject, one.url, one.readers, one.total] for one in links
    ]
    by_link = [
        (_("Subject"), 50),
        (_("Link"), 60),
        (_("By how many readers"), 20),
        (_("How often in all"), 18),
    ]
    return workbook(
        [
            Sheet(_("Newsletters"), opening, columns, rows),
            Sheet(_("Followed links"), opening, by_link, followed),
        ]
    )


def _row(mailing: Mailing) -> list[Value]:
    result = getattr(mailing, "result", None)
    numbers: list[Value] = [None] * 8
    if result is not None:
        numbers = [
            result.delivered, result.readers_clicked, result.clicks, result.unsubscribed, result.hard_bounces,
            result.soft_bounces, result.complaints, timezone.localtime(result.fetched_at).date(),
        ]  # fmt: skip
    return [
        timezone.localtime(mailing.sent_at).date() if mailing.sent_at else None,
        mailing.subject,
        str(mailing.group or _("all readers")),
        str(mailing.sent_by or ""),
        mailing.recipients,
        *numbers,
    ]
