"""A newsletter page as the issue that is mailed: plain values, and where in the editor each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from wagtail.models import Page

from campaigns.mjml.issue import (
    Block,
    Button,
    Contact,
    Divider,
    Event,
    House,
    Image,
    Intro,
    Issue,
    PositionsBlock,
    PublicationBlock,
    Quote,
    Story,
)
from campaigns.mjml.render import Mail, render
from campaigns.queries import positions
from campaigns.queries.mailings import Made
from crm.checking.findings import Finding, Severity
from crm.document.richtext import RichTextError
from crm.models import Network

from .linking import absolute, address_of, document_of, link_of, pages_in

# Twice the width of the column, for sharp screens.
_SPEC: Final = "width-1104"
_WIDTH: Final = 552
# The mail service, or our own outbox, fills these in for each reader.
UNSUBSCRIBE: Final = "*|UNSUB|*"
PREFERENCES: Final = "*|UPDATE_PROFILE|*"
_WHY: Final = "Je krijgt deze nieuwsbrief omdat je je ervoor hebt aangemeld."


@dataclass(frozen=True, slots=True)
class Composed:
    """An issue, with the id in the editor of each of its blocks, what could not be read of them, and the titles of the
    pages that are not on the site, by their addresses."""

    issue: Issue
    block_ids: tuple[str, ...]
    unreadable: tuple[Finding, ...]
    unpublished: Mapping[str, str]


def compose(page: Any) -> Composed:
    """The issue that a newsletter page is now, in Dutch as its readers get it."""
    blocks: list[Block] = []
    ids: list[str] = []
    unreadable: list[Finding] = []
    for number, child in enumerate(page.body, start=1):
        with override("nl"):
            try:
                block = _BLOCKS[child.block_type](child.value)
            except RichTextError as error:
                unreadable += [
                    Finding("unreadable", Severity.BLOCK, (), message, f"block-{number}")
                    for message in error.messages
                ]
                block = Divider()
        blocks.append(block)
        ids.append(str(child.id or ""))
    issue = Issue(
        subject=page.subject,
        preheader=page.preheader,
        blocks=tuple(blocks),
        house=house(archive=absolute(page.url or "/")),
        why=_WHY,
    )
    return Composed(issue, tuple(ids), tuple(unreadable), _unpublished(page))


def made(page: Any) -> tuple[Made, Composed, Mail]:
    """The issue as it would be mailed now, and what it was made from. Raises BadColour or RenderError."""
    network, composed = Network.load(), compose(page)
    mail = render(composed.issue, text=page.plain_text)
    return (
        Made(
            subject=page.subject,
            preheader=page.preheader,
            sender_name=page.sender_name or network.name,
            reply_to=page.reply_to or network.email,
            html=mail.html,
            text=mail.text,
            group=page.group,
        ),
        composed,
        mail,
    )


def house(*, archive: str = "") -> House:
    """Whose newsletter it is."""
    network = Network.load()
    return House(
        name=network.name,
        postal_lines=tuple(line.strip() for line in network.postal_address.splitlines() if line.strip()),
        website=network.website or settings.BASE_URL,
        unsubscribe=UNSUBSCRIBE,
        preferences=PREFERENCES,
        archive=archive,
        logo=_image(network.logo, network.name, width=200) if network.logo else None,
        accent=network.accent_colour,
        link=network.second_colour,
    )


def _image(image: Any, alt: str, *, width: int = _WIDTH) -> Image | None:
    if image is None:
        return None
    if image.is_svg():
        return Image(absolute(image.file.url), alt, width)
    made = image.get_rendition(_SPEC)
    return Image(absolute(made.url), alt, min(width, made.width), round(made.file.size / 1024))


def _story(value: Any) -> Block:
    return Story(
        value["title"],
        document_of(value["text"]),
        _image(value["image"], value["alt"]),
        link_of(value["link"], "Lees verder"),
    )


def _event(value: Any) -> Block:
    starts_at = value["starts_at"]
    if timezone.is_naive(starts_at):
        starts_at = timezone.make_aware(starts_at)
    here = timezone.localtime(starts_at)
    moment = f"{date_format(here, 'l j F Y')}, {date_format(here, 'G.i')} uur"
    text = document_of(value["text"])
    return Event(value["title"], moment, value["place"], text, link_of(value["link"], "Lees meer"))


def _publication(value: Any) -> Block:
    publication = value["publication"]
    title = str(publication or "")
    link = link_of(value["link"], f"Lees “{title}”")
    if publication is None or link is None:
        raise RichTextError(
            ("Kies de publicatie, en vul in waar lezers haar vinden: een pagina of een adres.",)
        )
    return PublicationBlock(title, document_of(value["text"]), link, _image(value["image"], title))


def _positions(value: Any) -> Block:
    ask = value["ask"]
    if ask is None:
        raise RichTextError(("Wat we vragen is hier niet meer te vinden. Kies het opnieuw.",))
    today = timezone.localdate()
    table = positions.matrix(ask.campaign, on=today)
    number = [one.pk for one in table.asks].index(ask.pk)
    rows = tuple(
        (str(row.speaker.organisation), row.cells[number].words)
        for row in table.rows
        if value["with_unknown"] or row.cells[number].position != positions.UNKNOWN
    )
    note = f"{positions.what_unknown_means()} Stand van {date_format(today, 'j F Y')}."
    return PositionsBlock(str(ask), rows, note, link_of(value["link"], "Lees meer"))


def _button(value: Any) -> Block:
    link = link_of(value)
    if link is None:
        raise RichTextError(("Deze knop leidt nergens heen. Vul in waarheen, of haal hem weg.",))
    return Button(link)


_BLOCKS: Final[Mapping[str, Callable[[Any], Block]]] = {
    "intro": lambda value: Intro(document_of(value)),
    "story": _story,
    "event": _event,
    "publication": _publication,
    "positions": _positions,
    "quote": lambda value: Quote(value["words"], value["who"]),
    "button": _button,
    "divider": lambda _value: Divider(),
    "contact": lambda value: Contact(document_of(value)),
}


def _unpublished(page: Any) -> dict[str, str]:
    """The pages of ours to which it links and that nobody can see yet. Itself is published when it is sent."""
    chosen, inside = [], set()
    for child in page.body:
        value = child.value
        if hasattr(value, "source"):
            inside |= pages_in(value)
        elif isinstance(value, Mapping):
            inside |= pages_in(value.get("text"))
            link = value if "page" in value else value.get("link")
            if link and link["page"] is not None:
                chosen.append(link)
    found = {
        address_of(link): str(link["page"])
        for link in chosen
        if not link["page"].live and link["page"].pk != page.pk
    }
    for other in Page.objects.filter(pk__in=inside - {page.pk}, live=False):
        found[absolute(other.url or "/")] = str(other)
    return found
