"""The table of positions as it goes out of the house: each statement on a line of its own, and as a PDF."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from campaigns.models import Claim
from campaigns.render.positions import Chapter, Overview, Statement, render

from . import positions
from .positions import UNKNOWN, Matrix, Row, position_in_words, waiting_in_words


def statements(row: Row, number: int) -> list[Statement]:
    """What one row says about the ask of that number: a line for what counts, one for each of the parties behind it
    when these differ, and one for what waits. One line at least: that nothing is known."""
    cell = row.cells[number]
    made = [_statement(row, cell.claim)] if cell.claim else []
    made += [_statement(row, claim, part) for part, claim in cell.parts]
    if cell.waiting is not None:
        made.append(_statement(row, cell.waiting, waits=True))
    return made or [_statement(row, None)]


def _statement(row: Row, claim: Claim | None, part: str = "", *, waits: bool = False) -> Statement:
    party = str(row.speaker.organisation)
    if part:
        party = f"{party}: {part}"
    # The seats of a joint faction are not those of each party in it, and what waits does not count.
    seats = None if part or waits else row.speaker.seats
    if claim is None:
        return Statement(party, seats, position_in_words(UNKNOWN))
    said_by = str(claim.organisation)
    return Statement(
        party=party,
        seats=seats,
        # What waits must not be taken for what counts, also not by who reads only this word.
        position=waiting_in_words(claim) if waits else str(claim.get_position_display()),
        said_by="" if said_by in (party, part) else said_by,
        quote=" ".join(claim.quote.split()),
        said_on=claim.said_on,
        source=claim.source_words,
        source_url=claim.source_url,
        note=_("confirmed by %(name)s") % {"name": claim.confirmed_by} if claim.confirmed_by else "",
    )


def council_in_words(matrix: Matrix) -> str:
    """Whose seats count; "" without a council."""
    term = matrix.term
    if term is None:
        return ""
    words = ngettext(
        "Seats: %(term)s, %(count)d seat in all.",
        "Seats: %(term)s, %(count)d seats in all.",
        term.seats_total,
    )
    return words % {"term": term, "count": term.seats_total}


def _support(matrix: Matrix, number: int) -> str:
    support = matrix.supports[number]
    if not support.words:
        return ""
    others = _("The others: %(rest)s.") % {"rest": support.rest} if support.rest else ""
    return f"{support.words} {others}".strip()


def pdf(matrix: Matrix) -> bytes:
    """The table in Dutch, to print: PDF/UA-1. Raises TypesettingError."""
    with override("nl"):
        chapters = tuple(
            Chapter(
                title=ask.title,
                why=" ".join(ask.why.split()),
                proposed_text=" ".join(ask.proposed_text.split()).strip("“”\"'"),
                support=_support(matrix, number),
                statements=tuple(one for row in matrix.rows for one in statements(row, number)),
            )
            for number, ask in enumerate(matrix.asks)
        )
        overview = Overview(
            campaign=str(matrix.campaign),
            council=council_in_words(matrix),
            unknown_means=positions.what_unknown_means(),
            chapters=chapters,
            made_on=matrix.on,
        )
    return render(overview)
