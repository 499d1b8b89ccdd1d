"""Everything an article's page shows, for the views that answer with it."""

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from articles.body import body_of
from articles.models import Article
from comments.cards import card_html, preview_html, thread_html
from comments.forms import CommentForm
from comments.models import Comment, Commenter
from comments.threads import after_for, card_of, pending_cards, thread_page
from moderation.charter.applied import Applied, applied_to
from moderation.charter.door import (
    Closure,
    closure_of,
    enough_text,
    left_to_write,
    writing_rules,
)
from moderation.charter.notices import unread_change
from moderation.sanction_text import refusal_text
from moderation.sanctions import standing_sanctions, suspension_among
from newsroom.reporting import report_link
from newsroom.structured_data import json_ld

POSITION = re.compile(r"([0-9a-f]{22}){1,5}", re.ASCII)


def article_page(
    request: HttpRequest,
    article: Article,
    *,
    form: CommentForm | None = None,
    preview: SafeString | None = None,
    status: int = 200,
) -> HttpResponse:
    """The article with one page of its thread, named by ``?apres=``.

    Raises Http404 for a place no thread of ours can have.
    """
    after = request.GET.get("apres", "")
    if after and not POSITION.fullmatch(after):
        raise Http404("no such place in a thread")
    thread = thread_page(article, after=after)
    applied = applied_to(article)
    closure = closure_of(applied)
    body = body_of(article)
    context = {
        "page_kind": "article",
        "article": article,
        "section": article.section,
        "body": body,
        "comments_shown": len(thread.cards),
        "thread_html": thread_html(
            thread,
            can_reply=closure is None,
            language=article.language,
            actions=report_link,
        ),
        "teaser_html": (
            card_html(thread.cards[0], anchor=False, language=article.language)
            if thread.cards and not after
            else ""
        ),
        "json_ld": json_ld(article, thread),
        "after": after,
        "next_after": thread.next_after,
        **writing_context(
            request, article, applied, closure, form=form, preview=preview
        ),
    }
    return render(request, "newsroom/article.html", context, status=status)


def reply_page(
    request: HttpRequest,
    comment: Comment,
    *,
    form: CommentForm | None = None,
    preview: SafeString | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form to answer ``comment``, below it."""
    article = comment.article
    applied = applied_to(article)
    context = {
        "article": article,
        "section": article.section,
        "comment": comment,
        "answered_html": card_html(
            card_of(comment), anchor=True, language=article.language
        ),
        **writing_context(
            request,
            article,
            applied,
            closure_of(applied),
            form=form,
            preview=preview,
            parent=comment,
        ),
    }
    return render(request, "newsroom/reply.html", context, status=status)


def writing_context(
    request: HttpRequest,
    article: Article,
    applied: Applied,
    closure: Closure | None,
    *,
    form: CommentForm | None,
    preview: SafeString | None,
    parent: Comment | None = None,
) -> dict[str, Any]:
    """The comment form for who may write; for others why they cannot yet.

    A form that was sent is always shown again, so that nothing typed is lost: a change
    of the charter is not told there, where leaving the page would lose it.
    """
    author = author_of(request.user)
    allowed = request.user.has_perm("comments.add_comment")
    suspension, left, charter_change = None, None, None
    if form is None and request.user.is_authenticated:
        charter_change = unread_change(request.user)
    writes = author is not None and allowed and closure is None
    if author and writes:
        suspension = suspension_among(standing_sanctions(author))
        left = left_to_write(applied, article, author)
    if form is None and writes and suspension is None and left != 0:
        form = CommentForm(article=article, initial={"parent": parent})
    waiting = pending_cards(article, author) if author and parent is None else ()
    return {
        "form": form,
        "preview": preview,
        "closure": closure,
        "charter_change": charter_change,
        "limit": applied.max_length,
        "here": writing_rules(applied, left),
        "author": author,
        "may_comment": allowed,
        "suspension": suspension and refusal_text(suspension),
        "enough": enough_text(applied.per_article or 0) if left == 0 else "",
        "waiting": [
            card_html(card, anchor=True, language=article.language) for card in waiting
        ],
    }


def preview_of(form: CommentForm) -> SafeString:
    """The text of a valid ``form`` as it will look."""
    return preview_html(form.cleaned_data["text"])


def author_of(user: User | AnonymousUser) -> Commenter | None:
    """The identity ``user`` signs comments with, if any."""
    if not user.is_authenticated:
        return None
    return Commenter.objects.filter(user=user).first()


def address_of(comment: Comment) -> str:
    """Where ``comment``, published, stands: its article's page and the place there."""
    after = after_for(comment)
    query = f"?apres={after}" if after else ""
    return f"{comment.article.get_absolute_url()}{query}#comment-{comment.pk}"


def waiting_address_of(comment: Comment) -> str:
    """Where its author sees ``comment`` while it waits: above the thread."""
    return f"{comment.article.get_absolute_url()}#comment-{comment.pk}"
