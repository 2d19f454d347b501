"""What a letter gives to the rules of the last look: plain values, and its text as passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Final

from crm.checking.passages import Passage
from crm.document.lines import Line

# Forty pages: what comes after that is not read, and that is said.
MOST_CHARACTERS: Final = 120_000
_LONGEST_ROW: Final = 1_000
# How the spot of a recipient's own words begins: "recipient-12".
OWN_SPOT: Final = "recipient-"


@dataclass(frozen=True, slots=True)
class EnclosureNote:
    """An enclosure: ``attached`` when its file is there, ``promised`` when it is to follow later.

    ``unminded`` when it is promised and nobody sees to it that it follows.
    """

    title: str
    attached: bool = False
    promised: bool = False
    unminded: bool = False


@dataclass(frozen=True, slots=True)
class FactNote:
    """A figure of the fact cabinet; ``value`` is how it reads in a letter: "ruim 15.000 Amsterdammers"."""

    key: str
    value: str
    as_of_on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class RecipientNote:
    """Somebody on the list; ``spot`` names their row on screen, as in ``Finding``.

    ``own_salutation`` is one that was written by hand, "" when the rules made it; ``own_lines`` are the paragraphs that
    nobody else gets.
    ``mandate_ended_on`` is the first day on which they no longer hold the post in which they are written to.
    ``blocked_because`` says in Dutch why we may not write to them; "" when we may. ``too_wide`` are the lines of a
    postal address for which the window of the envelope is too narrow, ``too_many_lines`` whether it is too low for all
    of them together.
    """

    name: str
    salutation: str = ""
    salutation_personal: bool = True
    has_address: bool = True
    mandate_ended_on: date | None = None
    blocked_because: str = ""
    too_wide: tuple[str, ...] = ()
    too_many_lines: bool = False
    spot: str = "recipients"
    own_salutation: str = ""
    own_lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """An address that several on the list have, by name."""

    address: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item of the text."""

    passage: Passage
    is_item: bool


@dataclass(frozen=True)
class Draft:
    """A letter as the rules see it.

    ``salutation`` is the one for all, "" when every recipient has their own. ``reply_address`` and ``recipients`` are
    None when nothing is known about them, as with a file. ``guarded_promises`` are sentences (or parts of them) of
    which somebody minds the promise. ``word_lines`` has, for subject, salutation, every line, closing and sign-off,
    the line in the file of each word; () when there is no file.
    """

    subject: str = ""
    salutation: str = ""
    lines: tuple[Line, ...] = ()
    closing: str = ""
    sign_off: str = ""
    enclosures: tuple[EnclosureNote, ...] = ()
    facts: tuple[FactNote, ...] = ()
    own_words: tuple[str, ...] = ()
    reply_address: str | None = None
    sender_named: bool = True
    dated_on: date | None = None
    recipients: tuple[RecipientNote, ...] | None = None
    shared_addresses: tuple[SharedAddress, ...] = ()
    missing_parties: tuple[str, ...] = ()
    unknown_fields: tuple[str, ...] = ()
    unknown_glyphs: tuple[str, ...] = ()
    guarded_promises: tuple[str, ...] = ()
    word_lines: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def subject_passage(self) -> Passage:
        """The subject line."""
        return self._passage(0, self.subject[:_LONGEST_ROW], "subject")

    @cached_property
    def salutation_passage(self) -> Passage:
        """The salutation for all."""
        return self._passage(1, self.salutation[:_LONGEST_ROW], "salutation")

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The text as far as it is read, one block for each of ``lines``.

        A line that goes on in the middle of the sentence before it is one block with that: many a letter comes
        with an end of paragraph at the end of every line.
        """
        parts: list[list[int]] = []
        room = MOST_CHARACTERS
        for place, line in enumerate(self.lines):
            if room <= 0:
                break
            room -= len(line.text) + 1
            if line.kind == "p" and parts and _runs_on(self.lines[place - 1].text, line.text):
                parts[-1].append(place)
            else:
                parts.append([place])
        return tuple(self._block(places) for places in parts)

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """The passages of the text."""
        return tuple(block.passage for block in self.blocks)

    @property
    def is_too_long(self) -> bool:
        """Whether the end of the text is not read."""
        return sum(len(line.text) + 1 for line in self.lines) > MOST_CHARACTERS

    @cached_property
    def texts(self) -> tuple[tuple[Passage, ...], ...]:
        """The text that all get, and then for each recipient who has any the paragraphs that they alone get."""
        return (self.body, *(paragraphs for _, _, paragraphs in self.own_words_of if paragraphs))

    @cached_property
    def own_words_of(self) -> tuple[tuple[RecipientNote, Passage, tuple[Passage, ...]], ...]:
        """Who gets words of their own: with their salutation ("" when it is not by hand) and their paragraphs."""
        room = MOST_CHARACTERS
        found = []
        for note in self.recipients or ():
            paragraphs = tuple(Passage(line.text[: max(0, room)], note.spot) for line in note.own_lines)
            if room > 0 and (note.own_salutation or paragraphs):
                room -= sum(len(passage.text) for passage in paragraphs)
                found.append((note, Passage(note.own_salutation[:_LONGEST_ROW], note.spot), paragraphs))
        return tuple(found)

    @cached_property
    def for_all(self) -> tuple[Passage, ...]:
        """All that is written to everybody: subject, salutation, text, closing and sign-off."""
        after = len(self.lines) + 2
        closing = self._passage(after, self.closing[:_LONGEST_ROW], "closing")
        sign_off = self._passage(after + 1, self.sign_off[:_LONGEST_ROW], "sign_off")
        return (self.subject_passage, self.salutation_passage, *self.body, closing, sign_off)

    @cached_property
    def written(self) -> tuple[Passage, ...]:
        """All that is written in sentences or words of one's own, to everybody and to one alone."""
        own = ((salutation, *paragraphs) for _, salutation, paragraphs in self.own_words_of)
        return (*self.for_all, *chain.from_iterable(own))

    def _block(self, places: list[int]) -> Block:
        first = self.lines[places[0]]
        text = " ".join(self.lines[place].text for place in places)[:MOST_CHARACTERS]
        numbers = chain.from_iterable(self.word_lines[place + 2] for place in places if self.word_lines)
        return Block(Passage(text, f"paragraph-{first.number}", tuple(numbers)), first.kind == "li")

    def _passage(self, place: int, text: str, spot: str) -> Passage:
        return Passage(text, spot, self.word_lines[place] if place < len(self.word_lines) else ())


def _runs_on(text: str, following: str) -> bool:
    """Whether a paragraph stops in the middle of a sentence that the next one takes up."""
    last = text.rstrip()[-1:]
    return (last.isalpha() or last == ",") and following.lstrip()[:1].islower()
