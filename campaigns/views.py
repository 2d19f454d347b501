"""The newsletter without signing in: asking for it, saying yes, choosing what to read, and leaving."""

from __future__ import annotations

import ipaddress
import re
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.actions import floods, sign_ups, subscribers
from campaigns.models import NewsletterGroup, SignUp, Subscriber, SubscriberState
from campaigns.queries import subscribers as queries
from crm.actions.action import SYSTEM, Refused
from crm.dutch.addresses import check_email

MOST_NAME: Final = 60
# A table at the market signs up a whole queue; a machine does more than that.
MOST_ASKED: Final = 30
_HOUR: Final = 60 * 60
# What a first name never holds, and an advertisement that wants to travel in our mail does.
_NO_NAME: Final = re.compile(r"[<>{}\[\]\\/@:;%&#=\d]|www\.")
_METHODS: Final = ["GET", "HEAD", "POST"]


class _AddressForm(forms.Form):
    """An e-mail address, and a field that people do not see."""

    address = forms.CharField(
        label=gettext_lazy("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
        error_messages={"required": gettext_lazy("Fill in your e-mail address.")},
    )
    homepage = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        """The address as it is kept."""
        try:
            return check_email(self.cleaned_data["address"][:400]).lower()
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def is_trapped(self) -> bool:
        """Whether it was filled in by a machine, which fills in everything."""
        return bool(self.data.get("homepage"))


class _ReaderForm(forms.Form):
    """What a reader says of herself."""

    first_name = forms.CharField(
        required=False,
        label=gettext_lazy("Your first name"),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    groups = forms.ModelMultipleChoiceField(
        NewsletterGroup.objects.filter(is_offered=True),
        required=False,
        label=gettext_lazy("What do you want to read about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("This choice is no longer there. Choose again."),
            "invalid_pk_value": gettext_lazy("This choice is no longer there. Choose again."),
        },
    )

    def clean_first_name(self) -> str:
        """A name, and not a message."""
        name = " ".join(self.cleaned_data["first_name"].split())
        if len(name) > MOST_NAME or _NO_NAME.search(name.lower()):
            raise forms.ValidationError(_("Fill in your first name alone, in letters, or leave it empty."))
        return name

    @property
    def has_groups(self) -> bool:
        """Whether there is anything to choose."""
        return bool(list(self.fields["groups"].queryset))  # type: ignore[attr-defined]


class SignUpForm(_ReaderForm, _AddressForm):
    """Ask for the newsletter."""

    field_order = ("address", "first_name", "groups")


@never_cache
@require_http_methods(_METHODS)
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for the newsletter. What is answered is the same whoever asks."""
    form = SignUpForm(request.POST or None)
    if request.method != "POST":
        return _sign_up_page(request, form)
    if form.is_trapped:
        return redirect("newsletter:asked")
    if _asks_too_often(request):
        return _sign_up_page(request, form, status=429)
    if form.is_valid():
        said = form.cleaned_data
        try:
            sign_ups.ask(
                address=said["address"], first_name=said["first_name"], groups=said["groups"], by=SYSTEM
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("newsletter:asked")
    return _sign_up_page(request, form, status=422)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Look in your mailbox."""
    return render(request, "campaigns/newsletter/asked.html", {"days": sign_ups.LASTS.days})


def _sign_up_page(request: HttpRequest, form: SignUpForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "wording": queries.wording(),
        "version": queries.WORDING_VERSION,
        **_what_we_keep(),
        "too_often": status == 429,
    }
    return render(request, "campaigns/newsletter/sign_up.html", context, status=status)


@never_cache
@require_http_methods(_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The one who got the mail presses the button. Looking changes nothing: mail scanners look too."""
    made = SignUp.objects.find(token)
    if made is None or made.confirmed_at is not None or sign_ups.is_over(made):
        is_used = made is not None and made.confirmed_at is not None
        return render(request, "campaigns/newsletter/confirm_over.html", {"is_used": is_used}, status=410)
    if request.method == "POST":
        try:
            reader = sign_ups.confirm(token=token, by=SYSTEM)
        except Refused as error:
            refused = {"made": made, "refusal": str(error)}
            return render(request, "campaigns/newsletter/confirm.html", refused, status=409)
        url = queries.preferences_url(reader)
        return render(request, "campaigns/newsletter/confirmed.html", {"url": url})
    return render(request, "campaigns/newsletter/confirm.html", {"made": made})


@never_cache
@require_http_methods(_METHODS)
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """What a reader told us about herself, to change, and a button to leave with."""
    reader = queries.by_preferences(token, on=timezone.localdate())
    if reader is None:
        return _link_page(request, FreshLinkForm(), status=410)
    if reader.state == SubscriberState.LEFT:
        return render(request, "campaigns/newsletter/left.html")
    if request.method != "POST":
        start = {"first_name": reader.first_name, "groups": reader.groups.all()}
        return _preferences_page(request, reader, _ReaderForm(initial=start))
    if request.POST.get("do") == "leave":
        _leave(reader, _("page with preferences"))
        return render(request, "campaigns/newsletter/left.html", {"just_now": True})
    form = _ReaderForm(request.POST)
    if not form.is_valid():
        return _preferences_page(request, reader, form, status=422)
    # Somebody may have put her in a group that readers cannot choose; that stays.
    kept = reader.groups.filter(is_offered=False)
    subscribers.change(
        subscriber=reader,
        first_name=form.cleaned_data["first_name"],
        groups=[*form.cleaned_data["groups"], *kept],
        person=reader.person,
        by=SYSTEM,
    )
    return redirect(f"{request.path}?bewaard=ja")


def _preferences_page(
    request: HttpRequest, reader: Subscriber, form: _ReaderForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "reader": reader,
        "is_saved": status == 200 and "bewaard" in request.GET,
        "leave_url": queries.unsubscribe_url(reader),
        **_what_we_keep(),
    }
    return render(request, "campaigns/newsletter/preferences.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Leave: with the one POST of a mail program (RFC 8058), which brings no cookie, or with the button here."""
    leaving = queries.by_unsubscribe(token)
    if leaving is None:
        return _link_page(request, FreshLinkForm(), status=410)
    reader = leaving.subscriber
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        if reader is not None:
            _leave(reader, _("link in the newsletter"))
        return render(request, "campaigns/newsletter/left.html", {"just_now": True})
    if reader is None or reader.state == SubscriberState.LEFT:
        return render(request, "campaigns/newsletter/left.html")
    return render(request, "campaigns/newsletter/unsubscribe.html", {"reader": reader})


def _leave(reader: Subscriber, source: str) -> None:
    subscribers.leave(subscriber=reader, source=source, by=SYSTEM)


class FreshLinkForm(_AddressForm):
    """Where to mail a fresh link to."""


@never_cache
@require_http_methods(_METHODS)
def fresh_link(request: HttpRequest) -> HttpResponse:
    """Mail a reader a link to her preferences. What is answered is the same whoever asks."""
    form = FreshLinkForm(request.POST or None)
    if request.method != "POST":
        return _link_page(request, form, asked_for=True)
    if not form.is_trapped:
        if _asks_too_often(request):
            return _link_page(request, form, status=429, asked_for=True)
        if not form.is_valid():
            return _link_page(request, form, status=422, asked_for=True)
        sign_ups.ask_for_link(address=form.cleaned_data["address"])
    return render(request, "campaigns/newsletter/link_sent.html")


def _link_page(
    request: HttpRequest, form: FreshLinkForm, *, status: int = 200, asked_for: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "asked_for": asked_for, "too_often": status == 429}
    return render(request, "campaigns/newsletter/link.html", context, status=status)


def _what_we_keep() -> dict[str, Any]:
    """What the paragraph about personal data says."""
    return {"privacy": queries.privacy_page(), "by_mailchimp": not settings.MAILCHIMP_IS_LOCAL}


def _asks_too_often(request: HttpRequest) -> bool:
    return floods.is_too_often("network", _network_of(request), most=MOST_ASKED, seconds=_HOUR)


def _network_of(request: HttpRequest) -> str:
    """The network somebody asks from: of a home or an office, not of one device."""
    place = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # Ours adds to the end whom it heard from; what stands before that anybody can make up.
        place = request.headers.get("X-Forwarded-For", place).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(place)
    except ValueError:
        return place
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 56), strict=False))
