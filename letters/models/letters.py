"""Letters: the text, its reference, and where it is between draft and sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Publication
from crm.models import FrozenFile, Level, Purpose, Theme

from .letterheads import Letterhead


class LetterKind(models.TextChoices):
    """What sort of letter it is; each has its own rule for approval."""

    POSITION = "position", _("position letter")
    NOTE = "note", _("short note")


class LetterState(models.TextChoices):
    """Where a letter is. What became of it per recipient stands in its dispatches."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("approval asked")
    APPROVED = "approved", _("approved")
    FROZEN = "frozen", _("ready to send")
    DISPATCHED = "dispatched", _("sent")
    RECORDED = "recorded", _("recorded afterwards")
    DROPPED = "dropped", _("put away")


S = LetterState

EDITABLE = {S.DRAFT, S.PROPOSED, S.APPROVED}
FINAL = {S.FROZEN, S.DISPATCHED, S.RECORDED}
OUT = {S.DISPATCHED, S.RECORDED}

TRANSITIONS: dict[LetterState, set[LetterState]] = {
    S.DRAFT: {S.PROPOSED, S.APPROVED, S.DROPPED},
    S.PROPOSED: {S.DRAFT, S.APPROVED, S.DROPPED},
    S.APPROVED: {S.DRAFT, S.FROZEN, S.DROPPED},
    S.FROZEN: {S.DRAFT, S.DISPATCHED},
    S.DISPATCHED: set(),
    S.RECORDED: set(),
    S.DROPPED: {S.DRAFT},
}


class Letter(models.Model):
    """One row per letter. ``draft_number`` rises with every save, so that two writers cannot overwrite each other."""

    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind.choices, default=LetterKind.POSITION)
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState.choices, default=LetterState.DRAFT
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    salutation = models.CharField(
        _("one salutation for all"),
        max_length=150,
        blank=True,
        help_text=_("Leave empty for one per recipient."),
    )
    body = models.TextField(_("text"), blank=True)
    closing = models.CharField(_("closing"), max_length=120, blank=True)
    sign_off = models.CharField(_("signed in the name of"), max_length=200, blank=True)
    dated_on = models.DateField(_("date of the letter"))
    letterhead = models.ForeignKey(
        Letterhead, verbose_name=_("letterhead"), on_delete=models.PROTECT, related_name="letters"
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="letters")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, blank=True, default="")

    purpose = models.CharField(
        _("to whom at the organisation"), max_length=10, choices=Purpose.choices, default=Purpose.PROGRAMME
    )
    recipients_on = models.DateField(_("recipients as on"), null=True, blank=True)
    recipients_words = models.CharField(max_length=300, blank=True)
    recipients_locked_at = models.DateTimeField(null=True, blank=True)

    is_public = models.BooleanField(_("on the public site"), default=False)
    public_at = models.DateTimeField(null=True, blank=True)

    started_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="continuations"
    )
    follows = models.ForeignKey(
        "letters.Recipient", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by",
        help_text="The thread that this short letter goes on with.",
    )  # fmt: skip
    answers = models.ForeignKey(
        "letters.Answer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="What this short letter answers.",
    )  # fmt: skip
    draft_number = models.PositiveIntegerField(default=0)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="letters_written")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="letters_started"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    started_at = models.DateTimeField(auto_now_add=True)
    frozen_version = models.ForeignKey(
        "letters.LetterVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    recorded_pdf = models.ForeignKey(
        FrozenFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-dated_on", "-pk"]
        permissions = [
            ("approve_letter", _("Can approve letters")),
            ("send_letter", _("Can send letters")),
        ]
        indexes = [models.Index(fields=["state", "-dated_on", "-id"], name="letters_by_state")]

    def __str__(self) -> str:
        return self.subject or self.reference

    @property
    def is_editable(self) -> bool:
        """Whether text, enclosures and recipients may still change."""
        return self.state in EDITABLE

    @property
    def is_final(self) -> bool:
        """Whether what goes out, or went out, is fixed."""
        return self.state in FINAL


class LetterVersion(models.Model):
    """One row per version that was worth keeping: on leaving a step, on asking approval, on freezing.

    Every page of a letter that was made ready comes from the version it was made ready from, whatever became of the
    letterhead since: all words stand in ``content``, the bytes in ``logo`` (from freezing on) and ``files``.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    logo = models.ForeignKey(FrozenFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField(
        FrozenFile,
        blank=True,
        related_name="+",
        help_text="The enclosures that the content names by their SHA-256.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        default_permissions = ()
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.letter} {self.number}"


class Enclosure(models.Model):
    """One row per enclosure: a file, or one that is promised for later."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="enclosures")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey(FrozenFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField(default=0)
    publication = models.ForeignKey(
        Publication, verbose_name=_("publication"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="enclosures",
    )  # fmt: skip
    is_promised = models.BooleanField(_("comes later"), default=False)
    minded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who sees to it"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", help_text="Who sees to it that what is promised follows.",
    )  # fmt: skip

    class Meta:
        verbose_name = _("enclosure")
        verbose_name_plural = _("enclosures")
        default_permissions = ()
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(is_promised=True), name="enclosure_is_there_or_promised"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_guarded(self) -> bool:
        """Whether it is promised and somebody, or the planning of publications, sees to it that it follows."""
        return self.is_promised and bool(self.publication_id or self.minded_by_id)


class Signatory(models.Model):
    """One row per name printed under a letter."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="signatories")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        default_permissions = ()
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class AcceptedFinding(models.Model):
    """One row per finding of the last look that somebody left as it is, with the reason."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="accepted_findings")
    code = models.CharField(max_length=60)
    quotes = models.JSONField(default=list)
    reason = models.CharField(_("why it stays"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("accepted finding")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"

    def covers(self, code: str, quotes: Any) -> bool:
        """Whether it is about this finding, about the same words."""
        return self.code == code and self.quotes == list(quotes)
