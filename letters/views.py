"""Letters without signing in: deciding by a personal link, what was made public, and mail that a service posts."""

from __future__ import annotations

import base64
import hmac
import time
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.actions.action import NotAllowed, Refused
from crm.admin.numbers import key, whole
from crm.document.mail import to_html
from crm.models import ApprovalRound, RoundState, SignedLink, Verdict
from letters.actions import approvals as actions
from letters.actions import intake
from letters.actions.approvals import LINK_PURPOSE
from letters.inbound import posted
from letters.models import Letter, Recipient
from letters.queries import addressing, approvals, contents, differences, public
from letters.queries.recipients import of as recipients_of
from letters.render.letters import render as render_pdf


def _open_link(token: str) -> tuple[SignedLink, ApprovalRound, Letter] | None:
    """What a token opens; None when it is used, expired or was never issued, or when nothing is asked any more."""
    link = SignedLink.objects.find(token, purpose=LINK_PURPOSE)
    if link is None or not link.is_valid or not link.user.is_active:
        return None
    round_ = get_object_or_404(ApprovalRound, pk=link.subject_id)
    if round_.state != RoundState.OPEN:
        return None
    return link, round_, get_object_or_404(Letter.objects.select_related("letterhead"), pk=round_.subject_id)


def _why_over(token: str) -> str:
    """Why a token opens nothing: ``answered``, ``changed`` or ``agreed``; empty when there is no more to say."""
    link = SignedLink.objects.find(token, purpose=LINK_PURPOSE)
    if link is None:
        return ""
    if link.used_at is not None:
        return "answered"
    state = ApprovalRound.objects.filter(pk=link.subject_id).values_list("state", flat=True).first()
    return (
        {RoundState.VOIDED: "changed", RoundState.APPROVED: "agreed"}.get(RoundState(state), "")
        if state
        else ""
    )


