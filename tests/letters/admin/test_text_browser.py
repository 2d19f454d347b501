"""Writing a letter in a real browser: chips, autosave, two writers, a lost connection."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from campaigns.models import Fact
from crm.document import fingerprint
from letters.actions import letters
from letters.models import Letter, StandardText
from letters.queries import contents
from tests.browser import chromium, page_of, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before any test has said where its static files are.
    pytest.mark.filterwarnings("ignore:No directory at"),
]

# Saving takes a second and a half of quiet, and then a moment.
expect.set_options(timeout=15_000)


@pytest.fixture
def page(live_server, client, alida, letter):
    """Alida, with the text of the letter before her; every complaint of the browser is kept in ``page.complaints``."""
    client.force_login(alida)
    with chromium() as browser:
        page = page_of(browser, live_server.url, session=client.cookies["sessionid"].value)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "console", lambda said: page.complaints.append(said.text) if "Security" in said.text else None
        )
        page.goto(f"{live_server.url}/beheer/brieven/{letter.pk}/tekst/")
        expect(editor(page)).to_be_visible()
        expect(page.locator(".sb-pages img")).to_have_count(1)
        yield page


def editor(page):
    return page.locator(".public-DraftEditor-content")


def write_at_end(page, words):
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def saved(page, letter, *, than):
    """Wait until the draft is newer, and give its text."""
    expect(page.locator("#id_draft_number")).not_to_have_value(str(than))
    return fingerprint.canonical(contents.tree(Letter.objects.get(pk=letter.pk)))["blocks"]


FIRST = ["p", "Wij vragen aandacht voor ontmoeting in de buurt."]
LAST = "Neem deze zin over: elke buurt een huis."


def test_a_chip_is_put_in_kept_by_itself_and_there_again_after_a_reload(page, letter):
    before = page.locator(".sb-pages img").get_attribute("src")
    write_at_end(page, " Beste leden van ")
    page.locator('button[name="MERGE_FIELD"]').click()
    page.locator(".sb-pick button").first.click()
    page.keyboard.type("dag.")
    blocks = saved(page, letter, than=0)
    assert blocks == [FIRST, ["p", f"{LAST} Beste leden van ", ["field", "organisatie"], " dag."]]
    expect(page.locator("#saved")).to_have_text(re.compile(r"\d\d?\.\d\d"))
    expect(page.locator(".sb-pages img").first).not_to_have_attribute("src", before)
    page.reload()
    expect(page.locator('.sb-chip[data-merge="organisatie"]')).to_have_count(1)
    expect(page.locator("#restore")).to_be_hidden()
    editor(page).click()
    page.keyboard.press("Control+End")
    for _ in range(len(" dag.") + 1):
        page.keyboard.press("Backspace")
    expect(page.locator(".sb-chip")).to_have_count(0)
    assert page.complaints == []


def test_a_text_with_a_chip_made_bold_is_bold_after_a_reload_too(page, letter):
    write_at_end(page, " Aan ")
    page.locator('button[name="MERGE_FIELD"]').click()
    page.locator(".sb-pick button").first.click()
    page.keyboard.type("dag.")
    saved(page, letter, than=0)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    expect(page.locator('.sb-chip [style*="bold"]')).to_have_count(1)
    blocks = saved(page, letter, than=1)
    assert blocks == [
        ["p", ["strong", FIRST[1]]],
        ["p", ["strong", f"{LAST} Aan ", ["field", "organisatie"], " dag."]],
    ]
    page.reload()
    expect(page.locator('.sb-chip [style*="bold"]')).to_have_count(1)
    expect(page.locator("#restore")).to_be_hidden()
    assert page.complaints == []


def test_a_chip_survives_copy_and_paste(page, letter):
    write_at_end(page, " Aan ")
    page.locator('button[name="MERGE_FIELD"]').click()
    page.locator(".sb-pick button").first.click()
    expect(page.locator(".sb-chip")).to_have_count(1)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+v")
    expect(page.locator(".sb-chip")).to_have_count(2)
    fields = [
        part for block in saved(page, letter, than=0) for part in block if part == ["field", "organisatie"]
    ]
    assert len(fields) == 2


def test_facts_texts_and_links_are_chosen_from_dialogs(page, letter):
    Fact.objects.create(
        key="bereik",
        words="ruim 15.000 Amsterdammers",
        as_of_on=datetime.date(2024, 12, 31),
        source="Verslag",
    )
    StandardText.objects.create(title="Wat is het?", body="<p>Een dorp.</p><ul><li>In de stad</li></ul>")
    write_at_end(page, " ")
    page.locator('button[name="FACT"]').click()
    page.get_by_role("button", name=re.compile("ruim 15.000")).click()
    expect(page.locator(".sb-fact")).to_have_attribute("title", re.compile("31 december 2024.*Verslag"))
    page.keyboard.type("op ")
    page.locator('button[name="LINK"]').click()
    inputs = page.locator(".sb-dialog input")
    inputs.nth(0).fill("geen adres")
    inputs.nth(1).fill("onze site")
    page.keyboard.press("Enter")
    expect(page.locator(".sb-dialog [role=alert]")).not_to_be_empty()
    inputs.nth(0).fill("www.brug.example")
    page.keyboard.press("Enter")
    expect(page.locator(".sb-link")).to_have_text("onze site")
    expect(editor(page)).to_be_focused()
    page.keyboard.type(". Einde")
    for _ in range(len(" Einde")):
        page.keyboard.press("ArrowLeft")
    page.locator('button[name="STANDARD_TEXT"]').click()
    page.get_by_role("button", name=re.compile("Wat is het?")).click()
    expect(editor(page).locator("li")).to_have_text("In de stad")
    expect(page.locator("#id_draft_number")).not_to_have_value("0")
    page.locator('button[value="next"]').click()
    expect(page).to_have_url(re.compile("/ontvangers/$"))
    blocks = fingerprint.canonical(contents.tree(Letter.objects.get(pk=letter.pk)))["blocks"]
    assert blocks == [
        FIRST,
        [
            "p", f"{LAST} ", ["fact", "bereik", "Ruim 15.000 Amsterdammers"], " op ",
            ["a", "https://www.brug.example", "onze site"], ".",
        ],
        ["p", "Een dorp."],
        ["ul", ["In de stad"]],
        ["p", "Einde"],
    ]  # fmt: skip
    assert letter.versions.count() == 1
    assert page.complaints == []


def test_a_dialog_closes_with_escape_and_changes_nothing(page, letter):
    write_at_end(page, "")
    page.locator('button[name="MERGE_FIELD"]').click()
    expect(page.locator(".sb-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".sb-dialog")).to_have_count(0)
    expect(page.locator(".sb-chip")).to_have_count(0)


def test_the_keyboard_alone_puts_a_chip_in(page, letter):
    write_at_end(page, "")
    page.keyboard.press("Enter")
    page.keyboard.type("/")
    wanted = page.get_by_role("option", name=re.compile("differs per recipient|per ontvanger"))
    expect(wanted).to_be_visible()
    for _ in range(page.get_by_role("option").count()):
        if wanted.get_attribute("aria-selected") == "true":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".sb-pick button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('.sb-chip[data-merge="organisatie"]')).to_have_count(1)


def test_a_colleague_who_saved_meanwhile_is_named_and_both_texts_are_kept(page, letter, bram):
    letters.save_draft(letter=letter, draft_number=0, values={"body": "<p>Van Bram.</p>"}, by=bram)
    write_at_end(page, " En van Alida.")
    banner = page.locator("#overtaken")
    expect(banner).to_contain_text("Bram de Test")
    expect(editor(page)).to_contain_text("En van Alida.")
    banner.get_by_role("button").first.click()
    expect(page.locator(".messages .success")).to_be_visible()
    expect(editor(page)).to_contain_text("En van Alida.")
    assert [version.content["body"]["blocks"] for version in letter.versions.all()] == [[["p", "Van Bram."]]]
    expect(page.locator("#restore")).to_be_hidden()


def test_text_that_could_not_be_saved_is_kept_on_this_computer_and_put_back(page, letter):
    page.route(
        "**/tekst/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    write_at_end(page, " Tijdens de storing.")
    expect(page.locator("#saved")).to_have_text(page.locator("#letter").get_attribute("data-late"))
    page.reload()
    expect(page.locator("#restore")).to_be_visible()
    page.unroute("**/tekst/")
    page.locator('[data-do="restore"]').click()
    expect(editor(page)).to_contain_text("Tijdens de storing.")
    expect(page.locator("#restore")).to_be_hidden()
    assert (
        contents.tree(Letter.objects.get(pk=letter.pk)).blocks[-1].children[0].value
        == f"{LAST} Tijdens de storing."
    )


def test_a_connection_that_comes_back_saves_by_itself(page, letter):
    page.context.set_offline(True)
    write_at_end(page, " Even weg.")
    expect(page.locator("#saved")).to_have_text(page.locator("#letter").get_attribute("data-late"))
    page.context.set_offline(False)
    assert saved(page, letter, than=0)[-1] == ["p", f"{LAST} Even weg."]


def test_leaving_by_a_link_saves_first_and_keeps_a_version(page, letter):
    write_at_end(page, " Snel weg.")
    page.locator(".sb-steps a").nth(2).click()
    expect(page).to_have_url(re.compile("/laatste-blik/$"))
    assert contents.tree(Letter.objects.get(pk=letter.pk)).blocks[-1].children[0].value == f"{LAST} Snel weg."
    assert letter.versions.count() == 1


def test_looking_without_writing_saves_nothing(page, letter):
    editor(page).click()
    page.locator(".sb-browse button").last.click()
    expect(page.locator(".sb-browse strong")).to_have_text("Stadslijst")
    page.locator(".sb-steps a").nth(1).click()
    expect(page).to_have_url(re.compile("/ontvangers/$"))
    letter.refresh_from_db()
    assert (letter.draft_number, letter.versions.count()) == (0, 0)


def test_names_under_the_letter_come_and_go(page, letter):
    rows = page.locator(".sb-signatory")
    rows.first.locator("input").first.fill("Anna de Vries")
    page.locator('[data-do="add-signatory"]').click()
    rows.last.locator("input").first.fill("Bram Bos")
    rows.first.locator("button").click()
    page.locator('button[value="save"]').last.click()
    expect(page.locator(".messages .success")).to_be_visible()
    assert [signatory.name for signatory in letter.signatories.all()] == ["Bram Bos"]


def test_a_link_from_the_last_look_leads_to_the_spot(page, live_server, letter):
    page.goto("about:blank")
    page.goto(f"{live_server.url}/beheer/brieven/{letter.pk}/tekst/#salutation")
    expect(page.locator("#id_salutation")).to_be_focused()


def test_a_logo_is_chosen_in_the_same_strict_page(page, live_server, letterhead):
    page.goto(f"{live_server.url}/beheer/briefpapier/edit/{letterhead.pk}/")
    page.locator("#id_logo-chooser button[data-chooser-action-choose]").last.click()
    expect(page.locator(".modal-dialog")).to_be_visible()
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_what_is_ours(page, live_server, letter, width):
    page.set_viewport_size({"width": width, "height": 844})
    found = {}
    write_at_end(page, " ")
    page.locator('button[name="MERGE_FIELD"]').click()
    found["dialog"] = violations(page, inside=".sb-dialog")
    page.locator(".sb-pick button").first.click()
    expect(page.locator(".sb-chip")).to_have_count(1)
    page.evaluate(
        "document.querySelectorAll('.sb-page details').forEach((folded) => { folded.open = true; })"
    )
    for address in ("text", "start"):
        if address == "start":
            page.goto(f"{live_server.url}/beheer/brieven/nieuw/")
        found[address] = violations(page, inside=".sb-page")
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert found == {"dialog": [], "text": [], "start": []}


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page, tmp_path, settings):
    large = tmp_path / "foto's.pdf"
    large.write_bytes(b"%PDF-" + b"0" * (settings.UPLOAD_LIMIT_MB * 1024 * 1024))
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    field = page.locator("[name=enclosure_file]")
    field.evaluate("field => field.closest('details')?.setAttribute('open', '')")
    field.set_input_files(large)
    page.locator("[name=do][value=enclose]").click()
    assert field.evaluate("field => field.validationMessage").startswith("Dit bestand is groter dan 25 MB.")
    assert "POST" not in sent
