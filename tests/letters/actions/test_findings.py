"""What is done about a finding of the last look: mended, or left with a reason until the words change."""

import pytest

from campaigns.models import Fact
from crm.actions.action import Refused
from letters.actions import findings, letters, recipients
from letters.actions.letters import Overtaken
from letters.models import Letter, LetterState
from letters.queries import last_look
from tests.letters.conftest import DAY, party
from tests.letters.stories import agree, propose, told

pytestmark = pytest.mark.django_db

MISSPELT = "<p>Wij bereiken 15000 mensen via ons emailadres a@brug.example.</p><p>Neem deze zin over: ja.</p>"


def write(letter, by, **values):
    letters.save_draft(letter=letter, draft_number=letter.draft_number, values=values, by=by)
    letter.refresh_from_db()


def items(letter, code):
    return [item for item in last_look.of(letter).items if item.finding.code == code]


def only(letter, code):
    (item,) = items(letter, code)
    return item


def accept(letter, code, by, reason="Dat weten we."):
    return findings.accept(letter=letter, token=only(letter, code).token, reason=reason, by=by)


def test_what_is_left_with_a_reason_no_longer_holds_the_letter_up(letter, alida):
    assert last_look.of(letter).open_count == 1
    kept = accept(letter, "address_missing", alida, reason=" We zoeken nog. ")
    look = last_look.of(letter)
    assert (look.open_count, only(letter, "address_missing").accepted) == (0, kept)
    assert (kept.reason, kept.by, kept.quotes) == ("We zoeken nog.", alida, ["Zonder Adres"])
    assert told(letter, "letters.finding_accepted") == [
        "Alida de Test liet “Zonder Adres” zo: We zoeken nog."
    ]


def test_it_comes_back_when_its_words_change(letter, alida):
    accept(letter, "address_missing", alida)
    recipients.add(letter=letter, organisations_=[party("Ook Zonder")], by=alida)
    item = only(letter, "address_missing")
    assert (item.accepted, item.finding.quotes) == (None, ("Zonder Adres", "Ook Zonder"))
    assert last_look.of(letter).open_count == 1


def test_a_figure_that_is_written_otherwise_comes_back(letter, alida):
    write(letter, alida, body="<p>Wij bereiken 15.000 mensen.</p><p>Neem deze zin over: ja.</p>")
    accept(letter, "figure_without_source", alida)
    assert only(letter, "figure_without_source").is_open is False
    write(letter, alida, body="<p>Wij bereiken 16.000 mensen.</p><p>Neem deze zin over: ja.</p>")
    assert only(letter, "figure_without_source").is_open is True


def test_accepting_again_changes_the_reason_and_no_more(letter, alida, bram):
    accept(letter, "address_missing", alida, reason="Eerst zo.")
    kept = accept(letter, "address_missing", bram, reason="Nu zo." + "!" * 400)
    assert (letter.accepted_findings.count(), kept.by, kept.reason) == (1, bram, "Nu zo." + "!" * 294)


def test_without_a_reason_nothing_is_left_so(letter, alida):
    with pytest.raises(Refused, match="Schrijf in een paar woorden"):
        accept(letter, "address_missing", alida, reason=" ")
    assert letter.accepted_findings.count() == 0


def test_what_blocks_is_not_left_so(letter, alida):
    write(letter, alida, subject="")
    with pytest.raises(Refused, match="Verbeter dit eerst"):
        accept(letter, "subject_missing", alida)


def test_a_finding_that_is_gone_is_explained(letter, alida):
    token = only(letter, "address_missing").token
    letter.recipients.filter(contact_point=None).delete()
    for verb in (
        lambda: findings.accept(letter=letter, token=token, reason="Ja.", by=alida),
        lambda: findings.reopen(letter=letter, token=token, by=alida),
        lambda: findings.fix(letter=letter, token=token, by=alida),
    ):
        with pytest.raises(Refused, match="Kijk opnieuw in de lijst"):
            verb()


def test_what_was_left_so_can_count_again(letter, alida):
    accept(letter, "address_missing", alida)
    findings.reopen(letter=letter, token=only(letter, "address_missing").token, by=alida)
    assert (letter.accepted_findings.count(), last_look.of(letter).open_count) == (0, 1)
    assert told(letter, "letters.finding_reopened") == [
        "Alida de Test wilde opnieuw kijken naar “Zonder Adres”"
    ]


def test_one_finding_is_mended_as_it_proposes(letter, alida):
    write(letter, alida, body=MISSPELT)
    assert findings.fix(letter=letter, token=only(letter, "thousands_separator").token, by=alida) == 1
    letter.refresh_from_db()
    assert "15.000 mensen via ons emailadres" in letter.body
    assert told(letter, "letters.fixed") == ["Alida de Test verbeterde “15000” → “15.000”"]


def test_mending_everything_leaves_what_somebody_left_so(letter, alida):
    write(letter, alida, body=MISSPELT)
    accept(letter, "thousands_separator", alida)
    assert findings.fix_all(letter=letter, by=alida) == 1
    letter.refresh_from_db()
    assert "15000 mensen via ons e-mailadres" in letter.body


