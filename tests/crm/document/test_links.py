"""Which addresses a link may have."""

import pytest

from crm.document.links import bare, safe_href


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://stadsdorpen.example/over?a=1#b", "https://stadsdorpen.example/over?a=1#b"),
        (" HTTP://stadsdorpen.example ", "http://stadsdorpen.example"),
        ("https://café.example/thé", "https://café.example/thé"),
        ("mailto:info@stadsdorpen.example", "mailto:info@stadsdorpen.example"),
        (
            "MailTo:info@stadsdorpen.example?subject=Vraag%20over",
            "mailto:info@stadsdorpen.example?subject=Vraag%20over",
        ),
        ("mailto:info@stadsdorpen.example?body=a%0Ab", None),
        ("mailto:", None),
        ("mailto:niemand", None),
        ("stadsdorpen.example", None),
        ("www.stadsdorpen.example", None),
        ("ftp://stadsdorpen.example", None),
        ("https://stads dorpen.example", None),
        ('https://x.example/"onload="x', None),
        ("https://x.example/" + "a" * 2000, None),
        ("", None),
    ],
)
def test_only_whole_addresses_of_the_web_and_of_mail_are_kept(written: str, kept: str | None) -> None:
    assert safe_href(written) == kept


@pytest.mark.parametrize(
    "address", ["https://www.x.example/", "http://www.x.example", "www.x.example", "www.x.example/"]
)
def test_people_leave_out_the_ends_of_an_address(address: str) -> None:
    assert bare(address) == "www.x.example"
