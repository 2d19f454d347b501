"""Placing: each way to be certain, each reason not to be, and how both are put in words."""

from datetime import timedelta
from pathlib import Path
from re import findall

import pytest

from crm.dutch.references import issue
from letters.inbound import wording
from letters.inbound.domains import is_free_mail, is_own
from letters.inbound.kinds import recognise
from letters.inbound.placing import place
from letters.inbound.reading import read
from tests.letters.inbound.world import BUDGET, MEETING, OUR_ADDRESS, ROOMS, SHARED, Archive, sent

BRUG = sent(MEETING, "De Brug")
KADE = sent(MEETING, "Vrije Kade")
MOMENT = MEETING.sent_at + timedelta(days=3)


def placed(
    text: str = "Wij zijn voor.", archive: Archive | None = None, is_sent: bool = False, **fields: str
):
    head = {
        "From": "Jan <jan@elders.example>",
        "To": OUR_ADDRESS,
        "Subject": "Antwoord",
        "Date": f"{MOMENT:%d %b %Y %H:%M:%S} +0000",
        **fields,
    }
    raw = (
        "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in head.items()) + f"\n{text}"
    ).encode()
    incoming = read(raw)
    return place(incoming, recognise(incoming, raw, [OUR_ADDRESS]), archive or Archive(), is_sent=is_sent)


def said(placement) -> list[str]:
    return [wording.place(one) for one in placement.places] + [
        wording.guess(one) for one in placement.guesses
    ]


def codes(placement) -> list[str]:
    return [note.code for note in placement.notes]


@pytest.mark.parametrize("field", ["To", "Cc", "Delivered_To", "X_Original_To", "X_Envelope_To"])
def test_the_token_of_a_message_leads_to_its_thread(field):
    for address in (BRUG.reply_address, BRUG.reply_address.upper()):
        found = placed(**{field: address})
        assert said(found) == ["De Brug, brief 2025-014 K: het antwoordadres uit onze brief"]
        assert codes(found) == ["sent_by_other"]


@pytest.mark.parametrize("sender", ["fractie@debrug.example", "nieuwe.collega@debrug.example"])
def test_a_token_in_the_hands_of_its_recipient_needs_no_word(sender):
    found = placed(From=sender, To=BRUG.reply_address)
    assert (len(found.places), codes(found)) == (1, [])


@pytest.mark.parametrize("field", ["In_Reply_To", "References"])
def test_a_message_id_of_ours_leads_to_its_thread(field):
    found = placed(**{field: f"<x@y.example> {BRUG.message_id}"})
    assert said(found) == ["De Brug, brief 2025-014 K: het antwoord op ons bericht"]


def test_what_is_answered_counts_and_not_what_went_before():
    later = sent(ROOMS, "De Brug")
    found = placed(In_Reply_To=later.message_id, References=f"{BRUG.message_id} {later.message_id}")
    assert [one.thread for one in found.places] == [later.thread]
    nearest = placed(References=f"{BRUG.message_id} {later.message_id} <hun.eigen@debrug.example>")
    assert [one.thread for one in nearest.places] == [later.thread]


@pytest.mark.parametrize(
    ("sender", "reasons"),
    [
        ("fractie@debrug.example", "afzender en kenmerk 2025-014 K"),
        ("nieuwe.collega@debrug.example", "afzender eindigt op debrug.example en kenmerk 2025-014 K"),
    ],
)
def test_a_reference_counts_in_the_hands_of_its_recipient(sender, reasons):
    assert said(placed(From=sender, Subject="Over 2025-014 K")) == [f"De Brug, brief 2025-014 K: {reasons}"]


