"""The newsletter: one page per issue, which is also its place in the archive on the site."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from campaigns.mjml import render
from campaigns.models import NewsletterGroup

from .blocks import NewsletterBlock
from .composing import Composed, compose
from .previewing import MODES, SIZES, preview


class NewsletterIndexPage(Page):
    """One row: the newsletters that were sent, the newest first."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["campaigns.NewsletterPage"]
    max_count = 1
    template = "campaigns/newsletters/archive.html"

    class Meta:
        verbose_name = _("archive of newsletters")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``issues``, the newest first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["issues"] = NewsletterPage.objects.child_of(self).live().order_by("-first_published_at")
        return context


class NewsletterPage(Page):
    """One row per issue of the newsletter. What was mailed of it stands fixed in ``campaigns.Mailing``."""

    subject = models.CharField(
        _("subject"),
        max_length=150,
        blank=True,
        help_text=_("What readers see first, in their list of mail."),
    )
    preheader = models.CharField(
        _("line behind the subject"),
        max_length=150,
        blank=True,
        help_text=_(
            "Mail programs show it behind the subject. Say what is in it, not that it is a newsletter."
        ),
    )
    sender_name = models.CharField(
        _("name of the sender"), max_length=100, blank=True, help_text=_("Empty: the name of the network.")
    )
    reply_to = models.EmailField(
        _("where answers go"), blank=True, help_text=_("Empty: the e-mail address of the network.")
    )
    group = models.ForeignKey(
        NewsletterGroup, verbose_name=_("to which readers"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+", help_text=_("Empty: all readers."),
    )  # fmt: skip
    plain_text = models.TextField(
        _("text without layout"),
        blank=True,
        help_text=_("For mail programs that show no layout. Empty: made from what stands in it."),
    )
    body = StreamField(NewsletterBlock(), verbose_name=_("what stands in it"), blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("subject"), FieldPanel("preheader")], heading=_("In the list of mail")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("group"),
                FieldPanel("sender_name"),
                FieldPanel("reply_to"),
                FieldPanel("plain_text"),
            ],
            heading=_("To whom, and from whom"),
        ),
    ]
    parent_page_types = ["campaigns.NewsletterIndexPage"]
    subpage_types: list[str] = []
    template = "campaigns/newsletters/page.html"
    preview_modes = MODES
    preview_sizes = SIZES

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")

    def composed(self) -> Composed:
        """The issue that this page is now."""
        return compose(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``parts``: the kind and the value of each block."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        composed = self.composed()
        kinds = [child.block_type for child in self.body]
        context["parts"] = list(zip(kinds, composed.issue.blocks, strict=True))
        return context

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse | TemplateResponse:
        """The mail as readers see it; on the site in the mode of that name."""
        if mode_name == "site":
            return super().serve_preview(request, mode_name)
        return preview(render.render(self.composed().issue, text=self.plain_text), mode_name)
