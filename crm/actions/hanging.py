"""What hangs on a record, so that nothing is removed that others need."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from django.db.models import Model
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from crm.dutch.articles import opening
from crm.models import FollowUp, Organisation

from .action import Refused


def check_loose(record: Model, *, its_own: Collection[str]) -> None:
    """Raises Refused with numbers when anything refers to a record, apart from ``its_own``, which goes along.

    ``its_own`` are names of reverse relations; what refers to those counts as well.
    """
    found = _referring(record, its_own)
    for name in its_own:
        for own in getattr(record, name).all():
            for label, count in _referring(own, ()).items():
                found[label] = found.get(label, 0) + count
    if found:
        counted = _counted(found)
        name = record.with_article if isinstance(record, Organisation) else str(record)
        words = _("%(name)s cannot be removed: %(counted)s would be lost. End it instead.")
        raise Refused(opening(words % {"name": name, "counted": counted}))


def check_free(record: Model) -> None:
    """Raises Refused with numbers when anything refers to a record that cannot be ended, only changed."""
    if found := _referring(record, ()):
        words = _("%(name)s cannot be removed: %(counted)s would hang loose. Change or remove those first.")
        raise Refused(words % {"name": record, "counted": _counted(found)})


def _counted(found: dict[str, int]) -> str:
    return get_text_list([f"{count} {label}" for label, count in sorted(found.items())], _("and"))


def _referring(record: Model, its_own: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for relation in record._meta.related_objects:
        if relation.get_accessor_name() in its_own:
            continue
        model = cast(type[Model], relation.related_model)
        count = model._base_manager.filter(**{relation.field.name: record}).count()
        if count:
            meta = model._meta
            label = str(meta.verbose_name if count == 1 else meta.verbose_name_plural)
            found[label] = found.get(label, 0) + count
    # What refers to any kind of record is no relation that a model knows.
    if count := FollowUp.objects.about(record).count():
        names = (FollowUp._meta.verbose_name, FollowUp._meta.verbose_name_plural)
        found[str(names[count != 1])] = count
    return found
