"""Lists on paper on screen: the scan first, then the addresses, looked at before anybody is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from campaigns.actions import sign_up_lists as actions
from campaigns.actions import subscribers
from campaigns.models import NewsletterGroup, SignUpList
from campaigns.queries import sign_up_lists as queries
from campaigns.queries.sign_up_lists import Fate
from crm.actions.action import Refused
from crm.admin import uploads
from crm.admin.fields import DayField
from crm.admin.forms import ActionForm
from crm.admin.screens import Screen

from .screens import FormScreen


class ListAddForm(ActionForm):
    """The scan of a list, and what it says."""

    permission = subscribers.ADD
    heading = gettext_lazy("Put in a list on paper")
    intro = gettext_lazy("Keep the list first, as proof. After that you type over the addresses.")
    button = gettext_lazy("Keep this list")
    needed = ("pages", "place", "signed_on", "wording")

    beside: ClassVar[Mapping[str, str]] = {"files": "pages"}

    pages = uploads.FilesField(
        label=gettext_lazy("Photo or scan of the list"),
        required=False,
        widget=uploads.FilesInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=gettext_lazy("Several pages? Choose them all at once."),
    )
    place = forms.CharField(
        label=gettext_lazy("Where did the list lie?"),
        required=False,
        help_text=gettext_lazy("For example: market on the square."),
    )
    signed_on = DayField(label=gettext_lazy("On which day was it signed?"), required=False)
    wording = forms.CharField(
        label=gettext_lazy("What stands above the list?"),
        required=False,
        help_text=gettext_lazy("Word for word: that is what they said yes to."),
    )
    groups = forms.ModelMultipleChoiceField(
        NewsletterGroup.objects.all(),
        label=gettext_lazy("Groups for everybody on the list"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def build(self) -> None:
        """Without groups there is nothing to choose."""
        if not NewsletterGroup.objects.exists():
            del self.fields["groups"]

    def act(self) -> str:
        """Keep it."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "pages")}
        files = [uploads.read(one) for one in self.cleaned_data["pages"]]
        self.item = actions.file(files=files, by=self.by, **said)
        return _("The list is kept. Now type over the addresses.")


class ListTakeAwayForm(ActionForm):
    """It was kept by mistake."""

    permission = subscribers.ADD
    is_grave = True
    heading = gettext_lazy("Was this list kept by mistake?")
    intro = gettext_lazy("The scan goes away for good. That can be done as long as nobody is a reader by it.")
    button = gettext_lazy("Take this list away")

    def act(self) -> str:
        """Take it away."""
        actions.take_away(sign_up_list=self.item, by=self.by)
        return _("The list was taken away.")


class ListsView(Screen):
    """All lists, the newest first."""

    permission = subscribers.VIEW
    template_name = "campaigns/readers/lists.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the lists with their numbers."""
        found = SignUpList.objects.annotate(reader_count=Count("readers"))
        return super().get_context_data(lists=found, may_add=self.may(subscribers.ADD), **kwargs)


class ListAddView(FormScreen):
    """Keep the scan of a list."""

    form_class = ListAddForm

    def crumb(self) -> tuple[str | Promise, str]:
        """All lists."""
        return _("Lists on paper"), reverse("readers:lists")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, and go on to the addresses; sent twice it leads there as well."""
        form = ListAddForm(request.POST, request.FILES, by=self.user)
        done = form.run()
        if done is None and form.existing is None:
            return self._page(form, status=422)
        kept: Any = form.item or form.existing
        messages.success(request, done or _("This list was kept already."))
        return redirect(kept.get_absolute_url())


class ListPage(Screen):
    """One list: its scan, who was added with it, and the addresses that are typed over."""

    permission = subscribers.VIEW
    template_name = "campaigns/readers/list.html"

    @cached_property
    def list(self) -> SignUpList:
        """The list in the address."""
        return get_object_or_404(SignUpList.objects.select_related("file", "filed_by"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds who was added."""
        return super().get_context_data(
            list=self.list,
            groups=self.list.groups.all(),
            readers=self.list.readers.all(),
            may_add=self.may(subscribers.ADD),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at what was typed, or add them."""
        if not self.may(subscribers.ADD):
            raise PermissionDenied
        typed = request.POST.get("typed", "")
        refusal = ""
        if request.POST.get("do") == "add":
            try:
                count = actions.add_readers(sign_up_list=self.list, typed=typed, by=self.user)
            except Refused as error:
                refusal = str(error)
            else:
                messages.success(request, _said(count))
                return redirect(self.list.get_absolute_url())
        lines = queries.read(self.list, typed)
        if not lines and not refusal:
            refusal = _("Type the addresses first: each on a line of its own.")
        add, skip, mend = (queries.of(lines, fate) for fate in (Fate.ADD, Fate.SKIP, Fate.MEND))
        context = self.get_context_data(
            typed=typed, looked=bool(lines), add=add, skip=skip, mend=mend, refusal=refusal
        )
        return self.render_to_response(context, status=422 if refusal or mend else 200)


def _said(count: int) -> str:
    if not count:
        return _("Nobody was added: these readers are there already.")
    return ngettext("%(count)d reader was added.", "%(count)d readers were added.", count) % {"count": count}


class ListTakeAwayView(FormScreen):
    """Take a list away."""

    form_class = ListTakeAwayForm

    @cached_property
    def list(self) -> SignUpList:
        """The list in the address."""
        return get_object_or_404(SignUpList, pk=self.kwargs["pk"])

    def about(self) -> dict[str, Any]:
        """The list."""
        return {"item": self.list}

    def crumb(self) -> tuple[str | Promise, str]:
        """Its page."""
        return str(self.list), self.list.get_absolute_url()

    def done_url(self, form: Any) -> str:
        """To the others."""
        return reverse("readers:lists")


@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages as they were kept, for who may see readers."""
    if not request.user.has_perm(subscribers.VIEW):
        raise PermissionDenied
    found = get_object_or_404(SignUpList.objects.select_related("file"), pk=pk)
    response = HttpResponse(found.file.read(), content_type=found.file.media_type)
    name = f"Aanmeldlijst {found.signed_on.isoformat()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
