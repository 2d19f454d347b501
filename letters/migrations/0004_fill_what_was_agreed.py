"""Letters that were made ready before their version carried everything: filled with what they are made from today.

The rules for names and salutations stand here as they were on that day: elsewhere they may change.
"""

import hashlib
import re

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import migrations

BODY_OF_PURPOSE = {
    "programme": "programme_committee", "board": "board", "faction": "faction", "clerk": "clerk", "press": "press",
}  # fmt: skip
BODY_OF_KIND = {
    "party": "party", "candidate_list": "party", "faction": "faction", "municipality": "executive",
    "executive": "executive", "district": "district", "clerk": "clerk", "press": "press", "umbrella": "board",
    "partner": "board", "initiative": "initiative",
}  # fmt: skip
# Only these have a programme committee, a board and factions that letters are aimed at.
AIMED = ("party", "candidate_list")
TO_WHOM = {
    "programme_committee": ("de", "programmacommissie"),
    "board": ("het", "bestuur"),
    "faction": ("de", "fractie"),
    "clerk": ("de", "griffie"),
    "press": ("de", "redactie"),
    "executive": ("het", "college"),
    "district": ("het", "dagelijks bestuur"),
}
NOBODY = "Geachte heer of mevrouw"
# With and without a name.
SALUTATIONS = {
    "faction": ("Geachte fractie {}", "Geachte fractie"),
    "board": ("Geacht bestuur {}", "Geacht bestuur"),
    "programme_committee": ("Geachte programmacommissie {}", "Geachte programmacommissie"),
    "executive": ("Geacht college", "Geacht college"),
    "district": ("Geacht dagelijks bestuur", "Geacht dagelijks bestuur"),
    "clerk": ("Geachte griffie", "Geachte griffie"),
    "press": ("Geachte redactie", "Geachte redactie"),
    "party": ("Geacht bestuur {}", "Beste partij"),
    "initiative": ("Beste mensen {}", "Beste mensen"),
    "other": (NOBODY, NOBODY),
}
QUOTES = str.maketrans(dict.fromkeys("'‘`´ʼ′", "’") | dict.fromkeys("‐‑–", "-"))


def fill(apps, schema_editor):
    """The logo of the letterhead, the enclosures, and the words for everybody on the list."""
    FrozenFile = apps.get_model("crm", "FrozenFile")
    LetterVersion = apps.get_model("letters", "LetterVersion")
    Letter = apps.get_model("letters", "Letter")
    Recipient = apps.get_model("letters", "Recipient")
    for version in LetterVersion.objects.iterator():
        sums = [sha256 for _title, sha256, _promised in version.content["enclosures"] if sha256]
        version.files.set(FrozenFile.objects.filter(sha256__in=sums))
    frozen = Letter.objects.filter(frozen_version__isnull=False)
    for letter in frozen.select_related("frozen_version", "letterhead__logo").iterator():
        version, image = letter.frozen_version, letter.letterhead.logo
        if image is not None:
            version.logo = keep(FrozenFile, image)
            version.save(update_fields=["logo"])
        recipients = list(letter.recipients.select_related("organisation", "person", "contact_point"))
        for recipient in recipients:
            recipient.frozen_words = {**words(recipient, letter), **recipient.frozen_words}
        Recipient.objects.bulk_update(recipients, ["frozen_words"])


def keep(FrozenFile, image):
    """The bytes of an image, frozen; None when they are gone."""
    try:
        with image.file.open() as file:
            data = file.read()
    except FileNotFoundError:
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    place = f"frozen/{sha256[:2]}/{sha256}"
    if not storages["private"].exists(place):
        storages["private"].save(place, ContentFile(data))
    values = {"size_bytes": len(data), "media_type": media_type(data), "place": place}
    return FrozenFile.objects.get_or_create(sha256=sha256, defaults=values)[0]


def media_type(data):
    """Of the kinds of file that a logo can be."""
    if b"<svg" in data[:4096]:
        return "image/svg+xml"
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"


