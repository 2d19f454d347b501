"""Signing out: asked for with a button, never done by an address alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from wagtail.admin.localization import get_localized_response
from wagtail.admin.views.account import LogoutView


class SignOutView(LogoutView):
    """Wagtail's, which signs out whatever the request is, also when it answers that this is not allowed."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Only what a form sends signs out; who types the address gets the button."""
        if request.method == "POST":
            return super().dispatch(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if not request.user.is_authenticated:
            return redirect(self.next_page)
        return get_localized_response(_page, request)


def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/sign_out.html")
