"""Promises, whose turn it is and talks as workbooks: the list that is shown, with its filters; text stays text."""

import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from campaigns.models import Publication
from crm.dutch.dates import clock, long_date
from crm.models import OutgoingMessage
from letters.actions import answering, commitments, intake
from letters.actions import meetings as meeting_actions
from letters.models import Answer, Meeting
from tests.crm.admin.pages import main
from tests.letters.actions.pieces import tomorrow
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def alida_in(client, alida):
    client.force_login(alida)
    return client


@pytest.fixture
def sent(letter, alida, bram, cor):
    return arrive(letter, alida, bram, cor, at=MOMENT)


def rows(response):
    """The line on top, and the table without its headings; days as days."""
    (sheet,) = load_workbook(BytesIO(response.content)).worksheets
    table = [
        [cell.date() if isinstance(cell, datetime.datetime) else cell for cell in row]
        for row in sheet.iter_rows(min_row=5, values_only=True)
    ]
    return sheet["A1"].value, table


def fetched(client, name, **query):
    found = client.get(reverse(f"letters:{name}_workbook"), query)
    assert found["Content-Disposition"].endswith(f' {TODAY}.xlsx"')
    return rows(found)


def offered(client, name, **query):
    """Where the button of a list leads."""
    (link,) = main(client.get(reverse(f"letters:{name}"), query)).xpath('.//a[contains(@href, ".xlsx")]')
    return link.get("href")


def test_a_promise_has_a_row_for_everybody_with_what_shows_how_it_stands(
    alida_in, letter, sent, alida, bram, parties
):
    report = Publication.objects.create(title="Hier zijn wij")
    promise = commitments.keep(
        letter=letter, quote="Wij vragen aandacht voor ontmoeting in de buurt.", words="=Het rapport",
        publication=report, event="na de raad", minded_by=bram, by=alida,
    )  # fmt: skip
    chosen = list(promise.parties.filter(organisation=parties[0]))
    commitments.settle(parties=chosen, state="kept", source="mail van 3 juni", by=bram)
    title, table = fetched(alida_in, "commitments")
    assert title == "Beloften: wij beloofden, wat nog moet komen"
    assert [row[3] for row in table] == [party.name for party in parties[:3]]
    stands = "Zodra “Hier zijn wij” er is"
    about = [
        "Wij beloofden", "=Het rapport", promise.quote, "De Waag", letter.dated_on,
        f"Ontmoeten in de buurt ({letter.reference})", stands, None, "Hier zijn wij", "na de raad", None,
    ]  # fmt: skip
    noted = ["Bram de Test", "Alida de Test", TODAY]
    assert table[0] == [*about, "nagekomen", TODAY, "mail van 3 juni", "Bram de Test", *noted]
    assert table[1][11:] == ["open", None, None, None, *noted]


def test_it_holds_the_promises_that_are_shown(alida_in, alida, parties):
    for words, day in (
        ("later", datetime.timedelta(days=90)),
        ("nu", datetime.timedelta(days=3)),
        ("klaar", None),
    ):
        made = commitments.note(
            side="theirs",
            holder=parties[0],
            quote=words,
            source="telefoon",
            due_on=day and TODAY + day,
            by=alida,
        )
    commitments.settle(parties=list(made.parties.all()), state="withdrawn", source="mail", by=alida)
    found = {which: fetched(alida_in, "commitments", wie="zij", toon=which) for which in ("", "nu", "klaar")}
    assert {which: [row[1] for row in table] for which, (_title, table) in found.items()} == {
        "": ["nu", "later"], "nu": ["nu"], "klaar": ["klaar"],
    }  # fmt: skip
    assert found["klaar"][0] == "Beloften: zij beloofden, afgehandeld"
    soon = TODAY + datetime.timedelta(days=3)
    assert found[""][1][0][5:8] == ["telefoon", f"Uiterlijk {long_date(soon)}", soon]
    assert fetched(alida_in, "commitments")[1] == []
    here = reverse("letters:commitments_workbook")
    assert offered(alida_in, "commitments", wie="zij", toon="nu", p="1") == f"{here}?wie=zij&toon=nu"
    assert alida_in.get(here, {"toon": "x"}).status_code == 404


