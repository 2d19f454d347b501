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
                _("All letters"), reverse("letters:index"), icon_name="mail", order=-20,
                permission="letters.view_letter",
            ),
            PermittedMenuItem(
                _("New letter"), reverse("letters:start"), icon_name="plus", order=-10,
                permission="letters.add_letter",
            ),
            PermittedMenuItem(
                _("What came in"), reverse("letters:incoming"), icon_name="download", order=-5,
                permission="letters.view_incomingmessage",
            ),
            PermittedMenuItem(
                _("Whose turn it is"), reverse("letters:turns"), icon_name="user", order=-4,
                permission="letters.view_letter",
            ),
            PermittedMenuItem(
                _("Promises"), reverse("letters:commitments"), icon_name="tick", order=-3,
                permission="letters.view_commitment",
            ),
            PermittedMenuItem(
                _("Talks"), reverse("letters:meetings"), icon_name="group", order=-2,
                permission="letters.view_meeting",
            ),
            PermittedMenuItem(
                _("Meetings of the committee"), reverse("letters:agendas"), icon_name="doc-full", order=-1,
                permission="letters.view_agenda",
            ),
            PermittedMenuItem(
                _("Away for a while"), reverse("letters:absence"), icon_name="calendar", order=900,
                permission="letters.approve_letter",
            ),
        ]  # fmt: skip
        return [*letters, *super().get_submenu_items()]
