"""The same 60 KB messages by a bare smtplib loop and by the outbox; needs a database."""

from __future__ import annotations

import os
import smtplib
import statistics
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from itertools import count

from django.conf import settings
from django.db import connection, connections

from crm.actions import outgoing
from crm.actions.action import SYSTEM
from crm.actions.delivering import drain, new_worker_name
from crm.models import OutgoingMessage, OutgoingState

MESSAGES = 200
ROUNDS = 5
ATTACHMENT_BYTES = 43_000  # makes 60 KB of message
FROM = "post@spreekbuis.example"
_numbers = count()


def deliver_to(port: int) -> None:
    """Have everything here hand its mail to the server on this port."""
    settings.SMTP = {"host": "127.0.0.1", "port": port, "security": "none"}


def parcels() -> list[outgoing.Parcel]:
    """Letters that nobody has had yet, as large as a letter with its PDF."""
    made = []
    batch = f"bench:{next(_numbers)}"
    for number in range(MESSAGES):
        message_id = f"<{batch.replace(':', '.')}.{number}@spreekbuis.example>"
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"], message["To"], message["Message-ID"] = (
            FROM,
            f"partij{number}@raad.example",
            message_id,
        )
        message.set_content("Geachte fractie,\n", cte="quoted-printable")
        message.add_attachment(
            os.urandom(ATTACHMENT_BYTES), maintype="application", subtype="pdf", filename="Brief.pdf"
        )
        made.append(
            outgoing.Parcel(
                key=f"{batch}:email:{number}",
                batch=batch,
                envelope_from=FROM,
                envelope_to=f"partij{number}@raad.example",
                raw=message.as_bytes(),
                message_id=message_id,
                reply_token=f"{batch.replace(':', '')}x{number}",
            )
        )
    return made


def bare() -> float:
    """Messages a second over one connection, by smtplib alone and from memory."""
    given = parcels()
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", settings.SMTP["port"]) as session:
        for parcel in given:
            session.sendmail(parcel.envelope_from, parcel.envelope_to, parcel.raw)
    return MESSAGES / (time.perf_counter() - began)


def _hold_in_outbox() -> str:
    given = parcels()
    outgoing.enqueue(parcels=given, by=SYSTEM)
    return given[0].batch


def _all_accepted(batch: str) -> None:
    sent = OutgoingMessage.objects.filter(batch=batch, state=OutgoingState.ACCEPTED).count()
    assert sent == MESSAGES, f"only {sent} of {MESSAGES} were sent"


def outbox(workers: int) -> float:
    """Messages a second through the outbox by so many workers, which run already when the mail is released."""
    batch = _hold_in_outbox()
    connections.close_all()
    gate, opening = os.pipe()
    pids = [_worker(gate, opening) for _ in range(workers)]
    os.close(gate)
    time.sleep(1)
    outgoing.release(batch=batch, by=SYSTEM)
    began = time.perf_counter()
    os.close(opening)
    statuses = [os.waitpid(pid, 0)[1] for pid in pids]
    taken = time.perf_counter() - began
    assert not any(statuses), "a worker failed"
    _all_accepted(batch)
    return MESSAGES / taken


def _worker(gate: int, opening: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.close(opening)
        name = new_worker_name()
        drain(worker=name)  # finds nothing yet, as a worker does every second
        os.read(gate, 1)
        drain(worker=name)
        code = 0
    finally:
        os._exit(code)


def alternating(workers: int) -> tuple[float, float]:
    """Median rates of the outbox and of the bare loop."""
    rounds = [(outbox(workers), bare()) for _ in range(ROUNDS)]
    ours, theirs = zip(*rounds, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def queries_per_mail() -> float:
    """Statements a mail, without the two transactions that are its commit points."""
    batch = _hold_in_outbox()
    outgoing.release(batch=batch, by=SYSTEM)
    ran: list[str] = []

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        ran.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        drain(worker=new_worker_name())
    _all_accepted(batch)
    commits = ("PRAGMA", "UPDATE crm_outgoingmessage SET state = %s")
    return sum(not sql.startswith(commits) for sql in ran) / MESSAGES
