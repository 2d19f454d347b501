"""The roles get what came with the audience at Mailchimp."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0011_roles_newsletters"),
        ("campaigns", "0008_audience"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
