"""QR codes: what is drawn is what a phone reads."""

import pytest

from letters.render.codes import qr
from tests.letters.render.qr_reading import read


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000/papier/2/",
        "https://spreekbuis.netwerk.example/papier/1234/56789/",
        "https://een-lange-naam-van-een-netwerk.van-bewoners.example.org/papier/1/2/",
    ],
)
def test_a_phone_reads_the_address(address):
    assert read(qr(address)) == address


def test_two_addresses_are_two_codes():
    assert qr("https://a.example/papier/1/") != qr("https://a.example/papier/2/")
