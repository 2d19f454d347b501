"""Screens with buttons: what the pressed one does, and refusals in words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from crm.actions.action import Refused

from .screens import Screen


class ButtonView(Screen):
    """A screen: GET shows ``template_name``; POST calls ``do_<name>`` for the pressed button's ``do`` value. A refusal
    becomes a message and leads back to the screen."""

    def before(self, do: str) -> None:
        """What must hold before a button does anything. Raises Refused."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Run the pressed button. Raises PermissionDenied through the action."""
        do = request.POST.get("do", "")
        handler = getattr(self, f"do_{do}", None)
        if handler is None:
            messages.error(request, _("That button is not known here. Load the page again."))
            return redirect(request.path)
        try:
            self.before(do)
            answer: HttpResponse | None = handler()
        except Refused as refusal:
            messages.error(request, str(refusal))
            # Also from a button far down the page the message comes into view.
            return redirect(f"{request.get_full_path()}#main")
        return answer or redirect(request.get_full_path())
