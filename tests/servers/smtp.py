"""A real SMTP server that fails by plan and remembers what it accepted.

As a process of its own: ``python -m tests.servers.smtp --store FILE [--port 0] [--faults 0.3] [--delay 0.02]``.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import re
import signal
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

CERTIFICATE = Path(__file__).with_name("localhost.pem")


class Fault(StrEnum):
    """What goes wrong with a message. Only the ``KEPT`` ones leave the message with the server."""

    NONE = "none"
    SENDER_REFUSED = "550 to MAIL"
    LATER = "450 to RCPT"
    CLOSING = "421 to RCPT"
    REFUSED = "550 to RCPT"
    DROP_AT_RCPT = "dropped at RCPT"
    LATER_AT_DATA = "451 to DATA"
    DROP_AT_DATA = "dropped before 354"
    DROP_IN_CONTENT = "dropped in the content"
    LATER_AFTER_CONTENT = "452 after the content"
    REFUSED_AFTER_CONTENT = "554 after the content"
    DROP_AFTER_CONTENT = "dropped after the content, not kept"
    DROP_KEPT = "dropped after the content, kept"
    SILENT_KEPT = "no answer after the content, kept"
    GARBLED_KEPT = "nonsense after the content, kept"


KEPT = {Fault.NONE, Fault.DROP_KEPT, Fault.SILENT_KEPT, Fault.GARBLED_KEPT}


@dataclass
class Kept:
    """One message the server took."""

    message_id: str
    sha256: str
    sender: str
    recipients: list[str]
    options: list[str]
    raw: bytes = field(repr=False, default=b"")


@dataclass
class Plan:
    """What the server does. ``next_fault`` is asked once a message."""

    next_fault: Callable[[], Fault] = lambda: Fault.NONE
    delay: float = 0
    refused_recipients: frozenset[str] = frozenset()
    closes_after: int = 0
    password: str = ""
    tls: ssl.SSLContext | None = None
    extensions: tuple[str, ...] = ()
    smtputf8: bool = True
    quick: bool = False
    on_data: Callable[[], None] = lambda: None
    keep: Callable[[Kept], None] = lambda kept: None


class _FaultySMTP(SMTP):
    """One conversation."""

    def __init__(self, plan: Plan, **options: Any) -> None:
        self.plan = plan
        self.seen: list[str] = []
        self.fault = Fault.NONE
        self.messages = 0
        super().__init__(_Handler(), **options)

    async def smtp_MAIL(self, arg: str | None) -> None:
        self.seen = [arg or ""]
        self.fault = self.plan.next_fault()
        if self.plan.closes_after and self.messages >= self.plan.closes_after:
            await self.push("421 Enough for one connection")
            self.transport.close()
        elif self.plan.password and not self.session.authenticated:
            await self.push("530 Authentication required")
        elif self.fault == Fault.SENDER_REFUSED:
            await self.push("550 Not this sender")
        else:
            await super().smtp_MAIL(re.sub(r" (RET|ENVID)=\S+", "", arg or ""))

    async def smtp_RCPT(self, arg: str | None) -> None:
        self.seen.append(arg or "")
        await super().smtp_RCPT(re.sub(r" NOTIFY=\S+", "", arg or ""))

    async def smtp_DATA(self, arg: str | None) -> None:
        self.messages += 1
        self.plan.on_data()
        if self.fault == Fault.LATER_AT_DATA:
            await self.push("451 Not just now")
        elif self.fault == Fault.DROP_AT_DATA:
            self.transport.abort()
        elif self.fault == Fault.DROP_IN_CONTENT:
            await self.push("354 Go ahead")
            await self._reader.read(100)
            self.transport.abort()
            raise asyncio.CancelledError
        elif self.plan.quick:
            await self._quick_data()
        else:
            await super().smtp_DATA(arg)

    async def _quick_data(self) -> None:
        """Read the content in blocks: line by line, as aiosmtpd does, this server is busier than its clients."""
        await self.push("354 Go ahead")
        content = bytearray()
        while not content.endswith(b"\r\n.\r\n"):
            content += await self._reader.read(65536)
        self.envelope.original_content = bytes(content[:-3]).replace(b"\r\n..", b"\r\n.")
        answer = await self.event_handler.handle_DATA(self, self.session, self.envelope)
        self._set_post_data_state()
        await self.push(answer)


class _Handler:
    """What is answered."""

    async def handle_EHLO(
        self, server: _FaultySMTP, session: Any, envelope: Any, hostname: str, answers: list
    ) -> list:
        session.host_name = hostname
        return [*answers[:-1], *(f"250-{name}" for name in server.plan.extensions), answers[-1]]

    async def handle_RCPT(
        self, server: _FaultySMTP, session: Any, envelope: Any, address: str, options: list
    ) -> str:
        if server.fault == Fault.LATER:
            return "450 Greylisted, try again later"
        if server.fault == Fault.REFUSED or address in server.plan.refused_recipients:
            return "550 No such mailbox"
        if server.fault == Fault.CLOSING:
            asyncio.get_running_loop().call_later(0.01, server.transport.close)
            return "421 Shutting down"
        if server.fault == Fault.DROP_AT_RCPT:
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: _FaultySMTP, session: Any, envelope: Any) -> str:
        raw = envelope.original_content
        if server.plan.delay:
            await asyncio.sleep(server.plan.delay)
        if server.fault in KEPT:
            found = re.search(rb"(?mi)^Message-ID:\s*(<[^>]+>)", raw)
            server.plan.keep(
                Kept(
                    message_id=found[1].decode() if found else "",
                    sha256=hashlib.sha256(raw).hexdigest(),
                    sender=envelope.mail_from,
                    recipients=list(envelope.rcpt_tos),
                    options=server.seen,
                    raw=raw,
                )
            )
        if server.fault in (Fault.DROP_AFTER_CONTENT, Fault.DROP_KEPT):
            server.transport.abort()
        if server.fault == Fault.SILENT_KEPT:
            await asyncio.Event().wait()
        answers = {
            Fault.LATER_AFTER_CONTENT: "452 No room, try again later",
            Fault.REFUSED_AFTER_CONTENT: "554 Looks like spam",
            Fault.GARBLED_KEPT: "Hm?",
        }
        return answers.get(server.fault, "250 Kept")


async def _listen(plan: Plan, port: int) -> asyncio.Server:
    loop = asyncio.get_running_loop()

    def check(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=given.password.decode() == plan.password, handled=False)

    return await loop.create_server(
        lambda: _FaultySMTP(
            plan,
            hostname="localhost",
            loop=loop,
            enable_SMTPUTF8=plan.smtputf8,
            tls_context=plan.tls,
            authenticator=check,
            auth_require_tls=False,
        ),
        "127.0.0.1",
        port,
    )


async def _end_conversations() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    # Transports close in a later turn of the loop.
    await asyncio.sleep(0.01)


class Server:
    """The server of one test. ``script``: the faults of the coming messages; after them all goes well."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.kept: list[Kept] = []
        self.script: deque[Fault] = deque()
        self.port = 0
        plan.next_fault = lambda: self.script.popleft() if self.script else Fault.NONE
        plan.keep = self.kept.append

    def start(self) -> None:
        """Listen; a second start uses the same port."""
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        ready = threading.Event()

        async def run() -> None:
            async with await _listen(self.plan, self.port) as listener:
                self.port = listener.sockets[0].getsockname()[1]
                ready.set()
                await self._ended.wait()
            await _end_conversations()

        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(run()), daemon=True)
        self._thread.start()
        ready.wait(10)

    def stop(self) -> None:
        """Stop listening and cut every conversation."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()


@contextmanager
def smtp_server(**plan: Any) -> Iterator[Server]:
    """A server in a thread of this process, as long as the block lasts."""
    server = Server(Plan(**plan))
    server.start()
    try:
        yield server
    finally:
        if not server._loop.is_closed():
            server.stop()


def server_tls() -> ssl.SSLContext:
    """The server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def client_tls() -> ssl.SSLContext:
    """The side of a client that trusts this server's certificate."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def _at_random(share: float, seed: int) -> Callable[[], Fault]:
    chance = random.Random(seed)
    faults = [
        Fault.LATER,
        Fault.CLOSING,
        Fault.REFUSED,
        Fault.DROP_AT_RCPT,
        Fault.LATER_AT_DATA,
        Fault.DROP_AT_DATA,
        Fault.DROP_IN_CONTENT,
        Fault.LATER_AFTER_CONTENT,
        Fault.REFUSED_AFTER_CONTENT,
        Fault.DROP_AFTER_CONTENT,
        Fault.DROP_KEPT,
    ]
    return lambda: chance.choice(faults) if chance.random() < share else Fault.NONE


async def _serve(given: argparse.Namespace) -> None:
    with given.store.open("a") as file:

        def keep(kept: Kept) -> None:
            file.write(json.dumps({k: v for k, v in asdict(kept).items() if k != "raw"}) + "\n")
            file.flush()

        plan = Plan(
            next_fault=_at_random(given.faults, given.seed),
            delay=given.delay,
            keep=keep,
            quick=given.quick,
            extensions=("PIPELINING",) if given.quick else (),
        )
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        async with await _listen(plan, given.port) as listener:
            print(listener.sockets[0].getsockname()[1], flush=True)
            await ended.wait()
        await _end_conversations()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one; the port is printed")
    parser.add_argument("--store", type=Path, required=True, help="what was accepted, one JSON object a line")
    parser.add_argument(
        "--faults", type=float, default=0, help="the share of messages with which something goes wrong"
    )
    parser.add_argument("--delay", type=float, default=0, help="seconds before the answer to a message")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="take content in blocks and commands in one go",
    )
    given = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(given))


if __name__ == "__main__":
    main()
