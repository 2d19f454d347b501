"""What goes along with a letter."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from campaigns.models import Publication
from crm.actions.action import Actor, Refused, action, record
from crm.actions.uploads import check_pdf
from crm.models import FrozenFile, User
from letters.models import Enclosure, Letter
from letters.queries import approvals

from .changing import open_to_change, settle

LONGEST_TITLE = Enclosure._meta.get_field("title").max_length


@action(permission="letters.change_letter", atomic=False)
def add(*, letter: Letter, title: str, data: bytes, by: Actor) -> Enclosure:
    """Attach a PDF. Raises Refused when it is not one, is locked, or is too large."""
    facts = check_pdf(data)
    with transaction.atomic():
        open_to_change(letter)
        enclosure = Enclosure.objects.create(
            letter=letter,
            position=_next_position(letter),
            title=(title.strip() or facts.title or _("Enclosure"))[:LONGEST_TITLE],
            file=FrozenFile.objects.keep(data, media_type="application/pdf"),
            pages=facts.pages,
        )
        settle(letter, by=by)
        record("letters.enclosure_added", by=by, on=[letter], title=enclosure.title, pages=facts.pages)
    return enclosure


@action(permission="letters.change_letter")
def promise(
    *,
    letter: Letter,
    title: str,
    publication: Publication | None = None,
    minded_by: User | None = None,
    by: Actor,
) -> Enclosure:
    """Note an enclosure that will follow later, and who of the committee sees to it that it does."""
    open_to_change(letter)
    _check_committee(minded_by)
    title = (title.strip() or (publication.title if publication else ""))[:LONGEST_TITLE]
    if not title:
        raise Refused(_("Write what you will send later."))
    enclosure = Enclosure.objects.create(
        letter=letter,
        position=_next_position(letter),
        title=title,
        publication=publication,
        is_promised=True,
        minded_by=minded_by,
    )
    settle(letter, by=by)
    if minded_by is None:
        record("letters.enclosure_promised", by=by, on=[letter], title=title)
    else:
        record("letters.enclosure_promised_by", by=by, on=[letter], title=title, who=str(minded_by))
    return enclosure


@action(permission="letters.change_letter")
def mind(*, enclosure: Enclosure, minded_by: User | None, by: Actor) -> None:
    """Choose who sees to it that a promised enclosure follows; None for nobody.

    It is no part of what the committee agrees on, so an approval stands. Raises Refused for one that is there.
    """
    letter = enclosure.letter
    open_to_change(letter)
    if not enclosure.is_promised:
        raise Refused(_("This enclosure goes along already; nobody needs to see to it."))
    _check_committee(minded_by)
    if enclosure.minded_by == minded_by:
        return
    enclosure.minded_by = minded_by
    enclosure.save(update_fields=["minded_by"])
    if minded_by is None:
        record("letters.enclosure_unminded", by=by, on=[letter], title=enclosure.title)
    else:
        record("letters.enclosure_minded", by=by, on=[letter], title=enclosure.title, who=str(minded_by))


@action(permission="letters.change_letter")
def remove(*, enclosure: Enclosure, by: Actor) -> None:
    """Take an enclosure off again; the file itself stays where earlier versions need it."""
    letter = enclosure.letter
    open_to_change(letter)
    title = enclosure.title
    enclosure.delete()
    settle(letter, by=by)
    record("letters.enclosure_removed", by=by, on=[letter], title=title)


def _check_committee(user: User | None) -> None:
    if user is not None and user not in approvals.committee():
        raise Refused(_("Choose someone of the committee."))


def _next_position(letter: Letter) -> int:
    highest = letter.enclosures.aggregate(highest=Max("position"))["highest"]
    return 0 if highest is None else highest + 1
