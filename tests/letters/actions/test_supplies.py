"""What letters are made with: a change of it reaches every letter that was not fixed yet."""

import pytest

from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Overtaken, version
from crm.models import ApprovalRound, Network, RoundState
from letters.actions import freezing, letters, supplies
from letters.models import ApprovalRule, Letterhead, LetterState, StandardText
from letters.queries import approvals, contents
from tests.letters.conftest import person
from tests.letters.stories import agree, make_ready, propose, told

pytestmark = pytest.mark.django_db


def change(letterhead, by, **values):
    for name, value in values.items():
        setattr(letterhead, name, value)
    supplies.change_letterhead(letterhead=letterhead, by=by)


@pytest.mark.parametrize(
    "values",
    [
        {"reply_address": "nieuw@brug.example"},
        {"sender_lines": "Kade 1"},
        {"window": "right"},
        {"place": "Brugstad"},
    ],
)
def test_another_letterhead_voids_what_was_agreed_with_the_old_one(
    letter, letterhead, alida, bram, cor, values
):
    propose(letter, alida)
    round_ = agree(letter, bram, cor)
    change(letterhead, cor, **values)
    letter.refresh_from_db()
    round_.refresh_from_db()
    assert (letter.state, round_.state) == (LetterState.DRAFT, RoundState.VOIDED)
    assert told(letter, "letters.approval_voided") == [
        "Het akkoord verviel: de brief is veranderd (briefpapier)"
    ]
    assert set(letter.authors.all()) == {alida}


def test_another_town_of_the_network_voids_it_only_where_the_letterhead_names_none(
    letter, letterhead, alida, bram, cor
):
    propose(letter, alida)
    round_ = agree(letter, bram, cor)
    network = Network.load()
    for town, lapsed in (("Brugstad", False), ("Dijkdorp", True)):
        if lapsed:
            Letterhead.objects.update(place="")
            ApprovalRound.objects.update(content_hash=contents.content(letter).hash)
        network.place = town
        network.save()
        round_.refresh_from_db()
        assert (round_.state == RoundState.VOIDED) is lapsed


@pytest.mark.parametrize(("name", "what"), [("closing", "slotformule"), ("sign_off", "namens wie")])
def test_an_ending_that_the_letter_leaves_to_its_letterhead_counts_too(
    letter, letterhead, alida, bram, cor, name, what
):
    saved = letters.save_draft(letter=letter, draft_number=0, values={name: ""}, by=alida)
    propose(saved, alida)
    agree(saved, bram, cor)
    change(letterhead, alida, **{name: "Heel anders"})
    saved.refresh_from_db()
    assert saved.state == LetterState.DRAFT
    assert told(letter, "letters.approval_voided") == [f"Het akkoord verviel: de brief is veranderd ({what})"]


def test_what_is_not_printed_leaves_the_approval(letter, letterhead, alida, bram, cor):
    propose(letter, alida)
    agree(letter, bram, cor)
    change(letterhead, alida, name="Anders genoemd", closing="Groet")
    letter.refresh_from_db()
    assert letter.state == LetterState.APPROVED
    assert len(freezing.freeze(letter=letter, by=alida)) == 3


def test_letters_on_other_paper_and_letters_that_are_fixed_stay_as_they_are(
    letter, letterhead, alida, bram, cor
):
    make_ready(letter, alida, bram, cor)
    paper = Letterhead.objects.create(name="Ander", sender_name="Netwerk", reply_address="a@brug.example")
    other = letters.start(by=alida, kind="note", subject="Dank", body="<p>Dank.</p>", letterhead=paper)
    change(letterhead, alida, sender_name="Netwerk De Overkant")
    letter.refresh_from_db()
    assert (letter.state, other.state) == (LetterState.FROZEN, LetterState.DRAFT)
    assert approvals.last_round(letter).state == RoundState.APPROVED


def test_a_letterhead_comes_changes_and_goes_with_a_line_each(letterhead, alida):
    made = Letterhead(name="Feest", sender_name="Netwerk De Brug")
    supplies.add_letterhead(letterhead=made, by=alida)
    change(made, alida, name="Jubileum")
    lines = told(made)
    supplies.remove_letterhead(letterhead=made, by=alida)
    assert lines == [
        "Alida de Test voegde het briefpapier “Feest” toe",
        "Alida de Test wijzigde het briefpapier “Jubileum”: naam van dit briefpapier: “Feest” werd “Jubileum”",
    ]
    assert list(Letterhead.objects.all()) == [letterhead]


