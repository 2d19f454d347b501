"""How it stands with a publication."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Publication


def standing(publication: Publication) -> str:
    """In words: there, still to come, or late, and then what to do about it."""
    pages = ngettext("%(count)d page", "%(count)d pages", publication.pages) % {"count": publication.pages}
    if publication.published_on:
        appeared = _("Appeared on %(day)s") % {"day": _words(publication.published_on)}
        return f"{appeared}, {pages}." if publication.file_id else f"{appeared}. " + _("Add the PDF.")
    if publication.file_id:
        return _("The PDF lies ready, %(pages)s. Fill in the day once it has appeared.") % {"pages": pages}
    if publication.planned_on is None:
        return _("Still to come. Fill in when you expect it.")
    expected = {"day": _words(publication.planned_on)}
    if publication.planned_on < timezone.localdate():
        return _("Expected on %(day)s. That day is over: add the PDF, or choose another day.") % expected
    return _("Expected on %(day)s.") % expected


def _words(day: datetime.date) -> str:
    return date_format(day, "j F Y")
