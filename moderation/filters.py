"""What moderators look for, in what waits and in every comment: the same filters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from articles.search.analysis import Query, parse_query
from comments.models import Comment
from comments.names import name_key
from comments.search import in_any_state, with_links
from moderation.alerts.plan import shown_delays
from moderation.alerts.standing import late_entries, moments
from moderation.likeness.groups import in_group
from moderation.marks import marked
from moderation.models import Call, Decision, Flag, QueueEntry, TextPrint


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What a moderator looks for; empty values ask for nothing, others combine.

    ``rank`` is a QueueEntry.Rank; ``author`` a part of a signature, compared without
    case and accents; ``since`` and ``until`` bound the time of receipt, both included;
    ``newcomers``: authors with fewer than so many published comments when their comment
    came to the queue, asked of what waits only; ``decided_by`` a moderator's key;
    ``link``: whose words tell of a web address; ``reported``: with open reports of
    readers; ``late``: with such a report, or a threat, that waits for longer than it
    may; ``words`` are looked for in the texts, as typed; ``language`` is a
    `languages.Language`; ``group`` a key of `likeness.groups`. ``everywhere`` looks through
    all comments but deleted ones, with ``status`` through those in that state, instead of
    those that wait.
    """

    article: int | None = None
    category: str = ""
    rule: str = ""
    severity: str = ""
    rank: int | None = None
    author: str = ""
    reported: bool = False
    late: bool = False
    section: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    link: bool = False
    newcomers: int | None = None
    decided_by: int | None = None
    words: str = ""
    language: str = ""
    group: str = ""
    everywhere: bool = False
    status: str = ""

    @property
    def query(self) -> Query:
        """What ``words`` ask for: maybe nothing."""
        return parse_query(self.words)


def matching(
    queue: QuerySet[QueueEntry], filters: QueueFilters
) -> QuerySet[QueueEntry]:
    """The entries of ``queue`` that ``filters`` ask for."""
    # One flag must meet all that is asked of flags: a grave insult, not a mild
    # insult beside grave shouting
    asked = _asked_of_flags(filters)
    if any(asked.values()):
        queue = queue.filter(marked("marks", **asked))
    if filters.rank is not None:
        queue = queue.filter(rank=filters.rank)
    if filters.reported:
        queue = queue.filter(call__lt=Call.NONE)
    if filters.late:
        queue = _late(queue)
    if filters.newcomers is not None:
        queue = queue.filter(author_published__lt=filters.newcomers)
    if filters.language:
        queue = queue.filter(language=filters.language)
    if filters.group:
        queue = queue.filter(in_group(filters.group))
    return queue.filter(*_conditions(filters, received_at="comment__received_at"))


def matching_comments(
    comments: QuerySet[Comment], filters: QueueFilters
) -> QuerySet[Comment]:
    """Those of ``comments``, waiting or not, that ``filters`` ask for."""
    asked = _asked_of_flags(filters)
    if any(asked.values()):
        flags = {name: value for name, value in asked.items() if value}
        comments = comments.filter(
            Exists(Flag.objects.filter(revision=OuterRef("revision"), **flags))
        )
    if filters.reported:
        comments = comments.filter(queue_entry__call__lt=Call.NONE)
    if filters.late:
        late = _late(QueueEntry.objects.order_by())
        comments = comments.filter(pk__in=late.values("pk"))
    if filters.language:
        comments = comments.filter(
            Exists(
                TextPrint.objects.filter(
                    revision=OuterRef("revision"), language=filters.language
                )
            )
        )
    if filters.group:
        comments = comments.filter(in_group(filters.group, comments=True))
    if filters.status:
        comments = comments.filter(status=filters.status)
    else:
        comments = comments.exclude(status=Comment.Status.DELETED)
    return comments.filter(*_conditions(filters, received_at="received_at"))


def _late(queue: QuerySet[QueueEntry]) -> QuerySet[QueueEntry]:
    return late_entries(queue, moments(shown_delays(), timezone.now()))


def _asked_of_flags(filters: QueueFilters) -> dict[str, str]:
    return {
        "category": filters.category,
        "severity": filters.severity,
        "rule": filters.rule,
    }


def _conditions(filters: QueueFilters, *, received_at: str) -> Iterator[Q | Combinable]:
    """What is asked alike of entries and of comments: they share keys and names."""
    if filters.article is not None:
        yield Q(article=filters.article)
    if filters.section is not None:
        yield Q(article__section=filters.section)
    if filters.author:
        key = name_key(filters.author)
        by_key = Q(author__name_key__contains=key)
        yield by_key if key else Q(author__name__contains=filters.author)
    if filters.since is not None:
        yield Q((f"{received_at}__gte", filters.since))
    if filters.until is not None:
        yield Q((f"{received_at}__lte", filters.until))
    if query := filters.query:
        yield Q(pk__in=in_any_state(query).values("pk"))
    if filters.link:
        yield Q(pk__in=with_links().values("pk"))
    if filters.decided_by is not None:
        yield Exists(
            Decision.objects.filter(
                comment=OuterRef("pk"), moderator=filters.decided_by
            ).order_by()
        )
