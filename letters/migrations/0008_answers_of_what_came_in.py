"""What was placed before has an answer too; acknowledgements need nobody to read them."""

from django.db import migrations

KINDS = ("answer", "invitation", "acknowledgement")


def fill(apps, schema_editor):
    place_model = apps.get_model("letters", "IncomingPlace")
    answer_model = apps.get_model("letters", "Answer")
    places = place_model.objects.filter(message__kind__in=KINDS, answer=None).select_related("message")
    answer_model.objects.bulk_create(
        answer_model(
            recipient_id=place.recipient_id,
            place=place,
            came_at=place.message.sent_at or place.message.arrived_at,
            acknowledges=place.message.kind == "acknowledgement",
            judged_at=place.placed_at if place.message.kind == "acknowledgement" else None,
        )
        for place in places
    )


class Migration(migrations.Migration):
    dependencies = [("letters", "0007_answers_and_replies")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
