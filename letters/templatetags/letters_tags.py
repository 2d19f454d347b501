"""Small helpers for the templates of letters."""

from __future__ import annotations

from django import template
from django.urls import reverse

from letters.models import Letter
from letters.queries import states

register = template.Library()


@register.filter
def where_it_is(letter: Letter) -> str:
    """The address of the step where the work on a letter goes on."""
    return reverse(f"letters:{states.current_step(letter)}", args=[letter.pk])
