"""What became of a letter as a workbook: a row for everybody, what was answered and promised; text stays text."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from campaigns.actions import claims
from campaigns.registries import sources
from letters.actions import answering, commitments, intake
from letters.exchange import workbooks
from letters.models import Answer, IncomingMessage
from tests.campaigns.factories import AskFactory
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    made = arrive(letter, alida, bram, cor, at=MOMENT)
    letter.refresh_from_db()
    return made


def rows(data):
    (sheet,) = load_workbook(BytesIO(data)).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_everybody_has_a_row_with_what_was_answered_and_promised(letter, sent, alida, parties):
    intake.take_in(raw=answer(sent[0]), source="imap:INBOX", uid="1")
    answering.judge(answer=Answer.objects.get(), meanings={"is_real", "asks"}, by=alida)
    commitments.note(
        side="theirs",
        holder=parties[0],
        recipient=sent[0].recipient,
        quote="=Wij bellen.",
        source="mail",
        by=alida,
    )
    claims.enter(
        ask=AskFactory(title="Een huis in elke buurt"),
        organisation=parties[0],
        position="for",
        quote="Wij nemen dit over in ons programma.",
        said_on=MOMENT.date(),
        source=sources.token(IncomingMessage.objects.get()),
        by=alida,
    )
    found = rows(workbooks.follow(letter))
    assert found[0][0] == f"Ontmoeten in de buurt ({letter.reference})"
    assert found[1][0].startswith("Op ")
    assert found[3][0] == "Organisatie of persoon"
    today = timezone.localdate()
    first, gap = found[4], found[7]
    assert first[:4] == ["De Waag", "e-mail", "programma@waag.example", "verstuurd"]
    assert [day.date() for day in first[4:6]] == [today, today]
    assert first[6:] == [
        "Echt antwoord, Zij vragen ons iets", "wij: ze vragen ons iets", "zij beloofden: =Wij bellen. (open)",
        "Een huis in elke buurt: voor",
    ]  # fmt: skip
    assert (gap[0], gap[3], gap[4:]) == ("Zonder Adres", "niet verstuurd: geen adres", [None] * 6)


def test_it_is_fetched_from_the_step_follow(client, letter, sent, alida, otto, django_assert_max_num_queries):
    client.force_login(alida)
    address = reverse("letters:follow_workbook", args=[letter.pk])
    assert address in client.get(reverse("letters:follow", args=[letter.pk])).content.decode()
    with django_assert_max_num_queries(30):
        got = client.get(address)
    assert got["Content-Disposition"] == f'attachment; filename="Volgen {letter.reference}.xlsx"'
    assert rows(got.content)[4][0] == "De Waag"
    client.force_login(otto)
    assert client.get(address).status_code in (302, 403, 404)
