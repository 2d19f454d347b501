"""Promises on screen: proposed with a letter, picked out of a message, listed both ways, settled and kept."""

import pytest
from django.urls import reverse

from campaigns.models import Publication
from crm.models import FrozenFile
from letters.actions import commitments as actions
from letters.actions import enclosures, intake, letters
from letters.models import Commitment, Letter
from tests.crm.admin.pages import alert, errors, main, said, text
from tests.letters.admin.samples import one_page
from tests.letters.conftest import BODY
from tests.letters.mails import answer
from tests.letters.stories import send

pytestmark = pytest.mark.django_db

PROMISE = "Wij sturen u het rapport toe, zodra het beschikbaar is."


@pytest.fixture
def promising(letter, alida):
    letters.save_draft(
        letter=letter, draft_number=letter.draft_number, values={"body": f"{BODY}<p>{PROMISE}</p>"}, by=alida
    )
    letter.refresh_from_db()
    return letter


@pytest.fixture
def alida_in(client, alida):
    client.force_login(alida)
    return client


def at(name, *args):
    return reverse(f"letters:{name}", args=args)


def test_a_promise_in_a_letter_is_kept_track_of_with_one_press(alida_in, promising, alida):
    report = Publication.objects.create(title="Rapport Hier zijn wij")
    enclosures.promise(letter=promising, title="", publication=report, by=alida)
    page = alida_in.get(at("approval", promising.pk))
    assert "We zien één zin die een belofte lijkt" in text(page)
    done = alida_in.post(at("approval", promising.pk), {"do": "keep_promise", "quote": PROMISE}, follow=True)
    promise = Commitment.objects.get()
    assert (promise.quote, promise.publication) == (PROMISE, report)
    assert said(done) == ["Wordt bijgehouden: “Rapport Hier zijn wij”. Kies wanneer, en wie erop let."]
    assert "Wij beloofden · zodra “Rapport Hier zijn wij” er is" in text(done)
    assert "De brief is nog niet verstuurd." in text(done)
    page = alida_in.get(at("approval", promising.pk))
    assert "wordt bijgehouden · zodra “Rapport Hier zijn wij” er is" in text(page)
    assert "Houd deze belofte bij" not in text(page)


def test_a_sentence_that_is_gone_meanwhile_is_said(alida_in, letter):
    gone = alida_in.post(at("approval", letter.pk), {"do": "keep_promise", "quote": PROMISE}, follow=True)
    assert said(gone) == ["Deze zin staat niet meer in de brief. Laad de pagina opnieuw."]


def test_a_reader_sees_promises_and_may_change_none(client, promising, alida, loes):
    promise = actions.keep(letter=promising, quote=PROMISE, by=alida)
    client.force_login(loes)
    page = client.get(at("commitment", promise.pk))
    assert "Wijzig wanneer" not in text(page)
    assert "Houd deze belofte bij" not in text(client.get(at("approval", promising.pk)))
    for path in (at("note_commitment"), at("change_commitment", promise.pk)):
        assert client.get(path).status_code in (302, 403)
    assert client.post(at("commitment", promise.pk), {"do": "remove"}).status_code in (302, 403)
    assert Commitment.objects.count() == 1


def test_words_picked_out_of_a_message_become_their_promise(alida_in, letter, alida, bram, cor):
    sent = send(letter, alida, bram, cor)
    raw = answer(sent[0], "Wij nemen de vraag mee\nnaar de fractie.")
    message, _ = intake.take_in(raw=raw, source="imap:INBOX", uid="1")
    page = alida_in.get(at("incoming_message", message.pk))
    (link,) = main(page).xpath(".//a[@data-passage-link][contains(@href, 'beloften')]")
    form = alida_in.get(f"{link.get('href')}&quote=Wij+nemen+de+vraag+mee+naar+de+fractie.")
    assert "Wij nemen de vraag mee naar de fractie." in text(form)
    values = {"recipient": sent[0].recipient.pk, "quote": "Wij betalen alles."}
    refused = alida_in.post(link.get("href"), values)
    assert list(errors(refused)) == ["quote"]
    values["quote"] = "Wij nemen de vraag mee naar de fractie."
    done = alida_in.post(link.get("href"), values, follow=True)
    assert said(done) == ["Wordt bijgehouden: “Wij nemen de vraag mee naar de fractie.”"]
    assert "Zij beloofden · zonder datum" in text(done)
    assert "Genoteerd door Alida de Test, " in text(done)
    again = alida_in.post(link.get("href"), values, follow=True)
    assert said(again) == ["Deze belofte wordt al bijgehouden."]
    assert again.redirect_chain == done.redirect_chain
    thread = alida_in.get(at("thread", letter.pk, sent[0].recipient.pk))
    assert "Wij nemen de vraag mee naar de fractie. zij beloofden · open" in text(thread)


