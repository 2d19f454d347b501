"""Messages inside what mail services post, and whether it is signed."""

import hmac
import json
import tracemalloc
from hashlib import sha256
from urllib.parse import urlencode

import pytest

from letters.inbound.posted import NoMessageError, UnknownTypeError, read, signed

RAW = b"From: a@b.example\r\nSubject: Hallo & meer + tekens\r\n\r\nB\xe9ste mensen,\r\n--grens\r\n=3D\r\n"
KEY = "sleutel-van-de-dienst"


def form(fields, boundary=b"xYz"):
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, name.encode(), value)
        for name, value in fields.items()
    ]
    return b"".join(parts) + b"--%s--\r\n" % boundary


def signature(text, key=KEY):
    return hmac.new(key.encode(), text.encode(), sha256).hexdigest()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("message/rfc822", RAW),
        ("multipart/form-data; boundary=xYz", form({"recipient": b"x", "body-mime": RAW, "token": b"t"})),
        ("application/x-www-form-urlencoded", urlencode({"recipient": "x", "body-mime": RAW}).encode()),
        (
            "application/json; charset=utf-8",
            json.dumps({"From": "x", "RawEmail": RAW.decode("latin-1").encode().decode()}).encode(),
        ),
    ],
)
def test_the_message_inside_is_found_byte_for_byte(content_type, body):
    expected = RAW.decode("latin-1").encode() if "json" in content_type else RAW
    assert read(body, content_type) == expected


def test_only_who_knows_the_key_can_sign():
    fields = {"timestamp": b"1756", "token": b"abc", "body-mime": RAW}
    kind = "multipart/form-data; boundary=xYz"
    one = signed(form({**fields, "signature": signature("1756abc").encode()}), kind)
    assert one.is_by(KEY, now=1800)
    assert not one.is_by("andere-sleutel", now=1800)
    for other in ({"signature": b""}, {"signature": b"\xff"}, {"timestamp": b"1757"}):
        given = {**fields, "signature": signature("1756abc").encode(), **other}
        assert not signed(form(given), kind).is_by(KEY, now=1800)
    bare = signed(form({"body-mime": RAW, "signature": signature("").encode()}), kind)
    assert not bare.is_by(KEY, now=0)


@pytest.mark.parametrize(
    ("now", "opens"),
    [(1756 + 8 * 3600, True), (1756 - 60, True), (1756 + 13 * 3600, False), (1756 - 3600, False)],
)
def test_a_signature_that_was_overheard_does_not_open_the_door_for_ever(now, opens):
    fields = {"timestamp": b"1756", "token": b"abc", "signature": signature("1756abc").encode()}
    one = signed(form({**fields, "body-mime": RAW}), "multipart/form-data; boundary=xYz")
    assert one.is_by(KEY, now=now) is opens


def test_a_signature_over_what_is_no_moment_counts_for_nothing():
    fields = {"timestamp": b"ooit", "token": b"abc", "signature": signature("ooitabc").encode()}
    one = signed(form({**fields, "body-mime": RAW}), "multipart/form-data; boundary=xYz")
    assert not one.is_by(KEY, now=1756)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"RawEmail": 5}'),
        ("application/json", b"[]"),
        ("multipart/form-data; boundary=xYz", form({"body-plain": RAW})),
        ("multipart/form-data", b""),
        ("application/x-www-form-urlencoded", b"%%%=&&="),
    ],
)
def test_what_holds_no_message_says_so(content_type, body):
    with pytest.raises(NoMessageError):
        read(body, content_type)


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/pdf"])
def test_another_form_is_not_read(content_type):
    with pytest.raises(UnknownTypeError):
        read(RAW, content_type)


def test_of_a_form_with_millions_of_fields_only_the_signature_is_taken_apart():
    fields = urlencode({"timestamp": "1756", "token": "abc", "signature": signature("1756abc")})
    body = b"a=%41&" * 200_000 + fields.encode() + b"&body-mime=" + b"%41" * 200_000
    tracemalloc.start()
    try:
        one = signed(body, "application/x-www-form-urlencoded")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert one.is_by(KEY, now=1800)
    assert peak < 100_000
