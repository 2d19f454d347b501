"""Lists on paper: keeping the scan, and taking in who wrote on it, with the scan as proof."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import NewsletterGroup, SignUpList
from campaigns.queries import sign_up_lists as queries
from campaigns.queries.sign_up_lists import Fate
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, Invalid, check, fill, take_turns
from crm.actions.uploads import check_size
from crm.models import FrozenFile, User
from crm.typesetting import scans

from . import subscribers


@action(permission=subscribers.ADD, atomic=False)
def file(
    *,
    files: Sequence[bytes],
    place: str,
    signed_on: datetime.date | None,
    wording: str,
    groups: Collection[NewsletterGroup] = (),
    by: Actor,
) -> SignUpList:
    """Keep photos (JPEG, PNG, HEIC) or PDF files of one list as its scan. Nobody is a reader by that yet.

    Raises Invalid for what is missing or cannot be, Refused for a file that cannot be read or is too large,
    AlreadyThere when the same pages were kept before.
    """
    made = SignUpList(pages=1, filed_by=by if isinstance(by, User) else None)
    fill(made, {"place": place, "wording": wording, "signed_on": signed_on})
    errors = {}
    if not made.place:
        errors["place"] = _("Write down where the list lay.")
    if not made.wording:
        errors["wording"] = _("Write down what stands above the list: that is what they said yes to.")
    if made.signed_on is None:
        errors["signed_on"] = _("On which day was it signed?")
    elif made.signed_on > timezone.localdate():
        errors["signed_on"] = _("That day is still to come. On which day was it signed?")
    if not files:
        errors["files"] = _("Take a photo, or choose a file.")
    if errors:
        raise Invalid(errors)
    for data in files:
        check_size(len(data))
    try:
        scan = scans.to_pdf(files, title=f"Aanmeldlijst nieuwsbrief {made}")
    except scans.Unreadable as error:
        raise Refused(str(error)) from error
    check_size(len(scan.pdf))
    with transaction.atomic():
        take_turns(SignUpList)
        made.file, made.pages = FrozenFile.objects.keep(scan.pdf, media_type="application/pdf"), scan.pages
        if there := SignUpList.objects.filter(file=made.file).first():
            raise AlreadyThere(there, _("This list was kept already."))
        check(made)
        made.save()
        made.groups.set(groups)
        record("campaigns.list_filed", by=by, on=[made], name=str(made), pages=made.pages)
    return made


@action(permission=subscribers.ADD)
def add_readers(*, sign_up_list: SignUpList, typed: str, by: Actor) -> int:
    """Everybody whose line can be read becomes a reader, with the scan as proof; how many that are. Safe to repeat: who
    is a reader already is left as she is.

    Raises Refused, and adds nobody, while any line is to be mended.
    """
    take_turns(SignUpList, sign_up_list.pk)
    lines = queries.read(sign_up_list, typed)
    if not lines:
        raise Refused(_("Type the addresses first: each on a line of its own."))
    if mend := queries.of(lines, Fate.MEND):
        words = _("Nobody was added yet. Mend or remove these lines first: %(numbers)s.")
        raise Refused(words % {"numbers": ", ".join(str(line.number) for line in mend)})
    groups = list(sign_up_list.groups.all())
    added = []
    for line in queries.of(lines, Fate.ADD):
        # Somebody may sign up on the site at this very moment.
        with suppress(AlreadyThere):
            added.append(
                subscribers.add(
                    address=line.address,
                    first_name=line.name,
                    groups=groups,
                    wording=sign_up_list.wording,
                    source=_("list on paper: %(name)s") % {"name": sign_up_list},
                    proof=_("Scan of the list, SHA-256 %(hash)s") % {"hash": sign_up_list.file.sha256},
                    decided_at=queries.said_at(sign_up_list),
                    by=by,
                )
            )
    if added:
        sign_up_list.readers.add(*added)
        record("campaigns.list_entered", by=by, on=[sign_up_list], name=str(sign_up_list), count=len(added))
    return len(added)


@action(permission=subscribers.ADD)
def take_away(*, sign_up_list: SignUpList, by: Actor) -> None:
    """It was kept by mistake. Raises Refused once somebody is a reader by it: then it is proof."""
    current = SignUpList.objects.select_for_update(of=("self",)).get(pk=sign_up_list.pk)
    if current.readers.exists():
        raise Refused(_("This list is the proof for its readers, so it stays."))
    record(
        "campaigns.list_taken_away",
        by=by,
        on=[current, *([by] if isinstance(by, User) else [])],
        name=str(current),
    )
    current.delete()
