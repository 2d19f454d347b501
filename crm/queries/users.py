"""Who of us may do something."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from crm.models import User


def holding(permission: str) -> QuerySet[User]:
    """Everybody who may sign in and holds a permission such as "crm.change_followup", by name. One query."""
    app, _dot, codename = permission.partition(".")
    wanted = Permission.objects.filter(content_type__app_label=app, codename=codename)
    may = User.objects.filter(
        Q(groups__permissions__in=wanted) | Q(user_permissions__in=wanted) | Q(is_superuser=True),
        is_active=True,
    )
    return User.objects.filter(pk__in=may.values("pk")).order_by("first_name", "last_name", "pk")
