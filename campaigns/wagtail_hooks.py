"""Registration of the room campaigns with Wagtail: addresses, menu, style, permissions."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from campaigns.admin import menu
from campaigns.models import Mailing
from campaigns.pages import NewsletterPage
from crm.admin.menu import PermittedMenuItem
from crm.models import User


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """The screens of campaigns and positions, of newsletters and their readers."""
    return [
        path("standpunten/", include("campaigns.admin.urls")),
        path("nieuwsbrief/lezers/", include("campaigns.admin.reader_urls")),
        path("nieuwsbrieven/", include("campaigns.admin.newsletter_urls")),
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
    models = ("campaign", "ask", "claim", "mailing", "subscriber", "newslettergroup", "audiencelink")
    return Permission.objects.filter(content_type__app_label="campaigns", content_type__model__in=models)


@hooks.register("construct_page_action_menu")
def only_sending_publishes(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A newsletter comes on the site when it is sent: until then its editor has no button for that."""
    page = context.get("page")
    if isinstance(page, NewsletterPage) and not page.live:
        menu_items[:] = [one for one in menu_items if one.name not in {"action-publish", "action-submit"}]


@hooks.register("register_page_header_buttons")
def to_sending(page: Page, user: User, next_url: str | None = None, view_name: str = "") -> Iterator[Button]:
    """From the editor to the last look, a test, approval and sending."""
    if isinstance(page, NewsletterPage) and page.pk and user.has_perm("campaigns.view_mailing"):
        address = reverse("newsletters:issue", args=[page.pk])
        yield Button(_("Look it over and send it"), address, icon_name="mail", priority=1)


@hooks.register("before_delete_page")
def what_was_mailed_stays(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A newsletter that was put before the committee or sent is not thrown away: proof of it stands with it."""
    if not Mailing.objects.filter(page__in=page.get_descendants(inclusive=True)).exists():
        return None
    words = _(
        "This newsletter was put before the committee or sent, so it stays. You can take it off the site."
    )
    messages.error(request, words)
    return redirect("wagtailadmin_explore", page.get_parent().pk)
