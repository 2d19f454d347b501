"""Uploads at the door: nothing beyond the limit is stored, and what is read has a size that may be read."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from crm.actions.action import Refused
from crm.actions.uploads import check_size, too_large


class TooLargeHandler(FileUploadHandler):
    """Stops passing a file on once it is beyond the limit: neither memory nor disk fills, whatever is sent.

    The form finds an empty file that says how large it was, so that the refusal stands beside the field. Cutting the
    connection instead would show a browser's error page, with everything else that was filled in lost.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass on what still fits."""
        return raw_data if start + len(raw_data) <= settings.UPLOAD_LIMIT_MB * 1024 * 1024 else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The empty file with its true size; None for a file that fits, which the next handler keeps."""
        if file_size <= settings.UPLOAD_LIMIT_MB * 1024 * 1024:
            return None
        assert self.request is not None
        for other in self.request.upload_handlers:
            other.upload_interrupted()
        return InMemoryUploadedFile(
            BytesIO(), self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset
        )


class FileInput(forms.FileInput):
    """A file input whose limit the browser knows too: nobody waits for an upload that will be refused."""

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds the limit and its words."""
        limit = {"data-limit-mb": settings.UPLOAD_LIMIT_MB, "data-too-large": too_large()}
        return super().build_attrs({**base_attrs, **limit}, extra_attrs)


class FilesInput(FileInput):
    """A file input that takes several at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the value is a list of them, empty when none was chosen."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each as one file is cleaned."""
        chosen = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(one, initial) for one in chosen]
        return [one for one in cleaned if one]


def read(upload: UploadedFile | None) -> bytes:
    """The bytes. Raises Refused when nothing was chosen or the file is too large."""
    if upload is None:
        raise Refused(_("Choose a file first."))
    check_size(upload.size or 0)
    data: bytes = upload.read()
    return data
