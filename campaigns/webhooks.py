"""What Mailchimp tells us by itself, at an address that only it knows."""

from __future__ import annotations

import hmac
import time
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.actions import audience_landing
from campaigns.clients import mailchimp_webhooks
from campaigns.queries import audience
from crm.admin.numbers import whole

LARGEST: Final = 64 * 1024


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, secret: str) -> HttpResponse:
    """One message; told twice it counts once. Mailchimp looks with GET whether the address is there.

    404 for an address that we did not give, 411 without a length, 413 beyond 64 KB, 403 when the signature is not
    right, 400 for what is no message; 200 also for what nobody reads here, or it would be sent again and again. An
    account that gave no key to sign with signs nothing: there the address is the secret.
    """
    link = audience.link()
    if link is None or not hmac.compare_digest(link.path_secret.encode(), secret.encode()):
        raise Http404
    if request.method != "POST":
        return _answer(200)
    length = whole(request.headers.get("Content-Length"))
    if length is None:
        return _answer(411)
    if length > LARGEST:
        return _answer(413)
    signature = request.headers.get("X-Mailchimp-Signature", "")
    body = request.body
    if link.webhook_secret and not mailchimp_webhooks.is_signed(
        body, signature, key=link.webhook_secret, now=time.time()
    ):
        return _answer(403)
    try:
        event = mailchimp_webhooks.read(body)
    except mailchimp_webhooks.Unreadable:
        return _answer(400)
    audience_landing.hear(link=link, event=event)
    return _answer(200)


def _answer(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain")
