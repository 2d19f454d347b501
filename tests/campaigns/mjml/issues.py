"""Issues of a newsletter to try things on."""

from dataclasses import replace

from campaigns.mjml.issue import (
    Button,
    Contact,
    Divider,
    Event,
    House,
    Image,
    Intro,
    Issue,
    Link,
    PositionsBlock,
    PublicationBlock,
    Quote,
    Story,
)
from crm.document import richtext

HOUSE = House(
    name="Netwerk De Brug",
    postal_lines=("Verzonnen Kade 36", "1099 ZZ Amsterdam"),
    website="https://netwerk.example",
    unsubscribe="*|UNSUB|*",
    archive="https://netwerk.example/nieuwsbrief/november/",
    preferences="*|UPDATE_PROFILE|*",
    logo=Image("https://netwerk.example/logo.png", "Netwerk De Brug", width=120),
)


def text(
    html="<p>Dag <b>buren</b>, kijk op <a href='https://netwerk.example/a?b=1&amp;c=2'>de agenda</a>.</p>",
):
    return richtext.parse(html, fields=())


def blocks():
    """One of every kind."""
    return (
        Intro(text()),
        Story(
            "Huis & haard <in de buurt>",
            text(),
            Image("https://netwerk.example/tafel.jpg", "Buren aan een lange tafel"),
            Link("Lees over de lange tafel", "https://netwerk.example/tafel/"),
        ),
        Event(
            "Open dag", "zaterdag 5 december 2026, 14.00 uur", "Huis van de Wijk", text("<p>Kom langs.</p>")
        ),
        PublicationBlock(
            "Hier zijn wij!", text("<p>Ons verhaal.</p>"), Link("Lees het", "https://netwerk.example/p/")
        ),
        PositionsBlock(
            "Een huis in elke buurt",
            (("De Waag", "voor"), ("Stadslijst", "onbekend")),
            "Onbekend is niet tegen.",
        ),
        Quote("Hier ken ik iedereen.", "Truus, Zonneplein"),
        Button(Link("Doe mee", "https://netwerk.example/doe-mee/")),
        Divider(),
        Contact(text("<p>Vragen? Mail ons.</p>")),
    )


def issue(**values):
    whole = Issue(
        subject="Nieuws uit de stadsdorpen",
        preheader="Een lange tafel, een open dag en een nieuw verhaal",
        blocks=blocks(),
        house=HOUSE,
        why="Je krijgt deze nieuwsbrief omdat je je hebt aangemeld op netwerk.example.",
    )
    return replace(whole, **values)
