"""The sentences of campaigns, claims, facts, publications and readers on the timelines."""

from django.utils.translation import gettext_lazy as _

from crm.registries import timeline

SENTENCES = {
    "campaigns.campaign_added": _("%(by)s started the campaign “%(name)s”"),
    "campaigns.campaign_changed": _("%(by)s changed the campaign “%(name)s”: %(changes)s"),
    "campaigns.campaign_removed": _("%(by)s removed the campaign “%(name)s”"),
    "campaigns.ask_added": _("%(by)s added the ask “%(ask)s”"),
    "campaigns.ask_changed": _("%(by)s changed the ask “%(ask)s”: %(changes)s"),
    "campaigns.ask_moved": _("%(by)s gave the ask “%(ask)s” place %(place)s in the row"),
    "campaigns.ask_removed": _("%(by)s removed the ask “%(ask)s”"),
    "campaigns.claim_entered": _("%(by)s wrote down where %(name)s stands on “%(ask)s”: %(position)s"),
    "campaigns.claim_confirmed": _("%(by)s confirmed where %(name)s stands on “%(ask)s”: %(position)s"),
    "campaigns.claim_withdrawn": _(
        "%(by)s withdrew where %(name)s stands on “%(ask)s” (%(position)s), because: %(because)s"
    ),
    "campaigns.fact_added": _("%(by)s added the fact “%(words)s” (%(source)s)"),
    "campaigns.fact_changed": _("%(by)s changed the fact “%(words)s”: %(changes)s"),
    "campaigns.fact_removed": _("%(by)s removed the fact “%(words)s”"),
    "campaigns.publication_added": _("%(by)s added the publication “%(title)s”"),
    "campaigns.publication_changed": _("%(by)s changed the publication “%(title)s”: %(changes)s"),
    "campaigns.publication_filed": _("%(by)s put in the PDF of “%(title)s” (pages: %(pages)s)"),
    "campaigns.publication_removed": _("%(by)s removed the publication “%(title)s”"),
    "campaigns.issue_started": _("%(by)s began the newsletter “%(title)s”"),
    "campaigns.mailing_tested": _("%(by)s sent a test of the newsletter “%(subject)s” to %(addresses)s"),
    "campaigns.mailing_asked": _("%(by)s asked for approval of the newsletter “%(subject)s”"),
    "campaigns.mailing_approved": _("%(by)s approved the newsletter “%(subject)s”"),
    "campaigns.mailing_remarked": _("%(by)s asked for a change of the newsletter “%(subject)s”: %(remark)s"),
    "campaigns.mailing_taken_back": _("%(by)s took the newsletter “%(subject)s” back to go on writing"),
    "campaigns.mailing_sending": _("%(by)s let the newsletter “%(subject)s” go"),
    "campaigns.mailing_scheduled": _("%(by)s planned the newsletter “%(subject)s” for %(moment)s"),
    "campaigns.mailing_resumed": _("%(by)s let the newsletter “%(subject)s” go on"),
    "campaigns.mailing_given_up": _("%(by)s did not send the newsletter “%(subject)s” after all"),
    "campaigns.mailing_stopped": _("%(by)s could not send the newsletter “%(subject)s”: %(reason)s"),
    "campaigns.mailing_sent": _("%(by)s saw that the newsletter “%(subject)s” left to %(count)s readers"),
    "campaigns.subscriber_added": _("%(by)s wrote down that %(address)s wants the newsletter (%(source)s)"),
    "campaigns.subscriber_changed": _("%(by)s changed what we know of the reader %(address)s: %(changes)s"),
    "campaigns.subscriber_moved": _("%(by)s noted that the newsletter for %(before)s goes to %(address)s"),
    "campaigns.subscriber_left": _(
        "%(by)s noted that %(address)s does not want the newsletter any more (%(source)s)"
    ),
    "campaigns.subscriber_fails": _(
        "%(by)s noted that the newsletter does not reach %(address)s: %(reason)s"
    ),
    "campaigns.subscribers_exported": _("%(by)s saved the list of readers (%(count)s) as a workbook"),
    "campaigns.group_added": _("%(by)s added the group of readers “%(name)s”"),
    "campaigns.group_changed": _("%(by)s changed the group of readers “%(name)s”: %(changes)s"),
    "campaigns.group_removed": _("%(by)s removed the group of readers “%(name)s”"),
    "campaigns.list_filed": _("%(by)s kept the list on paper “%(name)s” (pages: %(pages)s)"),
    "campaigns.list_entered": _("%(by)s added the readers on the list “%(name)s” (%(count)s)"),
    "campaigns.list_taken_away": _("%(by)s took away the list on paper “%(name)s”"),
    "campaigns.sync_started": _(
        "%(by)s had the readers compared with “%(name)s” at Mailchimp and brought there"
    ),
    "campaigns.sync_look": _("%(by)s had a look what differs from “%(name)s” at Mailchimp"),
    "campaigns.sync_went_on": _(
        "%(by)s agreed that addresses are taken off “%(name)s” at Mailchimp: %(count)s"
    ),
    "campaigns.sync_stopped": _("%(by)s stopped the comparison with “%(name)s” at Mailchimp"),
    "campaigns.sync_automatic": _("%(by)s had “%(name)s” at Mailchimp kept by itself from now on"),
    "campaigns.sync_by_hand": _("%(by)s had “%(name)s” at Mailchimp kept only when somebody asks for it"),
    "campaigns.mailchimp_tested": _("%(by)s tested the connection with “%(name)s” at Mailchimp"),
    "campaigns.webhook_asked": _("%(by)s asked Mailchimp to tell us what readers of “%(name)s” change there"),
}


def register() -> None:
    """Make the sentences known."""
    for code, wording in SENTENCES.items():
        timeline.register(code, wording)
