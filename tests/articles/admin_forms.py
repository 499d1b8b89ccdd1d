"""Filling in an article's form in the back office, as a browser would."""

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article


def change_url(article: Article) -> str:
    return reverse("admin:articles_article_change", args=(article.pk,))


def form_data(page: Any) -> dict[str, Any]:
    """What a browser would send for the form of ``page`` if nobody touched it."""
    forms = [page.context["adminform"].form]
    data: dict[str, Any] = {}
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            widget = bound.field.widget
            if hasattr(widget, "decompress") and hasattr(widget, "widgets"):
                for part, shown in enumerate(
                    widget.get_context("", value, {})["widget"]["subwidgets"]
                ):
                    data[f"{bound.html_name}_{part}"] = shown["value"] or ""
            elif value is True:
                data[bound.html_name] = "on"
            elif value is not False and bound.name != "image":
                data[bound.html_name] = "" if value is None else value
    return data


def edit(desk: Client, article: Article, **typed: Any) -> Any:
    """Open the article's form, type ``typed`` and save. Returns the answer."""
    data = form_data(desk.get(change_url(article)))
    return desk.post(change_url(article), data | typed)


def body(article: Article) -> list[tuple[int, str]]:
    return list(article.blocks.order_by("position").values_list("position", "text"))


def links(article: Article) -> list[tuple[str, int, str]]:
    return list(article.related_links.values_list("placement", "position", "title"))


def version(article: Article) -> int:
    return Article.objects.get(pk=article.pk).version
