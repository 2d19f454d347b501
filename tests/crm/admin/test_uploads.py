"""Uploads at the door: what is beyond the limit is neither kept nor read."""

from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from crm.actions.action import Refused
from crm.admin import uploads

MEGABYTE = 1024 * 1024


def received(size):
    """The file as a view gets it, after it came in as a form does."""
    upload = SimpleUploadedFile("verslag.pdf", b"a" * size)
    return RequestFactory().post("/", {"file": upload, "title": "Verslag"})


def test_a_file_within_the_limit_is_read_whole(settings):
    settings.UPLOAD_LIMIT_MB = 3
    with closing(received(3 * MEGABYTE)) as request:
        assert uploads.read(request.FILES["file"]) == b"a" * 3 * MEGABYTE


def test_of_a_file_beyond_the_limit_nothing_is_kept_and_the_rest_of_the_form_is_there(settings):
    settings.UPLOAD_LIMIT_MB = 3
    request = received(8 * MEGABYTE)
    assert request.POST["title"] == "Verslag"
    file = request.FILES["file"]
    assert (file.name, file.size, file.read()) == ("verslag.pdf", 8 * MEGABYTE, b"")
    with pytest.raises(Refused) as caught:
        uploads.read(file)
    assert str(caught.value).startswith("Dit bestand is groter dan 3 MB.")


def test_no_file_is_asked_for():
    with pytest.raises(Refused) as caught:
        uploads.read(None)
    assert str(caught.value) == "Kies eerst een bestand."
