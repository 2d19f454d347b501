"""Planned talks on screen: planned from a dossier or a thread, listed, in a calendar, on a card, and how it was."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from crm.models import Interaction, Recess
from letters.actions import meetings
from letters.models import Meeting, Talk
from tests.crm.admin.pages import errors, form, said, text
from tests.letters.actions.pieces import tomorrow
from tests.letters.render.reading import words
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db

LIST = reverse("letters:meetings")
PLAN = reverse("letters:plan_meeting")


@pytest.fixture
def alida_in(client, alida, letterhead):
    client.force_login(alida)
    return client


@pytest.fixture
def planned(alida, bram, parties):
    return meetings.plan(
        about="Kennismaken",
        starts_at=tomorrow(),
        goers=[alida, bram],
        organisation=parties[0],
        place="Raadhuis",
        questions="Neemt u de zin over?",
        by=alida,
    )


def here(name, meeting):
    return reverse(f"letters:{name}", args=[meeting.pk])


def yesterday(meeting):
    start = tomorrow() - datetime.timedelta(days=2)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=start, ends_at=start + datetime.timedelta(hours=1))


def typed(**values):
    day = timezone.localdate() + datetime.timedelta(days=3)
    return {
        "day": f"{day.day}-{day.month}-{day.year}", "clock": "14.30", "about": "Koffie", "minutes": "60", **values,
    }  # fmt: skip


def test_planned_from_the_dossier_it_stands_there_and_in_the_list(alida_in, parties, alida):
    dossier = parties[0].get_absolute_url()
    assert f"{PLAN}?organisation={parties[0].pk}" in alida_in.get(dossier).content.decode()
    done = alida_in.post(
        f"{PLAN}?organisation={parties[0].pk}", typed(goers=[alida.pk], place="Raadhuis"), follow=True
    )
    assert said(done) == ["Het gesprek staat gepland."]
    meeting = Meeting.objects.get()
    assert timezone.localtime(meeting.starts_at).strftime("%H.%M") == "14.30"
    for url in (dossier, LIST, here("meeting", meeting)):
        assert "14.30 uur" in text(alida_in.get(url))
        assert str(alida) in text(alida_in.get(url))


def test_planned_from_the_thread_it_stands_there(alida_in, letter, alida, bram, cor):
    sent = arrive(letter, alida, bram, cor, at=timezone.now())[0]
    alida_in.post(f"{PLAN}?thread={sent.recipient_id}", typed())
    assert Meeting.objects.get().organisation == sent.recipient.organisation
    page = alida_in.get(reverse("letters:thread", args=[letter.pk, sent.recipient_id]))
    assert "Gepland: een gesprek" in text(page)


def test_planned_from_the_list_one_says_with_whom(alida_in, parties):
    page = alida_in.post(PLAN, typed())
    assert list(errors(page)) == ["organisation"]
    alida_in.post(PLAN, typed(organisation="De Waag"))
    assert Meeting.objects.get().organisation == parties[0]


def test_a_day_in_a_recess_is_said(alida_in, parties):
    day = timezone.localdate() + datetime.timedelta(days=3)
    Recess.objects.create(name="Herfstreces", from_on=day, until_on=day)
    done = alida_in.post(f"{PLAN}?organisation={parties[0].pk}", typed(), follow=True)
    assert "valt in een reces: Herfstreces" in said(done)[1]
    assert "valt in een reces: Herfstreces" in text(alida_in.get(here("meeting", Meeting.objects.get())))


def test_what_is_to_be_mended_stands_beside_the_field(alida_in, parties):
    url = f"{PLAN}?organisation={parties[0].pk}"
    page = alida_in.post(url, typed(day="1-1-2020", about="", questions="a\nb\nc\nd"))
    assert page.status_code == 422
    assert errors(page) == {
        "about": "Vul nog in: “Waarover?”.", "questions": "Kies de drie belangrijkste vragen.",
    }  # fmt: skip
    assert list(errors(alida_in.post(url, typed(day="1-1-2020")))) == ["day"]


def test_the_list_has_what_comes_first_and_then_what_is_not_written_down(alida_in, planned, parties, alida):
    older = meetings.plan(about="Eerder", starts_at=tomorrow(), organisation=parties[1], by=alida)
    yesterday(older)
    page = text(alida_in.get(LIST))
    assert page.index("Nog te komen") < page.index("Kennismaken") < page.index("Hoe was het?")
    assert page.index("Hoe was het?") < page.index("Eerder")
    assert here("report_meeting", older) in alida_in.get(LIST).content.decode()


def test_the_list_costs_the_same_for_one_and_for_thirty(
    alida_in, planned, parties, alida, django_assert_num_queries
):
    alida_in.get(LIST)
    with django_assert_num_queries(100, exact=False) as few:
        alida_in.get(LIST)
    for number in range(30):
        start = tomorrow() + datetime.timedelta(hours=number)
        meetings.plan(about="Nog een", starts_at=start, goers=[alida], organisation=parties[1], by=alida)
    with django_assert_num_queries(len(few)):
        alida_in.get(LIST)


def test_how_it_was_is_three_fields_filled_in(alida_in, planned):
    yesterday(planned)
    planned.refresh_from_db()
    url = here("report_meeting", planned)
    assert form(alida_in.get(url))["kind"] == "meeting"
    assert form(alida_in.get(url))["day"] == f"{planned.day.day}-{planned.day.month}-{planned.day.year}"
    done = alida_in.post(url, {"kind": "meeting", "summary": "Ze doen het."}, follow=True)
    assert said(done) == ["Het staat op de tijdlijn."]
    assert "Ze doen het." in text(done)
    assert Interaction.objects.get().happened_at == planned.starts_at
    assert "Opgeschreven" in text(alida_in.get(LIST))


def test_it_may_have_been_on_another_day(alida_in, planned):
    yesterday(planned)
    day = timezone.localdate() - datetime.timedelta(days=4)
    values = {"kind": "meeting", "summary": "Ze doen het.", "day": f"{day.day}-{day.month}-{day.year}"}
    alida_in.post(here("report_meeting", planned), values)
    assert timezone.localdate(Interaction.objects.get().happened_at) == day
    assert not Talk.objects.exists()


def test_the_calendar_file_follows_what_changes(alida_in, planned, alida):
    def event():
        response = alida_in.get(here("meeting_calendar", planned))
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        [found] = Calendar.from_ical(response.content).walk("VEVENT")
        return found

    first = event()
    assert first.decoded("dtstart") == planned.starts_at
    assert "Gesprek met De Waag" in str(first["summary"])
    done = alida_in.post(
        here("change_meeting", planned), typed(goers=[alida.pk], place="Stopera"), follow=True
    )
    assert "De wijziging is bewaard." in said(done)[0]
    assert (str(event()["location"]), event()["sequence"], event()["uid"]) == ("Stopera", 1, first["uid"])
    alida_in.post(here("meeting", planned), {"do": "call_off"})
    assert str(event()["status"]) == "CANCELLED"
    assert "Gaat niet door" in text(alida_in.get(here("meeting", planned)))
    assert "Kennismaken" not in text(alida_in.get(LIST))


def test_the_card_has_the_talk_and_the_questions(alida_in, planned):
    response = alida_in.get(here("meeting_card", planned))
    assert response.headers["Content-Type"] == "application/pdf"
    printed = words(response.content, page=1)
    assert "Waar Raadhuis" in printed
    assert "1 Neemt u de zin over?" in printed


def test_there_is_a_card_on_the_dossier_without_a_planned_talk(alida_in, parties):
    url = reverse("letters:card", args=["organisatie", parties[0].pk])
    assert url in alida_in.get(parties[0].get_absolute_url()).content.decode()
    assert "Gesprekskaart De Waag" in words(alida_in.get(url).content)
    assert alida_in.get(reverse("letters:card", args=["brief", 1])).status_code == 404


def test_a_reader_looks_and_does_nothing(client, planned, loes, otto):
    client.force_login(loes)
    assert "Raadhuis" in text(client.get(here("meeting", planned)))
    for url in (PLAN, here("change_meeting", planned), here("report_meeting", planned)):
        assert client.get(url).status_code in (302, 403)
    client.force_login(otto)
    for name in ("meeting", "meeting_card", "meeting_calendar"):
        assert client.get(here(name, planned)).status_code in (302, 403)
