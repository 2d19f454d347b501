"""What the whole back office gets."""

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from crm.admin.mailbox import MailboxFileView, MailboxMessageView, MailboxView

from .admin.overview import OverviewPanel


@hooks.register("insert_global_admin_css", order=1)
def house_style() -> str:
    """Our colours and name."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/backoffice.css"))


@hooks.register("insert_global_admin_js")
def widgets() -> str:
    """What starts choosers and date fields."""
    return format_html('<script src="{}"></script>', static("cms/widgets.js"))


@hooks.register("construct_help_menu")
def own_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Volunteers have no use for the manual and release notes of the software below."""
    menu_items[:] = [item for item in menu_items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("construct_homepage_panels")
def overview(request: HttpRequest, panels: list[Component]) -> None:
    """What waits for whom, in place of statistics about pages."""
    panels[:] = [OverviewPanel()]


@hooks.register("register_admin_urls")
def mailbox_urls() -> list[URLPattern]:
    """The local mailbox."""
    return [
        path("postvak/", MailboxView.as_view(), name="local_mailbox"),
        path("postvak/<str:key>/", MailboxMessageView.as_view(), name="local_mailbox_message"),
        path("postvak/<str:key>/<int:number>/", MailboxFileView.as_view(), name="local_mailbox_file"),
    ]


class MailboxMenuItem(MenuItem):
    """Shown to who may see outgoing mail, where mail stays on this machine."""

    def is_shown(self, request: object) -> bool:
        """Whether this person sees the item."""
        return settings.SMTP_IS_LOCAL and request.user.has_perm("crm.view_outgoingmessage")  # type: ignore[attr-defined]


@hooks.register("register_admin_menu_item")
def mailbox_menu_item() -> MenuItem:
    """The local mailbox in the menu."""
    return MailboxMenuItem(
        _("Local mailbox"), reverse("local_mailbox"), name="mailbox", icon_name="mail", order=900
    )
