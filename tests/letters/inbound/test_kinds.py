"""What a message is: header fields, subjects and phrases, and the answers that look like something else."""

import pytest

from letters.inbound import wording
from letters.inbound.kinds import Kind, Verdict, recognise
from letters.inbound.phrases import tone
from letters.inbound.reading import read

OWN = ["post@buurtennetwerk.example", "Bestuur@Buurtennetwerk.example"]


def verdict(text: str, **fields: str) -> Verdict:
    """What is made of a message with this text and these header fields."""
    head = {"From": "Jan <jan@debrug.example>", "Subject": "Re: Uw brief", **fields}
    raw = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in head.items()) + f"\n{text}"
    return recognise(read(raw.encode()), raw.encode(), OWN)


def kind(text: str = "Wij zijn voor.", **fields: str) -> Kind:
    return verdict(text, **fields).kind


RECEIPTS = (
    "Geachte mevrouw De Vries,\n\nHierbij bevestigen wij de ontvangst van uw brief d.d. 29 juli 2025 "
    "over ontmoetingsplekken "
    "in de wijk. Wij streven ernaar u binnen zes weken een inhoudelijke reactie te sturen.\n\nMet "
    "vriendelijke groet,\nGriffie",
    "Wij hebben uw bericht in goede orde ontvangen.",
    "Uw bericht is in goede orde ontvangen en wordt zo spoedig mogelijk in behandeling genomen. U ontvangt binnen vijf "
    "werkdagen een reactie.",
    "Dank voor uw bericht, we komen erop terug.",
    "Beste Anna,\n\nHartelijk dank voor uw brief en het jaarverslag!\n\nGroet,\nKees",
    "Wij hebben uw e-mail ontvangen en geregistreerd onder zaaknummer Z/25/1234. Dit is een "
    "automatisch verzonden bericht, "
    "u kunt hier niet op reageren.",
    "Goed ontvangen, dank!",
    "Uw brief is geplaatst op de lijst van ingekomen stukken voor de raadsvergadering van 10 september.",
    "Uw bericht is ontvangen door de gemeente Veldstad. Wij nemen zo snel mogelijk contact met u op. "
    "Heeft u nog vragen?",
    "Hierbij bevestig ik de goede ontvangst van uw schrijven. Ik zal het onder de aandacht brengen van de fractie.",
    "Thank you for your message. We will reply within five working days.",
    "Met deze mail bevestig ik de ontvangst van uw brief met kenmerk 2025-014 K.\n\nNamens de fractie\nPiet Jansen",
)
ANSWERS = (
    "Dank voor uw brief. Wij zijn voor.",
    "Dank voor uw brief, wij zijn voor.",
    "Ja, dank voor uw brief",
    "Wij hebben uw brief ontvangen en steunen uw oproep.",
    "Wij hebben uw brief over wonen ontvangen en steunen de oproep van harte.",
    "Wij hebben uw brief in goede orde ontvangen. Helaas is er geen geld.",
    "Wij hebben uw brief ontvangen. Kunt u langskomen?",
    "Dank voor uw brief. Kunt u contact met mij opnemen?",
    "Bedankt voor jullie mail. Ik heb hem doorgestuurd naar onze fractievoorzitter.",
    "Met deze mail bevestig ik de ontvangst van uw brief.\nMet vriendelijke groet,\nPiet\nPS: wij steunen dit!",
    "DANK VOOR UW BRIEF WIJ ZIJN TEGEN UW VOORSTEL",
    "Dank. Niet mee eens.",
    "Dank u wel! Akkoord.",
    "Bedankt voor uw brief over zorg wij zijn het daar mee eens",
    "Ik ben tot maandag afwezig, maar wij steunen uw voorstel.",
    "Onze fractie vindt dat bewoners ontvangst moeten krijgen in het buurthuis.",
    "",
    "Nee.",
)


@pytest.mark.parametrize("text", RECEIPTS)
def test_a_receipt_says_nothing_more(text):
    assert kind(text) == Kind.ACKNOWLEDGEMENT


@pytest.mark.parametrize("text", ANSWERS)
def test_whatever_says_more_is_an_answer(text):
    assert kind(text) == Kind.ANSWER


@pytest.mark.parametrize("text", RECEIPTS)
def test_one_more_sentence_makes_every_receipt_an_answer(text):
    assert kind(f"Wij steunen uw oproep.\n\n{text}") == Kind.ANSWER


def test_only_their_own_words_count():
    ours = "\n\nOp 29-07-2025 om 20:14 schreef Netwerk:\n> Wilt u een zaal? Wij zijn voor."
    assert kind(f"Wij hebben uw bericht ontvangen.{ours}") == Kind.ACKNOWLEDGEMENT


