"""The sentences of letters on the timelines."""

from django.utils.translation import gettext_lazy as _

from crm.registries import timeline
from letters.models import ApprovalRule, IncomingMessage
from letters.models.answers import MEANINGS
from letters.queries import causes

SENTENCES = {
    "letters.started": _("%(by)s started the letter “%(letter)s” (%(reference)s)"),
    "letters.version_made": _("%(by)s kept version %(number)s"),
    "letters.enclosure_added": _("%(by)s added the enclosure “%(title)s”"),
    "letters.enclosure_promised": _("%(by)s promised the enclosure “%(title)s” for later"),
    "letters.enclosure_promised_by": _(
        "%(by)s promised the enclosure “%(title)s” for later; %(who)s sees to it"
    ),
    "letters.enclosure_minded": _("%(by)s let %(who)s see to the promised enclosure “%(title)s”"),
    "letters.enclosure_unminded": _("%(by)s let nobody see to the promised enclosure “%(title)s” any more"),
    "letters.enclosure_removed": _("%(by)s took off the enclosure “%(title)s”"),
    "letters.recipients_picked": _("%(by)s picked %(count)s recipients: %(words)s"),
    "letters.recipients_added": _("%(by)s added %(count)s recipients"),
    "letters.recipient_removed": _("%(by)s took %(name)s off the list"),
    "letters.address_chosen": _("%(by)s chose where the letter to %(name)s goes: %(address)s"),
    "letters.own_words": _("%(by)s changed the salutation or the paragraph of their own for %(name)s"),
    "letters.recipients_locked": _("%(by)s locked the list of %(count)s recipients"),
    "letters.recipients_unlocked": _("%(by)s unlocked the list of recipients"),
    "letters.finding_accepted": _("%(by)s left %(quotes)s as it is: %(reason)s"),
    "letters.finding_reopened": _("%(by)s wants to look at %(quotes)s again"),
    "letters.fixed": _("%(by)s mended %(words)s"),
    "letters.approval_asked": _("%(by)s asked for approval; %(quorum)s people must agree"),
    "letters.approved": _("%(by)s agreed with the letter"),
    "letters.remarked": _("%(by)s asked for a change: %(remark)s"),
    "letters.reminded": _("%(by)s reminded %(whom)s that approval is awaited"),
    "letters.approval_complete": _("The letter “%(letter)s” is approved"),
    "letters.approval_voided": _("The approval lapsed: %(reason)s"),
    "letters.frozen": _("%(by)s made %(count)s letters ready to send"),
    "letters.thawed": _("%(by)s opened the letter again; nothing had left"),
    "letters.sending_started": _("%(by)s started sending: %(email)s by e-mail, %(post)s by post"),
    "letters.sending_paused": _("%(by)s paused the sending; %(count)s messages wait"),
    "letters.sending_resumed": _("%(by)s resumed the sending of %(count)s messages"),
    "letters.print_batch_made": _("%(by)s made a stack of %(count)s letters to print"),
    "letters.version_taken_up": _("%(by)s took up version %(number)s again"),
    "letters.letterhead_added": _("%(by)s added the letterhead “%(name)s”"),
    "letters.letterhead_changed": _("%(by)s changed the letterhead “%(name)s”: %(changes)s"),
    "letters.letterhead_removed": _("%(by)s removed the letterhead “%(name)s”"),
    "letters.standard_text_added": _("%(by)s added the standard text “%(name)s”"),
    "letters.standard_text_changed": _("%(by)s changed the standard text “%(name)s”: %(changes)s"),
    "letters.standard_text_removed": _("%(by)s removed the standard text “%(name)s”"),
    "letters.approval_rule_added": _("%(by)s added the rule for approval “%(name)s”"),
    "letters.approval_rule_changed": _("%(by)s changed the rule for approval “%(name)s”: %(changes)s"),
    "letters.approval_rule_removed": _("%(by)s removed the rule for approval “%(name)s”"),
    "letters.message_uploaded": _("%(by)s added the message “%(subject)s”"),
    "letters.public_copy_made": _(
        "%(by)s made a public copy of the message “%(subject)s”; blacked out in %(count)s places"
    ),
    "letters.message_set_aside": _("%(by)s set the message “%(subject)s” aside"),
    "letters.message_brought_back": _("%(by)s brought the message “%(subject)s” back"),
    "letters.placed_by_hand": _(
        "%(by)s put the message “%(subject)s” with the letter “%(letter)s” to %(recipient)s"
    ),
    "letters.taken_away": _(
        "%(by)s took the message “%(subject)s” away from the letter “%(letter)s” to %(recipient)s"
    ),
    "letters.went_away": _("%(by)s noted that %(who)s is away until %(day)s; nobody decides meanwhile"),
    "letters.went_away_with_stand_in": _(
        "%(by)s noted that %(who)s is away until %(day)s; %(stand_in)s decides meanwhile"
    ),
    "letters.came_back": _("%(by)s noted that %(who)s is back again"),
    "letters.judged": _("%(by)s read the answer of %(sender)s for %(recipient)s: %(meanings)s"),
    "letters.unjudged": _("%(by)s noted that the answer of %(sender)s for %(recipient)s is still to be read"),
    "letters.counted_as_answer": _("%(by)s counts the message of %(sender)s for %(recipient)s as an answer"),
    "letters.answer_taken_up": _("%(by)s sees to the answer of %(sender)s for %(recipient)s"),
    "letters.answer_let_go": _(
        "%(who)s does not see to the answer of %(sender)s for %(recipient)s any more (%(by)s)"
    ),
    "letters.answer_settled": _("%(by)s dealt with the answer of %(sender)s for %(recipient)s"),
    "letters.answer_reopened": _(
        "%(by)s noted that the answer of %(sender)s for %(recipient)s is not dealt with yet"
    ),
    "letters.thread_closed": _(
        "%(by)s noted that nothing more is to come from %(recipient)s on the letter “%(letter)s”"
    ),
    "letters.thread_opened": _("%(by)s opened the conversation with %(recipient)s about “%(letter)s” again"),
    "letters.wrote_on": _("%(by)s wrote on with %(recipient)s in the letter “%(note)s” (%(reference)s)"),
    "letters.reply_started": _("%(by)s began to write back to %(to)s about the letter “%(letter)s”"),
    "letters.reply_dropped": _(
        "%(by)s threw away what was begun to write back to %(to)s about the letter “%(letter)s”"
    ),
    "letters.reply_failed": _("Our message to %(recipient)s (%(address)s) did not arrive"),
    "letters.talked": _("Spoken with %(recipient)s about this letter: %(summary)s"),
    "letters.not_an_answer": _("%(by)s noted that what %(sender)s said for %(recipient)s is no answer"),
    "letters.paper_taken_away": _(
        "%(by)s took the paper of %(day)s away from the letter “%(letter)s” to %(recipient)s"
    ),
    "letters.meeting_planned": _("%(by)s planned a talk with %(who)s on %(day)s: %(about)s"),
    "letters.meeting_changed": _("%(by)s changed the talk with %(who)s on %(day)s: %(changes)s"),
    "letters.meeting_called_off": _("%(by)s noted that the talk with %(who)s on %(day)s does not go on"),
    "letters.agenda_made": _("%(by)s made the paper for the meeting of %(day)s"),
    "letters.agenda_removed": _("%(by)s took away the paper for the meeting of %(day)s"),
    "letters.decided": _("Decided at the meeting of %(day)s about “%(words)s”: %(result)s"),
    "letters.undecided": _("%(by)s took away what was decided at the meeting of %(day)s about “%(words)s”"),
    "letters.promise_noted": _("%(by)s keeps track of a promise in this letter: “%(words)s”"),
    "letters.promise_changed": _("%(by)s changed the promise “%(words)s”: %(changes)s"),
    "letters.promise_settled": _(
        "%(by)s noted how it stands with the promise “%(words)s” for %(who)s: %(state)s (%(source)s)"
    ),
    "letters.promise_removed": _("%(by)s took “%(words)s” off the promises"),
    "letters.promise_dropped": _(
        "“%(words)s” does not stand in the letter any more, and is promised to nobody"
    ),
    "letters.promise_kept": _("Our promise “%(words)s” to %(who)s was kept with the letter “%(letter)s”"),
    "letters.promise_open_again": _(
        "The letter “%(letter)s” did not reach %(who)s: our promise “%(words)s” is open again"
    ),
    "letters.promised": _("We promised: “%(words)s”"),
    "letters.they_promised": _("%(who)s promised us: “%(words)s”"),
    "letters.removed": _(
        "%(by)s removed the letter “%(letter)s” (%(reference)s), which was recorded by mistake"
    ),
    "letters.given_up": _(
        "%(by)s left it at that for %(recipient)s, whom the letter “%(letter)s” did not reach: %(reason)s"
    ),
    "letters.put_away": _("%(by)s put the letter away"),
    "letters.taken_up": _("%(by)s took the letter up again"),
    "letters.made_public": _("%(by)s put the letter on the public site"),
    "letters.made_private": _("%(by)s took the letter off the public site"),
}
CONTACTS = {
    "letters.answered": _("%(sender)s answered the letter “%(letter)s” for %(recipient)s"),
    "letters.paper_came_in": _("%(recipient)s answered the letter “%(letter)s” on paper"),
    "letters.invited": _("%(sender)s sent an invitation for %(recipient)s after the letter “%(letter)s”"),
    "letters.acknowledged": _("%(recipient)s confirmed that the letter “%(letter)s” came in"),
    "letters.auto_replied": _("An automatic reply came to the letter “%(letter)s” to %(recipient)s"),
    "letters.delayed": _(
        "The letter “%(letter)s” to %(recipient)s arrives later; the mail server tries again"
    ),
    "letters.we_wrote": _("%(sender)s wrote to %(recipient)s about the letter “%(letter)s”: %(subject)s"),
    "letters.reminded_them": _("%(by)s reminded %(recipient)s (%(to)s) of the letter “%(letter)s”"),
    "letters.replied": _(
        "%(by)s wrote back to %(to)s for %(recipient)s about the letter “%(letter)s”: %(subject)s"
    ),
    "letters.sent": _("The letter “%(letter)s” was sent to %(recipient)s by e-mail (%(address)s)"),
    "letters.posted": _("%(by)s posted the letter “%(letter)s” to %(recipient)s"),
    "letters.not_posted": _(
        "%(by)s noted that the letter “%(letter)s” to %(recipient)s was not posted after all"
    ),
    "letters.returned": _("The letter “%(letter)s” to %(recipient)s came back by post"),
    "letters.refused": _("The letter “%(letter)s” did not arrive at %(recipient)s (%(address)s): %(reason)s"),
    "letters.bounced": _(
        "%(by)s noted that the letter “%(letter)s” did not arrive at %(recipient)s (%(address)s): %(reason)s"
    ),
    "letters.uncertain": _(
        "It is uncertain whether the letter “%(letter)s” arrived at %(recipient)s (%(address)s)"
    ),
    "letters.resent": _("%(by)s sent the letter “%(letter)s” to %(recipient)s again (%(address)s)"),
    "letters.sent_late": _("%(by)s sent the letter “%(letter)s” to %(recipient)s after all (%(address)s)"),
    "letters.recorded": _("The letter “%(letter)s” (%(reference)s) was sent; %(by)s recorded it afterwards"),
}


def register() -> None:
    """Make the sentences known, and the words for what is kept as a code (see ``letters.actions.telling``)."""
    for code, wording in SENTENCES.items():
        timeline.register(code, wording)
    for code, wording in CONTACTS.items():
        timeline.register(code, wording, is_contact=True, icon="mail")
    timeline.register_wording("cause", causes.in_words)
    timeline.register_wording("meanings", _meanings)
    timeline.register_wording("rule", _rule)
    timeline.register_wording("subject", _subject)


def _meanings(names: list[str]) -> str:
    return ", ".join(str(MEANINGS[name]) for name in names if name in MEANINGS)


def _rule(told: tuple[str, int]) -> str:
    kind, quorum = told
    return str(ApprovalRule(kind=kind, quorum=quorum))


def _subject(text: str) -> str:
    return str(IncomingMessage(subject=text))
