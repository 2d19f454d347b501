"""Words of a newsletter in a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from crm.document.mail import to_html
from crm.document.tree import Document

register = template.Library()


@register.filter
def as_html(text: Document) -> SafeString:
    """A tree as HTML; it holds no other markup than ours."""
    return mark_safe(to_html(text))
