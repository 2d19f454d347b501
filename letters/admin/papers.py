"""An answer on paper: the page behind the QR code of a letter, made for a phone in the hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.admin import uploads
from crm.admin.fields import DayField
from crm.admin.forms import ActionForm
from letters.actions import papers
from letters.models import Paper, Recipient
from letters.models.letters import OUT

from .base import LetterView
from .dispatch import frozen_response
from .thread import thread_url

_TYPES = "image/*,application/pdf"


class PaperForm(ActionForm):
    """Photos of the pages, or a scan; ``holder`` is the recipient of our letter."""

    permission = papers.PERMISSION
    heading = gettext_lazy("An answer on paper")
    button = gettext_lazy("Put it with the letter")
    needed: Collection[str] = ("photos", "chosen", "came_on")
    holder: Recipient
    made: Paper | None = None
    beside: ClassVar[Mapping[str, str]] = {"files": "photos"}

    photos = uploads.FilesField(
        label=gettext_lazy("Take a photo of each page"),
        required=False,
        widget=uploads.FilesInput(attrs={"accept": _TYPES, "capture": "environment", "data-more-pages": ""}),
    )
    chosen = uploads.FilesField(
        label=gettext_lazy("Or choose photos or a PDF that you have"),
        required=False,
        widget=uploads.FilesInput(attrs={"accept": _TYPES}),
    )
    came_on = DayField(label=gettext_lazy("On which day did it come in?"), required=False)

    def start(self) -> dict[str, Any]:
        """Today, unless somebody says otherwise."""
        return {"came_on": timezone.localdate()}

    def act(self) -> str:
        """File it."""
        every = [*self.cleaned_data["photos"], *self.cleaned_data["chosen"]]
        self.made = papers.put_away(
            recipient=self.holder,
            files=[uploads.read(one) for one in every],
            came_on=self.cleaned_data["came_on"],
            by=self.by,
        )
        return _("It is kept. Now say below what the answer amounts to.")


class _LeftView(LetterView):
    """A screen of a letter that has left."""

    step = "follow"
    permission = papers.PERMISSION

    def recipients(self) -> Any:
        """Those it went to. Raises Http404 for a letter that has not left."""
        if self.letter.state not in OUT:
            raise Http404
        return self.letter.recipients.select_related("letter", "organisation", "person")


class ChooseView(_LeftView):
    """Of whom is the paper? With one recipient there is nothing to ask."""

    template_name = "letters/choose_paper.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list; straight on when there is one."""
        found = list(self.recipients().order_by("name", "pk"))
        if len(found) == 1:
            return redirect("letters:paper", self.letter.pk, found[0].pk)
        return self.render_to_response(self.get_context_data(recipients=found))


class PaperView(_LeftView):
    """Take a photo, or choose a file, and it is filed."""

    template_name = "letters/paper.html"

    @cached_property
    def recipient(self) -> Recipient:
        """The recipient in the address."""
        return get_object_or_404(self.recipients(), pk=self.kwargs["thread"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form."""
        kwargs.setdefault("form", PaperForm(by=self.user, holder=self.recipient))
        return super().get_context_data(
            recipient=self.recipient, thread_at=thread_url(self.recipient), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """File it, or say what is to be mended."""
        form = PaperForm(request.POST, request.FILES, by=self.user, holder=self.recipient)
        done = form.run()
        if done is None and form.existing is None:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        paper = form.made or form.existing
        assert paper is not None
        messages.success(request, done or _("These pages stand there already."))
        return redirect(f"{thread_url(self.recipient)}#papier-{paper.pk}")


def pages(request: HttpRequest, pk: int, thread: int, paper: int) -> HttpResponse:
    """The pages as they were filed."""
    if not request.user.has_perm("letters.view_letter"):
        raise Http404
    found = get_object_or_404(
        Paper.objects.select_related("file", "recipient__letter"),
        pk=paper, recipient=thread, recipient__letter=pk,
    )  # fmt: skip
    reference = found.recipient.letter.reference
    return frozen_response(found.file, f"Antwoord op papier {reference} {found.came_on.isoformat()}.pdf")
