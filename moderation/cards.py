"""What the desk shows of one comment, gathered for a template."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comments.models import Comment, Revision
from moderation.forms import DecisionForm
from moderation.hiding_fields import hiding_fields
from moderation.highlighting import marked_html
from moderation.likeness.groups import NO_GROUP, CardGroups, card_groups
from moderation.likeness.languages import foreign_language
from moderation.models import Decision, Flag, QueueEntry, Repost, Sanction
from moderation.queue import author_records
from moderation.reasons import ReasonCode, suggested_reason
from moderation.report_cards import ReportGroup, report_groups
from moderation.rules.match import Severity
from moderation.sanctions import standing_by_author
from moderation.services import current_revision
from moderation.unseen import unseen_in, with_unseen_shown


@dataclass(frozen=True, slots=True)
class DeskCard:
    """One comment on the desk.

    ``record`` counts the author's comments by status, ``sanctions`` hold of him now.
    ``decisions`` are the latest first; ``undoable`` is the latest one, if a moderator
    took it. ``reports`` are the open ones of readers, ``groups`` those that the comment
    waits in. ``language`` is the text's where it is not the page's. ``typed`` is the form
    that was refused, to be shown again; ``following`` the next card's comment;
    ``difference`` is how the text differs from that of ``beside``.
    """

    comment: Comment
    entry: QueueEntry | None
    text: SafeString
    flags: list[Flag]
    decisions: list[Decision]
    record: dict[str, int]
    suggested: ReasonCode | None
    sanctions: list[Sanction]
    reports: ReportGroup | None = None
    groups: CardGroups = NO_GROUP
    language: str = ""
    typed: DecisionForm | None = None
    following: int | None = None
    difference: SafeString | None = None
    beside: Comment | None = None

    @property
    def latest(self) -> Decision | None:
        return self.decisions[0] if self.decisions else None

    @property
    def seen(self) -> str:
        """What `batch_forms.SEEN` reads: the comment, its last decision, its text."""
        after = self.latest.pk if self.latest else ""
        return f"{self.comment.pk}.{after}.{self.comment.revision_id}"

    @property
    def undoable(self) -> Decision | None:
        latest = self.latest
        return latest if latest and can_be_undone(latest, self.comment) else None

    @property
    def raw(self) -> SafeString:
        """The text as typed, with the signs that nobody can see."""
        return with_unseen_shown(current_revision(self.comment).text)

    @property
    def unseen(self) -> int:
        """How many such signs the text holds."""
        found = unseen_in(current_revision(self.comment).text)
        return sum(count for _code, _name, count in found)

    @property
    def repost(self) -> Repost | None:
        """What tells of the same text, hidden before."""
        return getattr(self.comment, "repost", None)

    @property
    def same_as_first(self) -> bool:
        """Whether the text is word for word that of ``beside``."""
        if self.beside is None:
            return False
        here, there = current_revision(self.comment), current_revision(self.beside)
        return here.text == there.text

    @property
    def grave(self) -> bool:
        """Whether the rules found something of high severity in the text."""
        return any(flag.severity == Severity.HIGH for flag in self.flags)

    @property
    def told(self) -> list[Decision]:
        """The decisions worth a line: all, unless the rules alone decided in silence."""
        if all(d.moderator_id is None and not d.note for d in self.decisions):
            return []
        return self.decisions

    @property
    def record_total(self) -> int:
        return sum(self.record.values())

    @property
    def decidable(self) -> bool:
        return self.comment.status != Comment.Status.DELETED

    @property
    def approval(self) -> str:
        """What the button that approves is called; empty if there is nothing to do."""
        if self.comment.status == Comment.Status.PENDING:
            return _("Publier")
        if self.comment.status == Comment.Status.HIDDEN:
            return _("Rétablir")
        return _("Garder") if self.entry else ""

    @property
    def hiding_fields(self) -> SafeString:
        """What hiding it asks for: reasons, a note, the message to its author."""
        return hiding_fields(self.comment.pk, self.suggested, self.typed)


def can_be_undone(latest: Decision, comment: Comment) -> bool:
    """Whether `services.undo` would accept ``latest``, the comment's last decision."""
    return (
        latest.moderator_id is not None
        and latest.undoes_id is None
        and latest.status_after == comment.status
        and latest.revision_id == comment.revision_id
    )


