"""Earlier versions of a letter: keeping a text aside, and taking an earlier one up again."""

from __future__ import annotations

import copy
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from crm.actions.action import Actor, Refused, action, record
from crm.document import fingerprint, richtext
from crm.document.richtext import RichTextError
from letters.models import Letter, LetterVersion

from .letters import make_version, save_draft, set_signatories


@action(permission="letters.change_letter")
def keep_aside(*, letter: Letter, values: dict[str, object], by: Actor) -> LetterVersion:
    """Keep a text that somebody else's save overtook as a version, leaving the letter as it is.

    ``values`` are fields of Letter by name, as for ``save_draft``. Raises Refused for text that cannot be a letter.
    """
    overtaken = copy.copy(letter)
    for name, value in values.items():
        setattr(overtaken, name, value)
    try:
        return make_version(letter=overtaken, by=by)
    except RichTextError as error:
        raise Refused(" ".join(error.messages)) from error


@action(permission="letters.change_letter")
def take_up_again(*, version: LetterVersion, by: Actor) -> Letter:
    """Put the words of an earlier version back: subject, date, salutation, text, ending and signatories.

    What stands there now becomes a version first. Letterhead, enclosures and recipients stay as they are.
    """
    letter = Letter.objects.select_for_update().get(pk=version.letter_id)
    make_version(letter=letter, by=by)
    letter = save_draft(
        letter=letter, draft_number=letter.draft_number, values=_values(version.content), by=by
    )
    set_signatories(letter=letter, names=[tuple(pair) for pair in version.content["signatories"]], by=by)
    record("letters.version_taken_up", by=by, on=[letter], letter=str(letter), number=version.number)
    return letter


def _values(content: dict[str, Any]) -> dict[str, object]:
    try:
        body = richtext.serialise(fingerprint.restore(content["body"]))
    except ValueError as error:
        raise Refused(_("This version cannot be read any more. Choose another one.")) from error
    plain = {name: content[name] for name in ("subject", "salutation", "closing", "sign_off")}
    return {**plain, "body": body, "dated_on": parse_date(content["dated_on"])}
