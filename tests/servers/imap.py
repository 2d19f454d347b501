"""A real Dovecot on the loopback address, with a folder of its own and no rights: what people's mailboxes are."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from imapclient import IMAPClient

# The UID and flags of every message in a folder.
Listing = list[tuple[int, tuple[bytes, ...]]]

DOVECOT = shutil.which("dovecot") or ""

CONFIGURATION = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {internal}
first_valid_uid = 0
mail_location = maildir:{base}/mail/%u:LAYOUT=fs
mail_uid = {internal}
mail_gid = {internal}
auth_mechanisms = plain login
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password} allow_all_users=yes
}}
userdb {{
  driver = static
  args = uid={internal} gid={internal} home={base}/home/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and how anybody signs in."""

    port: int
    folder: Path
    username: str = "post"
    password: str = "geheim-1"

    def for_somebody(self, username: str) -> Server:
        """The same server for another mailbox, empty until something is delivered."""
        return replace(self, username=username)

    @contextmanager
    def session(self) -> Iterator[IMAPClient]:
        """Somebody's own mail program, signed in."""
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.login(self.username, self.password)
            yield client

    def deliver(self, *raw: bytes, folder: str = "INBOX") -> None:
        """Put messages in a folder, unseen."""
        with self.session() as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for message in raw:
                client.append(folder, message)

    def listing(self, folder: str = "INBOX") -> Listing:
        """The UID and flags of every message there."""
        with self.session() as client:
            client.select_folder(folder, readonly=True)
            flags = client.get_flags(client.search("ALL"))
            return sorted((uid, tuple(sorted(set(given) - {b"\\Recent"}))) for uid, given in flags.items())


@contextmanager
def dovecot() -> Iterator[Server]:
    """The server for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as name, _serving(Path(name)) as server:
        yield server


@contextmanager
def _serving(folder: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    user = getpass.getuser()
    configuration = folder / "dovecot.conf"
    server = Server(port, folder)
    # As root, Dovecot wants the users that its package made; otherwise everything runs as who tests.
    is_root = os.geteuid() == 0
    configuration.write_text(
        CONFIGURATION.format(
            base=folder,
            login="dovenull" if is_root else user,
            internal="dovecot" if is_root else user,
            port=port,
            password=server.password,
        )
    )
    if is_root:
        shutil.chown(folder, "dovecot", "dovecot")
        folder.chmod(0o755)
    program = subprocess.Popen(
        [DOVECOT, "-F", "-c", str(configuration)], stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        deadline = time.monotonic() + 20
        while not _listens(port):
            if program.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "log").read_text())
            time.sleep(0.05)
        yield server
    finally:
        # With its children: those would go on serving whom they serve.
        os.killpg(program.pid, signal.SIGKILL)
        program.wait(timeout=15)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
