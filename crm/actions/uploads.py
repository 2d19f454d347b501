"""What may be uploaded: how large, and whether a PDF is one. Refuses in words that say what to do."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from crm.typesetting import pdf

from .action import Refused


def too_large() -> str:
    """The refusal of more bytes than ``UPLOAD_LIMIT_MB`` allows."""
    words = _(
        "This file is larger than %(limit)s MB. Make it smaller, or put it on your site and mention the address."
    )
    return words % {"limit": settings.UPLOAD_LIMIT_MB}


def check_size(size: int) -> None:
    """Raises Refused for more bytes than ``UPLOAD_LIMIT_MB`` allows."""
    if size > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise Refused(too_large())


def check_pdf(data: bytes) -> pdf.PdfFacts:
    """What a PDF says of itself. Raises Refused when it is too large or no readable PDF."""
    check_size(len(data))
    try:
        return pdf.check_pdf(data)
    except pdf.NotAPdf as error:
        raise Refused(str(error)) from error
