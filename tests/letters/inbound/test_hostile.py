"""Mail that means harm: nothing raises, and nothing takes more time or memory than its size gives it a right to."""

import base64
import tracemalloc
from random import Random
from time import perf_counter

import pytest

from letters.inbound import characters, html, mime, quoting
from letters.inbound.kinds import recognise
from letters.inbound.placing import place
from letters.inbound.reading import attachment, read
from tests.letters.inbound.corpus import cases
from tests.letters.inbound.world import Archive


def through_everything(raw: bytes) -> None:
    incoming = read(raw)
    for one in incoming.attachments[:5]:
        attachment(raw, one.path)
    quoting.split(incoming.text)
    html.sanitise(incoming.html)
    verdict = recognise(incoming, raw, own=["post@buurtennetwerk.example"])
    place(incoming, verdict, Archive())
    # What is stored must be text that a database takes.
    for text in (incoming.subject, incoming.text, incoming.html, incoming.sender.name):
        assert "\x00" not in text
        text.encode()


def test_random_bytes_are_read():
    random = Random(1)
    for size in range(0, 3_000, 10):
        through_everything(random.randbytes(size))


def test_broken_copies_of_real_messages_are_read():
    random = Random(2)
    raws = [case.raw for case in cases()]
    for _ in range(300):
        raw = bytearray(random.choice(raws))
        for _ in range(random.randrange(1, 20)):
            at = random.randrange(len(raw))
            match random.randrange(4):
                case 0:
                    raw[at] = random.randrange(256)
                case 1:
                    del raw[at : at + random.randrange(200)]
                case 2:
                    raw[at:at] = random.randbytes(random.randrange(20))
                case _:
                    raw[at:at] = raw[at : at + random.randrange(300)]
            if not raw:
                break
        through_everything(bytes(raw))


PIECES = (
    b"Content-Type: multipart/mixed; boundary=a\n",
    b"Content-Type: message/rfc822\n",
    b"Content-Type: text/html; charset=utf-7\n",
    b"Content-Type: message/delivery-status\n",
    b"Content-Transfer-Encoding: base64\n",
    b"From: <a@b.example>\n",
    b"Subject: x\n",
    b"Action: failed\n",
    b"Final-Recipient: rfc822; x@y.example\n",
    b"Van: a\nVerzonden: b\nAan: c\nOnderwerp: d\n",
    *(
        b"--a\n",
        b"--a--\n",
        b"\n",
        b"\r\n",
        b"+AGEAYg-\n",
        b"=?utf-8?b?",
        b"?=",
        b">",
        b"<div>",
        b"\xff\xfe",
        b" verder\n",
    ),
)


def test_pieces_of_mail_in_any_order_are_read():
    random = Random(3)
    for _ in range(400):
        through_everything(b"".join(random.choices(PIECES, k=random.randrange(60))))


def test_an_attachment_of_fifty_megabytes_is_not_copied_to_be_listed():
    data = Random(4).randbytes(1_000_000) * 50
    raw = (
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nZie bijlage.\r\n--x\r\n"
        b"Content-Type: application/pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(data).replace(b"\n", b"\r\n")
        + b"--x--\r\n"
    )
    tracemalloc.start()
    incoming = read(raw)
    listed = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    size = len(attachment(raw, "1.2"))
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ([one.size for one in incoming.attachments], size) == ([50_000_000], 50_000_000)
    assert listed < 1_000_000
    assert taken < 120_000_000


def test_a_text_of_fifty_megabytes_is_cut():
    incoming = read(b"Subject: lang\n\n" + "é vijftig\n".encode() * 5_000_000)
    assert (len(incoming.text) < 4_100_000, incoming.problems) == (True, ("text_cut", "date_missing"))
    assert incoming.text.startswith("é vijftig\né")


def nested(kind: str, levels: int) -> bytes:
    if kind == "message":
        return b"Content-Type: message/rfc822\r\n\r\n" * levels + b"Subject: diep\r\n\r\nHallo"
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(levels)
    )
    return opened + b"\r\nHallo\r\n" + b"".join(b"--b%d--\r\n" % i for i in reversed(range(levels)))


