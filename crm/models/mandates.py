"""Who does what where, on whose behalf, and from when until when."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .organisations import Organisation
from .people import Person


class Post(models.TextChoices):
    """What a person does in an organisation."""

    COUNCIL_MEMBER = "council_member", _("council member")
    FACTION_LEADER = "faction_leader", _("faction leader")
    SPOKESPERSON = "spokesperson", _("spokesperson")
    FACTION_STAFF = "faction_staff", _("faction staff")
    ALDERMAN = "alderman", _("alderman")
    MAYOR = "mayor", _("mayor")
    DISTRICT_BOARD = "district_board", _("member of the daily board")
    DISTRICT_COMMITTEE = "district_committee", _("member of the district committee")
    CLERK = "clerk", _("clerk")
    OFFICIAL = "official", _("official")
    BOARD_MEMBER = "board_member", _("board member")
    CHAIR = "chair", _("chair")
    PROGRAMME_COMMITTEE = "programme_committee", _("member of the programme committee")
    CANDIDATE = "candidate", _("candidate")
    LEAD_CANDIDATE = "lead_candidate", _("lead candidate")
    CONTACT_PERSON = "contact_person", _("contact person")
    EDITOR = "editor", _("editor")
    OTHER = "other", pgettext_lazy("role", "other")


PUBLIC_POSTS = {
    Post.COUNCIL_MEMBER, Post.FACTION_LEADER, Post.SPOKESPERSON, Post.ALDERMAN, Post.MAYOR, Post.DISTRICT_BOARD,
    Post.DISTRICT_COMMITTEE, Post.CLERK, Post.CANDIDATE, Post.LEAD_CANDIDATE, Post.BOARD_MEMBER, Post.CHAIR,
}  # fmt: skip


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Questions to the mandates."""

    def held_on(self, day: datetime.date) -> MandateQuerySet:
        """The mandates that run on a day; an unknown beginning counts as begun."""
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gt=day)
        )


class Mandate(models.Model):
    """One row per post a person holds or held (Popolo: person, organisation, post, on behalf of, from, until).

    Personal data: a public role; a party stands here only with a public post and a source (AVG art. 9.2.e).
    """

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="mandates"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="mandates"
    )
    post = models.CharField(pgettext_lazy("role", "post"), max_length=30, choices=Post.choices)
    label = models.CharField(_("as they call it"), max_length=120, blank=True)
    on_behalf_of = models.ForeignKey(
        Organisation, verbose_name=_("on behalf of"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="represented_by",
    )  # fmt: skip
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = [F("until_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="mandate_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title} {self.organisation}"

    @property
    def title(self) -> str:
        """The post as it reads: their own word for it when there is one."""
        return self.label or self.get_post_display()

    @property
    def runs(self) -> bool:
        """Whether it is held today."""
        today = timezone.localdate()
        return (self.from_on is None or self.from_on <= today) and (
            self.until_on is None or self.until_on > today
        )
