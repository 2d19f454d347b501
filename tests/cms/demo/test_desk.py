"""What a visitor of the demo finds: something to finish, something to decide, and names to sign in with."""

import pytest
from django.urls import reverse

from cms.demo import desk
from cms.management.commands.demo import Command
from letters.models import Letter
from letters.queries import last_look


@pytest.fixture
def letters(world):
    desk.load(world)
    return {letter.state: letter for letter in Letter.objects.exclude(pk=world.letter.pk)}


def test_a_draft_waits_with_two_things_to_mend_and_everybody_has_an_address(letters):
    draft = letters["draft"]
    assert draft.recipients.count() == 8
    assert [item.finding.quotes for item in last_look.of(draft).items] == [
        ("Bijgaand vindt u een overzicht",),
        ("stadsdopen",),
    ]


def test_bram_waits_for_the_word_of_the_others(letters, client, world):
    proposed = letters["proposed"]
    link = reverse("letters:approval", args=[proposed.pk])
    for name, waits in (("alida", True), ("bram", False)):
        client.force_login(world.users[name])
        html = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (('id="to-decide"' in html), link in html) == (waits, True)


def test_a_second_time_leaves_the_desk_as_it_is(letters, world):
    draft = letters["draft"]
    Letter.objects.filter(pk=draft.pk).update(subject="Anders")
    desk.load(world)
    assert Letter.objects.count() == 4
    assert Letter.objects.get(pk=draft.pk).subject == "Anders"


def test_the_names_that_are_printed_open_the_door(world, client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    command = Command()
    password = command.password()
    doors = command.doors()
    assert doors == ["alida (commissie)", "gerda (redactie)", "hugo (lezer)", "ida (beheer)"]
    for door in doors:
        form = {"username": door.split()[0], "password": password}
        answer = client.post(reverse("wagtailadmin_login"), form)
        assert answer.headers.get("Location") == reverse("wagtailadmin_home")
        client.logout()