BOMBS = {
    "nested parts": nested("parts", 1_000),
    "nested messages": nested("message", 1_000),
    "nested parts, large": nested("parts", 1_000) + b"x\n" * 1_000_000,
    "many parts": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhoi\n" * 200_000,
    "many false boundaries": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--xy\n" * 1_000_000,
    "same boundary at every level": (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n") * 5_000,
    "many header fields": b"X-A: b\n" * 200_000 + b"\nhoi",
    "one long header field": b"Subject: " + b"a" * 5_000_000 + b"\n\nhoi",
    "many lines in a field": b"Subject: a\n" + b" b\n" * 500_000 + b"\nhoi",
    "open comments": b"From: " + b"(" * 1_000_000 + b"\n\n",
    "open quotes": b'From: "' + b'\\"' * 500_000 + b"\n\n",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\n",
    "message ids": b"References: " + b"<a@b.example> " * 100_000 + b"\n\n",
    "parameters": b"Content-Type: text/plain" + b"; name*0*=a" * 100_000 + b"\n\n",
    "calendars": b"Content-Type: multipart/mixed; boundary=x\n\n"
    + b"--x\nContent-Type: text/calendar\n\nRRULE:X\n" * 50_000,
    "quotations": b"Subject: x\n\n" + b">" * 2_000_000,
    "quoted lines": b"Subject: x\n\n" + b"> " * 50 + b"\n> a" * 400_000,
    "empty lines": b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n" + b"\n" * 3_000_000,
    "header lines in the text": b"Subject: FW: x\n\n" + b"Van: a\nAan: b\nOnderwerp: c\n" * 100_000,
    "attributions": b"Subject: x\n\n" + b"Op 1 schreef schreef schreef " * 12 + b":\n" * 30_000,
    "references": b"Subject: x\n\n" + b"2025-014 2025-015 A 205-014 " * 100_000,
    "deep html": b"Content-Type: text/html\n\n" + b"<div>" * 300_000,
    "crossed html": b"Content-Type: text/html\n\n" + b"<b><p></b><table>" * 50_000,
    "ampersands": b"Content-Type: text/html\n\n" + b"&" * 2_000_000,
    "open comments in html": b"Content-Type: text/html\n\n" + b"<!--" * 500_000,
    "quotations in html": b"Content-Type: text/html\n\n" + b"<blockquote>x</blockquote>" * 50_000,
    "links": b"Content-Type: text/html\n\n" + b"<a href='http://x.example'>y</a>" * 50_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_not_go_off(name):
    start = perf_counter()
    incoming = read(BOMBS[name])
    reading = perf_counter() - start
    through_everything(BOMBS[name])
    assert reading < 3, f"reading took {reading:.1f} seconds"
    assert perf_counter() - start < 8
    assert len(incoming.attachments) <= mime.MOST_PARTS


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nested parts", "too_deep"),
        ("nested messages", "too_deep"),
        ("many parts", "too_many_parts"),
        ("many header fields", "headers_too_large"),
        ("deep html", "date_missing"),
    ],
)
def test_what_was_cut_off_is_told(name, problem):
    assert problem in read(BOMBS[name]).problems


@pytest.mark.parametrize("kind", ["parts", "message"])
def test_a_thousand_levels_take_less_than_a_second(kind):
    raw = nested(kind, 1_000)
    start = perf_counter()
    through_everything(raw)
    assert perf_counter() - start < 1


def test_what_is_deeper_than_we_look_is_kept_as_a_file():
    incoming = read(BOMBS["nested parts"])
    assert [one.media_type for one in incoming.attachments] == ["application/octet-stream"]
    assert attachment(BOMBS["nested parts"], incoming.attachments[0].path).startswith(b"--b39")


def test_a_header_field_cannot_bring_another_one():
    raw = b"Subject: =?utf-8?q?Hallo=0D=0AX-Spam-Flag:_YES?=\nFrom: =?utf-8?q?Jan=0ABcc:_x?= <jan@x.example>\n\nhoi"
    incoming = read(raw)
    assert incoming.subject == "Hallo X-Spam-Flag: YES"
    assert incoming.sender.name == "Jan Bcc: x"
    assert [name for name, _ in incoming.fields] == ["subject", "from"]


def test_characters_that_turn_the_direction_are_taken_out_and_told():
    raw = (
        'Subject: Factuur\nFrom: "\u202egro.dab\u202c" <jan@x.example>\nContent-Type: application/pdf\n'
        "Content-Disposition: attachment; filename*=utf-8''rekening%E2%80%AEfdp.exe\n\nx"
    ).encode()
    incoming = read(raw)
    assert (incoming.sender.name, incoming.attachments[0].name) == ("gro.dab", "rekeningfdp.exe")
    assert "misleading_characters" in incoming.problems


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\Windows\\\\system.ini", "system.ini"),
        ("..", "bijlage"),
        (".htaccess", "htaccess"),
        ("a" * 400 + ".pdf", "a" * 140 + ".pdf"),
        ("regel%0Atwee.pdf", "regel%0Atwee.pdf"),
        ("vraag?.pdf", "vraag-.pdf"),
        ("", "bijlage"),
    ],
)
def test_names_of_files_are_safe(filename, name):
    raw = f'Content-Type: application/x-iets\nContent-Disposition: attachment; filename="{filename}"\n\nx'.encode()
    assert [one.name for one in read(raw).attachments] == [name]


def test_the_same_message_reads_the_same_each_time():
    for case in cases()[::20]:
        assert read(case.raw) == read(case.raw)


def test_what_no_file_can_hold_is_left_out_of_a_text():
    assert characters.clean("Een\ufffe ruimte\uffff\x00") == "Een ruimte"
