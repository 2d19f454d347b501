"""What a browser sends where a number belongs never breaks a screen."""

import pytest
from django.urls import reverse

from letters.actions import approvals
from letters.actions.approvals import link_for
from tests.letters.stories import accept_warnings

pytestmark = pytest.mark.django_db
ODD = ["abc", "²", "9" * 5000, "-1", ""]
POSTS = [
    ("recipients", {"do": "pick", "segment": None, "day": "29-7-2025"}),
    ("recipients", {"do": "remove", "recipient": None}),
    ("recipients", {"do": "add", "who": "organisation-{}"}),
    ("approval", {"do": "remind", "user": None}),
    ("approval", {"do": "remark", "remark": "Anders", "paragraph": None, "content_hash": "x"}),
    ("dispatch", {"do": "posted", "posted_on": "29-7-2025", "except": None, "not": None}),
    ("follow", {"do": "resend", "recipient": None, "value": "nieuw@brug.example"}),
    ("follow", {"do": "resolve", "dispatch": None, "choice": "accepted", "reason": "Gebeld."}),
]


@pytest.mark.parametrize("odd", ODD, ids=["letters", "superscript", "endless", "negative", "nothing"])
@pytest.mark.parametrize(("step", "form"), POSTS)
def test_a_screen_of_a_letter_answers(client, alida, letter, step, form, odd):
    client.force_login(alida)
    values = {name: odd if value is None else value.format(odd) for name, value in form.items()}
    answer = client.post(reverse(f"letters:{step}", args=[letter.pk]), values)
    assert answer.status_code in (302, 404)


@pytest.mark.parametrize("odd", ODD, ids=["letters", "superscript", "endless", "negative", "nothing"])
def test_the_personal_link_answers(client, alida, bram, letter, odd):
    accept_warnings(letter, alida)
    url = reverse("letters_public:decide", args=[link_for(approvals.ask(letter=letter, by=alida), bram)])
    answer = client.post(url, {"do": "remark", "remark": "Anders", "paragraph": odd, "content_hash": "x"})
    assert answer.status_code == 409
    assert client.get(url + "brief.pdf", {"aan": odd}).status_code == 404
