"""What the demo asks of the parties, before anything came back."""

from campaigns.models import Ask, Campaign, Claim
from cms.demo import positions
from cms.demo.fixtures import read


def test_it_asks_three_things_that_the_letter_asks(world):
    positions.load(world)
    assert [str(theme) for theme in Campaign.objects.get().themes.all()] == ["ontmoeting", "vergrijzing"]
    sentences = list(Ask.objects.values_list("proposed_text", flat=True))
    letter = read("mended-letter")["body"]
    told = ["een bijdrage voor meerdere jaren", "betaalbare ruimte", "één aanspreekpunt bij de gemeente"]
    assert [
        words in sentence and words in letter for words, sentence in zip(told, sentences, strict=True)
    ] == [True] * 3


def test_what_was_said_in_a_message_waits_for_that_message(world):
    positions.load(world)
    assert [(str(claim), claim.source_words) for claim in Claim.objects.all()] == [
        ("De Brug: deels", "gesprek op de buurtmarkt in Noord, verslag van Bram")
    ]


def test_a_second_load_leaves_what_somebody_changed(world):
    positions.load(world)
    Ask.objects.filter(title="Eén aanspreekpunt bij de gemeente").update(title="Eén loket")
    positions.load(world)
    assert Ask.objects.filter(title="Eén loket").count() == 1
    assert Ask.objects.count() == 3
