"""Readers of the newsletter: who gets it and why not, their personal links, and what they agreed with."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.models import NewsletterGroup, Subscriber, SubscriberState
from campaigns.models.subscribers import digest_of
from crm.dutch.dates import long_date
from crm.models import Channel, ConsentEntry, Decision, Network, Person, WritingPurpose
from crm.queries import segments
from crm.registries.outgoing import About
from crm.registries.panels import Item, Panel

# Beside the words stands which version of them it was: change the number with the sentence.
WORDING_VERSION: Final = "1"
PREFERENCES_LAST: Final = datetime.timedelta(days=180)
_PREFERENCES: Final = Signer(salt="campaigns.preferences", sep=".")
_UNSUBSCRIBE: Final = Signer(salt="campaigns.unsubscribe", sep=".")
_EPOCH: Final = datetime.date(2020, 1, 1)


def wording() -> str:
    """What somebody agrees with who signs up on the site, in the words of ``WORDING_VERSION``."""
    words = _("Yes, send me the newsletter of %(network)s by e-mail. I can leave at any time.")
    return words % {"network": " ".join(Network.load().name[:150].split())}


def privacy_page() -> Page | None:
    """The page of the site that says what we do with personal data: the one at …/privacy/, if there is one."""
    found: Page | None = Page.objects.live().filter(slug="privacy").order_by("depth", "pk").first()
    return found


def asked_to_be_left_alone(address: str, person: Person | None = None) -> bool:
    """Whether the holder of an address asked us never to write: by this address, as the person whose it is, or on
    their page. Only they themselves can take that back, by telling us."""
    theirs = Person.objects.filter(
        Q(subscriptions__address=address)
        | Q(contact_points__kind=Channel.EMAIL, contact_points__value__iexact=address)
        | Q(pk=person.pk if person else None)
    )
    about = Q(address=address) | Q(person__in=theirs.values("pk"))
    return (
        ConsentEntry.objects.filter(about, decision=Decision.OBJECTED).exists()
        or theirs.filter(do_not_contact=True).exists()
    )


def newest_of_person(person: Person) -> ConsentEntry | None:
    """What a person herself said last about the newsletter by e-mail, whatever was said of an address of hers."""
    said = ConsentEntry.objects.filter(
        person=person, purpose=WritingPurpose.NEWSLETTER, channel=Channel.EMAIL
    )
    return said.order_by("-decided_at", "-pk").first()


def left_since(address: str, person: Person | None, moment: datetime.datetime) -> datetime.datetime | None:
    """When the holder of an address said that the newsletter is no longer wanted, if that was after a moment."""
    about = Q(address=address)
    if person is not None:
        about |= Q(person=person)
    nos = ConsentEntry.objects.filter(
        about,
        purpose=WritingPurpose.NEWSLETTER,
        channel=Channel.EMAIL,
        decision=Decision.WITHDRAWN,
        decided_at__gte=moment,
    )
    return nos.order_by("-decided_at").values_list("decided_at", flat=True).first()


def ledger(subscriber: Subscriber) -> QuerySet[ConsentEntry]:
    """What the consent ledger says about a reader, newest first: of the address, and of the person whose it is."""
    about = Q(address=subscriber.address)
    if subscriber.person_id:
        about |= Q(person=subscriber.person_id)
    news = Q(purpose=WritingPurpose.NEWSLETTER, channel=Channel.EMAIL) | Q(decision=Decision.OBJECTED)
    return ConsentEntry.objects.filter(about & news).order_by("-decided_at", "-pk")


def decided(entry: ConsentEntry) -> str:
    """When something was said, in words; of a list on paper only the day is known."""
    when = timezone.localtime(entry.decided_at)
    return date_format(when, "j F Y, H.i" if when.time() != datetime.time.min else "j F Y")


def preferences_url(subscriber: Subscriber, *, on: datetime.date | None = None) -> str:
    """Where a reader changes name and groups without signing in; the same all day ``on``, today unless given. It works
    for half a year, as long as she reads at the address that the mail went to."""
    day = ((on or timezone.localdate()) - _EPOCH).days
    token = _PREFERENCES.sign_object([subscriber.pk, day, digest_of(subscriber.address)[:12]])
    return settings.BASE_URL + reverse("newsletter:preferences", args=[token])


def by_preferences(token: str, *, on: datetime.date) -> Subscriber | None:
    """Whose preferences a token opens on a day; None for what we never signed, is too old, or went to an address that
    she no longer reads at."""
    try:
        pk, day, digest = _PREFERENCES.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    found = Subscriber.objects.filter(pk=pk).first()
    if found is None or digest != digest_of(found.address)[:12]:
        return None
    return found if on <= _EPOCH + datetime.timedelta(days=day) + PREFERENCES_LAST else None


def unsubscribe_url(subscriber: Subscriber) -> str:
    """Where a mail program unsubscribes a reader with one POST (RFC 8058), and a browser with one button. Always works:
    who leaves must never be held up."""
    token = _UNSUBSCRIBE.sign_object([subscriber.pk])
    return settings.BASE_URL + reverse("newsletter:unsubscribe", args=[token])


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves by a link; ``subscriber`` is None for one of whom nothing is left here."""

    subscriber: Subscriber | None


