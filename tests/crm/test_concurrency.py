"""Many write at the same time: nobody is turned away, and nothing is there twice."""

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


def test_six_people_who_add_the_same_at_once_get_one_of_it(tmp_path):
    script = "import django; django.setup(); from tests.crm import six_at_once; six_at_once.run()"
    crowd = OwnDatabase(tmp_path).start("-c", script)
    output, _ = crowd.communicate(timeout=300)
    assert crowd.returncode == 0, output
    once = [["made"] + ["there already"] * 5, 1]
    # A label that is there is used, and a theme that gets the name of another one becomes that one: nobody is refused.
    shared = [["made"] * 6, 1]
    found = json.loads(output.splitlines()[-1])
    assert found == {name: [shared if name in {"tag", "theme"} else once] * 3 for name in found}
    assert len(found) == 15
