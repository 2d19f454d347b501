"""Whether we may write, and why."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from crm.models import Channel, Purpose, WritingPurpose
from crm.queries import reach
from tests.crm.factories import (
    ConsentFactory,
    EmailFactory,
    MandateFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    PostalFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
LETTER, NEWSLETTER, INVITATION = WritingPurpose.LETTER, WritingPurpose.NEWSLETTER, WritingPurpose.INVITATION
EMAIL, POST = Channel.EMAIL, Channel.POST


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def ask(who, purpose=LETTER, channel=EMAIL):
    return reach.may_write_to(who, purpose=purpose, channel=channel)


@pytest.fixture
def anna():
    """Council member, with an address for that."""
    mandate = MandateFactory(post="council_member", person__family_name="Vries")
    EmailFactory(organisation=None, person=mandate.person, purpose=Purpose.FACTION, value="anna@raad.example")
    return mandate.person


@pytest.fixture
def neighbour():
    """Nobody in public, with an address at home."""
    person = PersonFactory(given_name="Bram", name_prefix="", family_name="Buur")
    EmailFactory(organisation=None, person=person, purpose=Purpose.PERSONAL, value="bram@thuis.example")
    PostalFactory(organisation=None, person=person, purpose=Purpose.PERSONAL)
    return person


def test_a_letter_may_go_to_an_organisation_with_the_basis_in_words():
    point = EmailFactory(organisation=OrganisationFactory(name="SP"), source="eigen site")
    assert ask(point) == reach.Verdict(
        True, "A letter reviewed one by one, to an address of SP itself. Found here: eigen site."
    )


def test_a_letter_may_go_to_the_address_of_a_role(anna):
    verdict = ask(anna)
    assert verdict.allowed
    assert verdict.because.startswith(
        "A letter reviewed one by one, to the address of Anna de Vries as council member of Buurthuis"
    )


def test_a_private_address_needs_a_yes(neighbour):
    assert ask(neighbour) == reach.Verdict(
        False, "This is a private address of Bram Buur, who did not say yes. Ask first, or send it by post."
    )
    ConsentFactory(person=neighbour, purpose=LETTER, source="telefoon")
    assert ask(neighbour).allowed


def test_a_private_address_that_an_official_publishes_may_be_used(neighbour):
    MandateFactory(person=neighbour, post="council_member")
    assert not ask(neighbour).allowed
    neighbour.contact_points.filter(kind=EMAIL).update(published_for_contact=True, source="eigen site")
    assert ask(neighbour).allowed


def test_a_role_that_is_over_carries_nothing(anna):
    anna.mandates.update(until_on=timezone.localdate())
    assert not ask(anna).allowed


def test_by_post_we_may_write_unless_they_object(neighbour):
    assert ask(neighbour, NEWSLETTER, POST).allowed
    ConsentFactory(person=neighbour, objected=True, purpose=LETTER, channel=POST, decided_at=ago(1))
    verdict = ask(neighbour, NEWSLETTER, POST)
    assert not verdict.allowed
    assert verdict.because.startswith("Bram Buur asked us on ")


@pytest.mark.parametrize("purpose", WritingPurpose.values)
@pytest.mark.parametrize("channel", [EMAIL, POST])
def test_who_asked_us_not_to_write_gets_nothing(anna, purpose, channel):
    PostalFactory(organisation=None, person=anna)
    anna.do_not_contact = True
    anna.save()
    anna.refresh_from_db()
    assert ask(anna, purpose, channel) == reach.Verdict(
        False, "Anna de Vries asked us not to write. Ask in person first."
    )


def test_a_newsletter_needs_a_yes_that_was_not_taken_back(anna):
    assert ask(anna, NEWSLETTER) == reach.Verdict(
        False, "Anna de Vries did not say yes to this: newsletter. Ask first, or fill in a postal address."
    )
    ConsentFactory(person=anna, decided_at=ago(30))
    assert ask(anna, NEWSLETTER).allowed
    ConsentFactory(person=anna, withdrawn=True, decided_at=ago(20))
    assert not ask(anna, NEWSLETTER).allowed
    ConsentFactory(person=anna, decided_at=ago(10))
    assert ask(anna, NEWSLETTER).allowed


def test_an_older_no_that_is_written_down_later_does_not_undo_a_newer_yes(anna):
    ConsentFactory(person=anna, decided_at=ago(10))
    ConsentFactory(person=anna, withdrawn=True, decided_at=ago(20))
    assert ask(anna, NEWSLETTER).allowed


def test_a_withdrawal_wins_by_the_way_it_was_given_and_leaves_paper(anna):
    PostalFactory(organisation=None, person=anna)
    ConsentFactory(person=anna, withdrawn=True, decided_at=ago(1))
    assert [ask(anna, LETTER, EMAIL).allowed, ask(anna, LETTER, POST).allowed] == [False, True]


def test_an_objection_wins_over_a_yes_and_over_a_role(anna):
    ConsentFactory(person=anna, decided_at=ago(10))
    ConsentFactory(person=anna, objected=True, purpose=LETTER, decided_at=ago(5))
    assert [ask(anna, purpose).allowed for purpose in (LETTER, NEWSLETTER, INVITATION)] == [
        False,
        False,
        False,
    ]


def test_a_yes_for_one_address_is_none_for_another(anna):
    ConsentFactory(person=anna, address="anna@thuis.example")
    assert not ask(anna, NEWSLETTER).allowed
    ConsentFactory(person=anna, address="anna@raad.example")
    assert ask(anna, NEWSLETTER).allowed


def test_what_was_said_under_an_address_counts_for_who_holds_it_now():
    point = EmailFactory(value="Post@brug.example")
    ConsentFactory(person=None, address="post@brug.example", withdrawn=True)
    other = EmailFactory(organisation=point.organisation)
    assert [ask(point).allowed, ask(other).allowed] == [False, True]


def test_an_organisation_that_objects_does_so_for_all_its_addresses():
    point = EmailFactory()
    other = PostalFactory(organisation=point.organisation)
    ConsentFactory(person=None, address=point.value, objected=True)
    assert [ask(point).allowed, ask(other, LETTER, POST).allowed] == [False, False]


def test_an_invitation_may_go_to_an_address_that_was_published_for_it():
    unpublished, published = EmailFactory(), EmailFactory(published=True)
    assert [ask(point, INVITATION).allowed for point in (unpublished, published)] == [False, True]
    assert not ask(published, NEWSLETTER).allowed


@pytest.mark.parametrize(("state", "words"), [("failing", "comes back"), ("withdrawn", "no longer in use")])
def test_an_address_that_does_not_work_gets_nothing_and_the_remedy_is_named(state, words):
    verdict = ask(EmailFactory(**{state: True}))
    assert not verdict.allowed
    assert words in verdict.because
    assert verdict.because.endswith("Find a new address.")


def test_an_address_is_only_for_its_own_way():
    assert not ask(EmailFactory(), LETTER, POST).allowed


@pytest.mark.parametrize("channel", [EMAIL, POST, Channel.PHONE])
def test_somebody_without_an_address_is_a_gap_with_a_remedy(channel):
    verdict = ask(PersonFactory(), LETTER, channel)
    assert not verdict.allowed
    assert "Fill one in" in verdict.because


def test_many_cost_the_same_as_few(django_assert_max_num_queries):
    for _ in range(15):
        mandate = MandateFactory(post="council_member")
        ConsentFactory(person=mandate.person)
        EmailFactory(organisation=None, person=mandate.person)
    points = list(EmailFactory._meta.model.objects.all())
    with django_assert_max_num_queries(5):
        verdicts = reach.may_write_to_many([(point, EMAIL) for point in points], purpose=LETTER)
    assert {verdict.allowed for verdict in verdicts.values()} == {True}
    assert len(verdicts) == 15


def test_the_overview_agrees_with_every_single_answer(anna):
    PostalFactory(organisation=None, person=anna)
    ConsentFactory(person=anna)
    overview = reach.overview(anna)
    assert overview == {(purpose, channel): ask(anna, purpose, channel) for purpose, channel in overview}
    assert len(overview) == 6


def remedy(verdict):
    assert not verdict.allowed
    return verdict.because.rpartition(". ")[2]


def test_a_no_by_email_only_points_to_the_post_when_that_is_possible(anna):
    assert remedy(ask(anna, NEWSLETTER)) == "Ask first, or fill in a postal address."
    postal = PostalFactory(organisation=None, person=anna)
    assert remedy(ask(anna, NEWSLETTER)) == "Ask first, or send it by post."
    ConsentFactory(person=anna, withdrawn=True, purpose=INVITATION, channel=POST, decided_at=ago(1))
    assert remedy(ask(anna, NEWSLETTER)) == "Ask first."
    postal.status = "failing"
    postal.save()
    assert remedy(ask(anna, NEWSLETTER)) == "Ask first."


def test_a_no_by_post_only_points_to_email_when_that_is_possible(anna):
    PostalFactory(organisation=None, person=anna)
    ConsentFactory(person=anna, withdrawn=True, purpose=NEWSLETTER, channel=POST, decided_at=ago(2))
    assert remedy(ask(anna, NEWSLETTER, POST)) == "Ask again."
    ConsentFactory(person=anna, decided_at=ago(1))
    assert remedy(ask(anna, NEWSLETTER, POST)) == "Ask again, or send it by e-mail."


def test_somebody_without_an_address_is_only_reached_the_other_way_when_there_is_one():
    person = PersonFactory()
    assert remedy(ask(person)) == "Fill one in, or a postal address."
    assert remedy(ask(person, LETTER, POST)) == "Fill one in."
    PostalFactory(organisation=None, person=person)
    assert remedy(ask(person)) == "Fill one in, or send it by post."


def test_who_asked_us_not_to_write_is_not_asked_for_an_address():
    person = PersonFactory(left_alone=True)
    assert remedy(ask(person)) == "Ask in person first."
    objecting = PersonFactory()
    ConsentFactory(person=objecting, objected=True, decided_at=ago(1))
    assert remedy(ask(objecting, LETTER, POST)) == "Ask in person first."


def test_in_dutch_the_name_of_an_organisation_has_its_article(anna):
    party = PartyFactory(name="Partij van de Buurt", short_name="PvdB", article="de")
    point = EmailFactory(organisation=party)
    anna.mandates.update(organisation=party)
    with override("nl"):
        assert ask(point).because == (
            "Dit is een adres van de PvdB zelf. Een brief die we één voor één nakijken, mag daarheen."
        )
        assert ask(anna).because.startswith("Dit is het adres van Anna de Vries als raadslid bij de PvdB.")
        assert ask(point, NEWSLETTER).because.startswith("De PvdB heeft hier geen ja op gezegd: nieuwsbrief.")
