"""The paper for a meeting on screen: made, printed, and its results noted against the numbers."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from letters.actions import agendas, commitments
from letters.models import Agenda
from tests.crm.admin.pages import errors, main, said, text

pytestmark = pytest.mark.django_db

DAY = timezone.localdate() + datetime.timedelta(days=3)


@pytest.fixture
def alida_in(client, alida, letterhead):
    client.force_login(alida)
    return client


@pytest.fixture
def agenda(alida, parties):
    commitments.note(
        side="theirs", holder=parties[0], quote="Wij bellen.", source="telefoon", due_on=DAY, by=alida
    )
    return agendas.make(held_on=DAY, by=alida)


def here(agenda):
    return reverse("letters:agenda", args=[agenda.pk])


def test_the_paper_is_made_on_one_screen(alida_in):
    page = alida_in.get(reverse("letters:agendas"))
    assert "Er is nog geen vergaderstuk gemaakt." in text(page)
    assert list(errors(alida_in.post(reverse("letters:agendas"), {"held_on": "1-1-2050"}))) == ["held_on"]
    done = alida_in.post(
        reverse("letters:agendas"), {"held_on": f"{DAY.day}-{DAY.month}-{DAY.year}"}, follow=True
    )
    assert said(done) == ["Het vergaderstuk is er. Druk het af, of stuur de pdf mee."]
    assert "Er wacht niets op deze vergadering." in text(done)
    again = alida_in.post(reverse("letters:agendas"), {"held_on": DAY.isoformat()})
    assert "Die vergadering heeft al een vergaderstuk." in text(again)
    assert Agenda.objects.count() == 1


def test_each_number_leads_to_what_it_is_about(alida_in, agenda):
    page = alida_in.get(here(agenda))
    assert "1. De Waag: Wij bellen." in text(page)
    promise = agenda.items.get().subject
    assert main(page).xpath(f'.//a[@href="{reverse("letters:commitment", args=[promise.pk])}"]')
    pdf = alida_in.get(reverse("letters:agenda_pdf", args=[agenda.pk]))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_results_are_noted_and_what_cannot_be_kept_stays_typed(alida_in, agenda, bram):
    done = alida_in.post(
        here(agenda), {"do": "note", "before-1": "", "result-1": "Nog eens bellen."}, follow=True
    )
    assert said(done) == ["Eén uitkomst is vastgelegd."]
    clash = alida_in.post(here(agenda), {"do": "note", "before-1": "", "result-1": "Laat maar."})
    assert clash.status_code == 422
    assert "Intussen legde Alida de Test vast: “Nog eens bellen.”." in text(clash)
    assert main(clash).xpath('.//textarea[@name="result-1"]')[0].text.strip() == "Laat maar."
    assert agenda.items.get().result == "Nog eens bellen."
    same = alida_in.post(here(agenda), {"do": "note", "before-1": "x", "result-99": "x"}, follow=True)
    assert said(same) == ["Er is niets gewijzigd."]


def test_a_reader_reads_and_notes_nothing(client, agenda, loes):
    client.force_login(loes)
    page = client.get(here(agenda))
    assert not main(page).xpath(".//textarea")
    assert client.post(here(agenda), {"do": "note", "result-1": "Ja."}).status_code in (302, 403)
    assert agenda.items.get().result == ""


def test_the_paper_is_taken_away_to_be_made_anew(alida_in, agenda):
    done = alida_in.post(here(agenda), {"do": "remove"}, follow=True)
    assert said(done) == ["Het stuk is weg. Maak het hieronder opnieuw."]
    assert not Agenda.objects.exists()


def test_more_numbers_cost_no_more_questions(
    alida_in, agenda, parties, alida, django_assert_max_num_queries, django_assert_num_queries
):
    alida_in.get(here(agenda))
    with django_assert_max_num_queries(40) as one:
        alida_in.get(here(agenda))
    for number in range(20):
        commitments.note(
            side="theirs",
            holder=parties[0],
            quote=f"Nummer {number}",
            source="telefoon",
            due_on=DAY,
            by=alida,
        )
    more = agendas.make(held_on=DAY + datetime.timedelta(days=1), by=alida)
    assert more.items.count() == 21
    with django_assert_num_queries(len(one)):
        alida_in.get(here(more))
