"""Four people and two workers write at the same time: nobody is turned away."""

import json

import pytest

from crm.models import User
from tests.crm.outbox import mail_server, queued
from tests.crm.own_database import OwnDatabase

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, TRANSACTIONS, LETTERS = 4, 250, 100
SCRIPT = f"import django; django.setup(); from tests.crm import load; load.run({TRANSACTIONS})"


def test_four_writers_and_two_workers_never_find_the_database_locked(settings, tmp_path):
    User.objects.create_user("alida")
    with mail_server(settings) as server:
        queued(LETTERS)
        database = OwnDatabase(tmp_path)
        load = database.start("-c", SCRIPT)
        output, _ = load.communicate(timeout=300)
        assert load.returncode == 0, output
        assert json.loads(output.splitlines()[-1]) == []
        assert database.states() == ["accepted"] * LETTERS
        assert len({kept.message_id for kept in server.kept}) == len(server.kept) == LETTERS
    (written,) = database.rows("SELECT count(*) FROM crm_timelineentry WHERE code = 'load.written'")
    assert written == (WRITERS * TRANSACTIONS,)
