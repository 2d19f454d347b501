"""Entering what a party said, confirming it, and withdrawing what was entered by mistake."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.actions import claims
from campaigns.models import Claim
from campaigns.registries import sources
from campaigns.registries.sources import Source
from crm.actions import organisations
from crm.actions.action import SYSTEM, Refused
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import TimelineEntry
from tests.campaigns.factories import AskFactory, ClaimFactory, FactFactory
from tests.crm.factories import FactionFactory, OrganisationFactory, PartyFactory

pytestmark = pytest.mark.django_db

VALUES = {
    "position": "for",
    "quote": "Wij nemen de stadsdorpen op.",
    "said_on": datetime.date(2025, 8, 1),
    "voice": "said",
    "source_words": "gesprek op het stadhuis",
}


@pytest.fixture
def ask():
    return AskFactory(title="Een ruimte in elke buurt")


@pytest.fixture
def party():
    return PartyFactory(name="De Brug", article="")


@pytest.fixture
def fact(monkeypatch):
    """A record of a kind that claims can come from."""
    source = Source(
        "feit", "campaigns.Fact", "campaigns.view_fact", "wrote", lambda one: f"feit van {one.as_of_on}",
        lambda one: "/", lambda one: one.as_of_on, lambda one: tuple(filter(None, [one.source])),
    )  # fmt: skip
    monkeypatch.setattr(sources, "SOURCES", {"feit": source})
    return FactFactory(source="Beste buren, wij nemen\nde stadsdorpen op. Groet")


def errors(by, **values):
    with pytest.raises(Invalid) as caught:
        claims.enter(by=by, **values)
    assert not Claim.objects.exists()
    return caught.value.errors


def test_it_is_kept_with_who_entered_it(alida, party, ask):
    claims.enter(organisation=party, ask=ask, by=alida, **VALUES | {"quote": "  Wij nemen\r\nze op. "})
    claim = Claim.objects.get()
    assert (claim.organisation, claim.ask, claim.position, claim.quote) == (
        party,
        ask,
        "for",
        "Wij nemen\nze op.",
    )
    assert (claim.entered_by, claim.confirmed_by, claim.is_confirmed, claim.source_id) == (
        alida,
        None,
        False,
        None,
    )


def test_the_party_and_the_campaign_tell_of_it_without_the_quote(alida, party, ask):
    faction = FactionFactory(party=party, name="Fractie De Brug")
    claims.enter(organisation=faction, ask=ask, by=alida, **VALUES)
    said = "Alida de Test legde vast wat Fractie De Brug vindt van “Een ruimte in elke buurt”: voor"
    for record in (faction, party, ask.campaign):
        assert [str(line) for line in TimelineEntry.objects.about(record)] == [said]
    assert "stadsdorpen op" not in str(TimelineEntry.objects.values_list("parameters", flat=True))


def test_a_newer_one_supersedes_and_changes_nothing_of_the_older(alida, party, ask):
    older = claims.enter(organisation=party, ask=ask, by=alida, **VALUES)
    before = Claim.objects.values().get(pk=older.pk)
    claims.enter(
        organisation=party, ask=ask, by=alida, **VALUES | {"position": "against", "quote": "Toch niet."}
    )
    assert Claim.objects.values().get(pk=older.pk) == before
    assert Claim.objects.count() == 2


def test_the_same_is_entered_once_unless_it_was_withdrawn(alida, party, ask):
    first = claims.enter(organisation=party, ask=ask, by=alida, **VALUES)
    with pytest.raises(AlreadyThere) as caught:
        claims.enter(organisation=party, ask=ask, by=alida, **VALUES)
    assert caught.value.existing == first
    claims.withdraw(claim=first, because="Verkeerde vraag", by=alida)
    claims.enter(organisation=party, ask=ask, by=alida, **VALUES)
    assert Claim.objects.count() == 2


def test_what_is_missing_is_named_field_by_field(alida, party, ask):
    assert errors(alida, organisation=party, ask=ask, position="", quote=" ", said_on=None, voice="said") == {
        "position": "Kies hoe ze erover denken.",
        "quote": "Schrijf op wat ze zeiden, in hun eigen woorden.",
        "said_on": "Vul in op welke dag ze dit zeiden.",
        "source_words": "Zeg waar dit vandaan komt, bijvoorbeeld “gesprek van 3 september, verslag van Bram”.",
    }


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (timezone.localdate() + datetime.timedelta(days=1), "Deze dag moet nog komen."),
        (datetime.date(25, 8, 1), "Kijk het jaar na: klopt 25?"),
    ],
)
def test_a_day_that_cannot_be(alida, party, ask, day, words):
    assert errors(alida, organisation=party, ask=ask, **VALUES | {"said_on": day})["said_on"].startswith(
        words
    )


def test_only_a_party_faction_or_list_has_a_position(alida, ask):
    found = errors(alida, organisation=OrganisationFactory(kind="partner"), ask=ask, **VALUES)
    assert found == {
        "organisation": "Alleen een partij, fractie of kandidatenlijst heeft een standpunt. Kies een van die."
    }


def test_a_position_that_does_not_exist(alida, party, ask):
    assert list(errors(alida, organisation=party, ask=ask, **VALUES | {"position": "unknown"})) == [
        "position"
    ]


def test_from_a_message_it_knows_where_and_how(alida, party, ask, fact):
    values = {"position": "for", "quote": "wij nemen de stadsdorpen op", "said_on": fact.as_of_on}
    claim = claims.enter(organisation=party, ask=ask, source=sources.token(fact), by=alida, **values)
    claim.refresh_from_db()
    assert (claim.source_type.model, claim.source_id) == ("fact", fact.pk)
    assert (claim.source_words, claim.voice) == ("feit van 2024-12-31", "wrote")


def test_the_quote_must_stand_in_the_message(alida, party, ask, fact):
    values = VALUES | {"quote": "wij nemen de stadsdorpen niet op"}
    assert errors(alida, organisation=party, ask=ask, source=sources.token(fact), **values) == {
        "quote": "Deze woorden staan zo niet in het bericht. Neem ze daaruit over, en zet […] waar je iets weglaat."
    }


def test_a_message_that_cannot_be_read_now(alida, party, ask, fact):
    type(fact).objects.update(source="")
    found = errors(alida, organisation=party, ask=ask, source=sources.token(fact), **VALUES)
    assert found["quote"].startswith("Het bericht is nu niet te lezen")


def test_a_message_that_is_away_or_hidden(alida, party, ask, fact):
    token = sources.token(fact)
    fact.delete()
    found = errors(alida, organisation=party, ask=ask, source=token, **VALUES)
    assert found["__all__"].startswith("Het bericht waar dit uit komt is er niet")


def test_a_second_person_confirms(alida, ida, party, ask):
    claim = claims.enter(organisation=party, ask=ask, by=alida, **VALUES)
    with pytest.raises(Refused, match="Je hebt dit zelf ingevoerd"):
        claims.confirm(claim=claim, by=alida)
    claims.confirm(claim=claim, by=ida)
    claim.refresh_from_db()
    assert (claim.confirmed_by, claim.is_confirmed) == (ida, True)
    with pytest.raises(Refused, match="al bevestigd"):
        claims.confirm(claim=claim, by=ida)
    assert [line.code for line in TimelineEntry.objects.about(party)] == [
        "campaigns.claim_confirmed",
        "campaigns.claim_entered",
    ]


def test_the_database_too_wants_a_second_person(alida):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimFactory(entered_by=alida, confirmed_by=alida, confirmed_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimFactory(confirmed_by=alida, confirmed_at=None)


def test_the_database_keeps_nothing_without_words(alida):
    for values in ({"quote": ""}, {"source_words": ""}, {"withdrawn_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClaimFactory(**values)
    with pytest.raises(ValidationError):
        ClaimFactory.build(
            organisation=PartyFactory(), ask=AskFactory(), entered_by=alida, voice="vote"
        ).full_clean()


def test_what_was_withdrawn_stays_readable_with_the_reason(alida, ida):
    claim = ClaimFactory()
    with pytest.raises(Invalid) as caught:
        claims.withdraw(claim=claim, because="  ", by=alida)
    assert list(caught.value.errors) == ["withdrawn_because"]
    claims.withdraw(claim=claim, because="Verkeerde partij", by=alida)
    claim.refresh_from_db()
    assert (claim.is_withdrawn, claim.withdrawn_by, claim.withdrawn_because) == (
        True,
        alida,
        "Verkeerde partij",
    )
    for verb, options in ((claims.withdraw, {"because": "Nog eens"}), (claims.confirm, {})):
        with pytest.raises(Refused):
            verb(claim=claim, by=ida, **options)


def test_a_party_that_said_something_cannot_be_removed(alida):
    claim = ClaimFactory(organisation=PartyFactory(name="De Brug", article=""))
    with pytest.raises(Refused, match="1 uitspraak"):
        organisations.remove(organisation=claim.organisation, by=SYSTEM)
