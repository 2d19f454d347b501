"""Postcodes, envelopes and e-mail addresses."""

import pytest

from crm.dutch.addresses import address_lines, check_email, normalise_postcode


@pytest.mark.parametrize("typed", ["1012ab", "1012AB", "1012 ab", " 1012  AB ", "1012\u00a0AB"])
def test_a_postcode_gets_its_space_and_capitals(typed):
    assert normalise_postcode(typed) == "1012 AB"


@pytest.mark.parametrize(
    "typed", ["", "1012", "0123 AB", "1012 A", "1012 ABC", "10 12 AB", "1012 SS", "B-1000", "1012-AB"]
)
def test_what_is_no_postcode_gets_a_sentence_that_helps(typed):
    with pytest.raises(ValueError) as refusal:
        normalise_postcode(typed)
    assert str(refusal.value) == f"“{typed}” is geen postcode. Schrijf vier cijfers en twee letters: 1012 AB."


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (
            (["SP Amsterdam", "t.a.v. het bestuur"], "Dorpsstraat 12", "1012ab", "Amsterdam"),
            ("SP Amsterdam", "t.a.v. het bestuur", "Dorpsstraat 12", "1012 AB  AMSTERDAM"),
        ),
        ((["Bos"], "Kade 1", "1970 ab", "IJmuiden", "Nederland"), ("Bos", "Kade 1", "1970 AB  IJMUIDEN")),
        ((["Bos"], "Kade 1", "1970 AB", "ĳmuiden"), ("Bos", "Kade 1", "1970 AB  IJMUIDEN")),
        ((["Bos"], "Kade 1", "5200 AB", "’s-Hertogenbosch"), ("Bos", "Kade 1", "5200 AB  ’S-HERTOGENBOSCH")),
        ((["Bos"], "Kade 1", "8800 AB", "Súdwest-Fryslân"), ("Bos", "Kade 1", "8800 AB  SÚDWEST-FRYSLÂN")),
        ((["Bos", " ", ""], "", "1012 AB", "Amsterdam"), ("Bos", "1012 AB  AMSTERDAM")),
        ((["Bos"], "Kade 1", "", "Weesp"), ("Bos", "Kade 1", "WEESP")),
        ((["Bos"], "Kade 1", "1012 AB", ""), ("Bos", "Kade 1", "1012 AB")),
        (
            (["Bos\nBcc: x"], "Kade\r\n1", "1012 AB", "Am\nsterdam"),
            ("Bos Bcc: x", "Kade 1", "1012 AB  AM STERDAM"),
        ),
        ((["Bos"], "Rue 1", "b-1000", "Brussel", "België"), ("Bos", "Rue 1", "B-1000 BRUSSEL", "BELGIË")),
        (([], "", "", ""), ()),
    ],
)
def test_an_address_reads_as_the_post_wants_it(parts, lines):
    assert address_lines(*parts) == lines


