"""Letters that stand on the public site."""

from __future__ import annotations

from django.db.models import QuerySet

from letters.models import Letter
from letters.models.letters import OUT


def letters() -> QuerySet[Letter]:
    """Letters that went out and were made public, newest first."""
    return Letter.objects.filter(is_public=True, state__in=OUT).order_by("-dated_on", "-pk")
