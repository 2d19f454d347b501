"""Where the parties stand: the newest that counts, what waits, the seats behind it, and never against for unknown."""

import datetime

import pytest
from django.utils import timezone

from campaigns.models import Position
from campaigns.queries import positions
from campaigns.queries.positions import DIFFERS, UNKNOWN, Standing
from crm.models import LineageKind, Network
from tests.campaigns.factories import AskFactory, CampaignFactory, ClaimFactory
from tests.crm.factories import FactionFactory, LineageFactory, PartyFactory, SeatCountFactory, TermFactory

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime.date(2025, 8, 1), datetime.date(2025, 9, 1)


@pytest.fixture
def campaign():
    return CampaignFactory(name="Verkiezing 2026")


@pytest.fixture
def ask(campaign):
    return AskFactory(campaign=campaign, title="Een ruimte in elke buurt")


@pytest.fixture
def one_is_enough():
    network = Network.load()
    network.second_person_confirms = False
    network.save()


def seat(party, seats, term):
    faction = FactionFactory(term=term, party=party)
    SeatCountFactory(faction=faction, seats=seats)
    return faction


def table(campaign, **options):
    return positions.matrix(campaign, on=timezone.localdate(), **options)


def cells(campaign):
    """The only column, by party."""
    return {str(row.speaker.organisation): row.cells[0] for row in table(campaign).rows}


def joint(term, *parties, seats=17):
    faction = FactionFactory(name="Samen", term=term, party=None)
    SeatCountFactory(faction=faction, seats=seats)
    for party in parties:
        LineageFactory(predecessor=party, successor=faction, kind=LineageKind.JOINT_FACTION)
    return faction


def test_empty_is_unknown_and_never_against(campaign, ask):
    PartyFactory(name="De Brug")
    assert (cells(campaign)["De Brug"].position, cells(campaign)["De Brug"].words) == (UNKNOWN, "onbekend")
    assert table(campaign).is_empty


def test_the_newest_confirmed_one_counts_whatever_was_entered_last(campaign, ask):
    party = PartyFactory(name="De Brug")
    newest = ClaimFactory(
        organisation=party, ask=ask, said_on=LATE, position=Position.AGAINST, confirmed=True
    )
    ClaimFactory(organisation=party, ask=ask, said_on=EARLY, position=Position.FOR, confirmed=True)
    found = cells(campaign)["De Brug"]
    assert (found.words, found.claim, found.waiting) == ("tegen", newest, None)


def test_of_one_day_the_one_that_was_entered_last_counts(campaign, ask):
    party = PartyFactory(name="De Brug")
    for position in (Position.FOR, Position.PARTLY):
        ClaimFactory(organisation=party, ask=ask, position=position, confirmed=True)
    assert cells(campaign)["De Brug"].words == "deels"


def test_what_nobody_confirmed_waits_beside_what_counts(campaign, ask):
    party = PartyFactory(name="De Brug")
    ClaimFactory(organisation=party, ask=ask, said_on=EARLY, confirmed=True)
    ClaimFactory(organisation=party, ask=ask, said_on=LATE, position=Position.AGAINST)
    found = cells(campaign)["De Brug"]
    assert (found.words, found.waiting_words) == ("voor", "tegen: wacht op bevestiging")


def test_what_waits_alone_is_still_unknown(campaign, ask):
    ClaimFactory(organisation=PartyFactory(name="De Brug"), ask=ask)
    found = cells(campaign)["De Brug"]
    assert (found.words, found.waiting_words) == ("onbekend", "voor: wacht op bevestiging")
    assert not table(campaign).is_empty


def test_one_that_is_older_than_what_counts_does_not_wait(campaign, ask):
    party = PartyFactory(name="De Brug")
    ClaimFactory(organisation=party, ask=ask, said_on=LATE, confirmed=True)
    ClaimFactory(organisation=party, ask=ask, said_on=EARLY, position=Position.AGAINST)
    assert cells(campaign)["De Brug"].waiting is None


def test_where_one_person_is_enough_nothing_waits(campaign, ask, one_is_enough):
    ClaimFactory(organisation=PartyFactory(name="De Brug"), ask=ask)
    found = cells(campaign)["De Brug"]
    assert (found.words, found.waiting) == ("voor", None)


def test_what_was_withdrawn_does_not_count(campaign, ask):
    ClaimFactory(organisation=PartyFactory(name="De Brug"), ask=ask, confirmed=True, withdrawn=True)
    assert cells(campaign)["De Brug"].words == "onbekend"


def test_a_faction_speaks_for_its_party(campaign, ask):
    term = TermFactory()
    party = PartyFactory(name="De Brug")
    ClaimFactory(organisation=seat(party, 3, term), ask=ask, confirmed=True)
    found = table(campaign)
    assert {str(row.speaker.organisation): row.cells[0].words for row in found.rows} == {"De Brug": "voor"}
    assert found.supports[0].words == "Voor: 3 van de 45 zetels. Deels: 0."


def test_the_seats_behind_an_ask(campaign, ask):
    term = TermFactory()
    for seats, position, confirmed in (
        (9, Position.FOR, True), (8, Position.PARTLY, True), (7, Position.AGAINST, True), (5, Position.MENTIONS, True),
        (3, Position.FOR, False), (2, None, False),
    ):  # fmt: skip
        party = PartyFactory()
        seat(party, seats, term)
        if position:
            ClaimFactory(organisation=party, ask=ask, position=position, confirmed=confirmed)
    ClaimFactory(organisation=PartyFactory(), ask=ask, confirmed=True)  # without a seat
    support = table(campaign).supports[0]
    assert support.words == "Voor: 9 van de 45 zetels. Deels: 8."
    assert support.rest == "noemt zonder keuze 5, tegen 7, onbekend 5"


