"""The mail of Monday morning: who gets it, what stands in it, and that its buttons work."""

import datetime
import email
import re
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from lxml import html

from cms import tasks
from cms.actions import monday_mail
from cms.queries import monday_mail as queries
from crm.models import OutgoingMessage, OutgoingState, Recess, SignedLink, User
from crm.registries import outgoing, schedule
from letters.actions import intake
from tests.crm.factories import FollowUpFactory, OrganisationFactory
from tests.letters.conftest import alida, bram, cor, letter, letterhead, loes, parties, person  # noqa: F401
from tests.letters.mails import mail
from tests.letters.stories import propose

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HERE = ZoneInfo("Europe/Amsterdam")


def message(user):
    raw = OutgoingMessage.objects.get(envelope_to=user.email).raw.read()
    return email.message_from_bytes(raw, policy=default)


def plain(user):
    return message(user).get_body(("plain",)).get_content().replace("\r\n", "\n")


def page(user):
    return html.fromstring(message(user).get_body(("html",)).get_content())


def mailed():
    return sorted(OutgoingMessage.objects.values_list("envelope_to", flat=True))


@pytest.fixture
def call(alida):  # noqa: F811
    return FollowUpFactory(
        words="Bel De Brug", owner=alida, as_overdue=True, subject=OrganisationFactory(name="De Brug")
    )


def test_nothing_due_means_no_mail(alida, bram):  # noqa: F811
    FollowUpFactory(owner=alida)
    FollowUpFactory(owner=alida, due_on=TODAY + datetime.timedelta(days=14))
    FollowUpFactory(owner=alida, as_done=True)
    assert monday_mail.send(day=TODAY) == 0
    assert (mailed(), SignedLink.objects.count()) == ([], 0)


def test_who_has_something_to_do_gets_one_mail_a_week(call, alida, bram):  # noqa: F811
    assert [monday_mail.send(day=TODAY) for _time in range(3)] == [1, 0, 0]
    assert mailed() == [alida.email]
    sent = OutgoingMessage.objects.get()
    assert sent.state == OutgoingState.QUEUED
    assert outgoing.about([sent.key])[sent.key].words == "Maandagmail aan Alida de Test"
    assert monday_mail.send(day=TODAY + datetime.timedelta(days=7)) == 1


def test_it_says_what_is_due_in_plain_words_and_large_type(call, alida, settings):  # noqa: F811
    settings.BASE_URL = "https://brug.example"
    with translation.override("en"):
        monday_mail.send(day=TODAY)
    assert message(alida)["Subject"].endswith(": één ding voor deze week")
    text = plain(alida)
    words = "Dag Alida,\n\nDit wacht deze week op je.\n\n1. Bel De Brug\n   De Brug · te laat: uiterlijk "
    assert text.startswith(words)
    body = page(alida)
    assert (body.get("lang"), "font-size: 18px" in body.find("body").get("style")) == ("nl", True)
    labels = [link.text_content() for link in body.xpath("//li//a")]
    assert labels == ["Gedaan", "Volgende week", "Iemand anders", "Niet nodig"]
    links = body.xpath("//li//a/@href")
    assert all(one.startswith("https://brug.example/actie/") for one in links)
    assert re.findall(r"https://brug.example/actie/\S+", text) == links


def test_the_button_works_without_signing_in_once(call, alida, client):  # noqa: F811
    monday_mail.send(day=TODAY)
    address = page(alida).xpath("//li//a/@href")[0].partition("/actie/")[2]
    url = f"/actie/{address}"
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 200
    call.refresh_from_db()
    assert call.done_by == alida
    assert client.post(url).status_code == 410


def test_other_things_can_be_opened_as_well(letter, alida, bram, cor):  # noqa: F811
    propose(letter, alida)
    OutgoingMessage.objects.all().delete()
    monday_mail.send(day=TODAY)
    assert mailed() == [bram.email, cor.email]
    links = {link.text_content(): link.get("href") for link in page(bram).xpath("//li//a")}
    assert list(links) == ["Openen", "Gedaan", "Volgende week", "Iemand anders", "Niet nodig"]
    assert links["Openen"].endswith(reverse("letters:approval", args=[letter.pk]))


def test_a_button_takes_other_things_out_of_the_next_mails(letter, alida, bram, cor, client):  # noqa: F811
    propose(letter, alida)
    OutgoingMessage.objects.all().delete()
    monday_mail.send(day=TODAY)
    address = page(bram).xpath("//li//a/@href")[4].partition("/actie/")[2]
    assert "Kijk er eerst naar" in client.get(f"/actie/{address}").content.decode()
    assert client.post(f"/actie/{address}", {"reason": "Cor doet dit"}).status_code == 200
    assert "Je hebt hiervoor al op een knop" in client.get(f"/actie/{address}").content.decode()
    OutgoingMessage.objects.all().delete()
    monday_mail.send(day=TODAY + datetime.timedelta(days=7))
    assert mailed() == [cor.email]


