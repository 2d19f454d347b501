"""The menu Letters: the letters themselves first, then what they are made with."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from campaigns.admin.facts import FactViewSet
from campaigns.admin.publications import PublicationViewSet
from crm.admin.menu import PermittedMenuItem

from .supplies import ApprovalRuleViewSet, LetterheadViewSet, StandardTextViewSet

# What it is called, the name of its address, its icon and the permission to see it; in the order of the menu.
FIRST = (
    (_("All letters"), "index", "mail", "view_letter"),
    (_("New letter"), "start", "plus", "add_letter"),
    (_("What came in"), "incoming", "download", "view_incomingmessage"),
    (_("Whose turn it is"), "turns", "user", "view_letter"),
    (_("Promises"), "commitments", "tick", "view_commitment"),
    (_("Talks"), "meetings", "group", "view_meeting"),
    (_("Meetings of the committee"), "agendas", "doc-full", "view_agenda"),
)


class LettersGroup(ModelViewSetGroup):
    """All about letters; other items join through the hook ``register_letters_menu_item``."""

    menu_label = _("Letters")
    menu_name = "letters"
    menu_icon = "mail"
    menu_order = 200
    submenu_hook = "register_letters_menu_item"
    items = (StandardTextViewSet, FactViewSet, PublicationViewSet, LetterheadViewSet, ApprovalRuleViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        """The letters, then the supplies."""
        letters = [
            PermittedMenuItem(
                label,
                reverse(f"letters:{name}"),
                icon_name=icon,
                order=order,
                permission=f"letters.{permission}",
            )
            for order, (label, name, icon, permission) in enumerate(FIRST, start=-len(FIRST))
        ]
        away = PermittedMenuItem(
            _("Away for a while"), reverse("letters:absence"), icon_name="calendar", order=900,
            permission="letters.approve_letter",
        )  # fmt: skip
        return [*letters, away, *super().get_submenu_items()]
