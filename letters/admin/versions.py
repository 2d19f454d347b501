"""Earlier versions of a letter beside what it is now, and taking one up again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from crm.document import fingerprint
from crm.document.differences import compare
from crm.dutch.dates import long_date
from letters.actions import versions
from letters.models import Enclosure, LetterVersion, Signatory
from letters.queries import contents

from .base import LetterView
from .text import safe_html


class VersionView(LetterView):
    """One earlier version: what is different now, and its words."""

    step = "text"
    template_name = "letters/version.html"
    writes = frozenset({"take_up_again"})

    @cached_property
    def version(self) -> LetterVersion:
        """The version in the address."""
        return get_object_or_404(self.letter.versions.select_related("made_by"), number=self.kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the version, its words, and the differences with what stands there now."""
        then = fingerprint.restore(self.version.content["body"])
        return super().get_context_data(
            version=self.version,
            words=safe_html(then),
            changes=compare(then, contents.tree(self.letter)),
            around=self._around(),
            **kwargs,
        )

    def _around(self) -> list[dict[str, str]]:
        """What differs beside the text: label, then, now."""
        then, now = self.version.content, contents.agreed(self.letter)
        names = ("subject", "dated_on", "salutation", "closing", "sign_off", "signatories", "enclosures")
        labels = {
            "signatories": Signatory._meta.verbose_name_plural,
            "enclosures": Enclosure._meta.verbose_name_plural,
        }
        return [
            {
                "label": str(
                    labels.get(name) or getattr(self.letter._meta.get_field(name), "verbose_name", name)
                ),
                "then": _in_words(name, then[name]),
                "now": _in_words(name, now[name]),
            }
            for name in names
            if _in_words(name, then[name]) != _in_words(name, now[name])
        ]

    def do_take_up_again(self) -> HttpResponse:
        """Put its words back in the letter."""
        versions.take_up_again(version=self.version, by=self.user)
        return self.done(
            _("Version %(number)d is the text again. What stood there before is kept too.")
            % {"number": self.version.number}
        )


def _in_words(name: str, value: Any) -> str:
    if name == "dated_on":
        day = parse_date(value)
        return long_date(day) if day else ""
    if name == "signatories":
        return ", ".join(f"{who} ({role})" if role else who for who, role in value)
    if name == "enclosures":
        return ", ".join(title for title, *_rest in value)
    return str(value)
