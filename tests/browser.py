"""A real Chromium for tests, and what axe says about a page."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that ends with the block, and with it all it was still asking of the server: a page that keeps the
    draft would otherwise write into the tables while they are emptied for the next test."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            yield browser
            browser.close()
    finally:
        for thread in threading.enumerate():
            if thread.name.endswith("(process_request_thread)"):
                thread.join(timeout=30)


def page_of(browser: Browser, url: str, *, session: str = "", width: int = 1280) -> Page:
    """A page for one person (by the value of her session cookie), as wide as asked."""
    context = browser.new_context(locale="nl-NL", viewport={"width": width, "height": 900})
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    page: Page = context.new_page()
    return page


_IS_WHOLE = """
() => document.readyState === "complete"
  && document.fonts.status === "loaded"
  && [...document.images].every((image) => image.complete || image.loading === "lazy")
  && [...document.querySelectorAll("[data-draftail-input]")]
    .every((input) => input.parentElement.querySelector(".public-DraftEditor-content"))
"""


def whole(page: Page) -> None:
    """Wait until a page is as one sees it: fonts, pictures and editors are there."""
    page.wait_for_function(_IS_WHOLE)


def violations(page: Page, *, inside: str = "") -> list[dict[str, Any]]:
    """What axe finds wrong by WCAG 2.2 A and AA, in the part of the page that is ours: rule, and where."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, context=inside or None, options=options)
    return [
        {"rule": violation["id"], "at": [node["target"] for node in violation["nodes"]]}
        for violation in found.response["violations"]
    ]
