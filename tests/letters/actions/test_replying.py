"""Writing back: one draft for all, sent within the thread and kept as it was sent."""

import email
from email import policy

import pytest

from crm.actions import follow_ups
from crm.actions.action import NotAllowed, Refused
from crm.actions.changing import Overtaken, version
from crm.models import ContactPoint, FrozenFile, OutgoingMessage, OutgoingState, Person
from crm.registries.outgoing import Result
from letters.actions import answering, intake, replying
from letters.models import Reply, StandardText
from letters.queries import next_steps, turns
from letters.queries.turns import Who
from tests.letters.admin.samples import one_page
from tests.letters.mails import MOMENT, answer, bounce, mail
from tests.letters.stories import arrive, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    return arrive(letter, alida, bram, cor, at=MOMENT)


@pytest.fixture
def came(sent):
    raw = answer(sent[0], "Wanneer komt uw rapport?\n\nGroet,\nAnna")
    return intake.take_in(raw=raw, source="imap:INBOX", uid="1")[0].places.get().answer


@pytest.fixture
def draft(came, alida):
    return replying.start(recipient=came.recipient, answer=came, by=alida)


def write(draft, by, text="In oktober.", **values):
    kept = {"address": draft.address, "subject": draft.subject, "expects_answer": True} | values
    return replying.save(reply=draft, text=text, by=by, **kept)


def sent_mail(reply):
    reply.refresh_from_db()
    return email.message_from_bytes(reply.outgoing.raw.read(), policy=policy.default)


def turn(recipient):
    found = turns.of([recipient]).get(recipient.pk)
    return found.who if found else None


def test_a_draft_begins_with_whom_and_what_it_answers(draft, came, bram):
    assert (draft.address, draft.subject) == (came.place.message.sender_address, "Re: Ontmoeten in de buurt")
    assert draft.text.startswith("Dag Anna Bos,")
    assert draft.text.endswith("Alida de Test\nNetwerk De Brug")
    assert replying.start(recipient=came.recipient, answer=came, by=bram) == draft


def test_who_begins_a_message_and_who_throws_it_away_is_written_down_but_not_every_word(
    draft, came, alida, bram
):
    write(draft, alida)
    replying.start(recipient=came.recipient, answer=came, by=bram)
    replying.drop(reply=draft, by=bram)
    codes = ("letters.reply_started", "letters.reply_dropped")
    lines = [
        "Alida de Test begon terug te schrijven aan Anna Bos over de brief “Ontmoeten in de buurt”",
        "Bram de Test gooide weg wat aan Anna Bos geschreven werd over de brief “Ontmoeten in de buurt”",
    ]
    assert [told(x, *codes) for x in (came.recipient.letter, came.recipient.organisation)] == [lines, lines]


def test_it_leaves_within_the_thread_with_their_words_under_it(draft, came, alida):
    write(draft, alida, "In oktober.\r\n\r\nhttps://brug.example/rapport", expects_answer=False)
    replying.send(reply=draft, by=alida)
    found = sent_mail(draft)
    assert found["In-Reply-To"] == came.place.message.message_id
    assert found["References"].split()[-1] == came.place.message.message_id
    assert found["From"].addresses[0].display_name == "Alida de Test, Netwerk De Brug"
    assert found["Reply-To"].addresses[0].addr_spec.startswith("antwoord+")
    text = found.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.startswith("In oktober.\n\nhttps://brug.example/rapport\n\nOp ")
    assert "Anna Bos:\n> Wanneer komt uw rapport?" in text
    html = found.get_body(("html",)).get_content()
    assert '<a href="https://brug.example/rapport">https://brug.example/rapport</a>' in html
    assert draft.outgoing.state == OutgoingState.QUEUED


@pytest.mark.parametrize(("expects", "who"), [(True, Who.THEM), (False, Who.NOBODY)])
def test_whose_turn_it_is_afterwards(draft, came, alida, expects, who):
    answering.judge(answer=came, meanings={"is_real", "asks"}, by=alida)
    write(draft, alida, expects_answer=expects)
    replying.send(reply=draft, by=alida)
    assert turn(came.recipient) == who
    assert (came.recipient in turns.theirs()) is (who == Who.THEM)


def test_one_that_did_not_arrive_makes_it_our_turn_and_says_so(draft, came, alida):
    write(draft, alida)
    reply = replying.send(reply=draft, by=alida)
    OutgoingMessage.objects.filter(pk=reply.outgoing_id).update(state=OutgoingState.REFUSED)
    said = {"state": "refused", "code": 550, "reply": "", "at": MOMENT, "by": alida}
    replying.note(Result(pk=reply.outgoing_id, key="", batch="", envelope_to="", **said))
    assert turn(came.recipient) == Who.US
    assert came.recipient in turns.ours()
    assert told(came.recipient.letter, "letters.reply_failed") == [
        f"Ons bericht aan De Waag ({reply.address}) kwam niet aan"
    ]