def test_mending_reaches_the_subject_too(letter, alida):
    write(letter, alida, subject="Voor 15000 mensen")
    findings.fix_all(letter=letter, by=alida)
    letter.refresh_from_db()
    assert letter.subject == "Voor 15.000 mensen"


def test_where_nothing_can_be_mended_by_itself_that_is_said(letter, alida):
    with pytest.raises(Refused, match="Pas het aan in de tekst"):
        findings.fix(letter=letter, token=only(letter, "address_missing").token, by=alida)
    with pytest.raises(Refused, match="Pas het aan in de tekst"):
        findings.fix_all(letter=letter, by=alida)


def test_a_word_of_which_a_part_is_bold_is_not_said_to_be_mended(letter, alida):
    write(letter, alida, body="<p>Wij bereiken 15<b>000</b> mensen.</p><p>Neem deze zin over: ja.</p>")
    number = letter.draft_number
    with pytest.raises(Refused, match="verbeter het daar"):
        findings.fix(letter=letter, token=only(letter, "thousands_separator").token, by=alida)
    letter.refresh_from_db()
    assert (letter.draft_number, told(letter, "letters.fixed")) == (number, [])


def test_mending_after_the_approval_voids_it(letter, alida, bram, cor):
    write(letter, alida, body=MISSPELT)
    propose(letter, alida)
    agree(letter, bram, cor)
    findings.reopen(letter=letter, token=only(letter, "spelling").token, by=alida)
    letter.refresh_from_db()
    assert letter.state == LetterState.APPROVED
    findings.fix_all(letter=letter, by=alida)
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT


def test_mending_what_somebody_else_saved_meanwhile_touches_nothing(letter, alida, bram):
    write(letter, alida, body=MISSPELT)
    old = Letter.objects.get(pk=letter.pk)
    write(letter, bram, subject="Van Bram")
    with pytest.raises(Overtaken, match="Bram de Test"):
        findings.fix_all(letter=old, by=alida)
    letter.refresh_from_db()
    assert (letter.subject, letter.body) == ("Van Bram", MISSPELT)


def own_words(letter, by, *, salutation="", own_paragraph="", name="De Waag"):
    recipient = letter.recipients.get(name=name)
    recipients.set_words(recipient=recipient, salutation=salutation, own_paragraph=own_paragraph, by=by)
    return recipient


def test_mending_reaches_the_words_of_one_recipient(letter, alida):
    recipient = own_words(
        letter, alida, salutation="Beste emailers van email", own_paragraph="Per email.\nOf 15000."
    )
    assert only(letter, "spelling").finding.advice == "Bij De Waag: e-mail"
    assert findings.fix(letter=letter, token=only(letter, "spelling").token, by=alida) == 2
    recipient.refresh_from_db()
    assert (recipient.salutation, recipient.own_paragraph) == (
        "Beste emailers van e-mail",
        "Per e-mail.\nOf 15000.",
    )
    assert told(letter, "letters.fixed") == ["Alida de Test verbeterde “email” → “e-mail”"]
    findings.fix_all(letter=letter, by=alida)
    recipient.refresh_from_db()
    assert recipient.own_paragraph == "Per e-mail.\nOf 15.000."


def test_the_words_of_a_recipient_on_a_locked_list_are_not_mended_in_silence(letter, alida):
    recipient = own_words(letter, alida, own_paragraph="Per email.")
    recipients.lock(letter=letter, by=alida)
    with pytest.raises(Refused, match="Maak de lijst los"):
        findings.fix_all(letter=letter, by=alida)
    recipient.refresh_from_db()
    assert recipient.own_paragraph == "Per email."


def test_mending_reaches_one_salutation_for_all(letter, alida):
    write(letter, alida, salutation="Beste lezers van deze email")
    findings.fix_all(letter=letter, by=alida)
    letter.refresh_from_db()
    assert letter.salutation == "Beste lezers van deze e-mail"


def test_mending_everything_is_about_spelling_alone(letter, alida):
    Fact.objects.create(key="bereik", words="ruim 15.000 Amsterdammers", as_of_on=DAY, source="telling")
    body = "<p>Wij bereiken ruim 16.000 Amsterdammers per email.</p><p>Neem deze zin over: ja.</p>"
    write(letter, alida, body=body)
    assert only(letter, "figure_differs").finding.fixes != ()
    assert last_look.of(letter).fixable == 1
    findings.fix_all(letter=letter, by=alida)
    letter.refresh_from_db()
    assert "ruim 16.000 Amsterdammers per e-mail" in letter.body
    with pytest.raises(Refused, match="Pas het aan in de tekst"):
        findings.fix_all(letter=letter, by=alida)
    assert findings.fix(letter=letter, token=only(letter, "figure_differs").token, by=alida) == 1
    letter.refresh_from_db()
    assert "ruim 15.000 Amsterdammers per e-mail" in letter.body
