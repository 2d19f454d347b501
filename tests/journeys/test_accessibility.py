"""Every screen of the main job, on a laptop and on a phone, through the eyes of axe."""

import socket
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from campaigns.models import Ask, Campaign, Claim, SignUp
from campaigns.pages import NewsletterPage
from campaigns.queries import subscribers
from cms.demo import follow_ups, incoming, job, newsletters, positions, talks, world
from crm.actions import one_shot
from crm.models import FollowUp, Organisation, Person, Segment, User
from crm.queries import due
from crm.queries.follow_ups import DUE
from letters.actions import agendas, approvals, letters, recipients, replying
from letters.models import Answer, Commitment, Letter, Meeting, Paper, Talk
from tests.browser import chromium, page_of, violations, whole
from tests.campaigns.factories import NewsletterGroupFactory, SignUpListFactory, SubscriberFactory
from tests.crm.factories import DueLineFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before any test has said where its static files are.
    pytest.mark.filterwarnings("ignore:No directory at"),
]

STEPS = ["text", "recipients", "last_look", "approval", "dispatch", "follow"]


@pytest.fixture
def demo(settings, tmp_path, free_port):
    settings.VAR_DIR = tmp_path
    settings.SMTP_IS_LOCAL = True
    settings.LOCAL_MAILBOX_PORT = free_port
    settings.SMTP = {**settings.SMTP, "host": "127.0.0.1", "port": free_port, "security": "none"}
    loaded = world.load()
    outcome = job.run(loaded, say=lambda text: None)
    incoming.load(loaded, outcome.letter)
    follow_ups.load(loaded, outcome.letter)
    positions.load(loaded)
    talks.load(loaded, outcome.letter)
    settings.MAILCHIMP_STANDIN = tmp_path / "mailchimp.sqlite3"
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    settings.MAILCHIMP_STANDIN_PORT = port
    settings.MAILCHIMP = {**settings.MAILCHIMP, "host": f"http://127.0.0.1:{port}/3.0"}
    newsletters.load(loaded)
    return loaded


def addresses(demo):
    """The screens, and those that anybody may see."""
    sent = Letter.objects.get(pk=demo.letter.pk)
    draft = letters.start_from(earlier=sent, by=demo.author)
    recipients.add(letter=draft, organisations_=Organisation.objects.filter(kind="party")[:3], by=demo.author)
    ours = [reverse(f"letters:{step}", args=[letter.pk]) for letter in (sent, draft) for step in STEPS]
    ours += [
        reverse(f"letters:{name}")
        for name in (
            "index",
            "start",
            "record_past",
            "incoming",
            "turns",
            "absence",
            "commitments",
            "note_commitment",
            "agendas",
            "meetings",
            "plan_meeting",
        )
    ]
    answer = Answer.objects.filter(recipient__letter=sent, recipient__name="De Brug").first()
    replying.start(recipient=answer.recipient, answer=answer, by=demo.author)
    ours += [
        reverse("letters:thread", args=[sent.pk, answer.recipient_id]),
        reverse("letters:incoming_message", args=[answer.place.message_id]),
        *talking(sent),
        reverse("letters:commitment", args=[Commitment.objects.get(side="ours").pk]),
        reverse("letters:change_commitment", args=[Commitment.objects.get(side="theirs").pk]),
        reverse("letters:agenda", args=[agendas.make(held_on=timezone.localdate(), by=demo.author).pk]),
        reverse("letters:waiting", args=[demo.planned_report.pk]),
        reverse("publicaties:inspect", args=[demo.planned_report.pk]),
    ]
    ours += [
        reverse(f"crm:{name}")
        for name in (
            "organisation_list",
            "organisation_add",
            "person_list",
            "person_add",
            "segment_list",
            "search",
            "follow_up_list",
            "follow_up_add",
            "portfolio",
            "recess_list",
        )
    ]
    late = FollowUp.objects.first()
    ours += [f"{reverse('crm:follow_up_list')}?toon={which}" for which in ("iedereen", "klaar")]
    ours += [reverse("crm:follow_up", args=[late.pk])]
    ours += [
        reverse("crm:follow_up_verb", args=[late.pk, verb])
        for verb in ("iemand-anders", "niet-nodig", "wijzigen")
    ]
    ours += reading()
    ours += [
        reverse("campaigns:index"),
        reverse("campaigns:claim_add"),
        reverse("campaigns:matrix", args=[Campaign.objects.get().pk]),
        reverse("campaigns:asks", args=[Campaign.objects.get().pk]),
        reverse(
            "campaigns:cell", args=[Ask.objects.all()[1].pk, Organisation.objects.get(name="De Brug").pk]
        ),
        Claim.objects.get(confirmed_at=None).get_absolute_url(),
        reverse("crm:organisation", args=[Organisation.objects.get(name="De Brug").pk]),
        reverse("crm:person", args=[Person.objects.first().pk]),
        reverse("crm:segment", args=[Segment.objects.first().pk]),
        f"{reverse('crm:due_line')}?{urlencode({'over': waiting(demo).url, 'doe': 'iemand-anders'})}",
        reverse("newsletters:index"),
        *(reverse("newsletters:issue", args=[one.pk]) for one in NewsletterPage.objects.all()),
        reverse("local_mailbox"),
        reverse("wagtailadmin_home"),
    ]
    return ours


