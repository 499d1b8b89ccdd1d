"""What Django's templates show of Jinja2's."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, **values: Any) -> SafeString:
    """The template ``name`` of `moderation.jinja`, with this page's names and ``values``:
    `{% part "moderation/_decision.html" decision=appeal.decision %}`."""
    page: dict[Any, Any] = context.flatten()
    shown = get_template(name, using="jinja2")
    return mark_safe(shown.render({**page, **values}))  # noqa: S308
