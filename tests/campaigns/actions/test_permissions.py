"""Person x verb: the outsider may do nothing, the reader nothing that writes, a member everything."""

import pytest
from django.utils import translation

from campaigns.actions import (
    asks,
    audience,
    campaigns,
    claims,
    facts,
    newsletter_groups,
    publications,
    sign_up_lists,
    subscribers,
)
from campaigns.models import (
    AudienceLink,
    Campaign,
    Fact,
    NewsletterGroup,
    Publication,
    SignUpList,
    Subscriber,
    SyncRun,
)
from crm.actions.action import SYSTEM, NotAllowed
from crm.models import ConsentEntry, TimelineEntry
from tests.campaigns.factories import (
    DAY,
    AskFactory,
    CampaignFactory,
    ClaimFactory,
    FactFactory,
    NewsletterGroupFactory,
    PublicationFactory,
    SignUpListFactory,
    SubscriberFactory,
)
from tests.crm.factories import PartyFactory
from tests.crm.typesetting.photos import photo

pytestmark = pytest.mark.django_db


def changed(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return record


def add_fact(by):
    facts.add(fact=Fact(words="ruim 600 buren", as_of_on=DAY, source="Jaarverslag"), by=by)


def change_fact(by):
    facts.change(fact=changed(FactFactory(), words="ruim 700 buren"), by=by)


def change_publication(by):
    publications.change(publication=changed(PublicationFactory(), title="Anders"), by=by)


def move_ask(by):
    first = AskFactory()
    AskFactory(campaign=first.campaign)
    asks.move(ask=first, up=False, by=by)


def enter_claim(by):
    claims.enter(
        organisation=PartyFactory(), ask=AskFactory(), position="for", quote="Ja.", said_on=DAY, voice="said",
        source_words="gesprek", by=by,
    )  # fmt: skip


def file_list(by):
    sign_up_lists.file(files=[photo()], place="Markt", signed_on=DAY, wording="Ja, graag.", by=by)


def open_run():
    link, _is_new = AudienceLink.objects.get_or_create(audience="proeflijst")
    return SyncRun.objects.get_or_create(link=link, state="waiting")[0]


VERBS = {
    "audience.start": lambda by: audience.start(by=by),
    "audience.go_on": lambda by: audience.go_on(run=open_run(), seen=30, by=by),
    "audience.stop": lambda by: audience.stop(run=open_run(), by=by),
    "audience.set_automatic": lambda by: audience.set_automatic(link=open_run().link, on=True, by=by),
    "audience.test_connection": lambda by: audience.test_connection(by=by),
    "audience.switch_on_webhook": lambda by: audience.switch_on_webhook(base_url="https://a.example", by=by),
    "campaigns.add": lambda by: campaigns.add(name="Verkiezing", by=by),
    "campaigns.change": lambda by: campaigns.change(campaign=CampaignFactory(), name="Anders", by=by),
    "campaigns.remove": lambda by: campaigns.remove(campaign=CampaignFactory(), by=by),
    "asks.add": lambda by: asks.add(campaign=CampaignFactory(), title="Ruimte", by=by),
    "asks.change": lambda by: asks.change(ask=AskFactory(), title="Anders", by=by),
    "asks.move": move_ask,
    "asks.remove": lambda by: asks.remove(ask=AskFactory(), by=by),
    "claims.enter": enter_claim,
    "claims.confirm": lambda by: claims.confirm(claim=ClaimFactory(), by=by),
    "claims.withdraw": lambda by: claims.withdraw(claim=ClaimFactory(), because="Vergissing", by=by),
    "facts.add": add_fact,
    "facts.change": change_fact,
    "facts.remove": lambda by: facts.remove(fact=FactFactory(), by=by),
    "subscribers.add": lambda by: subscribers.add(
        address="an@lezers.example", wording="Ja", source="markt", by=by
    ),
    "subscribers.change": lambda by: subscribers.change(
        subscriber=SubscriberFactory(), first_name="Bo", groups=[], by=by
    ),
    "subscribers.move": lambda by: subscribers.move(
        subscriber=SubscriberFactory(), address="bo@elders.example", source="mail", by=by
    ),
    "subscribers.leave": lambda by: subscribers.leave(subscriber=SubscriberFactory(), source="mail", by=by),
    "subscribers.fails": lambda by: subscribers.fails(subscriber=SubscriberFactory(), reason="550", by=by),
    "newsletter_groups.add": lambda by: newsletter_groups.add(name="Noord", by=by),
    "newsletter_groups.change": lambda by: newsletter_groups.change(
        group=NewsletterGroupFactory(), name="Zuid", by=by
    ),
    "newsletter_groups.remove": lambda by: newsletter_groups.remove(group=NewsletterGroupFactory(), by=by),
    "sign_up_lists.file": file_list,
    "sign_up_lists.take_away": lambda by: sign_up_lists.take_away(sign_up_list=SignUpListFactory(), by=by),
    "publications.add": lambda by: publications.add(publication=Publication(title="Rapport"), by=by),
    "publications.change": change_publication,
    "publications.remove": lambda by: publications.remove(publication=PublicationFactory(), by=by),
}


def one_event():
    """The consent ledger has lines of its own."""
    ours = TimelineEntry.objects.filter(code__startswith="campaigns.")
    [event] = set(ours.values_list("event", flat=True))
    return event


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_who_may_do_what(verb, alida, ida, loes, otto):
    for person in (loes, otto):
        with pytest.raises(NotAllowed) as caught:
            verb(person)
        assert str(caught.value) == "Dit mag je niet doen. Vraag het iemand van de commissie."
    assert TimelineEntry.objects.count() == 0
    for person in (alida, ida):
        TimelineEntry.objects.all().delete()
        Fact.objects.all().delete()
        Publication.objects.all().delete()
        SignUpList.objects.all().delete()
        NewsletterGroup.objects.all().delete()
        Subscriber.objects.all().delete()
        ConsentEntry.objects.all().delete()
        AudienceLink.objects.all().delete()
        Campaign.objects.filter(asks=None).delete()
        verb(person)
        ours = TimelineEntry.objects.filter(code__startswith="campaigns.")
        assert {(entry.by, entry.event) for entry in ours} == {(person, one_event())}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_a_role_that_was_taken_away_ends_what_somebody_may_do(verb, alida):
    alida.groups.clear()
    with pytest.raises(NotAllowed):
        verb(alida)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_every_verb_leaves_one_line_that_can_be_read(verb, alida, language):
    verb(alida)
    with translation.override(language):
        [line] = {str(entry) for entry in TimelineEntry.objects.filter(event=one_event())}
    assert line.startswith("Alida de Test ")
    assert [sign for sign in ("%(", "?", "{", "campaigns.") if sign in line] == []


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_work_that_nobody_started_is_of_spreekbuis(verb):
    verb(SYSTEM)
    entries = TimelineEntry.objects.filter(event=one_event())
    assert {(entry.by, str(entry).startswith("Spreekbuis ")) for entry in entries} == {(None, True)}
