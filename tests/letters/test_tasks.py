"""The mails that ask for approval, woken as a task."""

import re

import pytest

from crm.actions.action import Refused
from crm.models import OutgoingMessage, OutgoingState
from letters import tasks
from letters.actions import asking
from tests.letters.stories import agree, propose

pytestmark = pytest.mark.django_db(transaction=True)


def asked(round_):
    return OutgoingMessage.objects.filter(batch=f"approval:{round_.pk}")


def test_everyone_whose_word_is_awaited_gets_one_mail(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    tasks.ask_by_mail.call(round_id=round_.pk)
    tasks.ask_by_mail.call(round_id=round_.pk)
    assert sorted(asked(round_).values_list("envelope_to", "state")) == [
        (f"{name}@brug.example", OutgoingState.QUEUED) for name in ("alida", "bram", "cor")
    ]


def test_the_link_in_the_mail_leads_to_the_letter(client, letter, alida, bram, cor):
    round_ = propose(letter, alida)
    raw = asked(round_).get(envelope_to="bram@brug.example").raw.read().decode()
    path = re.search(r"http://localhost:8000(/akkoord/[\w-]+/)", raw.replace("=\r\n", ""))[1]
    assert b"Ontmoeten in de buurt" in client.get(path).content


def test_who_decided_is_not_asked_or_reminded(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    agree(letter, bram)
    with pytest.raises(Refused):
        asking.remind(round_=round_, user=bram, by=alida)
    asking.remind(round_=round_, user=cor, by=alida)
    assert asked(round_).filter(envelope_to="cor@brug.example").count() == 2


def test_a_round_that_is_gone_is_no_error(db):
    tasks.ask_by_mail.call(round_id=999)
