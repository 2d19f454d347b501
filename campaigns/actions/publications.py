"""Our publications: planning them, adding the file, removing them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from campaigns.models import Publication
from crm.actions.action import Actor, Refused, action, record
from crm.actions.uploads import check_pdf
from crm.models import FrozenFile


@action(permission="campaigns.add_publication", atomic=False)
def add(*, publication: Publication, data: bytes | None = None, by: Actor) -> None:
    """Keep a new publication, with its PDF when it is there. Raises Refused when the file is no PDF or too large."""
    _keep(publication, data, code="campaigns.publication_added", by=by)


@action(permission="campaigns.change_publication", atomic=False)
def change(*, publication: Publication, data: bytes | None = None, by: Actor) -> None:
    """Keep a changed publication, with a new PDF if one is given; letters that carried the old one keep it."""
    _keep(publication, data, code="campaigns.publication_changed", by=by)


@action(permission="campaigns.delete_publication")
def remove(*, publication: Publication, by: Actor) -> None:
    """Remove a publication that no letter promised."""
    record("campaigns.publication_removed", by=by, on=[publication], title=publication.title)
    try:
        publication.delete()
    except ProtectedError as error:
        raise Refused(
            _("“%(title)s” was promised in a letter and stays.") % {"title": publication}
        ) from error


def _keep(publication: Publication, data: bytes | None, *, code: str, by: Actor) -> None:
    if data is not None:
        publication.pages = check_pdf(data).pages
        # Bytes are written before the row that vouches for them, and outside the transaction.
        publication.file = FrozenFile.objects.keep(data, media_type="application/pdf")
    with transaction.atomic():
        publication.save()
        record(code, by=by, on=[publication], title=publication.title, pages=publication.pages)
