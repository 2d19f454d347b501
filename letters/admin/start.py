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
from django.utils.text import get_text_list
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
# More than fit on a page of a list.
_MOST_WHOM = 200


class StartView(PermissionRequiredMixin, TemplateView):
    """How do you want to begin? One choice, and the letter is there.

    With ``?organisation=``, ``?person=`` or ``?segment=`` in the address, once or more, they are on the list of
    recipients at once. ``?ticked=`` says that the ids come from a list with boxes to tick.
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
            whom_words=get_text_list([str(one) for one in self.whom], _("and")),
            whom_kept=[(str(one._meta.model_name), one.pk) for one in self.whom],
            nobody_ticked=bool(self.request.GET.get("ticked")) and not self.whom,
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
    def whom(self) -> list[Organisation | Person | Segment]:
        """For whom the letter is, when another screen led here; all of one kind, in the order of the lists."""
        for name, model in _WHOM.items():
            asked = [whole(pk) for pk in self.request.GET.getlist(name)[:_MOST_WHOM]]
            if found := list(model._default_manager.filter(pk__in=[pk for pk in asked if pk is not None])):
                return found
        return []

    def _add_recipients(self, letter: Letter) -> None:
        organisations = [one for one in self.whom if isinstance(one, Organisation)]
        people = [one for one in self.whom if isinstance(one, Person)]
        if organisations or people:
            recipients.add(letter=letter, organisations_=organisations, people=people, by=self.user)
        for segment in self.whom:
            if isinstance(segment, Segment):
                recipients.pick_segment(letter=letter, segment=segment, on=timezone.localdate(), by=self.user)

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
