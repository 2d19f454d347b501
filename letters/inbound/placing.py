"""Placing: to which letters a message belongs, what is only likely, and why.

Certain is only what cannot be a coincidence: our token, our message id, our reference in the hands of its own
recipient. The reference is public, and so are the addresses: a mail server that returns nothing of ours, a message in
our name from elsewhere, and what somebody says that others wrote make nothing certain. As soon as two things point at
different recipients nothing is certain any more, and a person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import timedelta
from typing import Final

from letters.inbound import authentication, evidence
from letters.inbound.domains import is_own
from letters.inbound.evidence import FROM_SERVERS, Evidence
from letters.inbound.incoming import Incoming
from letters.inbound.kinds import Kind, Verdict
from letters.inbound.known import Answers, Known, Thread
from letters.inbound.placement import Guess, Place, Placement
from letters.inbound.reasons import Reason
from letters.inbound.references import Where

MOST_GUESSES: Final = 5
# Of a letter to more recipients than this, the reference alone says nothing about whose answer it is.
_FEW: Final = 3
_WEIGHTS: Final = {
    "token": 60, "reply": 60, "returned": 60, "own_copy": 60, "forward": 60, "kenmerk": 50, "same_letter": 45,
    "kenmerk_typo": 40, "failed_address": 35, "address": 30,
    "recipient": 30, "quoted_recipient": 25, "domain": 15, "name": 20,
    "sender_name": 25, "named_domain": 20, "quoted_sender": 30,
    "latest": 10, "shared_domain": 5,
}  # fmt: skip
_LIKELY: Final = 40


def place(incoming: Incoming, verdict: Verdict, known: Known, *, is_sent: bool = False) -> Placement:
    """Where the message belongs. Spam is never placed for certain, whatever it claims to answer.

    ``is_sent``: it lies among what we sent ourselves, where nobody else puts anything.
    """
    seen = evidence.gather(incoming, verdict)
    found = known.look_up(seen.wanted) if seen.wanted else Answers()
    return decide(incoming, verdict, seen, found, is_sent=is_sent)


def decide(
    incoming: Incoming, verdict: Verdict, seen: Evidence, found: Answers, *, is_sent: bool = False
) -> Placement:
    """The same, of what was gathered and looked up before."""
    return _Case(incoming, verdict, seen, found, is_sent=is_sent).decide()


class _Ledger:
    """Reasons gathered for each thread, in the order in which they were found."""

    def __init__(self) -> None:
        self.threads: dict[Hashable, Thread] = {}
        self.reasons: dict[Hashable, dict[str, Reason]] = {}

    def add(self, thread: Thread, *reasons: Reason) -> None:
        self.threads.setdefault(thread.key, thread)
        found = self.reasons.setdefault(thread.key, {})
        for reason in reasons:
            found.setdefault(reason.code, reason)

    def items(self) -> Iterator[tuple[Thread, tuple[Reason, ...]]]:
        return ((thread, tuple(self.reasons[key].values())) for key, thread in self.threads.items())


class _Case:
    """One message, with everything that was looked up for it."""

    def __init__(
        self, incoming: Incoming, verdict: Verdict, seen: Evidence, found: Answers, *, is_sent: bool
    ) -> None:
        self.incoming, self.verdict, self.seen = incoming, verdict, seen
        # Why a reference and an address, both public, say nothing here of who speaks.
        self.unproven = ""
        if verdict.kind in FROM_SERVERS:
            self.unproven = "report_unproven"
        elif verdict.kind == Kind.OWN and not is_sent:
            self.unproven = "own_unproven"
        self.by_token, self.by_id = found.by_token, found.by_message_id
        self.by_reference, self.by_address = found.by_reference, found.by_address
        self.by_domain = found.by_domain
        self.by_name, self.by_called = found.by_name, found.by_called
        # Who has addresses at a domain, and whose own it is; a domain that several share is nobody's.
        self.at = {
            domain: sorted({thread.name for thread in threads}) for domain, threads in self.by_domain.items()
        }
        self.owners = {
            domain: names[0]
            for domain, names in self.at.items()
            if len(names) == 1 and is_own(domain, names[0])
        }
        self.speaking_domains = {address.rpartition("@")[2] for address in seen.speakers}
        self.about_name = {thread.name: self._about_name(thread) for thread in self._named()}
        self.certain, self.guesses = _Ledger(), _Ledger()
        self.notes: list[Reason] = []

    def decide(self) -> Placement:
        self._follow_trails()
        self._read_references()
        if self.verdict.kind == Kind.SPAM:
            self._doubt(Reason("spam"))
        elif self.verdict.kind not in FROM_SERVERS and authentication.failed(self.incoming):
            unverified = Reason("unverified", {"address": self.incoming.sender.address})
            self._doubt(unverified)
            self.notes.append(unverified)
        elif doubt := self._contradiction():
            self._doubt(doubt)
        elif self._is_of_another():
            self.notes.append(Reason("sent_by_other"))
        if not self.certain.threads:
            self._look_at_sender()
        places = tuple(Place(thread, reasons) for thread, reasons in self.certain.items())
        placed = {placed.thread.letter for placed in places}
        return Placement(
            places, self._ranked(placed), tuple({str(note): note for note in self.notes}.values())
        )

    def _ranked(self, placed: Collection[str]) -> tuple[Guess, ...]:
        """The guesses about other letters than these, the strongest first; of equals the newest letter."""
        weighed = [
            (sum(_WEIGHTS[reason.code] for reason in reasons), thread, reasons)
            for thread, found in self.guesses.items()
            if thread.letter not in placed
            for reasons in [(*found, *self._hints(thread))]
        ]
        weighed.sort(key=lambda one: (-one[0], -one[1].sent_at.timestamp()))
        best: dict[str, int] = {}
        for weight, thread, _reasons in weighed:
            best.setdefault(thread.name, weight)
        return tuple(
            Guess(
                thread,
                reasons,
                weight >= _LIKELY
                and all(weight > other for name, other in best.items() if name != thread.name),
            )
            for weight, thread, reasons in weighed[:MOST_GUESSES]
        )

    def _follow_trails(self) -> None:
        for group in self.seen.trails:
            for trail in group:
                threads = self.by_token.get(trail.token) or self.by_id.get(trail.message_id) or ()
                for thread in threads:
                    self.certain.add(thread, Reason(trail.code))
                if threads:
                    break

    def _read_references(self) -> None:
        known = [found for found in self.seen.found if found.reference in self.by_reference]
        told = [found for found in known if found.where in {Where.SUBJECT, Where.OWN}]
        for found in told:
            self._reference(
                found.reference, Reason("kenmerk", {"letter": found.reference}), may_be_certain=True
            )
        if not self.certain.threads and not told:
            # Our own letter, quoted, can mention other letters too.
            labelled = [found for found in known if found.where == Where.LABELLED] or known
            for found in labelled:
                reason = Reason("kenmerk", {"letter": found.reference})
                self._reference(found.reference, reason, may_be_certain=len(labelled) == 1)
        printed = {found.reference for found in self.seen.found}
        for near in self.seen.near:
            for letter in sorted((near.possible & self.by_reference.keys()) - printed):
                self._reference(
                    letter, Reason("kenmerk_typo", {"letter": letter, "written": near.written, "errors": 1})
                )
        if self.seen.found and not known:
            self.notes.append(Reason("kenmerk_unknown", {"letter": self.seen.found[0].reference}))

    def _reference(self, letter: str, reason: Reason, *, may_be_certain: bool = False) -> None:
        threads = self.by_reference[letter]
        of_sender = [(thread, belongs) for thread in threads if (belongs := self._belongs(thread))]
        if may_be_certain and len(of_sender) == 1:
            if not self.unproven:
                self.certain.add(of_sender[0][0], reason, of_sender[0][1])
                return
            self.notes.append(Reason(self.unproven))
        for thread, belongs in of_sender:
            self.guesses.add(thread, reason, belongs)
        if not of_sender:
            if reason.code == "kenmerk":
                self.notes.append(Reason("sender_unknown", {"letter": letter}))
            near = [thread for thread in threads if self._hints(thread) or self._shares_domain(thread)]
            for thread in near or (threads if len(threads) <= _FEW else ()):
                self.guesses.add(thread, reason, *self._shares_domain(thread))

    def _contradiction(self) -> Reason | None:
        """What speaks against certainty: recipients that exclude each other, or a sender who is another one."""
        names = sorted({thread.name for thread in self.certain.threads.values()})
        if len(names) > 1:
            return Reason("conflict", {"names": " | ".join(names)})
        if not names or self.verdict.kind in FROM_SERVERS | {Kind.OWN}:
            return None
        named = (*self.seen.speakers, *self.seen.quoted)
        speaking = {thread.name for address in named for thread in self.by_address.get(address, ())}
        speaking |= set(self.owners.values())
        if speaking and names[0] not in speaking:
            return Reason("sender_is_other", {"name": min(speaking), "other": names[0]})
        return None

    def _is_of_another(self) -> bool:
        """Whether who sent this is none of those to whom we wrote, though it answers us."""
        if self.verdict.kind in FROM_SERVERS | {Kind.OWN}:
            return False
        return any(self._belongs(thread) is None for thread in self.certain.threads.values())

    def _doubt(self, note: Reason) -> None:
        """Make guesses of what seemed certain; and of the same letters to whoever sends this."""
        if not self.certain.threads:
            return
        self.notes.append(note)
        letters = {thread.letter for thread in self.certain.threads.values()}
        for thread, reasons in self.certain.items():
            belongs = self._belongs(thread)
            self.guesses.add(thread, *reasons, *([belongs] if belongs else []))
        for threads in (*self.by_address.values(), *self.by_domain.values()):
            for thread in threads:
                belongs = self._belongs(thread)
                if thread.letter in letters and (belongs or self._quoted(thread)):
                    same = Reason("same_letter", {"letter": thread.letter})
                    self.guesses.add(thread, *([belongs] if belongs else []), same)
        self.certain = _Ledger()

    def _look_at_sender(self) -> None:
        for address in (*self.seen.failed, *self.seen.speakers, *self.seen.quoted):
            said = [] if address in self.seen.quoted else [self._address(address)]
            for place, thread in enumerate(self._latest(self.by_address.get(address, ()))):
                self.guesses.add(thread, *said, *([] if place else [Reason("latest")]))
        for domain in self.at:
            threads = [
                thread for thread in self.by_domain[domain] if not self._belongs(thread, by_domain=False)
            ]
            named = [thread for thread in threads if self._hints(thread)]
            for thread in self._latest(named or threads):
                self.guesses.add(thread, *self._shares_domain(thread))
        # What their name tells is among the hints of every guess.
        of_name: dict[str, list[Thread]] = {}
        for thread in self._named():
            of_name.setdefault(thread.name, []).append(thread)
        for threads in of_name.values():
            if not any(self._belongs(thread, by_domain=False) for thread in threads):
                for thread in self._latest(threads):
                    self.guesses.add(thread)

    def _named(self) -> list[Thread]:
        """The threads to which the name of the sender leads, or that of their organisation; each once."""
        groups = (*self.by_name.values(), *self.by_called.values())
        return list({thread.key: thread for threads in groups for thread in threads}.values())

    def _about_name(self, thread: Thread) -> list[Reason]:
        """What a name tells: anybody can write any name, so it is never more than a hint."""
        reasons = []
        if any(one.name == thread.name for threads in self.by_name.values() for one in threads):
            reasons.append(Reason("sender_name", {"name": thread.name}))
        called = {
            value
            for value, threads in self.by_called.items()
            if any(one.name == thread.name for one in threads)
        }
        if called & self.seen.signed:
            reasons.append(Reason("name", {"name": thread.name}))
        # Where they have an address at this domain, that was said already.
        for domain, names in self.seen.by_domain.items():
            if called & names and domain not in self.at:
                reasons.append(Reason("named_domain", {"domain": domain}))
                break
        return reasons

    def _latest(self, threads: Iterable[Thread]) -> list[Thread]:
        """The last letters that went out before this message was written."""
        moment = self.incoming.sent_at
        before = [
            thread for thread in threads if moment is None or thread.sent_at <= moment + timedelta(days=1)
        ]
        return sorted(before, key=lambda thread: thread.sent_at, reverse=True)[:_FEW]

    def _belongs(self, thread: Thread, *, by_domain: bool = True) -> Reason | None:
        """How we know that the recipient of this thread speaks here: by an address, or by a domain of their own."""
        for address in (*self.seen.failed, *self.seen.speakers):
            if address in thread.addresses:
                return self._address(address)
        for domain, owner in self.owners.items() if by_domain else ():
            if owner == thread.name and domain in self.speaking_domains:
                return Reason("domain", {"domain": domain})
        return None

    def _address(self, address: str) -> Reason:
        if address in self.seen.failed:
            return Reason("failed_address", {"address": address})
        return Reason("recipient" if self.verdict.kind == Kind.OWN else "address", {"address": address})

    def _shares_domain(self, thread: Thread) -> list[Reason]:
        for domain, names in self.at.items():
            if thread.name in names and domain in self.speaking_domains:
                return [Reason("domain" if len(names) == 1 else "shared_domain", {"domain": domain})]
        return []

    def _quoted(self, thread: Thread) -> list[Reason]:
        """What somebody says that the recipient wrote: anyone could have typed that above it."""
        for address in self.seen.quoted:
            if address in thread.addresses or thread.name in self.at.get(address.rpartition("@")[2], ()):
                return [Reason("quoted_sender", {"address": address})]
        return []

    def _hints(self, thread: Thread) -> list[Reason]:
        hints = [Reason("quoted_recipient")] if self.seen.quotes_letter_to(thread) else []
        if self.seen.names(thread):
            hints.append(Reason("name", {"name": thread.name}))
        hints += self._quoted(thread)
        return [*hints, *(one for one in self.about_name.get(thread.name, ()) if one not in hints)]
