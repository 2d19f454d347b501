"""A list on paper from the market: kept as proof, typed over, looked at, and everybody on it is a reader, once."""

import datetime

import pytest
from django.utils import timezone

from campaigns.actions import sign_up_lists, subscribers
from campaigns.models import SignUpList, Subscriber
from campaigns.queries import sign_up_lists as queries
from campaigns.queries.sign_up_lists import Fate
from crm.actions import consents
from crm.actions.action import SYSTEM, NotAllowed, Refused
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import ConsentEntry, TimelineEntry
from tests.campaigns.factories import (
    NewsletterGroupFactory,
    SignUpListFactory,
    SubscriberFactory,
    pdf,
)
from tests.crm.typesetting.photos import photo

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 5, 3)
SAID = {"place": "Markt", "signed_on": DAY, "wording": "Ja, stuur mij de nieuwsbrief."}
LETTERS = {"purpose": "newsletter", "channel": "email"}


@pytest.fixture
def market():
    return SignUpListFactory(place="Markt", signed_on=DAY)


def fates(sign_up_list, typed):
    return [(line.number, line.fate, line.remark) for line in queries.read(sign_up_list, typed)]


def test_a_photo_and_a_scan_are_kept_as_one_pdf(alida):
    kept = sign_up_lists.file(files=[photo(), pdf(2)], **SAID, by=alida)
    assert (str(kept), kept.pages, kept.filed_by) == ("Markt, 3 mei 2025", 3, alida)
    assert kept.file.read().startswith(b"%PDF")
    assert [str(line) for line in TimelineEntry.objects.about(kept)] == [
        "Alida de Test bewaarde de papieren lijst “Markt, 3 mei 2025” (bladzijden: 3)"
    ]


def test_the_same_pages_are_kept_once(alida):
    first = sign_up_lists.file(files=[photo()], **SAID, by=alida)
    with pytest.raises(AlreadyThere) as caught:
        sign_up_lists.file(files=[photo()], **SAID, by=alida)
    assert (caught.value.existing, SignUpList.objects.count()) == (first, 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"place": " "}, "place"), ({"wording": ""}, "wording"), ({"signed_on": None}, "signed_on"),
     ({"signed_on": datetime.date(2999, 1, 1)}, "signed_on"), ({"files": []}, "files")],
)  # fmt: skip
def test_a_list_that_proves_nothing_is_not_kept(alida, values, field):
    with pytest.raises(Invalid) as caught:
        sign_up_lists.file(**{"files": [photo()], **SAID, **values}, by=alida)
    assert (list(caught.value.errors), SignUpList.objects.count()) == ([field], 0)


@pytest.mark.parametrize("data", [b"", b"geen plaatje", b"%PDF-1.7 kapot"])
def test_a_file_that_cannot_be_read_is_refused(alida, data):
    with pytest.raises(Refused):
        sign_up_lists.file(files=[data], **SAID, by=alida)
    assert SignUpList.objects.count() == 0


def test_addresses_are_read_as_people_type_them(market):
    lines = queries.read(
        market,
        "anna@lezers.example\n\n  Bo de Vries <Bo@Lezers.example>\r\n"
        "cor@lezers.example, Cor\nDirk\tdirk@lezers.example;",
    )
    assert [(line.number, line.address, line.name, line.fate) for line in lines] == [
        (1, "anna@lezers.example", "", Fate.ADD),
        (3, "bo@lezers.example", "Bo de Vries", Fate.ADD),
        (4, "cor@lezers.example", "Cor", Fate.ADD),
        (5, "dirk@lezers.example", "Dirk", Fate.ADD),
    ]


def test_what_is_wrong_with_a_line_is_said_in_words(market):
    typed = "anna\nan@\nan@a.example bo@a.example\n" + "x" * 10_000 + " an@a.example\n" + "a" * 10_000
    found = queries.read(market, typed)
    assert [(line.number, line.fate) for line in found] == [(number, Fate.MEND) for number in range(1, 6)]
    assert found[0].remark == ("In deze regel staat geen e-mailadres: er hoort een @ in.")
    assert found[2].remark == "In deze regel staan meer adressen. Zet elk op een eigen regel."
    assert max(len(line.text) for line in found) < 100


