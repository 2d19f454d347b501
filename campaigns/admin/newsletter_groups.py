"""Groups of readers on screen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions import newsletter_groups as actions
from campaigns.models import NewsletterGroup
from campaigns.queries import subscribers as queries
from crm.admin.forms import ActionForm, RecordForm
from crm.admin.screens import Screen
from crm.models import Segment, SegmentSubject

from .screens import FormScreen


class GroupForm(RecordForm):
    """Add a group."""

    model = NewsletterGroup
    permission = actions.ADD
    heading = gettext_lazy("New group of readers")
    intro: str | Promise = gettext_lazy(
        "A district or a theme, for example. An issue goes to all readers or to one group."
    )
    button = gettext_lazy("Add this group")
    names = ("name", "explanation", "is_offered", "segment")
    needed = ("name",)

    def start(self) -> dict[str, Any]:
        """Readers may choose a new one, unless somebody says otherwise."""
        return super().start() if self.item else {"is_offered": True}

    def build(self) -> None:
        """Only groups of people."""
        super().build()
        self.fields["name"].required = False
        self.fields["segment"].queryset = Segment.objects.filter(subject=SegmentSubject.PEOPLE)  # type: ignore[attr-defined]
        self.fields["segment"].help_text = _("The readers among these people are in the group by themselves.")

    def act(self) -> str:
        """Keep it."""
        made = actions.add(by=self.by, **self.values())
        return _("The group “%(name)s” is there.") % {"name": made}


class GroupChangeForm(GroupForm):
    """Change a group."""

    permission = actions.CHANGE
    heading = gettext_lazy("Change this group of readers")
    intro = ""
    button = gettext_lazy("Save the group")

    def act(self) -> str:
        """Keep what changed."""
        actions.change(group=self.item, seen=self.cleaned_data["seen"], by=self.by, **self.values())
        return _("The group was changed.")


class GroupRemoveForm(ActionForm):
    """Remove a group."""

    permission = actions.REMOVE
    is_grave = True
    button = gettext_lazy("Remove this group")

    def start(self) -> dict[str, Any]:
        """Says what goes, and what stays."""
        self.heading = _("Remove the group of readers “%(name)s”?") % {"name": self.item}
        self.intro = _("Its readers stay readers; what they chose goes.")
        return {}

    def act(self) -> str:
        """Remove it."""
        name = str(self.item)
        actions.remove(group=self.item, by=self.by)
        return _("The group “%(name)s” was removed.") % {"name": name}


class GroupsView(Screen):
    """All groups, each with its readers."""

    permission = "campaigns.view_newslettergroup"
    template_name = "campaigns/readers/groups.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the groups with their numbers."""
        found = NewsletterGroup.objects.select_related("segment")
        return super().get_context_data(
            groups=[(one, queries.in_group(one).count()) for one in found],
            may_add=self.may(actions.ADD),
            may_change=self.may(actions.CHANGE),
            may_remove=self.may(actions.REMOVE),
            may_see_readers=self.may("campaigns.view_subscriber"),
            may_see_segments=self.may("crm.view_segment"),
            **kwargs,
        )


class GroupAddView(FormScreen):
    """Add a group."""

    form_class: ClassVar[type[ActionForm]] = GroupForm

    def crumb(self) -> tuple[str | Promise, str]:
        """All groups."""
        return _("Groups of readers"), reverse("readers:groups")


class _OfGroup(GroupAddView):
    """A form about the group in the address."""

    @cached_property
    def group(self) -> NewsletterGroup:
        """The group in the address."""
        return get_object_or_404(NewsletterGroup, pk=self.kwargs["pk"])

    def about(self) -> dict[str, Any]:
        """The group."""
        return {"item": self.group}


class GroupChangeView(_OfGroup):
    """Change a group."""

    form_class = GroupChangeForm


class GroupRemoveView(_OfGroup):
    """Remove a group."""

    form_class = GroupRemoveForm
