"""The reasons of this package in the plain Dutch of the screen: "waarschijnlijk SP: afzender en kenmerk met 1 fout"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from letters.inbound.kinds import Verdict
from letters.inbound.placement import Guess, Place
from letters.inbound.reasons import Reason

# As part of a list behind a colon. A code stands for one reason; what is in braces comes with it.
_PLACING: Final = {
    "token": "het antwoordadres uit onze brief",
    "reply": "het antwoord op ons bericht",
    "returned": "ons bericht zit erin",
    "own_copy": "ons eigen bericht",
    "forward": "het bericht dat is doorgestuurd",
    "kenmerk": "kenmerk {letter}",
    "kenmerk_typo": "kenmerk met 1 fout",
    "address": "afzender",
    "recipient": "geadresseerde",
    "failed_address": "het adres waar het niet aankwam",
    "domain": "afzender eindigt op {domain}",
    "shared_domain": "afzender eindigt op {domain}, net als anderen",
    "same_letter": "kreeg dezelfde brief",
    "quoted_recipient": "onze brief aan hen staat eronder",
    "name": "naam in het bericht",
    "sender_name": "de naam van de afzender hoort bij {name}",
    "quoted_sender": "wat eronder staat zou van {address} zijn",
    "named_domain": "afzender eindigt op {domain}, en zo heten ze",
    "latest": "onze laatste brief aan hen",
}
_NOTES: Final = {
    "conflict": "Dit wijst naar meer dan één ontvanger: {names}. Kies zelf waar het hoort.",
    "sender_is_other": "Dit antwoordt op de brief aan {other}, maar komt van {name}. Kies zelf waar het hoort.",
    "sender_unknown": "In het bericht staat kenmerk {letter}, maar we kennen de afzender niet bij die brief.",
    "kenmerk_unknown": "In het bericht staat kenmerk {letter}. Die brief kennen we niet.",
    "unverified": "De mailserver meldt dat dit waarschijnlijk niet echt van {address} komt. Kijk goed of het klopt.",
    "sent_by_other": "Dit is door een ander verstuurd dan aan wie wij schreven.",
    "own_unproven": "Dit draagt een adres van ons, maar komt niet uit onze map met verzonden mail. Iedereen kan ons "
    "adres erboven zetten. Kijk of een van ons dit schreef, en kies dan waar het hoort.",
    "report_unproven": "Deze melding brengt niets terug van wat wij verstuurden. Iedereen kan zo'n melding maken. Kijk "
    "of hij klopt, en kies dan waar hij hoort. Tot die tijd doen we er niets mee.",
    "spam": "De mailserver noemt dit spam. Daarom hebben we het niet geplaatst.",
}
_KINDS: Final = {
    "bounce": "De mailserver meldt dat dit niet is aangekomen",
    "delay": "De mailserver meldt dat dit later aankomt. Hij probeert het zelf opnieuw",
    "receipt": "De mailserver meldt dat dit is aangekomen",
    "read_receipt": "Een mailprogramma meldt dat het bericht is geopend",
    "own_sender": "De afzender is een adres van onszelf",
    "header": "De mailserver schreef erbij: {name}: {value}",
    "calendar": "Er zit een uitnodiging voor een agenda bij",
    "automatic_subject": "Het onderwerp begint met “{words}”",
    "automatic_report": "Een programma heeft dit gemaakt",
    "receipt_words": "Er staat “{words}”, en verder niets",
    "receipt_subject": "Het onderwerp is “{words}”",
    "courtesy_words": "Er staat “{words}”, en verder niets",
    "absence_words": "Er staat “{words}”, en verder niets",
    "brings_files": "Er zit een bijlage bij",
    "says_something": "Er staat meer in dan een bevestiging",
    "says_nothing": "Er staat geen tekst in die we kunnen lezen",
}

# What becomes of a message, behind its kind, and why when nothing else says so.
_OUTCOMES: Final = {
    "placed": "wordt geplaatst",
    "guessed": "wacht tot iemand zegt waar het hoort; dit is wat we vermoeden",
    "unknown": "wacht tot iemand zegt waar het hoort: we kennen de afzender niet, en niets erin wijst naar een brief",
    "passed_over": "wordt weggelegd: het wijst naar geen enkele brief, en zulke berichten hoeft niemand te plaatsen",
    "spam": "wordt weggelegd: de mailserver noemt het spam",
    "doubled": "wordt weggelegd: het is al eerder binnengekomen",
    "copy": "wordt weggelegd: het is een kopie van wat wij zelf verstuurden",
}

# What is wrong with a message and matters to who reads it; the other codes are for whoever looks into the code.
_PROBLEMS: Final = {
    "cut_off": "Dit bericht is zo groot dat alleen het begin is binnengehaald. Het hele bericht staat in de mailbox.",
    "personal": "Dit is mail van Spreekbuis zelf aan een van ons, of een antwoord daarop. Daarin staan links die "
    "alleen van haar zijn. Daarom zie je hier hooguit wat erboven is geschreven.",
    "text_cut": "De tekst is heel lang. Hier staat het begin; alles staat in het bericht zoals het kwam.",
    "too_deep": "In dit bericht zitten zoveel berichten in elkaar dat we ze niet allemaal openen.",
    "too_many_parts": "Dit bericht heeft zoveel delen dat we ze niet allemaal openen.",
    "boundary_missing": "Het einde van dit bericht ontbreekt.",
    "encrypted": "Dit bericht is versleuteld. Vraag of ze het gewoon willen sturen.",
    "winmail_dat": "De bijlagen zitten in winmail.dat, en dat openen we niet. Vraag of ze die los willen sturen.",
    "misleading_characters": "Een naam of onderwerp bevat tekens waardoor er iets anders lijkt te staan. Let goed op.",
    "charset_guessed": "Dit bericht zegt niet goed hoe de letters zijn opgeslagen. Sommige kunnen er vreemd uitzien.",
}


def problems(codes: Sequence[str]) -> list[str]:
    """What is wrong with a message, in sentences, as far as it matters to who reads it."""
    return [_PROBLEMS[code] for code in dict.fromkeys(codes) if code in _PROBLEMS]


def place(found: Place) -> str:
    """``SP, brief 2025-014 K: het antwoordadres uit onze brief``."""
    return f"{found.thread.name}, brief {found.thread.letter}: {_listed(found.reasons)}"


def guess(found: Guess) -> str:
    """``waarschijnlijk SP: afzender en kenmerk met 1 fout``."""
    return f"{'waarschijnlijk' if found.is_likely else 'misschien'} {found.thread.name}: {_listed(found.reasons)}"


def note(reason: Reason) -> str:
    """What stands in the way of being certain, in a sentence."""
    params = {name: str(value).replace(" | ", " en ") for name, value in reason.params.items()}
    return _NOTES[reason.code].format_map(params)


def verdict(found: Verdict) -> str:
    """Why a message is of its kind, in a sentence for each reason."""
    return " ".join(_kind(reason, is_alone=len(found.reasons) == 1) for reason in found.reasons)


def outcome(code: str) -> str:
    """``wordt geplaatst``: what becomes of a message when it is taken in, as the end of a sentence."""
    return _OUTCOMES[code]


def _kind(reason: Reason, *, is_alone: bool) -> str:
    words = _KINDS[reason.code].format_map(reason.params)
    if not is_alone:
        words = words.removesuffix(", en verder niets")
    if address := reason.params.get("address") if reason.code in {"bounce", "delay", "receipt"} else "":
        words += f": {address}" + (f" ({status})" if (status := reason.params.get("status")) else "")
    return f"{words}."


def _listed(reasons: Sequence[Reason]) -> str:
    # "Afzender" goes first, as a person would say it; each thing once.
    said = sorted(
        dict.fromkeys(_PLACING[reason.code].format_map(reason.params) for reason in reasons),
        key=lambda words: not words.startswith("afzender"),
    )
    return ", ".join(said[:-1]) + " en " + said[-1] if len(said) > 1 else "".join(said)
