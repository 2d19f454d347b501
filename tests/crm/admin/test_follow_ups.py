"""The action list on screen: the tabs, the buttons, adding, and the switch of the Monday mail."""

import datetime

import pytest
from django.utils import timezone

from crm.models import FollowUp
from tests.crm.admin.pages import alert, errors, form, link, main, said, text
from tests.crm.conftest import _with_role
from tests.crm.factories import FollowUpFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/actielijst/"
ADD = f"{LIST}nieuw/"


@pytest.fixture
def bram(db):
    return _with_role("bram", "Commissie")


@pytest.fixture
def call(alida):
    return FollowUpFactory(words="Bel De Brug", owner=alida, subject=OrganisationFactory(name="De Brug"))


def later(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def typed(day):
    return f"{day.day}-{day.month}-{day.year}"


def shown(response):
    """What stands in the list."""
    lists = main(response).xpath('.//section[@aria-label="Action list"]//li/a[@class="sb-main"]')
    return [link.text_content() for link in lists]


def buttons(response):
    found = main(response).xpath('.//section[@aria-label="Action list"]//*[contains(@class, "button")]')
    return [" ".join(button.text_content().split()).partition(":")[0] for button in found]


def test_the_tabs_lead_to_the_lists(member, alida, bram, call):
    FollowUpFactory(words="Zaal vragen")
    FollowUpFactory(words="Mail De Waag", owner=bram, as_overdue=True)
    FollowUpFactory(words="Gedaan", as_done=True)
    assert shown(member.get(LIST)) == ["Bel De Brug", "Zaal vragen"]
    assert (
        "One thing on the action list is for you. One thing is for all of us: whoever comes first."
        in text(member.get(LIST))
    )
    assert shown(member.get(LIST, {"toon": "iedereen"})) == ["Mail De Waag", "Bel De Brug", "Zaal vragen"]
    assert shown(member.get(LIST, {"toon": "te-laat"})) == ["Mail De Waag"]
    assert shown(member.get(LIST, {"toon": "klaar"})) == ["Gedaan"]
    assert member.get(LIST, {"toon": "anders"}).status_code == 404


def test_a_row_says_who_when_and_about_what(member, call):
    FollowUp.objects.update(due_on=timezone.localdate())
    words = text(member.get(LIST))
    assert "Bel De Brug Alida de Test · today · De Brug Done: Bel De Brug Next week: Bel De Brug" in words
    assert link(member.get(LIST), "De Brug") == call.subject.get_absolute_url()


@pytest.mark.parametrize("toon", ["", "iedereen", "te-laat", "klaar"])
def test_an_empty_list_says_what_to_do_next(member, toon):
    assert main(member.get(LIST, {"toon": toon})).xpath('.//p[@class="sb-card"]')


def test_thirty_rows_cost_what_one_costs(member, django_assert_num_queries, django_assert_max_num_queries):
    FollowUpFactory(subject=OrganisationFactory())
    FollowUpFactory(subject=PersonFactory())
    member.get(LIST)
    with django_assert_max_num_queries(40) as few:
        member.get(LIST)
    for _number in range(14):
        FollowUpFactory(subject=OrganisationFactory())
        FollowUpFactory(subject=PersonFactory())
    with django_assert_num_queries(len(few)):
        response = member.get(LIST)
    assert len(shown(response)) == 25
    assert len(shown(member.get(link(response, "Next page").replace("?", f"{LIST}?")))) == 5


def test_done_and_next_week_are_one_press_and_lead_back_to_the_list(member, call):
    response = member.post(f"{LIST}{call.pk}/volgende-week/", {"terug": "iedereen"})
    assert response.headers["Location"] == f"{LIST}?toon=iedereen"
    call.refresh_from_db()
    assert call.due_on == later(7)
    response = member.post(f"{LIST}{call.pk}/gedaan/", {"terug": "https://elders.example"}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert said(response)[-1] == "Done: “Bel De Brug”."
    call.refresh_from_db()
    assert not call.is_open


def test_a_second_press_on_what_is_done_says_by_whom(member, call, bram):
    FollowUp.objects.update(done_at=timezone.now(), done_by=bram)
    response = member.post(f"{LIST}{call.pk}/volgende-week/")
    assert (response.status_code, "This was done already, by Bram de Test." in alert(response)) == (422, True)
    member.post(f"{LIST}{call.pk}/terug/", {"terug": "klaar"})
    call.refresh_from_db()
    assert call.is_open


def test_somebody_else_or_all_of_us(member, call, bram, loes):
    address = f"{LIST}{call.pk}/iemand-anders/"
    options = main(member.get(address)).xpath('.//select[@name="to"]/option/@value')
    assert options == ["", str(bram.pk)]
    assert said(member.post(address, {"to": bram.pk}, follow=True)) == [
        "Bram de Test does “Bel De Brug” now."
    ]
    assert said(member.post(address, {"to": ""}, follow=True)) == ["“Bel De Brug” is for all of us now."]
    assert list(errors(member.post(address, {"to": loes.pk}))) == ["to"]


def test_not_needed_asks_why(member, call):
    address = f"{LIST}{call.pk}/niet-nodig/"
    assert form(member.get(address))["reason"] == ""
    assert list(errors(member.post(address, {"reason": ""}))) == ["reason"]
    member.post(address, {"reason": "Ze belden zelf"})
    assert "Ze belden zelf" in text(member.get(LIST, {"toon": "klaar"}))


def test_changing_it_keeps_what_was_typed_when_something_is_wrong(member, call):
    address = f"{LIST}{call.pk}/wijzigen/"
    sent = form(member.get(address)) | {"words": "Mail De Brug", "due_on": typed(later(-1))}
    response = member.post(address, sent)
    assert (response.status_code, list(errors(response))) == (422, ["due_on"])
    assert form(response)["words"] == "Mail De Brug"
    member.post(address, sent | {"due_on": typed(later(5))})
    call.refresh_from_db()
    assert (call.words, call.due_on) == ("Mail De Brug", later(5))


def test_two_who_change_it_see_both(member, call):
    address = f"{LIST}{call.pk}/wijzigen/"
    sent = form(member.get(address)) | {"words": "Mail De Brug"}
    FollowUp.objects.update(words="Schrijf De Brug")
    response = member.post(address, sent)
    assert response.status_code == 422
    assert "Schrijf De Brug" in text(response)
    assert form(response)["words"] == "Mail De Brug"


def test_the_page_tells_what_happened_with_it(member, call):
    member.post(f"{LIST}{call.pk}/volgende-week/")
    assert "Alida de Test put off “Bel De Brug” until" in text(member.get(f"{LIST}{call.pk}/"))


@pytest.mark.parametrize("make", [OrganisationFactory, PersonFactory])
def test_from_a_dossier_and_back(member, alida, make):
    record = make()
    kind = record._meta.model_name
    dossier = f"/beheer/{'organisaties' if kind == 'organisation' else 'personen'}/{record.pk}/"
    address = link(member.get(dossier), "Put something on the action list")
    page = member.get(address)
    assert f"This is about {record}." in text(page)
    over = main(page).xpath('.//input[@name="over"]/@value')[0]
    sent = {"over": over, "words": "Bel hen", "owner": alida.pk, "due_on": typed(later(3))}
    response = member.post(ADD, sent, follow=True)
    assert response.redirect_chain == [(dossier, 302)]
    assert FollowUp.objects.get().subject == record
    assert link(response, "Bel hen") == f"{LIST}{FollowUp.objects.get().pk}/"


def test_remind_me_reminds_me_whoever_stands_in_the_form(member, alida, bram):
    answer = member.post(ADD, {"words": "Bel hen", "owner": bram.pk, "weeks": "2"}, follow=True)
    made = FollowUp.objects.get()
    assert made.owner == alida
    assert said(answer)[0].startswith("It stands on your action list, by ")


@pytest.mark.parametrize(("weeks", "days"), [("1", 7), ("2", 14), ("4", 28), ("52", None), ("x", None)])
def test_remind_me_in_so_many_weeks(member, alida, weeks, days):
    member.post(ADD, {"words": "Bel hen", "owner": alida.pk, "weeks": weeks})
    made = FollowUp.objects.get()
    assert (made.owner, made.due_on) == (alida, None if days is None else later(days))


def test_without_words_it_says_so_and_the_rest_stays(member, bram):
    organisation = OrganisationFactory(name="De Brug")
    over = f"crm.organisation:{organisation.pk}"
    sent = {"over": over, "words": " ", "owner": str(bram.pk), "due_on": "morgen"}
    response = member.post(ADD, sent)
    assert (response.status_code, list(errors(response))) == (422, ["words"])
    assert form(response) | sent == form(response)
    assert "This is about De Brug." in text(response)


def test_the_same_again_is_only_said(member, call):
    over = f"crm.organisation:{call.subject_id}"
    response = member.post(ADD, {"over": over, "words": "Bel De Brug", "owner": ""}, follow=True)
    assert said(response) == ["That stands on the action list already."]
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("over", ["crm.organisation:999999", "crm.user:1", "onzin", "crm.organisation:²"])
def test_about_what_is_not_there_is_not_found(member, over):
    assert member.get(ADD, {"over": over}).status_code == 404
    assert member.post(ADD, {"over": over, "words": "Bel"}).status_code == 404


def test_a_reader_looks_and_presses_nothing(reader, call):
    response = reader.get(LIST, {"toon": "iedereen"})
    assert (shown(response), buttons(response)) == (["Bel De Brug"], [])
    assert "Monday mail" not in text(response)
    assert "Put something on" not in text(response)
    for address in (ADD, f"{LIST}{call.pk}/gedaan/", f"{LIST}overdragen/"):
        assert reader.get(address).status_code == 302
    reader.post(f"{LIST}{call.pk}/gedaan/")
    call.refresh_from_db()
    assert call.is_open


def test_without_a_role_there_is_no_list(client, otto, call):
    client.force_login(otto)
    assert client.get(LIST).status_code == 302
    assert client.get(f"{LIST}{call.pk}/").status_code == 302


def test_the_monday_mail_is_switched_off_and_on(member, alida):
    response = member.post(f"{LIST}maandagmail/", {"wanted": "no"}, follow=True)
    assert said(response) == ["You get no Monday mail any more."]
    alida.refresh_from_db()
    assert not alida.wants_monday_mail
    assert "Send me the Monday mail" in text(member.get(LIST))
    member.post(f"{LIST}maandagmail/", {"wanted": "yes"})
    alida.refresh_from_db()
    assert alida.wants_monday_mail


@pytest.mark.parametrize("verb", ["verwijderen", "x"])
def test_what_is_no_button_is_not_found(member, call, verb):
    assert member.get(f"{LIST}{call.pk}/{verb}/").status_code == 404
    assert member.get(f"{LIST}999999/").status_code == 404
