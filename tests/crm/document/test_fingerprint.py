"""Versions as JSON and their digest: equal texts equal, and back again."""

import json

import pytest

from crm.document.fingerprint import canonical, digest, restore
from crm.document.tree import Document, Fact, Field, Heading, Link, ListBlock, Rule, Strong, Text

from .trees import NORMAL, paragraph, text


@pytest.mark.parametrize("document", NORMAL.values(), ids=NORMAL)
def test_a_version_comes_back_from_json_as_it_was(document: Document) -> None:
    assert restore(json.loads(json.dumps(canonical(document)))) == document


def test_the_stored_form_can_be_read_by_people() -> None:
    document = Document(
        (
            Heading(2, (Text("Kop"),)),
            paragraph("a ", Strong((Text("b"),)), Link("https://x.example", (Text("c"),)), Field("datum")),
            ListBlock(True, ((Fact("k", "3"),), (Text("d"),))),
            Rule(),
        )
    )
    assert canonical(document) == {
        "form": 1,
        "blocks": [
            ["h", 2, "Kop"],
            ["p", "a ", ["strong", "b"], ["a", "https://x.example", "c"], ["field", "datum"]],
            ["ol", [["fact", "k", "3"]], ["d"]],
            ["hr"],
        ],
    }


def test_no_two_different_trees_have_one_digest() -> None:
    assert len({digest(canonical(document)) for document in NORMAL.values()}) == len(NORMAL)


def test_the_digest_is_that_of_compact_sorted_json_in_utf_8() -> None:
    # printf '{"a":[1,true,null],"é":"’t"}' | sha256sum
    expected = "7a1314852a709e192fb46b9574f5ae1fb262878729e4c6cb002c8b000e06e8ba"
    assert digest({"é": "’t", "a": [1, True, None]}) == expected
    assert digest({"a": (1, True, None), "e\u0301": "’t"}) == expected


def test_accents_written_in_two_ways_are_one() -> None:
    assert digest(canonical(text("Café"))) == digest(canonical(text("Cafe\u0301")))


@pytest.mark.parametrize("value", [1.5, {"a": {1.0}}, {1: "a"}, b"x", object()])
def test_what_has_no_one_way_of_writing_has_no_digest(value: object) -> None:
    with pytest.raises(TypeError):
        digest(value)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"form": 2, "blocks": []},
        {"form": 1, "blocks": [], "more": 1},
        {"form": 1, "blocks": ["p"]},
        {"form": 1, "blocks": [["x", "a"]]},
        {"form": 1, "blocks": [["h", 1, "a"]]},
        {"form": 1, "blocks": [["hr", "a"]]},
        {"form": 1, "blocks": [["ul", "a"]]},
        {"form": 1, "blocks": [["p", 3]]},
        {"form": 1, "blocks": [["p", ["a", "javascript:x", "a"]]]},
        {"form": 1, "blocks": [["p", ["field"]]]},
        {"form": 1, "blocks": [["p", ["script", "x"]]]},
    ],
)
def test_what_was_not_stored_by_us_is_not_restored(data: object) -> None:
    with pytest.raises(ValueError, match=r"^not a"):
        restore(data)
