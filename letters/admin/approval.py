"""The step Approval: who has agreed, who has not, and what changed since."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from crm.actions.action import Refused
from crm.admin.numbers import key, whole
from crm.models import RoundState, User
from letters.actions import approvals as actions
from letters.actions import asking
from letters.models import LetterState
from letters.queries import approvals, causes, contents, differences

from .base import LetterView
from .promise_buttons import PromiseButtons


class ApprovalView(PromiseButtons, LetterView):
    """Ask for approval, give it, remark, remind, take back."""

    step = "approval"
    template_name = "letters/approval.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the standing of the newest round, the difference with what was decided on before, and one's own seat."""
        round_ = approvals.last_round(self.letter)
        standing = approvals.standing(round_) if round_ else None
        asked = approvals.asked(round_) if round_ else {}
        content = contents.content(self.letter)
        lapsed = round_ is not None and round_.state == RoundState.VOIDED
        mine = next((seat for seat in standing.seats if seat.user == self.user), None) if standing else None
        return super().get_context_data(
            round=round_,
            standing=standing,
            in_short=approvals.in_short(standing) if standing else "",
            what_is_missing=approvals.what_is_missing(round_) if round_ else "",
            lapsed=lapsed,
            why_lapsed=causes.in_words(round_.void_reason) if round_ else "",
            differences=differences.since_agreed_before(self.letter, round_) if round_ else None,
            content_hash=content.hash,
            mine=mine,
            seats=[(seat, asked.get(seat.user.pk)) for seat in standing.seats] if standing else (),
            paragraphs=contents.numbered(contents.tree(self.letter)),
            open=round_ is not None and round_.state == RoundState.OPEN,
            shortage=approvals.shortage(standing) if standing else "",
            may_rule=self.may("letters.change_approvalrule"),
            may_mend=self.may("crm.change_user"),
            approved=round_ is not None and round_.state == RoundState.APPROVED,
            quorum=approvals.quorum_for(self.letter),
            to_ask=[member for member in approvals.committee() if not member.is_absent()],
            look=self.look if self.letter.state == LetterState.DRAFT else None,
            **self.promise_context(),
            **kwargs,
        )

    def _round(self) -> Any:
        round_ = approvals.standing_round(self.letter)
        if round_ is None:
            raise Refused(_("There is no approval to decide on."))
        return round_

    def do_ask(self) -> HttpResponse:
        """Put it before the committee."""
        actions.ask(letter=self.letter, by=self.user)
        if not approvals.quorum_for(self.letter):
            return self.done(
                _("Ready to send: nobody has to agree with a letter of this kind."), to="dispatch"
            )
        return self.done(_("The committee has been asked. Everyone gets a mail with a link of their own."))

    def do_approve(self) -> HttpResponse:
        """Agree."""
        actions.approve(
            round_=self._round(), content_hash=self.request.POST.get("content_hash", ""), by=self.user
        )
        return self.done(_("You agreed with this letter."))

    def do_remark(self) -> HttpResponse:
        """Ask for a change."""
        actions.remark(
            round_=self._round(),
            content_hash=self.request.POST.get("content_hash", ""),
            text=self.request.POST.get("remark", ""),
            paragraph=whole(self.request.POST.get("paragraph")),
            by=self.user,
        )
        return self.done(_("Your remark stands beside the letter."))

    def do_remind(self) -> HttpResponse:
        """Send a reminder."""
        user = User.objects.filter(pk=key(self.request.POST.get("user"))).first()
        if user is None:
            raise Refused(_("Choose whom to remind."))
        asking.remind(round_=self._round(), user=user, by=self.user)
        return self.done(_("%(who)s gets a mail with a new link.") % {"who": user})

    def do_take_back(self) -> HttpResponse:
        """Go on writing."""
        actions.take_back(letter=self.letter, by=self.user)
        return self.done(_("You can go on writing. The approval lapsed."), to="text")
