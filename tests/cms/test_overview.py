"""The first screen: what waits for whom."""

# ruff: noqa: F811

import datetime
import re

import pytest
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from lxml import html

from cms.queries import overview
from crm.models import OutgoingMessage, OutgoingState, TimelineEntry, User
from letters.actions import commitments, dispatching, intake, letters, recipients
from tests.letters.conftest import alida, bram, cor, letter, letterhead, loes, parties  # noqa: F401
from tests.letters.mails import answer, mail
from tests.letters.stories import agree, arrive, propose, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hour", "words"),
    [(5, "Goedenavond"), (6, "Goedemorgen"), (12, "Goedemiddag"), (18, "Goedenavond"), (23, "Goedenavond")],
)
def test_the_greeting_knows_the_hour(hour, words):
    assert overview.greeting(hour) == words


def test_she_is_greeted_by_name_and_can_look_something_up(client, alida):
    html = first_screen(client, alida)
    assert (" Alida</h1>" in html, reverse("crm:search") in html, "handleiding" in html) == (
        True,
        True,
        False,
    )


def first_screen(client, user):
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def waits(client, user):
    return 'id="to-decide"' in first_screen(client, user)


def test_a_letter_waits_for_who_did_not_decide_yet(client, letter, alida, bram, cor, loes):
    assert not waits(client, bram)
    propose(letter, alida)
    assert (waits(client, bram), waits(client, loes)) == (True, False)
    assert reverse("letters:approval", args=[letter.pk]) in first_screen(client, bram)
    agree(letter, bram)
    assert not waits(client, bram)


def test_a_reader_starts_no_letter(client, letter, alida, loes):
    assert reverse("letters:start") in first_screen(client, alida)
    html = first_screen(client, loes)
    assert (reverse("letters:start") in html, reverse("letters:text", args=[letter.pk]) in html) == (
        False,
        True,
    )


def test_a_mail_that_did_not_leave_is_named_with_the_way_to_it(client, alida, settings):
    settings.EMAIL_BACKEND = "crm.actions.account_mail.OutboxBackend"
    assert reverse("crm:outgoing") + '">' not in main_of(first_screen(client, alida))
    send_mail("Wachtwoord", "Kies een nieuw", "post@netwerk.example", ["cor@brug.example"])
    OutgoingMessage.objects.update(state=OutgoingState.REFUSED)
    html = main_of(first_screen(client, alida))
    assert (html.count(reverse("crm:outgoing")), "Eén mail aan een collega is niet vertrokken" in html) == (
        1,
        True,
    )


def main_of(html):
    """The page without the menu."""
    return html[html.index('class="sb-page"') :]


def numbers():
    return {number.label: (number.count, number.url) for number in overview.of(User.objects.first()).numbers}


def test_every_number_opens_the_list_that_it_counts(client, letter, alida, bram, cor, parties):
    assert numbers() == {}
    sent = arrive(letter, alida, bram, cor, at=timezone.now())
    dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida)
    intake.take_in(raw=answer(sent[0]), source="imap:INBOX", uid="1")
    for uid in ("2", "3"):
        raw = mail(f"Bericht {uid}", sender=("Een buur", "buur@elders.example"))
        intake.take_in(raw=raw, source="imap:INBOX", uid=uid)
    OutgoingMessage.objects.filter(dispatch=sent[1]).update(state=OutgoingState.BOUNCED)
    for side, days in (("ours", 3), ("ours", 4), ("ours", 300), ("theirs", 3), ("theirs", 300)):
        promise(side, parties[0], days=days, by=alida)
    for _time in range(2):
        other = letters.start_from(earlier=letter, by=alida)
        recipients.add(letter=other, organisations_=parties[:1], by=alida)
        propose(other, alida)
    promises, turns = reverse("letters:commitments"), reverse("letters:turns")
    assert numbers() == {
        "Wij zijn aan zet": (1, turns),
        "Wij wachten op antwoord": (1, f"{turns}?wie=zij"),
        "Niet geplaatst": (2, reverse("letters:incoming")),
        "Kwam niet aan": (1, f"{reverse('letters:follow', args=[letter.pk])}#failing"),
        "Wij beloofden: te laat, of binnen een maand": (2, f"{promises}?toon=nu"),
        "Zij beloofden: te laat, of binnen een maand": (1, f"{promises}?wie=zij&toon=nu"),
        "Wacht op akkoord": (2, f"{reverse('letters:index')}?groep=asked"),
    }
    client.force_login(alida)
    for label, (count, url) in numbers().items():
        assert (label, len(rows_behind(client, url))) == (label, count)
    screen = first_screen(client, alida)
    assert 'id="attention"' in screen
    assert "De Waag: lees hun antwoord" in screen


