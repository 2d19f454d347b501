"""The menu of the newsletter."""

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
            _("Issues"), reverse("newsletters:index"), name="issues", icon_name="list-ul", order=10,
            permission="campaigns.view_mailing",
        ),
        PermittedMenuItem(
            _("Readers"), reverse("readers:index"), name="readers", icon_name="group", order=50,
            permission="campaigns.view_subscriber",
        ),
        PermittedMenuItem(
            _("Groups of readers"), reverse("readers:groups"), name="newsletter-groups", icon_name="tag", order=60,
            permission="campaigns.view_newslettergroup",
        ),
        PermittedMenuItem(
            _("Lists on paper"), reverse("readers:lists"), name="sign-up-lists", icon_name="doc-full", order=70,
            permission="campaigns.view_subscriber",
        ),
        PermittedMenuItem(
            _("Readers and Mailchimp"), reverse("audience:index"), name="audience", icon_name="rotate", order=90,
            permission=PERMISSION,
        ),
    ]  # fmt: skip
    menu = Menu(register_hook_name="register_newsletter_menu_item", items=items)
    return SubmenuMenuItem(_("Newsletter"), menu, name="newsletter", icon_name="mail", order=220)
