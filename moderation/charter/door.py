"""What the charter asks of a new comment, whatever it says: refusals at the front door."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from comments.errors import CommentRefused, CommentsClosed, InvalidText
from comments.models import Comment, Commenter
from comments.texts import check_length, word_count
from moderation.charter.addresses import clause_address
from moderation.charter.applied import Applied
from moderation.charter.catalog import shipped_rules
from moderation.charter.in_force import charter_in_force
from moderation.charter.models import RuleCode
from moderation.charter.wording import hour_text, hours_text

_COUNTED = (Comment.Status.PENDING, Comment.Status.PUBLISHED)


class RefusedByCharter(CommentRefused):
    """A comment that a rule of the charter keeps out; ``clause`` is the one it serves.

    ``said`` says why without naming the clause, for where a link names it.
    """

    def __init__(self, said: str, rule: str) -> None:
        self.said = said
        self.clause = shipped_rules()[rule].clause
        self.title = charter_in_force().title(self.clause)
        cited = _("%(said)s (Charte, « %(clause)s ».)")
        super().__init__(cited % {"said": said, "clause": self.title})

    @property
    def html(self) -> SafeString:
        """Why, with a link to the clause."""
        address, title = clause_address(self.clause), self.title
        link = format_html('<a href="{}">{}</a>', address, title)
        return format_html(
            _("{said} Charte, « {clause} »."), said=self.said, clause=link
        )


class ClosedByCharter(RefusedByCharter, CommentsClosed):
    """Comments are closed here, or now."""


class TextAgainstCharter(RefusedByCharter, InvalidText):
    """The text is shorter or longer than it may be here."""


class EnoughHere(RefusedByCharter):
    """This author has written as many comments under this article as one may."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Why one cannot comment now, in words for readers, and the rule that says so."""

    rule: str
    said: str

    @property
    def address(self) -> str:
        return clause_address(shipped_rules()[self.rule].clause)


def closure_of(applied: Applied) -> Closure | None:
    """Why comments are closed now; None if they are open. No query."""
    rule = applied.closed_by
    return Closure(rule, _closed_text(rule, applied)) if rule else None


def check_open(applied: Applied) -> None:
    """Raise ClosedByCharter unless comments are open now."""
    closure = closure_of(applied)
    if closure is not None:
        raise ClosedByCharter(closure.said, closure.rule)


def check_new(applied: Applied, comment: Comment, text: str) -> None:
    """Raise what keeps ``comment`` out, just stored: its transaction must not commit.

    Its author's row must be locked: no two comments are then counted as one.
    """
    least = applied.min_words
    if least is not None and word_count(text) < least:
        told = ngettext(
            "Votre commentaire est trop court : écrivez au moins %(n)d mot.",
            "Votre commentaire est trop court : écrivez au moins %(n)d mots.",
            least,
        )
        raise TextAgainstCharter(told % {"n": least}, RuleCode.MIN_WORDS)
    try:
        check_length(text, applied.max_length)
    except InvalidText as refusal:
        raise TextAgainstCharter(str(refusal), RuleCode.MAX_LENGTH) from refusal
    most = applied.per_article
    if most is not None and written_under(comment.article, comment.author) > most:
        raise EnoughHere(enough_text(most), RuleCode.PER_ARTICLE)


def left_to_write(applied: Applied, article: Article, author: Commenter) -> int | None:
    """How many comments ``author`` may still write here; None if nobody counts.

    One query if somebody does.
    """
    if applied.per_article is None:
        return None
    return max(0, applied.per_article - written_under(article, author))


def written_under(article: Article, author: Commenter) -> int:
    """The comments of ``author`` there that wait or were published."""
    written = author.comments.filter(article=article, status__in=_COUNTED)
    return written.order_by().count()


def enough_text(most: int) -> str:
    """Why one may write no more under an article."""
    return ngettext(
        "Vous avez écrit %(n)d commentaire sous cet article : c’est le plus que chacun "
        "peut y écrire.",
        "Vous avez écrit %(n)d commentaires sous cet article : c’est le plus que chacun "
        "peut y écrire.",
        most,
    ) % {"n": most}


def writing_rules(applied: Applied, left: int | None) -> list[str]:
    """What a reader should know before typing, beside the length; ``left`` to write."""
    told = []
    if applied.min_words is not None and applied.min_words > 1:
        told.append(
            ngettext("%(n)d mot au moins.", "%(n)d mots au moins.", applied.min_words)
            % {"n": applied.min_words}
        )
    if left is not None:
        told.append(
            ngettext(
                "Il vous reste %(n)d commentaire à écrire sous cet article.",
                "Il vous reste %(n)d commentaires à écrire sous cet article.",
                left,
            )
            % {"n": left}
        )
    if applied.hours is not None:
        told.append(
            _("Les commentaires sont ouverts %(hours)s.")
            % {"hours": hours_text(applied.hours)}
        )
    if applied.closes_at is not None:
        told.append(
            _("Les commentaires de cet article ferment le %(day)s.")
            % {"day": date_format(timezone.localtime(applied.closes_at))}
        )
    return told


def _closed_text(rule: str, applied: Applied) -> str:
    if rule == RuleCode.CLOSES_AFTER and applied.closes_at is not None:
        days = applied.closes_after or 0
        return ngettext(
            "Les commentaires de cet article sont fermés depuis le %(day)s, %(n)d jour "
            "après sa parution. Ceux qui ont paru restent.",
            "Les commentaires de cet article sont fermés depuis le %(day)s, %(n)d jours "
            "après sa parution. Ceux qui ont paru restent.",
            days,
        ) % {"day": date_format(timezone.localtime(applied.closes_at)), "n": days}
    if rule == RuleCode.HOURS and applied.hours is not None:
        return _(
            "Les commentaires sont fermés depuis %(since)s ; ils sont ouverts %(hours)s. "
            "Il est %(now)s : revenez à %(opens)s."
        ) % {
            "since": hour_text(applied.hours[1]),
            "hours": hours_text(applied.hours),
            "now": hour_text(timezone.localtime().time()),
            "opens": hour_text(applied.hours[0]),
        }
    return _("Les commentaires de cet article sont fermés.")
