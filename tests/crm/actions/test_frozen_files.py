"""Frozen bytes that nothing points to any more are removed, and no others."""

import datetime

import pytest
from django.utils import timezone

from campaigns.models import Publication
from crm.actions import frozen_files
from crm.models import FrozenFile
from crm.models.frozen_files import private_storage
from crm.registries.schedule import PERIODIC
from tests.crm.outbox import queued

pytestmark = pytest.mark.django_db


def keep(data=b"iets"):
    return FrozenFile.objects.keep(data, media_type="text/plain")


def grow_old(file):
    FrozenFile.objects.filter(pk=file.pk).update(wanted_at=timezone.now() - datetime.timedelta(days=8))


def test_it_is_done_every_day():
    work = PERIODIC["crm.unused_files"]
    assert (work.every, work.run) == (datetime.timedelta(days=1), frozen_files.remove_unused)


def test_what_nothing_points_to_goes_with_its_bytes():
    file = keep()
    grow_old(file)
    assert frozen_files.remove_unused() == 1
    assert (FrozenFile.objects.count(), private_storage().exists(file.place)) == (0, False)
    assert frozen_files.remove_unused() == 0


def test_what_was_frozen_lately_stays_as_somebody_may_be_about_to_point_to_it():
    file = keep()
    assert frozen_files.remove_unused() == 0
    assert file.read() == b"iets"


def test_what_somebody_asked_for_again_stays():
    file = keep()
    grow_old(file)
    assert keep() == file
    assert frozen_files.remove_unused() == 0
    assert file.read() == b"iets"


def test_what_was_removed_can_be_frozen_again():
    grow_old(keep())
    frozen_files.remove_unused()
    assert keep().read() == b"iets"


def test_whatever_points_to_it_keeps_it():
    (message,) = queued()
    publication = Publication.objects.create(title="Jaarverslag", file=keep())
    for file in (message.raw, publication.file):
        grow_old(file)
    assert frozen_files.remove_unused() == 0
    assert (message.raw.read() != b"", publication.file.read()) == (True, b"iets")
    publication.delete()
    assert frozen_files.remove_unused() == 1


def test_what_is_pointed_to_between_the_list_and_its_turn_stays(monkeypatch):
    file = keep()
    grow_old(file)
    remove = frozen_files._remove

    def pointed_to_first(*args):
        Publication.objects.create(title="Jaarverslag", file=file)
        return remove(*args)

    monkeypatch.setattr(frozen_files, "_remove", pointed_to_first)
    assert frozen_files.remove_unused() == 0
    assert file.read() == b"iets"
