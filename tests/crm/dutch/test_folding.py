"""Texts made comparable, and what a search finds."""

import sqlite3

import pytest

from crm.dutch.folding import fold, matches, query_terms, search_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Vriés", "vries"),
        ("Vrie\u0301s", "vries"),
        ("DEVRIES", "devries"),
        ("Straße", "strasse"),
        ("Søren Łukasz Æbelø", "soren lukasz aebelo"),
        ("Ĳmuiden", "ijmuiden"),
        ("Çelik Öztürk-Şahin", "celik ozturk sahin"),
        ("Иван", "ivan"),
        ("’t Hart, M.", "t hart m"),
        ("´t Hart", "t hart"),
        ("O'Brien", "obrien"),
        ("collega’s", "collegas"),
        ("J.P. de Vries", "jp de vries"),
        ("A.de Vries", "a de vries"),
        ("v.d.Berg", "vd berg"),
        ("L.S.", "ls"),
        ("GroenLinks/PvdA", "groenlinks pvda"),
        ("“Hier zijn wij!”", "hier zijn wij"),
        ("50 %_van", "50 van"),
        ("info@sp.example", "info sp example"),
        ("  a\u00a0b\tc\n", "a b c"),
        ("½ m²", "1 2 m2"),
        ("🙂 …", ""),
        ("", ""),
    ],
)
def test_folding_leaves_letters_digits_and_single_spaces(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (("Anna", "", "de", "Vries"), " anna de vries devries annade "),
        (("Maarten", "", "’t", "Hart"), " maarten t hart thart maartent "),
        (("", "A.", "van der", "Berg"), " a van der berg vanderberg vd vdberg derberg avan vander "),
        (("Hedy", "", "d’", "Ancona"), " hedy d ancona dancona hedyd "),
        (("Hedy d’Ancona",), " hedy dancona d ancona hedydancona "),
        (("D66",), " d66 d 66 "),
        (("GroenLinks",), " groenlinks groen links "),
        (("Groen Links",), " groen links groenlinks "),
        (("50PLUS", "", "50PLUS"), " 50plus 50 plus 50plus50plus "),
        (("J.P.",), " jp j p "),
        (("?", ""), ""),
        ((), ""),
    ],
)
def test_a_key_has_every_word_and_the_joined_forms(parts, key):
    assert search_key(*parts) == key


# What is stored: the queries that find it.
FOUND = {
    ("Anna", "", "de", "Vries"): [
        "vries", "de Vries", "Devries", "DEVRIES", "Vriés", "vri", "anna", "Anna de Vries", "Vries, Anna", "de vr",
        "ann vri", "  vries  ", "'vries'", "",
    ],
    ("Anna de Vries",): ["devries", "de Vries", "anna vries"],
    ("Maarten", "M.", "’t", "Hart"): ["t Hart", "'t hart", "thart", "’t Hart", "‘t hart", "hart", "M. 't Hart"],
    ("A. ’t Hart",): ["t hart", "a t hart", "A. 't Hart", "thart"],
    ("", "A.", "van der", "Berg"): [
        "van der berg", "vd berg", "vdberg", "v.d. Berg", "v.d.berg", "v d berg", "v/d Berg", "vanderberg",
        "vander berg", "van derberg", "van de berg", "berg", "A. van der Berg", "a v d berg", "Berg, van der",
    ],
    ("A. v.d. Berg",): ["van der berg", "van den berg", "van de Berg", "vandenberg", "vd berg", "v.d. Berg", "vdberg"],
    ("J.P.", "in ’t", "Veld"): [
        "in t veld", "in 't Veld", "intveld", "JP veld", "j.p. in 't veld", "J P in t Veld", "J. P. veld",
    ],
    ("J. P. de Vries",): ["jp de vries", "J.P. de Vries", "p vries"],
    ("Hedy", "", "d’", "Ancona"): ["d'Ancona", "dancona", "d ancona", "ancona"],
    ("Hedy d’Ancona",): ["d'Ancona", "dancona", "d ancona", "ancona"],
    ("Eva", "", "", "Jansen-de Wit"): ["jansen-de wit", "de wit", "dewit", "jansen wit", "Jansen de Wit"],
    ("Zeki", "", "", "Öztürk"): ["ozturk", "Öztürk", "OZTURK"],
    ("D66",): ["D66", "d 66", "D-66", "66"],
    ("Democraten 66", "D 66"): ["D66", "d 66"],
    ("GroenLinks",): ["GroenLinks", "groen links", "groen-links", "links", "groenl"],
    ("Groen Links",): ["groenlinks", "GroenLinks"],
    ("50PLUS",): ["50plus", "50 plus", "50+", "50-plus", "plus"],
    ("PvdA",): ["pvda", "P.v.d.A.", "PVDA"],
    ("BIJ1",): ["bij1", "bij 1", "BIJ"],
    ("JA21",): ["ja 21", "ja21"],
    ("GroenLinks/PvdA",): ["groenlinks pvda", "pvda", "groenlinks-pvda"],
    ("Stadsdorp De Pijp",): ["pijp", "de pijp", "dorp pijp", "depijp"],
    ("Netwerk Amsterdamse Stadsdorpen", "NAS"): ["stadsdorpen", "nas", "netwerk stadsdorp"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "query"), [(parts, query) for parts, queries in FOUND.items() for query in queries]
)
def test_people_and_organisations_are_found_as_they_are_typed(parts, query):
    assert matches(search_key(*parts), query)


@pytest.mark.parametrize(
    ("parts", "query"),
    [
        (("Anna", "", "de", "Vries"), "bries"),
        (("Anna", "", "de", "Vries"), "ies"),
        (("Anna", "", "de", "Vries"), "anna de boer"),
        (("Anna", "", "van der", "Berg"), "van den berg"),
        (("Anna", "", "van der", "Berg"), "erg"),
        (("D66",), "d67"),
        (("Maria",), "ria"),
        ((), "vries"),
    ],
)
def test_nobody_else_is_found(parts, query):
    assert not matches(search_key(*parts), query)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("de Vries", [" de", "vries"]),
        ("VRIES vries", ["vries"]),
        ("'t Hart", [" t", "hart"]),
        ("v d Berg", [" vd", "berg"]),
        ("100%_", [" 100"]),
        ("...", []),
    ],
)
def test_short_terms_are_found_only_where_a_word_begins(text, terms):
    assert query_terms(text) == terms


@pytest.mark.parametrize("parts", FOUND)
def test_keys_and_terms_need_no_escaping_in_like(parts):
    key = search_key(*parts)
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert key == f" {' '.join(key.split())} "
    assert len(key.split()) == len(set(key.split()))


def test_a_database_finds_with_like_what_the_definition_finds():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE people (name TEXT, key TEXT)")
    database.executemany(
        "INSERT INTO people VALUES (?, ?)", [(" ".join(row), search_key(*row)) for row in FOUND]
    )
    for query in {query for queries in FOUND.values() for query in queries}:
        terms = query_terms(query)
        where = " AND ".join(["key LIKE '%' || ? || '%'"] * len(terms)) or "TRUE"
        rows = database.execute(f"SELECT name FROM people WHERE {where} ORDER BY rowid", terms).fetchall()
        assert [name for (name,) in rows] == [
            " ".join(row) for row in FOUND if matches(search_key(*row), query)
        ]
    database.close()
