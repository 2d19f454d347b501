"""Newsletters through Mailchimp; without a key its stand-in on this machine, which ``manage.py mailchimp_standin``
serves."""

from .environment import VAR_DIR, env, port

MAILCHIMP_STANDIN = VAR_DIR / "mailchimp.sqlite3"
MAILCHIMP_STANDIN_PORT = port("MAILCHIMP_STANDIN_PORT", 8026)

_KEY = env.str("MAILCHIMP_API_KEY", "").strip()
MAILCHIMP_IS_LOCAL = not _KEY
MAILCHIMP = {
    "key": _KEY or "proefomgeving",
    "host": f"http://127.0.0.1:{MAILCHIMP_STANDIN_PORT}/3.0" if MAILCHIMP_IS_LOCAL else "",
    "audience": env.str("MAILCHIMP_AUDIENCE", "" if _KEY else "proeflijst").strip(),
}