@pytest.mark.parametrize(
    ("postcode", "town", "last"),
    [
        ("12", "Amsterdam", "12  AMSTERDAM"),
        ("10 12 a", "Amsterdam", "10 12 A  AMSTERDAM"),
        ("12345", "Berlijn", "12345  BERLIJN"),
        ("1012ab", "", "1012 AB"),
        ("", "", "Kade 1"),
    ],
)
def test_what_is_no_postcode_stands_as_it_was_written(postcode, town, last):
    assert address_lines(["Bos"], "Kade 1", postcode, town)[-1] == last


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("info@sp.example", "info@sp.example"),
        ("  info@sp.example \r\n", "info@sp.example"),
        ("Info@SP.Example", "Info@sp.example"),
        ("mailto:info@sp.example", "info@sp.example"),
        ("a.m.de-vries+post@post.sp.example", "a.m.de-vries+post@post.sp.example"),
        ("o'brien_1@x.example", "o'brien_1@x.example"),
        ("info@café.example", "info@xn--caf-dma.example"),
        ("info@CAFÉ.example", "info@xn--caf-dma.example"),
        ("info@xn--caf-dma.example", "info@xn--caf-dma.example"),
        ("info@50plus.example", "info@50plus.example"),
        (f"{'a' * 64}@x.example", f"{'a' * 64}@x.example"),
    ],
)
def test_a_good_address_comes_back_as_mail_servers_want_it(typed, address):
    assert check_email(typed) == address
    assert check_email(address) == address


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Hier hoort een e-mailadres. Vul het in."),
        (" \n", "Hier hoort een e-mailadres. Vul het in."),
        ("info.sp.example", "Er mist een apenstaartje (@) in “info.sp.example”. Kijk het adres na."),
        ("a@b@sp.example", "Er staan 2 apenstaartjes (@) in “a@b@sp.example”. Vul één e-mailadres in."),
        (
            "a@sp.example, b@sp.example",
            "Er staan 2 apenstaartjes (@) in “a@sp.example, b@sp.example”. Vul één e-mailadres in.",
        ),
        (
            "in fo@sp.example",
            "Er staat een spatie of een onzichtbaar teken in “in fo@sp.example”. Typ het adres opnieuw.",
        ),
        (
            "in\u200bfo@sp.example",
            "Er staat een spatie of een onzichtbaar teken in “in fo@sp.example”. Typ het adres opnieuw.",
        ),
        (
            "a@sp.example\0",
            "Er staat een spatie of een onzichtbaar teken in “a@sp.example”. Typ het adres opnieuw.",
        ),
        (
            "a@sp.example\nBcc: b",
            "Er staat een nieuwe regel in “a@sp.example Bcc: b”. Vul één e-mailadres in, op één regel.",
        ),
        (
            "a@sp.example\r\n b",
            "Er staat een nieuwe regel in “a@sp.example b”. Vul één e-mailadres in, op één regel.",
        ),
        (
            "a\u2028@sp.example",
            "Er staat een nieuwe regel in “a @sp.example”. Vul één e-mailadres in, op één regel.",
        ),
        (
            "Anna <a@sp.example>",
            "Vul alleen het e-mailadres in, zonder naam, haakjes of aanhalingstekens: “Anna <a@sp.example>”.",
        ),
        (
            "a@[127.0.0.1]",
            "Vul alleen het e-mailadres in, zonder naam, haakjes of aanhalingstekens: “a@[127.0.0.1]”.",
        ),
        ("@sp.example", "Voor het apenstaartje (@) staat niets in “@sp.example”. Vul het eerste deel aan."),
        ("info@", "Achter het apenstaartje (@) staat niets in “info@”. Vul het laatste deel aan."),
        ("info@sp", "Het eind van “info@sp” mist, zoals .nl of .org. Vul het aan."),
        ("info@sp.example.", "Er staat een punt aan het eind van “info@sp.example.”. Haal die punt weg."),
        (
            "info@sp..example",
            "Er staat een punt te veel achter het apenstaartje (@) in “info@sp..example”. Haal die punt weg.",
        ),
        (
            "info@.example",
            "Er staat een punt te veel achter het apenstaartje (@) in “info@.example”. Haal die punt weg.",
        ),
        (
            "info.@sp.example",
            "Er staat een punt te veel voor het apenstaartje (@) in “info.@sp.example”. Haal die punt weg.",
        ),
        (
            ".info@sp.example",
            "Er staat een punt te veel voor het apenstaartje (@) in “.info@sp.example”. Haal die punt weg.",
        ),
        (
            "in..fo@sp.example",
            "Er staat een punt te veel voor het apenstaartje (@) in “in..fo@sp.example”. Haal die punt weg.",
        ),
        (
            "rené@sp.example",
            "Voor het apenstaartje (@) kan geen “é” staan in “rené@sp.example”. Kijk het adres na.",
        ),
        (
            "a:b@sp.example",
            "Voor het apenstaartje (@) kan geen “:” staan in “a:b@sp.example”. Kijk het adres na.",
        ),
        (
            "info@sp,example",
            "Er staat een komma of puntkomma in “info@sp,example”. Maak er een punt van, of haal hem weg.",
        ),
        ("info@-sp.example", "“-sp.example” kan niet achter het apenstaartje (@) staan. Kijk het adres na."),
        ("info@s_p.example", "“s_p.example” kan niet achter het apenstaartje (@) staan. Kijk het adres na."),
        ("info@127.0.0.1", "“127.0.0.1” kan niet achter het apenstaartje (@) staan. Kijk het adres na."),
        (
            f"{'a' * 65}@x.example",
            f"Het deel voor het apenstaartje (@) is te lang in “{'a' * 65}@x.example”. Kijk het adres na.",
        ),
        (
            f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example",
            "Dit e-mailadres is te lang. Het mag 254 tekens hebben. Kijk het adres na.",
        ),
    ],
)
def test_a_wrong_address_gets_a_sentence_that_helps(typed, message):
    with pytest.raises(ValueError) as refusal:
        check_email(typed)
    assert str(refusal.value) == message
