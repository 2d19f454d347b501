"""No English is left in the Dutch back office."""

import html
import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation import trans_real as catalogue
from wagtail.models import Page, Task, Workflow

from cms.wagtail_words import WORDS
from crm.models import User

pytestmark = pytest.mark.django_db
# The same in both languages, or a name.
DUTCH_TOO = {
    "%s KB", "%s MB", "Account", "Alias", "Contact", "Help", "ID", "Labels", "Link", "Postcode", "Site", "Sites",
    "Sites menu", "Spreekbuis", "Status", "Type", "URL", "account", "contrast", "e-mail", "exact", "logo", "partner",
    "partners", "permanent",
    "postcode", "site", "sites", "status", "website",
}  # fmt: skip
FIRST = ["/beheer/"]
MOST = 3


@pytest.fixture
def said_in_english(monkeypatch):
    """The texts that were asked for in Dutch, and came out as they went in."""
    found: dict[str, str] = {}
    ask = catalogue.gettext

    def listening(message):
        answer = ask(message)
        if (
            catalogue.get_language() == "nl"
            and str(answer) == str(message)
            and re.search("[A-Za-z]{2}", str(message))
        ):
            found.setdefault(str(message), "")
        return answer

    monkeypatch.setattr(catalogue, "gettext", listening)
    monkeypatch.setattr("django.utils.translation._trans.gettext", listening, raising=False)
    return found


def addresses_on(page, path):
    text = html.unescape(page.content.decode()).replace('\\"', '"')
    yield from re.findall(r'["\'](/beheer/[^"\'\s<>\\#]*)["\']', text)


def crawl(client):
    """Everything that can be reached from the overview, of each kind of address the first few."""
    to_do, done, kinds = [*FIRST], set(), {}
    while to_do:
        path = to_do.pop(0).split("?")[0]
        kind = re.sub(r"\d+", "N", path)
        if path in done or kinds.get(kind, 0) >= MOST:
            continue
        done.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        page = client.get(path)
        if page.status_code in (301, 302):
            to_do.append(page["Location"])
        elif page.status_code == 200 and not page.streaming and "html" in page["Content-Type"]:
            to_do += addresses_on(page, path)
    return done


def test_every_text_of_the_screens_is_dutch(client, said_in_english):
    client.raise_request_exception = False
    client.force_login(User.objects.create_superuser("ida"))
    done = crawl(client)
    assert len(done) > 100
    assert {reverse("wagtailadmin_pages:edit", args=[Page.objects.get(depth=2).pk]), "/beheer/users/"} <= done
    assert sorted(said_in_english.keys() - DUTCH_TOO) == []


def test_our_words_for_what_wagtail_says_go_first():
    with override("nl"):
        assert [word for word in WORDS if catalogue.gettext(word) == word] == []
        assert catalogue.gettext("Bold") == "Vet"


def test_rights_are_named_in_dutch(client):
    client.force_login(User.objects.create_superuser("ida"))
    group = reverse("wagtailusers_groups:add")
    text = client.get(group).content.decode()
    assert re.findall(r">\s*((?:Can|Publish|Lock|Unlock|Delete) [^<]*)<", text) == []
    assert "Mag elke pagina openbaar maken" in text


def test_the_way_of_working_has_a_dutch_name():
    names = {*Workflow.objects.values_list("name", flat=True), *Task.objects.values_list("name", flat=True)}
    assert names == {"Nakijken voor een pagina openbaar wordt"}


def test_yes_and_no_are_words(client):
    client.force_login(User.objects.create_superuser("ida"))
    users = client.get(reverse("wagtailusers_users:index")).content.decode()
    assert re.findall(r"\b(?:True|False)\b", users.partition("<main")[2].partition("</main>")[0]) == []
