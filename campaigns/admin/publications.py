"""Our publications on screen: planned, or there as a PDF."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from campaigns.actions import publications
from campaigns.models import Publication
from campaigns.queries.publications import standing
from crm.actions.action import Refused
from crm.admin import uploads
from crm.admin.fields import DayField
from crm.models import User
from crm.registries import panels

from .acting import ActingForm, ActingInspectView, ActingViewSet


class PublicationForm(ActingForm):
    """A publication, with its PDF as an upload."""

    needed = ("title",)
    beside = {"file": "upload"}
    upload = forms.FileField(
        label=gettext_lazy("The publication as PDF"),
        required=False,
        help_text=gettext_lazy("Leave empty while it is still to come."),
        widget=uploads.FileInput(attrs={"accept": "application/pdf"}),
    )

    class Meta:
        model = Publication
        fields = ["title", "planned_on", "published_on"]
        field_classes = {"planned_on": DayField, "published_on": DayField}
        help_texts = {
            "planned_on": gettext_lazy("A guess will do, for example 1-11-2026."),
            "published_on": gettext_lazy("Leave empty while it is still to come."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.file_id:
            self.fields["upload"].help_text = _(
                "There is a file of %(pages)d pages. Choose another one to replace it; letters keep what they carried."
            ) % {"pages": self.instance.pages}

    def clean_upload(self) -> bytes | None:
        """The bytes that were chosen; None when none were."""
        upload = self.cleaned_data["upload"]
        try:
            return uploads.read(upload) if upload is not None else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class PublicationInspectView(ActingInspectView):
    """How it stands with a publication, and its PDF."""

    template_name = "campaigns/publication.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how it stands, and what higher rooms say about it: who waits for it."""
        return super().get_context_data(**kwargs) | {
            "standing": standing(self.object),
            "panels": panels.of("publication", self.object, user=self.request.user),
        }


class PublicationViewSet(ActingViewSet):
    """Reports and other publications that letters can promise."""

    model = Publication
    name = "publicaties"
    icon = "doc-full"
    inspect_view_class = PublicationInspectView
    list_display = ["title", Column("standing", label=gettext_lazy("How it stands"), accessor=standing)]
    search_fields = ["title"]
    inspect_view_fields = ["planned_on", "published_on", "pages"]
    form_class = PublicationForm
    keep = gettext_lazy("Save this publication")
    lead = gettext_lazy(
        "Reports and other publications of ours. A letter can promise one that is still to come."
    )
    empty = gettext_lazy(
        "There are no publications yet. Add one that is there, or one that you are working on."
    )
    farewell = gettext_lazy(
        "It goes away for good, with its PDF. What a letter carried, stays with that letter."
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the address of the PDF."""
        return [*super().get_urlpatterns(), path("pdf/<int:pk>/", pdf, name="pdf")]

    def add(self, form: forms.ModelForm, by: User) -> None:
        """Keep a new publication."""
        publications.add(publication=form.instance, data=form.cleaned_data["upload"], by=by)

    def change(self, form: forms.ModelForm, by: User) -> None:
        """Keep a changed publication."""
        data, seen = form.cleaned_data["upload"], form.cleaned_data["seen"]
        publications.change(publication=form.instance, data=data, seen=seen, by=by)

    def remove(self, instance: Publication, by: User) -> None:
        """Remove it."""
        publications.remove(publication=instance, by=by)


def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a publication, to read."""
    if not request.user.has_perm("campaigns.view_publication"):
        raise PermissionDenied
    publication = get_object_or_404(Publication.objects.select_related("file"), pk=pk)
    if publication.file is None:
        raise Http404
    response = HttpResponse(publication.file.read(), content_type="application/pdf")
    name = slugify(publication.title) or "publicatie"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
