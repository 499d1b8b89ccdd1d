"""Comments as a nested list of HTML. With `moderation.highlighting`, all that vouches for raw markup.

Format strings, not templates: fifty comments cost well under a millisecond here
where fifty template includes cost sixteen (measured).
"""

from collections.abc import Callable

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.dates import printed_time
from comments.masking import in_readers_words
from comments.models import Comment
from comments.rendering import render
from comments.threads import Card, Parent, ThreadPage

CARD = """\
<h3 class="comment-head"><bdi class="comment-author">{author}</bdi><span class="separator">, </span>\
<a class="comment-time" href="{permalink}">{time}</a></h3>
{answers}<div class="comment-text"{lang}>{html}</div>
{actions}"""
Actions = Callable[[Card], SafeString]
"""What a page adds below a comment, beside « Répondre »."""


def thread_html(
    page: ThreadPage,
    *,
    can_reply: bool,
    language: str = "fr",
    actions: Actions | None = None,
) -> SafeString:
    """The page's comments as nested ordered lists; empty if there is none.

    Author and time are escaped here; ``html`` was escaped by
    `comments.rendering.render` before it was stored. ``language`` is what readers of
    the article write in, named in the markup where the interface speaks another.
    """
    parts: list[str] = []
    parents = dict(page.parents)
    above: list[Card] = []  # the last comment at each level, outermost first
    lang = _lang(language)
    for card in page.cards:
        # Not by depth alone: a page may begin inside a thread, far from its head
        closed = 0
        while above and above[-1].depth >= card.depth:
            above.pop()
            closed += 1
        if closed:
            parts.append("</li>" + "</ol></li>" * (closed - 1))
        else:
            parts.append(f'<ol class="{"replies" if above else "comments"}">')
        parts.append(f'<li class="comment" id="comment-{card.pk}">\n')
        # Markup says whom a reply answers, but where its parent is far or too deep
        nested = card.parent_pk == (above[-1].pk if above else None)
        answers = "" if nested else _answers(card, parents)
        parts.append(_card(card, answers, can_reply, lang, actions))
        above.append(card)
        parents[card.pk] = Parent(card.pk, card.author, shown=True)
    parts.append("</li></ol>" * len(above))
    return mark_safe("".join(parts))  # noqa: S308


def card_html(card: Card, *, anchor: bool, language: str = "fr") -> SafeString:
    """One comment alone, outside the list.

    Without ``anchor`` it has no id, for a page that shows it again in the list.
    """
    name = f' id="comment-{card.pk}"' if anchor else ""
    inside = _card(card, "", False, _lang(language))
    return mark_safe(f'<div class="comment"{name}>\n{inside}</div>')  # noqa: S308


def stored_html(comment: Comment) -> SafeString:
    """The text of ``comment`` as it was rendered when it was written."""
    return mark_safe(comment.shown_html)  # noqa: S308


def preview_html(text: str) -> SafeString:
    """``text`` as it will look once published."""
    return mark_safe(render(text))  # noqa: S308


def _lang(language: str) -> str:
    return "" if language == get_language() else f' lang="{escape(language)}"'


def _card(
    card: Card,
    answers: str,
    can_reply: bool,
    lang: str,
    actions: Actions | None = None,
) -> str:
    if card.created_at is None:
        time: str = escape(card.printed_time or _("heure inconnue"))
    else:
        stamp = card.created_at.isoformat(timespec="seconds")
        time = (
            f'<time datetime="{stamp}">{escape(printed_time(card.created_at))}</time>'
        )
    links: list[str] = []
    if can_reply:
        label = escape(_("Répondre"))
        to = escape(_("à %(name)s") % {"name": card.author})
        links.append(
            f'<a href="{reverse("reply", args=[card.pk])}" rel="nofollow">{label}'
            f'<span class="visually-hidden"> {to}</span></a>'
        )
    if actions:
        links.append(actions(card))
    return CARD.format(
        author=escape(card.author),
        permalink=reverse("comment", args=[card.pk]),
        time=time,
        answers=answers,
        html=in_readers_words(card.html),
        lang=lang,
        actions=(
            f'<p class="comment-actions">{" ".join(links)}</p>\n' if links else ""
        ),
    )


def _answers(card: Card, parents: dict[int, Parent]) -> str:
    parent = parents.get(card.parent_pk or 0)
    if parent is None:
        return ""
    if not parent.shown:
        said = escape(_("En réponse à un commentaire retiré"))
        return f'<p class="comment-answers">{said}</p>\n'
    answered: str = escape(_("En réponse à %(name)s")) % {
        "name": f"<bdi>{escape(parent.author)}</bdi>"
    }
    address = reverse("comment", args=[parent.pk])
    return f'<p class="comment-answers"><a href="{address}">{answered}</a></p>\n'
