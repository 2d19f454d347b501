"""Beginning an issue of the newsletter: empty, or like an earlier one."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from crm.actions.action import Actor, Refused, action, record
from crm.models import User

from .mailings import WRITE


@action(permission=WRITE)
def start(*, like: Any = None, by: Actor) -> Any:
    """A new issue that nobody sees yet, under the archive, which is made when there is none; ``like`` is the page of an
    earlier issue whose parts it begins with. Raises Refused without a site."""
    archive = _archive()
    day = timezone.localdate()
    title = _("Newsletter %(day)s") % {"day": date_format(day, "j F Y")}
    values: dict[str, Any] = {"title": title, "slug": _free_slug(archive, slugify(title)), "live": False}
    if like is None:
        made = archive.add_child(instance=apps.get_model("campaigns", "NewsletterPage")(**values))
    else:
        made = like.copy(
            to=archive, update_attrs={**values, "subject": ""}, copy_revisions=False, keep_live=False
        )
    user = by if isinstance(by, User) else None
    made.owner = user
    made.save()
    made.save_revision(user=user)
    record("campaigns.issue_started", by=by, on=[made], title=made.title)
    return made


def _archive() -> Any:
    model = apps.get_model("campaigns", "NewsletterIndexPage")
    if there := model.objects.first():
        return there
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise Refused(_("There is no site yet. Make it first, under Settings."))
    archive = model(title=_("Newsletters"), slug=_free_slug(site.root_page, "nieuwsbrieven"))
    return site.root_page.add_child(instance=archive)


def _free_slug(parent: Page, wanted: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
