"""Three hundred hostile texts: each is refused in plain Dutch or gives a tree that can do no harm."""

import random
import re

import pytest

from crm.document.mail import to_html
from crm.document.richtext import RichTextError, parse
from crm.document.tree import Link, inlines

REFUSED = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC='https://x.example/x.js'></SCRIPT>",
    "<p><script>alert(1)</p>",
    "<scr<script>ipt>alert(1)</script>",
    "<svg onload='alert(1)'></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<img src='x' onerror='alert(1)'/>",
    "<iframe src='https://x.example'></iframe>",
    "<object data='data:text/html,x'></object>",
    "<form action='https://x.example'><input name='x'/></form>",
    "<style>@import 'https://x.example'</style>",
    "<link rel='stylesheet' href='https://x.example'/>",
    "<meta http-equiv='refresh' content='0'/>",
    "<base href='https://x.example'/>",
    "<template><p>x</p></template>",
    "<p><a href='javascript:alert(1)'>x</a></p>",
    "<p><a href=' JaVaScRiPt:alert(1)'>x</a></p>",
    "<p><a href='java\tscript:alert(1)'>x</a></p>",
    "<p><a href='java\nscript:alert(1)'>x</a></p>",
    "<p><a href='java&#x0A;script:alert(1)'>x</a></p>",
    "<p><a href='&#106;avascript:alert(1)'>x</a></p>",
    "<p><a href='\x01javascript:alert(1)'>x</a></p>",
    "<p><a href='java\u200bscript:alert(1)'>x</a></p>",
    "<p><a href='data:text/html;base64,PHNjcmlwdD4='>x</a></p>",
    "<p><a href='vbscript:x'>x</a></p>",
    "<p><a href='file:///etc/passwd'>x</a></p>",
    "<p><a href='tel:0201234567'>x</a></p>",
    "<p><a href='//x.example'>x</a></p>",
    "<p><a href='/pad'>x</a></p>",
    "<p><a href='#anker'>x</a></p>",
    "<p><a href=''>x</a></p>",
    "<p><a>x</a></p>",
    "<p><a href='https:x.example'>x</a></p>",
    "<p><a href='https://'>x</a></p>",
    "<p><a href='https://[::1'>x</a></p>",
    "<p><a href='https://x.example:99999'>x</a></p>",
    "<p><a href='https:\\\\x.example'>x</a></p>",
    "<p><a href='mailto:a@b.example%0d%0aBcc:c@d.example'>x</a></p>",
    "<p><a href='mailto:a@b@c.example'>x</a></p>",
    "<p><a href='https://x.example' onmouseover='x'>x</a></p>",
    "<p><a href='https://x.example' style='x'>x</a></p>",
    "<p><a href='https://x.example'><a href='https://y.example'>x</a></a></p>",
    "<p><a linktype='page' id='3'>x</a></p>",
    "<p><a linktype='document' id='3' href='javascript:x'>x</a></p>",
    "<p><span data-merge='{{ settings.SECRET_KEY }}'>x</span></p>",
    "<p><span data-merge=''>x</span></p>",
    "<p><span data-merge='datum'><script>x</script></span></p>",
    "<p><span data-merge='datum'><span data-merge='datum'>x</span></span></p>",
    "<p><span data-merge='datum'><a href='https://x.example'>x</a></span></p>",
    "<p><span data-merge='datum'>x</p></span>",
    "<p><span data-fact='k'></span></p>",
    "<b>" * 5000 + "x" + "</b>" * 5000,
    "<p>" * 5000,
    "<ul><li>" * 5000 + "</li></ul>" * 5000,
    "<i>" * 100_000,
    "</p>" * 100_000,
    "<" * 300_000,
    "<!--" * 90_000,
    "<![CDATA[" * 40_000,
    "<?" * 150_000,
    "<a " * 120_000,
    "<a href=\"" * 40_000,
    "<a href='>" * 40_000,
    "<p " + "a " * 150_000 + ">",
    "<p " + "a='1' " * 60_000 + ">x</p>",
    "<p title='" + "x" * 390_000 + "'>x</p>",
    "<p x" + "=" * 300_000 + ">x</p>",
    "<" + "a" * 390_000 + ">",
    "<p><a href='https://" + "x" * 390_000 + ".example'>x</a></p>",
    "<p>&#" + "9" * 300_000 + ";</p>",
    "<p>&#x" + "f" * 300_000 + ";</p>",
    "x" * 400_001,
    "<p><!-- --><b>x</b></p>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>",
    "<?xml version='1.0'?><p>x</p>",
    "<p>a < b</p>",
    "<p>a <",
    "<p/ onclick='x'>x</p>",
    "<p\x00>x</p>",
    "<\x00script>x</script>",
    "<plaintext>",
    "<textarea><p>x</p></textarea>",
    "<noscript><p title='</noscript><img src=x onerror=x>'></noscript>",
    "<p><b><i>x</b></i></p>",
]  # fmt: skip
HARMLESS = [
    "",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
    "<p>javascript:alert(1)</p>",
    "<p>&amp;lt;script&amp;gt;</p>",
    "<p>&#0;&#xD800;&#x110000;&#xFFFE;</p>",
    "<p>&bestaatniet; & && &;</p>",
    "<p>\x00\x01\x1b[31m\u202e\ufffe\ud800</p>",
    "<p>" + "&" * 300_000 + "</p>",
    "<p>" + " " * 300_000 + "x</p>",
    "<p>" + "a\u0301" * 100_000 + "</p>",
    "<p>a</p>" * 40_000,
    "<p></p>" * 50_000,
    "<br/>" * 70_000,
    "<b>x</b> " * 40_000,
    "<ul><li>x</li></ul>" * 20_000,
    "<hr/>" * 70_000,
    ">" * 300_000,
    "\"'>" * 100_000,
]
PIECES = [
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<h2>",
        "</h2>",
        "<br/>",
    ),
    *(
        "<hr/>",
        "x",
        " y ",
        "&lt;",
        "&",
        "<",
        ">",
        '"',
        "'",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<svg/onload=x>",
    ),
    *(
        '<a href="https://x.example">',
        '<a href="javascript:x">',
        "<a href='data:,x'>",
        "</a>",
        "\u00a0",
        "\x00",
    ),
    *(
        '<span data-merge="datum">',
        '<span data-merge="x">',
        '<span data-fact="k">',
        "</span>",
        "&#x",
        "]]>",
        "</",
    ),
]
TAME = [
    piece for piece in PIECES if re.fullmatch(r"</?(?:p|b|i|ul|li|h2|br/|hr/)>|x| y |&lt;|>|\u00a0", piece)
]