@require_safe
def scan(request: HttpRequest, pk: int, recipient: int = 0) -> HttpResponse:
    """Where the QR code on a letter leads: the page that files an answer on paper. Who is not signed in signs in first,
    and comes back to it; the address by itself tells nothing."""
    if recipient:
        return redirect("letters:paper", pk, recipient)
    return redirect("letters:choose_paper", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """Read the letter and agree or remark, once. Looking does not use the link up: mail scanners look too."""
    opened = _open_link(token)
    if opened is None:
        return render(request, "letters/decide_over.html", {"why": _why_over(token)}, status=410)
    link, round_, letter = opened
    refusal = ""
    if request.method == "POST":
        verdict = Verdict.APPROVED if request.POST.get("do") == "approve" else Verdict.REMARK
        try:
            actions.decide_by_link(
                token=token,
                verdict=verdict,
                content_hash=request.POST.get("content_hash", ""),
                text=request.POST.get("remark", ""),
                paragraph=whole(request.POST.get("paragraph")),
            )
        except (Refused, NotAllowed) as error:
            refusal = str(error)
        else:
            thanks = {"letter": letter, "agreed": verdict == Verdict.APPROVED}
            return render(request, "letters/decide_thanks.html", thanks)
    layout = contents.Layout.of(letter)
    recipients = _numbered_recipients(letter)
    context = {
        "letter": letter,
        "user": link.user,
        "standing": approvals.standing(round_),
        "differences": differences.since_agreed_before(letter, round_),
        "content_hash": contents.content(letter).hash,
        "pdf_url": reverse("letters_public:decide_pdf", args=[token]),
        "page": layout.sample(),
        "paragraphs": contents.numbered(layout.body),
        "recipients": [
            (number, recipient, addressing.salutation(recipient, letter).text)
            for number, recipient in recipients.items()
        ],
        "enclosures": letter.enclosures.all(),
        "refusal": refusal,
        "remark": request.POST.get("remark", ""),
    }
    return render(request, "letters/decide.html", context, status=409 if refusal else 200)


def _numbered_recipients(letter: Letter) -> dict[int, Recipient]:
    return dict(enumerate(recipients_of(letter), start=1))


@never_cache
@require_safe
def decide_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """For who holds a valid link: the letter as one recipient will get it (``?aan=2``, else the first), or an
    enclosure (``?bijlage=7``)."""
    opened = _open_link(token)
    if opened is None:
        raise Http404
    letter = opened[2]
    if asked := request.GET.get("bijlage"):
        enclosure = letter.enclosures.filter(pk=key(asked)).first()
        if enclosure is None or enclosure.file is None:
            raise Http404
        return _pdf(enclosure.file.read(), f"Bijlage bij {letter.reference}.pdf")
    recipients = _numbered_recipients(letter)
    recipient = recipients.get(whole(request.GET.get("aan", "1")) or 0)
    if recipient is None and recipients:
        raise Http404
    layout = contents.Layout.of(letter)
    try:
        data = render_pdf(layout.page(recipient) if recipient else layout.sample())
    except contents.MENDABLE as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    return _pdf(data, f"Brief {letter.reference}.pdf")


def _public_letter(reference: str) -> Letter:
    return get_object_or_404(
        public.letters().select_related("letterhead"), reference=reference.replace("_", " ")
    )


@require_safe
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """A letter that was made public."""
    shown = _public_letter(reference)
    page = None if shown.recorded_pdf_id else contents.Layout.of(shown).sample(public_copy=True)
    context = {
        "letter": shown,
        "page": page,
        "body": to_html(page.body) if page else "",
        "recipients": public.sent_to(shown),
    }
    return render(request, "letters/public_letter.html", context)


@require_safe
def letter_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The public copy as PDF, without addresses."""
    shown = _public_letter(reference)
    if shown.recorded_pdf:
        return _pdf(shown.recorded_pdf.read(), f"Brief {shown.reference}.pdf")
    return _pdf(
        render_pdf(contents.Layout.of(shown).sample(public_copy=True)), f"Brief {shown.reference}.pdf"
    )


@csrf_exempt
@require_POST
def incoming_mail(request: HttpRequest) -> HttpResponse:
    """What a mail service received for us, as ``letters.inbound.posted`` reads it. Posted twice it comes in once.

    200 when it is in, 401 without the password or the signature, 411 without a length, 413 beyond the limit, 415 for
    another form of posting, 400 when there is no message in it; 404 while neither secret is set.
    """
    if not settings.INBOUND_PASSWORD and not settings.INBOUND_SIGNING_KEY:
        raise Http404
    may_post = _knows_password(request)
    is_form = posted.media_type(request.content_type or "") in posted.FORMS
    # Only a form can be signed: of anything else not a byte is read without the password.
    if not may_post and not (settings.INBOUND_SIGNING_KEY and is_form):
        return _answer(401)
    length = whole(request.headers.get("Content-Length"))
    if length is None:
        return _answer(411)
    if length > intake.LARGEST:
        return _answer(413)
    body, content_type, signature = request.read(), request.headers.get("Content-Type", ""), ""
    if not may_post:
        signed = posted.signed(body, content_type)
        if not signed.is_by(settings.INBOUND_SIGNING_KEY, now=time.time()):
            return _answer(401)
        signature = signed.signature
    try:
        intake.receive(raw=posted.read(body, content_type), signature=signature)
    except posted.UnknownTypeError:
        return _answer(415)
    except intake.SignedAnotherError:
        return _answer(401)
    except (posted.NoMessageError, Refused):
        return _answer(400)
    return _answer(200)


def _knows_password(request: HttpRequest) -> bool:
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic" or not settings.INBOUND_PASSWORD:
        return False
    try:
        _name, _colon, password = base64.b64decode(given, validate=True).partition(b":")
    except ValueError:
        return False
    return hmac.compare_digest(password, settings.INBOUND_PASSWORD.encode())


def _answer(code: int) -> HttpResponse:
    response = HttpResponse(HTTPStatus(code).phrase, status=code, content_type="text/plain")
    if code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Basic realm="inkomende post"'
    return response


def _pdf(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
