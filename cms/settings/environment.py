"""Where settings come from: typed readers of environment variables, and the places on disk.

A reader raises ``EnvError`` with one sentence that names the variable and says what it should look like.
"""

import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env, EnvError

from crm.dutch.addresses import check_email

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

_SECRET_LENGTH = 32
_LEAST_SECRET = 16
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+")


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number within bounds."""
    value = env.int(name, default)
    if not least <= value <= most:
        raise EnvError(f"{name} should be a number from {least} to {most}, not {value}.")
    return value


def port(name: str, default: int) -> int:
    """The number of a port."""
    return number(name, default, least=1, most=65_535)


def address(name: str, default: str, *, needed: bool = True) -> str:
    """An e-mail address; empty only when it is not ``needed``."""
    value = env.str(name, default).strip()
    if not value and not needed:
        return ""
    try:
        return check_email(value)
    except ValueError as error:
        raise EnvError(
            f"{name} should be one e-mail address, such as post@example.org, not “{value}”."
        ) from error


def long_enough(name: str) -> str:
    """A secret that nobody guesses, or empty."""
    value = env.str(name, "").strip()
    if value and len(value) < _LEAST_SECRET:
        raise EnvError(f"{name} should have at least {_LEAST_SECRET} characters.")
    return value


def host(name: str) -> str:
    """The name or the number of a machine, or empty."""
    value = env.str(name, "").strip()
    if value and not _HOST.fullmatch(value):
        raise EnvError(f"{name} should be the name of a machine, such as mail.example.org, not “{value}”.")
    return value


def url(name: str, default: str, *, schemes: tuple[str, ...], example: str, whole: bool = True) -> str:
    """An address of the web or of a service. ``whole`` when nothing may stand behind the machine and its port.

    What was given is not repeated: it may hold a password.
    """
    value = env.str(name, default).strip()
    try:
        parts = urlsplit(value)
        place = parts.path if parts.scheme == "unix" else _HOST.fullmatch(parts.hostname or "")
        right = parts.scheme in schemes and bool(place) and parts.port != 0 and not re.search(r"\s", value)
    except ValueError:
        right = False
    if not right or (whole and (parts.path.strip("/") or parts.query or parts.fragment or parts.username)):
        raise EnvError(f"{name} should look like {example}.")
    return value.rstrip("/")


def folder(name: str, default: Path) -> Path:
    """A folder that we can make and write in; made when it is not there yet."""
    path = env.path(name, default)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvError(
            f"{name} should be a folder to keep files in; {path} cannot be one: {error.strerror}."
        ) from error
    return path


def secret(name: str, kept: Path) -> str:
    """A secret from the environment, or the one kept on disk, made at first use and readable by its owner alone."""
    value = env.str(name, "")
    if value:
        if len(value) < _SECRET_LENGTH:
            raise EnvError(f"{name} should be at least {_SECRET_LENGTH} characters that nobody can guess.")
        return value
    try:
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(50))
        return kept.read_text()
    except OSError as error:
        raise EnvError(
            f"VAR_DIR should be a folder that we can write in; {kept}: {error.strerror}."
        ) from error


VAR_DIR = folder("VAR_DIR", BASE_DIR / "var")