@pytest.mark.parametrize(
    ("fields", "text", "guess", "note"),
    [
        (
            {"From": "Jan <jan@thuis.example>"},
            "Over 2025-014 K.\n\nJan, namens De Brug",
            "waarschijnlijk De Brug: kenmerk 2025-014 K en naam in het bericht",
            "In het bericht staat kenmerk 2025-014 K, maar we kennen de afzender niet bij die brief.",
        ),
        (
            {"From": "fractie@debrug.example"},
            "Over uw brief 2025-014 L.",
            "waarschijnlijk De Brug: afzender, kenmerk met 1 fout en onze laatste brief aan hen",
            None,
        ),
        (
            {"From": "fractie@debrug.example"},
            "Dag.",
            "waarschijnlijk De Brug: afzender en onze laatste brief aan hen",
            None,
        ),
        (
            {"From": "iemand@debrug.example"},
            "Dag.",
            "misschien De Brug: afzender eindigt op debrug.example",
            None,
        ),
        (
            {"From": f"iemand@{SHARED}"},
            "Groet, Trees, Oude Haven",
            f"misschien Oude Haven: afzender eindigt op {SHARED}, net als anderen en naam in het bericht",
            None,
        ),
    ],
)
def test_what_is_only_likely_is_parked_with_a_guess(fields, text, guess, note):
    found = placed(text, **fields)
    assert found.places == ()
    assert said(found)[0] == guess
    assert [wording.note(one) for one in found.notes] == ([note] if note else [])


def test_a_stranger_with_our_letter_under_it_is_guessed_by_its_addressee():
    text = (
        "Wij zijn voor.\n\nVan: Netwerk\nVerzonden: nu\nAan: De Brug <fractie@debrug.example>\nOnderwerp: Brief\n\n"
        "Kenmerk: 2025-014 K"
    )
    assert said(placed(text, From="jan@thuis.example"))[0] == (
        "waarschijnlijk De Brug: kenmerk 2025-014 K, onze brief aan hen staat eronder en naam in het bericht"
    ).replace(" en naam in het bericht", "").replace(", onze brief", " en onze brief")


@pytest.mark.parametrize(
    "domain", ["gmail.com", "kpnmail.nl", "hotmail.nl", "outlook.com", "ziggo.nl", "yahoo.co.uk"]
)
def test_a_free_mail_domain_suggests_nobody(domain):
    party = sent(MEETING, "De Brug")
    lid = type(party.party)("De Brug", (f"debrug@{domain}",), ("Jan",))
    thread = type(party.thread)("x", "2025-014 K", "De Brug", frozenset(lid.addresses), MEETING.sent_at)
    archive = Archive([type(party)(MEETING, lid, thread)])
    assert said(placed(archive=archive, From=f"iemand.anders@{domain}")) == []
    assert said(placed("Over 2025-014 L", archive=archive, From=f"debrug@{domain}"))[0].startswith(
        "waarschijnlijk"
    )


def test_a_provider_we_never_heard_of_makes_nothing_certain():
    found = placed(From="buurman@vrijemail.example", Subject="Over 2025-014 K")
    assert said(found) == [
        "waarschijnlijk Lijst Linde: afzender eindigt op vrijemail.example en kenmerk 2025-014 K"
    ]


def test_one_message_can_belong_to_several_letters():
    two = sent(ROOMS, "De Brug")
    found = placed(f"Ook over {two.letter.reference}.", From="fractie@debrug.example", To=BRUG.reply_address)
    assert [one.thread for one in found.places] == [BRUG.thread, two.thread]


def test_a_certain_place_leaves_room_for_a_guess_about_another_letter():
    found = placed("Ook over uw brief 2025-020.", From="fractie@debrug.example", To=BRUG.reply_address)
    assert said(found) == [
        "De Brug, brief 2025-014 K: het antwoordadres uit onze brief",
        "waarschijnlijk De Brug: afzender en kenmerk met 1 fout",
    ]


@pytest.mark.parametrize(
    ("fields", "notes", "guesses"),
    [
        (
            {"To": f"{BRUG.reply_address}, {KADE.reply_address}"},
            ["Dit wijst naar meer dan één ontvanger: De Brug en Vrije Kade. Kies zelf waar het hoort."],
            {"De Brug", "Vrije Kade"},
        ),
        (
            {"To": BRUG.reply_address, "In_Reply_To": KADE.message_id},
            ["Dit wijst naar meer dan één ontvanger: De Brug en Vrije Kade. Kies zelf waar het hoort."],
            {"De Brug", "Vrije Kade"},
        ),
        (
            {"To": BRUG.reply_address, "From": "secretariaat@vrijekade.example"},
            ["Dit antwoordt op de brief aan De Brug, maar komt van Vrije Kade. Kies zelf waar het hoort."],
            {"De Brug", "Vrije Kade"},
        ),
        (
            {"In_Reply_To": BRUG.message_id, "From": "stagiair@vrijekade.example"},
            ["Dit antwoordt op de brief aan De Brug, maar komt van Vrije Kade. Kies zelf waar het hoort."],
            {"De Brug", "Vrije Kade"},
        ),
    ],
)
def test_what_contradicts_itself_is_parked(fields, notes, guesses):
    found = placed(**fields)
    assert found.places == ()
    assert [wording.note(one) for one in found.notes] == notes
    assert {one.thread.name for one in found.guesses} == guesses


