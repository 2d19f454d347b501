"""What every change to a letter shares: is it still open to change, and does it void what was agreed."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import outgoing
from crm.actions.action import SYSTEM, Actor, Refused, record
from crm.models import ApprovalRound, OutgoingMessage, RoundState, User
from letters.models import Cause, Letter, LetterState
from letters.models.letters import TRANSITIONS
from letters.queries import approvals, causes, contents

from . import telling


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


def check_not_asked(letter: Letter) -> None:
    """Raises Refused while approval is asked or given: who writes on takes it back first, knowing what lapses.

    Call inside the transaction that saves: nobody asks for approval in between.
    """
    state = Letter.objects.select_for_update().values_list("state", flat=True).get(pk=letter.pk)
    if state in (LetterState.PROPOSED, LetterState.APPROVED):
        raise Refused(
            _(
                "Nothing was changed: the committee was asked to agree with this letter as it is. "
                "Load the page again and choose “Go on writing” first."
            )
        )


def open_to_change(letter: Letter) -> None:
    """Read the letter anew and keep others from changing it until this transaction ends.

    Raises Refused when it can no longer change, as when somebody made it ready to send a moment ago.
    """
    letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
    check_editable(letter)


def settle(letter: Letter, *, by: Actor) -> None:
    """After any change by a writer: note the author, and void a round of approval that was about other content."""
    if isinstance(by, User):
        letter.authors.add(by)
    void_if_changed(letter, by=by)


def void_if_changed(letter: Letter, *, by: Actor) -> None:
    """Void a round of approval that was about other content, and say what is different now."""
    if letter.state not in (LetterState.PROPOSED, LetterState.APPROVED):
        return
    round_, now = approvals.standing_round(letter), contents.content(letter)
    if round_ is None or round_.content_hash == now.hash:
        return
    then = letter.versions.filter(content_hash=round_.content_hash).first()
    parts = contents.changed_parts(then.content, now.data) if then is not None else ()
    void(letter, cause=Cause.CHANGED, parts=parts, by=by)


def drop_mail(round_: ApprovalRound, *, because: Cause, user: User | None = None) -> None:
    """The mails of a round that were refused ask for nothing any more: all of them, or those to one member."""
    mails = OutgoingMessage.objects.filter(batch=f"approval:{round_.pk}", state__in=outgoing.UNDECIDED)
    if user is not None:
        key = approvals.message_key(round_, user)
        mails = mails.filter(Q(key=key) | Q(key__startswith=f"{key}:"))
    for mail in mails:
        outgoing.resolve(message=mail, choice=outgoing.Choice.DROP, reason=telling.cause(because), by=SYSTEM)


def void(letter: Letter, *, cause: Cause, parts: Collection[str] = (), by: Actor) -> None:
    """End the approval that was asked or given; the letter is a draft again. ``parts`` as in ``causes.kept``."""
    round_ = approvals.standing_round(letter)
    if round_ is not None:
        round_.state = RoundState.VOIDED
        round_.closed_at = timezone.now()
        round_.void_reason = causes.kept(cause, parts)
        round_.save(update_fields=["state", "closed_at", "void_reason"])
        drop_mail(round_, because=Cause.LAPSED)
        record(
            "letters.approval_voided",
            by=by,
            on=[letter],
            letter=str(letter),
            reason=telling.cause(cause, parts),
        )
    move(letter, LetterState.DRAFT)
