"""Readers of the newsletter: their addresses, the groups they are in, and who asked to become one."""

from __future__ import annotations

import secrets
from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.models import Decision, Person, Segment
from crm.models.consents import ConsentEntry, WritingPurpose
from crm.models.contact_points import Channel


class SubscriberState(models.TextChoices):
    """Whether a reader gets the newsletter. Who asked for it and did not confirm yet is no reader: see ``SignUp``."""

    SUBSCRIBED = "subscribed", _("gets it")
    LEFT = "left", pgettext_lazy("reader", "left")
    FAILING = "failing", _("does not arrive")


# Under this heading our groups stand at the mail service.
HEADING = "Spreekbuis"


class NewsletterGroup(models.Model):
    """One row per group of readers, such as a district or a theme; an issue goes to all readers or to one group.

    A reader chooses those that are offered; with a ``segment`` the people in it are in the group by themselves.
    ``remote_id`` is its name at the mail service, "" as long as it is not there.
    """

    name = models.CharField(_("name"), max_length=100)
    explanation = models.CharField(
        _("what readers of it get"),
        max_length=200,
        blank=True,
        help_text=_("Readers see this when they choose."),
    )
    is_offered = models.BooleanField(_("readers may choose it"), default=True)
    segment = models.ForeignKey(
        Segment, verbose_name=_("saved group of people that is in it"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="newsletter_groups",
    )  # fmt: skip
    remote_id = models.CharField(max_length=50, blank=True, editable=False)

    class Meta:
        verbose_name = _("group of readers")
        verbose_name_plural = _("groups of readers")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_newsletter_group_of_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its readers."""
        return f"{reverse('readers:index')}?groep={self.pk}"


def _newest(about: Q) -> models.Subquery:
    entries = ConsentEntry.objects.filter(about, purpose=WritingPurpose.NEWSLETTER, channel=Channel.EMAIL)
    return models.Subquery(entries.order_by("-decided_at", "-pk").values("decision")[:1])


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Questions to the readers."""

    def reachable(self) -> SubscriberQuerySet:
        """Who may be sent the newsletter: subscribed, with a yes for the address that nothing took back, and nobody
        who asked not to be written to at all."""
        objected = ConsentEntry.objects.filter(decision=Decision.OBJECTED)
        return (
            self.filter(state=SubscriberState.SUBSCRIBED)
            .annotate(
                said_at_address=_newest(Q(address=models.OuterRef("address"))),
                said_by_person=_newest(Q(person=models.OuterRef("person"))),
            )
            .filter(
                Q(said_by_person=None) | Q(said_by_person=Decision.GRANTED), said_at_address=Decision.GRANTED
            )
            .exclude(person__do_not_contact=True)
            .exclude(models.Exists(objected.filter(address=models.OuterRef("address"))))
        )


class Subscriber(models.Model):
    """One row per address that reads the newsletter or did. That they said yes, and no, stands in the consent ledger.

    Personal data: e-mail address, first name and chosen groups; kept while they read, and the address as long as the
    ledger says that they left.
    """

    address = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="subscriptions",
    )  # fmt: skip
    groups = models.ManyToManyField(
        NewsletterGroup, verbose_name=_("groups"), blank=True, related_name="subscribers"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SubscriberState.choices, default=SubscriberState.SUBSCRIBED
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ("add", "change", "view")
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(condition=Q(address=Lower("address")), name="subscriber_address_is_lower"),
        ]
        indexes = [models.Index(fields=["state", "address"], name="subscribers_by_state")]

    def __str__(self) -> str:
        return self.address

    def get_absolute_url(self) -> str:
        """Its page in the back office."""
        return reverse("readers:reader", args=[self.pk])


def digest_of(token: str) -> str:
    """What is stored of the token of a sign-up."""
    return sha256(token.encode()).hexdigest()


class SignUpManager(models.Manager["SignUp"]):
    """Finding sign-ups."""

    def find(self, token: str) -> SignUp | None:
        """The one of a token, confirmed and old ones included; None for a token that was never given."""
        return self.filter(token_sha256=digest_of(token)).first()


class SignUp(models.Model):
    """One row per time that somebody asked on the site for the newsletter; it counts once the mail is confirmed.

    Personal data: address and first name; what was not confirmed goes after a month.
    """

    address = models.EmailField(db_index=True)
    first_name = models.CharField(max_length=100, blank=True)
    groups = models.ManyToManyField(NewsletterGroup, blank=True, related_name="+")
    # The very words that were agreed with.
    wording = models.CharField(max_length=300)
    wording_version = models.CharField(max_length=10)
    # Empty until the mail with the token is made.
    token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    # When it was decided which mail goes out, if any: what a mailbox gets, the page does not tell.
    answered_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpManager()

    class Meta:
        verbose_name = _("sign-up")
        default_permissions = ()
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.address

    def give_token(self) -> str:
        """A new token, which exists only in the returned value; an earlier one is worth nothing any more."""
        token = secrets.token_urlsafe(24)
        self.token_sha256 = digest_of(token)
        self.save(update_fields=["token_sha256"])
        return token
