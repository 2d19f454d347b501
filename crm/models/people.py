"""People: who they are, apart from what they do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.dutch.folding import fold, search_key
from crm.dutch.names import Gender, PersonName, formal, full, sorting

from .themes import Tag, Theme


class Person(models.Model):
    """One row per person. Personal data: name, how to address, notes; kept while there is a role or consent.

    Holds no opinion and no party membership (AVG art. 9): a party stands only in a public role, with its source.
    """

    given_name = models.CharField(_("first name"), max_length=100, blank=True)
    initials = models.CharField(_("initials"), max_length=30, blank=True)
    name_prefix = models.CharField(
        _("prefix"),
        max_length=30,
        blank=True,
        help_text=_("The words before the family name, such as “de” or “van der”."),
    )
    family_name = models.CharField(_("family name"), max_length=150, blank=True)
    gender = models.CharField(
        _("form of address"),
        max_length=1,
        blank=True,
        default="",
        choices=[
            (Gender.UNKNOWN.value, pgettext_lazy("form of address", "unknown")),
            (Gender.FEMALE.value, _("Ms")),
            (Gender.MALE.value, _("Mr")),
            (Gender.X.value, _("neither: full name")),
        ],
    )
    salutation = models.CharField(
        _("salutation"),
        max_length=150,
        blank=True,
        help_text=_("Only if it should differ from what the rules make of it."),
    )
    our_contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("our regular contact"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="people",
    )  # fmt: skip
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="people")
    tags = models.ManyToManyField(
        Tag, verbose_name=pgettext_lazy("address book", "tags"), blank=True, related_name="people"
    )
    notes = models.TextField(
        _("notes"),
        blank=True,
        help_text=_("Anyone you write about may ask to read this. Write what you would say."),
    )
    source = models.CharField(
        _("where the data came from"), max_length=300, blank=True, help_text=_("Empty: from the person.")
    )
    informed_on = models.DateField(_("told about it on"), null=True, blank=True)
    do_not_contact = models.BooleanField(_("do not write"), default=False)
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)
    sort_name = models.CharField(max_length=300, editable=False, default="")
    search_key = models.TextField(editable=False, default="")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="person_by_name"),
            models.Index(fields=["changed_at", "id"], name="person_by_change"),
        ]

    def __str__(self) -> str:
        return full(self.parts)

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """Its page in the back office."""
        return reverse("crm:person", args=[self.pk])

    def fill_keys(self) -> None:
        """Compute what lists sort by and search boxes look in; for rows that are written in bulk."""
        self.sort_name = fold(sorting(self.parts))[:300]
        self.search_key = search_key(self.given_name, self.initials, self.name_prefix, self.family_name)

    @property
    def parts(self) -> PersonName:
        """The name for the Dutch rules."""
        return PersonName(
            given=self.given_name,
            initials=self.initials,
            prefix=self.name_prefix,
            family=self.family_name,
            gender=Gender(self.gender),
        )

    @property
    def formal_name(self) -> str:
        """The name as it stands in a sentence or an address: "mevrouw De Vries"."""
        return formal(self.parts)

    @property
    def listed_name(self) -> str:
        """The name as it stands in a list: "Vries, Anna de"."""
        return sorting(self.parts)
