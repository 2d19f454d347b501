"""What a verb needs to act on, made from one letter when the test of its permission asks for it."""

import datetime

from django.utils import timezone

from campaigns.models import Publication
from crm.models import ContactPoint, FrozenFile, Interaction, Organisation
from letters.actions import intake
from letters.models import (
    Agenda,
    Answer,
    Commitment,
    IncomingMessage,
    IncomingPlace,
    IncomingState,
    Letter,
    Letterhead,
    LetterState,
    Meeting,
    Paper,
    StandardText,
    Talk,
)
from letters.queries import contents, last_look
from letters.queries.approvals import standing_round
from tests.letters.admin.samples import one_page
from tests.letters.conftest import DAY
from tests.letters.mails import mail


def first(letter):
    return letter.recipients.order_by("position")[0]


def gap(letter):
    return letter.recipients.get(contact_point=None)


def other_address(letter):
    return ContactPoint.objects.get_or_create(
        organisation=first(letter).organisation, kind="email", purpose="board", value="bestuur@waag.example"
    )[0]


def token(letter):
    return last_look.of(letter).blocking[0].token


def accepted(letter):
    return next(item.token for item in last_look.of(letter).items if item.accepted)


def seen(letter):
    return {"round_": standing_round(letter), "content_hash": contents.content(letter).hash}


def enclosed(letter):
    return letter.enclosures.create(title="Rapport", is_promised=True)


def kept(letter):
    content = contents.content(letter)
    return letter.versions.get_or_create(
        number=1, defaults={"content": content.data, "content_hash": content.hash}
    )[0]


def promised(letter):
    """A report that we owe to the first recipient."""
    file = FrozenFile.objects.keep(one_page(), media_type="application/pdf")
    report = Publication.objects.get_or_create(title="Hier zijn wij", defaults={"file": file})[0]
    made = Commitment.objects.get_or_create(
        side="ours", quote="Wij sturen het op.", words="Het rapport", source="telefoon", publication=report,
        defaults={"made_on": DAY},
    )[0]  # fmt: skip
    made.parties.get_or_create(organisation=first(letter).organisation)
    return made


def recorded(letter):
    values = {"letterhead": letter.letterhead, "dated_on": DAY, "dispatched_at": timezone.now()}
    return Letter.objects.get_or_create(reference="2024-1", state=LetterState.RECORDED, defaults=values)[0]


def newcomer():
    return Organisation.objects.get_or_create(kind="party", name="Nieuwkomer")[0]


def gone(user):
    user.absent_until_on = timezone.localdate() + datetime.timedelta(days=7)
    user.save()
    return user


def otherwise(thing, **values):
    """As a form hands it over: changed, and not stored yet."""
    for name, value in values.items():
        setattr(thing, name, value)
    return thing


def spare():
    return Letterhead.objects.get_or_create(name="Ander", sender_name="Netwerk")[0]


def a_paper():
    """For the meeting of tomorrow, with one number."""
    paper = Agenda.objects.get_or_create(held_on=timezone.localdate() + datetime.timedelta(days=1))[0]
    paper.items.get_or_create(
        number=1, defaults={"section": "decisions", "words": "Akkoord", "subject": Letter.objects.first()}
    )
    return paper


def a_text():
    return StandardText.objects.get_or_create(title="Wie wij zijn", defaults={"body": "<p>Wij.</p>"})[0]


def tomorrow():
    return timezone.localtime().replace(minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)


def a_talk(letter):
    """A call about the letter with its first recipient."""
    call = Interaction.objects.get_or_create(
        kind="call", summary="Ze bellen terug.", organisation=first(letter).organisation
    )[0]
    return Talk.objects.get_or_create(recipient=first(letter), interaction=call)[0]


def said(talk):
    """The answer that a call was."""
    kept = {"recipient": talk.recipient, "came_at": talk.interaction.happened_at, "is_real": True}
    return Answer.objects.get_or_create(talk=talk, defaults=kept)[0]


def on_paper(letter):
    file = FrozenFile.objects.keep(one_page(), media_type="application/pdf")
    return Paper.objects.get_or_create(
        recipient=first(letter), file=file, defaults={"pages": 1, "came_on": timezone.localdate()}
    )[0]


def a_meeting(letter):
    """Planned for tomorrow, from the thread."""
    return Meeting.objects.get_or_create(
        recipient=first(letter),
        organisation=first(letter).organisation,
        about="Kennismaken",
        defaults={"starts_at": tomorrow(), "ends_at": tomorrow() + datetime.timedelta(hours=1)},
    )[0]


TYPED = {"address": "anna@waag.example", "subject": "Uw vraag", "text": "In oktober.", "expects_answer": True}


def judged(**values):
    Answer.objects.update(judged_at=timezone.now(), asks=True, **values)
    return Answer.objects.get()


def uncounted():
    """Where a message stands that nobody counts as an answer."""
    Answer.objects.exclude(place=None).delete()
    return IncomingPlace.objects.get()


def closed(letter):
    letter.recipients.update(closed_at=timezone.now())
    return first(letter)


def draft(letter):
    return first(letter).replies.get_or_create(defaults=TYPED)[0]


def with_reply(letter):
    file = FrozenFile.objects.keep(one_page(), media_type="application/pdf")
    return draft(letter).files.create(file=file, name="x.pdf")


def parked(state=IncomingState.PARKED):
    """A message that stands with no letter."""
    message = intake.take_in(raw=mail(Message_ID="<los@elders.example>"), source="upload", uid="los")[0]
    IncomingMessage.objects.filter(pk=message.pk).update(state=state)
    return IncomingMessage.objects.get(pk=message.pk)
