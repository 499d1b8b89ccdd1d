"""What a moderator sees of a comment that he judges again, and what he must not see."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString

from comments.models import Comment
from moderation.hiding_fields import judging_fields
from moderation.highlighting import marked_html
from moderation.likeness.languages import foreign_language
from moderation.models import Flag, Report, SecondLook
from moderation.reasons import ReasonCode, suggested_reason
from moderation.rules.match import Severity
from moderation.second_looks.forms import LookForm
from moderation.unseen import unseen_in, with_unseen_shown

REPORTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LookCard:
    """A text as it was when it was first judged, without what became of it.

    ``flags`` and ``reports`` are those that the first moderator had before him; a
    comment that no rule flagged is shown without either.
    """

    look: SecondLook
    text: SafeString
    flags: list[Flag]
    reports: list[Report]
    suggested: ReasonCode | None
    typed: LookForm | None = None

    @property
    def parent(self) -> Comment | None:
        """What it answers; nothing of what was deleted since."""
        parent = self.look.comment.parent
        if parent is None or parent.status == Comment.Status.DELETED:
            return None
        return parent

    @property
    def language(self) -> str:
        """The text's language where it is not the page's."""
        return foreign_language(self.look.revision.text)

    @property
    def raw(self) -> SafeString:
        return with_unseen_shown(self.look.revision.text)

    @property
    def unseen(self) -> int:
        found = unseen_in(self.look.revision.text)
        return sum(count for _code, _name, count in found)

    @property
    def grave(self) -> bool:
        """Whether the rules found something of high severity in the text."""
        return any(flag.severity == Severity.HIGH for flag in self.flags)

    @property
    def reason_fields(self) -> SafeString:
        """What judging that it should be hidden asks for: a reason, a note."""
        return judging_fields(self.suggested, self.typed)


def shown_looks() -> QuerySet[SecondLook]:
    """Looks with all that their cards, and the comparison afterwards, show."""
    return SecondLook.objects.select_related(
        "revision",
        "comment__article__section",
        "comment__author",
        "comment__parent__author",
        "comment__parent__revision",
        "decision__moderator",
        "moderator",
    ).prefetch_related(
        Prefetch(
            "revision__flags", queryset=Flag.objects.order_by("start", "end", "pk")
        )
    )


def look_card(look: SecondLook, typed: LookForm | None = None) -> LookCard:
    """The card of one of `shown_looks`. One query, for readers' reports."""
    flags: list[Flag] = []
    reports: list[Report] = []
    if look.decision is not None:
        flags += look.revision.flags.all()
        reports += Report.objects.filter(
            comment=look.comment_id, created_at__lt=look.decision.created_at
        ).order_by("pk")[:REPORTS_SHOWN]
    return LookCard(
        look=look,
        text=marked_html(look.revision.text, flags),
        flags=flags,
        reports=reports,
        suggested=suggested_reason((f.category, f.severity) for f in flags),
        typed=typed,
    )
