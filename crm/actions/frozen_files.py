"""Cleaning up frozen bytes that nothing points to: what was made for a letter that was not sent after all."""

from __future__ import annotations

import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from crm.models import FrozenFile
from crm.models.frozen_files import private_storage

# Bytes are written before the row that points to them, and making all letters ready may take a while.
UNUSED_FOR = datetime.timedelta(days=7)


def remove_unused() -> int:
    """Remove frozen files that no row of any room points to and nobody asked for lately; how many that were.

    Safe to run twice and beside everything else: each file is locked and looked at again before it goes. The bytes go
    before the transaction ends, so that what is frozen again at that moment is written anew.
    """
    before = timezone.now() - UNUSED_FOR
    return sum(_remove(pk, before) for pk in _unused(before).values_list("pk", flat=True))


def _unused(before: datetime.datetime) -> QuerySet[FrozenFile]:
    files = FrozenFile.objects.filter(wanted_at__lt=before).order_by("pk")
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is FrozenFile:
                files = files.filter(~Exists(model._base_manager.filter(**{field.name: OuterRef("pk")})))
    return files


@transaction.atomic
def _remove(pk: int, before: datetime.datetime) -> bool:
    # Locked first: whoever begins to point to it from now on waits, and whoever did is seen by the second look.
    FrozenFile.objects.select_for_update().filter(pk=pk).first()
    file = _unused(before).filter(pk=pk).first()
    if file is None:
        return False
    file.delete()
    private_storage().delete(file.place)
    return True