def test_who_answers_a_letter_to_another_is_guessed_first():
    found = placed(To=BRUG.reply_address, From="secretariaat@vrijekade.example")
    assert said(found)[0] == (
        "waarschijnlijk Vrije Kade: afzender, kreeg dezelfde brief en onze laatste brief aan hen"
    )


def test_spam_is_never_placed_for_certain():
    found = placed(To=BRUG.reply_address, X_Spam_Flag="YES")
    assert found.places == ()
    assert [wording.note(one) for one in found.notes] == [
        "De mailserver noemt dit spam. Daarom hebben we het niet geplaatst."
    ]


def test_a_reference_we_never_issued_is_told():
    found = placed(From="fractie@debrug.example", Subject=f"Over {issue(2019, 1)}")
    assert [one.code for one in found.notes] == ["kenmerk_unknown"]


def test_a_letter_that_went_out_later_is_not_suggested():
    archive = Archive([sent(BUDGET, "De Brug")])
    assert said(placed(archive=archive, From="fractie@debrug.example")) == []


def test_our_own_message_that_comes_back_is_recognised():
    found = placed(From=OUR_ADDRESS, Message_ID=BRUG.message_id, Reply_To=BRUG.reply_address)
    assert said(found) == ["De Brug, brief 2025-014 K: ons eigen bericht"]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Nog even over 2025-014 K", "De Brug, brief 2025-014 K: kenmerk 2025-014 K en geadresseerde"),
        ("Nog even", "waarschijnlijk De Brug: geadresseerde en onze laatste brief aan hen"),
    ],
)
def test_what_we_wrote_elsewhere_goes_with_its_addressee(subject, expected):
    fields = {"From": OUR_ADDRESS, "To": "Fractie <fractie@debrug.example>", "Subject": subject}
    assert said(placed(is_sent=True, **fields)) == [expected]
    assert placed(**fields).places == ()


def test_everything_is_looked_up_at_once():
    archive = Archive()
    text = "2025-014 K 2025-020 2025-014 L " * 50 + "\n\nVan: a@b.example\nVerzonden: x\nOnderwerp: y\n\nz"
    placed(
        text,
        archive=archive,
        To=BRUG.reply_address,
        References=" ".join(f"<{i}@x.example>" for i in range(100)),
    )
    (asked,) = archive.asked
    assert (len(asked.tokens), len(asked.message_ids)) == (1, 100)
    assert [bool(one) for one in (asked.references, asked.addresses, asked.domains)] == [True] * 3
    nothing = Archive()
    placed(archive=nothing, From="")
    assert nothing.asked == []


def test_free_mail_and_own_domains():
    assert [
        is_free_mail(one) for one in ("gmail.com", "live.nl", "mail.gmail.example.nl", "debrug.example")
    ] == [
        True,
        True,
        False,
        False,
    ]
    own = [
        ("sp.example", "SP"),
        ("debrug.example", "De Brug"),
        ("debrug-noord.example", "De Brug"),
        ("post.sp.example", "SP"),
    ]
    assert [is_own(*one) for one in own] == [True, True, True, True]
    other = [
        ("vrijemail.example", "Lijst Linde"),
        ("spoor.example", "SP"),
        ("example", "SP"),
        ("x.example", "…"),
    ]
    assert [is_own(*one) for one in other] == [False, False, False, False]


def test_every_code_has_words():
    """Each reason that the code can give, read from the source, so that no screen ever meets one without words."""
    folder = Path(wording.__file__).parent
    placing = folder.joinpath("placing.py").read_text() + folder.joinpath("evidence.py").read_text()
    codes = set(findall(r'(?:Reason|Trail|_answers)\((?:incoming, |inner, )?"(\w+)"', placing)) | {
        "domain",
        "address",
    }
    assert codes - set(wording._PLACING) - set(wording._NOTES) == set()
    kinds = set(findall(r'Reason\("(\w+)"', folder.joinpath("kinds.py").read_text()))
    assert kinds - set(wording._KINDS) == set()
