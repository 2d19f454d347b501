"""The local mailbox in the back office: what left while no mail server is set.

Mail to somebody who works here holds personal links, to agree or to choose a password: only she reads it.
"""

from __future__ import annotations

from email.utils import getaddresses
from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView, View

from crm.clients import mailbox
from crm.models import User


class LocalMailboxMixin(PermissionRequiredMixin):
    """Only where mail stays on this machine, and for who may see outgoing mail."""

    permission_required = "crm.view_outgoingmessage"
    raise_exception = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.SMTP_IS_LOCAL:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


def _colleagues(user: Any) -> set[str]:
    """The addresses of everybody else who works here."""
    others = User.objects.exclude(pk=user.pk).exclude(email__iexact=user.email).exclude(email="")
    return {email.lower() for email in others.values_list("email", flat=True)}


def _is_private(mail: mailbox.Summary, colleagues: set[str]) -> bool:
    return any(address.lower() in colleagues for _name, address in getaddresses([mail.to]))


def _message(key: str, user: Any) -> mailbox.LocalMessage:
    try:
        found = mailbox.get(key)
    except (KeyError, OSError, ValueError) as error:
        raise Http404 from error
    if _is_private(found, _colleagues(user)):
        raise Http404
    return found


class MailboxView(LocalMailboxMixin, TemplateView):
    """The newest messages."""

    template_name = "crm/mailbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds ``mails``, newest first."""
        colleagues = _colleagues(self.request.user)
        mails = [mail for mail in mailbox.list_messages(limit=200) if not _is_private(mail, colleagues)]
        return super().get_context_data(mails=mails, **kwargs)


class MailboxMessageView(LocalMailboxMixin, TemplateView):
    """One message, as text."""

    template_name = "crm/mailbox_message.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds ``mail``."""
        return super().get_context_data(mail=_message(self.kwargs["key"], self.request.user), **kwargs)


class MailboxFileView(LocalMailboxMixin, View):
    """A file that came with a message; only a PDF is shown, the rest is saved."""

    def get(self, request: HttpRequest, key: str, number: int) -> HttpResponse:
        """The file by its number, from 0."""
        attachments = _message(key, request.user).attachments
        if number >= len(attachments):
            raise Http404
        file = attachments[number]
        is_pdf = file.media_type == "application/pdf"
        response = HttpResponse(
            file.data, content_type=file.media_type if is_pdf else "application/octet-stream"
        )
        response.headers["Content-Disposition"] = (
            f'{"inline" if is_pdf else "attachment"}; filename="{"bijlage.pdf" if is_pdf else "bijlage"}"'
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
