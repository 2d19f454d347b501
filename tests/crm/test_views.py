"""The one-shot buttons of the Monday mail: looking does nothing, pressing does one thing once."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.actions import due_lines, follow_ups, one_shot
from crm.models import FollowUp, SignedLink, TimelineEntry
from tests.crm.conftest import _with_role
from tests.crm.factories import DueLineFactory, FollowUpFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
VERBS = ["gedaan", "volgende-week", "iemand-anders", "niet-nodig"]


@pytest.fixture
def bram(db):
    return _with_role("bram", "Commissie")


@pytest.fixture
def call(alida):
    return FollowUpFactory(words="Bel De Brug", owner=alida, subject=OrganisationFactory(name="De Brug"))


@pytest.fixture
def token(call, alida):
    return one_shot.link_for(call, alida)


def address(token, verb="gedaan"):
    return reverse("crm_public:due", args=[token, verb])


def page(response):
    return " ".join(response.content.decode().split())


def lines(call):
    return TimelineEntry.objects.about(call).count()


@pytest.mark.parametrize("verb", VERBS)
def test_a_scanner_that_follows_every_link_changes_nothing(client, call, token, verb):
    for ask in (client.get, client.head, client.get):
        response = ask(address(token, verb))
        assert response.status_code == 200
    html = page(response)
    assert (html.count("<button"), "Bel De Brug" in html) == (1, True)
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    call.refresh_from_db()
    assert (call.is_open, call.due_on, lines(call)) == (True, None, 0)
    assert SignedLink.objects.get().used_at is None


def test_done_with_one_press_without_signing_in(client, call, token, alida):
    html = page(client.post(address(token)))
    assert "Dank je wel, het is gedaan" in html
    call.refresh_from_db()
    assert call.done_by == alida


def test_a_week_later(client, call, token):
    client.post(address(token, "volgende-week"))
    call.refresh_from_db()
    assert (call.due_on - timezone.localdate()).days == 7


@pytest.mark.parametrize("chosen", ["bram", "all"])
def test_somebody_else_does_it(client, call, token, bram, chosen):
    client.post(address(token, "iemand-anders"), {"to": bram.pk if chosen == "bram" else "all"})
    call.refresh_from_db()
    assert call.owner == (bram if chosen == "bram" else None)


@pytest.mark.parametrize(
    ("verb", "sent", "said"),
    [
        ("iemand-anders", {}, "Kies wie het doet."),
        ("iemand-anders", {"to": "²"}, "Kies wie het doet."),
        ("niet-nodig", {"reason": " "}, "Schrijf op waarom"),
    ],
)
def test_what_is_missing_is_said_and_the_link_still_works(client, call, token, verb, sent, said):
    response = client.post(address(token, verb), sent)
    assert (response.status_code, said in page(response)) == (409, True)
    assert client.get(address(token, verb)).status_code == 200


def test_only_who_works_with_the_list_can_be_chosen(client, call, token, alida, bram, loes, otto):
    html = page(client.get(address(token, "iemand-anders")))
    offered = [f'<option value="{user.pk}"' in html for user in (alida, bram, loes, otto)]
    assert offered == [False, True, False, False]
    assert client.post(address(token, "iemand-anders"), {"to": loes.pk}).status_code == 409


def test_not_needed_with_a_reason(client, call, token, alida):
    client.post(address(token, "niet-nodig"), {"reason": "Ze belden zelf"})
    call.refresh_from_db()
    assert (call.dropped_because, call.dropped_by) == ("Ze belden zelf", alida)


@pytest.mark.parametrize("verb", VERBS)
def test_a_second_press_does_nothing_and_says_so_kindly(client, call, token, verb):
    client.post(address(token, "volgende-week"))
    before = lines(call)
    for ask in (client.get, client.post):
        response = ask(address(token, verb))
        assert (response.status_code, "Je hebt hiervoor al op een knop gedrukt" in page(response)) == (
            410,
            True,
        )
    assert lines(call) == before == 1


def test_one_press_uses_up_the_links_of_earlier_mails_too(client, call, token, alida, bram):
    earlier, of_bram = one_shot.link_for(call, alida), one_shot.link_for(call, bram)
    client.post(address(token, "volgende-week"))
    assert client.post(address(earlier)).status_code == 410
    # What is his stays his, but this is hers to do.
    assert SignedLink.objects.get(user=bram).used_at is None
    assert "Iemand anders doet dit nu" in page(client.post(address(of_bram)))


def test_what_was_done_otherwise_needs_no_press(client, call, token, bram):
    follow_ups.do(follow_up=call, by=bram)
    for ask in (client.get, client.post):
        response = ask(address(token, "volgende-week"))
        assert response.status_code == 410
        assert "Bram de Test heeft “Bel De Brug” gedaan" in page(response)
    call.refresh_from_db()
    assert call.done_by == bram


def test_what_is_not_needed_any_more_says_why(client, call, token, bram):
    follow_ups.drop(follow_up=call, reason="Ze belden zelf", by=bram)
    response = client.post(address(token))
    assert (response.status_code, "“Bel De Brug”: Ze belden zelf" in page(response)) == (410, True)


def test_what_was_handed_over_meanwhile_is_left_to_him(client, call, token, bram):
    follow_ups.hand_over(follow_up=call, to=bram, by=bram)
    response = client.post(address(token))
    assert (response.status_code, "Bram de Test doet “Bel De Brug”" in page(response)) == (410, True)
    call.refresh_from_db()
    assert call.is_open


def test_what_is_of_us_all_can_be_done_by_whoever_got_the_mail(client, bram):
    call = FollowUpFactory(words="Zaal vragen")
    client.post(address(one_shot.link_for(call, bram)))
    call.refresh_from_db()
    assert call.done_by == bram


def test_after_two_weeks_the_mail_is_too_old(client, call, token):
    SignedLink.objects.update(expires_at=timezone.now())
    for ask in (client.get, client.post):
        response = ask(address(token))
        assert (response.status_code, "Deze mail is te oud" in page(response)) == (410, True)
        assert "Bel De Brug" not in page(response)


@pytest.mark.parametrize("became", ["used", "done", "dropped", "handed_over"])
def test_an_old_mail_tells_nothing_of_what_became_of_it(client, call, token, alida, bram, became):
    match became:
        case "used":
            client.post(address(token, "volgende-week"))
        case "done":
            follow_ups.do(follow_up=call, by=bram)
        case "dropped":
            follow_ups.drop(follow_up=call, reason="Dat is geheim", by=bram)
        case "handed_over":
            follow_ups.hand_over(follow_up=call, to=bram, by=alida)
    FollowUp.objects.update(words="Nieuwe woorden")
    SignedLink.objects.update(expires_at=timezone.now())
    for ask in (client.get, client.post):
        html = page(ask(address(token)))
        assert "Deze mail is te oud" in html
        assert [one for one in ("Nieuwe woorden", "Bel De Brug", "geheim", "Bram") if one in html] == []


def test_a_forged_link_and_one_for_something_else_open_nothing(client, call, token, alida):
    _link, other = SignedLink.objects.issue(
        purpose="letters.approve", user=alida, subject=call, valid_for=one_shot.LASTS
    )
    for forged in ("verzonnen", token[:-1], token.swapcase(), other):
        for ask in (client.get, client.post):
            response = ask(address(forged))
            assert (response.status_code, "Deze link werkt niet" in page(response)) == (410, True)
            assert "Bel De Brug" not in page(response)


def test_who_left_or_lost_the_right_can_do_nothing_with_an_old_mail(client, call, token, alida):
    alida.groups.clear()
    assert client.post(address(token)).status_code == 410
    alida.groups.set([])
    alida.is_superuser, alida.is_active = True, False
    alida.save()
    assert client.post(address(token)).status_code == 410
    call.refresh_from_db()
    assert call.is_open


def test_a_button_that_is_none_is_not_found(client, token):
    assert client.get(address(token, "verwijderen")).status_code == 404


def test_a_press_from_another_site_is_refused(call, token):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(token)).status_code == 403
    call.refresh_from_db()
    assert call.is_open


@pytest.fixture
def of_a_letter(alida):
    return DueLineFactory(user=alida)


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_no_follow_up_is_settled_the_same_way(client, of_a_letter, alida, bram, verb):
    token = one_shot.link_for(of_a_letter, alida)
    asked = page(client.get(address(token, verb)))
    assert ("De Brug: zij vragen ons iets" in asked, of_a_letter.url in asked) == (True, True)
    of_a_letter.refresh_from_db()
    assert of_a_letter.settled == ""
    thanks = client.post(address(token, verb), {"to": bram.pk, "reason": "Geregeld"})
    assert (thanks.status_code, "De Brug: zij vragen ons iets" in page(thanks)) == (200, True)
    of_a_letter.refresh_from_db()
    assert (
        of_a_letter.settled
        == {
            "gedaan": "done",
            "volgende-week": "later",
            "iemand-anders": "handed_over",
            "niet-nodig": "not_needed",
        }[verb]
    )
    again = client.post(address(token, "gedaan"))
    assert (again.status_code, "staat op je actielijst" in page(again)) == (410, True)


def test_what_was_settled_on_screen_meanwhile_is_said(client, of_a_letter, alida):
    token = one_shot.link_for(of_a_letter, alida)
    due_lines.do(line=of_a_letter, by=alida)
    response = client.post(address(token, "volgende-week"))
    assert (response.status_code, "al geregeld" in page(response)) == (409, True)
