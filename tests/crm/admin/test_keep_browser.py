"""Forms in a real browser: what is typed outlives leaving the page and a sign-out, until it is accepted."""

import pytest
from django.urls import reverse

from crm.models import Recess
from tests.browser import chromium, page_of, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before any test has said where its static files are.
    pytest.mark.filterwarnings("ignore:No directory at"),
]

NOTICE = "Wat je eerder typte, staat er weer."
KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('spreekbuis:form:'))"


@pytest.fixture
def recesses(live_server, client, alida):
    """The recesses, with the form for one more, before Alida."""
    client.force_login(alida)
    with chromium() as browser:
        page = page_of(browser, live_server.url, session=client.cookies["sessionid"].value)
        page.set_default_timeout(10000)
        page.goto(live_server.url + reverse("crm:recess_list"))
        yield page


def elsewhere_and_back(page):
    here = page.url
    page.goto(here.replace(reverse("crm:recess_list"), reverse("crm:follow_up_list")))
    page.goto(here)


def name(page):
    return page.locator("#formulier [name=name]")


def fill(page, words, start, end):
    for field, value in (("name", words), ("from_on", start), ("until_on", end)):
        page.locator(f"#formulier [name={field}]").fill(value)


def send(page):
    page.get_by_role("button", name="Voeg dit reces toe").click()


def test_what_was_typed_stands_there_again_until_one_starts_over(recesses):
    assert not recesses.get_by_text(NOTICE).is_visible()
    name(recesses).fill("Herfst")
    elsewhere_and_back(recesses)
    assert name(recesses).input_value() == "Herfst"
    assert recesses.get_by_role("status").filter(has_text=NOTICE).is_visible()
    assert violations(recesses, inside=".sb-page") == []
    recesses.get_by_role("button", name="Begin opnieuw").click()
    assert (name(recesses).input_value(), recesses.evaluate(KEPT)) == ("", [])
    assert not recesses.get_by_text(NOTICE).is_visible()
    elsewhere_and_back(recesses)
    assert name(recesses).input_value() == ""


def test_what_was_typed_back_to_what_stood_there_is_not_kept(recesses):
    name(recesses).fill("Herfst")
    assert len(recesses.evaluate(KEPT)) == 1
    name(recesses).fill("")
    assert recesses.evaluate(KEPT) == []


def test_what_was_accepted_is_gone_also_when_the_same_form_follows(recesses):
    fill(recesses, "Herfst", "2030-10-19", "2030-10-27")
    send(recesses)
    recesses.get_by_text("Toegevoegd: Herfst").wait_for()
    assert Recess.objects.count() == 1
    assert (name(recesses).input_value(), recesses.evaluate(KEPT)) == ("", [])


def test_what_was_refused_stands_there_and_is_still_kept(recesses):
    fill(recesses, "Herfst", "2030-10-27", "2030-10-19")
    send(recesses)
    recesses.get_by_role("alert").wait_for()
    assert (name(recesses).input_value(), len(recesses.evaluate(KEPT))) == ("Herfst", 1)
    assert not recesses.get_by_text(NOTICE).is_visible()
    name(recesses).fill("Herfstreces")
    elsewhere_and_back(recesses)
    assert name(recesses).input_value() == "Herfstreces"
    assert recesses.get_by_text(NOTICE).is_visible()
    fill(recesses, "Herfstreces", "2030-10-19", "2030-10-27")
    send(recesses)
    recesses.get_by_text("Toegevoegd: Herfstreces").wait_for()
    assert recesses.evaluate(KEPT) == []


def test_what_was_sent_while_signed_out_is_still_there_after_signing_in(recesses, alida):
    alida.set_password("een lange zin om binnen te komen")
    alida.save()
    fill(recesses, "Herfst", "2030-10-19", "2030-10-27")
    recesses.context.clear_cookies(name="sessionid")
    here = recesses.url
    send(recesses)
    recesses.locator("[name=username]").fill(alida.username)
    recesses.locator("[name=password]").fill("een lange zin om binnen te komen")
    with recesses.expect_navigation():
        recesses.locator("[name=password]").press("Enter")
    recesses.goto(here)
    assert name(recesses).input_value() == "Herfst"
    assert not Recess.objects.exists()


def test_over_something_else_it_is_not_put_back(recesses):
    made = Recess.objects.create(name="Mei", from_on="2030-04-27", until_on="2030-05-05")
    recesses.goto(recesses.url + f"{made.pk}/")
    name(recesses).fill("Meivakantie")
    Recess.objects.update(name="Voorjaar")
    recesses.reload()
    assert (name(recesses).input_value(), recesses.evaluate(KEPT)) == ("Voorjaar", [])


def test_another_person_at_the_same_computer_does_not_find_it(recesses, live_server, client, loes, alida):
    name(recesses).fill("Herfst")
    loes.groups.set(alida.groups.all())
    client.force_login(loes)
    value = client.cookies["sessionid"].value
    recesses.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    recesses.reload()
    assert name(recesses).input_value() == ""


def test_without_storage_the_form_works_as_well(recesses):
    recesses.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    wrong = []
    recesses.on(
        "pageerror", lambda error: wrong.append(str(error)) if "keep.js" in str(error.stack) else None
    )
    recesses.reload()
    fill(recesses, "Herfst", "2030-10-19", "2030-10-27")
    send(recesses)
    recesses.get_by_text("Toegevoegd: Herfst").wait_for()
    assert (Recess.objects.count(), wrong) == (1, [])
