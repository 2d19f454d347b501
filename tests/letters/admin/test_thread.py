"""The thread with one recipient on screen: reading, the six buttons, writing back, and whose turn it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from crm.actions.changing import version
from letters.actions import intake, replying
from letters.admin.thread import thread_url
from letters.models import Answer, Reply, StandardText
from tests.letters.admin.samples import one_page
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db

TURNS = reverse("letters:turns")


@pytest.fixture
def sent(letter, alida, bram, cor):
    return arrive(letter, alida, bram, cor, at=MOMENT)


@pytest.fixture
def came(sent):
    raw = answer(sent[0], "Kunnen jullie langskomen?\n<b>Echt</b>")
    return intake.take_in(raw=raw, source="imap:INBOX", uid="1")[0].places.get().answer


def thread(recipient):
    return reverse("letters:thread", args=[recipient.letter_id, recipient.pk])


def page(client, url, **values):
    return " ".join(client.get(url, values).content.decode().split())


def test_from_our_turn_to_theirs(client, sent, came, alida):
    client.force_login(alida)
    overview = page(client, "/beheer/")
    assert "<strong>1</strong> Wij zijn aan zet" in overview
    listed = page(client, TURNS)
    assert thread(came.recipient) in listed
    assert "Lees hun antwoord" in listed
    html = page(client, thread(came.recipient))
    assert "Kunnen jullie langskomen?<br>&lt;b&gt;Echt&lt;/b&gt;" in html
    client.post(thread(came.recipient), {"do": "judge", "answer": came.pk, "holds": "invites"})
    html = page(client, thread(came.recipient))
    assert 'value="invites" aria-pressed="true"' in html
    assert "Wij zijn aan zet: ze nodigen ons uit." in html
    client.post(thread(came.recipient), {"do": "write", "answer": came.pk})
    draft = Reply.objects.get()
    typed = {"reply": draft.pk, "address": draft.address, "subject": draft.subject, "text": "Graag, dinsdag."}
    html = client.post(
        thread(came.recipient), {"do": "send", **typed, "expects_answer": "on"}, follow=True
    ).content.decode()
    assert f"Je bericht aan {draft.address} gaat nu weg." in html
    assert "Zij zijn aan zet" in html
    assert thread(came.recipient) in page(client, TURNS, wie="zij")
    assert "Er wacht niets op ons." in page(client, TURNS)


def test_the_same_buttons_stand_beside_the_message(client, came, alida):
    client.force_login(alida)
    url = reverse("letters:incoming_message", args=[came.place.message_id])
    assert thread(came.recipient) in page(client, url)
    for name, holds in (("asks", True), ("declines", True), ("asks", False)):
        press, is_pressed = ("holds", "false") if holds else ("no_more", "true")
        assert f'name="{press}" value="{name}" aria-pressed="{is_pressed}"' in page(client, url)
        client.post(url, {"do": "judge", "answer": came.pk, press: name})
        came.refresh_from_db()
        assert getattr(came, name) is holds
    assert came.meanings == ["declines"]


def test_a_double_click_ends_with_what_was_pressed(client, came, alida):
    client.force_login(alida)
    for press, meanings in (("holds", ["asks"]), ("no_more", [])):
        for _click in range(2):
            client.post(thread(came.recipient), {"do": "judge", "answer": came.pk, press: "asks"})
        came.refresh_from_db()
        assert came.meanings == meanings


def test_an_acknowledgement_takes_the_place_of_the_others_and_they_of_it(client, came, alida):
    client.force_login(alida)
    for name, meanings in (("asks", ["asks"]), ("acknowledges", ["acknowledges"]), ("invites", ["invites"])):
        client.post(thread(came.recipient), {"do": "judge", "answer": came.pk, "holds": name})
        came.refresh_from_db()
        assert came.meanings == meanings
    html = client.post(
        thread(came.recipient), {"do": "judge", "answer": came.pk, "holds": "x"}, follow=True
    ).content.decode()
    assert "Kies wat dit antwoord inhoudt." in html


def test_a_button_for_an_answer_that_is_not_on_the_screen_does_nothing(client, sent, came, alida):
    client.force_login(alida)
    other = thread(sent[1].recipient)
    html = client.post(
        other, {"do": "judge", "answer": came.pk, "holds": "asks"}, follow=True
    ).content.decode()
    assert "Dat antwoord staat hier niet" in html
    came.refresh_from_db()
    assert came.meanings == []


def test_what_two_people_typed_stays(client, came, alida, bram):
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    client.force_login(bram)
    html = page(client, thread(came.recipient))
    seen = html.split('name="seen" value="')[1].split('"')[0]
    replying.save(
        reply=draft, address=draft.address, subject="Re", text="Van Alida.", expects_answer=True, by=alida
    )
    typed = {"reply": draft.pk, "address": draft.address, "subject": "Re", "text": "Van Bram.", "seen": seen}
    response = client.post(thread(came.recipient), {"do": "save", **typed})
    html = response.content.decode()
    assert (response.status_code, "Van Bram." in html, "Van Alida." in html) == (409, True, True)


def test_a_refused_message_keeps_what_was_typed(client, came, alida):
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    client.force_login(alida)
    typed = {"reply": draft.pk, "address": "geen adres", "subject": "Re", "text": "Wij komen."}
    html = client.post(thread(came.recipient), {"do": "send", **typed}, follow=True).content.decode()
    assert "“geen adres” is geen e-mailadres." in html
    assert "Wij komen." in html


def test_a_standard_text_is_put_in_and_nothing_typed_is_lost(client, came, alida):
    text = StandardText.objects.create(title="Wie wij zijn", body="<p>Een dorp in de stad.</p>")
    client.force_login(alida)
    here = thread_url(came.recipient)
    client.post(here, {"do": "write", "answer": came.pk})
    draft = Reply.objects.get()
    values = {"reply": draft.pk, "address": draft.address, "subject": draft.subject, "text": "Dank u."}
    none = client.post(here, {**values, "do": "insert"}, follow=True)
    assert "Kies eerst een standaardtekst." in none.content.decode()
    client.post(here, {**values, "do": "insert", "standard": text.pk})
    draft.refresh_from_db()
    assert draft.text == "Dank u.\n\nEen dorp in de stad."


def test_follow_says_whose_turn_it_is(client, sent, came, alida):
    client.force_login(alida)
    html = page(client, reverse("letters:follow", args=[sent[0].letter_id]))
    assert "<strong>Wij</strong>: lees hun antwoord" in html
    assert "Zij: we schreven op" in html


def test_a_reader_sees_and_presses_nothing(client, came, loes):
    client.force_login(loes)
    html = page(client, thread(came.recipient))
    assert "Kunnen jullie langskomen?" in html
    assert 'value="judge"' not in html
    client.post(thread(came.recipient), {"do": "judge", "answer": came.pk, "holds": "asks"})
    assert Answer.objects.get().judged_at is None


def test_the_exact_message_can_be_saved(client, came, alida):
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    values = {"address": draft.address, "subject": "Re", "text": "Goed.", "expects_answer": False}
    replying.send(reply=replying.save(reply=draft, by=alida, **values), by=alida)
    client.force_login(alida)
    url = reverse("letters:sent_reply", args=[came.recipient.letter_id, came.recipient.pk, draft.pk])
    draft.refresh_from_db()
    assert client.get(url).content == draft.outgoing.raw.read()


@pytest.mark.parametrize("where", ["?wie=niemand", "?p=999", "?p=x"])
def test_odd_addresses_of_the_list(client, alida, where):
    client.force_login(alida)
    assert client.get(TURNS + where).status_code == (404 if "niemand" in where else 200)


def test_what_is_typed_is_kept_meanwhile(client, came, alida, bram):
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    client.force_login(alida)
    typed = {"reply": draft.pk, "address": draft.address, "subject": "Re", "do": "autosave"}
    first = client.post(thread(came.recipient), {**typed, "text": "Wij kom", "seen": version(draft)})
    assert (first.status_code, first.json()["saved"][:11]) == (200, "Bewaard om ")
    again = {**typed, "text": "Wij komen.", "seen": first.json()["seen"]}
    assert client.post(thread(came.recipient), again).status_code == 200
    draft.refresh_from_db()
    assert draft.text == "Wij komen."
    client.force_login(bram)
    late = client.post(thread(came.recipient), {**again, "text": "Van Bram."})
    assert late.status_code == 409
    assert late.json()["problem"].startswith("Iemand anders wijzigde dit ondertussen ook.")
    same = client.post(thread(came.recipient), {**again, "seen": "van eerder"})
    assert (same.status_code, same.json()["seen"]) == (200, version(Reply.objects.get()))
    draft.refresh_from_db()
    assert draft.text == "Wij komen."


def sending(draft, **values):
    kept = {
        "reply": draft.pk,
        "address": draft.address,
        "subject": "Re",
        "text": "Hierbij.",
        "seen": version(draft),
    }
    return {**kept, "do": "send", **values}


def test_a_file_that_was_chosen_goes_along_whatever_button_is_pressed(client, came, alida):
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    client.force_login(alida)
    file = SimpleUploadedFile("voorbeelden.pdf", one_page(), content_type="application/pdf")
    client.post(thread(came.recipient), sending(draft, file=file))
    draft.refresh_from_db()
    assert (draft.outgoing is not None, [one.name for one in draft.files.all()]) == (
        True,
        ["voorbeelden.pdf"],
    )
    assert b"voorbeelden.pdf" in draft.outgoing.raw.read()


def test_a_file_that_cannot_go_along_holds_the_message_and_nothing_is_lost(client, came, alida):
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    client.force_login(alida)
    file = SimpleUploadedFile("foto.pdf", b"geen pdf", content_type="application/pdf")
    client.post(thread(came.recipient), sending(draft, file=file))
    draft.refresh_from_db()
    assert (draft.outgoing, draft.text) == (None, "Hierbij.")


def test_a_standard_text_that_was_chosen_and_not_put_in_holds_the_message(client, came, alida):
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    text = StandardText.objects.create(title="Wie wij zijn", body="<p>Een dorp in de stad.</p>")
    client.force_login(alida)
    held = client.post(thread(came.recipient), sending(draft, standard=text.pk), follow=True)
    assert "Je koos een standaardtekst, maar die staat er nog niet in." in held.content.decode()
    draft.refresh_from_db()
    assert draft.outgoing is None


def test_after_a_button_one_is_back_where_it_was(client, came, alida):
    client.force_login(alida)
    pressed = client.post(thread(came.recipient), {"do": "judge", "answer": came.pk, "holds": "asks"})
    assert pressed["Location"].endswith(f"#hun-antwoord-{came.pk}")
    assert f'id="hun-antwoord-{came.pk}"' in page(client, thread(came.recipient))
