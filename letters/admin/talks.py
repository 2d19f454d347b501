"""A call or a talk about a letter, written down in its thread in half a minute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.admin.fields import LookupField
from crm.admin.interactions import InteractionForm
from crm.models import Person
from letters.actions import answering, talks
from letters.models import Recipient
from letters.models.letters import OUT

from .base import LetterView
from .thread import thread_url


class TalkForm(InteractionForm):
    """What was said about a letter; ``holder`` is its recipient."""

    permission = talks.PERMISSION
    heading = gettext_lazy("What was said?")
    button = gettext_lazy("Write it down")
    holder: Recipient | None
    folded: Sequence[str] = ("other", "clock")

    def build(self) -> None:
        """With whom, at an organisation; and whether it was their answer."""
        if self.holder is not None and self.by.has_perm(answering.PERMISSION):
            self.fields["is_answer"] = forms.BooleanField(
                required=False,
                label=_("This is their answer"),
                help_text=_("In the conversation you can say what the answer amounts to."),
            )
        if self.holder is not None and self.holder.person is None:
            self.fields["other"] = LookupField(Person, required=False, label=_("With whom there?"))
        self.order_fields(["kind", "summary", "day", "is_answer", "other", "clock"])

    def said(self) -> dict[str, Any]:
        """With whether it was their answer."""
        return {**super().said(), "is_answer": bool(self.cleaned_data.get("is_answer"))}

    def act(self) -> str:
        """Write it down in the thread."""
        assert self.holder is not None
        talks.log(recipient=self.holder, person=self.cleaned_data.get("other"), by=self.by, **self.said())
        return _("It stands in the conversation, and on the dossier.")


class TalkView(LetterView):
    """The form, for the thread in the address."""

    step = "follow"
    permission = talks.PERMISSION
    template_name = "letters/talk.html"

    @cached_property
    def recipient(self) -> Recipient:
        """The recipient in the address. Raises Http404 for a letter that has not left."""
        if self.letter.state not in OUT:
            raise Http404
        found = self.letter.recipients.select_related("letter", "organisation", "person")
        return get_object_or_404(found, pk=self.kwargs["thread"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form."""
        kwargs.setdefault("form", TalkForm(by=self.user, holder=self.recipient))
        return super().get_context_data(
            recipient=self.recipient, thread_at=thread_url(self.recipient), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write it down, or say beside the field what is to be mended."""
        form = TalkForm(request.POST, by=self.user, holder=self.recipient)
        done = form.run()
        if done is None and form.existing is None:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, done or _("That stood there already."))
        return redirect(f"{thread_url(self.recipient)}#laatste")
