"""Header fields: what mail programs write, and what they should not have written."""

from datetime import UTC, datetime

import pytest

from letters.inbound.headers import Mailbox, date, mailboxes, message_ids, parameters, words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?Q?caf=C3=A9?=", "café"),
        ("=?UTF-8?b?Y2Fmw6k=?= in de =?iso-8859-1?q?caf=E9?=", "café in de café"),
        ("=?utf-8?Q?een_?= =?utf-8?Q?twee?=", "een twee"),
        # A character that was cut in two.
        ("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),
        ("=?utf-8*nl?Q?v=C3=B3=C3=B3r?=", "vóór"),
        ("=?onbekend?Q?caf=E9?=", "café"),
        ("=?utf-8?B?Y2Fmw6k?=", "café"),
        ("=?utf-8?B?!!!?=", ""),
        ("=?utf-8?Q?regel=0D=0ABcc:_x@y.example?=", "regel Bcc: x@y.example"),
        ("=?utf-8?Q?pdf=E2=80=AEexe?=", "pdfexe"),
        ("=?half", "=?half"),
        ("gewoon\t twee   woorden", "gewoon twee woorden"),
    ],
)
def test_words_are_decoded_to_one_line(value, text):
    assert words(value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Jan <Jan@X.example>", [("Jan", "jan@x.example")]),
        (
            '"Jansen, Jan" <jan@x.example>, piet@y.example',
            [("Jansen, Jan", "jan@x.example"), ("", "piet@y.example")],
        ),
        ("jan@x.example (Jan Jansen)", [("Jan Jansen", "jan@x.example")]),
        ("=?utf-8?Q?Jansen,_Jan?= <jan@x.example>", [("Jansen, Jan", "jan@x.example")]),
        (
            "=?utf-8?Q?Jan_=3Ckwaad=40x.example=3E?= <jan@y.example>",
            [("Jan <kwaad@x.example>", "jan@y.example")],
        ),
        ('"raad@stad.example" <kwaad@x.example>', [("raad@stad.example", "kwaad@x.example")]),
        ("undisclosed-recipients:;", []),
        ("Fractie: a@x.example, b@x.example;", [("", "a@x.example"), ("", "b@x.example")]),
        ('"niet gesloten <a@x.example>', [("", "a@x.example")]),
        ("Jan <jan@x.example", [("Jan", "jan@x.example")]),
        ("MAILER-DAEMON (Mail Delivery System)", [("MAILER-DAEMON", "")]),
        ("a@x.example; b@y.example", [("", "a@x.example"), ("", "b@y.example")]),
        ("", []),
        (",,;:", []),
    ],
)
def test_mailboxes(value, expected):
    assert mailboxes(value) == tuple(Mailbox(*one) for one in expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a@x.example> <b@x.example>\t<a@x.example>", ("<a@x.example>", "<b@x.example>")),
        ("Your message of Tuesday <a@x.example>", ("<a@x.example>",)),
        ("a@x.example", ("<a@x.example>",)),
        ("< a@x.example >", ("<a@x.example>",)),
        ("geen", ()),
    ],
)
def test_message_ids(value, expected):
    assert message_ids(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Tue, 29 Jul 2025 11:00:00 +0200", datetime(2025, 7, 29, 9, 0, tzinfo=UTC)),
        ("29 Jul 2025 09:00 -0000", datetime(2025, 7, 29, 9, 0, tzinfo=UTC)),
        ("Tue, 29 Jul 2025 09:00:00", datetime(2025, 7, 29, 9, 0, tzinfo=UTC)),
        ("gisteren", None),
        ("", None),
        ("Tue, 99 Jul 2025 09:00:00 +0000", None),
        ("Mon, 1 Jan 1500 00:00:00 +2359", None),
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
        ("1 Jan 99999999999999999999 00:00:00 +99999999999", None),
    ],
)
def test_dates_always_have_a_time_zone(value, expected):
    assert date(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('text/plain; charset="utf-8"; format=flowed', {"charset": "utf-8", "format": "flowed"}),
        ("a; name*=utf-8'nl'caf%C3%A9.pdf", {"name": "café.pdf"}),
        ("a; name*0*=utf-8''caf%C3; name*1*=%A9; name*2=.pdf", {"name": "café.pdf"}),
        ("a; name*1=twee; name*0=een", {"name": "eentwee"}),
        ('a; name="=?utf-8?Q?caf=C3=A9.pdf?="', {"name": "café.pdf"}),
        ('a; name="met \\"aanhaling\\""', {"name": 'met "aanhaling"'}),
        ("a; name=een; name=twee", {"name": "een"}),
        ("a; name=niet gesloten; x", {"name": "niet gesloten"}),
        ("a; name*999*=%", {"name": "%"}),
    ],
)
def test_parameters(value, expected):
    assert parameters(value) == expected
