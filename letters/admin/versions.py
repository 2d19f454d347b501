"""Earlier versions of a letter beside what it is now, and taking one up again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from crm.document import fingerprint
from letters.actions import versions
from letters.models import LetterVersion
from letters.queries import contents, differences

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
            differences=differences.between(self.version.content, contents.agreed(self.letter)),
            **kwargs,
        )

    def do_take_up_again(self) -> HttpResponse:
        """Put its words back in the letter."""
        versions.take_up_again(version=self.version, by=self.user)
        return self.done(
            _("Version %(number)d is the text again. What stood there before is kept too.")
            % {"number": self.version.number}
        )
