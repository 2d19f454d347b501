"""Two hundred messages as they come back, of our own making, each with what it truly is and where it belongs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message
from random import Random

from letters.inbound.kinds import Kind
from tests.letters.inbound import servers
from tests.letters.inbound.shapes import CLIENTS, forward, message, original, person_of, quoted, reply
from tests.letters.inbound.world import (
    ALL,
    BUDGET,
    CARE,
    MEETING,
    OUR_ADDRESS,
    OUR_NAME,
    PARTIES,
    ROOMS,
    SHARED,
    VOLUNTEER,
    WITHDRAWN,
    Letter,
    Sent,
    sent,
)

ANSWERS = (
    "Beste mensen,\n\nHartelijk dank voor uw brief. Wij steunen uw oproep en nemen hem mee in ons "
    "programma.\n\nGroet,\n{name}",
    "Goedemorgen,\n\nWij hebben uw brief met belangstelling gelezen, maar zien geen ruimte in de begroting.\n\n{name}",
    "Dag,\n\nKunt u toelichten hoeveel zalen er nodig zijn? En mag ik een keer langskomen?\n\n"
    "Vriendelijke groet,\n{name}",
    "Beste Alida,\n\nDank voor uw brief. Wij zijn voor.\n\n{name}",
    "Geachte heer, mevrouw,\n\nOns antwoord in het kort: ja op punt 1, nee op punt 2. We lichten dat "
    "graag toe op 12 november.\n\n{name}",
    "Beste buren,\n\nDeze vraag hoort bij de wethouder. Ik heb uw brief aan haar gegeven.\n\n{name}\n"
    "\n-- \n{name}\nFractie\n020 555 12 34",
)
RECEIPTS = (
    "Geachte heer, mevrouw,\n\nWij hebben uw bericht in goede orde ontvangen. U ontvangt binnen zes "
    "weken een reactie.\n\n"
    "Met vriendelijke groet,\n{name}",
    "Hierbij bevestig ik de ontvangst van uw brief. Wij komen hier zo spoedig mogelijk op terug.\n\n"
    "Hoogachtend,\n{name}",
    "Beste Alida,\n\nHartelijk dank voor uw brief en het jaarverslag!\n\nGroet,\n{name}",
)
ABSENCE = "Ik ben tot en met 15 augustus met vakantie. Voor dringende zaken kunt u bellen met 020 555 00 11.\n\n{name}"


@dataclass(frozen=True)
class Case:
    """A message with its truth: what it is, and the keys of the threads where it belongs (none: nowhere)."""

    shape: str
    mail: Message
    kind: Kind
    threads: frozenset[str]

    @property
    def raw(self) -> bytes:
        return self.mail.as_bytes()


def cases() -> list[Case]:
    """The corpus, the same each time."""
    random = Random(2025)
    return [case for shape in SHAPES for case in shape(random)]


def _case(shape: str, mail: Message, kind: Kind, *threads: Sent) -> Case:
    return Case(shape, mail, kind, frozenset(str(one.thread.key) for one in threads))


def _some(random: Random, count: int, *letters: Letter) -> list[Sent]:
    return random.sample(
        [one for one in ALL if one.letter in (letters or (MEETING, ROOMS, CARE, BUDGET))], count
    )


def _answer(random: Random, person: tuple[str, str]) -> str:
    return random.choice(ANSWERS).format(name=person[0])


def _own_domain(random: Random, count: int, letter: Letter) -> list[Sent]:
    parties = [
        one for one in ALL if one.letter == letter and one.party.domain not in {SHARED, "vrijemail.example"}
    ]
    return random.sample(parties, count)


def answers_with_token(random: Random) -> Iterator[Case]:
    for index, one in enumerate(_some(random, 15)):
        person = person_of(one.party, index)
        mail = reply(one, person, _answer(random, person), CLIENTS[index % 5], index % 40 + 1)
        yield _case("token", mail, Kind.ANSWER, one)


def answers_in_thread(random: Random) -> Iterator[Case]:
    for index, one in enumerate(_some(random, 13)):
        person = person_of(one.party, index)
        fields = {"In_Reply_To": one.message_id, "References": f"<oud@elders.example> {one.message_id}"}
        if index % 4 == 0:
            del fields["In_Reply_To"]
        own = _answer(random, person)
        mail = reply(one, person, own, CLIENTS[index % 5], 3, to=OUR_ADDRESS, **fields)
        yield _case("in thread", mail, Kind.ANSWER, one)


def answers_that_only_quote(random: Random) -> Iterator[Case]:
    for index, one in enumerate(_some(random, 14)):
        address = (one.party.people[0], one.party.addresses[-1])
        text = quoted(one, CLIENTS[index % 5], _answer(random, address))
        moment = one.letter.sent_at + timedelta(days=9, minutes=index)
        yield _case("quotes", message(address, OUR_ADDRESS, "Uw brief", text, moment), Kind.ANSWER, one)


def new_messages_with_reference(random: Random) -> Iterator[Case]:
    for index, one in enumerate(_some(random, 8, MEETING)):
        person = person_of(one.party, index)
        moment = one.letter.sent_at + timedelta(days=14, minutes=index)
        subject = f"Reactie op uw brief met kenmerk {one.letter.reference}"
        mail = message(person, OUR_ADDRESS, subject, _answer(random, person), moment)
        yield _case("reference", mail, Kind.ANSWER, one)


def mistyped_references(random: Random) -> Iterator[Case]:
    def errors(reference: str) -> list[str]:
        year, number = reference[:4], reference[5:8]
        return [
            f"{year}-{number}",
            f"{year}-{number[:2]} {reference[-1]}",
            f"{year}{number}{'X' if reference[-1] != 'X' else 'Y'}",
            f"{year}-{number[1]}{number[0]}{number[2]} {reference[-1]}",
        ]

    for index, one in enumerate(_some(random, 16)):
        written = errors(one.letter.reference)[index % 4]
        address = (one.party.people[0], one.party.addresses[0])
        moment = one.letter.sent_at + timedelta(days=20, minutes=index)
        text = f"Dit gaat over uw brief {written}.\n\n{_answer(random, address)}"
        yield _case("typo", message(address, OUR_ADDRESS, "Uw brief", text, moment), Kind.ANSWER, one)


def strangers_with_reference(random: Random) -> Iterator[Case]:
    for index, one in enumerate(_some(random, 6)):
        person = ("Privé", f"lid{index}@vrijemail.example")
        text = f"Over uw kenmerk {one.letter.reference}: wij zijn het eens.\n\nNamens de fractie van {one.party.name}"
        moment = one.letter.sent_at + timedelta(days=5, minutes=index)
        yield _case("stranger", message(person, OUR_ADDRESS, "Uw brief", text, moment), Kind.ANSWER, one)


def without_any_reference(random: Random) -> Iterator[Case]:
    latest = {one.party.name: one for one in ALL if one.letter != WITHDRAWN}
    for index, one in enumerate(random.sample(sorted(latest.values(), key=lambda one: one.party.name), 12)):
        known = (one.party.people[0], one.party.addresses[0])
        shared = one.party.domain in {SHARED, "vrijemail.example"}
        person = known if shared or index % 2 else person_of(one.party, index)
        moment = one.letter.sent_at + timedelta(days=6, minutes=index)
        mail = message(person, OUR_ADDRESS, "Ons standpunt", _answer(random, person), moment)
        yield _case("no reference", mail, Kind.ANSWER, one)


def two_letters_at_once(random: Random) -> Iterator[Case]:
    parties = [party for party in PARTIES[:10] if party.domain not in {SHARED, "vrijemail.example"}]
    for index, party in enumerate(random.sample(parties, 6)):
        one, two = sent(MEETING, party), sent(ROOMS, party)
        person = person_of(party, index)
        own = f"Dit is ons antwoord op uw brieven {one.letter.reference} en {two.letter.reference}.\n\nJa op beide."
        to = two.reply_address if index % 2 else OUR_ADDRESS
        moment = two.letter.sent_at + timedelta(days=10, minutes=index)
        yield _case("two letters", message(person, to, "Uw brieven", own, moment), Kind.ANSWER, one, two)


def passed_on(random: Random) -> Iterator[Case]:
    bram = ("Bram Visser", VOLUNTEER)
    for index, one in enumerate(_own_domain(random, 8, ROOMS) + _own_domain(random, 9, BUDGET)):
        person = person_of(one.party, index)
        moment = one.letter.sent_at + timedelta(days=11, minutes=index)
        inner = reply(
            one, person, _answer(random, person), "gmail", 10, to=VOLUNTEER, In_Reply_To=one.message_id
        )
        if index % 4 == 3:
            mail = message(bram, OUR_ADDRESS, "Doorgestuurd antwoord", "Zie bijlage.", moment)
            mail.add_attachment(inner)
        else:
            client = ("outlook", "gmail", "apple")[index % 4]
            subject, text = forward(
                person, str(inner["Subject"]), inner.get_content(), client, "Voor het archief."
            )
            mail = message(bram, OUR_ADDRESS, subject, text, moment)
        yield _case("forward", mail, Kind.ANSWER, one)


def bounces(random: Random) -> Iterator[Case]:
    forms = (
        lambda one: servers.report(one, "postfix", token=False),
        lambda one: servers.report(one, "exchange", status="5.1.10"),
        lambda one: servers.report(one, "exchange", returned="", token=True),
        lambda one: servers.report(one, "google", returned="headers", token=False),
        servers.exim,
        servers.qmail,
        servers.dutch,
    )
    for index, one in enumerate(_some(random, 21)):
        yield _case("bounce", forms[index % len(forms)](one), Kind.BOUNCE, one)
    for one in _some(random, 3):
        mail = servers.report(one, "postfix", action="delayed", status="4.4.1", token=False)
        yield _case("delay", mail, Kind.DELAY, one)
    for one in _some(random, 2):
        yield _case("read receipt", servers.read_receipt(one), Kind.RECEIPT, one)


def absences(random: Random) -> Iterator[Case]:
    marks = (
        ("Automatisch antwoord: {}", {}),
        ("Afwezig: {}", {}),
        ("Automatic reply: {}", {"X_Auto_Response_Suppress": "All"}),
        ("Re: {}", {"Auto_Submitted": "auto-replied"}),
        ("Re: {}", {"X_Autoreply": "yes", "Precedence": "bulk"}),
        ("Ik ben er niet", {"Precedence": "auto_reply"}),
    )
    for index, one in enumerate(_some(random, 12, MEETING)):
        subject, fields = marks[index % len(marks)]
        person = person_of(one.party, index)
        to = one.reply_address if index % 2 else OUR_ADDRESS
        answers = {} if index % 2 else {"In_Reply_To": one.message_id}
        moment = one.letter.sent_at + timedelta(minutes=5 + index)
        text = ABSENCE.format(name=person[0])
        mail = message(person, to, subject.format(one.subject), text, moment, **fields, **answers)
        yield _case("absence", mail, Kind.AUTO_REPLY, one)


def receipts(random: Random) -> Iterator[Case]:
    for index, one in enumerate(_some(random, 9)):
        person = person_of(one.party, index)
        fields = {"Auto_Submitted": "auto-replied"} if index % 3 == 0 else {}
        own = RECEIPTS[0 if fields else index % 3].format(name=person[0])
        mail = reply(one, person, own, CLIENTS[index % 5], 1, **fields)
        yield _case("receipt", mail, Kind.ACKNOWLEDGEMENT, one)


def invitations(random: Random) -> Iterator[Case]:
    event = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Gesprek\nEND:VEVENT\nEND:VCALENDAR\n"
    for index, one in enumerate(_some(random, 4)):
        person = person_of(one.party, index)
        mail = message(
            person, one.reply_address, "Gesprek", "Wij nodigen u uit.", one.letter.sent_at + timedelta(days=8)
        )
        mail.add_alternative(event, subtype="calendar", params={"method": "REQUEST"})
        yield _case("invitation", mail, Kind.INVITATION, one)


def about_a_withdrawn_letter(random: Random) -> Iterator[Case]:
    for index, one in enumerate(_some(random, 4, WITHDRAWN)):
        person = person_of(one.party, index)
        yield _case("withdrawn", reply(one, person, _answer(random, person), "outlook", 4), Kind.ANSWER, one)


def quoting_a_letter_that_mentions_another(random: Random) -> Iterator[Case]:
    for index, one in enumerate(_some(random, 4, CARE)):
        address = (one.party.people[0], one.party.addresses[0])
        text = quoted(one, CLIENTS[index % 4], _answer(random, address))
        moment = one.letter.sent_at + timedelta(days=2, minutes=index)
        yield _case("mentions", message(address, OUR_ADDRESS, "Zorg", text, moment), Kind.ANSWER, one)


def loops(random: Random) -> Iterator[Case]:
    for one in _some(random, 4):
        mail = original(one)
        mail["Delivered-To"] = OUR_ADDRESS
        yield _case("loop", mail, Kind.OWN, one)


def answered_by_somebody_else(random: Random) -> Iterator[Case]:
    """They passed our letter on, and whoever got it answers to the address that was not meant for them."""
    for index in range(4):
        meant, author = random.sample([party for party in PARTIES[:10] if party.domain != SHARED], 2)
        one, truth = sent(BUDGET, meant), sent(BUDGET, author)
        person = (author.people[0], author.addresses[0])
        own = f"Wij kregen uw brief van {meant.name}. Wij zijn voor.\n\n{person[0]}, {author.name}"
        yield _case("other party", reply(one, person, own, CLIENTS[index % 5], 6), Kind.ANSWER, truth)


def spam(random: Random) -> Iterator[Case]:
    marks = ({"X_Spam_Flag": "YES"}, {"X_Spam_Status": "Yes, score=9.1"}, {"X_Spam": "Yes"})
    for index, one in enumerate(_some(random, 6)):
        to = one.reply_address if index % 2 else OUR_ADDRESS
        moment = one.letter.sent_at + timedelta(days=30, minutes=index)
        text = f"Goedkope leningen. Kenmerk {one.letter.reference}"
        sender = ("Bank", f"x{index}@aanbod.example")
        mail = message(sender, to, "Laatste kans", text, moment, **marks[index % 3])
        yield _case("spam", mail, Kind.SPAM)


def strangers(random: Random) -> Iterator[Case]:
    subjects = (
        "Lid worden",
        "Factuur 2025-1187",
        "Vraag over uw site",
        "Nieuwsbrief 2025-12",
        "Hallo",
        "Stage 2025/2026",
    )
    for index, subject in enumerate(subjects):
        person = (f"Bewoner {index}", f"bewoner{index}@thuis.example")
        text = (
            f"Dag {OUR_NAME},\n\nIk zag uw site en wil meedoen met de Nieuwe Lijn van de tram.\n\n"
            f"Bel 06-12345678, 1012 AB."
        )
        moment = BUDGET.sent_at + timedelta(days=index)
        yield _case("unrelated", message(person, OUR_ADDRESS, subject, text, moment), Kind.ANSWER)


def private_addresses(random: Random) -> Iterator[Case]:
    """Somebody answers from home, to the address that was meant for their party."""
    for index, one in enumerate(_some(random, 2)):
        person = (one.party.people[0], f"thuis{index}@vrijemail.example")
        yield _case(
            "private address", reply(one, person, _answer(random, person), "gmail", 4), Kind.ANSWER, one
        )


def lookalikes(random: Random) -> Iterator[Case]:
    """What looks as if it belongs somewhere, and does not, or belongs somewhere else."""
    for index, one in enumerate(_own_domain(random, 4, BUDGET)):
        # The name of a party and its letter, from a domain that only looks like theirs.
        person = (one.party.name, f"fractie@{one.party.domain.split('.')[0]}-actie.example")
        text = f"Kenmerk: {one.letter.reference}\n\n{_answer(random, person)}"
        moment = one.letter.sent_at + timedelta(days=3, minutes=index)
        yield _case("false sender", message(person, OUR_ADDRESS, "Uw brief", text, moment), Kind.ANSWER)
    for index, party in enumerate(PARTIES[11:]):
        # They read a letter that never went to them.
        person = (party.people[0], party.addresses[0])
        moment = CARE.sent_at + timedelta(days=3, minutes=index)
        text = f"Wij lazen uw brief {CARE.reference} bij een ander.\n\n{_answer(random, person)}"
        yield _case("letter of others", message(person, OUR_ADDRESS, "Zorg", text, moment), Kind.ANSWER)
    for index in range(3):
        # They answer their own letter, to the address that stood in the letter to a neighbour.
        mine, other = random.sample(PARTIES[:4], 2)
        one = sent(ROOMS, mine)
        person = (mine.people[0], mine.addresses[0])
        mail = reply(
            one,
            person,
            _answer(random, person),
            CLIENTS[index],
            5,
            to=sent(ROOMS, other).reply_address,
            In_Reply_To=one.message_id,
        )
        yield _case("address of others", mail, Kind.ANSWER, one)
    for index, number in enumerate(("2025-0141", "2025014")):
        person = ("Administratie", f"facturen{index}@leverancier.example")
        text = f"Factuurnummer {number}, te betalen binnen 14 dagen. Bel 020-2025014 bij vragen.\n\nAdministratie"
        moment = BUDGET.sent_at + timedelta(days=index)
        yield _case("number", message(person, OUR_ADDRESS, f"Factuur {number}", text, moment), Kind.ANSWER)


SHAPES = (
    answers_with_token,
    answers_in_thread,
    answers_that_only_quote,
    new_messages_with_reference,
    mistyped_references,
    strangers_with_reference,
    without_any_reference,
    two_letters_at_once,
    passed_on,
    bounces,
    absences,
    receipts,
    invitations,
    about_a_withdrawn_letter,
    quoting_a_letter_that_mentions_another,
    loops,
    answered_by_somebody_else,
    private_addresses,
    lookalikes,
    spam,
    strangers,
)