def test_who_is_left_alone_or_there_already_is_named(market, alida):
    SubscriberFactory(address="reads@a.example")
    gone = subscribers.add(address="gone@a.example", wording="Ja", source="markt", by=alida)
    subscribers.leave(subscriber=gone, source="belde", by=alida)
    consents.object_to(address="never@a.example", **LETTERS, source="brief", by=alida)
    today = timezone.localtime().strftime("%-d")
    found = fates(market, "reads@a.example\ngone@a.example\nnever@a.example\nnew@a.example\nNEW@a.example")
    assert [fate for _number, fate, _remark in found] == [Fate.SKIP] * 3 + [Fate.ADD, Fate.SKIP]
    remarks = [remark for _number, _fate, remark in found]
    assert remarks[0] == "Krijgt de nieuwsbrief al."
    assert remarks[1].startswith(f"Meldde zich op {today} ")
    assert remarks[2] == "Vroeg ons nooit te schrijven. Wordt niet toegevoegd."
    assert remarks[4] == "Staat al in regel 4."


def test_who_left_before_the_list_is_back_with_it(alida):
    gone = SubscriberFactory(address="gone@a.example")
    consents.withdraw(
        address=gone.address, **LETTERS, source="brief", by=alida,
        decided_at=timezone.make_aware(datetime.datetime(2025, 5, 2, 12)),
    )  # fmt: skip
    ConsentEntry.objects.filter(decision="granted").delete()
    market = SignUpListFactory(signed_on=DAY)
    assert fates(market, gone.address) == [(1, Fate.ADD, "Was afgemeld, en komt met deze lijst terug.")]
    sign_up_lists.add_readers(sign_up_list=market, typed=gone.address, by=alida)
    assert Subscriber.objects.reachable().get() == gone


def test_everybody_comes_in_with_the_day_the_words_and_the_scan_as_proof(market, alida):
    noord = NewsletterGroupFactory(name="Noord")
    market.groups.set([noord])
    typed = "anna@a.example Anna\nbo@a.example"
    assert sign_up_lists.add_readers(sign_up_list=market, typed=typed, by=alida) == 2
    anna = Subscriber.objects.reachable().get(address="anna@a.example")
    assert (anna.first_name, list(anna.groups.all())) == ("Anna", [noord])
    entry = ConsentEntry.objects.get(address=anna.address)
    assert (entry.wording, entry.source) == (market.wording, "lijst op papier: Markt, 3 mei 2025")
    assert (timezone.localdate(entry.decided_at), market.file.sha256 in entry.proof) == (DAY, True)
    assert list(market.readers.all()) == [anna, Subscriber.objects.get(address="bo@a.example")]


def test_sent_twice_everybody_is_there_once(market, alida):
    added = [
        sign_up_lists.add_readers(sign_up_list=market, typed="anna@a.example", by=alida) for _time in "12"
    ]
    assert (added, ConsentEntry.objects.count(), market.readers.count()) == ([1, 0], 1, 1)


def test_while_a_line_is_to_be_mended_nobody_is_added(market, alida):
    with pytest.raises(Refused, match="deze regels, of haal ze weg: 2"):
        sign_up_lists.add_readers(sign_up_list=market, typed="anna@a.example\nbo", by=alida)
    with pytest.raises(Refused):
        sign_up_lists.add_readers(sign_up_list=market, typed=" \n ", by=alida)
    assert Subscriber.objects.count() == 0


def test_a_pile_too_thick_for_once_is_cut_in_parts(market, alida):
    typed = "\n".join(f"lezer{number}@a.example" for number in range(201))
    last = queries.read(market, typed)[-1]
    assert (last.number, last.fate, "hoogstens 200 regels" in last.remark) == (201, Fate.MEND, True)


def test_a_list_is_taken_away_until_it_is_proof(market, alida):
    other = SignUpListFactory()
    sign_up_lists.take_away(sign_up_list=other, by=alida)
    sign_up_lists.add_readers(sign_up_list=market, typed="anna@a.example", by=alida)
    with pytest.raises(Refused, match="het bewijs"):
        sign_up_lists.take_away(sign_up_list=market, by=alida)
    assert list(SignUpList.objects.all()) == [market]


def test_who_may_not_add_readers_adds_none_by_a_list(market, loes):
    with pytest.raises(NotAllowed):
        sign_up_lists.add_readers(sign_up_list=market, typed="anna@a.example", by=loes)
    assert Subscriber.objects.count() == 0
    assert sign_up_lists.add_readers(sign_up_list=market, typed="anna@a.example", by=SYSTEM) == 1