def test_an_answer_to_it_finds_the_thread(draft, came, alida):
    write(draft, alida)
    replying.send(reply=draft, by=alida)
    draft.refresh_from_db()
    raw = mail(
        "Kunnen wij langskomen?",
        In_Reply_To=draft.outgoing.message_id,
        to=f"antwoord+{draft.outgoing.reply_token}@brug.example",
    )
    message = intake.take_in(raw=raw, source="imap:INBOX", uid="2")[0]
    assert [place.recipient for place in message.places.all()] == [came.recipient]
    assert turn(came.recipient) == Who.US


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": "  \n"}, "Schrijf eerst iets"),
        ({"subject": " "}, "waar het over gaat"),
        ({"address": "anna@@elders.example"}, "geen e-mailadres"),
        ({"address": "anna@elders.example\r\nBcc: x@y.example"}, "geen e-mailadres"),
    ],
)
def test_what_lacks_something_stays_a_draft_with_what_was_typed(draft, alida, values, words):
    write(draft, alida, **values)
    with pytest.raises(Refused, match=words):
        replying.send(reply=draft, by=alida)
    kept = Reply.objects.get()
    assert (kept.outgoing, kept.text) == (None, values.get("text", "In oktober."))


def test_who_asked_us_not_to_write_is_left_alone(draft, came, alida):
    person = Person.objects.create(family_name="Bos", do_not_contact=True)
    ContactPoint.objects.filter(value=draft.address).update(organisation=None, person=person)
    write(draft, alida)
    with pytest.raises(Refused, match="niet te schrijven"):
        replying.send(reply=draft, by=alida)


def test_two_people_write_and_the_second_is_told(draft, alida, bram):
    seen = version(draft)
    write(draft, alida, "Van Alida.")
    with pytest.raises(Overtaken):
        write(draft, bram, "Van Bram.", seen=seen)
    assert Reply.objects.get().text == "Van Alida."


def test_it_is_sent_once(draft, alida):
    write(draft, alida)
    replying.send(reply=draft, by=alida)
    for act in (replying.send, replying.drop):
        with pytest.raises(Refused, match="al verstuurd"):
            act(reply=draft, by=alida)
    assert OutgoingMessage.objects.filter(key__startswith="reply:").count() == 1


def test_a_pdf_goes_along_and_anything_else_is_refused(draft, alida):
    with pytest.raises(Refused):
        replying.add_file(reply=draft, name="x.pdf", data=b"MZ geen pdf", by=alida)
    file = replying.add_file(reply=draft, name="Jaarverslag.pdf", data=one_page(), by=alida)
    write(draft, alida)
    replying.send(reply=draft, by=alida)
    found = [part.get_filename() for part in sent_mail(draft).iter_attachments()]
    assert found == ["Jaarverslag.pdf"]
    with pytest.raises(Refused):
        replying.remove_file(file=file, by=alida)
    assert FrozenFile.objects.filter(pk=file.file_id).exists()


def test_a_reader_writes_nothing(draft, loes):
    for act in (replying.send, replying.drop):
        with pytest.raises(NotAllowed):
            act(reply=draft, by=loes)


INJECTED = "=0D=0AContent-Type=3A_text/plain=0D=0A=0D=0AWij_stoppen_ermee=2E"


