"""The roles get what came with planned talks."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0009_roles_positions"),
        ("letters", "0013_talks_meetings_and_papers"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
