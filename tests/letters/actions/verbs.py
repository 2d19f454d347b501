"""Every verb of letters by its name, with the state in which a letter must be for it."""

import datetime

import pytest
from django.utils import timezone

from crm.models import ContactPoint, Segment
from letters.actions import (
    absence,
    agendas,
    answering,
    approvals,
    asking,
    commitments,
    dispatching,
    enclosures,
    findings,
    freezing,
    intake,
    letters,
    meetings,
    notes,
    papers,
    past,
    placing,
    public_copies,
    recipients,
    reminding,
    replying,
    supplies,
    talks,
    versions,
)
from letters.models import Answer, ApprovalRule, IncomingMessage, IncomingState, Letterhead, StandardText
from letters.queries import last_look
from letters.queries.approvals import standing_round
from tests.letters.actions.pieces import (
    TYPED,
    a_meeting,
    a_paper,
    a_talk,
    a_text,
    accepted,
    closed,
    draft,
    enclosed,
    first,
    gap,
    gone,
    judged,
    kept,
    newcomer,
    on_paper,
    other_address,
    otherwise,
    parked,
    promised,
    recorded,
    said,
    seen,
    spare,
    token,
    tomorrow,
    uncounted,
    with_reply,
)
from tests.letters.admin.samples import one_page
from tests.letters.conftest import DAY
from tests.letters.mails import answer, mail
from tests.letters.stories import agree, arrive, make_ready, propose, send

