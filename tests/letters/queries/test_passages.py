"""A message that came in as the source of what a party said: its words, its day, and the way back to it."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Claim
from campaigns.registries import sources
from crm.models.frozen_files import private_storage
from letters.actions import intake
from tests.campaigns.factories import AskFactory
from tests.crm.admin.pages import errors, form, main, text
from tests.letters.mails import mail

pytestmark = pytest.mark.django_db

MOMENT = datetime.datetime(2025, 8, 5, 9, 14, tzinfo=datetime.UTC)
PLAIN = "Beste buren,\n\nWij nemen dit graag over in ons\nprogramma. Groet\n"
IN_HTML = (
    b"From: Anna <anna@elders.example>\r\nSubject: Ontmoeten\r\nDate: Tue, 5 Aug 2025 09:14:03 +0200\r\n"
    b"Message-ID: <h@elders.example>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>Wij nemen dit <b>graag</b> over.</p><p>Elke buurt&nbsp;een huis.</p><script>alert(1)</script>"
)


def take_in(raw):
    return intake.take_in(raw=raw, source="imap:INBOX", uid=str(hash(raw)))[0]


@pytest.fixture
def message():
    return take_in(mail(PLAIN, moment=MOMENT, subject="Ontmoeten"))


def of(message, user):
    return sources.named(sources.token(message), user=user)


def test_a_message_is_named_by_its_day_and_subject_and_not_by_who_wrote_it(message, loes):
    found = of(message, loes)
    assert (found.token, found.words, found.said_on, found.url) == (
        f"bericht-{message.pk}",
        "e-mail van 5 augustus 2025: Ontmoeten",
        datetime.date(2025, 8, 5),
        reverse("letters:incoming_message", args=[message.pk]),
    )


def test_who_may_not_read_it_does_not_find_it(message, otto):
    assert of(message, otto) is None


@pytest.mark.parametrize(
    "quote", ["Wij nemen dit graag over.", "graag over.\n\nElke buurt een huis.", "Elke buurt een huis."]
)
def test_a_quote_is_found_as_it_is_selected_on_the_screen(loes, quote):
    found = of(take_in(IN_HTML), loes)
    assert sources.says(found.source.texts(found.record), quote)


def test_what_is_no_text_of_the_message_is_no_quote(loes):
    found = of(take_in(IN_HTML), loes)
    assert not sources.says(found.source.texts(found.record), "alert(1)")


def test_a_message_whose_bytes_are_away_has_no_words(message, loes):
    private_storage().delete(message.raw.place)
    found = of(message, loes)
    assert found.source.texts(found.record) == ()


def address(message, party, **more):
    query = {"organisation": party.pk, "source": sources.token(message), "said_on": "2025-08-05", **more}
    return reverse("campaigns:claim_add", query=query)


def test_from_a_selected_passage_it_takes_the_ask_and_the_position(client, alida, parties, message):
    ask = AskFactory(title="Een ruimte")
    client.force_login(alida)
    place = address(message, parties[0], quote="Wij nemen dit graag over in ons programma.")
    page = client.get(place)
    assert [field.get("name") for field in main(page).xpath('.//*[@name][not(@type="hidden")]')] == [
        "organisation", "ask", "position", "position", "position", "position", "quote", "said_on",
    ]  # fmt: skip
    client.post(reverse("campaigns:claim_add"), form(page) | {"position": "for"})
    claim = Claim.objects.get()
    assert (claim.organisation, claim.ask, claim.quote) == (
        parties[0], ask, "Wij nemen dit graag over in ons programma.",
    )  # fmt: skip
    assert (claim.source_words, claim.said_on, claim.voice) == (
        "e-mail van 5 augustus 2025: Ontmoeten", datetime.date(2025, 8, 5), "wrote",
    )  # fmt: skip
    cell = client.get(reverse("campaigns:cell", args=[ask.pk, parties[0].pk]))
    assert f'href="{reverse("letters:incoming_message", args=[message.pk])}"' in cell.content.decode()


def test_words_that_do_not_stand_there_are_pointed_out(client, alida, parties, message):
    AskFactory()
    client.force_login(alida)
    page = client.get(address(message, parties[0], quote="Wij nemen dit niet over."))
    answer = client.post(reverse("campaigns:claim_add"), form(page) | {"position": "against"})
    assert list(errors(answer)) == ["quote"]
    assert "Uit dit bericht: e-mail van 5 augustus 2025: Ontmoeten" in text(answer)
    assert not Claim.objects.exists()


def test_a_message_that_is_gone_leaves_the_words_of_the_claim(client, alida, parties, message):
    ask = AskFactory()
    client.force_login(alida)
    client.post(
        reverse("campaigns:claim_add"),
        form(client.get(address(message, parties[0], quote="Wij nemen dit graag over")))
        | {"position": "for"},
    )
    message.delete()
    cell = client.get(reverse("campaigns:cell", args=[ask.pk, parties[0].pk]))
    assert "Bron: e-mail van 5 augustus 2025: Ontmoeten" in text(cell)
    assert "binnengekomen" not in "".join(main(cell).xpath(".//article//a/@href"))


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_passage_of_a_message_that_is_gone_asks_where_it_comes_from(client, alida, parties, verb):
    AskFactory()
    client.force_login(alida)
    page = getattr(client, verb)(reverse("campaigns:claim_add"), {"source": "bericht-1", "quote": "Ja."})
    assert "Het bericht waar dit uit komt is er niet" in text(page)
    assert (form(page)["source_words"], form(page)["quote"].strip()) == ("", "Ja.")
