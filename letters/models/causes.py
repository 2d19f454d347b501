"""Why something of a letter ended by itself: a code, worded for whoever reads it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """Why an approval lapsed, or why Spreekbuis settled a message without being told."""

    CHANGED = "changed", _("the letter was changed")
    TAKEN_BACK = "taken_back", _("taken back")
    PUT_AWAY = "put_away", _("the letter was put away")
    OPENED_AGAIN = "opened_again", _("the letter was opened again")
    LAPSED = "lapsed", _("the approval lapsed")
    AGREED = "agreed", _("the letter is approved")
    ASKED_ANEW = "asked_anew", _("a new one is sent")
    COPY_CAME_IN = "copy_came_in", _("a copy of it came in")
    ANSWERED = "answered", _("what came back shows that it arrived")
    NO_SUCH_ADDRESS = "no_such_address", _("that address does not exist (any more)")
    UNSAID = "unsaid", _("no reason given")
