"""The comments that a moderator wants decided together, as they are now."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from articles.dates import printed_time
from articles.models import Article, Section
from comments.models import Comment
from moderation.batch_text import name_of
from moderation.errors import InvalidDecision, SelectionGrew
from moderation.filters import QueueFilters, matching
from moderation.forms import rule_name
from moderation.likeness.group_text import group_in_words
from moderation.likeness.languages import Language
from moderation.models import CategoryChoices, Decision, QueueEntry, SeverityChoices
from moderation.queue import REPORTED_THEN_OLDEST


@dataclass(frozen=True, slots=True)
class Seen:
    """A comment's key, with those of the last decision and of the text seen of it.

    ``masks`` is the mark of what was masked in that text (`services.masks_mark`), None
    where that was not seen.
    """

    comment: int
    after: int | None
    revision: int
    masks: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Comments chosen one by one."""

    seen: tuple[Seen, ...]

    @property
    def filters(self) -> dict[str, Any] | None:
        return None

    def by_status(self) -> dict[str, int]:
        """{status: how many of them are in it}, those that exist. One query."""
        return _counted(self.comments().order_by().values_list("status"))

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
    Raises InvalidDecision for filters that look through what does not wait.
    """

    asked: QueueFilters
    until: int
    at_most: int | None = None

    def __post_init__(self) -> None:
        if self.asked.everywhere:
            raise InvalidDecision(
                _(
                    "On décide d’un coup de ce qui attend seulement : ici, choisissez "
                    "les commentaires un à un."
                )
            )

    @property
    def filters(self) -> dict[str, Any] | None:
        return asdict(self.asked)

    def by_status(self) -> dict[str, int]:
        """{status: how many of them are in it}: what waits tells by its rank."""
        ranks = _counted(self._entries().order_by().values_list("rank"))
        return {str(STATUS_OF_RANK[rank]): count for rank, count in ranks.items()}

    def comments(self) -> QuerySet[Comment]:
        """In the order of the queue."""
        meant = self._entries().order_by().values("comment")
        return Comment.objects.filter(pk__in=meant).order_by(
            *(f"queue_entry__{name}" for name in REPORTED_THEN_OLDEST)
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
            .order_by(*REPORTED_THEN_OLDEST)
        )


Selection = Chosen | Matching
STATUS_OF_RANK = {
    QueueEntry.Rank.PENDING: Comment.Status.PENDING,
    QueueEntry.Rank.FLAGGED: Comment.Status.PUBLISHED,
}


def _counted(rows: QuerySet[Any, Any]) -> dict[Any, int]:
    return dict(rows.annotate(count=Count("pk")))


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
        case "late":
            return _("signalements et menaces en retard")
        case "author":
            return _("auteur : %(name)s") % {"name": value}
        case "section":
            names: Iterable[str] = Section.objects.filter(pk=value).values_list(
                "name", flat=True
            )
            return _("rubrique : %(name)s") % {"name": next(iter(names), value)}
        case "since":
            return _("reçus depuis : %(time)s") % {"time": _printed(value)}
        case "until":
            return _("reçus jusqu’à : %(time)s") % {"time": _printed(value)}
        case "link":
            return _("avec une adresse web")
        case "newcomers":
            return _("auteur : moins de %(n)s parus") % {"n": value}
        case "decided_by":
            people: Iterable[User] = User.objects.filter(pk=value)
            name = next((name_of(user) for user in people), value)
            return _("décidés par : %(name)s") % {"name": name}
        case "language":
            return _("langue : %(name)s") % {"name": Language(value).label}
        case "group":
            return group_in_words(value)
        case "words":
            return _("dans les textes : %(words)s") % {"words": value}
    return f"{name} : {value}"


def _printed(moment: datetime | str) -> str:
    """As people read it; stored filters hold it in ISO 8601."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return printed_time(moment)
