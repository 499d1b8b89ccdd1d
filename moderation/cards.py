"""What the desk shows of one comment, gathered for a template."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comments.models import Comment, Revision
from moderation.alerts.standing import late_since
from moderation.charter.holds import CitedClause, cited_clauses
from moderation.forms import DecisionForm
from moderation.hiding_fields import hiding_fields
from moderation.highlighting import marked_html
from moderation.likeness.groups import NO_GROUP, CardGroups, card_groups
from moderation.likeness.languages import foreign_language
from moderation.masking.forms import MaskForm
from moderation.masking.proposals import Proposal, kinds_text, proposals
from moderation.models import (
    Action,
    CategoryChoices,
    Decision,
    Flag,
    QueueEntry,
    Repost,
    Sanction,
)
from moderation.queue import author_records, earlier_texts
from moderation.reasons import ReasonCode, suggested_reason
from moderation.report_cards import ReportGroup, report_groups
from moderation.rules.match import Severity
from moderation.sanctions import standing_by_author
from moderation.services import current_revision, masks_mark, seen_masks
from moderation.unseen import unseen_in, with_unseen_shown


@dataclass(frozen=True, slots=True)
class DeskCard:
    """One comment on the desk.

    ``record`` counts the author's comments by status, ``sanctions`` hold of him now.
    ``decisions`` are the latest first; ``undoable`` is the latest one, if a moderator
    took it. ``reports`` are the open ones of readers, ``groups`` those that the comment
    waits in. ``language`` is the text's where it is not the page's. ``typed`` and
    ``masking`` are the form that was refused, to be shown again; ``following`` the next
    card's comment; ``difference`` is how the text differs from that of ``beside``.
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
    masking: MaskForm | None = None
    following: int | None = None
    difference: SafeString | None = None
    beside: Comment | None = None

    @property
    def latest(self) -> Decision | None:
        return self.decisions[0] if self.decisions else None

    @property
    def seen(self) -> str:
        """What `batch_forms.SEEN` reads: comment, last decision, text and its masks."""
        after = self.latest.pk if self.latest else ""
        text = current_revision(self.comment)
        return f"{self.comment.pk}.{after}.{text.pk}.{masks_mark(text)}"

    @property
    def undoable(self) -> Decision | None:
        latest = self.latest
        return latest if latest and can_be_undone(latest, self.comment) else None

    @property
    def raw(self) -> SafeString:
        """The text as typed, with the signs that nobody can see."""
        revision = current_revision(self.comment)
        return with_unseen_shown(revision.text, revision.masked_spans)

    @property
    def masks(self) -> str:
        """What of the text is masked, for `services.decide` to compare."""
        return seen_masks(current_revision(self.comment))

    @property
    def masked(self) -> str:
        """The kinds of what is masked, in words; empty if nothing is."""
        return kinds_text(current_revision(self.comment).masked_spans)

    @property
    def maskable(self) -> list[Proposal]:
        """What could be masked: details found in the text, and what was chosen in it."""
        typed = self.masking.typed if self.masking else []
        return proposals(current_revision(self.comment), self.flags, typed)

    @property
    def unseen(self) -> int:
        """How many such signs the text holds."""
        found = unseen_in(current_revision(self.comment).text)
        return sum(count for _code, _name, count in found)

    @property
    def clauses(self) -> list[CitedClause]:
        """The clauses of the charter that bring the comment here."""
        return cited_clauses(self.comment)

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
    def threat(self) -> datetime | None:
        """Since when the rules see a threat in the text, if nobody let it appear."""
        if self._kept:
            return None
        found = (
            f.created_at for f in self.flags if f.category == CategoryChoices.THREAT
        )
        return min(found, default=None)

    @property
    def _kept(self) -> bool:
        """Whether a moderator let this very text appear, and it still does."""
        if self.entry is None or self.entry.rank != QueueEntry.Rank.FLAGGED:
            return False
        undone = {decision.undoes_id for decision in self.decisions}
        return any(
            decision.moderator_id is not None
            and decision.action == Action.PUBLISH
            and decision.revision_id == self.comment.revision_id
            and decision.undoes_id is None
            and decision.pk not in undone
            for decision in self.decisions
        )

    @property
    def alert(self) -> bool:
        """Whether it waits for more than its turn: readers' reports, or a threat."""
        return self.entry is not None and bool(self.reports or self.threat)

    @property
    def late_since(self) -> datetime | None:
        """Since when it waits for longer than such an alert may."""
        if not self.alert:
            return None
        return late_since(self.reports.oldest if self.reports else {}, self.threat)

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
        "queue_entry__owner",
        "posted_under",
    ).prefetch_related(
        earlier_texts("repost"),
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


def comment_card(
    comment: Comment,
    typed: DecisionForm | None = None,
    masking: MaskForm | None = None,
) -> DeskCard:
    """The card of one comment out of `desk_comments`, waiting or not."""
    entry = getattr(comment, "queue_entry", None)
    record = author_records({comment.author_id})[comment.author_id]
    sanctions = standing_by_author({comment.author_id}).get(comment.author_id, [])
    reports = report_groups([entry]).get(comment.pk)
    groups = card_groups([entry]).get(comment.pk)
    return _card(comment, entry, record, sanctions, reports, groups, typed, masking)


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
    masking: MaskForm | None = None,
) -> DeskCard:
    revision = current_revision(comment)
    flags = list(revision.flags.all())
    suggested = suggested_reason((f.category, f.severity) for f in flags)
    return DeskCard(
        comment=comment,
        entry=entry,
        text=marked_html(revision.text, flags, revision.masked_spans),
        flags=flags,
        decisions=list(comment.decisions.all()),
        record=record,
        suggested=suggested or (reports.reason if reports else None),
        sanctions=sanctions,
        reports=reports,
        groups=groups or NO_GROUP,
        language=foreign_language(revision.text),
        typed=typed,
        masking=masking,
    )