def test_whose_turn_it_is_has_a_row_for_everybody_on_the_list(alida_in, letter, sent, alida, bram):
    intake.take_in(raw=answer(sent[0]), source="imap:INBOX", uid="1")
    answering.judge(answer=Answer.objects.get(), meanings={"asks"}, by=alida)
    answering.take_up(answer=Answer.objects.get(), by=bram)
    since = timezone.localdate(Answer.objects.get().came_at)
    about = ["Ontmoeten in de buurt", letter.reference]
    assert fetched(alida_in, "turns") == (
        "Wie is aan zet: Wij zijn aan zet",
        [["De Waag", *about, "Ze vragen ons iets", since, None, "Bram de Test"]],
    )
    title, table = fetched(alida_in, "turns", wie="zij")
    assert (title, [row[0] for row in table]) == (
        "Wie is aan zet: Wij wachten op antwoord",
        ["Stadslijst"],
    )
    assert offered(alida_in, "turns", wie="zij") == f"{reverse('letters:turns_workbook')}?wie=zij"
    assert alida_in.get(reverse("letters:turns_workbook"), {"wie": "x"}).status_code == 404


def test_who_says_nothing_for_weeks_has_a_list_of_its_own(alida_in, sent):
    page = alida_in.get(reverse("letters:turns"), {"wie": "stil"})
    assert "Niemand zwijgt zo lang dat je iemand hoeft te herinneren." in main(page).text_content()
    long_ago = timezone.now() - datetime.timedelta(weeks=6)
    OutgoingMessage.objects.filter(dispatch=sent[0]).update(accepted_at=long_ago)
    title, table = fetched(alida_in, "turns", wie="stil")
    assert (title, [(row[0], row[5]) for row in table]) == (
        "Wie is aan zet: Zij zeggen niets",
        [("De Waag", 6)],
    )
    page = alida_in.get(reverse("letters:turns"), {"wie": "stil"})
    (current,) = main(page).xpath('.//a[@aria-current="page"]')
    assert current.text_content() == "Zij zeggen niets"
    assert [link.text_content() for link in main(page).xpath('.//ul[@class="sb-rows"]//a')] == ["De Waag"]


def test_talks_have_a_row_each_under_the_name_of_their_list(alida_in, alida, bram, parties):
    planned = meeting_actions.plan(
        about="Kennismaken", starts_at=tomorrow(), place="Zaal 3", goers=[alida, bram], organisation=parties[0],
        questions="Wie beslist?", by=alida,
    )  # fmt: skip
    start = timezone.localtime(planned.starts_at)
    table = fetched(alida_in, "meetings")[1]
    assert table == [
        ["Nog te komen", start.date(), clock(start), "De Waag", None, "Kennismaken", "Zaal 3",
         "Alida de Test, Bram de Test", "Wie beslist?", None, None, None],
    ]  # fmt: skip
    ago = timezone.now() - datetime.timedelta(days=2)
    Meeting.objects.update(starts_at=ago, ends_at=ago + datetime.timedelta(hours=1))
    planned.refresh_from_db()
    meeting_actions.report(
        meeting=planned,
        kind="meeting",
        happened_at=ago,
        summary="Zij denken mee.",
        body="Een uur gepraat.",
        by=bram,
    )
    (row,) = fetched(alida_in, "meetings")[1]
    assert (row[0], row[9:]) == ("Opgeschreven", ["Zij denken mee.", "Een uur gepraat.", "Bram de Test"])
    assert offered(alida_in, "meetings") == reverse("letters:meetings_workbook")


@pytest.mark.parametrize("name", ["commitments", "turns", "meetings"])
def test_many_rows_cost_what_few_cost(
    alida_in, sent, alida, parties, name, django_assert_max_num_queries, django_assert_num_queries
):
    def fill(*numbers):
        for number in numbers:
            said, holder = f"Wij bellen {number}", parties[number % 4]
            commitments.note(side="ours", holder=holder, quote=said, source="telefoon", by=alida)
            starts_at = tomorrow() + datetime.timedelta(hours=number)
            meeting_actions.plan(
                about=said, starts_at=starts_at, goers=[alida], organisation=holder, by=alida
            )

    query = {"wie": "zij"} if name == "turns" else {}
    fill(1)
    OutgoingMessage.objects.exclude(dispatch=sent[0]).update(state="queued")
    few = len(fetched(alida_in, name, **query)[1])
    with django_assert_max_num_queries(16) as asked:
        fetched(alida_in, name, **query)
    fill(2, 3, 4, 5, 6, 7)
    OutgoingMessage.objects.update(state="accepted", accepted_at=timezone.now())
    with django_assert_num_queries(len(asked)):
        assert len(fetched(alida_in, name, **query)[1]) > few


@pytest.mark.parametrize("name", ["commitments", "turns", "meetings"])
def test_who_may_not_see_the_list_gets_no_file(client, otto, loes, name):
    client.force_login(otto)
    assert client.get(reverse(f"letters:{name}_workbook")).status_code in (302, 403)
    client.force_login(loes)
    assert fetched(client, name)[1] == []
