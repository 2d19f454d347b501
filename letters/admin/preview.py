"""The real page beside the editor, and the letter of one recipient as PDF."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

from crm.admin.numbers import whole
from crm.models import FrozenFile
from letters.models import Letter, Recipient
from letters.queries import contents, recipients
from letters.render import letters as printer
from letters.render.letters import LetterPage


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are among the recipients: number from 1, how many there are, and who this is; None without any."""

    number: int
    total: int
    recipient: Recipient | None

    @property
    def previous(self) -> int | None:
        """The number before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number after this one."""
        return self.number + 1 if self.number < self.total else None


class _OneLetter(PermissionRequiredMixin):
    permission_required = "letters.view_letter"
    raise_exception = True
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def letter(self) -> Letter:
        """The letter in the address."""
        return get_object_or_404(Letter.objects.select_related("letterhead__logo"), pk=self.kwargs["pk"])

    @cached_property
    def place(self) -> Place:
        """The recipient asked for by number, the nearest one when there is no such number."""
        asked = whole(self.request.GET.get("recipient")) or 1
        found = list(recipients.of(self.letter))
        number = min(max(asked, 1), max(len(found), 1))
        return Place(number, len(found), found[number - 1] if found else None)

    def page(self) -> LetterPage:
        """The page for that recipient, or a sample with the names of the merge fields."""
        layout = contents.Layout.of(self.letter)
        return layout.page(self.place.recipient) if self.place.recipient else layout.sample()

    @cached_property
    def fixed(self) -> FrozenFile | None:
        """What goes out, or went out, to that recipient; None when nothing does or nothing is fixed yet."""
        if not self.letter.is_final:
            return None
        dispatch = self.letter.dispatches.filter(recipient=self.place.recipient).order_by("pk").first()
        return dispatch.pdf if dispatch else self.letter.recorded_pdf


class PreviewView(_OneLetter, TemplateView):
    """A fragment of HTML with the pages as images, or in words what keeps them from being made."""

    template_name = "letters/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the pages, or the problem. Of a letter that was fixed the PDF alone counts, so there are no images."""
        pages: list[str] = []
        problem = ""
        if not self.letter.is_final:
            try:
                pages = [_as_image(svg) for svg in printer.preview(self.page())]
            except contents.MENDABLE as error:
                problem = str(error)
        return super().get_context_data(
            letter=self.letter,
            place=self.place,
            pages=pages,
            problem=problem,
            has_pdf=bool(pages) or self.fixed is not None,
            **kwargs,
        )


class PdfView(_OneLetter, View):
    """The letter of one recipient as PDF: what was sent if it was, else what would be."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The PDF, or a page of words when it cannot be made."""
        if self.fixed:
            return self._pdf(self.fixed.read())
        if self.letter.is_final:
            raise Http404
        try:
            return self._pdf(printer.render(self.page()))
        except contents.MENDABLE as error:
            return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")

    def _pdf(self, data: bytes, name: str = "") -> HttpResponse:
        name = name or " ".join(f"{self.letter.reference} {self.place.recipient or ''}".split())
        name = name.replace("/", "-")
        disposition = content_disposition_header(as_attachment=False, filename=f"{name}.pdf")
        return HttpResponse(
            data, content_type="application/pdf", headers={"Content-Disposition": disposition}
        )


class FileCopyView(PdfView):
    """Our own copy of a letter that left, with the code by which answers on paper are filed."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The PDF, or a page of words when it cannot be made."""
        if self.letter.frozen_version_id is None:
            raise Http404
        try:
            data = printer.render(contents.Layout.of(self.letter).file_copy())
        except contents.MENDABLE as error:
            return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
        return self._pdf(data, f"Archief {self.letter.reference}")


def _as_image(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
