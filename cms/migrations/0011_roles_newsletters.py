"""The roles get what came with newsletters and their readers."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0010_roles_talks"),
        ("campaigns", "0005_newsletters"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
