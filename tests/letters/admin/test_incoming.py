"""What came in, on screen: reading it safely, and saying where it belongs."""

import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.models import ContactPoint, Mandate, OutgoingMessage, OutgoingState, Person
from crm.models.frozen_files import private_storage
from letters.actions import intake
from letters.models import IncomingMessage, MailboxFolder
from tests.letters.mails import answer, bounce, mail
from tests.letters.stories import send

pytestmark = pytest.mark.django_db

LIST = reverse("letters:incoming")
HOSTILE = (
    b"From: Anna <anna@elders.example>\r\nSubject: Zie dit\r\nDate: Tue, 5 Aug 2025 09:14:03 +0200\r\n"
    b"Message-ID: <h@elders.example>\r\nContent-Type: text/html\r\n\r\n"
    b"<p onclick=x()>Dag</p><script>alert(1)</script><img src=https://elders.example/pixel.gif width=1>"
)


@pytest.fixture
def sent(letter, alida, bram, cor):
    made = send(letter, alida, bram, cor)
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    return made


def take_in(raw):
    return intake.take_in(raw=raw, source="imap:INBOX", uid=str(hash(raw)))[0]


def page(client, url):
    return " ".join(client.get(url).content.decode().split())


def of(message):
    return reverse("letters:incoming_message", args=[message.pk])


def test_a_parked_message_is_listed_with_its_guess_and_placed_with_one_click(client, sent, alida):
    message = take_in(mail(sender=("Anna Bos", sent[0].address), subject="Uw schrijven"))
    client.force_login(alida)
    html = page(client, LIST)
    said = ["Uw schrijven", "Anna Bos", "Waarschijnlijk De Waag: afzender"]
    assert [words for words in said if words not in html] == []
    answer_ = client.post(of(message), {"do": "place", "recipient": sent[0].recipient_id}, follow=True)
    assert "Het staat nu bij de brief." in answer_.content.decode()
    assert [place.recipient for place in message.places.all()] == [sent[0].recipient]
    assert "Uw schrijven" not in page(client, LIST)
    assert "Uw schrijven" in page(client, LIST + "?toon=geplaatst")


def test_a_letter_is_looked_up_and_chosen_by_hand(client, sent, alida):
    message = take_in(mail("Wij doen mee.", subject="Vraag"))
    client.force_login(alida)
    html = page(client, of(message) + "?q=stadslijst")
    assert html.count('name="recipient"') == 1
    chosen = [dispatch.recipient_id for dispatch in sent[:2]]
    client.post(of(message), {"do": "place", "recipient": chosen})
    assert sorted(message.recipients.values_list("pk", flat=True)) == sorted(chosen)
    client.post(of(message), {"do": "take_away", "recipient": chosen[0]})
    assert list(message.recipients.values_list("pk", flat=True)) == chosen[1:]


def test_a_message_is_shown_without_anything_that_runs_or_loads(client, sent, alida):
    message = take_in(HOSTILE)
    client.force_login(alida)
    html = page(client, of(message))
    body = html[html.index("sb-mail") :]
    assert ("Dag" in body, "onclick" in html, "alert(1)" in html, "pixel.gif" in html) == (
        True,
        False,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("pixels", "words"),
    [
        (1, "1 volgpixel weggehaald: de afzender ziet niet dat je dit las."),
        (2, "2 volgpixels weggehaald: de afzender ziet niet dat je dit las."),
    ],
)
def test_pixels_that_would_tell_of_the_reading_are_counted_beside_the_message(
    client, sent, alida, pixels, words
):
    pixel = HOSTILE.rpartition(b"</script>")[2]
    client.force_login(alida)
    assert words in page(client, of(take_in(HOSTILE + pixel * (pixels - 1))))


def test_of_a_message_without_such_pixels_nothing_is_said(client, sent, alida):
    client.force_login(alida)
    assert "volgpixel" not in page(client, of(take_in(answer(sent[0]))))


def test_files_and_the_message_itself_are_saved_and_never_shown(client, sent, alida):
    raw = answer(sent[0], files=[('ra"pport.html', b"<script>alert(1)</script>", "text/html")])
    message = take_in(raw)
    client.force_login(alida)
    html = page(client, of(message))
    assert "text/html" in html
    path = html.split(f"{of(message)}bestand/")[1].split("/")[0]
    for url, data in [
        (reverse("letters:incoming_file", args=[message.pk, path]), b"<script>alert(1)</script>"),
        (reverse("letters:incoming_raw", args=[message.pk]), raw),
    ]:
        response = client.get(url)
        assert (response.content.strip(), response["Content-Type"], response["Content-Disposition"][:10]) == (
            data.strip(),
            "application/octet-stream",
            "attachment",
        )
    assert client.get(reverse("letters:incoming_file", args=[message.pk, "9.9"])).status_code == 404


