"""Reading a page as somebody would: its text, its fields, its links."""

from lxml import html


def tree(response):
    return html.fromstring(response.content.decode())


def main(response):
    """What stands on the page itself, without the menu."""
    return tree(response).find_class("sb-page")[0]


def text(response):
    return " ".join(main(response).text_content().split())


def rows(response):
    """The names in a list."""
    return [" ".join(link.text_content().split()) for link in main(response).xpath("//tbody/tr/th//a")]


def link(response, words):
    """Where a link or button with these words leads."""
    [found] = [a for a in main(response).xpath(".//a") if " ".join(a.text_content().split()) == words]
    return found.get("href")


def form(response):
    """The values of the open form, by field."""
    [opened] = main(response).xpath(
        './/form[@method="post" and (@id="formulier" or contains(@class, "sb-card"))]'
    )
    empty = {
        field.get("name"): "" for field in opened.xpath('.//input[@type="text"] | .//textarea | .//select')
    }
    return {**empty, **dict(opened.form_values())}


def errors(response):
    """What is wrong, by field."""
    found = {}
    for wrong in main(response).xpath(
        './/ul[contains(@class, "errorlist") and not(contains(@class, "nonfield"))]'
    ):
        field = wrong.xpath('ancestor::div[contains(@class, "sb-field")]//*[@name]')[0]
        found[field.get("name")] = " ".join(wrong.text_content().split())
    return found


def alert(response):
    """What stands above a form that came back."""
    return " ".join(main(response).xpath('.//*[@role="alert"]')[0].text_content().split())


def said(response):
    """The messages at the top of the page that a form led to."""
    return [str(message) for message in response.context["messages"]]