def test_a_joint_faction_counts_once_all_its_parties_said_the_same(campaign, ask):
    term = TermFactory()
    links, arbeid = PartyFactory(name="Links"), PartyFactory(name="Arbeid")
    joint(term, links, arbeid)
    ClaimFactory(organisation=links, ask=ask, said_on=EARLY, confirmed=True)
    assert cells(campaign)["Samen"].words == "verschilt: Links voor, Arbeid onbekend"
    assert table(campaign).supports[0].seats == {
        "for": 0, "partly": 0, "mentions": 0, "against": 0, DIFFERS: 17, UNKNOWN: 0,
    }  # fmt: skip
    ClaimFactory(organisation=arbeid, ask=ask, said_on=LATE, confirmed=True)
    assert cells(campaign)["Samen"].words == "voor"
    assert table(campaign).supports[0].words == "Voor: 17 van de 45 zetels. Deels: 0."


def test_what_the_joint_faction_says_is_found_under_its_parties_and_goes_before_what_they_said(campaign, ask):
    links, arbeid = PartyFactory(name="Links"), PartyFactory(name="Arbeid")
    together = joint(TermFactory(), links, arbeid)
    ClaimFactory(organisation=links, ask=ask, said_on=EARLY, position=Position.AGAINST, confirmed=True)
    ClaimFactory(organisation=together, ask=ask, said_on=LATE, position=Position.PARTLY, confirmed=True)
    assert {name: found.words for name, found in cells(campaign).items()} == {
        "Samen": "deels", "Links": "deels", "Arbeid": "deels",
    }  # fmt: skip


def test_what_one_party_of_a_joint_faction_said_is_not_what_the_other_said(campaign, ask):
    links, arbeid = PartyFactory(name="Links"), PartyFactory(name="Arbeid")
    joint(TermFactory(), links, arbeid)
    ClaimFactory(organisation=links, ask=ask, confirmed=True)
    assert cells(campaign)["Arbeid"].words == "onbekend"


def test_of_a_merged_party_the_parts_are_told_apart(campaign, ask):
    merged = PartyFactory(name="Een")
    for name, position in (("Links", Position.FOR), ("Arbeid", Position.AGAINST)):
        part = PartyFactory(name=name, ended_on=LATE)
        LineageFactory(predecessor=part, successor=merged, kind=LineageKind.MERGER)
        ClaimFactory(organisation=part, ask=ask, position=position, confirmed=True)
    assert {name: found.words for name, found in cells(campaign).items()} == {
        "Een": "verschilt: Links voor, Arbeid tegen"
    }


def test_who_has_a_number_of_seats_that_nobody_knows_is_named(campaign, ask):
    party = PartyFactory(name="De Brug")
    FactionFactory(term=TermFactory(), party=party)
    assert table(campaign).supports[0].uncounted == ("De Brug",)


def test_without_a_council_no_seats_are_counted(campaign, ask):
    PartyFactory()
    found = table(campaign)
    assert (found.term, found.supports[0].words, found.supports[0].rest) == (None, "", "")


def test_of_several_councils_one_is_chosen_the_largest_first(campaign, ask):
    large, small = TermFactory(seats_total=45), TermFactory(seats_total=15)
    seat(PartyFactory(name="Groot", municipality=large.body), 9, large)
    seat(PartyFactory(name="Klein", municipality=small.body), 4, small)
    assert (table(campaign).term, table(campaign).councils) == (large, (large, small))
    found = table(campaign, body=small.body_id)
    assert [(str(row.speaker.organisation), row.speaker.seats) for row in found.rows] == [("Klein", 4)]


def test_the_history_says_what_each_is_worth(ask):
    party = PartyFactory()
    waiting = ClaimFactory(organisation=party, ask=ask, said_on=LATE)
    counts = ClaimFactory(organisation=party, ask=ask, said_on=EARLY, confirmed=True)
    superseded = ClaimFactory(organisation=party, ask=ask, said_on=datetime.date(2024, 1, 1), confirmed=True)
    withdrawn = ClaimFactory(organisation=party, ask=ask, said_on=datetime.date(2023, 1, 1), withdrawn=True)
    speaker = positions.single(party, on=timezone.localdate())
    assert positions.history(speaker, ask) == [
        (waiting, Standing.WAITING),
        (counts, Standing.CURRENT),
        (superseded, Standing.SUPERSEDED),
        (withdrawn, Standing.WITHDRAWN),
    ]


def test_what_waits_for_somebody_is_not_what_they_entered_themselves(alida, ask):
    of_another = ClaimFactory(ask=ask)
    ClaimFactory(ask=ask, entered_by=alida)
    ClaimFactory(ask=ask, confirmed=True)
    ClaimFactory(ask=ask, withdrawn=True)
    assert list(positions.waiting(alida)) == [of_another]


def test_the_table_costs_the_same_whatever_stands_in_it(campaign, ask, django_assert_max_num_queries):
    term = TermFactory()
    together = joint(term, PartyFactory(), PartyFactory())
    ClaimFactory(organisation=together, ask=ask, confirmed=True)
    table(campaign)  # the first time the network gets its row
    with django_assert_max_num_queries(12) as few:
        table(campaign)
    asks = [ask, *(AskFactory(campaign=campaign) for _ in range(9))]
    for number in range(20):
        party = PartyFactory()
        seat(party, 1, term)
        for each in asks:
            ClaimFactory(organisation=party, ask=each, confirmed=number % 2 == 0)
    with django_assert_max_num_queries(12) as many:
        found = table(campaign)
    assert len(many) == len(few)
    assert (len(found.rows), len(found.asks)) == (23, 10)
