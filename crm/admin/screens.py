"""What every screen of our own starts from: only for who may see it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import TemplateView

from crm.models import User


class Screen(TemplateView):
    """A screen for those with a permission."""

    permission: ClassVar[str] = ""
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who may see it."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """Who is looking."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def may(self, permission: str) -> bool:
        """Whether the one who looks may do this."""
        return self.user.has_perm(permission)
