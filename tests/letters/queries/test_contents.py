"""What a letter says, and the hash that approval is bound to."""

import datetime
import json

import pytest

from crm.actions import contact_points, organisations
from crm.document.richtext import RichTextError
from crm.models import ContactPoint, Network
from letters.actions import dispatching, enclosures, letters, recipients
from letters.models import Letter, Letterhead
from letters.queries import contents
from letters.queries.recipients import of as recipients_of
from tests.letters.admin.samples import one_page
from tests.letters.conftest import DAY, party
from tests.letters.stories import all_becomes_different, logo, make_ready

pytestmark = pytest.mark.django_db


def hash_of(letter):
    return contents.content(Letter.objects.get(pk=letter.pk)).hash


def save(letter, by, **values):
    current = Letter.objects.get(pk=letter.pk)
    letters.save_draft(letter=current, draft_number=current.draft_number, values=values, by=by)


def with_letterhead(**values):
    return lambda letter, by: Letterhead.objects.update(**values)


def with_place(letter, by):
    Letterhead.objects.update(place="")
    network = Network.load()
    network.place = "Brugstad"
    network.save()


CHANGES = {
    "subject": lambda letter, by: save(letter, by, subject="Ontmoeten in de wijk"),
    "salutation for all": lambda letter, by: save(letter, by, salutation="Beste mensen"),
    "a word": lambda letter, by: save(letter, by, body=letter.body.replace("aandacht", "ruimte")),
    "bold": lambda letter, by: save(letter, by, body=letter.body.replace("elke", "<b>elke</b>")),
    "a paragraph less": lambda letter, by: save(letter, by, body=letter.body.split("</p>")[0] + "</p>"),
    "closing": lambda letter, by: save(letter, by, closing="Groet"),
    "sign-off": lambda letter, by: save(letter, by, sign_off="Namens ons"),
    "day": lambda letter, by: save(letter, by, dated_on=DAY + datetime.timedelta(days=1)),
    "kind": lambda letter, by: save(letter, by, kind="note"),
    "to whom there": lambda letter, by: save(letter, by, purpose="board"),
    "enclosure": lambda letter, by: enclosures.add(letter=letter, title="X", data=one_page(), by=by),
    "promise": lambda letter, by: enclosures.promise(letter=letter, title="Rapport", by=by),
    "signatory": lambda letter, by: letters.set_signatories(letter=letter, names=[("Anna", "")], by=by),
    "one more recipient": lambda letter, by: recipients.add(
        letter=letter, organisations_=[party("Nieuw Geluid")], by=by
    ),
    "one recipient less": lambda letter, by: recipients.remove(recipient=letter.recipients.first(), by=by),
    "words for one": lambda letter, by: recipients.set_words(
        recipient=letter.recipients.first(), salutation="Beste Anna", own_paragraph="", by=by
    ),
    "a paragraph for one": lambda letter, by: recipients.set_words(
        recipient=letter.recipients.first(), salutation="", own_paragraph="Voor jullie.", by=by
    ),
    "sender": with_letterhead(sender_name="Netwerk De Overkant"),
    "address of the sender": with_letterhead(sender_lines="Kade 1"),
    "reply address": with_letterhead(reply_address="ander@brug.example"),
    "telephone": with_letterhead(phone="020 000 00 00"),
    "website": with_letterhead(website="www.brug.example"),
    "place": with_letterhead(place="Brugstad"),
    "place of the network": with_place,
    "window": with_letterhead(window="right"),
    "colour": with_letterhead(accent_colour="#14532d"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_printed_changes_the_hash(letter, alida, change):
    before = hash_of(letter)
    change(letter, alida)
    assert hash_of(letter) != before


def mend_the_gap(letter, by):
    gap = letter.recipients.get(contact_point=None)
    recipients.mend(recipient=gap, by=by, kind="email", value="post@zonder.example")


def other_way(letter, by):
    first = letter.recipients.first()
    point = ContactPoint.objects.create(
        organisation=first.organisation, kind="post", purpose="board", street="Kade 1", town="Brug"
    )
    recipients.address(recipient=first, channel="post", point=point, by=by)


def mend_an_address(letter, by):
    point = letter.recipients.first().contact_point
    contact_points.change(point=point, value="nieuw@waag.example", by=by)


NO_CHANGES = {
    "noise of the editor": lambda letter, by: save(
        letter, by, body=letter.body.replace("<p>", '<p data-block-key="x1y2z">')
    ),
    "a gap that is mended": mend_the_gap,
    "another way": other_way,
    "another address": mend_an_address,
    "level": lambda letter, by: save(letter, by, level="city"),
    "name of the letterhead": with_letterhead(name="Anders genoemd"),
    "closing that the letter has itself": with_letterhead(closing="Groet"),
    "order of the list": lambda letter, by: letter.recipients.filter(name="De Waag").update(position=99),
    "a locked list": lambda letter, by: recipients.lock(letter=letter, by=by),
    "a party that changes its name": lambda letter, by: organisations.rename(
        organisation=letter.recipients.first().organisation, name="Nieuw", from_on=DAY, by=by
    ),
}


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_addresses_and_noise_leave_the_hash(letter, alida, change):
    before = hash_of(letter)
    change(letter, alida)
    assert hash_of(letter) == before


def test_the_content_comes_back_from_storage_as_it_went_in(letter, alida):
    enclosures.promise(letter=letter, title="Rapport", by=alida)
    letters.set_signatories(letter=letter, names=[("Anna", "voorzitter")], by=alida)
    content = contents.content(letter)
    version = letters.make_version(letter=letter, by=alida)
    version.refresh_from_db()
    assert (version.content, version.content_hash) == (content.data, content.hash)
    assert json.loads(json.dumps(content.data)) == content.data


def test_what_differs_is_named_in_the_order_of_the_letter(letter, alida):
    then = contents.content(letter).data
    now = {**then, "recipients": [], "subject": "Anders", "letterhead": {}}
    assert contents.changed_parts(then, now) == ["subject", "letterhead", "recipients"]
    assert contents.changed_parts(then, dict(then)) == []


def test_a_stored_text_that_no_letter_can_hold_is_never_shown_as_something_else(letter):
    letter.body = "<p>Dag</p><script>alert(1)</script>"
    with pytest.raises(RichTextError):
        contents.tree(letter)


# The pages.


def paragraphs(page):
    return ["".join(getattr(child, "value", "?") for child in block.children) for block in page.body.blocks]


@pytest.fixture
def page_of(letter):
    def page(name):
        return contents.Layout.of(letter).page(letter.recipients.get(name=name))

    return page


def test_every_recipient_has_a_page_of_its_own(page_of):
    waag, samenspraak = page_of("De Waag"), page_of("Samenspraak")
    assert (waag.salutation, waag.address_lines) == (
        "Geachte programmacommissie van De Waag",
        ("De Waag", "t.a.v. de programmacommissie"),
    )
    assert (samenspraak.salutation, samenspraak.address_lines) == (
        "Geacht bestuur van Samenspraak",
        ("Samenspraak", "t.a.v. het bestuur", "Verzonnenkade 1", "1099 ZZ  AMSTERDAM"),
    )
    assert waag.body == samenspraak.body


def test_a_paragraph_for_one_stands_at_the_end_or_where_its_field_is(letter, page_of):
    letter.recipients.filter(name="De Waag").update(own_paragraph="Voor\njullie.\n\nEn nog iets.")
    assert paragraphs(page_of("De Waag"))[2:] == ["Voor?jullie.", "En nog iets."]
    assert len(paragraphs(page_of("Stadslijst"))) == 2
    letter.body = '<p><span data-merge="eigen_alinea">x</span></p><p>Slot.</p>'
    assert paragraphs(page_of("De Waag")) == ["Voor?jullie.", "En nog iets.", "Slot."]
    assert paragraphs(page_of("Stadslijst")) == ["Slot."]


def test_promised_enclosures_are_not_listed_and_attached_ones_are(letter, alida, page_of):
    enclosures.promise(letter=letter, title="Rapport", by=alida)
    enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    assert page_of("De Waag").enclosures == ("Jaarverslag",)


def test_what_the_letter_leaves_open_comes_from_letterhead_and_network(letter, letterhead, page_of):
    letter.closing = letter.sign_off = ""
    letter.letterhead.place = ""
    page = page_of("De Waag")
    assert (page.closing, page.sign_off, page.place) == (
        "Met vriendelijke groet",
        "De commissie van het Netwerk De Brug",
        "Amsterdam",
    )


def test_the_sender_stands_in_one_line_above_the_address(page_of):
    head = page_of("De Waag").letterhead
    assert head.return_line == "Netwerk De Brug · Postbus 1 · 1000 AA Amsterdam"


def test_a_sample_shows_where_the_fields_are_and_a_public_copy_no_address(letter):
    layout = contents.Layout.of(letter)
    assert layout.sample().address_lines == ("‹adres van de ontvanger›",)
    public = layout.sample(public_copy=True)
    assert (public.address_lines, public.salutation, public.public_copy) == ((), "", True)


def test_pages_of_many_recipients_need_no_further_questions(letter, alida, django_assert_num_queries):
    many = [party(f"Partij {number}", email=f"p{number}@partij.example") for number in range(20)]
    recipients.add(letter=letter, organisations_=many, by=alida)
    layout = contents.Layout.of(Letter.objects.select_related("letterhead").get(pk=letter.pk))
    found = list(recipients_of(letter))
    with django_assert_num_queries(0):
        pages = [layout.page(recipient) for recipient in found]
    assert len({page.salutation for page in pages}) == 24


# What was agreed.


@pytest.fixture
def ready(letter, letterhead, alida, bram, cor):
    """A letter that was made ready with a logo, an enclosure, a name under it and words of the letterhead."""
    Letterhead.objects.update(logo=logo("red"))
    letter.refresh_from_db()
    enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    letters.set_signatories(letter=letter, names=[("Anna", "voorzitter")], by=alida)
    field = '<p>Wij schrijven <span data-merge="organisatie">x</span>.</p>'
    save(letter, alida, closing="", sign_off="", body=letter.body + field)
    letter.refresh_from_db()
    make_ready(letter, alida, bram, cor)
    return letter


def all_pages(letter):
    layout = contents.Layout.of(Letter.objects.get(pk=letter.pk))
    return [layout.sample(public_copy=True), *(layout.page(each) for each in recipients_of(letter))]


def test_whatever_becomes_different_what_was_agreed_is_what_is_shown(ready):
    before = all_pages(ready)
    assert before[0].letterhead.logo is not None
    assert paragraphs(before[2])[-1] == "Wij schrijven de Stadslijst."
    all_becomes_different()
    assert all_pages(ready) == before


def test_the_files_that_go_along_are_those_of_the_version(ready):
    (title, file), *rest = contents.Layout.of(ready).files
    assert (title, file.sha256, rest) == (
        "Jaarverslag",
        ready.frozen_version.content["enclosures"][0][1],
        [],
    )
    assert list(ready.frozen_version.files.all()) == [file]


def test_a_letter_that_was_opened_again_follows_its_letterhead_again(ready, alida):
    dispatching.thaw(letter=ready, by=alida)
    all_becomes_different()
    page = all_pages(ready)[2]
    assert (page.letterhead.sender_name, page.closing, page.place, page.salutation) == (
        "Netwerk De Overkant",
        "De groeten",
        "Overkant",
        "Geachte redactie",
    )
