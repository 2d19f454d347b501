"""What every change to a letter shares: is it still open to change, and does it void what was agreed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.action import Actor, Refused, record
from crm.models import ApprovalRound, RoundState, User
from letters.models import Letter, LetterState
from letters.models.letters import TRANSITIONS
from letters.queries import approvals, contents


def move(letter: Letter, to: LetterState) -> None:
    """Put a letter in another state, saving that alone. Raises Refused when the state machine has no such line."""
    if to not in TRANSITIONS[LetterState(letter.state)]:
        raise Refused(
            _("This letter is “%(state)s”; that cannot be done now.") % {"state": letter.get_state_display()}
        )
    changed = Letter.objects.filter(pk=letter.pk, state=letter.state).update(state=to)
    if not changed:
        raise Refused(_("Someone else changed this letter a moment ago. Load the page again."))
    letter.state = to


def check_editable(letter: Letter) -> None:
    """Raises Refused when the text can no longer change."""
    if not letter.is_editable:
        raise Refused(
            _("This letter is “%(state)s” and can no longer be changed. Start a new letter from it.")
            % {"state": letter.get_state_display()}
        )


def settle(letter: Letter, *, by: Actor) -> None:
    """After any change: note the author, and void a round of approval that was about other content."""
    if isinstance(by, User):
        letter.authors.add(by)
    open_or_given = approvals.standing_round(letter)
    if open_or_given is None or letter.state not in (LetterState.PROPOSED, LetterState.APPROVED):
        return
    if open_or_given.content_hash != contents.content(letter).hash:
        void(letter, open_or_given, reason=_("the letter was changed"), by=by)


def void(letter: Letter, round_: ApprovalRound, *, reason: str, by: Actor) -> None:
    """End a round of approval; the letter is a draft again."""
    round_.state = RoundState.VOIDED
    round_.closed_at = timezone.now()
    round_.void_reason = reason
    round_.save(update_fields=["state", "closed_at", "void_reason"])
    move(letter, LetterState.DRAFT)
    record("letters.approval_voided", by=by, on=[letter], letter=str(letter), reason=reason)
