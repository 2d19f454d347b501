"""The roles get what came with incoming mail."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0004_dutch_workflow"),
        ("letters", "0006_incoming"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
