"""Reading an uploaded file into memory, but only when it may be that large."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from crm.actions.action import Refused


def read(upload: UploadedFile | None) -> bytes:
    """The bytes. Raises Refused when nothing was chosen or the file is too large."""
    if upload is None:
        raise Refused(_("Choose a file first."))
    if (upload.size or 0) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise Refused(
            _(
                "This file is larger than %(limit)s MB. Make it smaller, "
                "or put it on your site and mention the address."
            )
            % {"limit": settings.UPLOAD_LIMIT_MB}
        )
    data: bytes = upload.read()
    return data