def test_at_most_five_lines_the_most_urgent_first_and_how_many_there_are(alida):  # noqa: F811
    for number in range(9):
        FollowUpFactory(
            words=f"Bel nummer {number}", owner=alida, due_on=TODAY - datetime.timedelta(days=number)
        )
    monday_mail.send(day=TODAY)
    lines = [line.text_content() for line in page(alida).xpath("//li/strong")]
    assert lines == [f"Bel nummer {number}" for number in (8, 7, 6, 5, 4)]
    assert "Er wachten 9 dingen op je. Dit zijn de 5 dringendste." in plain(alida)
    assert "Bekijk ze alle 9" in page(alida).text_content()
    assert page(alida).xpath("//body//a/@href")[-2].endswith(reverse("crm:follow_up_list"))


def test_what_is_for_all_of_us_goes_to_all_who_work_here(alida, bram, loes):  # noqa: F811
    FollowUpFactory(words="Zaal vragen", as_due_today=True)
    monday_mail.send(day=TODAY)
    assert mailed() == [alida.email, bram.email]


def test_mail_that_is_not_placed_is_a_reason_too(alida):  # noqa: F811
    intake.take_in(raw=mail("Wie zijn jullie?", subject="Vraag"), source="local", uid="1")
    monday_mail.send(day=TODAY)
    assert "1 binnengekomen bericht is nog niet geplaatst" in plain(alida)


@pytest.mark.parametrize(
    "values",
    [
        {"wants_monday_mail": False},
        {"absent_until_on": TODAY + datetime.timedelta(days=1)},
        {"email": ""},
        {"is_active": False},
    ],
)
def test_who_does_not_want_it_is_away_or_left_gets_none(call, alida, values):  # noqa: F811
    User.objects.filter(pk=alida.pk).update(**values)
    assert monday_mail.send(day=TODAY) == 0


def test_who_is_back_today_gets_it(call, alida):  # noqa: F811
    User.objects.filter(pk=alida.pk).update(absent_until_on=TODAY)
    assert monday_mail.send(day=TODAY) == 1


def test_in_a_recess_nobody_gets_mail(call):
    Recess.objects.create(name="Zomer", from_on=TODAY - datetime.timedelta(days=3), until_on=TODAY)
    assert monday_mail.send(day=TODAY) == 0
    assert monday_mail.send(day=TODAY + datetime.timedelta(days=1)) == 1


def test_an_address_that_cannot_be_does_not_keep_the_others_from_their_mail(call, alida, bram, caplog):  # noqa: F811
    FollowUpFactory(as_due_today=True)
    User.objects.filter(pk=alida.pk).update(email="alida")
    assert monday_mail.send(day=TODAY) == 1
    assert mailed() == [bram.email]
    assert f"No Monday mail to user {alida.pk}" in caplog.text
    assert not SignedLink.objects.filter(user=alida).exists()


@pytest.mark.parametrize(
    ("moment", "is_time"),
    [
        (datetime.datetime(2026, 11, 30, 6, 59, tzinfo=HERE), False),
        (datetime.datetime(2026, 11, 30, 7, 0, tzinfo=HERE), True),
        (datetime.datetime(2026, 11, 30, 11, 59, tzinfo=HERE), True),
        (datetime.datetime(2026, 11, 30, 12, 0, tzinfo=HERE), False),
        (datetime.datetime(2026, 12, 1, 8, 0, tzinfo=HERE), False),
        # Summer: half past five in Greenwich is half past seven here.
        (datetime.datetime(2026, 7, 6, 5, 30, tzinfo=datetime.UTC), True),
        (datetime.datetime(2026, 11, 30, 5, 30, tzinfo=datetime.UTC), False),
    ],
)
def test_monday_morning_is_by_the_clocks_here(moment, is_time):
    assert monday_mail.is_time(moment) is is_time


@pytest.mark.parametrize(("is_time", "sent"), [(True, 1), (False, 0)])
def test_the_schedule_sends_it_when_it_is_time(call, monkeypatch, is_time, sent):
    monkeypatch.setattr(monday_mail, "is_time", lambda now: is_time)
    schedule.PERIODIC["cms.monday_mail"].run()
    assert len(mailed()) == sent


def test_it_can_be_sent_on_any_day(call, alida):  # noqa: F811
    tasks.send_monday_mail.enqueue(day=TODAY.isoformat())
    assert mailed() == [alida.email]


@pytest.mark.usefixtures("alida", "bram")
def test_who_reads_it_costs_the_same_for_any_number(django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(3) as few:
        assert len(queries.readers(TODAY)) == 2
    for number in range(8):
        person(f"lid{number}", "Commissie")
    with django_assert_num_queries(len(few)):
        assert len(queries.readers(TODAY)) == 10
