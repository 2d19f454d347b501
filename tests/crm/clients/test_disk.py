"""Files that are there whole or not at all."""

import errno

import pytest
from django.core.files.base import ContentFile

from crm.clients.disk import WholeFiles


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_second_writer_of_the_same_name_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    storage = WholeFiles(location=tmp_path)
    assert [storage.save("a/brief", ContentFile(data)) for data in (b"half", b"heel")] == ["a/brief"] * 2
    assert (files(tmp_path), (tmp_path / "a/brief").read_bytes()) == (["a/brief"], b"heel")


def test_what_is_broken_off_leaves_what_was_there(tmp_path):
    class Breaks(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"ha"
            raise OSError(errno.ENOSPC, "No space left on device")

    storage = WholeFiles(location=tmp_path)
    storage.save("brief", ContentFile(b"heel"))
    with pytest.raises(OSError, match="No space"):
        storage.save("brief", Breaks(b"half"))
    assert (files(tmp_path), (tmp_path / "brief").read_bytes()) == (["brief"], b"heel")
