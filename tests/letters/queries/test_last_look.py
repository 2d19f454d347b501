"""The last look on a letter as it stands in the database, with what somebody left so."""

import datetime

import pytest

from campaigns.models import Fact, Publication
from crm.actions import consents
from crm.models import Network
from letters.actions import enclosures, findings, letters, recipients
from letters.models import Letter
from letters.queries import last_look
from tests.letters.admin.samples import one_page
from tests.letters.conftest import DAY, party

pytestmark = pytest.mark.django_db

LONG = "Stichting Landelijk Platform voor Bewonersinitiatieven en Buurtcoöperaties"
ASK = "<p>Neem deze zin over: elke buurt een huis.</p>"


def found(letter):
    """What is found beside the gap that every letter here has, by code."""
    items = last_look.of(Letter.objects.get(pk=letter.pk)).items
    return {item.finding.code: item for item in items if item.finding.code != "address_missing"}


def write(letter, by, **values):
    letters.save_draft(letter=letter, draft_number=letter.draft_number, values=values, by=by)
    letter.refresh_from_db()


def test_of_a_good_letter_only_the_gap_is_left(letter):
    look = last_look.of(letter)
    assert [(i.finding.code, i.finding.quotes, i.is_open) for i in look.items] == [
        ("address_missing", ("Zonder Adres",), True)
    ]
    assert (look.open_count, look.fixable, look.blocking) == (1, 0, look.items)


def test_tips_hold_nothing_up(letter, alida):
    write(letter, alida, body="<p>Wij vragen u aandacht te besteden aan ontmoeting.</p>")
    tip = found(letter)["ask_without_sentence"]
    assert (tip.is_open, last_look.of(letter).open_count) == (False, 1)


def test_a_finding_is_the_same_as_long_as_its_words_are(letter, alida):
    write(letter, alida, body="<p>Wij bereiken 15000 mensen.</p>" + ASK)
    before = found(letter)["thousands_separator"].token
    write(letter, alida, subject="Anders", body="<p>Eerst dit.</p><p>Wij bereiken 15000 mensen.</p>" + ASK)
    assert found(letter)["thousands_separator"].token == before
    write(letter, alida, body="<p>Wij bereiken 16000 mensen.</p>" + ASK)
    assert found(letter)["thousands_separator"].token != before


def test_figures_are_held_against_the_fact_cabinet(letter, alida):
    write(letter, alida, body="<p>Wij bereiken 15.000 Amsterdammers.</p>" + ASK)
    assert list(found(letter)) == ["figure_without_source"]
    Fact.objects.create(key="bereik", words="ruim 15.000 Amsterdammers", as_of_on=DAY, source="telling")
    assert found(letter) == {}


def test_an_enclosure_that_is_named_must_be_there(letter, alida):
    write(letter, alida, body="<p>Hierbij ontvangt u ons jaarverslag 2024.</p>" + ASK)
    assert list(found(letter)) == ["enclosure_missing"]
    enclosures.add(letter=letter, title="Jaarverslag 2024", data=one_page(), by=alida)
    assert found(letter) == {}


def test_own_words_of_the_network_are_known(letter, alida):
    network = Network.load()
    network.own_words = "stadsdorp"
    network.save()
    write(letter, alida, body="<p>Wij zijn de stadsdopen van de stad.</p>" + ASK)
    assert found(letter)["near_miss"].finding.quotes == ("stadsdopen",)


def test_a_letter_to_nobody_is_held_up(letter):
    letter.recipients.all().delete()
    assert list(found(letter)) == ["recipients_missing"]


def test_one_salutation_for_just_anybody_is_pointed_out(letter, alida):
    write(letter, alida, salutation="Beste Partij")
    assert found(letter)["salutation_impersonal"].finding.quotes == ("Beste Partij",)


def test_a_letterhead_without_reply_address_or_sender_holds_it_up(letter, letterhead):
    letterhead.reply_address = letterhead.sender_name = ""
    letterhead.save()
    assert list(found(letter)) == ["reply_address_missing", "sender_missing"]


def test_nearly_all_parties_of_the_day_point_at_those_left_out(letter, alida):
    recipients.remove(recipient=letter.recipients.get(name="Stadslijst"), by=alida)
    gone = party("Opgeheven")
    gone.ended_on = datetime.date(2024, 1, 1)
    gone.save()
    assert found(letter)["party_without_letter"].finding.quotes == ("Stadslijst",)
    recipients.remove(recipient=letter.recipients.get(name="De Waag"), by=alida)
    assert found(letter) == {}