@pytest.mark.parametrize(
    "fields",
    [
        {"Message_ID": f"<=?utf-8?q?a=40x=3E{INJECTED}?=@x>"},
        {
            "sender": (
                f"=?utf-8?q?=3D=3Futf-8=3Fq=3FAnna{INJECTED.replace('=', '=3D')}=3F=3D?=",
                "anna@elders.example",
            )
        },
        {"subject": f"=?utf-8?q?=3D=3Futf-8=3Fq=3FVraag{INJECTED.replace('=', '=3D')}=3F=3D?="},
        {"References": f"<=?utf-8?q?b=40x=3E{INJECTED}?=@x>"},
    ],
)
def test_nobody_writes_in_the_header_of_what_we_send(sent, alida, fields):
    raw = answer(sent[0], "Wanneer komt uw rapport?")
    for name, value in fields.items():
        name, value = (
            ("From", f"{value[0]} <{value[1]}>") if name == "sender" else (name.replace("_", "-"), value)
        )
        lines = [
            line for line in raw.split(b"\r\n") if not line.lower().startswith(name.lower().encode() + b":")
        ]
        raw = b"\r\n".join([f"{name}: {value}".encode(), *lines])
    message = intake.take_in(raw=raw, source="imap:INBOX", uid="9")[0]
    came = message.places.get().answer
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    write(draft, alida)
    replying.send(reply=draft, by=alida)
    found = sent_mail(draft)
    assert set(found.keys()) <= {
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Content-Language",
        "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert found.get_body(("plain",)).get_content().startswith("In oktober.")


def test_a_long_id_stays_an_id(sent, alida):
    long = f"<{'AM9PR08MB' * 12}@AM9PR08MB1234.eurprd08.prod.outlook.com>"
    raw = answer(sent[0], "Wanneer komt uw rapport?", Message_ID="<kort@elders.example>")
    raw = raw.replace(b"<kort@elders.example>", long.encode())
    came = intake.take_in(raw=raw, source="imap:INBOX", uid="9")[0].places.get().answer
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    write(draft, alida)
    replying.send(reply=draft, by=alida)
    draft.refresh_from_db()
    assert f"In-Reply-To: {long}\r\n".encode() in draft.outgoing.raw.read()


def test_a_reply_is_not_for_ourselves(sent, alida):
    raw = answer(sent[0], "Wanneer komt uw rapport?", Reply_To="antwoord@brug.example")
    came = intake.take_in(raw=raw, source="imap:INBOX", uid="9")[0].places.get().answer
    draft = replying.start(recipient=came.recipient, answer=came, by=alida)
    assert draft.address == came.place.message.sender_address
    write(draft, alida, address="antwoord@brug.example")
    with pytest.raises(Refused, match="ons eigen adres"):
        replying.send(reply=draft, by=alida)


def test_one_that_was_not_sent_after_all_makes_it_our_turn_until_it_is_finished(draft, came, alida):
    write(draft, alida)
    reply = replying.send(reply=draft, by=alida)
    OutgoingMessage.objects.filter(pk=reply.outgoing_id).update(state=OutgoingState.DROPPED)
    assert turn(came.recipient) == Who.US
    answering.close(recipient=came.recipient, by=alida)
    came.recipient.refresh_from_db()
    assert turn(came.recipient) == Who.NOBODY
    assert came.recipient not in turns.ours()


def test_a_file_that_was_added_meanwhile_is_looked_at_before_it_is_sent(draft, alida):
    before = draft.changed_at
    replying.add_file(reply=draft, name="x.pdf", data=one_page(), by=alida)
    draft.refresh_from_db()
    assert draft.changed_at > before


def test_what_nobody_read_yet_still_waits_after_writing_back_to_another(draft, came, alida):
    raw = answer(came.place.recipient.dispatches.get(), "En dit is ons concept. Wat vindt u?", moment=MOMENT)
    intake.take_in(raw=raw, source="imap:INBOX", uid="2")
    write(draft, alida)
    replying.send(reply=draft, by=alida)
    assert turn(came.recipient) == Who.US
    assert [one.settled_at is None for one in came.recipient.answers.order_by("pk")] == [False, True]


def test_a_reply_that_bounces_says_nothing_of_the_letter(sent, draft, came, alida):
    write(draft, alida)
    reply = replying.send(reply=draft, by=alida)
    OutgoingMessage.objects.filter(pk=reply.outgoing_id).update(state=OutgoingState.ACCEPTED)
    message = intake.take_in(raw=bounce(reply), source="imap:INBOX", uid="2")[0]
    states = OutgoingMessage.objects.in_bulk([reply.outgoing_id, sent[0].outgoing_id])
    assert (message.kind, [place.recipient for place in message.places.all()]) == ("bounce", [came.recipient])
    assert states[reply.outgoing_id].state == OutgoingState.BOUNCED
    assert states[sent[0].outgoing_id].state == OutgoingState.ACCEPTED
    assert turn(came.recipient) == Who.US
    assert ContactPoint.objects.get(value=reply.address).status == "failing"


def test_a_standard_text_comes_below_what_was_typed_filled_for_who_gets_it(draft, alida):
    text = StandardText.objects.create(
        title="Wie wij zijn",
        body='<p>Voor <span data-merge="organisatie">organisatie</span>.</p><ul><li>Een <b>buurt</b></li></ul>',
    )
    write(draft, alida, text="Dank voor uw mail.\n")
    assert replying.insert(reply=draft, text=text, by=alida).text == (
        "Dank voor uw mail.\n\nVoor De Waag.\n\n- Een buurt"
    )
    text.body = '<p><span data-merge="nergens">x</span></p>'
    text.save()
    with pytest.raises(Refused, match="is zo niet te gebruiken"):
        replying.insert(reply=draft, text=text, by=alida)


def test_a_standard_text_comes_above_the_closing(draft, alida):
    text = StandardText.objects.create(title="Wie wij zijn", body="<p>Een dorp in de stad.</p>")
    write(draft, alida, "Dag Anna,\r\n\r\nDank.\r\n\r\nMet vriendelijke groet,\r\n\r\nAlida")
    kept = replying.insert(reply=draft, text=text, by=alida)
    assert kept.text == "Dag Anna,\n\nDank.\n\nEen dorp in de stad.\n\nMet vriendelijke groet,\n\nAlida"


def test_what_was_on_the_action_list_because_they_asked_is_done_with_the_answer(draft, came, alida):
    words = next_steps.step(
        answering.judge(answer=came, meanings={"asks"}, by=alida), came.recipient, "asks"
    ).words
    task = follow_ups.add(words=words, owner=alida, due_on=None, subject=came.recipient, by=alida)
    other = follow_ups.add(words="Iets anders", owner=alida, due_on=None, subject=came.recipient, by=alida)
    replying.send(reply=write(draft, alida), by=alida)
    for one in (task, other):
        one.refresh_from_db()
    assert (task.done_at is not None, other.done_at) == (True, None)
