"""Statements of reasons: written in the transaction of the decision that hides."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from comments.models import Comment
from moderation.appeal_outcomes import Answer, settle_appeals
from moderation.charter.catalog import LANGUAGES
from moderation.charter.in_force import InForce, charter_in_force
from moderation.mailing.sending import owe_statements
from moderation.models import Action, Decision, Flag, Report, StatementOfReasons
from moderation.policy import asks_to_wait
from moderation.reason_details import Ground, reason_details, reworded
from moderation.reasons import ReasonCode
from moderation.redress import redress_text

_COPIED = ("source", "message_fr", "message_en", "reworded", "automated_decision")
"""What a comment hidden again, as it was, takes from its former statement."""

Flags = list[tuple[str, str, str]]
"""(words, category, severity) of each flag of a revision, in the text's order."""


def write_statements(
    decisions: Sequence[Decision],
    *,
    message: str = "",
    source: StatementOfReasons.Source = StatementOfReasons.Source.VOLUNTARY,
    late: bool = False,
    answer: Answer | None = None,
) -> list[StatementOfReasons]:
    """Bring statements in line with ``decisions``, just stored, each on another comment.

    Must run in their transaction. Each lifts the statement that stood on its comment,
    which closes the appeal against it (``answer`` is what a moderator says to it, if he
    does). Each that hides gets one, whose author is told after the commit; if ``late``
    without mail, and from now on, whenever the decision was. ``message`` replaces the
    reason's own, in all of them. ``source`` is what made moderators look, unless
    readers' reports on the comment are still open. As many queries for one as for many.
    """
    settle_appeals(_lift(decisions), answer)
    hidings = [d for d in decisions if d.status_after == Comment.Status.HIDDEN]
    if not hidings:
        return []
    flags = _flags_of(hidings)
    held = _held_by_rules(hidings)
    former = _former_of(hidings)
    reported = _reported(hidings)
    charter = charter_in_force()
    statements = [
        _statement(
            decision,
            flags.get(decision.revision_id, []),
            former.get(decision.undoes_id),
            charter,
            held=decision.comment_id in held,
            reposted=held.get(decision.comment_id, False),
            message=reworded(message),
            late=late,
            source=(
                StatementOfReasons.Source.NOTICE
                if decision.comment_id in reported
                else source
            ),
        )
        for decision in hidings
    ]
    StatementOfReasons.objects.bulk_create(statements, batch_size=200)
    told = [s for s in statements if reason_details()[s.reason].mailed]
    if told and not late:
        owe_statements(told)
    return statements


