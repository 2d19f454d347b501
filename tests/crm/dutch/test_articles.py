"""Articles before names, and capitals at the start of a sentence."""

import pytest

from crm.dutch.articles import opening, with_article


@pytest.mark.parametrize(
    ("article", "name", "read"),
    [
        ("de", "SP", "de SP"),
        ("het", "CDA", "het CDA"),
        ("", "D66", "D66"),
        ("", "De Brug", "De Brug"),
        ("de", "Gemeente Amsterdam", "de gemeente Amsterdam"),
        ("het", "Stadsdeel Noord", "het stadsdeel Noord"),
        ("de", "De Buurtcourant", "de Buurtcourant"),
        ("de", "De", "de De"),
        ("de", "Gemeente", "de Gemeente"),
        ("", "Gemeente Amsterdam", "Gemeente Amsterdam"),
    ],
)
def test_the_article_belongs_to_the_name(article, name, read):
    assert with_article(article, name) == read


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("de SP zei ja", "De SP zei ja"),
        ("het CDA zei ja", "Het CDA zei ja"),
        ("’t Hart zei ja", "’t Hart zei ja"),
        ("denk aan de brief", "denk aan de brief"),
        ("", ""),
    ],
)
def test_a_sentence_that_opens_with_an_article_has_a_capital(sentence, read):
    assert opening(sentence) == read