def test_what_came_in_is_opened_from_the_letter_and_from_the_overview(client, letter, sent, alida):
    message = take_in(answer(sent[0]))
    parked = take_in(mail("Dag", subject="Vraag"))
    client.force_login(alida)
    assert of(message) in page(client, reverse("letters:follow", args=[letter.pk]))
    html = page(client, reverse("wagtailadmin_home"))
    assert ("Niet geplaatst" in html, LIST in html, of(parked) in html) == (True, True, False)


def test_a_saved_message_is_added_by_the_button(client, sent, alida):
    client.force_login(alida)
    file = SimpleUploadedFile("antwoord.eml", answer(sent[0]), content_type="message/rfc822")
    response = client.post(LIST, {"do": "upload", "message": file}, follow=True)
    assert "Het bericht is binnen: “Re: Ontmoeten in de buurt”." in response.content.decode()
    wrong = SimpleUploadedFile("verslag.eml", b"Beste mensen", content_type="message/rfc822")
    response = client.post(LIST, {"do": "upload", "message": wrong}, follow=True)
    assert "geen e-mailbericht" in response.content.decode()
    assert IncomingMessage.objects.count() == 1


@pytest.mark.parametrize(("who", "seen", "placed"), [("loes", 200, 0), ("otto", 302, 0), (None, 302, 0)])
def test_who_may_read_and_who_may_place(client, request, sent, who, seen, placed):
    message = take_in(mail(sender=("Anna Bos", sent[0].address), subject="Uw schrijven"))
    if who:
        client.force_login(request.getfixturevalue(who))
    assert (client.get(LIST).status_code, client.get(of(message)).status_code) == (seen, seen)
    for do in ("place", "set_aside", "bring_back", "take_away"):
        client.post(of(message), {"do": do, "recipient": sent[0].recipient_id})
    raw = client.get(reverse("letters:incoming_raw", args=[message.pk])).status_code
    message.refresh_from_db()
    assert (message.places.count(), message.state, raw == 200) == (placed, "parked", seen == 200)


def test_a_mailbox_that_cannot_be_read_is_named_with_its_remedy(client, settings, alida, letterhead):
    settings.IMAP = {**settings.IMAP, "host": "imap.brug.example"}
    MailboxFolder.objects.create(source="imap:INBOX", folder="INBOX", problem="credentials", detail="no")
    client.force_login(alida)
    html = page(client, LIST)
    assert "IMAP_USERNAME" in html
    assert "Elk bericht vond zijn plek." in html
    assert "IMAP_USERNAME" in page(client, "/beheer/")
    settings.IMAP_FOLDERS = ["Antwoorden"]
    assert "IMAP_USERNAME" not in page(client, LIST)


def test_what_is_wrong_with_a_message_is_said_where_it_is_read(client, sent, alida):
    raw = mail("Zie boven.", sender=("\u202eAnna", "anna@elders.example"), subject="Groot bericht")
    message, _ = intake.take_in(raw=raw, source="imap:INBOX", uid="1", is_whole=False)
    client.force_login(alida)
    html = page(client, of(message))
    assert "alleen het begin is binnengehaald" in html
    assert "tekens waardoor er iets anders lijkt te staan" in html


def test_a_sender_we_do_not_know_is_added_with_one_click(client, sent, alida, parties):
    domain = sent[0].address.partition("@")[2]
    message = take_in(mail(sender=("Anna Bos", f"anna.bos@{domain}"), subject="Uw schrijven"))
    client.force_login(alida)
    html = client.get(of(message)).content.decode()
    ways = dict(re.findall(r'<a href="([^"]+)">(Voeg [^<]+)</a>', html))
    to_party, to_person = ways
    assert list(ways.values()) == ["Voeg dit adres toe bij De Waag", "Voeg de afzender toe als persoon"]
    form = client.get(unescape(to_party)).content.decode()
    assert f'value="anna.bos@{domain}"' in form
    assert 'value="Anna Bos"' in form
    form = client.get(unescape(to_person)).content.decode()
    assert 'value="Anna Bos"' in form
    added = client.post(
        reverse("crm:person_add"), {"name": "Anna Bos", "email": f"anna.bos@{domain}", "source": "E-mail"}
    )
    assert Person.objects.get().family_name == "Bos"
    assert ContactPoint.objects.filter(value=f"anna.bos@{domain}").count() == 0
    assert f'value="anna.bos@{domain}"' in client.get(added.url).content.decode()