def test_two_with_one_address_hold_it_up_and_are_named(letter, alida, parties):
    parties[1].contact_points.update(value="programma@waag.example")
    item = found(letter)["address_shared"]
    assert (item.finding.severity, item.finding.quotes, item.finding.spot) == (
        "block",
        ("De Waag", "Stadslijst"),
        "recipients",
    )
    recipients.remove(recipient=letter.recipients.get(name="Stadslijst"), by=alida)
    assert list(found(letter)) == ["party_without_letter"]


def test_an_address_that_the_window_breaks_says_which_line(letter, alida, parties):
    parties[2].contact_points.update(attention=LONG)
    item = found(letter)["address_outside_window"]
    assert item.finding.quotes == (f"t.a.v. {LONG}",)
    assert item.finding.advice.startswith("Het adres van Samenspraak past niet in het venster van de envelop")
    findings.accept(letter=letter, token=item.token, reason="We plakken een etiket.", by=alida)
    assert found(letter)["address_outside_window"].is_open is False
    parties[2].contact_points.update(attention=f"{LONG} Nederland")
    assert found(letter)["address_outside_window"].is_open is True


def test_a_long_address_by_e_mail_needs_no_window(letter, parties):
    parties[0].contact_points.update(attention=LONG)
    assert found(letter) == {}


def test_who_may_not_be_written_to_holds_it_up(letter, alida):
    consents.object_to(
        address="post@stadslijst.example", purpose="letter", channel="email", source="telefoon", by=alida
    )
    assert found(letter)["may_not_write"].finding.quotes == ("Stadslijst",)


TULIP = "🌷"


@pytest.mark.parametrize("where", ["text", "enclosure", "signatory", "own paragraph", "street", "attention"])
def test_a_character_that_cannot_be_printed_is_found_wherever_it_will_be_printed(
    letter, alida, parties, where
):
    {
        "text": lambda: write(letter, alida, body=f"<p>Groet {TULIP}</p>" + ASK),
        "enclosure": lambda: enclosures.add(
            letter=letter, title=f"Verslag {TULIP}", data=one_page(), by=alida
        ),
        "signatory": lambda: letters.set_signatories(letter=letter, names=[(f"Anna {TULIP}", "")], by=alida),
        "own paragraph": lambda: recipients.set_words(
            recipient=letter.recipients.first(), salutation="", own_paragraph=TULIP, by=alida
        ),
        "street": lambda: parties[2].contact_points.update(street=f"Kade {TULIP}"),
        "attention": lambda: parties[0].contact_points.update(attention=TULIP),
    }[where]()
    assert found(letter)["unknown_glyph"].finding.quotes == (TULIP,)


def test_what_is_only_promised_is_not_printed(letter, alida):
    enclosures.promise(letter=letter, title=f"Verslag {TULIP}", by=alida)
    assert found(letter) == {}


PROMISE = "<p>Binnenkort sturen wij u onze brochure.</p>" + ASK


def test_a_promise_is_guarded_by_who_minds_it_or_by_a_publication(letter, alida, bram):
    write(letter, alida, body=PROMISE)
    assert found(letter)["promise_without_date"].finding.about == "Brochure"
    listed = enclosures.promise(letter=letter, title="Brochure voor buren", by=alida)
    assert found(letter)["promise_without_date"].finding.about == "Brochure voor buren"
    enclosures.mind(enclosure=listed, minded_by=bram, by=alida)
    assert found(letter) == {}
    enclosures.remove(enclosure=listed, by=alida)
    planned = Publication.objects.create(title="Brochure")
    enclosures.promise(letter=letter, title="", publication=planned, by=alida)
    assert found(letter) == {}


def test_a_promise_that_names_nothing_is_guarded_by_its_sentence(letter, alida, bram):
    write(letter, alida, body="<p>Wij laten u binnenkort weten wat we besluiten.</p>" + ASK)
    about = found(letter)["promise_without_date"].finding.about
    enclosures.promise(letter=letter, title=about, minded_by=bram, by=alida)
    assert found(letter) == {}


def test_the_own_words_of_a_recipient_are_read(letter, alida):
    recipient = letter.recipients.get(name="De Waag")
    recipients.set_words(
        recipient=recipient, salutation="Beste {{ x }}", own_paragraph="Per\n\nemail.", by=alida
    )
    look = found(letter)
    assert [(code, i.finding.quotes, i.finding.spot) for code, i in look.items()] == [
        ("unknown_field", ("{{ x }}",), f"recipient-{recipient.pk}"),
        ("spelling", ("email",), f"recipient-{recipient.pk}"),
    ]
