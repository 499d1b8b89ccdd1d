"""What machines ask first: where to go and where not."""

from django.contrib.sitemaps.views import SitemapIndexItem
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from newsroom.addresses import absolute
from newsroom.sitemaps import SITEMAPS


@require_safe
def sitemap_index(request: HttpRequest) -> TemplateResponse:
    """Every page of every sitemap, so that a crawler finds more than the first."""
    parts = []
    for kind, sitemap in SITEMAPS.items():
        address = absolute(reverse("sitemap_part", args=[kind]))
        for number in sitemap().paginator.page_range:
            query = f"?p={number}" if number > 1 else ""
            parts.append(SitemapIndexItem(f"{address}{query}"))
    return TemplateResponse(
        request,
        "sitemap_index.xml",
        {"sitemaps": parts},
        content_type="application/xml",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Accounts, desk, admin and search results are not for search engines."""
    lines = [
        "User-agent: *",
        "Disallow: /compte/",
        "Disallow: /moderation/",
        "Disallow: /admin/",
        f"Disallow: {reverse('search')}",
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"
    )
