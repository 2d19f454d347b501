"""The menu Newsletter."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from campaigns.actions.audience import PERMISSION
from crm.admin.menu import PermittedMenuItem


def newsletter() -> MenuItem:
    """The menu; other items join through the hook ``register_newsletter_menu_item``."""
    items = [
        PermittedMenuItem(
            _("Readers and Mailchimp"), reverse("audience:index"), name="audience", icon_name="rotate", order=90,
            permission=PERMISSION,
        ),
    ]  # fmt: skip
    menu = Menu(register_hook_name="register_newsletter_menu_item", items=items)
    return SubmenuMenuItem(_("Newsletter"), menu, name="newsletter", icon_name="mail", order=220)
