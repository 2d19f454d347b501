"""Who speaks for whom: what anybody can make of public facts is never placed for certain, and says why."""

import pytest

from letters.inbound import authentication, wording
from letters.inbound.kinds import recognise
from letters.inbound.placing import Placement, place
from letters.inbound.reading import read
from tests.letters.inbound.forged import EVE, TARGETS, forgeries
from tests.letters.inbound.world import OUR_ADDRESS, VOLUNTEER, Archive

FORGED = forgeries()
BRUG = TARGETS[0]


def placed(raw: bytes) -> Placement:
    incoming = read(raw)
    return place(incoming, recognise(incoming, raw, [OUR_ADDRESS, VOLUNTEER]), Archive())


@pytest.mark.parametrize("one", FORGED, ids=lambda one: f"{one.shape}, {one.target.party.name}")
def test_nothing_forged_is_placed_for_certain_and_a_person_reads_why(one):
    found = placed(one.raw)
    assert found.places == ()
    assert one.note in [note.code for note in found.notes]
    # Who looks may still put it there with one press.
    assert one.target.thread in [guess.thread for guess in found.guesses]
    assert [guess for guess in found.guesses if guess.thread.letter != one.target.letter.reference] == []


def test_what_stands_below_the_words_of_a_stranger_is_told_as_such():
    found = placed(FORGED[0].raw)
    assert wording.guess(found.guesses[0]) == (
        "waarschijnlijk De Brug: kenmerk 2025-014 K, onze laatste brief aan hen, naam in het bericht en wat eronder "
        "staat zou van fractie@debrug.example zijn"
    )


def test_the_same_words_passed_on_by_one_of_us_are_theirs():
    by_us = FORGED[0].raw.replace(EVE.encode(), f"Bram <{VOLUNTEER}>".encode())
    (found,) = placed(by_us).places
    assert found.thread == BRUG.thread


def test_a_report_that_names_our_envelope_leads_to_its_letter():
    raw = next(one.raw for one in FORGED if one.shape == "report")
    ours = raw.replace(b"Reporting-MTA", f"Original-Envelope-Id: {BRUG.token}\nReporting-MTA".encode())
    (found,) = placed(ours).places
    assert wording.place(found) == "De Brug, brief 2025-014 K: ons bericht zit erin"


def test_an_answer_with_our_token_that_fails_the_check_of_our_server_is_a_guess():
    head = f"From: fractie@debrug.example\nTo: {BRUG.reply_address}\nSubject: Ja\n"
    (found,) = placed(f"{head}\nJa.".encode()).places
    assert found.thread == BRUG.thread
    failed = placed(f"Authentication-Results: mx.onze.example; dmarc=fail\n{head}\nJa.".encode())
    assert (failed.places, failed.guesses[0].is_likely) == ((), True)
    assert [wording.note(one) for one in failed.notes] == [
        "De mailserver meldt dat dit waarschijnlijk niet echt van fractie@debrug.example komt. Kijk goed of het klopt."
    ]


OURS = "Received: from x.example by mx1.onze.example with ESMTP; nu\n"
THEIRS = "Received: from pc.debrug.example by uit.debrug.example with ESMTP; nu\n"


@pytest.mark.parametrize(
    ("fields", "is_failed"),
    [
        ("", False),
        ("Authentication-Results: mx.onze.example; spf=pass; dkim=pass; dmarc=pass\n", False),
        ("Authentication-Results: mx.onze.example; spf=softfail; dkim=none; dmarc=none\n", False),
        ("Authentication-Results: mx.onze.example; dmarc=fail (p=none) header.from=debrug.example\n", True),
        ("Authentication-Results: mx.onze.example;\n dkim=pass;\n DMARC=Fail\n", True),
        # Microsoft leaves out who says it; others write a field for each check.
        ("Authentication-Results: spf=fail (sender IP is 1.2.3.4); dkim=none; dmarc=fail action=none\n", True),
        ("Authentication-Results: mx.onze.example; dkim=none\nAuthentication-Results: x; dmarc=fail\n", True),
        # Without the sum of both: a list passes on what is signed.
        ("Authentication-Results: mx.onze.example; spf=fail; dkim=none\n", True),
        ("Authentication-Results: mx.onze.example; spf=fail; dkim=pass\n", False),
        ("Authentication-Results: mx.onze.example; spf=fail; dmarc=pass\n", False),
        # What a sender can write inside the words of the server says nothing.
        ('Authentication-Results: mx.onze.example; spf=none smtp.mailfrom="; dmarc=fail"@x (; dmarc=fail)\n', False),
        # Behind the field of our own server, before it, and what stood there before it came to us.
        (f"{OURS}Authentication-Results: mx2.onze.example; dmarc=fail\n", True),
        (f"Authentication-Results: mx.onze.example; dmarc=fail\n{OURS}{THEIRS}", True),
        (f"Received: by 10.0.0.1\n{OURS}Authentication-Results: mx.onze.example; dmarc=fail\n", True),
        (f"{OURS}{THEIRS}Authentication-Results: uit.debrug.example; dmarc=fail\n", False),
        (
            f"Authentication-Results: mx.onze.example; dmarc=pass\n{OURS}"
            "Authentication-Results: uit.debrug.example; dmarc=fail\n",
            False,
        ),
        (
            f"Authentication-Results: mx.onze.example; dmarc=fail\n{OURS}"
            "Authentication-Results: mx.onze.example; dmarc=pass\n",
            True,
        ),
    ],
)  # fmt: skip
def test_only_what_our_own_server_wrote_uppermost_counts(fields, is_failed):
    incoming = read(f"{fields}From: fractie@debrug.example\nSubject: Ja\n\nJa.".encode())
    assert authentication.failed(incoming) is is_failed