def state_earlier_hidings() -> int:
    """Give comments hidden before statements were kept theirs; how many it wrote.

    One transaction a comment. No mail leaves: what was hidden long ago is no news.
    """
    standing = StatementOfReasons.objects.standing().filter(comment=OuterRef("pk"))
    hidden = Comment.objects.filter(~Exists(standing), status=Comment.Status.HIDDEN)
    written = 0
    for pk in list(hidden.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            comment = Comment.objects.select_for_update(no_key=True).get(pk=pk)
            latest = comment.decisions.first()
            stated = standing_statement(comment) is not None
            if latest and latest.status_after == comment.status and not stated:
                written += len(write_statements([latest], late=True))
    return written


def standing_statement(comment: Comment) -> StatementOfReasons | None:
    """Why ``comment`` is hidden today; None if it is not."""
    standing = StatementOfReasons.objects.standing().with_charter()
    return standing.filter(comment=comment).select_related("decision").first()


def with_statement() -> Prefetch:
    """For comments: `standing` is then [the statement that stands], or empty."""
    return Prefetch(
        "statements",
        queryset=StatementOfReasons.objects.standing(),
        to_attr="standing",
    )


def _lift(decisions: Iterable[Decision]) -> list[StatementOfReasons]:
    lifting = {decision.comment_id: decision for decision in decisions}
    standing = list(StatementOfReasons.objects.standing().filter(comment__in=lifting))
    for statement in standing:
        statement.lifted_by = lifting[statement.comment_id]
    if standing:
        StatementOfReasons.objects.bulk_update(standing, ["lifted_by"], batch_size=200)
    return standing


def _flags_of(hidings: Iterable[Decision]) -> dict[int, Flags]:
    found: dict[int, Flags] = {}
    rows = (
        Flag.objects.filter(revision__in={d.revision_id for d in hidings})
        .order_by("revision", "start", "end", "pk")
        .values_list("revision", "text", "category", "severity")
    )
    for revision, words, category, severity in rows:
        found.setdefault(revision, []).append((words, category, severity))
    return found


def _held_by_rules(hidings: Iterable[Decision]) -> dict[int, bool]:
    """The comments that waited because the rules said so, and no moderator: {comment:
    whether its text was known as one hidden before}."""
    waited = {
        d.revision_id for d in hidings if d.status_before == Comment.Status.PENDING
    }
    holds = (
        Decision.objects.filter(
            revision__in=waited, action=Action.HOLD, undoes=None, undone_by=None
        )
        .order_by("pk")
        .values_list("comment", "moderator", "comment__repost")
    )
    latest = {comment: held for comment, *held in holds}
    return {
        comment: repost is not None
        for comment, (moderator, repost) in latest.items()
        if moderator is None
    }


def _reported(hidings: Iterable[Decision]) -> set[int]:
    """The comments on which a moderator answers readers' reports."""
    decided = {d.comment_id for d in hidings if d.moderator_id is not None}
    reports = Report.objects.open().filter(comment__in=decided)
    return set(reports.order_by().values_list("comment", flat=True).distinct())


def _former_of(hidings: Iterable[Decision]) -> dict[int | None, StatementOfReasons]:
    """{decision that lifted it: statement}, of the decisions that ``hidings`` undo."""
    undone = {d.undoes_id for d in hidings if d.undoes_id}
    if not undone:
        return {}
    found = StatementOfReasons.objects.filter(lifted_by__in=undone)
    return {statement.lifted_by_id: statement for statement in found}


def _statement(
    decision: Decision,
    flags: Flags,
    former: StatementOfReasons | None,
    charter: InForce,
    *,
    held: bool,
    reposted: bool,
    message: str,
    late: bool,
    source: StatementOfReasons.Source,
) -> StatementOfReasons:
    # Hidden by hand in the database, and again by undoing: no reason was ever given
    code = decision.reason or ReasonCode.AUTRE
    details = reason_details()[code]
    legal = details.ground == Ground.LAW
    statement = StatementOfReasons(
        decision=decision,
        comment_id=decision.comment_id,
        measure=StatementOfReasons.Measure.DISABLED,
        scope=StatementOfReasons.Scope.EVERYWHERE,
        reason=code,
        source=source,
        automated_detection=bool(flags) or reposted,
        automated_decision=_automation(decision, flags, held=held, reposted=reposted),
        ground=(
            StatementOfReasons.Ground.ILLEGAL
            if legal
            else StatementOfReasons.Ground.CHARTER
        ),
        also_illegal=details.ground == Ground.EITHER,
        clause=details.clause,
        category=details.category,
        keyword=details.keyword,
        keyword_text=details.keyword_text,
        reworded=bool(message),
        words=list(dict.fromkeys(words for words, _category, _severity in flags)),
        created_at=timezone.now() if late else decision.created_at,
    )
    for language in LANGUAGES:
        with override(language):
            texts = {
                "facts": _facts(decision, code, len(flags), reposted=reposted),
                "clause": charter.titles[details.clause][language],
                "law": details.law[language] if legal else "",
                "message": message or details.message[language],
                "redress": redress_text(statement),
            }
        _fill(statement, {f"{part}_{language}": said for part, said in texts.items()})
    if former is not None:
        _fill(statement, {name: getattr(former, name) for name in _COPIED})
    return statement


def _fill(statement: StatementOfReasons, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(statement, name, value)


def _automation(
    decision: Decision, flags: Flags, *, held: bool, reposted: bool
) -> StatementOfReasons.Automation:
    """How much a machine decided (TRUST L-21): never asked of the moderator."""
    if decision.moderator_id is None:
        return StatementOfReasons.Automation.FULLY
    asked = any(asks_to_wait(category, gravity) for _text, category, gravity in flags)
    if held and (asked or reposted):
        return StatementOfReasons.Automation.PARTIALLY
    return StatementOfReasons.Automation.NONE


def _facts(decision: Decision, code: str, flags: int, *, reposted: bool) -> str:
    """What happened, in the active language: no name, and no word of the comment."""
    if decision.moderator_id is None:
        done = _("Une règle automatique a masqué ce commentaire. Motif : %(reason)s.")
    elif decision.status_before == Comment.Status.PUBLISHED:
        done = _(
            "Un modérateur du journal a relu ce commentaire, qui avait paru, et l’a "
            "masqué. Motif : %(reason)s."
        )
    else:
        done = _(
            "Un modérateur du journal a relu ce commentaire et l’a masqué. "
            "Motif : %(reason)s."
        )
    said = done % {"reason": str(ReasonCode(code).label).partition(" (")[0]}
    if flags:
        said += " " + ngettext(
            "Une règle automatique y avait relevé %(count)d passage.",
            "Des règles automatiques y avaient relevé %(count)d passages.",
            flags,
        ) % {"count": flags}
    if reposted:
        said += " " + _(
            "Une machine y avait reconnu le même texte qu’un commentaire masqué "
            "auparavant."
        )
    return said
