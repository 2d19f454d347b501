"""Page types of campaigns: the newsletters, and the page that lists them."""

from .newsletters import NewsletterIndexPage, NewsletterPage

__all__ = ["NewsletterIndexPage", "NewsletterPage"]
