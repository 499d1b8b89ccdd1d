"""The queue's page, its live counts, and the articles a moderator keeps an eye on."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from comments.models import Comment
from moderation.alerts.standing import shown_late
from moderation.answers import (
    VEILED,
    ModeratorRequest,
    next_page,
    page_context,
    wants_json,
)
from moderation.asked_again import etag_of, is_known
from moderation.batches import unfinished_batches
from moderation.cards import comment_cards, queue_cards
from moderation.everywhere import comments_page
from moderation.facets import Facets, recent_facets
from moderation.figures import Bounded
from moderation.filter_form import BY_READERS, ME, QueueFilterForm
from moderation.filters import QueueFilters
from moderation.lexicon import unusable_patterns, unusable_terms
from moderation.likeness.comparing import compared
from moderation.likeness.groups import is_of_texts, large_groups
from moderation.models import QueueEntry
from moderation.queue import queue_page
from moderation.ranking import active_ranker
from moderation.recent import renew_old
from moderation.takings import take, taken_by_others
from moderation.views import address_with, can_decide, can_see
from moderation.waiting import (
    count_matching,
    desk_counts,
    live_counts,
    newest_key,
    oldest_wait,
    recent_delays,
    watched_articles,
)
from moderation.watching import unwatch, watch

BACKLOG = 6
"""Articles named with their backlog beside the queue."""


@require_safe
@can_see
def queue(request: ModeratorRequest) -> HttpResponse:
    ranker = active_ranker()
    facets = recent_facets()
    form = QueueFilterForm(
        request.GET, facets, user=request.user, ranked=ranker is not None
    )
    filters = form.filters()
    after = request.GET.get("apres", "")
    newest = newest_key()
    if filters.everywhere:
        found = comments_page(filters, after=after)
        cards, next_after = comment_cards(found.comments), found.next_after
    else:
        ranked = ranker if form.likely_hidden_first else None
        page = queue_page(filters, after=after, ranker=ranked)
        cards, next_after = queue_cards(page.entries), page.next_after
    if is_of_texts(filters.group):
        cards = compared(cards, filters.group)
    waiting = live_counts()
    matching = count_matching(filters) if form.in_use else None
    watched = list(watched_articles(request.user))
    context = {
        "form": form,
        "filters": filters,
        "filtered": form.in_use,
        "unfiltered_url": _unfiltered(request),
        "views": _views(request),
        "cards": cards,
        "selectable": True,
        "all_chosen": request.GET.get("choisir") == "page",
        "choose_url": address_with(request, choisir="page"),
        "choose_none_url": address_with(request, choisir=""),
        "asked": form.asked,
        "unfinished": unfinished_batches(),
        "counts": desk_counts(request.user, waiting),
        "matching": matching,
        "total": _decidable_at_once(filters, matching, waiting),
        "is_first_page": "apres" not in request.GET,
        "first_url": address_with(request, apres=""),
        "next_url": address_with(request, apres=next_after, choisir="")
        if next_after
        else "",
        "live_query": _live_query(request, newest),
        "late": shown_late(),
        "oldest": oldest_wait(),
        "delays": recent_delays(),
        "backlog": facets.articles[:BACKLOG],
        "large_groups": large_groups(),
        "watched": watched,
        "watched_keys": {row.article_id for row in watched},
        "unusable": (
            unusable_patterns()
            if request.user.has_perm("moderation.change_editorpattern")
            else {}
        ),
        "unusable_terms": (
            unusable_terms() if request.user.has_perm("moderation.change_term") else {}
        ),
        **page_context(request),
    }
    return render(request, "moderation/queue.html", context)


@require_safe
@can_see
def counts(request: ModeratorRequest) -> HttpResponse:
    """The counts of the views, and what has come to this one since it was read.

    ``vus`` is the newest key the page knew. The answer is short-lived and never kept;
    its ETag spares the asker what he knows.
    """
    form = QueueFilterForm(request.GET, Facets(), user=request.user, ranked=False)
    filters = form.filters()
    seen = request.GET.get("vus", "")
    known = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else 0
    new = count_matching(filters, newer_than=known) if known else Bounded(0)
    told = ngettext(
        "%(n)s nouveau commentaire", "%(n)s nouveaux commentaires", new.number
    )
    answer = {
        "counts": desk_counts(request.user, live_counts()),
        "new": new.number,
        "notice": told % {"n": new} if new else "",
        "taken": taken_by_others(request.user),
    }
    renew_old()  # pages opened while a desk asks find young figures
    etag = etag_of(answer)
    response: HttpResponse = JsonResponse(answer)
    if is_known(etag, request):
        response = HttpResponseNotModified()
    response["ETag"] = etag
    return response


@require_POST
@can_decide
def watch_article(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Pin an article on one's own desk, or unpin it (``suivre`` is 0)."""
    article = get_object_or_404(Article, pk=pk)
    if request.POST.get("suivre") == "0":
        unwatch(article, by=request.user)
        told = _("Vous ne suivez plus « %(title)s ».")
    else:
        watch(article, by=request.user)
        told = _("Vous suivez « %(title)s ».")
    messages.success(request, told % {"title": article.title})
    return redirect(next_page(request))


