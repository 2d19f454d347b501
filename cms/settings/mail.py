"""How mail leaves: one SMTP door; without ``SMTP_HOST`` it is the local mailbox that ``manage.py mailbox`` serves."""

from environs import validate

from .environment import VAR_DIR, address, env, host, long_enough, port

# Where accepted local mail is kept, as a Maildir, readable in the admin.
LOCAL_MAILBOX = VAR_DIR / "mailbox"
LOCAL_MAILBOX_PORT = port("LOCAL_MAILBOX_PORT", 8025)

SMTP_HOST = host("SMTP_HOST")
SMTP_IS_LOCAL = not SMTP_HOST
SMTP = {
    "host": SMTP_HOST or "127.0.0.1",
    "port": port("SMTP_PORT", 587 if SMTP_HOST else LOCAL_MAILBOX_PORT),
    "username": env.str("SMTP_USERNAME", ""),
    "password": env.str("SMTP_PASSWORD", ""),
    "security": env.str(
        "SMTP_SECURITY",
        "starttls" if SMTP_HOST else "none",
        validate=validate.OneOf(["starttls", "tls", "none"]),
    ),
}

# The mailbox where answers arrive.
IMAP = {
    "host": host("IMAP_HOST"),
    "port": port("IMAP_PORT", 993),
    "username": env.str("IMAP_USERNAME", ""),
    "password": env.str("IMAP_PASSWORD", ""),
    "security": env.str("IMAP_SECURITY", "tls", validate=validate.OneOf(["starttls", "tls", "none"])),
}

# Which folders are read; whether what was sent from a mail program is read too; where what was read is put, if at all.
IMAP_FOLDERS = env.list("IMAP_FOLDERS", ["INBOX"])
IMAP_READ_SENT = env.bool("IMAP_READ_SENT", True)
IMAP_MOVE_TO = env.str("IMAP_MOVE_TO", "")
# How often the mailbox is read.
IMAP_EVERY_SECONDS = env.int("IMAP_EVERY_SECONDS", 60)
# Whether it is read at once when the server tells that something arrived (IDLE), besides.
IMAP_IDLE = env.bool("IMAP_IDLE", False)
# What a mail service that posts messages to /inkomende-post/mime must know: a password with any name (Basic), or the
# key with which it signs them (Mailgun). Without either nothing is taken in there.
INBOUND_PASSWORD = long_enough("INBOUND_PASSWORD")
INBOUND_SIGNING_KEY = long_enough("INBOUND_SIGNING_KEY")
# Without IMAP_HOST: the Maildir in which answers are laid by hand, or by the demo.
LOCAL_INBOX = VAR_DIR / "inbox"

# Whether mail to post+token@... arrives at post@...: then every answer finds its letter by its address.
MAIL_PLUS_ADDRESSES = env.bool("MAIL_PLUS_ADDRESSES", SMTP_IS_LOCAL)
MAIL_FROM = address("MAIL_FROM", "post@spreekbuis.example")
# A second recipient that keeps evidence of every message; empty is none.
MAIL_ARCHIVE = address("MAIL_ARCHIVE", "", needed=False)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
EMAIL_BACKEND = "crm.actions.account_mail.OutboxBackend"
