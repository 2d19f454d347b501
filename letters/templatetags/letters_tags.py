"""Small helpers for the templates of letters."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from campaigns.registries import sources
from crm.models.organisations import POLITICAL
from letters.models import IncomingMessage, Letter, Recipient
from letters.queries import states

register = template.Library()


@register.simple_tag
def claim_url(message: IncomingMessage, recipient: Recipient | str | None) -> str:
    """Where words of a message are kept as the position of a party; "" when it is no party's."""
    organisation = recipient.organisation if isinstance(recipient, Recipient) else None
    if organisation is None or organisation.kind not in POLITICAL:
        return ""
    said = timezone.localdate(message.moment).isoformat()
    query: dict[str, str | int] = {
        "organisation": organisation.pk,
        "source": sources.token(message),
        "said_on": said,
    }
    return f"{reverse('campaigns:claim_add')}?{urlencode(query)}"


@register.filter
def where_it_is(letter: Letter) -> str:
    """The address of the step where the work on a letter goes on."""
    return reverse(f"letters:{states.current_step(letter)}", args=[letter.pk])
