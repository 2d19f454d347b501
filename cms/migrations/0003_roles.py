"""The four roles as groups, with their permissions."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from cms.roles import ROLES, SITE_EDITORS


def make_roles(apps, schema_editor):
    # Permissions are normally made after all migrations; the groups need them now.
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    root = Page.objects.get(depth=1)
    files = Collection.objects.get(depth=1)
    # Wagtail's own two groups overlap with these roles and would only confuse.
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    for name, codes in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([known[code] for code in codes])
        if name in SITE_EDITORS:
            for verb in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
                GroupPagePermission.objects.get_or_create(
                    group=group, page=root, permission=known[f"wagtailcore.{verb}"]
                )
        for code in codes:
            if code.startswith(("wagtailimages.", "wagtaildocs.")):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=files, permission=known[code]
                )


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
