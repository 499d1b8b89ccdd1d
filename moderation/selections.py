"""The comments that a moderator wants decided together, as they are now."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from articles.models import Article
from comments.models import Comment
from moderation.errors import InvalidDecision, SelectionGrew
from moderation.forms import rule_name
from moderation.models import CategoryChoices, Decision, QueueEntry, SeverityChoices
from moderation.queue import QueueFilters, matching


@dataclass(frozen=True, slots=True)
class Seen:
    """A comment's key, with those of the last decision and of the text seen of it."""

    comment: int
    after: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Comments chosen one by one."""

    seen: tuple[Seen, ...]

    @property
    def filters(self) -> dict[str, Any] | None:
        return None

    def count(self) -> int:
        return self.comments().count()

    def comments(self) -> QuerySet[Comment]:
        """In the order of their keys."""
        keys = [seen.comment for seen in self.seen]
        return Comment.objects.filter(pk__in=keys).order_by("pk")

    def all(self) -> list[Seen]:
        """Each once. Raises InvalidDecision for comments that do not exist."""
        known = set(self.comments().values_list("pk", flat=True))
        seen = {one.comment: one for one in self.seen}
        if missing := sorted(set(seen) - known):
            keys = ", ".join(map(str, missing))
            raise InvalidDecision(
                _("Commentaires inconnus : %(keys)s.") % {"keys": keys}, "comments"
            )
        return list(seen.values())


@dataclass(frozen=True, slots=True)
class Matching:
    """All that waits and meets ``asked``, but nothing that came later.

    What was posted, edited or decided after the decision ``until`` is not meant.
    ``at_most`` is how many the moderator agreed to: more are an error, not decided.
    """

    asked: QueueFilters
    until: int
    at_most: int | None = None

    @property
    def filters(self) -> dict[str, Any] | None:
        return asdict(self.asked)

    def count(self) -> int:
        return self._entries().count()

    def comments(self) -> QuerySet[Comment]:
        """In the order of the queue."""
        meant = self._entries().order_by().values("comment")
        return Comment.objects.filter(pk__in=meant).order_by(
            "queue_entry__rank", "queue_entry__waiting_since", "pk"
        )

    def all(self) -> list[Seen]:
        """In the order of the queue. Raises SelectionGrew."""
        rows = self._entries().values_list("comment", "last", "comment__revision")
        found = [Seen(*row) for row in rows]
        if self.at_most is not None and len(found) > self.at_most:
            raise SelectionGrew(
                _("%(count)d commentaires répondent maintenant aux filtres.")
                % {"count": len(found)},
                len(found),
            )
        return found

    def _entries(self) -> QuerySet[Any]:
        # Any: the type of an annotated row
        decisions = Decision.objects.filter(comment=OuterRef("pk")).order_by("-pk")
        return (
            matching(QueueEntry.objects.all(), self.asked)
            .annotate(last=Subquery(decisions.values("pk")[:1]))
            .filter(Q(last=None) | Q(last__lte=self.until))
            .order_by("rank", "waiting_since", "pk")
        )


Selection = Chosen | Matching


def all_matching(asked: QueueFilters) -> Matching:
    """Everything that meets ``asked`` now."""
    latest = Decision.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Matching(asked, until=latest or 0)


def in_words(filters: dict[str, Any] | None) -> list[str]:
    """What stored filters ask for, as moderators call it; empty if for all."""
    return [
        _worded(name, value) for name, value in (filters or {}).items() if asks(value)
    ]


def asks(value: Any) -> bool:
    """Whether a filter's value narrows anything; a rank can be 0."""
    return value not in ("", None) and value is not False


def _worded(name: str, value: Any) -> str:
    match name:
        case "article":
            titles: Iterable[str] = Article.objects.filter(pk=value).values_list(
                "title", flat=True
            )
            return _("article : %(title)s") % {"title": next(iter(titles), value)}
        case "category":
            return _("catégorie : %(name)s") % {"name": CategoryChoices(value).label}
        case "severity":
            return _("gravité : %(name)s") % {"name": SeverityChoices(value).label}
        case "rule":
            return _("règle : %(name)s") % {"name": rule_name(value)}
        case "rank":
            return str(QueueEntry.Rank(value).label)
        case "reported":
            return _("signalés par des lecteurs")
        case "author":
            return _("auteur : %(name)s") % {"name": value}
    return f"{name} : {value}"
