"""Messages inside the text of a message, by the header lines that mail programs write above them."""

import pytest

from letters.inbound.forwards import forwarded, quoted_messages
from letters.inbound.headers import Mailbox

SAMIRA = Mailbox("Samira Haddad", "samira@groenewig.example")
FORMS = {
    "outlook": "Van: Samira Haddad <samira@groenewig.example>\nVerzonden: maandag 1 september 2025 10:12\n"
    "Aan: Bram Visser <bram@thuis.example>\nOnderwerp: RE: Uw brief\n\nWij zijn voor.",
    "outlook, english": "From: Samira Haddad <samira@groenewig.example>\nSent: Monday, September 1, 2025 10:12 AM\n"
    "To: Bram Visser\nCc: Iemand\nSubject: RE: Uw brief\nImportance: High\n\nWij zijn voor.",
    "outlook, old": "-----Oorspronkelijk bericht-----\nVan: Samira Haddad [mailto:samira@groenewig.example]\n"
    "Verzonden: maandag 1 september 2025 10:12\nAan: Bram\nOnderwerp: RE: Uw brief\n\nWij zijn voor.",
    "gmail": "---------- Forwarded message ---------\nVan: Samira Haddad <samira@groenewig.example>\n"
    "Date: ma 1 sep 2025 om 10:12\nSubject: RE: Uw brief\nTo: Bram <bram@thuis.example>,\n Kees "
    "<kees@thuis.example>\n\n\nWij zijn voor.",
    "gmail, dutch": "---------- Doorgestuurd bericht ---------\nVan: *Samira Haddad* <samira@groenewig.example>\n"
    "Datum: ma 1 sep 2025 om 10:12\nOnderwerp: RE: Uw brief\nAan: Bram\n\n\nWij zijn voor.",
    "apple": "> Begin doorgestuurd bericht:\n> \n> Van: Samira Haddad <samira@groenewig.example>\n> "
    "Onderwerp: RE: Uw brief\n"
    "> Datum: 1 september 2025 om 10:12\n> Aan: Bram\n> \n> Wij zijn voor.",
    "apple, html": "Begin forwarded message:\n\nFrom: Samira Haddad <samira@groenewig.example>\n\n"
    "Subject: RE: Uw brief\n\n"
    "Date: 1 September 2025\n\nTo: Bram\n\nWij zijn voor.",
    "thunderbird": "-------- Doorgestuurd bericht --------\nOnderwerp: \tRE: Uw brief\nDatum: \tMon, 1 Sep 2025\n"
    "Van: \tSamira Haddad <samira@groenewig.example>\nAan: \tBram\n\nWij zijn voor.",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_forwarded_message_tells_who_wrote_what(form):
    found = forwarded(f"Zie hieronder.\n\n{FORMS[form]}", "FW: Uw brief")
    assert [(one.sender, one.subject, one.text) for one in found] == [
        (SAMIRA, "RE: Uw brief", "Wij zijn voor.")
    ]


@pytest.mark.parametrize(
    ("subject", "counts"),
    [
        ("FW: Uw brief", 1),
        ("Fwd: x", 1),
        ("Doorst: x", 1),
        ("RE: FW: x", 1),
        ("RE: Uw brief", 0),
        ("Foto's: fw", 0),
    ],
)
def test_outlook_tells_a_forward_only_in_the_subject(subject, counts):
    assert len(forwarded(FORMS["outlook"], subject)) == counts


@pytest.mark.parametrize("form", ["gmail", "apple", "apple, html", "thunderbird"])
def test_others_say_so_in_the_text(form):
    assert len(forwarded(FORMS[form], "Uw brief")) == 1


def test_a_message_id_in_the_header_lines_is_read():
    text = "Begin doorgestuurd bericht:\nVan: a@x.example\nOnderwerp: b\nMessage-ID: <1@x.example>\n\nc"
    assert [one.message_id for one in quoted_messages(text)] == ["<1@x.example>"]


def test_messages_in_each_other_come_newest_first():
    text = f"Zie onder.\n\n{FORMS['outlook']}\n\n{FORMS['outlook, old'].replace('Samira', 'Tom')}"
    assert [one.sender.name for one in quoted_messages(text)] == ["Samira Haddad", "Tom Haddad"]


@pytest.mark.parametrize(
    "text",
    ["Van: mij\nAan: jou", "Van harte\nDatum: 1 mei\nAan: allen", "Onderwerp: zaal\nDatum: 1 mei", "Van: a"],
)
def test_a_few_labels_are_no_message(text):
    assert quoted_messages(text) == ()