def by_unsubscribe(token: str) -> Leaving | None:
    """Who leaves by a token; None for what we never signed."""
    try:
        [pk] = _UNSUBSCRIBE.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Leaving(Subscriber.objects.filter(pk=pk).first())


def blocked() -> QuerySet[Subscriber]:
    """Those marked as readers whom we may not send anything: a no in the ledger wins."""
    gets = Subscriber.objects.reachable().filter(pk=OuterRef("pk"))
    return Subscriber.objects.filter(~Exists(gets), state=SubscriberState.SUBSCRIBED)


STATES: Final = {
    "krijgt": lambda: Subscriber.objects.reachable(),
    "afgemeld": lambda: Subscriber.objects.filter(state=SubscriberState.LEFT),
    "komt-niet-aan": lambda: Subscriber.objects.filter(state=SubscriberState.FAILING),
    "mag-niet": blocked,
}


def in_group(group: NewsletterGroup) -> QuerySet[Subscriber]:
    """The readers in a group: those who chose it, and the people in its saved group."""
    chosen = Q(pk__in=group.subscribers.values("pk"))
    if group.segment is not None:
        chosen |= Q(person__in=segments.members(group.segment).values("pk"))
    return Subscriber.objects.filter(chosen)


def filtered(
    *, state: str = "", group: NewsletterGroup | None = None, words: str = ""
) -> QuerySet[Subscriber]:
    """The readers of one of ``STATES``, in a group, with these words in their address or first name; "" is all."""
    found: Any = STATES.get(state, Subscriber.objects.all)()
    if group is not None:
        found = found.filter(pk__in=in_group(group).values("pk"))
    for word in words.split():
        found = found.filter(Q(address__icontains=word) | Q(first_name__icontains=word))
    return found


def in_words(subscribers: list[Subscriber]) -> dict[int, str]:
    """Whether each gets the newsletter, in words, in one query."""
    gets = set(
        Subscriber.objects.reachable()
        .filter(pk__in=[one.pk for one in subscribers])
        .values_list("pk", flat=True)
    )
    return {one.pk: _state_in_words(one, is_sent=one.pk in gets) for one in subscribers}


def _state_in_words(subscriber: Subscriber, *, is_sent: bool) -> str:
    if subscriber.state == SubscriberState.SUBSCRIBED and not is_sent:
        return _("may not be sent it: they told us so")
    return str(subscriber.get_state_display())


def panel(subject: Model, user: Any) -> Panel | None:
    """On the page of a person: whether she reads the newsletter, and at which address. Two queries."""
    if not isinstance(subject, Person) or not user.has_perm("campaigns.view_subscriber"):
        return None
    found = list(subject.subscriptions.order_by("address"))
    words = in_words(found) if found else {}
    add = f"{reverse('readers:add')}?persoon={subject.pk}"
    return Panel(
        title=_("Newsletter"),
        items=tuple(
            Item(
                text=f"{one.address}: {words[one.pk]}",
                url=one.get_absolute_url(),
                note=_("Since %(day)s.") % {"day": long_date(timezone.localdate(one.since))},
            )
            for one in found
        ),
        empty=_("Does not read the newsletter, as far as we know."),
        action=(_("Add as a reader"), add)
        if user.has_perm("campaigns.add_subscriber") and not found
        else None,
    )


def mail_in_words(keys: Collection[str]) -> dict[str, About]:
    """What mail to who reads the newsletter or wants to is about."""
    return {key: About(_("Mail about reading the newsletter"), reverse("readers:index")) for key in keys}
