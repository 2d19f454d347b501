"""Two people who press buttons of one answer at the same moment, in threads of their own; needs Django set up."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from crm.models import User
from letters.actions import answering
from letters.models import Answer

ROUNDS = 10
FIRST, SECOND = "asks", "invites"


def run() -> None:
    """Print what the answer amounts to after each round in which each pressed a button of her own."""
    alida, bram = User.objects.get(username="alida"), User.objects.get(username="bram")
    found = []
    for number in range(ROUNDS):
        # Every other round takes away what the one before said.
        holds = number % 2 == 0
        barrier = Barrier(2)

        def press(who: User, meaning: str, holds: bool = holds, barrier: Barrier = barrier) -> None:
            try:
                seen = Answer.objects.get()
                barrier.wait()
                answering.press(answer=seen, meaning=meaning, holds=holds, by=who)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            for pressed in (pool.submit(press, alida, FIRST), pool.submit(press, bram, SECOND)):
                pressed.result()
        found.append(Answer.objects.get().meanings)
    json.dump(found, sys.stdout)
