"""Organisations: parties, factions, lists, government, umbrella, initiatives, partners, press."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Replace
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.dutch.articles import opening, with_article
from crm.dutch.folding import fold, search_key

from .themes import Level, Tag, Theme


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    PARTY = "party", _("party")
    FACTION = "faction", _("faction")
    CANDIDATE_LIST = "candidate_list", _("candidate list")
    MUNICIPALITY = "municipality", _("municipality")
    DEPARTMENT = "department", _("department")
    DISTRICT = "district", _("district")
    EXECUTIVE = "executive", _("alderman’s office")
    CLERK = "clerk", _("council clerk")
    UMBRELLA = "umbrella", _("umbrella organisation")
    INITIATIVE = "initiative", _("member initiative")
    PARTNER = "partner", _("partner")
    PRESS = "press", _("press")
    OTHER = "other", pgettext_lazy("kind of organisation", "other")


POLITICAL = {OrganisationKind.PARTY, OrganisationKind.FACTION, OrganisationKind.CANDIDATE_LIST}
# The short name of these is the name of a place, which has no article: de gemeente Amsterdam, in Amsterdam.
PLACES = {OrganisationKind.MUNICIPALITY, OrganisationKind.DISTRICT}


class Article(models.TextChoices):
    """The article that belongs to the name: de SP, het CDA, D66."""

    NONE = "", _("none")
    DE = "de", "de"
    HET = "het", "het"


class InitiativeStage(models.TextChoices):
    """How far a member initiative is."""

    STARTING = "starting", _("starting")
    ACTIVE = "active", pgettext_lazy("stage", "active")
    DORMANT = "dormant", _("dormant")
    STOPPED = "stopped", _("stopped")


def in_a_sentence(article: str, name: str) -> str:
    """A name as it reads in a sentence of the language of the reader; only Dutch gives it its article."""
    return with_article(article, name) if (get_language() or "").startswith("nl") else name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions to the organisations."""

    def existing_on(self, day: datetime.date) -> OrganisationQuerySet:
        """The organisations that existed on a day; an unknown date counts as existing."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=day),
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        )


class Organisation(models.Model):
    """One row per organisation. ``name`` is the name it has now; earlier names stand in OrganisationName.

    A faction belongs to one term of a council, a candidate list to one election, both to the party behind them.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    article = models.CharField(_("article"), max_length=3, choices=Article.choices, blank=True, default="")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    party = models.ForeignKey(
        "self",
        verbose_name=_("party"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="factions_and_lists",
        help_text=_("The party behind a faction or a candidate list."),
    )
    term = models.ForeignKey(
        "crm.Term", verbose_name=_("council term"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="factions",
    )  # fmt: skip
    election = models.ForeignKey(
        "crm.Election", verbose_name=_("election"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="candidate_lists",
    )  # fmt: skip
    founded_on = models.DateField(_("exists since"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    stage = models.CharField(
        _("stage"), max_length=10, choices=InitiativeStage.choices, blank=True, default=""
    )
    district = models.ForeignKey(
        "self", verbose_name=_("district"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="initiatives",
    )  # fmt: skip
    municipality = models.ForeignKey(
        "self", verbose_name=_("municipality"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="organisations_in_it",
        help_text=_("Where it is at work. A group such as “all parties in Amsterdam” asks for it."),
    )  # fmt: skip
    our_contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("our regular contact"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="organisations",
    )  # fmt: skip
    website = models.URLField(_("website"), blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, blank=True, default="")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="organisations")
    tags = models.ManyToManyField(
        Tag, verbose_name=pgettext_lazy("address book", "tags"), blank=True, related_name="organisations"
    )
    notes = models.TextField(
        _("notes"),
        blank=True,
        help_text=_("Anyone you write about may ask to read this. Write what you would say."),
    )
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)
    sort_name = models.CharField(max_length=300, editable=False, default="")
    search_key = models.TextField(editable=False, default="")
    changed_at = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="organisation_by_name"),
            models.Index(fields=["kind", "sort_name", "id"], name="organisation_by_kind"),
            models.Index(fields=["changed_at", "id"], name="organisation_by_change"),
            # What somebody writes in one word, such as a domain: "grachtenenwijken".
            models.Index(Replace("sort_name", Value(" ")), name="organisation_in_one_word"),
            models.Index(Lower(Replace("short_name", Value(" "))), name="organisation_short_in_one"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_on__gte=F("founded_on")),
                name="organisation_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: object, **kwargs: object) -> None:
        names = [] if self._state.adding else self.names.values_list("name", "short_name")
        self.fill_keys(part for pair in names for part in pair)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """Its page in the back office."""
        return reverse("crm:organisation", args=[self.pk])

    def fill_keys(self, earlier: Iterable[str] = ()) -> None:
        """Compute what lists sort by and search boxes look in; for rows that are written in bulk."""
        self.sort_name = fold(self.name)[:300]
        self.search_key = search_key(self.name, self.short_name, *earlier)

    @property
    def sentence_name(self) -> str:
        """The name that its article belongs to: the short one, unless that is the name of a place."""
        return self.name if self.article and self.kind in PLACES else str(self)

    @property
    def with_article(self) -> str:
        """The name as it reads in a sentence: "de SP", "de gemeente Amsterdam", "D66"."""
        return in_a_sentence(self.article, self.sentence_name)

    @property
    def listed_name(self) -> str:
        """The name as it stands in a list: "Socialistische Partij (SP)"."""
        return f"{self.name} ({self.short_name})" if self.short_name not in ("", self.name) else self.name

    @property
    def has_ended(self) -> bool:
        """Whether it no longer exists today."""
        return self.ended_on is not None and self.ended_on <= timezone.localdate()


class OrganisationName(models.Model):
    """One row per name an organisation had in a period."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("name in a period")
        verbose_name_plural = _("names over time")
        ordering = [F("from_on").asc(nulls_first=True), "pk"]

    def __str__(self) -> str:
        return self.name


class LineageKind(models.TextChoices):
    """How one organisation came out of another."""

    MERGER = "merger", _("merged into")
    SPLIT = "split", _("split off into")
    JOINT_LIST = "joint_list", _("shares the list")
    JOINT_FACTION = "joint_faction", _("went on in the joint faction")
    SUCCESSION = "succession", _("continued as")


class Lineage(models.Model):
    """One row per line between an organisation and what it became or joined."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="became")
    successor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="came_from")
    kind = models.CharField(_("kind"), max_length=20, choices=LineageKind.choices)
    happened_on = models.DateField(_("on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("lineage")
        verbose_name_plural = _("lineage")
        ordering = [F("happened_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "kind"], name="lineage_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="lineage_not_of_itself"),
        ]

    def __str__(self) -> str:
        how = self.get_kind_display()
        return opening(f"{self.predecessor.with_article} {how} {self.successor.with_article}")