DRAFT = {
    "letters.start": lambda _, by: letters.start(subject="Nieuw", by=by),
    "letters.start_from": lambda letter, by: letters.start_from(earlier=letter, by=by),
    "letters.start_from_text": lambda _, by: letters.start_from_text(name="x.txt", data=b"Dag.", by=by),
    "letters.save_draft": lambda letter, by: letters.save_draft(
        letter=letter, draft_number=letter.draft_number, values={"subject": "Anders"}, by=by
    ),
    "letters.keep_mine": lambda letter, by: letters.keep_mine(letter=letter, values={"subject": "Ja"}, by=by),
    "letters.make_version": lambda letter, by: letters.make_version(letter=letter, by=by),
    "letters.set_signatories": lambda letter, by: letters.set_signatories(
        letter=letter, names=[("Anna", "")], by=by
    ),
    "absence.go_away": lambda _, by: absence.go_away(
        user=by, back_on=timezone.localdate() + datetime.timedelta(days=7), stand_in=None, by=by
    ),
    "absence.come_back": lambda _, by: absence.come_back(user=gone(by), by=by),
    "letters.put_away": lambda letter, by: letters.put_away(letter=letter, by=by),
    "versions.keep_aside": lambda letter, by: versions.keep_aside(letter=letter, values={}, by=by),
    "versions.take_up_again": lambda letter, by: versions.take_up_again(version=kept(letter), by=by),
    "enclosures.add": lambda letter, by: enclosures.add(letter=letter, title="", data=one_page(), by=by),
    "enclosures.promise": lambda letter, by: enclosures.promise(letter=letter, title="Rapport", by=by),
    "enclosures.mind": lambda letter, by: enclosures.mind(enclosure=enclosed(letter), minded_by=by, by=by),
    "enclosures.remove": lambda letter, by: enclosures.remove(enclosure=enclosed(letter), by=by),
    "recipients.pick_segment": lambda letter, by: recipients.pick_segment(
        letter=letter, segment=Segment.objects.get_or_create(name="Alle")[0], on=DAY, by=by
    ),
    "recipients.add": lambda letter, by: recipients.add(letter=letter, organisations_=[newcomer()], by=by),
    "recipients.remove": lambda letter, by: recipients.remove(recipient=first(letter), by=by),
    "recipients.address": lambda letter, by: recipients.address(
        recipient=first(letter), channel="email", point=other_address(letter), by=by
    ),
    "recipients.mend": lambda letter, by: recipients.mend(
        recipient=gap(letter), kind="email", value="post@zonder.example", by=by
    ),
    "recipients.set_words": lambda letter, by: recipients.set_words(
        recipient=first(letter), salutation="Dag", own_paragraph="", by=by
    ),
    "recipients.lock": lambda letter, by: recipients.lock(letter=letter, by=by),
    "recipients.unlock": lambda letter, by: recipients.unlock(letter=letter, by=by),
    "findings.accept": lambda letter, by: findings.accept(
        letter=letter, token=token(letter), reason="Goed zo.", by=by
    ),
    "past.record_past": lambda letter, by: past.record_past(
        subject="Oud",
        sent_on=datetime.date(2024, 3, 12),
        data=one_page(),
        recipients=[first(letter).organisation],
        by=by,
    ),
    "agendas.make": lambda _, by: agendas.make(held_on=timezone.localdate(), by=by),
    "agendas.note_results": lambda _, by: agendas.note_results(
        agenda=a_paper(), results={1: ("", "Ja.")}, by=by
    ),
    "agendas.remove": lambda _, by: agendas.remove(agenda=a_paper(), by=by),
    "commitments.keep": lambda letter, by: commitments.keep(
        letter=letter, quote="elke buurt een huis", by=by
    ),
    "commitments.note": lambda letter, by: commitments.note(
        side="theirs", holder=first(letter).organisation, quote="Wij bellen.", source="telefoon", by=by
    ),
    "commitments.change": lambda letter, by: commitments.change(
        commitment=promised(letter), event="na de zomer", by=by
    ),
    "commitments.settle": lambda letter, by: commitments.settle(
        parties=list(promised(letter).parties.all()), state="kept", source="mail", by=by
    ),
    "commitments.remove": lambda letter, by: commitments.remove(commitment=promised(letter), by=by),
    "commitments.write_cover": lambda letter, by: commitments.write_cover(
        publication=promised(letter).publication, by=by
    ),
    "past.remove": lambda letter, by: past.remove(letter=recorded(letter), by=by),
    "supplies.add_letterhead": lambda _, by: supplies.add_letterhead(
        letterhead=Letterhead(name="Nieuw", sender_name="Netwerk"), by=by
    ),
    "supplies.change_letterhead": lambda _, by: supplies.change_letterhead(
        letterhead=otherwise(spare(), name="Feestelijk"), by=by
    ),
    "supplies.remove_letterhead": lambda _, by: supplies.remove_letterhead(letterhead=spare(), by=by),
    "supplies.add_standard_text": lambda _, by: supplies.add_standard_text(
        text=StandardText(title="Nieuw", body="<p>Dag.</p>"), by=by
    ),
    "supplies.change_standard_text": lambda _, by: supplies.change_standard_text(
        text=otherwise(a_text(), title="Wij"), by=by
    ),
    "supplies.remove_standard_text": lambda _, by: supplies.remove_standard_text(text=a_text(), by=by),
}
MISSPELT = {
    "findings.fix": lambda letter, by: findings.fix(
        letter=letter,
        token=next(item.token for item in last_look.of(letter).items if item.finding.fixes),
        by=by,
    ),
    "findings.fix_all": lambda letter, by: findings.fix_all(letter=letter, by=by),
}
PUT_AWAY = {"letters.take_up": lambda letter, by: letters.take_up(letter=letter, by=by)}
LOOKED_AT = {
    "approvals.ask": lambda letter, by: approvals.ask(letter=letter, by=by),
    "findings.reopen": lambda letter, by: findings.reopen(letter=letter, token=accepted(letter), by=by),
}
PROPOSED = {
    "approvals.approve": lambda letter, by: approvals.approve(**seen(letter), by=by),
    "approvals.remark": lambda letter, by: approvals.remark(
        **seen(letter), text="Noem de huur.", paragraph=1, by=by
    ),
    "approvals.take_back": lambda letter, by: approvals.take_back(letter=letter, by=by),
    "asking.remind": lambda letter, by: asking.remind(
        round_=standing_round(letter), user=letter.started_by, by=by
    ),
}
APPROVED = {"freezing.freeze": lambda letter, by: freezing.freeze(letter=letter, by=by)}
FROZEN = {
    "dispatching.send": lambda letter, by: dispatching.send(letter=letter, by=by),
    "dispatching.thaw": lambda letter, by: dispatching.thaw(letter=letter, by=by),
}
SENT = {
    "dispatching.pause": lambda letter, by: dispatching.pause(letter=letter, by=by),
    "dispatching.resume": lambda letter, by: dispatching.resume(letter=letter, by=by),
    "dispatching.make_print_batch": lambda letter, by: dispatching.make_print_batch(letter=letter, by=by),
    "dispatching.confirm_posted": lambda letter, by: dispatching.confirm_posted(
        letter=letter, posted_on=DAY, by=by
    ),
    "dispatching.resend": lambda letter, by: dispatching.resend(
        dispatch=letter.dispatches.order_by("number")[0], point=other_address(letter), by=by
    ),
    "dispatching.send_late": lambda letter, by: dispatching.send_late(
        recipient=gap(letter),
        point=ContactPoint.objects.get_or_create(
            organisation=gap(letter).organisation, kind="email", value="post@zonder.example"
        )[0],
        by=by,
    ),
    "letters.set_public": lambda letter, by: letters.set_public(letter=letter, public=True, by=by),
}
POSTED = {
    "dispatching.give_up": lambda letter, by: dispatching.give_up(
        recipient=gap(letter), reason="opgeheven", by=by
    ),
    "dispatching.not_posted": lambda letter, by: dispatching.not_posted(
        dispatch=letter.dispatches.get(channel="post"), by=by
    ),
    "dispatching.mark_returned": lambda letter, by: dispatching.mark_returned(
        dispatch=letter.dispatches.get(channel="post"), returned_on=timezone.localdate(), by=by
    ),
}
ANSWERED = {
    "answering.judge": lambda _, by: answering.judge(answer=Answer.objects.get(), meanings={"asks"}, by=by),
    "answering.press": lambda _, by: answering.press(
        answer=Answer.objects.get(), meaning="asks", holds=True, by=by
    ),
    "answering.count_as_answer": lambda _, by: answering.count_as_answer(place=uncounted(), by=by),
    "answering.take_up": lambda _, by: answering.take_up(answer=Answer.objects.get(), by=by),
    "answering.let_go": lambda _, by: answering.let_go(answer=judged(taken_up_by=by), by=by),
    "answering.settle": lambda _, by: answering.settle(answer=judged(), by=by),
    "answering.reopen": lambda _, by: answering.reopen(answer=judged(settled_at=timezone.now()), by=by),
    "answering.close": lambda letter, by: answering.close(recipient=first(letter), by=by),
    "answering.open_again": lambda letter, by: answering.open_again(recipient=closed(letter), by=by),
    "answering.count_said": lambda letter, by: answering.count_said(source=a_talk(letter), by=by),
    "answering.not_an_answer": lambda letter, by: answering.not_an_answer(answer=said(a_talk(letter)), by=by),
    "talks.log": lambda letter, by: talks.log(
        recipient=first(letter), kind="call", summary="Ze bellen terug.", by=by
    ),
    "papers.put_away": lambda letter, by: papers.put_away(recipient=first(letter), files=[one_page()], by=by),
    "papers.take_away": lambda letter, by: papers.take_away(paper=on_paper(letter), by=by),
    "meetings.plan": lambda letter, by: meetings.plan(
        about="Kennismaken", starts_at=tomorrow(), organisation=first(letter).organisation, by=by
    ),
    "meetings.change": lambda letter, by: meetings.change(
        meeting=a_meeting(letter), starts_at=tomorrow(), minutes=90, goers=[by], by=by
    ),
    "meetings.call_off": lambda letter, by: meetings.call_off(meeting=a_meeting(letter), by=by),
    "meetings.report": lambda letter, by: meetings.report(
        meeting=a_meeting(letter), kind="meeting", summary="Goed gesprek.", happened_at=timezone.now(), by=by
    ),
    "notes.start": lambda letter, by: notes.start(recipient=first(letter), by=by),
    "replying.start": lambda letter, by: replying.start(recipient=first(letter), by=by),
    "replying.save": lambda letter, by: replying.save(reply=draft(letter), **TYPED, by=by),
    "replying.insert": lambda letter, by: replying.insert(reply=draft(letter), text=a_text(), by=by),
    "replying.add_file": lambda letter, by: replying.add_file(
        reply=draft(letter), name="x.pdf", data=one_page(), by=by
    ),
    "replying.remove_file": lambda letter, by: replying.remove_file(file=with_reply(letter), by=by),
    "replying.drop": lambda letter, by: replying.drop(reply=draft(letter), by=by),
    "replying.send": lambda letter, by: replying.send(reply=draft(letter), by=by),
    "intake.upload": lambda _, by: intake.upload(data=mail(), name="bericht.eml", by=by),
    "placing.place_by_hand": lambda letter, by: placing.place_by_hand(
        message=IncomingMessage.objects.get(), recipients=[gap(letter)], by=by
    ),
    "placing.take_away": lambda letter, by: placing.take_away(
        message=IncomingMessage.objects.get(), recipient=first(letter), by=by
    ),
    "placing.set_aside": lambda _, by: placing.set_aside(message=parked(), by=by),
    "placing.bring_back": lambda _, by: placing.bring_back(message=parked(IncomingState.SET_ASIDE), by=by),
    "public_copies.make": lambda _, by: public_copies.make(
        message=IncomingMessage.objects.get(), passages="", by=by
    ),
}
SILENT = {
    "reminding.remind": lambda letter, by: reminding.remind(
        letter=letter, recipients=[first(letter).pk], subject="Onze brief", text="Las u hem?", by=by
    ),
}
RULES = {
    "supplies.add_approval_rule": lambda _, by: supplies.add_approval_rule(
        rule=ApprovalRule(kind="position", quorum=1), by=by
    ),
    "supplies.change_approval_rule": lambda _, by: supplies.change_approval_rule(
        rule=otherwise(ApprovalRule.objects.get(kind="note"), most_recipients=2), by=by
    ),
    "supplies.remove_approval_rule": lambda _, by: supplies.remove_approval_rule(
        rule=ApprovalRule.objects.get(kind="note"), by=by
    ),
}


