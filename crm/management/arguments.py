"""What commands ask of their arguments and of the database, refused in words."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from crm.models import OutgoingMessage


def whole_number(*, least: int, most: int | None = None) -> Callable[[str], int]:
    """The ``type`` of an argument that is a whole number within bounds."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        if number < least or (most is not None and number > most):
            if most is None:
                raise argparse.ArgumentTypeError(
                    _("must be a whole number, %(least)d or more") % {"least": least}
                )
            raise argparse.ArgumentTypeError(
                _("must be a whole number from %(least)d to %(most)d") % {"least": least, "most": most}
            )
        return number

    return read


def need_tables() -> None:
    """Raises CommandError on a database that was never migrated."""
    if OutgoingMessage._meta.db_table not in connection.introspection.table_names():
        raise CommandError(_("The database has no tables yet. Run first: manage.py migrate"))
