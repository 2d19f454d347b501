"""The steps Send and Follow, by what the user sees."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.actions import heartbeats
from crm.models import ContactPoint, OutgoingMessage, OutgoingState
from letters.actions import dispatching
from letters.models import Letter, LetterState
from tests.letters.stories import make_ready, send

pytestmark = pytest.mark.django_db


def page(client, letter, step):
    return " ".join(client.get(reverse(f"letters:{step}", args=[letter.pk])).content.decode().split())


def press(client, letter, step, do, **data):
    return client.post(reverse(f"letters:{step}", args=[letter.pk]), {"do": do, **data}, follow=True)


def test_before_sending_everything_that_was_made_can_be_looked_at(client, letter, alida, bram, cor):
    made = make_ready(letter, alida, bram, cor)
    client.force_login(alida)
    html = page(client, letter, "dispatch")
    said = ["2 per e-mail, 1 per post, 1 kan niet", "Verstuur 2 e-mails", "Daarna print je hier 1 brief"]
    assert [words for words in said if words not in html] == []
    links = [reverse("letters:sent_pdf", args=[letter.pk, dispatch.pk]) for dispatch in made]
    assert [html.count(link) for link in links] == [1, 1, 1]


def test_a_letter_that_came_back_is_noted_with_its_reason(client, letter, alida, bram, cor, parties):
    by_post = send(letter, alida, bram, cor)[2]
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    client.force_login(alida)
    assert "Ja, hij kwam terug" in page(client, letter, "follow")
    press(
        client, letter, "follow", "returned", dispatch=by_post.pk, returned_on="vandaag?", reason="verhuisd"
    )
    assert parties[2].contact_points.get().status == "unchecked"
    today = f"{timezone.localdate():%d-%m-%Y}"
    press(client, letter, "follow", "returned", dispatch=by_post.pk, returned_on=today, reason="verhuisd")
    html = page(client, letter, "follow")
    assert ("Ja, hij kwam terug" in html, "kwam terug" in html) == (False, True)
    assert parties[2].contact_points.get().status == "failing"


def test_an_email_that_did_not_arrive_is_noted_and_asks_for_an_address(
    client, letter, alida, bram, cor, parties
):
    by_mail = send(letter, alida, bram, cor)[0]
    type(by_mail.outgoing).objects.filter(pk=by_mail.outgoing_id).update(state=OutgoingState.ACCEPTED)
    client.force_login(alida)
    assert page(client, letter, "follow").count("Ja, het kwam niet aan") == 1
    press(client, letter, "follow", "bounced", dispatch=by_mail.pk, reason="Ze kregen niets")
    html = page(client, letter, "follow")
    assert ("Ja, het kwam niet aan" in html, "Kwam niet aan bij De Waag" in html) == (False, True)
    assert parties[0].contact_points.get().status == "failing"


def test_a_gap_is_left_at_that_and_can_be_filled_later(client, letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    client.force_login(alida)
    gap = letter.recipients.get(name="Zonder Adres")
    assert "Zonder Adres kreeg geen brief" in page(client, letter, "follow")
    press(client, letter, "follow", "give_up", recipient=gap.pk, reason="opgeheven")
    html = page(client, letter, "follow")
    said = ["Zonder Adres kreeg geen brief", "We lieten het erbij: opgeheven"]
    assert [words in html for words in said] == [False, True]
    press(client, letter, "follow", "resend", recipient=gap.pk, value="post@zonder.example")
    assert letter.dispatches.filter(recipient=gap).count() == 1
    assert "We lieten het erbij" not in page(client, letter, "follow")


def test_a_refused_address_stays_in_the_form_and_is_not_kept_with_the_party(
    client, letter, alida, bram, cor, parties
):
    by_mail = send(letter, alida, bram, cor)[0]
    type(by_mail.outgoing).objects.filter(pk=by_mail.outgoing_id).update(state=OutgoingState.REFUSED)
    client.force_login(alida)
    where = {"dispatch": by_mail.pk, "source": "hun site"}
    for value, because in [
        ("post@stadslijst.example", "al eerder naar post@stadslijst.example gestuurd"),
        ("geen adres", "Typ het adres opnieuw"),
    ]:
        html = press(client, letter, "follow", "resend", value=value, **where).content.decode()
        assert [words in html for words in (because, f'value="{value}"', 'value="hun site"')] == [True] * 3
    assert [str(point) for point in parties[0].contact_points.all()] == ["programma@waag.example"]


def test_an_email_and_a_postal_address_at_once_are_not_guessed_between(client, letter, alida, bram, cor):
    by_post = send(letter, alida, bram, cor)[2]
    client.force_login(alida)
    both = {"value": "post@samenspraak.example", "street": "Kade 1", "postcode": "1011 AB", "town": "Brug"}
    html = press(client, letter, "follow", "resend", dispatch=by_post.pk, **both).content.decode()
    assert ("niet allebei" in html, 'value="Kade 1"' in html, letter.dispatches.count()) == (True, True, 3)


def test_an_envelope_still_to_post_can_go_another_way(client, letter, alida, bram, cor):
    by_post = send(letter, alida, bram, cor)[2]
    client.force_login(alida)
    assert page(client, letter, "follow").count("Stuur hem op een andere manier") == 1
    press(client, letter, "follow", "resend", dispatch=by_post.pk, value="post@samenspraak.example")
    assert "Stuur hem op een andere manier" not in page(client, letter, "follow")
    assert "Er is niets te printen" not in page(client, letter, "dispatch")


def test_the_list_says_what_is_still_to_be_posted(client, letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    client.force_login(alida)
    index = " ".join(client.get(reverse("letters:index")).content.decode().split())
    assert "· 1 nog te posten" in index


def test_a_letter_is_put_away_and_brought_back(client, letter, alida):
    client.force_login(alida)
    nothing = client.get(reverse("letters:index"), {"groep": "dropped"}).content.decode()
    assert "Er is geen brief weggelegd." in nothing
    assert "Leg deze brief weg" in page(client, letter, "follow")
    press(client, letter, "dispatch", "put_away")
    letter.refresh_from_db()
    assert letter.state == LetterState.DROPPED
    assert "Haal weer tevoorschijn" in page(client, letter, "dispatch")
    press(client, letter, "dispatch", "take_up")
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT


def test_what_left_is_not_put_away_and_a_reader_puts_nothing_away(client, letter, alida, bram, cor, loes):
    client.force_login(loes)
    assert "Leg deze brief weg" not in page(client, letter, "dispatch")
    send(letter, alida, bram, cor)
    client.force_login(alida)
    assert "Leg deze brief weg" not in page(client, letter, "follow")


def test_a_letter_of_the_past_is_sent_and_has_nothing_to_send(client, letter, alida):
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.RECORDED)
    client.force_login(alida)
    assert "4 brieven verstuurd, achteraf vastgelegd" in page(client, letter, "follow")
    answer = client.get(reverse("letters:dispatch", args=[letter.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("letters:follow", args=[letter.pk]))


STOOD_STILL = "Het versturen staat stil: het bezorgprogramma draait niet."


def test_that_nobody_delivers_is_said_wherever_one_waits_for_it(client, letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    client.force_login(alida)

    def said():
        shown = [
            page(client, letter, "dispatch"),
            page(client, letter, "follow"),
            client.get("/beheer/").content.decode(),
        ]
        progress = client.get(reverse("letters:progress", args=[letter.pk])).json()
        return [STOOD_STILL in text for text in (*shown, progress["problem"])]

    assert said() == [True] * 4
    heartbeats.beat("bezorger")
    assert said() == [False] * 4


def test_an_address_that_stands_in_the_address_book_is_offered_where_a_letter_did_not_arrive(
    client, letter, alida, bram, cor, parties
):
    first = send(letter, alida, bram, cor)[0]
    OutgoingMessage.objects.filter(pk=first.outgoing_id).update(state=OutgoingState.BOUNCED)
    client.force_login(alida)
    follow = reverse("letters:follow", args=[letter.pk])
    assert "Stuur de brief naar" not in client.get(follow).content.decode()
    ContactPoint.objects.create(
        organisation=parties[0],
        kind="email",
        value="nieuw@waag.example",
        source="Noor",
        published_for_contact=True,
    )
    assert "Stuur de brief naar nieuw@waag.example" in client.get(follow).content.decode()
    client.post(follow, {"do": "resend", "dispatch": first.pk, "value": "nieuw@waag.example"})
    assert letter.dispatches.filter(address="nieuw@waag.example", outgoing__isnull=False).exists()
