"""The roles get what came with promises."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0005_roles_incoming"),
        ("letters", "0010_commitments"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
