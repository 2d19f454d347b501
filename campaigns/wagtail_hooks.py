"""Registration of the room campaigns with Wagtail: addresses, menu, style, permissions."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from crm.admin.menu import PermittedMenuItem

from .admin import menu


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """The screens of campaigns, positions and the newsletter."""
    return [
        path("standpunten/", include("campaigns.admin.urls")),
        path("nieuwsbrief/mailchimp/", include("campaigns.admin.audience_urls")),
    ]


@hooks.register("insert_global_admin_css")
def style() -> str:
    """What positions add to the look of our screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("campaigns/campaigns.css"))


@hooks.register("register_admin_menu_item")
def positions_menu_item() -> MenuItem:
    """Positions in the menu, after the letters that ask for them."""
    return PermittedMenuItem(
        _("Positions"), reverse("campaigns:index"), name="positions", icon_name="tasks", order=210,
        permission="campaigns.view_campaign",
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def newsletter_menu_item() -> MenuItem:
    """The newsletter in the menu."""
    return menu.newsletter()


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What campaigns add to the page of a role."""
    return Permission.objects.filter(
        content_type__app_label="campaigns",
        content_type__model__in=("campaign", "ask", "claim", "audiencelink"),
    )
