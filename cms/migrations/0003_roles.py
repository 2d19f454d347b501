"""The four roles as groups, with their permissions."""

from django.db import migrations

from cms.roles import grant


def make_roles(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_first_home"),
        ("crm", "0005_address_book"),
        ("letters", "0001_initial"),
        ("campaigns", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0005_editingsession_is_editing"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
