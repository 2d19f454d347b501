"""The sentences of the address book on the timelines."""

from django.utils.translation import gettext_lazy as _

from crm.registries import timeline

SENTENCES = {
    "crm.organisation_added": _("%(by)s added %(name)s"),
    "crm.organisation_changed": _("%(by)s changed %(name)s: %(changes)s"),
    "crm.organisation_renamed": _("“%(old)s” is called “%(new)s” from %(day)s (%(by)s wrote it down)"),
    "crm.organisation_earlier_name": _("%(by)s wrote down the name “%(name)s”, until %(day)s"),
    "crm.organisation_earlier_name_removed": _("%(by)s took away the earlier name “%(name)s”"),
    "crm.organisation_ended": _("%(name)s no longer exists from %(day)s (%(by)s wrote it down)"),
    "crm.organisation_reopened": _("%(by)s took back that %(name)s no longer exists"),
    "crm.organisation_removed": _("%(by)s removed %(name)s"),
    "crm.lineage_linked": _("%(predecessor)s %(how)s %(successor)s, %(day)s (%(by)s wrote it down)"),
    "crm.lineage_unlinked": _("%(by)s took back that %(predecessor)s %(how)s %(successor)s"),
    "crm.person_added": _("%(by)s added %(name)s"),
    "crm.person_changed": _("%(by)s changed %(name)s: %(changes)s"),
    "crm.person_removed": _("%(by)s removed a person"),
    "crm.mandate_added": _(
        "%(by)s wrote down that %(person)s is %(title)s of %(organisation)s, since %(since)s"
    ),
    "crm.mandate_changed": _("%(by)s changed the role of %(person)s at %(organisation)s: %(changes)s"),
    "crm.mandate_ended": _(
        "%(person)s is no longer %(title)s of %(organisation)s from %(day)s (%(by)s wrote it down)"
    ),
    "crm.mandate_removed": _("%(by)s took away that %(person)s is %(title)s of %(organisation)s"),
    "crm.contact_point_added": _("%(by)s added the address %(address)s of %(holder)s (%(purpose)s)"),
    "crm.contact_point_changed": _("%(by)s changed an address of %(holder)s: %(changes)s"),
    "crm.contact_point_confirmed": _("%(by)s checked that %(address)s of %(holder)s still holds, on %(day)s"),
    "crm.contact_point_failing": _(
        "What we send to %(address)s of %(holder)s comes back%(because)s (%(by)s)"
    ),
    "crm.contact_point_withdrawn": _("%(by)s put %(address)s of %(holder)s out of use%(because)s"),
    "crm.interaction_changed": _("%(by)s changed the note of %(day)s (%(kind)s): %(changes)s"),
    "crm.interaction_removed": _("%(by)s removed the note of %(day)s (%(kind)s)"),
    "crm.consent_granted": _("%(name)s said yes: %(purpose)s by %(channel)s (%(source)s)"),
    "crm.consent_withdrawn": _("%(name)s said: no longer, %(purpose)s by %(channel)s (%(source)s)"),
    "crm.consent_objected": _("%(name)s asked us not to write (%(source)s)"),
    "crm.election_added": _("%(by)s added the election “%(name)s” of %(day)s"),
    "crm.election_changed": _("%(by)s changed the election “%(name)s”: %(changes)s"),
    "crm.term_added": _("%(by)s added the council term “%(name)s”, from %(day)s"),
    "crm.term_changed": _("%(by)s changed the council term “%(name)s”: %(changes)s"),
    "crm.seats_set": _("%(name)s has %(seats)s from %(day)s (%(by)s wrote it down)"),
    "crm.seats_removed": _("%(by)s took away the %(seats)s seats of %(name)s from %(day)s"),
    "crm.segment_saved": _("%(by)s saved the group “%(name)s”: %(words)s"),
    "crm.segment_removed": _("%(by)s removed the group “%(name)s”"),
    "crm.theme_renamed": _("%(by)s renamed the theme or label “%(old)s” to “%(new)s”"),
    "crm.theme_removed": _("%(by)s removed the theme or label “%(name)s”"),
}


def register() -> None:
    """Make the sentences known."""
    for code, wording in SENTENCES.items():
        timeline.register(code, wording)
    timeline.register(
        "crm.interaction_logged", _("%(kind)s with %(person)s: %(summary)s"), is_contact=True, icon="comment"
    )
