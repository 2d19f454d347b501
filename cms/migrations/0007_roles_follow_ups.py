"""The roles get what came with the action list and the recesses."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_roles_promises"),
        ("crm", "0010_follow_ups_and_recesses"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
