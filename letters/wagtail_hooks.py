"""Registration of the room letters with Wagtail: addresses, menu, rich text."""

from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.rich_text import FeatureRegistry

from .admin import menu, rich_text


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """The screens of letters."""
    return [path("brieven/", include("letters.admin.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> str:
    """What letters add to the look of our screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("letters/letters.css"))


@hooks.register("register_admin_viewset")
def viewsets() -> ViewSetGroup:
    """The menu Letters with its supplies."""
    return menu.LettersGroup()


@hooks.register("register_rich_text_features")
def rich_text_features(features: FeatureRegistry) -> None:
    """Chips, facts, standard texts and links to the outside."""
    rich_text.register(features)
