"""Starting a letter: empty, from an earlier one, or from Word or plain text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from crm.actions.action import Refused
from crm.admin import uploads
from crm.admin.numbers import whole
from crm.document.uploads import MAX_CHARACTERS
from crm.models import Organisation, Person, Segment, User
from letters.actions import letters, recipients
from letters.models import Letter
from letters.queries import listing

_MOST_EARLIER = 12
_WHOM: dict[str, type[Organisation] | type[Person] | type[Segment]] = {
    "organisation": Organisation,
    "person": Person,
    "segment": Segment,
}


class StartView(PermissionRequiredMixin, TemplateView):
    """How do you want to begin? One choice, and the letter is there.

    With ``?organisation=``, ``?person=`` or ``?segment=`` in the address it is on the list of recipients at once.
    """

    permission_required = "letters.add_letter"
    raise_exception = True
    template_name = "letters/start.html"

    @property
    def user(self) -> User:
        """Who begins."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds earlier letters: the newest, those searched for, or the one in the address."""
        query = self.request.GET.get("q", "").strip()[:200]
        named = self.request.GET.get("from", "")
        found = listing.letters(query=query)
        return super().get_context_data(
            earlier=found.filter(pk=named) if named.isdecimal() else found[:_MOST_EARLIER],
            query=query,
            pasted=self.request.POST.get("pasted", ""),
            whom=self.whom,
            longest=MAX_CHARACTERS,
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin in the chosen way; a refusal leads back with what was pasted still there."""
        begin = {"empty": self._empty, "earlier": self._earlier, "text": self._text}.get(
            request.POST.get("do", "")
        )
        if begin is None:
            return redirect("letters:start")
        try:
            letter = begin()
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data())
        self._add_recipients(letter)
        return redirect("letters:text", letter.pk)

    @cached_property
    def whom(self) -> Organisation | Person | Segment | None:
        """For whom the letter is, when its screen led here."""
        for name, model in _WHOM.items():
            if (pk := whole(self.request.GET.get(name))) is not None:
                found: Organisation | Person | Segment | None = model._default_manager.filter(pk=pk).first()
                return found
        return None

    def _add_recipients(self, letter: Letter) -> None:
        match self.whom:
            case Segment() as segment:
                recipients.pick_segment(letter=letter, segment=segment, on=timezone.localdate(), by=self.user)
            case Organisation() as organisation:
                recipients.add(letter=letter, organisations_=[organisation], by=self.user)
            case Person() as person:
                recipients.add(letter=letter, people=[person], by=self.user)

    def _empty(self) -> Letter:
        return letters.start(by=self.user)

    def _earlier(self) -> Letter:
        pk = whole(self.request.POST.get("earlier"))
        if pk is None:
            raise Refused(_("Choose the letter that you want to begin with."))
        letter = letters.start_from(earlier=get_object_or_404(Letter, pk=pk), by=self.user)
        messages.success(
            self.request,
            _("Text, enclosures and signatories are taken along. You choose the recipients anew."),
        )
        return letter

    def _text(self) -> Letter:
        upload, pasted = self.request.FILES.get("file"), self.request.POST.get("pasted", "")
        if isinstance(upload, UploadedFile):
            name, data = upload.name or "", uploads.read(upload)
        elif pasted.strip():
            name, data = _("The pasted text"), pasted.encode()
        else:
            raise Refused(_("Choose a file, or paste your text in the box."))
        letter, dropped = letters.start_from_text(name=name, data=data, by=self.user)
        messages.success(self.request, _("Your text is in the letter. Read it through once."))
        if dropped:
            messages.warning(
                self.request, _("We did not take along: %(what)s") % {"what": "; ".join(dropped)}
            )
        return letter
