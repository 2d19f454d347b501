"""The way of working that Wagtail brings along has an English name."""

from django.db import migrations

ENGLISH, DUTCH = "Moderators approval", "Nakijken voor een pagina openbaar wordt"


def rename(apps, old, new):
    for name in ("Workflow", "Task"):
        apps.get_model("wagtailcore", name).objects.filter(name=old).update(name=new)


def forwards(apps, schema_editor):
    rename(apps, ENGLISH, DUTCH)


def backwards(apps, schema_editor):
    rename(apps, DUTCH, ENGLISH)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_roles"),
        ("wagtailcore", "0047_add_workflow_models"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