def test_a_receipt_that_brings_a_file_is_an_answer():
    raw = (
        b"From: a@x.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nHartelijk dank voor uw brief.\n"
        b"--x\nContent-Type: application/pdf; name=reactie.pdf\n\nx\n--x--\n"
    )
    assert recognise(read(raw), raw).kind == Kind.ANSWER
    card = raw.replace(b"application/pdf; name=reactie.pdf", b"text/vcard; name=jan.vcf")
    assert recognise(read(card), card).kind == Kind.ACKNOWLEDGEMENT


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Auto_Submitted", "auto-replied", Kind.AUTO_REPLY),
        ("Auto_Submitted", "auto-notified; x=y", Kind.AUTO_REPLY),
        ("Auto_Submitted", "auto-generated", Kind.ANSWER),
        ("Auto_Submitted", "no", Kind.ANSWER),
        ("Auto_Submitted", "No", Kind.ANSWER),
        ("X_Autoreply", "yes", Kind.AUTO_REPLY),
        ("X_Autorespond", "", Kind.AUTO_REPLY),
        ("Precedence", "auto_reply", Kind.AUTO_REPLY),
        ("Precedence", "bulk", Kind.ANSWER),
        ("X_Auto_Response_Suppress", "All", Kind.ANSWER),
        ("X_Spam_Flag", "YES", Kind.SPAM),
        ("X_Spam_Flag", "NO", Kind.ANSWER),
        ("X_Spam_Status", "Yes, score=8.1 required=5.0", Kind.SPAM),
        ("X_Spam_Status", "No, score=-0.1", Kind.ANSWER),
        ("X_Spam", "Yes", Kind.SPAM),
        ("From", "Ons <post@buurtennetwerk.example>", Kind.OWN),
        ("From", "post+0123456789ab@BUURTENNETWERK.example", Kind.OWN),
        ("From", "bestuur@buurtennetwerk.example", Kind.OWN),
        ("From", "post@anders.example", Kind.ANSWER),
        ("Content_Type", "text/calendar; method=REQUEST", Kind.INVITATION),
        ("Content_Type", "multipart/report; report-type=feedback-report; boundary=x", Kind.ANSWER),
    ],
)
def test_header_fields(name, value, expected):
    assert kind(**{name: value}) == expected


@pytest.mark.parametrize(
    "subject",
    [
        "Afwezig: Re: Uw brief",
        "Afwezig",
        "Afwezig t/m 15 augustus",
        "Afwezigheidsbericht: uw brief",
        "Automatisch antwoord: Uw brief",
        "Automatische reactie op uw bericht",
        "Niet aanwezig: uw brief",
        "Out of Office: uw brief",
        "Automatic reply: uw brief",
        "Autoreply: uw brief",
        "Abwesenheitsnotiz: uw brief",
    ],
)
def test_subjects_of_programs(subject):
    assert kind(Subject=subject) == Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Afwezigheid van bankjes",
        "Automatische deuren in het buurthuis",
        "Met vakantiegeld",
        "Re: Out of the box",
    ],
)
def test_subjects_of_people(subject):
    assert kind(Subject=subject) == Kind.ANSWER


def test_a_program_that_confirms_is_a_receipt_and_one_that_is_away_is_not():
    confirms = "Wij hebben uw bericht in goede orde ontvangen. Wij zijn open op maandag, de koffie is gratis."
    assert kind(confirms, Auto_Submitted="auto-replied") == Kind.ACKNOWLEDGEMENT
    away = "Ik heb uw bericht ontvangen, maar ben afwezig tot 15 augustus."
    assert kind(away, Auto_Submitted="auto-replied") == Kind.AUTO_REPLY


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        ("Wij steunen uw voorstel. Wanneer kunnen jullie langskomen?", "Uw brief [zaak 12]", Kind.ANSWER),
        ("Wij steunen uw voorstel.", "Uw brief [zaak 12]", Kind.ANSWER),
        ("Dank. Wij hebben uw brief ontvangen en steunen hem.", "Uw brief [zaak 12]", Kind.ANSWER),
        ("Wij hebben uw bericht ontvangen.", "Uw brief [zaak 12]", Kind.ACKNOWLEDGEMENT),
        ("Ik ben met vakantie tot 15 augustus.", "Uw brief", Kind.AUTO_REPLY),
        ("De wethouder is afwezig. De fractie steunt uw voorstel.", "Uw brief", Kind.ANSWER),
        ("Wij zijn er weer in september.", "Automatisch antwoord: uw brief", Kind.AUTO_REPLY),
        ("", "Uw brief", Kind.AUTO_REPLY),
    ],
)
def test_what_a_ticket_system_sends_is_told_by_its_words(text, subject, expected):
    assert kind(text, Subject=subject, Auto_Submitted="auto-generated") == expected


def test_an_absence_is_told_by_its_words_alone_when_it_says_nothing_else():
    text = (
        "Ik ben tot 12 augustus afwezig. Bij spoed kunt u bellen met mijn collega Jan Jansen (jan@x.example)."
    )
    assert kind(text) == Kind.AUTO_REPLY


def test_a_subject_that_confirms_makes_a_receipt_of_much_text():
    text = (
        "Uw brief is door ons ontvangen op 29 juli. De burgemeester leest alle post op dinsdag bij het raam."
    )
    assert kind(text, Subject="Ontvangstbevestiging brief 2025-014 K") == Kind.ACKNOWLEDGEMENT
    assert kind(f"{text} Komt u langs?", Subject="Ontvangstbevestiging brief") == Kind.ANSWER


def test_a_long_text_says_more():
    assert tone("Dank voor uw brief. " * 300).says_no_more is False


@pytest.mark.parametrize(
    ("text", "fields", "words"),
    [
        ("Ja.", {"X_Spam_Flag": "YES"}, "De mailserver schreef erbij: x-spam-flag: YES."),
        ("Ja.", {"Subject": "Afwezig: brief"}, "Het onderwerp begint met “Afwezig”."),
        ("Ja.", {"From": OWN[0]}, "De afzender is een adres van onszelf."),
        ("Ja.", {}, "Er staat meer in dan een bevestiging."),
        ("Uw brief is ontvangen.", {}, "Er staat “is ontvangen”, en verder niets."),
        (
            "Uw brief is ontvangen.",
            {"Auto_Submitted": "auto-replied"},
            "Er staat “is ontvangen”. De mailserver schreef erbij: auto-submitted: auto-replied.",
        ),
    ],
)
def test_the_reason_can_be_read(text, fields, words):
    assert wording.verdict(verdict(text, **fields)) == words
