"""The letter as a Word document, for who wants to go on with it elsewhere."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from crm.admin.numbers import whole
from crm.document.word import to_docx
from crm.dutch.dates import long_date
from letters.models import Letter, LetterState
from letters.queries import contents
from letters.queries.recipients import of as recipients_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to one recipient (``?recipient=3``, by its number on the list), or without an addressee."""
    if not request.user.has_perm("letters.view_letter"):
        raise PermissionDenied
    letter = get_object_or_404(Letter.objects.select_related("letterhead"), pk=pk)
    if letter.state == LetterState.RECORDED:
        # Of a letter of the past there is the PDF alone.
        raise Http404
    layout = contents.Layout.of(letter)
    number = whole(request.GET.get("recipient")) or 0
    recipients = list(recipients_of(letter))
    chosen = recipients[number - 1] if 0 < number <= len(recipients) else None
    page = layout.page(chosen) if chosen else layout.sample()
    before = [
        page.letterhead.sender_name,
        *page.address_lines,
        f"{page.place}, {long_date(page.dated_on)}".lstrip(", "),
        f"Kenmerk: {page.reference}",
        f"Onderwerp: {page.subject}",
        f"{page.salutation},",
    ]
    after = [
        f"{page.closing},",
        *(f"{name}, {role}".rstrip(", ") for name, role in page.signatories),
        page.sign_off,
        *(f"Bijlage: {title}" for title in page.enclosures),
    ]
    data = to_docx(
        page.body, title=page.subject or page.reference, before=before, after=[line for line in after if line]
    )
    response = HttpResponse(data, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="Brief {letter.reference}.docx"'
    return response
