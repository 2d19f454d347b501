"""Themes and labels: made when they are first used, renamed, merged and removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db.models import Model

from crm.models import Network, Tag, Theme, User

from .action import Actor, action, record
from .changing import check, fill, take_turns

_MODELS: dict[str, type[Theme] | type[Tag]] = {"themes": Theme, "tags": Tag}


def found_or_made(**names: Iterable[str]) -> Mapping[str, list[Any]]:
    """The themes and tags with these names, whatever the capitals; new ones are made. Raises Invalid for a bad name."""
    return {
        field: [_one(_MODELS[field], name) for name in chosen if name.strip()]
        for field, chosen in names.items()
    }


def _one(model: type[Theme] | type[Tag], name: str) -> Theme | Tag:
    row = model()
    fill(row, {"name": name})
    if found := _named(row.name, model):
        return found
    check(row)
    take_turns(model)
    if found := _named(row.name, model):
        return found
    row.save()
    return row


def _named(name: str, model: type[Theme] | type[Tag]) -> Theme | Tag | None:
    return model._default_manager.filter(name__iexact=name).first()


@action(permission="crm.change_theme")
def rename(*, theme: Theme | Tag, name: str, by: Actor) -> Theme | Tag:
    """Give a theme or label another name everywhere; with the name of another one, the two become one."""
    old = theme.name
    take_turns(type(theme))
    row = type(theme)()
    fill(row, {"name": name})
    other = type(theme)._default_manager.filter(name__iexact=row.name).exclude(pk=theme.pk).first()
    if other is not None:
        for relation in theme._meta.related_objects:
            holder, field = cast(type[Model], relation.related_model), relation.field.name
            using = holder._base_manager.filter(**{field: theme})
            if relation.many_to_many:
                for row_with_it in using:
                    getattr(row_with_it, field).add(other)
            else:
                using.update(**{field: other})
        theme.delete()
        theme = other
    else:
        fill(theme, {"name": name})
        check(theme)
        theme.save()
    _tell("crm.theme_renamed", by, old=old, new=theme.name)
    return theme


@action(permission="crm.delete_theme")
def remove(*, theme: Theme | Tag, by: Actor) -> None:
    """Take a theme or label away from everything that has it."""
    name = theme.name
    theme.delete()
    _tell("crm.theme_removed", by, name=name)


def _tell(code: str, by: Actor, **parameters: Any) -> None:
    record(code, by=by, on=[by if isinstance(by, User) else Network.load()], **parameters)
