"""Every search box of the back office takes whatever is typed in it."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from cms import search
from crm.models import User

pytestmark = pytest.mark.django_db
HOSTILE = [
    '"', 'a "b', '"a"*', '""""', "*", "(", ")", "AND", "a AND", "OR NOT", "NEAR(", "-", "^", ":", "{x}", "x:y", "'",
    "\\", "%", "%s", "a\tb", "\u200b", "😀", "<script>",
]  # fmt: skip
BOXES = [
    "/beheer/pages/", "/beheer/pages/1/", "/beheer/pages/1/results/", "/beheer/pages/search/",
    "/beheer/pages/search/results/", "/beheer/choose-page/", "/beheer/choose-page/search/", "/beheer/images/",
    "/beheer/images/results/", "/beheer/images/chooser/results/", "/beheer/documents/", "/beheer/documents/results/",
    "/beheer/documents/chooser/results/", "/beheer/users/", "/beheer/users/results/", "/beheer/groups/",
    "/beheer/redirects/", "/beheer/forms/", "/beheer/workflows/usage/1/", "/beheer/workflows/task_chooser/results/",
    "/beheer/organisaties/", "/beheer/personen/", "/beheer/zoeken/", "/beheer/zoeken/suggesties/", "/beheer/brieven/",
]  # fmt: skip


@pytest.fixture
def ida(client):
    user = User.objects.create_superuser("ida")
    client.force_login(user)
    return user


@pytest.mark.parametrize("box", BOXES)
def test_whatever_is_typed_is_answered(client, ida, box):
    get_image_model().objects.create(title="Bankje", file=get_test_image_file())
    get_document_model().objects.create(title="Verslag", file=ContentFile(b"%PDF", name="verslag.pdf"))
    answers = {typed: client.get(box, {"q": typed}).status_code for typed in HOSTILE}
    assert answers == dict.fromkeys(HOSTILE, 200)


def test_a_nul_character_is_never_an_error_of_ours(client, ida):
    answers = {box: client.get(box, {"q": "a\0b"}).status_code for box in BOXES}
    assert {box: code for box, code in answers.items() if code not in (200, 400)} == {}


def found(client, typed):
    page = client.get(reverse("wagtailadmin_pages:search"), {"q": typed}).context
    return [one.title for one in page["pages"]]


def test_words_are_found_with_or_without_quotation_marks(client, ida):
    Page.objects.get(depth=2).add_child(title="Ontmoeten in de buurt", slug="ontmoeten")
    sought = ["ontmoet", '"ontmoeten"', 'ontmoeten "in', "ontmoeten *", "(ontmoeten)", "ontmoeten - buurt"]
    assert [found(client, typed) for typed in sought] == [["Ontmoeten in de buurt"]] * len(sought)


@pytest.mark.parametrize("typed", ["*", "(", "-", '"-"', "!?"])
def test_a_query_without_a_word_finds_nothing(client, ida, typed):
    assert found(client, typed) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ""),
        ("  ontmoeten   in de buurt ", "ontmoeten in de buurt"),
        ('"ontmoeten" * -', "ontmoeten"),
        ("a\0b\u200bc", "a b c"),
        ("O'Brien x:y", "O'Brien x:y"),
    ],
)
def test_the_words_of_what_was_typed(typed, words):
    assert search.words(typed) == words
