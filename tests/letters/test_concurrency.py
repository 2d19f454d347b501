"""Two people who read the same answer at the same time: what each of them pressed holds."""

import json

import pytest

from letters.actions import intake
from tests.crm.own_database import OwnDatabase
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_two_people_press_at_once_holds_for_both(letter, alida, bram, cor, tmp_path):
    dispatch = arrive(letter, alida, bram, cor, at=MOMENT)[0]
    intake.take_in(raw=answer(dispatch), source="imap:INBOX", uid="1")
    script = "import django; django.setup(); from tests.letters import two_press; two_press.run()"
    two = OwnDatabase(tmp_path).start("-c", script)
    output, _ = two.communicate(timeout=120)
    assert two.returncode == 0, output
    assert json.loads(output.splitlines()[-1]) == [["asks", "invites"], []] * 5
