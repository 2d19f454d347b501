"""The menu of the newsletter."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from crm.admin.menu import PermittedMenuItem


def newsletter() -> MenuItem:
    """The menu; other items join through the hook ``register_newsletter_menu_item``."""
    items = [
        PermittedMenuItem(
            _("Issues"), reverse("newsletters:index"), name="issues", icon_name="list-ul", order=10,
            permission="campaigns.view_mailing",
        ),
    ]  # fmt: skip
    menu = Menu(register_hook_name="register_newsletter_menu_item", items=items)
    return SubmenuMenuItem(_("Newsletter"), menu, name="newsletter", icon_name="mail", order=220)
