"""Recording a letter of the past: on one screen, with remarks beside the fields and nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from crm.models import Organisation, OrganisationKind, Segment, TimelineEntry
from letters.models import Letter, LetterState
from tests.crm.admin.pages import alert, errors, main, said, text
from tests.letters.admin.samples import one_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def alida_in(client, alida, letterhead):
    client.force_login(alida)
    return client


def pdf(data):
    return SimpleUploadedFile("brief.pdf", data, content_type="application/pdf")


def record(client, *recipients, follow=False, **changes):
    values = {
        "subject": "Oude brief",
        "sent_on": "1 maart 2024",
        "channel": "post",
        "recipients": [recipient.pk for recipient in recipients],
        "pdf": pdf(one_page()),
    }
    return client.post(reverse("letters:record_past"), values | changes, follow=follow)


def boxes(response):
    """The boxes to choose recipients with: their words, and whether they are checked."""
    return {
        " ".join(label.text_content().split()): label.find("input").get("checked") is not None
        for label in main(response).xpath('.//*[contains(@class, "sb-pick-list")]/label')
    }


def test_a_past_letter_is_recorded_on_one_screen(alida_in, parties):
    response = record(alida_in, parties[0], follow=True)
    letter = Letter.objects.get()
    assert (letter.state, letter.recipients.get().organisation) == (LetterState.RECORDED, parties[0])
    assert TimelineEntry.objects.about(parties[0]).filter(code="letters.recorded").count() == 1
    assert said(response) == [f"Vastgelegd: {letter}, verstuurd naar één organisatie."]


def test_a_group_ticks_its_members_as_a_beginning(alida_in, parties):
    Organisation.objects.filter(pk=parties[0].pk).update(kind=OrganisationKind.PRESS)
    group = Segment.objects.create(name="Pers", criteria={"kind": ["press"]})
    page = alida_in.get(reverse("letters:record_past"), {"groep": group.pk})
    assert "Een organisatie van “Pers” is hieronder aangevinkt, zoals de groep nu is." in text(page)
    assert [name for name, checked in boxes(page).items() if checked] == ["De Waag (pers)"]
    assert "Pers (1)" in text(page)


@pytest.mark.parametrize("group", ["", "0", "x", "99999999999999999999"])
def test_an_unknown_group_ticks_nobody(alida_in, parties, group):
    page = alida_in.get(reverse("letters:record_past"), {"groep": group})
    assert not any(boxes(page).values())


def test_what_was_recorded_by_mistake_is_removed_from_its_own_screen(alida_in, parties):
    page = record(alida_in, parties[0], follow=True)
    assert "Verwijder deze brief" in text(page)
    gone = alida_in.post(
        reverse("letters:follow", args=[Letter.objects.get().pk]), {"do": "remove"}, follow=True
    )
    assert said(gone) == ["Verwijderd: Oude brief."]
    assert not Letter.objects.exists()


def test_every_organisation_is_a_box_that_tells_it_apart(alida_in, parties):
    Organisation.objects.filter(pk=parties[0].pk).update(short_name="DW")
    page = alida_in.get(reverse("letters:record_past"))
    # Without scripts nothing is hidden but what needs one.
    assert (
        len(main(page).xpath(".//*[@data-pick-tools]"))
        == len(main(page).xpath(".//*[@data-pick-tools][@hidden]"))
        == 2
    )
    assert boxes(page) == {
        "De Waag (DW, partij)": False,
        "Samenspraak (partij)": False,
        "Stadslijst (partij)": False,
        "Zonder Adres (partij)": False,
    }


def test_what_is_still_empty_is_named_beside_the_field(alida_in, parties):
    response = record(alida_in, parties[0], parties[2], subject="", sent_on="", pdf="")
    assert (response.status_code, errors(response)) == (
        422,
        {
            "subject": "Vul nog in: “Waar ging de brief over?”.",
            "sent_on": "Vul nog in: “Wanneer is hij verstuurd?”.",
            "pdf": "Kies nog een bestand bij “De brief als pdf”.",
        },
    )
    assert alert(response) == "Er is nog niets bewaard. Kijk bij de velden met een opmerking."
    assert [name for name, checked in boxes(response).items() if checked] == [
        "De Waag (partij)",
        "Samenspraak (partij)",
    ]


REFUSED = {
    "nobody": ({"recipients": []}, {"recipients": "Kies aan wie de brief ging."}),
    "no PDF": ({"pdf": pdf(b"dit is geen pdf")}, "pdf"),
    "an empty PDF": ({"pdf": pdf(b"")}, {"pdf": "Dit bestand is leeg. Kies een ander bestand."}),
    "a day to come": ({"sent_on": "1-1-2999"}, "sent_on"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_stands_beside_its_field(alida_in, parties, case):
    changes, expected = REFUSED[case]
    found = errors(record(alida_in, parties[0], **changes))
    assert (found if isinstance(expected, dict) else list(found)) == (
        expected if isinstance(expected, dict) else [expected]
    )
    assert not Letter.objects.exists()


def test_a_reference_that_is_taken_is_said_and_the_file_asked_for_again(alida_in, parties):
    record(alida_in, parties[0], reference="NAS 24/7")
    response = record(alida_in, parties[1], reference="NAS 24/7")
    assert list(errors(response)) == ["reference"]
    assert "Kies het bestand opnieuw: je browser onthoudt het niet." in text(response)
    assert Letter.objects.count() == 1
