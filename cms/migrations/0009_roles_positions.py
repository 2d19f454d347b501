"""The roles get what came with campaigns and positions."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0008_roles_agendas"),
        ("campaigns", "0003_campaigns_asks_claims"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
