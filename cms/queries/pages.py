"""Pages of the public site in the one search box."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import page_permission_policy

from crm.queries.finders import named
from crm.registries.search import Hit

# A site of a network is smaller; it bounds what is read.
_MOST: Final = 2_000


def find(text: str, limit: int, user: Any) -> list[Hit]:
    """Pages by title, for who may change them. The root of the tree is no page of anybody."""
    pages = page_permission_policy.instances_user_has_any_permission_for(user, ["change"]).filter(depth__gt=1)
    return [
        Hit(
            "page", pk, title, _("page on the site") if live else _("page, not on the site yet"), _address(pk)
        )
        for pk, title, live in pages.order_by("title", "pk").values_list("pk", "draft_title", "live")[:_MOST]
        if named(title, text)
    ][:limit]


def _address(pk: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])