def nothing(letter, *committee):
    """The letter stays the draft it is."""


def misspell(letter, *committee):
    type(letter).objects.filter(pk=letter.pk).update(body="<p>Wij bereiken 15000 mensen.</p>")


def put_away(letter, author, *others):
    letters.put_away(letter=letter, by=author)


def look(letter, author, *others):
    for item in last_look.of(letter).blocking:
        findings.accept(letter=letter, token=item.token, reason="Dat weten we.", by=author)


def proposed(letter, author, *others):
    propose(letter, author)


def approved(letter, author, *others):
    propose(letter, author)
    agree(letter, *others)


def posted(letter, author, *others):
    send(letter, author, *others)
    dispatching.confirm_posted(letter=letter, posted_on=DAY, by=author)


def answered(letter, author, *others):
    dispatch = send(letter, author, *others)[0]
    intake.take_in(raw=answer(dispatch, "Wanneer komt het rapport?"), source="upload", uid="1")


def silent(letter, author, *others):
    arrive(letter, author, *others, at=timezone.now() - datetime.timedelta(days=60))


STATES = (
    (nothing, DRAFT),
    (misspell, MISSPELT),
    (put_away, PUT_AWAY),
    (look, LOOKED_AT),
    (proposed, PROPOSED),
    (approved, APPROVED),
    (make_ready, FROZEN),
    (send, SENT),
    (posted, POSTED),
    (answered, ANSWERED),
    (silent, SILENT),
)
VERBS = {name: verb for _prepare, verbs in STATES for name, verb in verbs.items()}
TABLE = [pytest.param(prepare, name, id=name) for prepare, verbs in STATES for name in verbs]
# Typing in a draft that everybody shares leaves no line each time: what is kept as a version, or leaves, does.
UNTOLD = {
    "letters.save_draft", "letters.set_signatories", "replying.save", "replying.insert",
    "replying.add_file", "replying.remove_file",
}  # fmt: skip
