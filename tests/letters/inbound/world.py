"""An invented network, its parties and the letters it sent: what the placing of messages may look things up in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from crm.dutch import references
from crm.dutch.folding import fold
from letters.inbound.known import Answers, Thread, Wanted

OUR_ADDRESS = "post@buurtennetwerk.example"
OUR_NAME = "Netwerk Veldstadse Buurten"
VOLUNTEER = "bram.visser@thuis.example"
SHARED = "raad.veldstad.example"


@dataclass(frozen=True)
class Party:
    """A recipient, with people who write for it."""

    name: str
    addresses: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def domain(self) -> str:
        return self.addresses[0].rpartition("@")[2]


PARTIES = (
    Party("De Brug", ("fractie@debrug.example", "bestuur@debrug.example"), ("Marijke Tol", "Kees Wever")),
    Party("Groene Wig", ("post@groenewig.example",), ("Samira Haddad", "Tom Bos")),
    Party("Sociaal Veldstad", ("raad@sociaalveldstad.example",), ("Ineke Smid", "Cor Dam")),
    Party("Nieuwe Lijn", ("info@nieuwelijn.example",), ("Youssef Amrani", "Els Prins")),
    Party("Lijst Linde", ("lijstlinde@vrijemail.example",), ("Johan Linde",)),
    Party("Ons Veld", ("fractie@onsveld.example",), ("Hanneke Vos", "Piet Roos")),
    Party("Vrije Kade", ("secretariaat@vrijekade.example",), ("Dirk Kuiper",)),
    Party("Plein 7", ("hallo@plein7.example",), ("Nadia Blom", "Wim de Haan")),
    Party("Warm Welkom", ("fractie@warmwelkom.example", "anna.dekker@warmwelkom.example"), ("Anna Dekker",)),
    Party("Stadshart", (f"stadshart@{SHARED}",), ("Ruud Hof",)),
    Party("Oude Haven", (f"oudehaven@{SHARED}",), ("Trees Koning",)),
    Party("Werf en Wijk", (f"werfenwijk@{SHARED}",), ("Bea Mulder",)),
    Party("Griffie Veldstad", (f"griffie@{SHARED}",), ("De griffier",)),
    Party("Jong Veldstad", ("bestuur@jongveldstad.example",), ("Lotte Kramer",)),
)


@dataclass(frozen=True)
class Letter:
    """A letter as it was sent: its reference, subject and first paragraph."""

    year: int
    number: int
    subject: str
    sent_at: datetime
    parties: tuple[Party, ...]
    mentions: str = ""

    @property
    def reference(self) -> str:
        return references.issue(self.year, self.number)


MEETING = Letter(2025, 14, "Ontmoeten in de buurt", datetime(2025, 7, 29, 9, 0, tzinfo=UTC), PARTIES)
ROOMS = Letter(
    2025, 20, "Vergaderruimte voor bewoners", datetime(2025, 9, 15, 9, 0, tzinfo=UTC), PARTIES[:10]
)
WITHDRAWN = Letter(2025, 27, "Subsidie per wijk", datetime(2025, 10, 6, 9, 0, tzinfo=UTC), PARTIES[:4])
CARE = Letter(
    2025, 31, "Zorgzame straten", datetime(2025, 11, 3, 9, 0, tzinfo=UTC), PARTIES[:6], MEETING.reference
)
BUDGET = Letter(2026, 2, "Voorjaarsnota en buurten", datetime(2026, 1, 12, 9, 0, tzinfo=UTC), PARTIES)
LETTERS = (MEETING, ROOMS, WITHDRAWN, CARE, BUDGET)


@dataclass(frozen=True)
class Sent:
    """One letter to one party: what only our message to them carries."""

    letter: Letter
    party: Party
    thread: Thread

    @property
    def token(self) -> str:
        return sha256(f"token {self.thread.key}".encode()).hexdigest()[:12]

    @property
    def message_id(self) -> str:
        return f"<{sha256(f'id {self.thread.key}'.encode()).hexdigest()[:32]}@buurtennetwerk.example>"

    @property
    def reply_address(self) -> str:
        user, _, domain = OUR_ADDRESS.partition("@")
        return f"{user}+{self.token}@{domain}"

    @property
    def subject(self) -> str:
        return f"{self.letter.subject} ({self.letter.reference})"

    @property
    def text(self) -> str:
        earlier = (
            f"Eerder schreven wij u hierover onze brief {self.letter.mentions}.\n\n"
            if self.letter.mentions
            else ""
        )
        return (
            f"Geachte fractie van {self.party.name},\n\nHierbij ontvangt u onze brief over "
            f"{self.letter.subject.lower()}.\n"
            f"Wij horen graag wat u ervan vindt.\n\n{earlier}Met vriendelijke groet,\n{OUR_NAME}\n\n"
            f"Kenmerk: {self.letter.reference}\n"
        )


def _sent(letter: Letter, party: Party) -> Sent:
    key = f"{letter.year}-{letter.number}/{party.name}"
    return Sent(
        letter, party, Thread(key, letter.reference, party.name, frozenset(party.addresses), letter.sent_at)
    )


ALL = tuple(_sent(letter, party) for letter in LETTERS for party in letter.parties)


def sent(letter: Letter, party: Party | str) -> Sent:
    """What went to this party."""
    name = party if isinstance(party, str) else party.name
    return next(one for one in ALL if one.letter == letter and one.party.name == name)


@dataclass
class Archive:
    """What was sent, as the placing asks for it."""

    sent: Sequence[Sent] = ALL
    asked: list[Wanted] = field(default_factory=list)

    def look_up(self, wanted: Wanted) -> Answers:
        self.asked.append(wanted)
        return Answers(
            by_token=self._look(wanted.tokens, lambda one: [one.token]),
            by_message_id=self._look(wanted.message_ids, lambda one: [one.message_id]),
            by_reference=self._look(wanted.references, lambda one: [one.letter.reference]),
            by_address=self._look(wanted.addresses, lambda one: one.party.addresses),
            by_domain=self._look(
                wanted.domains, lambda one: {a.rpartition("@")[2] for a in one.party.addresses}
            ),
            by_name=self._look(wanted.names, lambda one: one.party.people),
            by_called=self._look(wanted.called, lambda one: [fold(one.party.name).replace(" ", "")]),
        )

    def _look(self, wanted: Collection[str], of) -> dict[str, list[Thread]]:
        found: dict[str, list[Thread]] = {}
        for one in self.sent:
            values: Iterable[str] = of(one)
            for value in values:
                if value in wanted:
                    found.setdefault(value, []).append(one.thread)
        return found
