"""What can go wrong when a text is made into pages, in words for the person who wrote it."""

from __future__ import annotations


class TypesettingError(Exception):
    """The pages could not be made. ``str()`` is Dutch advice for the writer, ``detail`` is for the log."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message, detail)
        self.message = message
        self.detail = detail

    def __str__(self) -> str:
        return self.message


class UnknownGlyph(TypesettingError):
    """The typefaces do not hold these ``characters``; printed they would be empty boxes."""

    def __init__(self, characters: tuple[str, ...], detail: str = "") -> None:
        super().__init__(_advice(characters), detail)
        self.args = (characters, detail)
        self.characters = characters


class MissingTitle(TypesettingError):
    """There is no title, so a screen reader cannot say what is being read."""

    def __init__(self, detail: str = "") -> None:
        super().__init__("Er staat geen onderwerp boven. Vul in waar het over gaat.", detail)
        self.args = (detail,)


class TypesettingFailed(TypesettingError):
    """Anything the writer cannot mend: a broken template, a damaged logo, typst itself."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(
            "We konden dit niet opmaken. Probeer het nog eens. Lukt het weer niet, vraag dan je beheerder om hulp.",
            detail,
        )
        self.args = (detail,)


def _advice(characters: tuple[str, ...]) -> str:
    shown = [char if char.isprintable() else f"U+{ord(char):04X}" for char in characters[:12]]
    if len(characters) > len(shown):
        shown.append(f"nog {len(characters) - len(shown)}")
    if len(shown) == 1:
        return f"Het teken {shown[0]} kunnen we niet afdrukken. Haal het weg, of schrijf het met letters."
    listed = f"{', '.join(shown[:-1])} en {shown[-1]}"
    return f"De tekens {listed} kunnen we niet afdrukken. Haal ze weg, of schrijf ze met letters."
