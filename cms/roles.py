"""Who may do what: the four roles and their permissions."""

from __future__ import annotations

# Per role: application and permission codenames; "*" stands for add, change, delete and view of a model.
ADDRESS_BOOK = [
    "organisation", "organisationname", "lineage", "election", "term", "seatcount", "person", "mandate",
    "contactpoint", "interaction", "segment", "theme", "tag",
]  # fmt: skip
LETTER_SUPPLIES = ["letterhead", "standardtext"]
CABINET = ["fact", "publication"]


def _all(app: str, *models: str) -> list[str]:
    return [f"{app}.{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view")]


def _view(app: str, *models: str) -> list[str]:
    return [f"{app}.view_{model}" for model in models]


READING = [
    "wagtailadmin.access_admin",
    *_view("crm", *ADDRESS_BOOK, "consententry", "outgoingmessage"),
    *_view("letters", "letter", *LETTER_SUPPLIES),
    *_view("campaigns", *CABINET),
]

SITE = [
    *[f"wagtailimages.{verb}_image" for verb in ("add", "change", "delete", "choose", "view")],
    *[f"wagtaildocs.{verb}_document" for verb in ("add", "change", "delete", "choose", "view")],
]

ROLES: dict[str, list[str]] = {
    "Lezer": READING,
    "Redactie": [*READING, *SITE],
    "Commissie": [
        *READING,
        *_all("crm", *ADDRESS_BOOK),
        "crm.add_consententry",
        *_all("letters", "letter", *LETTER_SUPPLIES),
        "letters.approve_letter",
        "letters.send_letter",
        "crm.send_outgoingmessage",
        *_all("campaigns", *CABINET),
        # For the logo of a letterhead.
        *[f"wagtailimages.{verb}_image" for verb in ("add", "choose", "view")],
    ],
    "Beheer": [
        *READING,
        *SITE,
        *_all("crm", *ADDRESS_BOOK, "user", "network"),
        "crm.add_consententry",
        *_all("letters", "letter", *LETTER_SUPPLIES, "approvalrule"),
        "letters.approve_letter",
        "letters.send_letter",
        "crm.send_outgoingmessage",
        *_all("campaigns", *CABINET),
        *_all("auth", "group"),
        *_all("wagtailcore", "site"),
    ],
}
# Those who edit the public site also hold page permissions from its root.
SITE_EDITORS = ("Redactie", "Beheer")
