"""Messages that Outlook saved as files: the same as if they had come by mail."""

from datetime import UTC, datetime
from random import Random

import pytest

from letters.inbound.kinds import Kind, recognise
from letters.inbound.msg import UnreadableError, to_mail
from letters.inbound.placing import place
from letters.inbound.reading import attachment, read
from tests.letters.inbound.outlook import compound, storage
from tests.letters.inbound.world import MEETING, OUR_ADDRESS, Archive, sent

ONE = sent(MEETING, "De Brug")
HEADERS, SUBJECT, BODY, HTML, MESSAGE_ID, IN_REPLY_TO = 0x7D, 0x37, 0x1000, 0x1013, 0x1035, 0x1042
SENDER_NAME, SENDER_SMTP, SENDER, SUBMITTED, CODEPAGE = 0x0C1A, 0x5D01, 0x0C1F, 0x39, 0x3FDE
KIND_OF_RECIPIENT, SMTP_ADDRESS, DISPLAY_NAME = 0x0C15, 0x39FE, 0x3001
FILE_NAME, MEDIA_TYPE, DATA, CONTENT_ID = 0x3707, 0x370E, 0x3701, 0x3712

RECEIVED = {
    HEADERS: "Received: from x\r\nFrom: =?utf-8?Q?Marijke_T=C3=B3l?= <marijke@debrug.example>\r\nTo: "
    + OUR_ADDRESS
    + "\r\n"
    f"Subject: Re: {ONE.subject}\r\nMessage-ID: <m1@debrug.example>\r\nIn-Reply-To:\r\n {ONE.message_id}\r\n"
    "Date: Tue, 5 Aug 2025 09:14:03 +0200\r\nContent-Type: multipart/mixed; boundary=oud\r\nMIME-Version: 1.0\r\n",
    BODY: "Wij zijn vóór.\r\n\r\nMarijke",
    HTML: "<p>Wij zijn vóór.</p>".encode(),
    CODEPAGE: 65001,
}
SENT = {
    SENDER_NAME: "Netwerk",
    SENDER_SMTP: OUR_ADDRESS,
    SUBJECT: "Antwoord\r\nBcc: x@y.example",
    SUBMITTED: datetime(2025, 8, 5, 9, 14, 3, tzinfo=UTC),
    MESSAGE_ID: "<eigen@buurtennetwerk.example>",
    BODY: "Dank u wel.",
}


def test_a_received_message_reads_as_the_mail_it_was():
    incoming = read(to_mail(compound(storage("message", RECEIVED))))
    assert (incoming.sender.name, incoming.sender.address) == ("Marijke Tól", "marijke@debrug.example")
    assert (incoming.subject, incoming.message_id) == (f"Re: {ONE.subject}", "<m1@debrug.example>")
    assert (incoming.text, incoming.html) == ("Wij zijn vóór.\n\nMarijke", "<p>Wij zijn vóór.</p>")
    assert (incoming.problems, incoming.attachments) == ((), ())


def test_it_is_recognised_and_placed_like_any_other():
    raw = to_mail(compound(storage("message", RECEIVED)))
    verdict = recognise(read(raw), raw, [OUR_ADDRESS])
    assert verdict.kind == Kind.ANSWER
    assert [one.thread for one in place(read(raw), verdict, Archive()).places] == [ONE.thread]


def test_a_sent_message_is_made_of_what_outlook_stored():
    to = storage(
        "recipient", {KIND_OF_RECIPIENT: 1, SMTP_ADDRESS: "Fractie@debrug.example", DISPLAY_NAME: 'De "Brug"'}
    )
    cc = storage("recipient", {KIND_OF_RECIPIENT: 2, DISPLAY_NAME: "Binnen het huis"})
    incoming = read(to_mail(compound(storage("message", SENT, recip_00000000=to, recip_00000001=cc))))
    assert (incoming.sender.address, incoming.message_id) == (OUR_ADDRESS, "<eigen@buurtennetwerk.example>")
    assert incoming.subject == "Antwoord Bcc: x@y.example"
    assert [(one.name, one.address) for one in incoming.to] == [("De 'Brug'", "fractie@debrug.example")]
    assert [(one.name, one.address) for one in incoming.cc] == [("Binnen het huis", "")]
    assert incoming.sent_at == datetime(2025, 8, 5, 9, 14, 3, tzinfo=UTC)
    assert [name for name, _ in incoming.fields if name == "bcc"] == []


def test_files_and_messages_inside_come_along():
    large = Random(1).randbytes(20_000)
    file = storage(
        "attachment", {FILE_NAME: "Reactie – kopie.pdf", MEDIA_TYPE: "application/pdf", DATA: large}
    )
    logo = storage(
        "attachment", {FILE_NAME: "logo.png", MEDIA_TYPE: "image/png", DATA: b"x", CONTENT_ID: "logo@1"}
    )
    inner = storage("attachment", {}) | {"__substg1.0_3701000D": storage("embedded", SENT)}
    raw = to_mail(
        compound(
            storage("message", RECEIVED, attach_00000000=file, attach_00000001=logo, attach_00000002=inner)
        )
    )
    incoming = read(raw)
    assert [(one.name, one.media_type, one.is_inline) for one in incoming.attachments] == [
        ("Reactie – kopie.pdf", "application/pdf", False),
        ("logo.png", "image/png", True),
        ("Antwoord Bcc- x@y.example.eml", "message/rfc822", False),
    ]
    assert attachment(raw, incoming.attachments[0].path) == large
    assert [one.message_id for one in incoming.nested] == ["<eigen@buurtennetwerk.example>"]


def test_the_same_file_gives_the_same_bytes():
    data = compound(storage("message", RECEIVED))
    assert to_mail(data) == to_mail(data)


@pytest.mark.parametrize(
    "data", [b"", b"From: a@x.example\n\nhoi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"]
)
def test_other_files_are_refused(data):
    with pytest.raises(UnreadableError):
        to_mail(data)


def test_a_damaged_file_is_read_or_refused():
    whole = compound(
        storage(
            "message", RECEIVED, attach_00000000=storage("attachment", {FILE_NAME: "a", DATA: b"x" * 5_000})
        )
    )
    random = Random(2)
    refused = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(random.randrange(1, 6)):
            data[random.randrange(len(data))] = random.randrange(256)
        try:
            read(to_mail(bytes(data[: random.choice([len(data), random.randrange(len(data))])])))
        except UnreadableError:
            refused += 1
    assert 0 < refused < 300


def test_messages_in_each_other_are_read_ten_deep():
    tree = storage("embedded", SENT)
    for _ in range(60):
        tree = storage(
            "embedded", SENT, attach_00000000=storage("attachment", {}) | {"__substg1.0_3701000D": tree}
        )
    inner = storage("attachment", {}) | {"__substg1.0_3701000D": tree}
    incoming = read(to_mail(compound(storage("message", SENT, attach_00000000=inner))))
    levels = 0
    while incoming.nested:
        incoming, levels = incoming.nested[0], levels + 1
    assert levels == 9