def shuffled() -> list[str]:
    """Heaps of loose pieces, half of them with tame pieces only, so that some get far into the reader."""
    dice = random.Random(2025)
    count = 300 - len(REFUSED) - len(HARMLESS)
    return ["".join(dice.choices(TAME if n % 2 else PIECES, k=dice.randint(1, 12))) for n in range(count)]


@pytest.mark.parametrize("html", REFUSED, ids=range(len(REFUSED)))
def test_a_harmful_text_is_refused_in_a_few_sentences(html: str) -> None:
    with pytest.raises(RichTextError) as caught:
        parse(html, fields={"datum"})
    assert 1 <= len(caught.value.messages) <= 10
    assert all(message.endswith(".") and len(message) < 250 for message in caught.value.messages)


@pytest.mark.parametrize("html", [*HARMLESS, *shuffled()], ids=range(300 - len(REFUSED)))
def test_whatever_else_comes_in_no_harm_comes_out(html: str) -> None:
    try:
        document = parse(html, fields={"datum"})
    except RichTextError:
        assert html not in HARMLESS
        return
    links = [inline.href for inline in inlines(document) if isinstance(inline, Link)]
    assert [href for href in links if not re.match(r"https?://|mailto:", href)] == []
    tags = set(re.findall(r"<[^>]*>", to_html(document)))
    allowed = r'</?(?:div|p|h2|h3|ul|ol|li|strong|em|br|hr|a)>|<div lang="nl">|<a href="https://x\.example">'
    assert [tag for tag in tags if not re.fullmatch(allowed, tag)] == []


def test_there_are_three_hundred_of_them() -> None:
    assert len(REFUSED) + len(HARMLESS) + len(shuffled()) == 300
