"""The stand-in on a port of this machine: HTTP around the answers, and faults on demand."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from .answers import answer
from .asking import Failure
from .store import Store

_LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request: a ``status`` with its ``body`` instead of an answer, or a connection that
    drops (``status`` 0). ``is_done``: whether it did what was asked all the same."""

    status: int = 0
    body: bytes = b""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what was answered; ``status`` 0 and nothing said when the connection dropped."""

    method: str
    path: str
    body: Any
    status: int
    said: Any


class StandIn(ThreadingHTTPServer):
    """Listens on loopback. ``seen`` are the exchanges so far when it ``remembers`` them; ``fault`` decides what goes
    wrong with the next one."""

    daemon_threads = True

    def __init__(self, store: Store, *, port: int = 0, key: str = "", remembers: bool = False) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.store = store
        self.key = key
        self.remembers = remembers
        self.seen: list[Exchange] = []
        self.fault: Callable[[str, str], Fault | None] = lambda _method, _path: None

    @property
    def url(self) -> str:
        """Where its paths begin."""
        return f"http://127.0.0.1:{self.server_port}/3.0"

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Answers in a thread until the end of the block."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: StandIn
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def log_message(self, *args: Any) -> None:
        """Says nothing: ``seen`` remembers."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(min(length, _LARGEST)) if length else b""
        address = urlsplit(self.path)
        path = address.path.removeprefix("/3.0") or "/"
        fault = self.server.fault(self.command, path)
        status, body = 0, None
        if fault is None or fault.is_done:
            status, body = self._asked(path, dict(parse_qsl(address.query)), raw)
        if self.server.remembers:
            said = (status, body) if fault is None else (fault.status, None)
            self.server.seen.append(Exchange(self.command, path, json.loads(raw) if raw else None, *said))
        if fault is None:
            self._say(status, json.dumps(body).encode() if body is not None else b"")
        elif fault.status:
            self._say(fault.status, fault.body, "text/html" if fault.body else "")
        else:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def _asked(self, path: str, query: dict[str, str], raw: bytes) -> tuple[int, Any]:
        if self.server.key and not self._knows_key():
            return 401, Failure(401, "API Key Invalid", "Your API key may be invalid.").body
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            return 400, Failure(400, "JSON Parse Error", "The body is no JSON.").body
        try:
            said = answer(
                self.server.store, self.command, path, query, body if isinstance(body, dict) else {}
            )
        except Failure as failure:
            return failure.status, failure.body
        return (204, None) if said is None else (200, said)

    def _knows_key(self) -> bool:
        scheme, _space, given = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return False
        return base64.b64decode(given).decode().partition(":")[2] == self.server.key

    def _say(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        if body or kind:
            self.send_header("Content-Type", f"{kind or 'text/plain'}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
