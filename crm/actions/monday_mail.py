"""Whether somebody wants the Monday mail."""

from __future__ import annotations

from crm.models import User

from .action import action, record


@action(permission="crm.change_followup")
def want(*, wanted: bool, by: User) -> None:
    """Switch the Monday mail on or off for oneself."""
    user = User.objects.select_for_update().get(pk=by.pk)
    if user.wants_monday_mail == wanted:
        return
    user.wants_monday_mail = wanted
    user.save(update_fields=["wants_monday_mail"])
    record("crm.monday_mail_on" if wanted else "crm.monday_mail_off", by=by, on=[user])
