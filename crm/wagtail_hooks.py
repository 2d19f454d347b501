"""Registration of the room crm with Wagtail: addresses, menu, search box, style and scripts, permissions."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea

from .admin import menu


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """The screens of "Whom we know"."""
    return [path("", include("crm.admin.urls"))]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """The menu "Whom we know"."""
    return menu.whom_we_know()


@hooks.register("register_admin_menu_item")
def action_list_menu_item() -> MenuItem:
    """What has to be done."""
    return menu.action_list()


@hooks.register("register_settings_menu_item")
def recesses_menu_item() -> MenuItem:
    """The recesses."""
    return menu.recesses()


@hooks.register("register_admin_menu_item")
def outgoing_menu_item() -> MenuItem:
    """Outgoing mail."""
    return menu.outgoing_mail()


@hooks.register("register_admin_search_area", order=1)
def search_area() -> SearchArea:
    """The search box in the sidebar."""
    return menu.EverythingSearchArea()


@hooks.register("insert_global_admin_css")
def style() -> str:
    """The look of our own screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("crm/crm.css"))


@hooks.register("insert_global_admin_js")
def script() -> str:
    """Suggestions under fields, buttons that can be pressed once, and what was typed outlives leaving the page."""
    return format_html_join(
        "\n", '<script src="{}" defer></script>', [[static("crm/crm.js")], [static("crm/keep.js")]]
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What the address book adds to the page of a role."""
    return Permission.objects.filter(content_type__app_label="crm")
