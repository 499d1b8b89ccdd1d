"""The pages of the desk, the same on each of them."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

PLACES = (
    ("queue", _("File de modération"), ()),
    ("appeals", _("Contestations"), ("appeal", "answer", "complaint")),
    ("sanctions", _("Sanctions"), ()),
    ("look", _("Second regard"), ("agreement", "judge_look", "judged_look")),
    ("history", _("Historique"), ("batch",)),
    ("dashboard", _("Tableau de bord"), ()),
    ("lab", _("Laboratoire"), ("lab_term", "lab_pattern")),
    ("digest", _("Résumé par courriel"), ()),
)
"""(name of an address, what it is called, names of the addresses below it)."""


@register.inclusion_tag("moderation/_places.html", takes_context=True)
def desk_places(context: Context) -> dict[str, Any]:
    """Where a moderator can go; « current » is "page", "true" (a page below) or ""."""
    match = context["request"].resolver_match
    here = match.url_name if match and match.app_name == "moderation" else ""
    return {
        "places": [
            {
                "url": reverse(f"moderation:{name}"),
                "label": label,
                "count": name if name == "appeals" else "",
                "current": "page" if here == name else "true" if here in below else "",
            }
            for name, label, below in PLACES
        ],
        "counts": context.get("counts"),
    }
