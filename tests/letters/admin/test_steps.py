"""The screens of the steps after the text, as each of the cast sees them."""

import pytest
from django.urls import reverse

from crm.models import ContactPoint
from letters.actions import approvals, changing, letters
from letters.models import Letter, LetterState
from letters.queries import contents
from tests.letters.conftest import person
from tests.letters.stories import accept_warnings, agree, propose

pytestmark = pytest.mark.django_db

STEPS = ["recipients", "last_look", "approval", "dispatch", "follow"]


def url(letter, step):
    return reverse(f"letters:{step}", args=[letter.pk])


def press(client, letter, step, do, **data):
    return client.post(url(letter, step), {"do": do, **data}, follow=True)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("who", "status"), [("alida", 200), ("loes", 200), ("otto", 302), (None, 302)])
def test_who_sees_a_step(client, request, letter, step, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(url(letter, step)).status_code == status


BUTTONS = [
    ("recipients", "lock"),
    ("recipients", "remove"),
    ("last_look", "accept"),
    ("approval", "ask"),
    ("dispatch", "freeze"),
    ("follow", "public"),
]


@pytest.mark.parametrize(("step", "do"), BUTTONS)
@pytest.mark.parametrize("who", ["loes", "otto"])
def test_a_reader_and_an_outsider_change_nothing(client, request, letter, step, do, who):
    client.force_login(request.getfixturevalue(who))
    before = contents.content(letter).hash, letter.state
    recipient = letter.recipients.first().pk
    client.post(url(letter, step), {"do": do, "recipient": recipient, "finding": "x", "reason": "y"})
    letter.refresh_from_db()
    assert (contents.content(letter).hash, letter.state) == before


@pytest.mark.parametrize("step", STEPS)
def test_a_reader_gets_no_forms(client, letter, loes, step):
    client.force_login(loes)
    html = client.get(url(letter, step)).content.decode()
    assert 'name="do"' not in html


def test_the_state_is_said_at_the_top_in_words(client, letter, alida):
    client.force_login(alida)
    html = client.get(url(letter, "recipients")).content.decode()
    line = html.split('class="sb-state"')[1].split("</strong>")[0]
    assert ("4 " in line, "1 " in line) == (True, True)


def test_a_gap_is_mended_on_the_spot(client, letter, alida, parties):
    client.force_login(alida)
    gap = letter.recipients.get(organisation=parties[3])
    press(
        client, letter, "recipients", "mend", recipient=gap.pk, value="post@zonder.example", source="gebeld"
    )
    gap.refresh_from_db()
    assert (gap.channel, str(gap.contact_point)) == ("email", "post@zonder.example")
    assert ContactPoint.objects.get(organisation=parties[3]).source == "gebeld"


@pytest.mark.parametrize(
    "value", ["post@@zonder.example", "geen adres", "a@b.example\r\nBcc: x@y.example", ""]
)
def test_an_address_that_is_none_is_explained_and_nothing_is_stored(client, letter, alida, parties, value):
    client.force_login(alida)
    gap = letter.recipients.get(organisation=parties[3])
    answer = press(client, letter, "recipients", "mend", recipient=gap.pk, value=value)
    assert answer.content.decode().count('role="alert" id="refused"') == 1
    assert ContactPoint.objects.filter(organisation=parties[3]).count() == 0


def test_a_salutation_written_by_hand_wins_and_can_go_back(client, letter, alida):
    client.force_login(alida)
    first = letter.recipients.first()
    press(
        client, letter, "recipients", "words", recipient=first.pk, salutation="Beste Anna,", own_paragraph=""
    )
    html = client.get(url(letter, "recipients")).content.decode()
    assert "Beste Anna," in html
    press(client, letter, "recipients", "words", recipient=first.pk, salutation="", own_paragraph="")
    html = client.get(url(letter, "recipients")).content.decode()
    assert "Geachte programmacommissie van De Waag," in html


def test_a_locked_list_stays_as_it_is(client, letter, alida):
    client.force_login(alida)
    press(client, letter, "recipients", "lock")
    press(client, letter, "recipients", "remove", recipient=letter.recipients.first().pk)
    assert letter.recipients.count() == 4
    press(client, letter, "recipients", "unlock")
    press(client, letter, "recipients", "remove", recipient=letter.recipients.first().pk)
    assert letter.recipients.count() == 3


def test_names_that_look_like_code_are_shown_as_they_are(client, letter, alida, parties):
    parties[0].name = "<script>alert(1)</script> #set text(99pt) {{ x }}"
    parties[0].save()
    letter.recipients.filter(organisation=parties[0]).update(name=parties[0].name)
    client.force_login(alida)
    html = client.get(url(letter, "recipients")).content.decode()
    assert "<script>alert(1)" not in html
    assert "#set text(99pt) {{ x }}" in html


def test_the_last_look_mends_by_itself_and_keeps_what_is_accepted(client, letter, alida):
    Letter.objects.filter(pk=letter.pk).update(
        body="<p>Wij bereiken 15000 mensen via ons emailadres a@b.example.</p>"
    )
    client.force_login(alida)
    look = client.get(url(letter, "last_look")).context["look"]
    codes = {item.finding.code for item in look.items}
    assert {"thousands_separator", "spelling"} <= codes
    press(client, letter, "last_look", "fix_all")
    letter.refresh_from_db()
    assert "15.000 mensen via ons e-mailadres" in letter.body
    look = client.get(url(letter, "last_look")).context["look"]
    gap = next(item for item in look.items if item.finding.code == "address_missing")
    press(client, letter, "last_look", "accept", finding=gap.token, reason="We zoeken nog.")
    assert letter.accepted_findings.get().reason == "We zoeken nog."
    press(client, letter, "last_look", "reopen", finding=gap.token)
    assert letter.accepted_findings.count() == 0


def test_what_blocks_cannot_be_accepted(client, letter, alida):
    Letter.objects.filter(pk=letter.pk).update(subject="")
    client.force_login(alida)
    look = client.get(url(letter, "last_look")).context["look"]
    item = next(item for item in look.items if item.finding.code == "subject_missing")
    press(client, letter, "last_look", "accept", finding=item.token, reason="Mag wel")
    assert letter.accepted_findings.count() == 0


def test_one_address_for_two_is_said_on_the_list_and_holds_the_letter_up(client, letter, alida, parties):
    parties[1].contact_points.update(value="programma@waag.example")
    client.force_login(alida)
    html = client.get(url(letter, "recipients")).content.decode()
    assert [f"Hetzelfde adres als nummer {number}" in html for number in (1, 2, 3)] == [True, True, False]
    html = client.get(url(letter, "last_look")).content.decode()
    assert "De Waag en Stadslijst hebben hetzelfde adres: programma@waag.example." in html
    look = client.get(url(letter, "last_look")).context["look"]
    (item,) = [item for item in look.items if item.finding.code == "address_shared"]
    press(client, letter, "last_look", "accept", finding=item.token, reason="Mag wel")
    assert letter.accepted_findings.count() == 0


def test_an_address_too_long_for_the_envelope_says_which_line(client, letter, alida, parties):
    line = "Stichting Landelijk Platform voor Bewonersinitiatieven en Buurtcoöperaties"
    parties[2].contact_points.update(attention=line)
    client.force_login(alida)
    for step in ("recipients", "last_look"):
        html = client.get(url(letter, step)).content.decode()
        assert (f"t.a.v. {line}" in html, "venster van de envelop" in html) == (True, True)


def test_agreeing_and_remarking_on_screen(client, letter, alida, bram, cor):
    propose(letter, alida)
    client.force_login(bram)
    page = client.get(url(letter, "approval"))
    content_hash = page.context["content_hash"]
    press(
        client, letter, "approval", "remark", content_hash=content_hash, remark="Noem de huur", paragraph="2"
    )
    standing = client.get(url(letter, "approval")).context["standing"]
    assert [(a.user, a.paragraph) for a in standing.remarks] == [(bram, 2)]
    press(client, letter, "approval", "approve", content_hash=content_hash)
    client.force_login(cor)
    press(client, letter, "approval", "approve", content_hash=content_hash)
    letter.refresh_from_db()
    assert letter.state == LetterState.APPROVED


def test_an_open_remark_is_named_with_the_ways_to_settle_it(client, letter, alida, bram, cor):
    round_ = propose(letter, alida)
    words = {"content_hash": contents.content(letter).hash, "text": "Noem de huur.", "paragraph": 1}
    approvals.remark(round_=round_, **words, by=bram)
    agree(letter, alida, cor)
    client.force_login(alida)
    html = client.get(url(letter, "approval")).content.decode()
    assert [
        words in html
        for words in (
            "2 van 2 akkoord, 1 opmerking open",
            "Verzenden kan nog niet: er staat nog een opmerking open van Bram de Test.",
            "Vraag Bram opnieuw",
        )
    ] == [True, True, True]
    asked = press(client, letter, "approval", "remind", user=bram.pk)
    assert [str(message) for message in asked.context["messages"]] == [
        "Bram de Test krijgt een mail met een nieuwe link."
    ]


def test_the_paragraphs_are_numbered_and_a_reminder_is_told(client, letter, alida, bram, cor):
    propose(letter, alida)
    client.force_login(alida)
    before = client.get(url(letter, "approval"))
    press(client, letter, "approval", "remind", user=bram.pk)
    after = client.get(url(letter, "approval"))
    assert [number for number, _html in after.context["paragraphs"]] == [1, 2]
    assert "De tekst met nummers" in after.content.decode()
    assert [page.content.decode().count("herinnerd op") for page in (before, after)] == [0, 1]


def test_after_a_change_the_difference_is_shown(client, letter, alida, bram, cor):
    propose(letter, alida)
    agree(letter, bram)
    Letter.objects.filter(pk=letter.pk).update(body=letter.body.replace("elke buurt", "iedere buurt"))
    client.force_login(alida)
    changing.settle(Letter.objects.get(pk=letter.pk), by=alida)
    html = client.get(url(letter, "approval")).content.decode()
    assert ("<del>elke" in html, "<ins>iedere" in html) == (True, True)


def ticks(client, letter):
    page = client.get(url(letter, "recipients"))
    return [item["step"].code for item in page.context["steps"] if item["step"].done]


def test_the_last_look_is_ticked_once_nothing_is_left_to_mend(client, letter, alida):
    client.force_login(alida)
    assert ticks(client, letter) == ["text", "recipients"]
    accept_warnings(letter, alida)
    assert ticks(client, letter) == ["text", "recipients", "last_look"]


@pytest.mark.parametrize("step", ["recipients", "last_look"])
def test_while_the_committee_is_asked_a_step_says_what_a_change_undoes(client, letter, alida, bram, step):
    propose(letter, alida)
    agree(letter, bram)
    client.force_login(alida)
    html = " ".join(client.get(url(letter, step)).content.decode().split())
    assert "Bram is al akkoord (1 van 2). Als je iets verandert, vervalt dat." in html
    answer = press(client, letter, step, "take_back")
    letter.refresh_from_db()
    assert (letter.state, answer.redirect_chain[-1][0]) == ("draft", url(letter, step))


@pytest.mark.parametrize(
    ("step", "do"),
    [
        ("recipients", "pick"),
        ("recipients", "add"),
        ("recipients", "remove"),
        ("recipients", "words"),
        ("last_look", "fix"),
        ("last_look", "fix_all"),
    ],
)
def test_a_button_on_an_old_page_undoes_no_approval(client, letter, alida, bram, parties, step, do):
    recipient = letter.recipients.first()
    propose(letter, alida)
    client.force_login(alida)
    values = {"recipient": recipient.pk, "salutation": "Dag", "who": f"organisation-{parties[0].pk}"}
    answer = press(client, letter, step, do, **values)
    assert "kies eerst “Verder schrijven”" in answer.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.recipients.count()) == ("proposed", 4)