def words(recipient, letter):
    """All that a letter says to a recipient and of it."""
    organisation, person = recipient.organisation, recipient.person
    article, whom = body_in_words(recipient, letter) if person is None else ("", formal(person))
    addressee = " ".join(part for part in ("t.a.v.", article, whom) if part) if whom else ""
    name = called(recipient)
    return {
        "salutation": tidy(recipient.salutation or letter.salutation or salutation(recipient, letter)),
        "name": f"{organisation.article} {name}".strip() if organisation else name,
        "to_whom": whom,
        "addressee": whom if organisation is None else addressee,
    }


def called(recipient):
    """The short name of an organisation, unless it had another name on the day."""
    organisation = recipient.organisation
    if organisation is not None and recipient.person is None and recipient.name == organisation.name:
        return organisation.short_name or organisation.name
    return recipient.name


def body_of(recipient, letter):
    """Which body the letter speaks to: that of the address, else of the letter, else of the kind."""
    organisation, point = recipient.organisation, recipient.contact_point
    aimed = letter.purpose if organisation.kind in AIMED else ""
    for purpose in (point.purpose if point else "", aimed):
        if purpose in BODY_OF_PURPOSE:
            return BODY_OF_PURPOSE[purpose]
    return BODY_OF_KIND.get(organisation.kind, "other")


def body_in_words(recipient, letter):
    """The article and the words for whom the letter is there."""
    point = recipient.contact_point
    if point is not None and point.attention:
        articles = {name: article for article, name in TO_WHOM.values()}
        return articles.get(point.attention.lower(), ""), point.attention
    return TO_WHOM.get(body_of(recipient, letter), ("", ""))


def salutation(recipient, letter):
    """What the Dutch rules make of it."""
    organisation, person = recipient.organisation, recipient.person
    if person is not None:
        return person.salutation or to_person(person)
    name = re.sub(r"^fractie (van )?", "", " ".join(called(recipient).split()), flags=re.IGNORECASE)
    named, unnamed = SALUTATIONS[body_of(recipient, letter)]
    if not name:
        return unnamed
    return named.format(" ".join(part for part in ("van", organisation.article.strip().lower(), name) if part))


def to_person(person):
    """By family name, else by first name, else by what is known of the gender."""
    if person.family_name:
        return f"Geachte {addressed(person)}"
    if person.given_name:
        return f"Beste {person.given_name}"
    return {"f": "Geachte mevrouw", "m": "Geachte heer"}.get(person.gender, NOBODY)


def addressed(person):
    """What stands behind "Geachte" for somebody with a family name."""
    if person.gender == "m":
        return f"heer {surname(person)}"
    if person.gender == "" and not person.given_name and not person.initials:
        return f"heer of mevrouw {surname(person)}"
    return formal(person)


def formal(person):
    """As in the middle of a sentence: mevrouw De Vries, de heer Van der Berg, K. Verbeek."""
    given, initials = person.given_name, person.initials
    if person.family_name and person.gender == "f":
        return f"mevrouw {surname(person)}"
    if person.family_name and person.gender == "m":
        return f"de heer {surname(person)}"
    first = initials or given if person.family_name and person.gender == "" else given or initials
    return f"{first} {joined(prefix(person), person.family_name)}".rstrip() if first else surname(person)


def surname(person):
    """The family name alone: its first prefix takes a capital, except ’t and d’."""
    before = prefix(person)
    if not before.startswith(("’", "d’", "l’")):
        before = before[:1].upper() + before[1:]
    return joined(before, person.family_name)


def prefix(person):
    """The words before the family name, in lower case."""
    return " ".join(person.name_prefix.translate(QUOTES).split()).lower()


def joined(before, family):
    """A prefix with its name; one that ends in ’ is fast to it."""
    if not family:
        return ""
    return before + ("" if not before or before.endswith("’") else " ") + family


def tidy(text):
    """One line, without a comma at the end."""
    return " ".join(text.split()).rstrip(" ,")


class Migration(migrations.Migration):

    dependencies = [("letters", "0003_what_was_agreed"), ("wagtailimages", "0027_image_description")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
