"""HTML made safe: what goes, what stays, and what a reader is told."""

import pytest

from letters.inbound.html import plain, sanitise

TARGET = 'target="_blank" rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("markup", "safe"),
    [
        ("<p>Hallo <b>jij</b></p>", "<p>Hallo <b>jij</b></p>"),
        ("<script>alert(1)</script>na", "na"),
        ("<style>p{color:red}</style><title>T</title>na", "na"),
        ('<p onclick="x()" id="a" class="b">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">klik</a>', "klik"),
        ('<a href="data:text/html,x">klik</a>', "klik"),
        ('<a href="/relatief">klik</a>', "klik"),
        ("<iframe src='https://x.example'></iframe><object data='x'>o</object>na", "na"),
        ("<form action='https://x.example'><input name=a><button>Verstuur</button></form>", "Verstuur"),
        ("<svg><script>alert(1)</script></svg><math><mi>x</mi></math>na", "na"),
        ("<meta http-equiv=refresh content='0;url=https://x.example'><base href='//x.example'>na", "na"),
        ("<link rel=stylesheet href=https://x.example/a.css>na", "na"),
        ("<!-- weg --><![if !mso]>na<![endif]>", "na"),
        ("<p><o:p>&nbsp;</o:p>na</p>", "<p>&nbsp;na</p>"),
        ("<video src=https://x.example autoplay>film</video>", "film"),
        (
            "<table background='https://x.example/a.png'><tr><td bgcolor=red>a</table>",
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
        (
            '<p style="font-weight: bold; color: white; background: url(//x.example)">a</p>',
            '<p style="font-weight:bold">a</p>',
        ),
        ('<p style="position:fixed;display:none">a</p>', "<p>a</p>"),
        ("a &lt;script&gt; b", "a &lt;script&gt; b"),
        ("", ""),
    ],
)
def test_only_what_is_harmless_stays(markup, safe):
    assert sanitise(markup).html == safe


@pytest.mark.parametrize(
    ("markup", "safe"),
    [
        (
            '<a href="https://ok.example/a">ok.example/a</a>',
            f'<a href="https://ok.example/a" {TARGET}>ok.example/a</a>',
        ),
        (
            '<a href="https://www.kwaad.example/a">https://bank.example</a>.',
            f'<a href="https://www.kwaad.example/a" {TARGET}>https://bank.example</a> <span '
            f'class="mail-target">(kwaad.example)</span>.',
        ),
        (
            '<a href="mailto:a@b.example?subject=x">schrijf ons</a>',
            f'<a href="mailto:a@b.example?subject=x" {TARGET}>schrijf ons</a> <span '
            f'class="mail-target">(a@b.example)</span>',
        ),
        (
            '<a href="https://ok.example.kwaad.example">ok.example</a>',
            f'<a href="https://ok.example.kwaad.example" {TARGET}>ok.example</a> <span '
            f'class="mail-target">(ok.example.kwaad.example)</span>',
        ),
        (
            '<a href="https://b\u0430nk.example">hier</a>',
            f'<a href="https://b%D0%B0nk.example" {TARGET}>hier</a> <span '
            f'class="mail-target">(xn--bnk-6cd.example)</span>',
        ),
        (
            '<a href="https://ok.example@kwaad.example/">ok.example</a>',
            f'<a href="https://ok.example@kwaad.example/" {TARGET}>ok.example</a> <span '
            f'class="mail-target">(kwaad.example)</span>',
        ),
    ],
)
def test_a_link_shows_where_it_leads(markup, safe):
    assert sanitise(markup).html == safe


@pytest.mark.parametrize(
    ("picture", "mark", "images", "trackers"),
    [
        (
            '<img src="https://x.example/a.png" alt="Onze zaal">',
            '<span class="mail-image">[afbeelding: Onze zaal]</span>',
            1,
            0,
        ),
        ('<img src="cid:logo">', '<span class="mail-image">[afbeelding]</span>', 1, 0),
        ('<img src="data:image/png;base64,AA==">', '<span class="mail-image">[afbeelding]</span>', 1, 0),
        ('<img src="https://x.example/p.gif" width="1" height="1">', "", 0, 1),
        ('<img src="https://x.example/p.gif" style="display:none">', "", 0, 1),
        ('<img src="//x.example/p.gif" style="width:1px;height:1px">', "", 0, 1),
        ('<img src="https://x.example/p.gif" height="0" alt="&lt;b&gt;">', "", 0, 1),
        ('<span style="background:url(https://x.example/p.gif)"></span>', "<span></span>", 0, 1),
    ],
)
def test_pictures_become_marks_and_trackers_are_counted(picture, mark, images, trackers):
    safe = sanitise(f"<p>a{picture}</p>")
    assert (safe.html, safe.images, safe.trackers) == (f"<p>a{mark}</p>", images, trackers)