def promise(side, holder, *, days, by):
    day = timezone.localdate() + datetime.timedelta(days=days)
    quote = f"Wij bellen over {days} dagen."
    commitments.note(side=side, holder=holder, quote=quote, source="telefoon", due_on=day, by=by)


def rows_behind(client, url):
    """What a list shows: its rows or lines of a table, or what did not arrive."""
    page = html.document_fromstring(client.get(url).content)
    if url.endswith("#failing"):
        return page.xpath("//*[contains(@class, 'sb-repair')]/h3[contains(., 'Kwam niet aan')]")
    return page.xpath("//main//ul[@class='sb-rows']/li | //main//table/tbody/tr")


def test_what_did_not_arrive_of_several_letters_is_named_on_the_first_screen(
    client, letter, alida, bram, cor
):
    other = letters.start_from(earlier=letter, by=alida)
    recipients.add(
        letter=other, organisations_=[one.organisation for one in letter.recipients.all()[:2]], by=alida
    )
    sent = [arrive(one, alida, bram, cor, at=timezone.now()) for one in (letter, other)]
    failed = [sent[0][0], *sent[1][:2]]
    OutgoingMessage.objects.filter(dispatch__in=failed).update(state=OutgoingState.BOUNCED)
    assert numbers()["Kwam niet aan"] == (3, "#attention")
    client.force_login(alida)
    page = html.document_fromstring(first_screen(client, alida))
    rows = page.xpath("//*[@id='attention']/following-sibling::ul/li")
    links = [row.xpath("a/@href") for row in rows]
    said = [int(re.search(r"(\d+) kwam(?:en)? niet aan", row.text_content()).group(1)) for row in rows]
    assert sorted(zip(links, said, strict=True)) == sorted(
        ([reverse("letters:follow", args=[one.pk])], number) for one, number in ((letter, 1), (other, 2))
    )


def test_who_did_the_same_is_named(letter, alida, bram, cor):
    sent = arrive(letter, alida, bram, cor, at=timezone.now() - datetime.timedelta(hours=2))
    for number, dispatch in enumerate(sent[:2]):
        intake.take_in(raw=answer(dispatch), source="imap:INBOX", uid=str(number))
    first = next(one for one in overview.of(alida).happened if "antwoord" in one.sentence)
    named = {name for name in ("De Waag", "Stadslijst") if name in f"{first.sentence} {first.others}"}
    assert (named, first.more) == ({"De Waag", "Stadslijst"}, 0)


def test_what_happened_with_many_is_told_once(client, letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida)
    recent = overview.of(alida).happened
    assert [(one.sentence, one.more) for one in recent] == [
        ("Alida de Test deed de brief “Ontmoeten in de buurt” aan Samenspraak op de post", 0)
    ]
    (row,) = TimelineEntry.objects.about(letter).filter(code="letters.posted")
    for _time in range(3):
        TimelineEntry.row(subject=letter, code=row.code, parameters=row.parameters, by=alida).save()
    assert [one.more for one in overview.of(alida).happened] == [3]
    TimelineEntry.objects.update(happened_at=timezone.now() - datetime.timedelta(days=8))
    assert overview.of(alida).happened == []


def test_the_first_screen_costs_the_same_with_more_that_happened(
    client,
    letter,
    alida,
    bram,
    cor,
    django_assert_max_num_queries,
    django_assert_num_queries,
):
    send(letter, alida, bram, cor)
    dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida)
    first_screen(client, alida)
    with django_assert_max_num_queries(120) as one:
        first_screen(client, alida)
    (row,) = TimelineEntry.objects.about(letter).filter(code="letters.posted")
    for number in range(20):
        values = {**row.parameters, "letter": f"Brief {number}"}
        TimelineEntry.row(subject=letter, code=row.code, parameters=values, by=alida).save()
    with django_assert_num_queries(len(one)):
        first_screen(client, alida)