def reading():
    """The screens of who reads the newsletter."""
    market = SignUpListFactory(place="Buurtmarkt op het Javaplein")
    group = NewsletterGroupFactory(explanation="Vier keer per jaar nieuws uit Noord")
    anna = SubscriberFactory()
    anna.groups.add(group)
    market.readers.add(anna)
    kept = SignUpListFactory()
    return [
        *(
            reverse(f"readers:{name}")
            for name in ("index", "add", "groups", "group_add", "lists", "list_add")
        ),
        *(reverse(f"readers:{name}", args=[anna.pk]) for name in ("reader", "change", "move", "leave")),
        *(reverse(f"readers:{name}", args=[group.pk]) for name in ("group_change", "group_remove")),
        *(reverse("readers:list", args=[one.pk]) for one in (market, kept)),
        reverse("readers:list_take_away", args=[kept.pk]),
    ]


def waiting(demo):
    """Something that waits for the author and that is no follow-up."""
    lines = due.of(demo.author, timezone.localdate(), limit=25, without=[DUE]).lines
    return lines[0]


def talking(sent):
    """The screens of calls, planned talks and paper."""
    meeting, paper = Meeting.objects.get(), Paper.objects.get()
    threads = {Talk.objects.get().recipient_id, meeting.recipient_id, paper.recipient_id}
    return [
        *(reverse("letters:thread", args=[sent.pk, pk]) for pk in threads),
        *(reverse(f"letters:{name}", args=[sent.pk, paper.recipient_id]) for name in ("talk", "paper")),
        reverse("letters:choose_paper", args=[sent.pk]),
        *(
            reverse(f"letters:{name}", args=[meeting.pk])
            for name in ("meeting", "change_meeting", "report_meeting")
        ),
        f"{meeting.organisation.get_absolute_url()}contact/",
    ]


def check(page, base, paths, inside):
    found = {}
    for path in paths:
        answer = page.goto(base + path)
        assert answer.status in (200, 404, 410), f"{path}: {answer.status}"
        whole(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        wrong = violations(page, inside=inside)
        if wide:
            wrong.append({"rule": "wider than the screen", "at": []})
        if wrong:
            found[path] = wrong
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_in_the_way_of_anybody(live_server, client, demo, width):
    client.force_login(demo.author)
    paths = addresses(demo)
    with chromium() as browser:
        page = page_of(browser, live_server.url, session=client.cookies["sessionid"].value, width=width)
        assert check(page, live_server.url, paths, ".sb-page") == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_public_side_too(live_server, demo, letter_to_decide, buttons_of_monday, width):
    letter = Letter.objects.get(pk=demo.letter.pk)
    paths = [
        "/",
        "/nieuwsbrieven/",
        NewsletterPage.objects.live().get().url,
        reverse("letters_public:letter", args=[letter.reference]),
        letter_to_decide,
        *buttons_of_monday,
        *newsletter(),
        "/bestaat-niet/",
        reverse("wagtailadmin_login"),
        reverse("wagtailadmin_password_reset"),
    ]
    with chromium() as browser:
        page = page_of(browser, live_server.url, width=width)
        assert check(page, live_server.url, paths, "body") == {}


def newsletter():
    """The pages on which somebody signs up, says yes, chooses and leaves."""
    NewsletterGroupFactory(explanation="Vier keer per jaar nieuws uit Noord")
    anna, left = SubscriberFactory(), SubscriberFactory(left=True)
    made = SignUp.objects.create(
        address="bo@lezers.example", wording=subscribers.wording(), wording_version="1"
    )
    return [
        *(reverse(f"newsletter:{name}") for name in ("sign_up", "asked", "fresh_link")),
        reverse("newsletter:confirm", args=[made.give_token()]),
        reverse("newsletter:confirm", args=["onbekend"]),
        *(
            urlsplit(url_of(one)).path
            for url_of in (subscribers.preferences_url, subscribers.unsubscribe_url)
            for one in (anna, left)
        ),
        reverse("newsletter:preferences", args=["onbekend"]),
    ]


@pytest.fixture
def letter_to_decide(demo):
    """The address of a personal link."""
    note = letters.start(by=demo.author, subject="Dank voor het gesprek", body="<p>Dank voor uw tijd.</p>")
    recipients.add(letter=note, organisations_=Organisation.objects.filter(name="De Brug"), by=demo.author)
    round_ = approvals.ask(letter=note, by=demo.author)
    return reverse("letters_public:decide", args=[approvals.link_for(round_, demo.committee[1])])


@pytest.fixture
def buttons_of_monday(demo):
    """The addresses of the buttons of one line of the Monday mail, and of one for something that is done."""
    alida = User.objects.get(username="alida")
    late, done = FollowUp.objects.filter(done_at=None)[0], FollowUp.objects.exclude(done_at=None)[0]
    verbs = ("gedaan", "volgende-week", "iemand-anders", "niet-nodig")
    token = one_shot.link_for(late, alida)
    other = one_shot.link_for(DueLineFactory(user=alida), alida)
    over = one_shot.link_for(done, alida)
    return [
        *(reverse("crm_public:due", args=[token, verb]) for verb in verbs),
        reverse("crm_public:due", args=[other, "niet-nodig"]),
        reverse("crm_public:due", args=[over, "gedaan"]),
    ]
