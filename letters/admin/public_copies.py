"""The public copies of a message that came in: making one, and what was made before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.actions.action import Refused
from crm.admin.buttons import ButtonView
from letters.actions import placing, public_copies
from letters.inbound import blackening, findable
from letters.models import IncomingMessage, PublicCopy
from letters.queries import openly


class PublicCopyView(ButtonView):
    """The words of the message beside a field for the passages that nobody else should read."""

    permission = "letters.view_incomingmessage"
    template_name = "letters/public_copies.html"

    @cached_property
    def message(self) -> IncomingMessage:
        """The message in the address."""
        return get_object_or_404(IncomingMessage.objects.select_related("raw"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the words, what most often has to go, and the copies there are."""
        try:
            read = openly.read(self.message)
        except (OSError, ValueError) as error:
            raise Http404 from error
        text = findable.their_text(read)
        suggested = "\n".join(blackening.suggested(f"{read.sender.name}\n{text}"))
        return super().get_context_data(
            message=self.message,
            sender=read.sender.name,
            text=text,
            copies=self.message.public_copies.select_related("made_by", "pdf"),
            may_change=self.may(placing.PERMISSION),
            suggested=suggested,
            **{"passages": suggested, **kwargs},
        )

    def do_make(self) -> HttpResponse:
        """Make the copy; after a refusal what was typed still stands there."""
        passages = self.request.POST.get("passages", "")[:20_000]
        try:
            copy = public_copies.make(message=self.message, passages=passages, by=self.user)
        except Refused as refusal:
            context = self.get_context_data(passages=passages, refusal=str(refusal))
            return self.render_to_response(context, status=422)
        messages.success(
            self.request,
            _(
                "The public copy is ready. Read it through before you pass it on; it blacks out %(count)d places."
            )
            % {"count": copy.blacked_out},
        )
        return redirect("letters:public_copies", self.message.pk)


@require_safe
def download(request: HttpRequest, pk: int, copy: int) -> HttpResponse:
    """A public copy as it was frozen."""
    if not request.user.has_perm("letters.view_incomingmessage"):
        raise Http404
    found = get_object_or_404(PublicCopy.objects.select_related("pdf"), pk=copy, message=pk)
    response = HttpResponse(found.pdf.read(), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="openbare-kopie-{pk}-{copy}.pdf"'
    return response