@require_POST
@can_decide
def take_comment(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Tell the other desks that this one reads the comment; who was first keeps it."""
    found = get_object_or_404(Comment, pk=pk)
    mine = take(found, by=request.user)
    told = "" if mine else taken_by_others(request.user).get(pk, "")
    if wants_json(request):
        return JsonResponse({"taken": told})
    if mine:
        messages.success(request, _("Les autres modérateurs voient que vous le lisez."))
    elif told:
        messages.info(request, f"{told}.")
    return redirect(next_page(request))


@require_POST
@can_see
def veil(request: ModeratorRequest) -> HttpResponse:
    """Cover the gravest texts on one's own desk until each is asked for, or no more."""
    request.session[VEILED] = request.POST.get("voiler") == "1"
    return redirect(next_page(request))


def _decidable_at_once(
    filters: QueueFilters, matching: Bounded | None, waiting: dict[str, int]
) -> Bounded | None:
    """How many comments « everything » decides here: what waits, so none elsewhere."""
    if filters.everywhere:
        return None
    if matching is not None:
        return matching
    if filters.reported:
        return Bounded(waiting["reported"])
    if filters.rank is None:
        return Bounded(waiting["pending"] + waiting["flagged"])
    return Bounded(waiting[QueueEntry.Rank(filters.rank).name.lower()])


def _views(request: HttpRequest) -> list[dict[str, Any]]:
    """The queue's views, with the other filters kept."""
    asked = request.GET
    state, by = asked.get("etat", ""), asked.get("par", "")
    readers = asked.get("lecteurs", "")
    others = "" if by == ME else by
    known = (
        ("", "", others, _("Toute la file"), ""),
        ("attente", "", others, _("À modérer"), "pending"),
        ("signales", "", others, _("Signalés et parus"), "flagged"),
        ("", BY_READERS, others, _("Signalés par des lecteurs"), "reported"),
        ("tous", "", ME, _("Les miens"), "mine"),
        ("tous", "", others, _("Tous"), "all"),
    )
    return [
        {
            "url": address_with(
                request, etat=value, lecteurs=called, par=who, apres="", choisir=""
            ),
            "name": name,
            "count": count,
            "current": value == state
            and (value != "" or called == readers)
            and (value != "tous" or (who == ME) == (by == ME)),
        }
        for value, called, who, name, count in known
    ]


def _unfiltered(request: HttpRequest) -> str:
    """This view with nothing but its order."""
    names = ("ordre", "etat") if request.GET.get("etat") else ("ordre", "lecteurs")
    kept = {
        name: value
        for name in names
        if (value := request.GET.get(name, "")) and value not in ("publies", "masques")
    }
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _live_query(request: HttpRequest, newest: int) -> str:
    """What the counts are asked with: this page's filters, and what it knows."""
    query = request.GET.copy()
    for name in ("apres", "choisir"):
        query.pop(name, None)
    query["vus"] = str(newest)
    return query.urlencode()