def test_a_promise_from_a_talk_needs_somebody_and_a_source(alida_in, parties):
    refused = alida_in.post(at("note_commitment"), {"side": "theirs", "quote": "Wij bellen maandag."})
    assert list(errors(refused)) == ["organisation"]
    assert alert(refused) == "Er is nog niets bewaard. Kijk bij de velden met een opmerking."
    values = {"side": "theirs", "quote": "Wij bellen maandag.", "organisation": "De Waag"}
    assert list(errors(alida_in.post(at("note_commitment"), values))) == ["source"]
    alida_in.post(at("note_commitment"), {**values, "source": "telefoon", "due_on": "1-12-2099"})
    assert not Commitment.objects.exists()
    alida_in.post(at("note_commitment"), {**values, "source": "telefoon", "due_on": "1-12-2030"})
    page = alida_in.get(at("commitments"), {"wie": "zij"})
    assert "Wij bellen maandag. Uiterlijk 1 december 2030 · De Waag telefoon, " in text(page)


@pytest.mark.parametrize("query", [{"wie": "x"}, {"toon": "x"}])
def test_a_list_that_does_not_exist_is_not_found(alida_in, query):
    assert alida_in.get(at("commitments"), query).status_code == 404


def test_empty_lists_say_where_promises_come_from(alida_in):
    assert "houd je met één klik bij bij de stap Akkoord" in text(alida_in.get(at("commitments")))
    assert "kies “Hier beloven zij iets”" in text(alida_in.get(at("commitments"), {"wie": "zij"}))
    assert "Er is nog niets afgehandeld." in text(alida_in.get(at("commitments"), {"toon": "klaar"}))


def test_how_it_stands_is_noted_for_who_is_ticked(alida_in, promising, alida, bram, cor):
    promise = actions.keep(letter=promising, quote=PROMISE, by=alida)
    send(promising, alida, bram, cor)
    here = at("commitment", promise.pk)
    refused = alida_in.post(here, {"do": "settle", "state": "kept"})
    assert list(errors(refused)) == ["parties", "source"]
    chosen = [party.pk for party in promise.parties.all()[:2]]
    values = {"do": "settle", "state": "kept", "parties": chosen, "source": "mail van 3 juni"}
    done = alida_in.post(here, values, follow=True)
    assert said(done) == ["Vastgelegd voor 2 van hen."]
    assert text(done).count("nagekomen: mail van 3 juni (Alida de Test)") == 2
    assert "één wacht erop" in text(alida_in.get(at("commitments")))


def test_when_and_who_are_changed_on_a_screen_of_their_own(alida_in, promising, alida, bram):
    promise = actions.keep(letter=promising, quote=PROMISE, words="Het rapport", by=alida)
    form = alida_in.get(at("change_commitment", promise.pk))
    seen = main(form).xpath('.//input[@name="seen"]')[0].get("value")
    values = {"words": "Het rapport", "due_on": "1-12-2030", "minded_by": bram.pk, "seen": seen}
    done = alida_in.post(at("change_commitment", promise.pk), values, follow=True)
    assert (said(done), "Bram de Test" in text(done)) == (["Bewaard."], True)
    again = alida_in.post(at("change_commitment", promise.pk), {**values, "event": "na de zomer"})
    assert again.status_code == 422


def test_that_the_time_has_come_is_said_with_one_press(alida_in, parties, alida):
    promise = actions.note(
        side="ours", holder=parties[0], quote="Wij bellen.", source="gesprek", event="na de raad", by=alida
    )
    page = alida_in.get(at("commitment", promise.pk))
    assert ("Wij beloofden · na de raad" in text(page), "Het is zover" in text(page)) == (True, True)
    done = alida_in.post(at("commitment", promise.pk), {"do": "happened"}, follow=True)
    assert said(done) == ["Genoteerd: het is zover. De belofte kan nu worden nagekomen."]
    assert "Wij beloofden · het is zover: na de raad" in text(done)
    assert 'value="happened"' not in done.content.decode()
    assert "Wij bellen." in text(alida_in.get(f"{at('commitments')}?toon=nu"))