def test_nobody_can_make_our_marks():
    forged = (
        '<span class="mail-target" data-ours="mail-target">(bank.example)</span><details '
        'class="mail-quoted">a</details>'
    )
    assert sanitise(forged).html == "<span>(bank.example)</span>a"


FOLDED = '<details class="mail-quoted"><summary>Eerder bericht</summary>'


@pytest.mark.parametrize(
    ("markup", "safe"),
    [
        (
            "<p>Ja</p><blockquote>Wilt u?</blockquote>",
            f"<p>Ja</p>{FOLDED}<blockquote>Wilt u?</blockquote></details>",
        ),
        (
            '<div>Ja</div><div class="gmail_quote gmail_quote_container"><div>Op ma schreef '
            "A:</div><blockquote>W</blockquote></div>",
            f"<div>Ja</div>{FOLDED}<div><div>Op ma schreef A:</div><blockquote>W</blockquote></div></details>",
        ),
        (
            '<div><p>Ja</p><div><div style="border:none;border-top:solid #E1E1E1 '
            '1.0pt"><p><b>Van:</b> N<br><b>Verzonden:</b> di'
            "</p></div></div><p>Wilt u?</p></div>",
            f"<div><p>Ja</p>{FOLDED}<div><div><p><b>Van:</b> N<br><b>Verzonden:</b> "
            f"di</p></div></div><p>Wilt u?</p></details></div>",
        ),
        (
            '<div>Ja</div><hr><div id="divRplyFwdMsg"><b>From:</b> N</div><div>Wilt u?</div>',
            f"<div>Ja</div><hr>{FOLDED}<div><b>From:</b> N</div><div>Wilt u?</div></details>",
        ),
        (
            "<blockquote>Wilt u?</blockquote><p>Ja</p>",
            f"{FOLDED}<blockquote>Wilt u?</blockquote></details><p>Ja</p>",
        ),
        (
            "<p>a</p><blockquote>b<blockquote>c</blockquote></blockquote>",
            f"<p>a</p>{FOLDED}<blockquote>b<blockquote>c</blockquote></blockquote></details>",
        ),
        ("<blockquote>Alleen dit</blockquote>", "<blockquote>Alleen dit</blockquote>"),
        ("<p>Van: A<br>Verzonden: di</p><p>Alles</p>", "<p>Van: A<br>Verzonden: di</p><p>Alles</p>"),
    ],
)
def test_earlier_messages_can_be_folded_unless_nothing_is_left(markup, safe):
    assert sanitise(markup).html == safe


def test_what_was_passed_on_is_not_folded():
    assert (
        sanitise("<p>Zie</p><blockquote>b</blockquote>", fold=False).html
        == "<p>Zie</p><blockquote>b</blockquote>"
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Een</p><p>Twee</p>", "Een\n\nTwee"),
        ("<div>Een</div><div>Twee<br>drie</div>", "Een\nTwee\ndrie"),
        ("Een\n   twee&nbsp;drie", "Een twee drie"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<p>Ja</p><blockquote><p>Wilt</p><p>u?</p></blockquote><p>Nee</p>", "Ja\n\n> Wilt\n>\n> u?\n\nNee"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n>> b"),
        (
            '<a href="https://x.example/">hier</a>, <a href="https://x.example/a">x.example/a</a>',
            "hier <https://x.example/>, x.example/a",
        ),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        (
            "<b>Van:</b> Jan &lt;<a href='mailto:j@x.example'>j@x.example</a>&gt;<br><b>Aan:</b> P",
            "Van: Jan <j@x.example>\nAan: P",
        ),
        ("<div>" * 500 + "diep<br>onder" + "</div>" * 500, "diep\nonder"),
        ("<ul><li>" * 150 + "x", "x"),
    ],
)
def test_html_as_text(markup, text):
    assert plain(markup).replace("- " * 150, "") == text


@pytest.mark.parametrize("depth", [10, 199, 201, 300, 5_000])
def test_no_word_is_lost_however_deep(depth):
    markup = "".join(f"<div>w{index} " for index in range(depth))
    shown = sanitise(markup).html
    assert [f"w{index}" for index in range(depth) if f"w{index} " not in shown.replace("<", " <")] == []
    assert plain(markup).split() == [f"w{index}" for index in range(depth)]
