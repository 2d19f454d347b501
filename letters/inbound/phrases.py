"""What a text amounts to: a receipt, an absence, or something said.

A text is a receipt only when every sentence of it is made of what receipts are made of. Whenever a sentence may say
more, it does: an answer that was taken for a receipt is missed, the other way round is one click.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MOST_CHARACTERS: Final = 4_000


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _cue(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


_RECEIPT: Final = _cue(
    r"in goede orde",
    r"ontvangst(?:bevestiging|bericht|melding)?",
    r"(?:hebben|heb) (?:wij|we|ik) [^.!?]{0,80}ontvangen",
    r"(?:hebben|heb|is|zijn) [^.!?]{0,120}(?:ontvangen|binnengekomen|aangekomen)",
    r"(?:ontvangen|binnengekomen|aangekomen) (?:is|zijn|hebben|heb)",
    r"goed ontvangen",
    r"(?:have|has been|was|is) (?:safely )?received",
    r"acknowledge(?:s|ment)?(?: of)?(?: the)? receipt",
    r"confirm(?:s|ing|ation)?(?: of)?(?: the)? receipt",
)
_THANKS: Final = _cue(
    r"(?:dank (?:u|je|jullie) wel|dankjewel|danken (?:wij )?(?:u|je|jullie)|dank|bedankt|thanks|thank you)"
    r"(?: (?:hartelijk|zeer|nog|very much))?(?: (?:voor|for)(?: contacting us)?)?"
)
_PROCESS: Final = _cue(
    r"zo (?:spoedig|snel) mogelijk|as soon as possible|spoedig|binnenkort|op korte termijn|shortly",
    r"(?:binnen|within) (?:\S+ ){1,4}?(?:werkdag(?:en)?|dag(?:en)?|week|weken|maand(?:en)?|days|weeks)",
    r"(?:een )?(?:inhoudelijk\w* )?(?:reactie|antwoord)|a (?:reply|response)",
    r"contact met (?:u|je|jullie) op(?:nemen)?|met (?:u|je|jullie) contact op(?:nemen)?",
    r"(?:hier|er|daar)?op terug(?:komen)?|op uw \S+ terug|in behandeling",
    r"lijst (?:van |met )?ingekomen stukken(?: voor de \w+)?",
    r"geregistreerd|(?:zaak|dossier|registratie|referentie)(?:nummer|kenmerk)|case number",
    r"automatisch\w*|automated|automatically|do not reply",
    r"niet (?:op )?(?:dit bericht )?(?:te )?(?:reageren|beantwoorden|antwoorden)",
    r"onder de aandacht|(?:hoort|horen|bericht) (?:u |je |jullie )?(?:\w+ ){0,3}van ons",
    r"doorgestuurd naar de (?:juiste|betreffende|desbetreffende|behandelende|verantwoordelijke) \w+",
    r"(?:hebt|heeft) u (?:nog )?(?:vragen|een vraag)|voor (?:vragen|meer informatie)|(?:telefonisch )?bereikbaar",
)
_ABSENCE: Final = _cue(
    r"afwezig(?:heid)?|(?:niet|weer) (?:aanwezig|bereikbaar|op kantoor|in dienst)",
    r"(?:met|op|wegens) (?:vakantie|verlof|reces)|buiten kantoor|beperkt bereikbaar",
    r"na (?:mijn|onze) terugkomst|kantoor (?:is )?gesloten",
    r"(?:lees|lezen) [^.!?]{0,40}(?:niet|beperkt|onregelmatig)|niet (?:gelezen|doorgestuurd)",
    r"out of (?:the )?office|on (?:annual )?leave|on (?:holiday|vacation)|limited access",
    r"(?:bij|in|voor) (?:spoed\w*|dringende \w+|urgente \w+)|in urgent cases",
)
# Whoever only confirms asks nothing but this.
_ANY_QUESTIONS: Final = re.compile(
    r"(?:hebt|heeft|heb|zijn er) (?:u |je )?(?:nog )?(?:vragen|een vraag)", re.IGNORECASE
)
_CUES: Final = (("receipt", _RECEIPT), ("absence", _ABSENCE), ("courtesy", _THANKS), ("courtesy", _PROCESS))
# What else stands in such sentences. Words that take a side (voor, tegen, niet, eens) are no part of it.
_COMMON: Final = _words_of("""
    a aan aangekomen aanvraag afdeling again al alvast am an and april are as at augustus be beantwoord
    beantwoorden been behandeld behandelen bel bellen ben bereiken bericht berichten bestuur bevestig
    bevestigen bevestiging bevestigt bij bijlage bijlagen binnengekomen breng brengen brief brieven bureau by
    collega collega's college confirm contact d.d dag dagen dan dank dat datum dd de december deze dienst
    dinsdag dit doen donderdag door drie e-mail e-mailbericht e-mails een email en er ernaar februari for
    fractie fractiebureau from gebracht gegenereerd gemeente genomen geplaatst gestuurd goed goede griffie
    hartelijk has have heb hebben heden heeft heer hem hen het hier hierbij hierdoor hiermee hierop hoort i ik
    in inhoudelijk inhoudelijke inmiddels inzending is it jaarverslag jaarverslagen januari je jij jou jouw
    juli jullie juni kan kantoor kenmerk kijk kom komen krijgt kunnen kunt letter maand maandag maanden maart
    mail mailbericht mailtje manier medewerker medewerkers mei message met mevrouw mij mijn mogelijk much my
    na naam naar nader nadere namens neem neemt nemen nogmaals november nr nummer ochtend of oktober om onder
    ons ontvangen ontvangst ontvangstbevestiging ontvangt onze ook op orde our partij per persoonlijk please
    post proberen raadsvergadering rapport reactie reageren receipt received regel reply respond response
    schrijven secretariaat september streven stuk stukken sturen t te team tel telefonisch telefoon
    telefoonnummer ter terug the this to toegestuurd toegezonden toesturen toezenden tot tussen twee u uit
    uiterlijk us uur uw van vanaf vandaag vanuit veel verdere vergadering verstuurd very verzenden verzonden
    via vier vijf volgende vraag vragen vrijdag wanneer was we website week weer weken werd werkdagen
    wethouder wij will with woensdag worden wordt you your zaak zal zaterdag ze zenden zes zij zijn zo zodat
    zodra zondag zullen
