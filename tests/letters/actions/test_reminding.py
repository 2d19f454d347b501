"""Reminding those who say nothing: only them, within their thread, twice at most."""

import datetime
import email
from email import policy

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.actions.action import NotAllowed, Refused
from crm.models import Channel, ContactPoint, OutgoingMessage
from letters.actions import intake, reminding, replying
from letters.models import Reply
from letters.queries import reminders, turns
from tests.letters.mails import answer
from tests.letters.stories import arrive, told

pytestmark = pytest.mark.django_db


def weeks_ago(number):
    return timezone.now() - datetime.timedelta(weeks=number)


@pytest.fixture
def sent(letter, alida, bram, cor):
    return arrive(letter, alida, bram, cor, at=weeks_ago(5))


def silent(letter):
    return [(row.recipient.name, row.weeks, row.not_by_mail) for row in reminders.silent(letter)]


def remind(letter, by, **values):
    chosen = [recipient.pk for recipient in letter.recipients.all()]
    return reminding.remind(
        letter=letter,
        by=by,
        **{"recipients": chosen, "subject": "Herinnering", "text": "Wij wachten."} | values,
    )


def pass_weeks(number):
    """Everything that we sent is older by so many weeks."""
    for row in Reply.objects.exclude(handed_over_at=None):
        row.handed_over_at -= datetime.timedelta(weeks=number)
        row.save()


def test_who_answered_or_still_has_time_is_left_alone(sent):
    letter = sent[0].letter
    intake.take_in(raw=answer(sent[0]), source="upload", uid="1")
    assert silent(letter) == [("Stadslijst", 5, "")]
    OutgoingMessage.objects.filter(dispatch=sent[1]).update(accepted_at=weeks_ago(3))
    assert silent(letter) == []


def test_a_reminder_opens_as_the_letter_did_and_brings_it_along(sent, alida):
    letter = sent[0].letter
    assert remind(letter, alida) == 2
    reply = Reply.objects.get(recipient=sent[1].recipient)
    mail = email.message_from_bytes(reply.outgoing.raw.read(), policy=policy.default)
    text = mail.get_body(("plain",)).get_content()
    assert text.startswith("Geachte")
    assert "Wij wachten." in text
    assert "Op 29 juli 2025 schreven wij:\r\n> Wij vragen aandacht voor ontmoeting in de buurt." in text
    assert mail["In-Reply-To"] == sent[1].outgoing.message_id
    attached = next(mail.iter_attachments())
    assert attached.get_content() == sent[1].pdf.read()
    assert silent(letter) == []
    assert turns.theirs().filter(pk=reply.recipient_id).exists()
    assert told(letter, "letters.reminded_them")[0].startswith("Alida de Test herinnerde ")


def test_pressing_twice_reminds_once(sent, alida):
    remind(sent[0].letter, alida)
    with pytest.raises(Refused, match="Niemand is herinnerd"):
        remind(sent[0].letter, alida)
    assert OutgoingMessage.objects.filter(key__startswith="reply:").count() == 2


def test_after_two_reminders_it_is_time_to_call(sent, alida):
    letter = sent[0].letter
    ContactPoint.objects.create(
        organisation=sent[0].recipient.organisation, kind=Channel.PHONE, value="020 123 45 67", source="site"
    )
    for _time in range(2):
        remind(letter, alida, recipients=[sent[0].recipient_id])
        pass_weeks(5)
    row = next(row for row in reminders.silent(letter) if row.recipient == sent[0].recipient)
    assert (row.reminded, row.phones) == (2, ("020 123 45 67",))
    assert row.not_by_mail == "Al 2 keer herinnerd: bel ze op."
    with pytest.raises(Refused):
        remind(letter, alida, recipients=[sent[0].recipient_id])


def test_a_message_that_lies_ready_goes_first(sent, alida):
    replying.start(recipient=sent[0].recipient, by=alida)
    assert remind(sent[0].letter, alida) == 1
    assert Reply.objects.filter(recipient=sent[0].recipient, is_reminder=True).count() == 0


@pytest.mark.parametrize(
    "values", [{"text": " "}, {"subject": ""}, {"recipients": []}, {"recipients": [999999]}]
)
def test_without_words_or_somebody_nothing_goes(sent, alida, values):
    with pytest.raises(Refused):
        remind(sent[0].letter, alida, **values)
    assert Reply.objects.count() == 0


def test_a_reader_reminds_nobody(sent, loes):
    with pytest.raises(NotAllowed):
        remind(sent[0].letter, loes)


def test_on_screen(client, sent, alida):
    letter = sent[0].letter
    client.force_login(alida)
    page = reverse("letters:reminders", args=[letter.pk])
    assert page in client.get(reverse("letters:follow", args=[letter.pk])).content.decode()
    html = client.get(page).content.decode()
    assert "2 ontvangers laten niets horen" in html
    response = client.post(page, {"do": "remind", "subject": "Herinnering", "text": "Eigen woorden."})
    assert (response.status_code, "Eigen woorden." in response.content.decode()) == (422, True)
    values = {"do": "remind", "recipient": sent[0].recipient_id, "subject": "Herinnering", "text": "Dag."}
    assert "1 herinnering gaat nu weg." in client.post(page, values, follow=True).content.decode()
