"""Anna signs up on the site: a mail, one press, and she reads the newsletter. And all that could go wrong with that."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.actions import sign_ups, subscribers
from campaigns.models import SignUp, Subscriber
from campaigns.queries.subscribers import WORDING_VERSION, wording
from crm.actions import consents, people
from crm.actions.action import SYSTEM
from crm.models import ConsentEntry, ContactPoint, Network, OutgoingMessage, OutgoingState
from crm.queries.outgoing import to_settle
from crm.registries.outgoing import about
from tests.campaigns.factories import NewsletterGroupFactory, SubscriberFactory
from tests.campaigns.public import LINK, SIGN_UP, ask, link_in, mails, text
from tests.crm.factories import PersonFactory

pytestmark = pytest.mark.django_db
ANNA = "anna@lezers.example"
LETTERS = {"purpose": "newsletter", "channel": "email"}


@pytest.fixture
def signed_up(client, django_capture_on_commit_callbacks):
    """Fills in the form as somebody does."""
    return lambda address=ANNA, **more: ask(client, django_capture_on_commit_callbacks, address, **more)


def readers():
    return [one.address for one in Subscriber.objects.reachable()]


def test_anna_signs_up_and_reads_the_newsletter_after_one_press(client, signed_up):
    noord = NewsletterGroupFactory(name="Noord")
    page = signed_up(" Anna@Lezers.example ", first_name="Anna", groups=[noord.pk])
    assert (page.status_code, "Kijk in je mailbox" in page.content.decode()) == (200, True)
    assert readers() == []
    [mail] = mails()
    assert (mail["To"], OutgoingMessage.objects.get().state) == (ANNA, OutgoingState.QUEUED)
    assert wording() in text(mail).replace("\n", " ")
    done = client.post(link_in(mail, "confirm"))
    assert "Je krijgt de nieuwsbrief" in done.content.decode()
    reader = Subscriber.objects.get()
    assert (readers(), reader.first_name, list(reader.groups.all())) == ([ANNA], "Anna", [noord])


def test_the_ledger_says_what_she_agreed_with_and_both_moments(client, signed_up):
    signed_up()
    client.post(link_in(mails()[0], "confirm"))
    entry, made = ConsentEntry.objects.get(), SignUp.objects.get()
    assert (entry.decision, entry.wording, entry.source) == ("granted", wording(), "formulier op de site")
    asked, confirmed = (
        timezone.localtime(moment).strftime("%H.%M") for moment in (made.asked_at, made.confirmed_at)
    )
    assert entry.proof.startswith(f"Tekst versie {WORDING_VERSION}. Gevraagd op de site op ")
    assert (f", {asked}; bevestigd op " in entry.proof, f", {confirmed} met de link" in entry.proof) == (
        True,
        True,
    )


def test_the_words_are_those_that_she_saw_whatever_the_network_is_called_since(client, signed_up):
    before = wording()
    signed_up()
    network = Network.load()
    network.name = "Een heel andere naam"
    network.save()
    assert before in client.get(link_in(mails()[0], "confirm")).content.decode()
    client.post(link_in(mails()[0], "confirm"))
    assert ConsentEntry.objects.get().wording == before


def test_who_looks_only_changes_nothing(client, signed_up):
    """The scanner of a mailbox opens every link."""
    signed_up()
    link = link_in(mails()[0], "confirm")
    assert [client.get(link).status_code, client.head(link).status_code, client.get(link).status_code] == [
        200,
        200,
        200,
    ]
    assert (readers(), ConsentEntry.objects.count()) == ([], 0)
    assert client.get(link)["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_link_works_once(client, signed_up):
    signed_up()
    link = link_in(mails()[0], "confirm")
    client.post(link)
    again = client.post(link)
    assert (again.status_code, "Dit was al geregeld" in again.content.decode()) == (410, True)
    subscribers.leave(subscriber=Subscriber.objects.get(), source="mail", by=SYSTEM)
    assert client.post(link).status_code == 410
    assert readers() == []


def test_a_link_works_for_a_week(client, signed_up):
    signed_up()
    link = link_in(mails()[0], "confirm")
    SignUp.objects.update(asked_at=timezone.now() - datetime.timedelta(days=7, minutes=1))
    for method in (client.get, client.post):
        answer = method(link)
        assert (answer.status_code, "werkt niet meer" in answer.content.decode()) == (410, True)
    assert readers() == []


@pytest.mark.parametrize("token", ["x", "a" * 10_000, "%00", "<script>"])
def test_a_link_that_was_never_given_is_explained(client, token):
    answer = client.post(f"/nieuwsbrief/bevestigen/{token}/")
    assert (answer.status_code, "<script>" in answer.content.decode()) == (410, False)


def same(pages):
    """Whether somebody who asks sees any difference."""
    return len({(page.status_code, page.content, str(page.redirect_chain)) for page in pages}) == 1


def test_nobody_learns_who_reads_it(client, signed_up, django_capture_on_commit_callbacks, alida):
    SubscriberFactory(address="reads@lezers.example")
    SubscriberFactory(address="left@lezers.example", left=True, yes=False)
    consents.object_to(address="never@lezers.example", **LETTERS, source="brief", by=alida)
    everyone = [f"{who}@lezers.example" for who in ("reads", "left", "never", "unknown")]
    assert same([signed_up(address) for address in everyone])
    links = []
    for address in everyone:
        with django_capture_on_commit_callbacks(execute=True):
            links.append(client.post(LINK, {"address": address}, follow=True))
    assert same(links)


def test_the_work_is_the_same_whoever_asks(client, alida):
    """What takes longer for one than for another would tell; the mail is made in the background."""
    SubscriberFactory(address="reads@lezers.example")
    consents.object_to(address="never@lezers.example", **LETTERS, source="brief", by=alida)
    work = []
    for place in (SIGN_UP, LINK):
        for who in ("warm-up", "reads", "never", "unknown"):
            with CaptureQueriesContext(connection) as asked:
                client.post(place, {"address": f"{who}@lezers.example"})
            work.append((place, len(asked)))
    del work[4], work[0]
    assert len(set(work)) == 2


def test_who_reads_it_gets_a_mail_that_says_so(client, signed_up):
    reader = SubscriberFactory(address=ANNA)
    signed_up()
    [mail] = mails()
    assert "Je krijgt hem al" in text(mail)
    page = client.get(link_in(mail, "preferences"))
    assert (page.status_code, reader.address in page.content.decode()) == (200, True)


def test_who_left_is_back_with_a_yes_of_her_own(client, signed_up, alida):
    reader = SubscriberFactory(address=ANNA)
    subscribers.leave(subscriber=reader, source="belde", by=alida)
    signed_up()
    client.post(link_in(mails()[0], "confirm"))
    assert readers() == [ANNA]


def test_who_wanted_no_newsletter_anywhere_is_back_with_a_yes_of_her_own(client, signed_up, alida):
    anna = PersonFactory()
    SubscriberFactory(address=ANNA, person=anna)
    consents.withdraw(person=anna, **LETTERS, source="belde", by=alida)
    assert readers() == []
    signed_up()
    client.post(link_in(mails()[0], "confirm"))
    assert readers() == [ANNA]


def objected_by_address(anna, alida):
    consents.object_to(address=ANNA, purpose="letter", channel="post", source="brief", by=alida)


def objected_as_person(anna, alida):
    consents.object_to(person=anna, **LETTERS, source="brief", by=alida)


def left_alone(anna, alida):
    people.change(person=anna, do_not_contact=True, by=alida)


@pytest.mark.parametrize("said", [objected_by_address, objected_as_person, left_alone])
def test_who_asked_us_never_to_write_gets_no_mail_at_all(client, signed_up, alida, said):
    """Whoever fills in her address: an objection stays until she tells us otherwise herself."""
    anna = PersonFactory()
    ContactPoint.objects.create(person=anna, kind="email", value="Anna@Lezers.example")
    said(anna, alida)
    assert signed_up().status_code == 200
    assert (mails(), readers()) == ([], [])


def test_who_objects_after_the_mail_stays_away_whatever_is_pressed(client, signed_up, alida):
    signed_up()
    consents.object_to(address=ANNA, **LETTERS, source="brief", by=alida)
    answer = client.post(link_in(mails()[0], "confirm"))
    assert (answer.status_code, readers(), SignUp.objects.get().confirmed_at) == (409, [], None)


def test_a_machine_that_fills_in_everything_is_thanked_and_ignored(signed_up):
    human, machine = signed_up(), signed_up("bot@lezers.example", homepage="https://koop.example")
    assert same([human, machine])
    assert [one.address for one in SignUp.objects.all()] == [ANNA]


@pytest.mark.parametrize(
    "typed",
    ["", "anna", "anna@", "anna@lezers.example\nBcc: bo@lezers.example", "a@b.example,c@d.example",
     "a" * 10_000, f"{'a' * 10_000}@lezers.example", "anna@lezers.example\0", "<script>@lezers.example"],
)  # fmt: skip
def test_what_is_no_address_is_explained_and_what_was_typed_stays(signed_up, typed):
    page = signed_up(typed, first_name="Anna")
    body = page.content.decode()
    assert (page.status_code, "Er is nog niets verstuurd" in body, 'value="Anna"' in body) == (
        422,
        True,
        True,
    )
    assert (SignUp.objects.count(), mails(), "<script>" in body) == (0, [], False)


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "Win geld op https://koop.example", "Kijk op www.koop.example",
     "a" * 10_000, "Mail bo@lezers.example", "{{ settings }}", "Anna 06 12345678"],
)  # fmt: skip
def test_a_first_name_that_is_a_message_travels_in_no_mail(signed_up, typed):
    page = signed_up(first_name=typed)
    assert (page.status_code, "alleen je voornaam" in page.content.decode()) == (422, True)
    assert (SignUp.objects.count(), mails(), "<script>alert" in page.content.decode()) == (0, [], False)


@pytest.mark.parametrize("typed", ["Anne-Marie", "José", "Ömer", "D'Angelo", "", "  Anna \n Bcc  "])
def test_names_as_people_have_them_are_taken(signed_up, typed):
    assert signed_up(first_name=typed).status_code == 200
    assert SignUp.objects.get().first_name == " ".join(typed.split())


def test_a_group_that_is_not_offered_cannot_be_chosen(signed_up):
    inner = NewsletterGroupFactory(name="Kring", is_offered=False)
    assert signed_up(groups=[inner.pk]).status_code == 422
    assert signed_up(groups=["<script>"]).status_code == 422
    assert SignUp.objects.count() == 0


def test_the_name_of_the_network_makes_no_header_of_its_own(signed_up):
    network = Network.load()
    network.name = 'Buren\r\nBcc: bo@lezers.example "Noord" \\'
    network.save()
    signed_up()
    [mail] = mails()
    assert (mail["Bcc"], mail["From"].addresses[0].domain) == (None, "spreekbuis.example")


def test_nobody_is_pestered_with_our_mail(signed_up):
    pages = [signed_up() for _time in range(6)]
    assert same(pages)
    assert len(mails()) == sign_ups.MOST_MAILS
    signed_up("bo@lezers.example")
    assert mails()[-1]["To"] == "bo@lezers.example"


def test_a_flood_from_one_network_is_stopped_and_another_goes_on(client, settings):
    settings.BEHIND_PROXY = True

    def post(number, place):
        address = f"bot{number}@lezers.example"
        return client.post(SIGN_UP, {"address": address}, headers={"X-Forwarded-For": place}).status_code

    answers = [post(number, f"6.6.6.6, 203.0.113.{number}") for number in range(32)]
    assert answers == [302] * 30 + [429] * 2
    assert post(40, "203.0.113.9, 198.51.100.7") == 302
    assert SignUp.objects.count() == 31


def test_no_place_can_be_read_in_what_is_counted(client):
    client.post(SIGN_UP, {"address": ANNA}, REMOTE_ADDR="203.0.113.9")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert ("flood:network" in stored, "203.0.113" in stored, ANNA in stored) == (True, False, False)


def test_a_sign_up_of_which_the_task_was_lost_is_answered_later_and_once(client, signed_up):
    client.post(SIGN_UP, {"address": ANNA})
    assert (sign_ups.answer_waiting(), mails()) == (0, [])
    SignUp.objects.update(asked_at=timezone.now() - datetime.timedelta(minutes=5))
    assert [sign_ups.answer_waiting(), sign_ups.answer_waiting()] == [1, 0]
    sign_ups.answer(sign_up=SignUp.objects.get())
    assert len(mails()) == 1


def test_what_nobody_confirmed_goes_after_a_month(client, signed_up):
    signed_up()
    signed_up("bo@lezers.example")
    client.post(link_in(mails()[0], "confirm"))
    signed_up("cor@lezers.example")
    old = timezone.now() - datetime.timedelta(days=31)
    SignUp.objects.exclude(address="cor@lezers.example").update(asked_at=old)
    assert (sign_ups.remove_old(), sign_ups.remove_old()) == (1, 0)
    assert {one.address for one in SignUp.objects.all()} == {ANNA, "cor@lezers.example"}


def test_the_form_needs_no_script_and_says_what_it_is_for(client):
    NewsletterGroupFactory(name="Noord", explanation="Nieuws uit Noord, vier keer per jaar")
    body = client.get(SIGN_UP).content.decode()
    assert [words in body for words in (wording(), "(tekst 1)", "vier keer per jaar", "<script")] == [
        True,
        True,
        True,
        False,
    ]


def test_where_mail_goes_abroad_the_form_says_so(client, settings):
    assert "Mailchimp" not in client.get(SIGN_UP).content.decode()
    settings.MAILCHIMP_IS_LOCAL = False
    assert "Mailchimp, een bedrijf in de Verenigde Staten" in client.get(SIGN_UP).content.decode()


def test_the_committee_sees_what_left_and_has_nothing_to_decide_about_a_wrong_address(signed_up):
    signed_up("typfout@bestaat-niet.example")
    message = OutgoingMessage.objects.get()
    assert about([message.key])[message.key].words == "Mail over het lezen van de nieuwsbrief"
    OutgoingMessage.objects.update(state=OutgoingState.REFUSED)
    assert not to_settle().exists()
