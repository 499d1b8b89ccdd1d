"""What moderators read of one commenter, gathered for a template."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from comments.models import Comment, Commenter
from moderation.cards import DeskCard, comment_cards, desk_comments
from moderation.models import AuthorNote, Report, Sanction, StatementOfReasons
from moderation.queue import author_records
from moderation.reasons import ReasonCode
from moderation.sanctions import suspension_among

PER_PAGE = 10
"""Comments of an author on one page."""
REASONS = 5


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """One commenter at a glance.

    ``record`` counts comments by status; ``reasons`` are (name, comments hidden for it),
    the latest first; ``reports`` counts those of readers on this author's comments:
    {"open": n, "upheld": n, "kept": n}. ``others`` sign with the same name, or one that
    looks like it. ``sanctions`` are all, the latest first.
    """

    author: Commenter
    record: dict[str, int]
    reasons: list[tuple[str, int]]
    reports: dict[str, int]
    others: list[Commenter]
    sanctions: list[Sanction]
    notes: list[AuthorNote]

    @property
    def total(self) -> int:
        return sum(self.record.values())

    @property
    def share_hidden(self) -> int | None:
        """Of a hundred comments decided, how many are hidden; None if none is."""
        hidden = self.record.get(Comment.Status.HIDDEN, 0)
        decided = hidden + self.record.get(Comment.Status.PUBLISHED, 0)
        return round(100 * hidden / decided) if decided else None

    @property
    def standing(self) -> list[Sanction]:
        return [sanction for sanction in self.sanctions if sanction.stands]

    @property
    def past(self) -> list[Sanction]:
        return [sanction for sanction in self.sanctions if not sanction.stands]

    @property
    def suspension(self) -> Sanction | None:
        return suspension_among(self.standing)

    @property
    def after(self) -> int | None:
        """What `impose_sanction` compares: the latest sanction seen here."""
        return self.sanctions[0].pk if self.sanctions else None


def known_authors() -> QuerySet[Commenter]:
    return Commenter.objects.select_related("user")


def author_at_a_glance(author: Commenter) -> AuthorPage:
    """All of the page but its comments, in six queries."""
    reported = Report.objects.filter(comment__author=author).aggregate(
        open=Count("pk", filter=Q(state=Report.State.OPEN)),
        upheld=Count("pk", filter=Q(outcome=Report.Outcome.UPHELD)),
        kept=Count("pk", filter=Q(outcome=Report.Outcome.KEPT)),
    )
    return AuthorPage(
        author=author,
        record=author_records({author.pk})[author.pk],
        reasons=_reasons(author),
        reports=reported,
        others=list(
            Commenter.objects.filter(name_key=author.name_key)
            .exclude(pk=author.pk)
            .order_by("-pk")[:10]
        ),
        sanctions=list(all_sanctions().filter(author=author)),
        notes=list(author.notes.select_related("written_by")),
    )


def all_sanctions() -> QuerySet[Sanction]:
    """Sanctions, the latest first, with all that a list of them shows."""
    return Sanction.objects.with_held().select_related("moderator", "lifted_by")


def author_comments(
    author: Commenter, *, before: tuple[datetime, int] | None
) -> tuple[list[DeskCard], Comment | None]:
    """A page of the author's comments, newest first, after place ``before``; and the
    last one of it if there are more."""
    comments = desk_comments().filter(author=author).order_by("-received_at", "-pk")
    if before is not None:
        moment, pk = before
        comments = comments.filter(
            Q(received_at__lt=moment) | Q(received_at=moment, pk__lt=pk),
            received_at__lte=moment,
        )
    found = list(comments[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    return comment_cards(shown), shown[-1] if len(found) > PER_PAGE else None


def _reasons(author: Commenter) -> list[tuple[str, int]]:
    """Why comments of ``author`` are hidden today, the latest reason first."""
    counted = (
        StatementOfReasons.objects.standing()
        .filter(comment__author=author)
        .order_by()
        .values("reason")
        .annotate(count=Count("pk"), latest=Max("pk"))
        .order_by("-latest")
        .values_list("reason", "count")
    )
    return [(str(ReasonCode(code).label), count) for code, count in counted[:REASONS]]