def test_an_address_is_mended_while_the_committee_is_asked(client, letter, alida, bram):
    propose(letter, alida)
    client.force_login(alida)
    gap = letter.recipients.get(name="Zonder Adres")
    press(client, letter, "recipients", "mend", recipient=gap.pk, value="post@zonder.example")
    letter.refresh_from_db()
    gap.refresh_from_db()
    assert (letter.state, str(gap.contact_point)) == ("proposed", "post@zonder.example")


def test_an_earlier_version_is_not_taken_up_while_the_committee_is_asked(client, letter, alida, bram):
    version = letters.make_version(letter=letter, by=alida)
    propose(letter, alida)
    client.force_login(alida)
    address = reverse("letters:version", args=[letter.pk, version.number])
    html = client.get(address).content.decode()
    assert ("Als je iets verandert" in html, 'value="take_up_again"' in html) == (True, False)
    client.post(address, {"do": "take_up_again"})
    letter.refresh_from_db()
    assert letter.state == "proposed"


def test_a_committee_that_became_too_small_is_said_with_its_remedies(client, letter, alida, bram, cor):
    propose(letter, alida)
    bram.groups.clear()
    cor.groups.clear()
    client.force_login(alida)
    html = " ".join(client.get(url(letter, "approval")).content.decode().split())
    assert "maar er is nog maar 1 die dat kan" in html
    assert reverse("wagtailusers_users:index") not in html
    chair = person("wim", "Beheer")
    chair.is_active = True
    client.force_login(chair)
    assert reverse("akkoordregels:index") in client.get(url(letter, "approval")).content.decode()
