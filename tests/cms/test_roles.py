"""The roles that migrating makes, and what they may do."""

import pytest
from django.contrib.auth.models import Group

from cms.roles import ROLES
from crm.models import User

# Person x verb: who may do what. The outsider can sign in but has no role.
TABLE = {
    "wagtailadmin.access_admin": {"lezer", "redactie", "commissie", "beheer"},
    "crm.view_organisation": {"lezer", "redactie", "commissie", "beheer"},
    "crm.change_organisation": {"commissie", "beheer"},
    "crm.delete_person": {"commissie", "beheer"},
    "crm.add_consententry": {"redactie", "commissie", "beheer"},
    "campaigns.add_subscriber": {"redactie", "commissie", "beheer"},
    "campaigns.write_mailing": {"redactie", "commissie", "beheer"},
    "campaigns.approve_mailing": {"commissie", "beheer"},
    "campaigns.send_mailing": {"redactie", "commissie", "beheer"},
    "campaigns.view_mailing": {"lezer", "redactie", "commissie", "beheer"},
    "campaigns.view_subscriber": {"redactie", "commissie", "beheer"},
    "crm.view_followup": {"lezer", "redactie", "commissie", "beheer"},
    "crm.add_followup": {"redactie", "commissie", "beheer"},
    "crm.change_followup": {"redactie", "commissie", "beheer"},
    "crm.view_recess": {"lezer", "redactie", "commissie", "beheer"},
    "crm.change_recess": {"commissie", "beheer"},
    "crm.change_network": {"beheer"},
    "crm.change_user": {"beheer"},
    "letters.view_letter": {"lezer", "redactie", "commissie", "beheer"},
    "letters.change_letter": {"commissie", "beheer"},
    "letters.view_incomingmessage": {"lezer", "redactie", "commissie", "beheer"},
    "letters.change_incomingmessage": {"commissie", "beheer"},
    "letters.view_meeting": {"lezer", "redactie", "commissie", "beheer"},
    "letters.add_meeting": {"commissie", "beheer"},
    "letters.change_meeting": {"commissie", "beheer"},
    "letters.approve_letter": {"commissie", "beheer"},
    "letters.send_letter": {"commissie", "beheer"},
    "letters.change_approvalrule": {"beheer"},
    "campaigns.change_fact": {"commissie", "beheer"},
    "campaigns.view_claim": {"lezer", "redactie", "commissie", "beheer"},
    "campaigns.change_ask": {"commissie", "beheer"},
    "campaigns.add_claim": {"commissie", "beheer"},
    "campaigns.confirm_claim": {"commissie", "beheer"},
    "wagtailimages.add_image": {"redactie", "commissie", "beheer"},
    "wagtailimages.delete_image": {"redactie", "beheer"},
}


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "allowed"), TABLE.items())
def test_each_role_may_do_what_the_table_says(verb, allowed):
    cast = {"outsider": User.objects.create_user("outsider")}
    for role in ROLES:
        person = cast[role.lower()] = User.objects.create_user(role.lower())
        person.groups.add(Group.objects.get(name=role))
    assert {name for name, person in cast.items() if person.has_perm(verb)} == allowed


@pytest.mark.django_db
def test_there_are_four_roles_and_no_other_groups():
    assert sorted(Group.objects.values_list("name", flat=True)) == [
        "Beheer",
        "Commissie",
        "Lezer",
        "Redactie",
    ]
