"""Own words, quotations and signatures, as the mail programs put them under each other."""

import pytest

from letters.inbound.quoting import Voice, split

ATTRIBUTIONS = (
    "Op di 29 jul 2025 om 20:14 schreef Netwerk <post@buurtennetwerk.example>:",
    "Op di 29 jul 2025 om 20:14 schreef Netwerk <\npost@buurtennetwerk.example>:",
    "Op 29-07-2025 om 20:14 schreef Netwerk:",
    "Op 29 jul. 2025, om 20:14 heeft Netwerk <post@buurtennetwerk.example> het volgende geschreven:",
    "On Tue, Jul 29, 2025 at 8:14 PM Netwerk <post@buurtennetwerk.example> wrote:",
    "On 29 Jul 2025, at 20:14, Netwerk <post@buurtennetwerk.example>\nwrote:",
    "Netwerk <post@buurtennetwerk.example> schreef op di 29 jul. 2025 om 20:14:",
    "2025-07-29 20:14 GMT+02:00 Netwerk <post@buurtennetwerk.example>:",
)
HEADS = (
    "-----Oorspronkelijk bericht-----\nVan: Netwerk\nOnderwerp: Brief",
    "----- Original Message -----\nFrom: Netwerk\nSubject: Brief",
    "Van: Netwerk <post@buurtennetwerk.example>\nVerzonden: dinsdag 29 juli 2025 20:14\nAan: De Brug\nOnderwerp: Brief",
    "________________________________\nVan: Netwerk <post@x.example>\nVerzonden: dinsdag\nAan: De "
    "Brug\nOnderwerp: Brief",
    "*From:* Netwerk <post@x.example>\n*Sent:* Tuesday\n*To:* De Brug\n*Subject:* Brief",
    "---------- Forwarded message ---------\nVan: Netwerk <post@x.example>\nDate: di 29 jul\n"
    "Subject: Brief\nTo: De Brug",
)


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_behind_an_attribution_stands_a_quotation(attribution):
    reply = split(f"Wij zijn voor.\n\n{attribution}\n\n> Geachte fractie,\n> Wilt u dit?\n")
    assert reply.own == "Wij zijn voor."
    assert reply.quoted == f"{attribution}\n\n> Geachte fractie,\n> Wilt u dit?"


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_also_when_nothing_marks_the_lines(attribution):
    reply = split(f"Wij zijn voor.\n\n{attribution}\n\nGeachte fractie,\nWilt u dit?\n")
    assert (reply.own, reply.quoted) == ("Wij zijn voor.", f"{attribution}\n\nGeachte fractie,\nWilt u dit?")


@pytest.mark.parametrize("head", HEADS)
def test_behind_header_lines_all_is_quoted(head):
    reply = split(f"Wij zijn voor.\n\nGroet, Jan\n\n{head}\n\nGeachte fractie,\n")
    assert (reply.own, reply.quoted) == ("Wij zijn voor.\n\nGroet, Jan", f"{head}\n\nGeachte fractie,")


def test_answers_between_the_quotations_are_their_own():
    reply = split("Beste,\n\n> Wilt u een zaal?\n\nJa, graag.\n\n> En subsidie?\n> Die is nodig.\n\nNee.\n")
    assert [(piece.voice, piece.text) for piece in reply.pieces] == [
        (Voice.OWN, "Beste,"),
        (Voice.QUOTED, "> Wilt u een zaal?"),
        (Voice.OWN, "Ja, graag."),
        (Voice.QUOTED, "> En subsidie?\n> Die is nodig."),
        (Voice.OWN, "Nee."),
    ]
    assert reply.own == "Beste,\n\nJa, graag.\n\nNee."


def test_an_answer_under_the_quotation_is_their_own():
    reply = split("Op 29-07-2025 om 20:14 schreef Netwerk:\n> Wilt u dit?\n\nJa, wij zijn voor.\n")
    assert reply.own == "Ja, wij zijn voor."


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nJan de Vries\nFractie De Brug",
        "--\nJan de Vries",
        "Verstuurd vanaf mijn iPhone",
        "Sent from my Samsung Galaxy",
        "Outlook voor Android downloaden",
        "Download Outlook voor iOS",
    ],
)
def test_what_the_mail_program_puts_under_it_is_the_signature(signature):
    reply = split(f"Wij zijn voor.\n\nJan\n\n{signature}\n\n> Wilt u dit?\n")
    assert (reply.own, reply.signature, reply.quoted) == ("Wij zijn voor.\n\nJan", signature, "> Wilt u dit?")


@pytest.mark.parametrize(
    "text",
    [
        "Op 12 maart schreef u ons:\n\nhet volgende punt is van belang.",
        "Op 12 maart 2025 heeft u ons een brief gestuurd met drie vragen:\n\n1. Is er een zaal?",
        "Van harte: gefeliciteerd.\n\nOnderwerp van gesprek is de zaal.",
        "Van: ons\n\nGroet",
        "- een\n- twee",
        "De prijs is > 10 euro.",
        "Dit schreef ik: ja.",
    ],
)
def test_their_own_sentences_are_no_attribution(text):
    assert (split(text).own, split(text).quoted) == (text, "")


@pytest.mark.parametrize("text", ["", "\n\n\n", "   "])
def test_of_nothing_nothing_is_said(text):
    assert split(text).pieces == ()


def test_no_word_is_lost():
    text = "Een\n> twee\n\n> drie\nvier\n-- \nvijf\n\nOp 29-07-2025 om 20:14 schreef Netwerk:\n> zes"
    assert "\n".join(piece.text for piece in split(text).pieces).split() == text.split()
