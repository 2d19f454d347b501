"""How to reach an organisation or a person: for what, found where, checked when."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .organisations import Organisation
from .people import Person


class Channel(models.TextChoices):
    """By what way something travels."""

    EMAIL = "email", _("e-mail")
    POST = "post", pgettext_lazy("mail", "post")
    PHONE = "phone", _("phone")


class Purpose(models.TextChoices):
    """What an address is meant for."""

    PROGRAMME = "programme", _("programme committee")
    BOARD = "board", _("board")
    FACTION = "faction", _("faction")
    CLERK = "clerk", _("council clerk")
    PRESS = "press", _("press")
    GENERAL = "general", _("general")
    PERSONAL = "personal", _("personal")


class ContactStatus(models.TextChoices):
    """Whether an address still holds."""

    UNCHECKED = "unchecked", _("not checked yet")
    CONFIRMED = "confirmed", _("checked")
    FAILING = "failing", _("mail comes back")
    WITHDRAWN = "withdrawn", _("no longer in use")


def _digits(number: str) -> Replace:
    """The expression for a telephone number without what people put between its digits."""
    bare = Replace(number, Value(" "), Value(""))
    for sign in "-()./":
        bare = Replace(bare, Value(sign), Value(""))
    return bare


USABLE = {ContactStatus.UNCHECKED, ContactStatus.CONFIRMED}


class ContactPoint(models.Model):
    """One row per address or number of one organisation or one person.

    Personal data when it belongs to a person; kept while there is a role or consent.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="contact_points",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="contact_points",
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=5, choices=Channel.choices)
    purpose = models.CharField(
        _("meant for"), max_length=10, choices=Purpose.choices, default=Purpose.GENERAL
    )
    value = models.CharField(_("e-mail address or number"), max_length=320, blank=True)
    attention = models.CharField(_("for the attention of"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    country = models.CharField(
        _("country"), max_length=60, blank=True, help_text=_("Only outside the Netherlands.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=ContactStatus.choices, default=ContactStatus.UNCHECKED
    )
    source = models.CharField(_("found where"), max_length=300, blank=True)
    source_url = models.URLField(_("web page where it stands"), blank=True)
    published_for_contact = models.BooleanField(
        _("published to be written to"),
        default=False,
        help_text=_("They put this address on their own page for messages like ours (Tw 11.7)."),
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # What the search box looks in: 1012ab, 0201234567, post@brug.example.
    lookup = models.GeneratedField(
        expression=Lower(
            Case(
                When(kind="post", then=Replace("postcode", Value(" "), Value(""))),
                When(kind="phone", then=_digits("value")),
                default=F("value"),
            )
        ),
        output_field=models.CharField(max_length=320),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["kind", "purpose", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, person__isnull=False)
                | Q(organisation__isnull=False, person__isnull=True),
                name="contact_point_has_one_holder",
            ),
            models.CheckConstraint(
                condition=(Q(kind="post") & ~Q(street="") & ~Q(town="")) | (~Q(kind="post") & ~Q(value="")),
                name="contact_point_is_filled",
            ),
        ]
        indexes = [models.Index(fields=["value"], name="contact_point_by_value")]

    def __str__(self) -> str:
        if self.kind == Channel.POST:
            return f"{self.street}, {self.postcode} {self.town}"
        return self.value

    @property
    def holder(self) -> Organisation | Person:
        """Whose address it is."""
        holder = self.organisation or self.person
        assert holder is not None
        return holder

    @property
    def is_usable(self) -> bool:
        """Whether we may try it."""
        return self.status in USABLE