def test_a_letterhead_that_a_letter_uses_stays_and_leaves_no_line(letter, letterhead, alida):
    with pytest.raises(Refused, match="“Gewoon” wordt in brieven gebruikt"):
        supplies.remove_letterhead(letterhead=letterhead, by=alida)
    assert (Letterhead.objects.get(), told(letterhead)) == (letterhead, [])


def test_a_standard_text_is_checked_and_told(alida):
    text = StandardText(title="Wat is een stadsdorp?", body="<p>Een dorp in de stad.</p>")
    supplies.add_standard_text(text=text, by=alida)
    text.body = "<p>Zie <script>alert(1)</script></p>"
    with pytest.raises(Refused):
        supplies.change_standard_text(text=text, by=alida)
    assert StandardText.objects.get().body == "<p>Een dorp in de stad.</p>"
    assert told(text) == ["Alida de Test voegde de standaardtekst “Wat is een stadsdorp?” toe"]


@pytest.fixture
def dina(db):
    """She looks after the settings."""
    return person("dina", "Beheer")


@pytest.mark.parametrize("verb", ["add", "change"])
def test_more_people_than_the_committee_has_cannot_be_asked_for(letterhead, dina, alida, bram, cor, verb):
    rule = ApprovalRule.objects.get(kind="position")
    rule.quorum = 5
    with pytest.raises(Refused, match=r"5 mensen.*4"):
        getattr(supplies, f"{verb}_approval_rule")(rule=rule, by=dina)
    assert ApprovalRule.objects.get(kind="position").quorum == 2


def test_a_round_that_runs_keeps_the_number_it_began_with(letter, dina, alida, bram, cor):
    propose(letter, alida)
    rule = ApprovalRule.objects.get(kind="position")
    rule.quorum = 3
    supplies.change_approval_rule(rule=rule, by=dina)
    agree(letter, bram, cor)
    assert letter.state == LetterState.APPROVED


def test_a_kind_without_a_rule_needs_nobody(letter, alida, dina):
    supplies.remove_approval_rule(rule=ApprovalRule.objects.get(kind="position"), by=dina)
    propose(letter, alida)
    assert letter.state == LetterState.APPROVED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("accent_colour", "red;}"),
        ("sender_lines", "regel\n" * 60),
        ("sender_lines", "n" * 400),
        ("sender_name", "n" * 150),
        ("sender_name", "De Tulp 🌷"),
    ],
    ids=["colour", "lines", "endless line", "endless name", "unknown character"],
)
def test_a_letterhead_that_no_page_can_be_made_with_is_refused(letterhead, alida, field, value):
    setattr(letterhead, field, value)
    with pytest.raises(Refused):
        supplies.change_letterhead(letterhead=letterhead, by=alida)
    assert getattr(Letterhead.objects.get(pk=letterhead.pk), field) != value


@pytest.mark.parametrize("verb", ["add", "change"])
def test_there_is_one_rule_for_a_kind_of_letter(letterhead, dina, alida, verb):
    taken = ApprovalRule.objects.get(kind="position")
    rule = ApprovalRule(kind="position", quorum=1)
    if verb == "change":
        rule = ApprovalRule.objects.get(kind="note")
        rule.kind = "position"
    with pytest.raises(AlreadyThere) as refusal:
        getattr(supplies, f"{verb}_approval_rule")(rule=rule, by=dina)
    assert (refusal.value.existing, ApprovalRule.objects.filter(kind="position").count()) == (taken, 1)


def test_who_saw_an_earlier_version_changes_nothing(letterhead, alida):
    seen = version(letterhead)
    Letterhead.objects.filter(pk=letterhead.pk).update(phone="020 1")
    letterhead.place = "Brugstad"
    with pytest.raises(Overtaken):
        supplies.change_letterhead(letterhead=letterhead, seen=seen, by=alida)
    assert Letterhead.objects.get().place == "Amsterdam"


def test_a_letterhead_that_stays_as_it_was_leaves_no_line(letterhead, alida):
    change(letterhead, alida, sender_lines="Postbus 1\r\n1000 AA Amsterdam", place=" Amsterdam ")
    assert (told(letterhead), Letterhead.objects.get().sender_lines) == ([], "Postbus 1\n1000 AA Amsterdam")