def test_who_waits_for_a_publication_is_written_to_with_one_press(alida_in, promising, alida, bram, cor):
    report = Publication.objects.create(title="Hier zijn wij")
    actions.keep(letter=promising, quote=PROMISE, publication=report, by=alida)
    send(promising, alida, bram, cor)
    assert "3 wachten hierop." in text(alida_in.get(reverse("publicaties:inspect", args=[report.pk])))
    page = alida_in.get(at("waiting", report.pk))
    assert "3 wachten op “Hier zijn wij”" in text(page)
    assert "Zodra de pdf er is, schrijf je ze allemaal met één klik." in text(page)
    report.file = FrozenFile.objects.keep(one_page(), media_type="application/pdf")
    report.save()
    assert "Begin de brief aan deze 3" in text(alida_in.get(at("waiting", report.pk)))
    done = alida_in.post(at("waiting", report.pk), {"do": "write"}, follow=True)
    assert "De brief staat klaar" in said(done)[0]
    cover = Letter.objects.get(subject="Hier zijn wij")
    assert "Er is al iemand aan de begeleidende brief bezig." in text(alida_in.get(at("waiting", report.pk)))
    assert cover.recipients.count() == 3


def test_a_publication_that_looks_like_what_was_promised_is_tied_with_one_press(alida_in, parties, alida):
    made = actions.note(
        side="ours", holder=parties[0], quote="Wij sturen het jaarverslag.", source="telefoon", by=alida
    )
    report = Publication.objects.create(
        title="Jaarverslag 2025", file=FrozenFile.objects.keep(one_page(), media_type="application/pdf")
    )
    page = text(alida_in.get(reverse("publicaties:inspect", args=[report.pk])))
    assert "Eén wacht op zoiets. Is dit het?" in page
    here = at("waiting", report.pk)
    assert "aan één. Is dat “Jaarverslag 2025”?" in text(alida_in.get(here))
    done = alida_in.post(here, {"do": "tie", "commitment": made.pk}, follow=True)
    assert said(done) == ["Genoteerd: dit is wat jullie beloofden."]
    assert "Begin de brief aan deze ene" in text(done)
    again = alida_in.post(here, {"do": "tie", "commitment": made.pk}, follow=True)
    assert said(again) == ["Die belofte staat hier niet meer. Laad de pagina opnieuw."]
    made.refresh_from_db()
    assert made.publication == report


def test_one_can_be_reminded_of_a_promise(alida_in, parties, alida):
    made = actions.note(side="theirs", holder=parties[0], quote="Wij bellen.", source="telefoon", by=alida)
    page = alida_in.get(at("commitment", made.pk))
    [address] = main(page).xpath('.//a[contains(@href, "over=")]/@href')
    alida_in.post(address, {"over": f"letters.commitment:{made.pk}", "words": "Bel hen na", "weeks": "1"})
    assert "Bel hen na" in text(alida_in.get(at("commitment", made.pk)))


def test_the_page_of_a_party_says_what_is_promised_both_ways(alida_in, parties, alida):
    for side, words in (("theirs", "Wij bellen."), ("ours", "Wij komen langs.")):
        actions.note(side=side, holder=parties[0], quote=words, source="telefoon", by=alida)
    page = text(alida_in.get(parties[0].get_absolute_url()))
    assert "Wij bellen. zij beloofden · zonder datum" in page
    assert "Wij komen langs. wij beloofden · zonder datum" in page


def test_more_promises_cost_no_more_questions(
    alida_in, parties, alida, django_assert_max_num_queries, django_assert_num_queries
):
    def note(number):
        actions.note(side="theirs", holder=parties[0], quote=f"Nummer {number}", source="telefoon", by=alida)

    note(0)
    alida_in.get(at("commitments"), {"wie": "zij"})
    with django_assert_max_num_queries(40) as one:
        alida_in.get(at("commitments"), {"wie": "zij"})
    for number in range(1, 20):
        note(number)
    with django_assert_num_queries(len(one)):
        alida_in.get(at("commitments"), {"wie": "zij"})
