"""The stand-in as a process: it listens, keeps what it gets, and says so when its port is taken."""

import os
import re
import signal
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from campaigns.clients.mailchimp import Mailchimp
from campaigns.clients.mailchimp_values import Push


def serve(tmp_path):
    started = subprocess.Popen(
        [sys.executable, "manage.py", "mailchimp_standin", "--port", "0"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "VAR_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    said = started.stdout.readline()
    return started, re.search(r"http://\S+/3\.0", said)[0]


def stop(started):
    started.send_signal(signal.SIGTERM)
    assert started.wait(20) == 0
    started.stdout.close()


def test_what_it_gets_is_there_after_a_restart(tmp_path):
    started, url = serve(tmp_path)
    try:
        mailchimp = Mailchimp("proefomgeving", host=url)
        mailchimp.push("proeflijst", [Push("ada@brug.example", "subscribed", "Ada")], update=False)
    finally:
        stop(started)
    started, url = serve(tmp_path)
    try:
        assert Mailchimp("proefomgeving", host=url).audience("proeflijst").subscribed == 1
    finally:
        stop(started)


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path, settings):
    settings.MAILCHIMP_STANDIN = tmp_path / "mailchimp.sqlite3"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            call_command("mailchimp_standin", port=port)
