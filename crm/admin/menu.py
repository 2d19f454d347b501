"""The menu "Whom we know", and the search box above it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.search import SearchArea


class PermittedMenuItem(MenuItem):
    """An item for those who hold a permission."""

    def __init__(self, *args: object, permission: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person sees the item."""
        return request.user.has_perm(self.permission)


def whom_we_know() -> MenuItem:
    """The menu; other items join through the hook ``register_crm_menu_item``."""
    items = [
        PermittedMenuItem(
            _("Organisations"), reverse("crm:organisation_list"), name="organisations", icon_name="group", order=10,
            permission="crm.view_organisation",
        ),
        PermittedMenuItem(
            _("People"), reverse("crm:person_list"), name="people", icon_name="user", order=20,
            permission="crm.view_person",
        ),
        PermittedMenuItem(
            _("Saved groups"), reverse("crm:segment_list"), name="segments", icon_name="sliders", order=30,
            permission="crm.view_segment",
        ),
        PermittedMenuItem(
            _("Themes and labels"), reverse("crm:theme_list"), name="themes", icon_name="tag", order=40,
            permission="crm.view_theme",
        ),
    ]  # fmt: skip
    menu = Menu(register_hook_name="register_crm_menu_item", items=items)
    return SubmenuMenuItem(_("Whom we know"), menu, name="whom-we-know", icon_name="group", order=100)


def action_list() -> MenuItem:
    """What has to be done."""
    return PermittedMenuItem(
        _("Action list"), reverse("crm:follow_up_list"), name="action-list", icon_name="list-ul", order=90,
        permission="crm.view_followup",
    )  # fmt: skip


def recesses() -> MenuItem:
    """The recesses, among the settings."""
    return PermittedMenuItem(
        _("Recesses"), reverse("crm:recess_list"), name="recesses", icon_name="calendar", order=600,
        permission="crm.view_recess",
    )  # fmt: skip


def outgoing_mail() -> MenuItem:
    """The list of what left and what did not."""
    return PermittedMenuItem(
        _("Outgoing mail"), reverse("crm:outgoing"), name="outgoing", icon_name="mail", order=890,
        permission="crm.view_outgoingmessage",
    )  # fmt: skip


class EverythingSearchArea(SearchArea):
    """The search box in the sidebar looks everywhere."""

    def __init__(self) -> None:
        super().__init__(
            _("Everything"), reverse("crm:search"), name="everything", icon_name="search", order=1
        )
