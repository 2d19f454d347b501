"""Reading raw messages: golden files of mail programs, and one rule at a time."""

import base64
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from letters.inbound.reading import attachment, read

MAILS = Path(__file__).parent / "mails"
NAMES = sorted(path.stem for path in MAILS.glob("*.eml"))


def told(raw: bytes) -> dict:
    """What was read, without the header fields themselves, as JSON has it."""

    def plain(value):
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if key != "fields"}
        return [plain(one) for one in value] if isinstance(value, list | tuple) else value

    return json.loads(json.dumps(plain(asdict(read(raw))), default=str, ensure_ascii=False))


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_read_as_written_down(name):
    expected = json.loads((MAILS / f"{name}.json").read_text())
    assert told((MAILS / f"{name}.eml").read_bytes()) == expected


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_make_no_difference(name):
    raw = (MAILS / f"{name}.eml").read_bytes()
    assert without_sizes(told(raw.replace(b"\n", b"\r\n"))) == without_sizes(told(raw))


def without_sizes(value):
    if isinstance(value, dict):
        return {key: without_sizes(one) for key, one in value.items() if key != "size"}
    return [without_sizes(one) for one in value] if isinstance(value, list) else value


def test_an_attachment_is_found_by_its_path():
    raw = (MAILS / "outlook_antwoord.eml").read_bytes()
    found = {one.name: attachment(raw, one.path) for one in read(raw).attachments}
    assert found == {"image001.png": b"\x89PNG\r\n\x1a\n", "Reactie fractie – kopie.pdf": b"%PDF-1.4\n"}


@pytest.mark.parametrize("path", ["", "1.9", "2", "1.1.1.1.1.1", "1.2.3", "x"])
def test_a_path_that_leads_nowhere_is_an_error(path):
    with pytest.raises(LookupError):
        attachment((MAILS / "outlook_antwoord.eml").read_bytes(), path)


def test_a_message_inside_can_be_taken_out():
    raw = (MAILS / "exchange_onbestelbaar.eml").read_bytes()
    inside = read(raw).nested[0]
    assert inside.message_id == "<0c0d0e@buurtennetwerk.example>"
    name = read(raw).attachments[0]
    assert (name.name, name.media_type) == ("Ontmoeten in de buurt (2025-014 K).eml", "message/rfc822")
    assert read(attachment(raw, name.path)).message_id == inside.message_id


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain; charset=utf-8", "vóór".encode(), "vóór"),
        ("text/plain; charset=iso-8859-1", b"\x80 12 \x93vier\x94", "€ 12 “vier”"),
        ("text/plain", "vóór".encode(), "vóór"),
        ("text/plain", b"v\xf3\xf3r", "vóór"),
        ("text/plain; charset=us-ascii", b"v\xf3\xf3r", "vóór"),
        ("text/plain; charset=utf-8", b"v\xf3\xf3r", "vóór"),
        ("text/plain; charset=punycode", b"a-b", "a-b"),
        ("text/plain; charset=rot13", b"abc", "abc"),
        ("text/plain; charset=hex", b"zz", "zz"),
        ("text/plain; charset=utf-16-le", "vóór".encode("utf-16-le"), "vóór"),
        ("TEXT/PLAIN; CharSet='utf-8'", "vóór".encode(), "vóór"),
        ("plat", b"tekst", "tekst"),
        ("text/html", b"<p>Een<br>twee</p><script>drie</script>", "Een\ntwee"),
        ("multipart/mixed", b"zonder grens", "zonder grens"),
        ("multipart/mixed; boundary=x", b"zonder delen", "zonder delen"),
        (
            "text/plain; format=flowed",
            b"lange \nregel\n\n> met \n> citaat\n-- \nJan",
            "lange regel\n\n> met citaat\n-- \nJan",
        ),
    ],
)
def test_the_text_is_what_a_person_reads(content_type, body, text):
    assert read(f"Content-Type: {content_type}\n\n".encode() + body).text == text


def test_html_beside_a_text_that_is_empty_gives_the_text():
    raw = (
        b"Content-Type: multipart/alternative; boundary=x\n\n--x\n\n \n--x\nContent-Type: "
        b"text/html\n\n<p>Ja</p>\n--x--\n"
    )
    assert (read(raw).text, read(raw).html) == ("Ja", "<p>Ja</p>")


def test_texts_around_an_attachment_belong_together():
    raw = (
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nEen\n--x\nContent-Type: application/pdf\n\n%PDF\n"
        b"--x\n\nTwee\n--x\nContent-Type: text/plain; name=lijst.txt\n\nDrie\n--x--\n"
    )
    assert read(raw).text == "Een\n\nTwee"
    assert [(one.name, one.size) for one in read(raw).attachments] == [("bijlage.pdf", 4), ("lijst.txt", 4)]


@pytest.mark.parametrize(
    ("disposition", "kind", "is_inline"),
    [
        ("inline", "image/png", True),
        ("attachment", "image/png", False),
        ("inline", "application/pdf", False),
        ("", "image/png", False),
    ],
)
def test_only_pictures_in_the_text_are_inline(disposition, kind, is_inline):
    raw = f"Content-Type: {kind}; name=a\nContent-Disposition: {disposition}\n\nx".encode()
    assert [one.is_inline for one in read(raw).attachments] == [is_inline]


@pytest.mark.parametrize("count", [1, 60, 5_000, 150_001])
def test_the_size_of_an_attachment_is_that_of_its_bytes(count):
    data = bytes(range(256)) * (count // 256) + bytes(count % 256)
    raw = b"Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(data)
    assert [one.size for one in read(raw).attachments] == [count]
    assert attachment(raw, "1") == data


def test_a_sender_stands_in_for_a_missing_from():
    assert read(b"Sender: Kees <kees@debrug.example>\n\n").sender.address == "kees@debrug.example"


def test_header_fields_can_be_asked_for_by_name():
    incoming = read(b"X-Spam-Flag:  YES \nX-Spam-Flag: NO\n\n")
    assert (incoming.get("x-spam-flag"), incoming.get("x-spam")) == ("YES", "")
