"""Our publications on screen: planned, or there as a PDF."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions import publications
from campaigns.models import Publication
from crm.admin import uploads
from crm.models import User

from .acting import ActingViewSet


class PublicationForm(forms.ModelForm):
    """A publication, with its PDF as an upload."""

    upload = forms.FileField(
        label=gettext_lazy("The publication as PDF"),
        required=False,
        help_text=gettext_lazy("Leave empty while it is still to come."),
        widget=uploads.FileInput(attrs={"accept": "application/pdf"}),
    )

    class Meta:
        model = Publication
        fields = ["title", "planned_on", "published_on"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("planned_on", "published_on")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.file:
            self.fields["upload"].help_text = _(
                "There is a file of %(pages)d pages. Choose another one to replace it; letters keep what they carried."
            ) % {"pages": self.instance.pages}

    @property
    def data_of_upload(self) -> bytes | None:
        """The bytes that were chosen; None when none were. Raises Refused for too many."""
        upload = self.cleaned_data["upload"]
        return uploads.read(upload) if upload is not None else None


class PublicationViewSet(ActingViewSet):
    """Reports and other publications that letters can carry or promise."""

    model = Publication
    name = "publicaties"
    icon = "doc-full"
    list_display = ["title", "planned_on", "published_on", "pages"]
    search_fields = ["title"]
    inspect_view_fields = ["title", "planned_on", "published_on", "pages"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """The form with the upload."""
        return PublicationForm

    def add(self, form: forms.ModelForm, by: User) -> None:
        """Keep a new publication."""
        assert isinstance(form, PublicationForm)
        publications.add(publication=form.instance, data=form.data_of_upload, by=by)

    def change(self, form: forms.ModelForm, by: User) -> None:
        """Keep a changed publication."""
        assert isinstance(form, PublicationForm)
        publications.change(publication=form.instance, data=form.data_of_upload, by=by)

    def remove(self, instance: Publication, by: User) -> None:
        """Remove it."""
        publications.remove(publication=instance, by=by)