def test_a_new_address_of_somebody_we_know_is_added_to_them(client, sent, alida):
    willem = Person.objects.create(given_name="Willem", name_prefix="van der", family_name="Linden")
    Mandate.objects.create(person=willem, organisation=sent[0].recipient.organisation, post="chair")
    other = Person.objects.create(given_name="Anna", family_name="Bos")
    message = take_in(mail(sender=("Willem van der Linden", "w@elders.example"), subject="Vraag"))
    client.force_login(alida)
    html = page(client, of(message))
    assert "Is dit Willem van der Linden (voorzitter De Waag)?" in html
    assert "Ja, voeg dit adres bij deze persoon toe" in html
    assert "Deze afzender kennen we nog niet" not in html
    client.post(of(message), {"do": "same_person", "person": other.pk})
    assert not other.contact_points.exists()
    answer_ = client.post(of(message), {"do": "same_person", "person": willem.pk}, follow=True)
    assert answer_.redirect_chain[-1][0] == of(message)
    assert "Het adres staat nu bij Willem van der Linden." in answer_.content.decode()
    point = willem.contact_points.get()
    assert (point.value, point.source) == ("w@elders.example", "E-mail “Vraag”")
    assert "Is dit Willem" not in page(client, of(message))
    assert f'href="/beheer/brieven/nieuw/?person={willem.pk}"' in client.get(of(message)).content.decode()
    assert "Schrijf Willem van der Linden een brief" in page(client, of(message))


def test_a_sender_we_know_or_who_is_nobody_is_not_offered(client, sent, alida):
    client.force_login(alida)
    known = take_in(mail(sender=("Anna Bos", sent[0].address), subject="Uw schrijven"))
    assert "Deze afzender kennen we nog niet" not in page(client, of(known))
    returned = take_in(bounce(sent[0]))
    assert "Deze afzender kennen we nog niet" not in page(client, of(returned))
    assert "een brief</a>" not in client.get(of(returned)).content.decode()


def test_a_sender_is_offered_only_to_who_may_add(client, sent, loes):
    message = take_in(mail(sender=("Anna Bos", "anna@elders.example"), subject="Vraag"))
    client.force_login(loes)
    assert "Deze afzender kennen we nog niet" not in page(client, of(message))


def test_a_long_list_costs_as_many_queries_as_a_short_one(client, sent, alida):
    client.force_login(alida)
    counts = []
    for number in range(12):
        take_in(mail(f"Bericht {number}", sender=("Anna Bos", sent[0].address), subject=f"Vraag {number}"))
        if number in (0, 11):
            client.get(LIST)
            with CaptureQueriesContext(connection) as queries:
                client.get(LIST)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_message_whose_bytes_are_away_says_so(client, sent, alida, loes):
    message = take_in(answer(sent[0], "Wij doen mee.", files=[("plan.pdf", b"%PDF-", "application/pdf")]))
    client.force_login(alida)
    path = page(client, of(message)).split(f"{of(message)}bestand/")[1].split("/")[0]
    file = reverse("letters:incoming_file", args=[message.pk, path])
    urls = [
        file,
        *(reverse(f"letters:{name}", args=[message.pk]) for name in ("incoming_raw", "public_copies")),
    ]
    assert {client.get(url).status_code for url in urls} == {200}
    place = message.raw.place
    private_storage().delete(place)
    for _trouble in ("away", "damaged"):
        assert "Dit bericht is hier niet (meer) te lezen." in page(client, of(message))
        assert {client.get(url).status_code for url in urls} == {404}
        private_storage().save(place, ContentFile(b"Subject: iets anders"))


def test_what_they_quote_in_plain_text_is_folded_and_what_they_pass_on_is_not(client, sent, alida):
    client.force_login(alida)
    quoting = "Wij doen mee.\n\nOp 29 juli 2025 schreef Netwerk De Brug:\n> Wij vragen aandacht.\n> Groet\n"
    html = page(client, of(take_in(answer(sent[0], quoting))))
    assert html.index("Wij doen mee.") < html.index("<details") < html.index("Wij vragen aandacht.")


def test_who_passed_a_message_on_is_said(client, sent, alida, bram):
    marker = "---------- Doorgestuurd bericht ----------"
    said = f"Ter info.\n\n{marker}\nVan: Anna Bos <{sent[0].address}>\nOnderwerp: Re\n\nJa.\n"
    message = take_in(mail(said, sender=("Bram de Test", bram.email), subject="FW: Re"))
    client.force_login(alida)
    assert "doorgestuurd door Bram de Test" in page(client, of(message))
    assert "doorgestuurd door" not in page(client, of(take_in(answer(sent[0]))))
