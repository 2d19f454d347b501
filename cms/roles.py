"""Who may do what: the four roles and their permissions."""

from __future__ import annotations

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db.migrations.state import StateApps

# Per role: application and permission codenames; "*" stands for add, change, delete and view of a model.
ADDRESS_BOOK = [
    "organisation", "organisationname", "lineage", "election", "term", "seatcount", "person", "mandate",
    "contactpoint", "interaction", "segment", "theme", "tag",
]  # fmt: skip
PROMISES = ["commitment"]
MEETINGS = ["agenda"]
# A talk that was planned is never removed: it is called off.
TALKS = [f"letters.{verb}_meeting" for verb in ("add", "change")]
LETTER_SUPPLIES = ["letterhead", "standardtext"]
CABINET = ["fact", "publication"]
# The action list is for everybody who does something; a reader only looks.
ACTION_LIST = ["crm.add_followup", "crm.change_followup"]
CAMPAIGNS = ["campaign", "ask"]
# What a party said is never removed: it is superseded or withdrawn.
CLAIMS = ["campaigns.add_claim", "campaigns.change_claim", "campaigns.confirm_claim"]
# Whoever writes the newsletter minds its readers; one who leaves stays known as one who left.
NEWSLETTER = [
    "campaigns.write_mailing",
    "campaigns.send_mailing",
    *(f"campaigns.{verb}_subscriber" for verb in ("add", "change", "view")),
    *(f"campaigns.{verb}_newslettergroup" for verb in ("add", "change", "delete", "view")),
    "crm.add_consententry",
    "campaigns.sync_audience",
]


def _all(app: str, *models: str) -> list[str]:
    return [f"{app}.{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view")]


def _view(app: str, *models: str) -> list[str]:
    return [f"{app}.view_{model}" for model in models]


READING = [
    "wagtailadmin.access_admin",
    *_view("crm", *ADDRESS_BOOK, "consententry", "outgoingmessage", "followup", "recess"),
    *_view("letters", "letter", "incomingmessage", "meeting", *PROMISES, *MEETINGS, *LETTER_SUPPLIES),
    *_view("campaigns", *CABINET, *CAMPAIGNS, "claim", "mailing"),
]

SITE = [
    *[f"wagtailimages.{verb}_image" for verb in ("add", "change", "delete", "choose", "view")],
    *[f"wagtaildocs.{verb}_document" for verb in ("add", "change", "delete", "choose", "view")],
]

ROLES: dict[str, list[str]] = {
    "Lezer": READING,
    "Redactie": [*READING, *SITE, *ACTION_LIST, *NEWSLETTER],
    "Commissie": [
        *READING,
        *_all("crm", *ADDRESS_BOOK, "recess"),
        *ACTION_LIST,
        *NEWSLETTER,
        *_all("letters", "letter", *PROMISES, *MEETINGS, *LETTER_SUPPLIES),
        *TALKS,
        "letters.change_incomingmessage",
        "letters.approve_letter",
        "letters.send_letter",
        "crm.send_outgoingmessage",
        *_all("campaigns", *CABINET, *CAMPAIGNS),
        *CLAIMS,
        "campaigns.approve_mailing",
        # For the logo of a letterhead.
        *[f"wagtailimages.{verb}_image" for verb in ("add", "choose", "view")],
    ],
    "Beheer": [
        *READING,
        *SITE,
        *_all("crm", *ADDRESS_BOOK, "recess", "user", "network"),
        *ACTION_LIST,
        *NEWSLETTER,
        *_all("letters", "letter", *PROMISES, *MEETINGS, *LETTER_SUPPLIES, "approvalrule"),
        *TALKS,
        "letters.change_incomingmessage",
        "letters.approve_letter",
        "letters.send_letter",
        "crm.send_outgoingmessage",
        *_all("campaigns", *CABINET, *CAMPAIGNS),
        *CLAIMS,
        "campaigns.approve_mailing",
        *_all("auth", "group"),
        *_all("wagtailcore", "site"),
    ],
}
# Those who edit the public site also hold page permissions from its root.
SITE_EDITORS = ("Redactie", "Beheer")


def grant(apps: StateApps, alias: str) -> None:
    """Make the four groups and give them their permissions, those that exist by now; for use in a migration."""
    # Permissions are normally made after all migrations; the groups need them now.
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=0, using=alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    root = Page.objects.get(depth=1)
    files = Collection.objects.get(depth=1)
    # Wagtail's own two groups overlap with these roles and would only confuse.
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    for name, codes in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*[known[code] for code in codes if code in known])
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