def desk_comments() -> QuerySet[Comment]:
    """Comments of any state, with all that their cards show."""
    return Comment.objects.select_related(
        "article__section",
        "author",
        "revision",
        "parent__author",
        "parent__revision",
        "queue_entry",
        "repost__decision__comment__author",
        "repost__decision__moderator",
    ).prefetch_related(
        Prefetch(
            "revision__flags", queryset=Flag.objects.order_by("start", "end", "pk")
        ),
        Prefetch(
            "decisions",
            queryset=Decision.objects.select_related("moderator", "revision"),
        ),
    )


def queue_cards(entries: Iterable[QueueEntry]) -> list[DeskCard]:
    """The cards of one page of the queue; one query for all authors together, two for
    groups, and three for reports if there are any.
    """
    return _cards((entry.comment, entry) for entry in entries)


def comment_cards(comments: Iterable[Comment]) -> list[DeskCard]:
    """The cards of comments out of `desk_comments`, in as many queries."""
    return _cards((c, getattr(c, "queue_entry", None)) for c in comments)


def _cards(pairs: Iterable[tuple[Comment, QueueEntry | None]]) -> list[DeskCard]:
    shown = list(pairs)
    records = author_records({comment.author_id for comment, _entry in shown})
    sanctions = standing_by_author(set(records))
    reports = report_groups(entry for _comment, entry in shown)
    groups = card_groups(entry for _comment, entry in shown)
    cards = [
        _card(
            comment,
            entry,
            records[comment.author_id],
            sanctions.get(comment.author_id, []),
            reports.get(comment.pk),
            groups.get(comment.pk),
        )
        for comment, entry in shown
    ]
    following = (comment.pk for comment, _entry in shown[1:])
    return [replace(c, following=pk) for c, pk in zip_longest(cards, following)]


def comment_card(comment: Comment, typed: DecisionForm | None = None) -> DeskCard:
    """The card of one comment out of `desk_comments`, waiting or not."""
    entry = getattr(comment, "queue_entry", None)
    record = author_records({comment.author_id})[comment.author_id]
    sanctions = standing_by_author({comment.author_id}).get(comment.author_id, [])
    reports = report_groups([entry]).get(comment.pk)
    groups = card_groups([entry]).get(comment.pk)
    return _card(comment, entry, record, sanctions, reports, groups, typed)


@dataclass(frozen=True, slots=True)
class OlderText:
    """A text the comment had before, with the flags it had."""

    revision: Revision
    html: SafeString
    flags: list[Flag]


def older_texts(comment: Comment) -> list[OlderText]:
    """The texts that the current one replaced, the latest first."""
    revisions = (
        comment.revisions.exclude(pk=current_revision(comment).pk)
        .order_by("-number")
        .prefetch_related("flags")
    )
    texts = [(revision, list(revision.flags.all())) for revision in revisions]
    return [OlderText(r, marked_html(r.text, flags), flags) for r, flags in texts]


def _card(
    comment: Comment,
    entry: QueueEntry | None,
    record: dict[str, int],
    sanctions: list[Sanction],
    reports: ReportGroup | None,
    groups: CardGroups | None,
    typed: DecisionForm | None = None,
) -> DeskCard:
    revision = current_revision(comment)
    flags = list(revision.flags.all())
    suggested = suggested_reason((f.category, f.severity) for f in flags)
    return DeskCard(
        comment=comment,
        entry=entry,
        text=marked_html(revision.text, flags),
        flags=flags,
        decisions=list(comment.decisions.all()),
        record=record,
        suggested=suggested or (reports.reason if reports else None),
        sanctions=sanctions,
        reports=reports,
        groups=groups or NO_GROUP,
        language=foreign_language(revision.text),
        typed=typed,
    )
