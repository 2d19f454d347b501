"""The body of what we write back: as it was typed, with links whole and nothing that runs."""

from letters.render.replies import to_html, to_text


def test_an_address_of_a_page_is_linked_whole():
    html = to_html("Zie https://brug.example/?a=1&b=2.\nEn <script>alert(1)</script>")
    assert '<a href="https://brug.example/?a=1&amp;b=2">https://brug.example/?a=1&amp;b=2</a>.<br>' in html
    assert "<script>" not in html


def test_their_words_stand_under_ours_and_a_long_message_is_cut():
    text = to_text("Dank.", attribution="Anna schreef:", quoted="een\n\ntwee\n" + "regel\n" * 300)
    assert text.startswith("Dank.\n\nAnna schreef:\n> een\n>\n> twee\n")
    assert text.endswith("> […]\n")


def test_without_a_message_nothing_is_quoted():
    assert to_text(" Dank. \r\n") == "Dank.\n"
