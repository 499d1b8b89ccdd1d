"""Comments as a nested list of HTML. The one module that vouches for raw markup.

Format strings, not templates: fifty comments cost well under a millisecond here
where fifty template includes cost sixteen (measured).
"""

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.dates import printed_time
from comments.threads import Card, Parent, ThreadPage

CARD = """<li class="comment" id="comment-{pk}">
<h3 class="comment-head"><bdi class="comment-author">{author}</bdi><span class="separator">, </span>\
<a class="comment-time" href="{permalink}">{time}</a></h3>
{answers}<div class="comment-text">{html}</div>
<p class="comment-actions">{reply}</p>
"""


def thread_html(page: ThreadPage, *, can_reply: bool) -> SafeString:
    """The page's comments as nested ordered lists; empty if there is none.

    Author and time are escaped here; ``html`` was escaped by
    `comments.rendering.render` before it was stored.
    """
    parts: list[str] = []
    shown: set[int] = set()
    level = -1
    for card in page.cards:
        # A page may begin inside a thread: indentation grows one step at a time
        depth = min(card.depth, level + 1)
        if depth > level:
            parts.append(
                '<ol class="comments">' if depth == 0 else '<ol class="replies">'
            )
        else:
            parts.append("</li>" + "</ol></li>" * (level - depth))
        parts.append(_card(card, page.parents, card.parent_pk in shown, can_reply))
        shown.add(card.pk)
        level = depth
    parts.append("</li></ol>" * (level + 1))
    return mark_safe("".join(parts))  # noqa: S308


def card_html(card: Card) -> SafeString:
    """One comment alone, as a list of one: the teaser above the thread."""
    return thread_html(ThreadPage([card], {}, ""), can_reply=False)


def _card(
    card: Card, parents: dict[int, Parent], follows_parent: bool, can_reply: bool
) -> str:
    permalink = reverse("comment", args=[card.pk])
    reply = ""
    if can_reply:
        label = escape(_("Répondre"))
        to = escape(_("à %(name)s") % {"name": card.author})
        reply = (
            f'<a href="{reverse("reply", args=[card.pk])}" rel="nofollow">{label}'
            f'<span class="visually-hidden"> {to}</span></a>'
        )
    return CARD.format(
        pk=card.pk,
        author=escape(card.author),
        permalink=permalink,
        time=_time(card),
        answers=_answers(card, parents) if not follows_parent else "",
        html=card.html,
        reply=reply,
    )


def _time(card: Card) -> str:
    if card.created_at is None:
        return escape(card.printed_time or _("heure inconnue"))
    stamp = card.created_at.isoformat(timespec="seconds")
    return f'<time datetime="{stamp}">{escape(printed_time(card.created_at))}</time>'


def _answers(card: Card, parents: dict[int, Parent]) -> str:
    parent = parents.get(card.parent_pk or 0)
    if parent is None:
        return ""
    if not parent.shown:
        return f'<p class="comment-answers">{escape(_("En réponse à un commentaire retiré"))}</p>'
    said = escape(_("En réponse à %(name)s")) % {
        "name": f"<bdi>{escape(parent.author)}</bdi>"
    }
    return f'<p class="comment-answers"><a href="{reverse("comment", args=[parent.pk])}">{said}</a></p>'
