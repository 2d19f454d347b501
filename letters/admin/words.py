"""What the editor may insert: facts and standard texts, fetched when a writer asks for them."""

from __future__ import annotations

import json

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, JsonResponse
from django.utils.text import Truncator
from django.views.generic import View
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import get_text_for_indexing

from campaigns.models import Fact
from letters.models import StandardText

from .rich_text import STANDARD_TEXT_FEATURES, about_fact

_WORDS_SHOWN = 20


class WordsView(PermissionRequiredMixin, View):
    """Facts with their source and date, and standard texts as content for the editor."""

    permission_required = "letters.view_letter"
    raise_exception = True

    def get(self, request: HttpRequest) -> JsonResponse:
        """``{"facts": [{key, label, note}], "standard_texts": [{label, note, content}]}``."""
        converter = ContentstateConverter(STANDARD_TEXT_FEATURES)
        return JsonResponse(
            {
                "facts": [
                    {"key": fact.key, "label": fact.words, "note": about_fact(fact)}
                    for fact in Fact.objects.all()
                ],
                "standard_texts": [
                    {
                        "label": text.title,
                        "note": Truncator(get_text_for_indexing(text.body)).words(_WORDS_SHOWN),
                        "content": json.loads(converter.from_database_format(text.body)),
                    }
                    for text in StandardText.objects.all()
                ],
            }
        )
