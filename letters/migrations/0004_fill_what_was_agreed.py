"""Letters that were made ready before their version carried everything: filled with what they are made from today."""

import hashlib

from django.core.files.base import ContentFile
from django.db import migrations

from crm.dutch.names import Gender, PersonName, formal
from crm.models.frozen_files import private_storage
from letters.queries import addressing
from letters.render.logos import media_type


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
        rows = letter.recipients.select_related("organisation", "person", "contact_point")
        recipients = [speak(recipient, letter) for recipient in rows]
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
    if not private_storage().exists(place):
        private_storage().save(place, ContentFile(data))
    values = {"size_bytes": len(data), "media_type": media_type(data), "place": place}
    return FrozenFile.objects.get_or_create(sha256=sha256, defaults=values)[0]


def speak(recipient, letter):
    """The recipient with the words of today. The models of a migration lack what the rules ask of them: given here."""
    person, organisation, name = recipient.person, recipient.organisation, recipient.name
    if person is not None:
        person.parts = PersonName(
            given=person.given_name,
            initials=person.initials,
            prefix=person.name_prefix,
            family=person.family_name,
            gender=Gender(person.gender),
        )
        person.formal_name = formal(person.parts)
    if organisation is not None and person is None and name == organisation.name:
        recipient.name = organisation.short_name or name
        organisation.name = ""
    recipient.frozen_words = addressing.words(recipient, letter)
    return recipient


class Migration(migrations.Migration):

    dependencies = [("letters", "0003_what_was_agreed"), ("wagtailimages", "0027_image_description")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