""")
# What a letter was about, behind "uw brief over": up to where the sentence goes on.
_TOPIC: Final = re.compile(
    r"(?<!\w)(?:over|inzake|betreffende|met betrekking tot|getiteld|about|regarding)(?:\s+"
    r"(?!(?:wij|we|ik|u|i|maar|die|dat|waar\w*|which|that|ontvangen|hebben|heb|is|and (?:we|i)|en \w+en)\b)"
    r"[^\s,;]+){1,12}",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"(?:geachte?|beste|hallo|hoi|dag|goede(?:n)?\s?(?:morgen|middag|avond|dag)|l\.?s\.?|dear|hello|hi)(?!\w)"
    r"(?:(?:\s+[^\s,.!?]+){0,4}[,!.:]?|(?:\s+[^\s,.!?]+\.?){0,9}[,!:])",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"(?:(?:met |de )?(?:vriendelijke|hartelijke|warme|beste) groet(?:en|jes)?|groet(?:en|jes)?|hoogachtend"
    r"|m\.?v\.?g\.?|namens (?:de|het)|(?:with )?(?:kind|best|warm) regards|regards"
    r"|yours (?:sincerely|faithfully))(?!\w)[^.!?]{0,60}[.!]?",
    re.IGNORECASE,
)
_AFTERTHOUGHT: Final = re.compile(r"p\.?\s?s\.?(?!\w)", re.IGNORECASE)
# Points that end no sentence.
_SHORTENED: Final = re.compile(
    r"(?<!\w)(d\.d|nr|mw|mevr|dhr|drs|dr|mr|ir|ing|tel|jl|a\.s|bijv|o\.a|i\.v\.m|m\.b\.t|t\.a\.v|z\.s\.m|[a-z])\."
    r"(?=\s|[a-z]\.)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n")
_WORD: Final = re.compile(r"[^\W\d_][\w’'.-]*[^\W_]|[^\W\d_]")
_ADDRESS: Final = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Tone:
    """What was found: the words that speak of a receipt, of thanks and further course, of an absence ("" for none);
    and whether nothing else was said. A text without sentences says nothing else, and nothing at all."""

    receipt: str
    courtesy: str
    absence: str
    says_no_more: bool


def tone(own: str) -> Tone:
    """The tone of what somebody wrote themselves (see ``quoting``). A long text says more."""
    found: dict[str, str] = {}
    says_no_more = len(own) <= MOST_CHARACTERS
    for sentence in _sentences(own[:MOST_CHARACTERS]):
        cues = {name: match[0] for name, cue in _CUES if (match := cue.search(sentence))}
        found = {**cues, **found}
        words = _words(sentence)
        is_question = sentence.endswith("?") and not _ANY_QUESTIONS.match(sentence)
        if is_question or any(word not in _COMMON for word in words) or (words and not cues):
            says_no_more = False
    return Tone(found.get("receipt", ""), found.get("courtesy", ""), found.get("absence", ""), says_no_more)


def _sentences(own: str) -> list[str]:
    """The sentences between the salutation and the closing, and those of a P.S. under it."""
    body: list[str] = []
    is_closed = False
    for line in (line.strip() for line in own.split("\n")):
        if _AFTERTHOUGHT.match(line):
            is_closed = False
        if _CLOSING.fullmatch(line):
            is_closed = True
        elif not is_closed and not (len(body) < 3 and _GREETING.fullmatch(line)):
            body.append(line)
    # Lines that were broken off belong together; an empty line ends a sentence.
    text = re.sub(r"(?<=\S)\n(?=\S)", " ", "\n".join(body))
    text = _SHORTENED.sub(lambda short: short[1].replace(".", ""), text)
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def _words(sentence: str) -> list[str]:
    """The words of a sentence that are no name, no number, no topic, and no part of a courtesy."""
    rest = _TOPIC.sub(" ", _ADDRESS.sub(" ", sentence.lower() if sentence.isupper() else sentence))
    first = _WORD.search(rest)
    for name, cue in _CUES:
        # Between the words of a receipt ("hebben ... ontvangen") others stand, which count.
        rest = rest if name == "receipt" else cue.sub(" ", rest)
    # Inside a sentence, a capital is a name.
    words = [word for word in _WORD.findall(rest) if word[0].islower() or (first and word == first[0])]
    return [word.lower().rstrip(".") for word in words]
