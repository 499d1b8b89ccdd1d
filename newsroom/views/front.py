from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.body import opening_of
from articles.listing import BadCursor, front_page, section_page
from articles.models import Section
from moderation.readers import newest_unflagged_comments

OPENING_PARAGRAPHS = 3
QUOTED_COMMENTS = 3


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """« À la une ». A lead story that stands alone opens on the page itself."""
    page = front_page()
    alone = page.lead is not None and not page.seconds
    context = {
        "page_kind": "front",
        "page": page,
        "sections": page.sections,
        "opening": (
            opening_of(page.lead, OPENING_PARAGRAPHS) if page.lead and alone else ()
        ),
        "quoted": newest_unflagged_comments(QUOTED_COMMENTS),
    }
    return render(request, "newsroom/front.html", context)


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Section, slug=slug)
    before = request.GET.get("avant", "")
    try:
        page = section_page(found, before=before)
    except BadCursor as error:
        raise Http404("no such place in a section") from error
    context = {
        "page_kind": "section",
        "section": found,
        "page": page,
        "before": before,
    }
    return render(request, "newsroom/section.html", context)
