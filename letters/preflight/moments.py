"""When something is said to happen: on a day, in a month, after an event, or in words that should have been a date."""

from __future__ import annotations

import re
from typing import Final

from crm.dutch.dates import MONTHS, WEEKDAYS

_SEASON: Final = r"(?:najaar|voorjaar|zomer|winter|herfst|lente|zomervakantie|vakantie|zomerreces|reces)"
# Words that should have been a date.
VAGUE: Final = re.compile(
    # "Zodra u tijd hebt" waits for the reader, and is no promise.
    r"(?<![\w-])(?:(?P<clause>zodra(?!\s+(?:u|je|jullie|jij)\b)(?:\s+[^\s.,;:!?()]+){1,9})"
    rf"|(?:in|na|voor|vóór|tegen|vanaf)\s+(?:het|de|dit|deze)?\s*(?:vroege|late|komende?|volgende?|aankomende?)?\s*{_SEASON}"
    rf"|(?:dit|deze|komende?|volgende?|aankomende?)\s+(?:{_SEASON}|jaar|kwartaal)"
    r"|(?:in|aan|tegen|voor)\s+(?:de\s+loop|het\s+eind|het\s+einde|het\s+begin)\s+van\s+(?:het|dit|de|deze|volgend|komend)\s+\w+"
    r"|(?:later|nog|eind|begin|medio)\s+(?:dit|volgend)\s+jaar|binnenkort|spoedig|eerdaags|te\s+zijner\s+tijd|t\.?z\.?t\.?(?!\w)"
    r"|(?:op\s+)?(?:zeer\s+)?korte\s+termijn|op\s+een\s+later\s+(?:moment|tijdstip)|op\s+termijn"
    r"|zo\s+(?:spoedig|snel|gauw)\s+mogelijk|te\s+gelegener\s+tijd)(?![\w-])",
    re.IGNORECASE,
)

_PREPOSITION: Final = (
    r"(?:in|op|voor|vóór|per|vanaf|na|tot|tegen|rond|omstreeks|tussen|uiterlijk|eind|begin|medio|half)"
)
_NUMBERS: Final = r"\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?"
# "12 januari", "maart", "dinsdag 12-1-2027".
DAY: Final = rf"(?:(?:{'|'.join(WEEKDAYS)})\s+)?(?:(?:\d{{1,2}}\s+)?(?:{'|'.join(MONTHS)})|{_NUMBERS})"
EVENT: Final = (
    r"\w*(?:verkiezing(?:en)?|vergadering|overleg|bijeenkomst|debat|gesprek|bezoek|reces|vakantie|zomer|commissie|avond"
    r"|congres|besluit|stemming|zitting|beraad|jaarwisseling)"
)
_THE: Final = r"(?:de|het|ons|onze|uw|die|dat|dit|deze)"
_COUNT: Final = r"(?:een|één|enkele|een\s+paar|twee|drie|vier|vijf|zes|acht|tien|\d+)"
# When we will do it: never "de brief van 3 maart", which says which letter.
_WHEN: Final = re.compile(
    rf"(?<![\w-])(?:(?:{_PREPOSITION}\s+){{1,3}}(?:(?:de|het)\s+(?:[\w-]+\s+){{1,2}}(?:van\s+)?)?{DAY}"
    rf"|(?:aanstaande|komende?|volgende?|deze|eerstvolgende|nieuwe)\s+(?:week|maand|weken|dagen|jaar|kwartaal|{'|'.join(WEEKDAYS)})"
    rf"|(?:op\s+)?(?:{'|'.join(WEEKDAYS)})|week\s+\d+|morgen|overmorgen|later|straks|daarna|vervolgens|nader|tijdig|in\s+20\d\d"
    r"|(?:in|eind|begin)\s+(?:het|de)\s+\w+\s+(?:kwartaal|helft|weken|maanden)|in\s+een\s+(?:aparte|volgende)\s+brief"
    rf"|(?:over|binnen)\s+{_COUNT}\s+(?:werk)?(?:dag|dagen|week|weken|maand|maanden)"
    rf"|(?:tijdens|voor|vóór)\s+{_THE}\s+(?:\w+\s+)?{EVENT}|na\s+(?:afloop|overleg|{_THE}\s+\w+))(?![\w-])",
    re.IGNORECASE,
)
_FIRST_WORDS_ARE_A_DAY: Final = re.compile(rf"\W*{DAY}(?![\w-])", re.IGNORECASE)


def moment(words: str) -> int | None:
    """Where these words say when it will be; None when they do not."""
    if _FIRST_WORDS_ARE_A_DAY.match(words):
        return 0
    places = [found.start() for shape in (_WHEN, VAGUE) if (found := shape.search(words))]
    return min(places, default=None)
