"""The roles get what came with papers for meetings."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0007_roles_follow_ups"),
        ("letters", "0011_agendas"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
