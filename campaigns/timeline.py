"""The sentences of facts and publications on the timelines."""

from django.utils.translation import gettext_lazy as _

from crm.registries import timeline

SENTENCES = {
    "campaigns.fact_added": _("%(by)s added the fact “%(words)s” (%(source)s)"),
    "campaigns.fact_changed": _("%(by)s changed the fact “%(words)s”: %(changes)s"),
    "campaigns.fact_removed": _("%(by)s removed the fact “%(words)s”"),
    "campaigns.publication_added": _("%(by)s added the publication “%(title)s”"),
    "campaigns.publication_changed": _("%(by)s changed the publication “%(title)s”: %(changes)s"),
    "campaigns.publication_filed": _("%(by)s put in the PDF of “%(title)s” (pages: %(pages)s)"),
    "campaigns.publication_removed": _("%(by)s removed the publication “%(title)s”"),
}


def register() -> None:
    """Make the sentences known."""
    for code, wording in SENTENCES.items():
        timeline.register(code, wording)
