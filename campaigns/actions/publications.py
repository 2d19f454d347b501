"""Our publications: planning them, adding the file, removing them."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Publication
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, Invalid, check, check_unchanged, fill, take_turns
from crm.actions.uploads import check_pdf
from crm.models import FrozenFile

_FIELDS: Final = ("title", "planned_on", "published_on")
_EARLIEST_YEAR: Final = 1900
_YEARS_AHEAD: Final = 20


@action(permission="campaigns.add_publication", atomic=False)
def add(*, publication: Publication, data: bytes | None = None, by: Actor) -> None:
    """Keep a new publication, with its PDF when it is there.

    Raises Invalid with a sentence per field ("file" for a PDF that is none or too large), and AlreadyThere for a
    title that another one has.
    """
    fill(publication, {name: getattr(publication, name) for name in _FIELDS})
    _put_file(publication, data)
    with transaction.atomic():
        take_turns(Publication)
        _refuse_same_title(publication)
        publication.save()
        record("campaigns.publication_added", by=by, on=[publication], title=publication.title)
        _tell_file(publication, data, by)


@action(permission="campaigns.change_publication", atomic=False)
def change(*, publication: Publication, data: bytes | None = None, seen: str = "", by: Actor) -> None:
    """Keep what changed of a publication, with a new PDF if one is given; letters that carried the old one keep it.

    Raises as ``add`` does, and Overtaken when somebody else changed it since the version that was ``seen``.
    """
    kept = Publication.objects.select_related("file").get(pk=publication.pk)
    check_unchanged(kept, seen)
    changes = fill(kept, {name: getattr(publication, name) for name in _FIELDS})
    if not changes and data is None:
        return
    _put_file(kept, data)
    with transaction.atomic():
        take_turns(Publication)
        _refuse_same_title(kept)
        kept.save()
        if changes:
            record("campaigns.publication_changed", by=by, on=[kept], title=kept.title, changes=changes)
        _tell_file(kept, data, by)


@action(permission="campaigns.delete_publication")
def remove(*, publication: Publication, by: Actor) -> None:
    """Remove a publication that no letter promised. Raises Refused for one that a letter did."""
    record("campaigns.publication_removed", by=by, on=[publication], title=publication.title)
    try:
        publication.delete()
    except ProtectedError as error:
        raise Refused(
            _(
                "“%(title)s” was promised in a letter and stays. Change what is wrong in it, or take the promise "
                "out of the letter first."
            )
            % {"title": publication}
        ) from error


def _put_file(publication: Publication, data: bytes | None) -> None:
    """Check everything, then keep the bytes: before the row that vouches for them, and outside the transaction."""
    if data is not None:
        try:
            publication.pages = check_pdf(data).pages
        except Refused as refusal:
            raise Invalid({"file": str(refusal)}) from refusal
    errors = _errors(publication, has_file=data is not None or publication.file is not None)
    check(publication, {name: words for name, words in errors.items() if words})
    if data is not None:
        publication.file = FrozenFile.objects.keep(data, media_type="application/pdf")


def _tell_file(publication: Publication, data: bytes | None, by: Actor) -> None:
    if data is not None:
        record(
            "campaigns.publication_filed", by=by, on=[publication], title=publication.title, pages=publication.pages
        )  # fmt: skip


def _refuse_same_title(publication: Publication) -> None:
    same = Publication.objects.filter(title__iexact=publication.title).exclude(pk=publication.pk).first()
    if same is not None:
        words = _(
            "There is a publication “%(title)s” already. Change that one, or give this one another title."
        )
        raise AlreadyThere(same, words % {"title": same})


def _errors(publication: Publication, *, has_file: bool) -> dict[str, str]:
    """What the fields themselves do not say, or not in words that help; "" for what is right."""
    today = timezone.localdate()
    planned, published = publication.planned_on, publication.published_on
    errors = {"title": "" if publication.title else _("Give the publication its title.")}
    for name, day in (("planned_on", planned), ("published_on", published)):
        if day and not _EARLIEST_YEAR <= day.year <= today.year + _YEARS_AHEAD:
            errors[name] = _("Look at the year: is %(year)d right?") % {"year": day.year}
    if published and published > today:
        errors.setdefault(
            "published_on", _("This day is still to come. Fill it in as the day on which you expect it.")
        )
    elif published and not has_file:
        errors.setdefault(
            "published_on",
            _("It has appeared, but the PDF is not there. Add the PDF, or leave this day empty for now."),
        )
    return errors
