"""What readers report, and how decisions answer it, in the decisions' transaction."""

from collections.abc import Iterable, Mapping, Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comments.models import Comment
from comments.texts import can_be_stored, is_blank, with_line_feeds
from moderation.errors import InvalidReport, NothingToReport
from moderation.models import Action, Call, Decision, QueueEntry, Report, ReportKind
from moderation.ranking import place_in_queue
from moderation.report_mail import send_soon
from moderation.report_models import (
    ANONYMOUS,
    EMAIL_MAX_LENGTH,
    EXPLANATION_MAX_LENGTH,
    REPORTER_NAME_MAX_LENGTH,
)
from moderation.reporters import calls_of
from moderation.webhooks.outbox import reported, tell

REPORTABLE = (Comment.Status.PUBLISHED, Comment.Status.PENDING)
"""Pending too: a moderator may put a comment back while a reader reports it."""


@transaction.atomic
def report_comment(
    comment: Comment,
    *,
    kind: str,
    explanation: str,
    name: str,
    email: str,
    good_faith: bool,
    user: User | None = None,
) -> Report:
    """Store a reader's report of ``comment`` and bring it to the queue, no further.

    Whoever has an open report on the comment, by account or address, gets that one
    back: callers must not tell the two apart, or they would tell who reported what.
    A comment decided before waits anew, with its decisions. Raises InvalidReport, and
    NothingToReport if the comment was withdrawn. The receipt is owed from the row's
    first moment and sent on commit.
    """
    typed = {"kind": kind, "explanation": explanation, "name": name, "email": email}
    if errors := report_errors(typed, good_faith=good_faith):
        raise InvalidReport(errors)
    # The lock that decisions take: a report is answered by one or comes after it
    comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if comment.status not in REPORTABLE:
        raise NothingToReport(_("Ce commentaire n’est plus en ligne."))
    email = email.strip().lower()
    if kind == ANONYMOUS and not email:
        user = None  # who gives no address there wants to remain unknown
    if made := _open_report(comment, user, email):
        return made
    assert comment.revision_id is not None  # every stored comment has a text
    report = Report.objects.create(
        comment=comment,
        revision_id=comment.revision_id,
        kind=kind,
        explanation=with_line_feeds(explanation).strip(),
        name=name.strip(),
        email=email,
        user=user,
        language=(get_language() or "fr")[:2],
    )
    _call([report])
    send_soon(Q(pk=report.pk))
    tell(reported(report))
    return report


def report_errors(typed: Mapping[str, str], *, good_faith: bool) -> dict[str, str]:
    """{field: what is wrong with it, for the reader}; empty if nothing is.

    ``typed`` holds kind, explanation, name and email as they were sent.
    """
    errors: dict[str, str] = {}
    if typed["kind"] not in ReportKind.values:
        errors["kind"] = _("Choisissez ce que vous reprochez à ce commentaire.")
    if is_blank(typed["explanation"]):
        errors["explanation"] = _("Expliquez ce que vous reprochez à ce commentaire.")
    elif len(with_line_feeds(typed["explanation"])) > EXPLANATION_MAX_LENGTH:
        errors["explanation"] = _(
            "Votre explication dépasse %(limit)d caractères : raccourcissez-la."
        ) % {"limit": EXPLANATION_MAX_LENGTH}
    named = typed["kind"] != ANONYMOUS
    if named and is_blank(typed["name"]):
        errors["name"] = _("Donnez votre nom : il n’est montré à aucun lecteur.")
    elif len(typed["name"]) > REPORTER_NAME_MAX_LENGTH:
        errors["name"] = _("Ce nom est trop long.")
    if named and is_blank(typed["email"]):
        errors["email"] = _("Donnez votre adresse : la réponse y sera envoyée.")
    elif typed["email"].strip() and not _is_address(typed["email"].strip()):
        errors["email"] = _("Cette adresse n’est pas valide : nom@exemple.fr.")
    for field, text in typed.items():
        if not can_be_stored(text):
            errors[field] = _(
                "Ce texte contient des caractères invalides : retapez-le ici."
            )
    if not good_faith:
        errors["good_faith"] = _("Cochez cette case pour envoyer le signalement.")
    return errors


def settle_reports(*decisions: Decision) -> None:
    """Answer the open reports that ``decisions`` answer; open again what they undo.

    To be called in their transaction, one decision a comment, once the queue is as
    they leave it: a fixed number of queries, whatever the number of reports. Publishing
    and hiding by a moderator answer; putting back on hold does not, nor do the rules.

    Undoing opens the reports again, since the answer no longer holds and the law wants
    a true one: « masqué » must not be left standing beside a comment in plain sight. A
    reporter who was already written the answer is written that it was withdrawn; one
    who was not learns only the next. A report stays answered if its reporter has made
    another one on the comment since, which waits in its stead.

    Putting a hidden comment back answers anew those who were told that it was hidden,
    whoever puts it back and why (TRUST L-07).
    """
    undone = [d.undoes_id for d in decisions if d.undoes_id is not None]
    if undone:
        _reopen(undone)
    final = [d for d in decisions if _answers(d)]
    hidden = [d for d in final if d.status_after == Comment.Status.HIDDEN]
    kept = [d for d in final if d.status_after != Comment.Status.HIDDEN]
    answered = _answer(hidden, Report.Outcome.UPHELD)
    answered += _answer(kept, Report.Outcome.KEPT)
    restored = [d for d in kept if d.status_before == Comment.Status.HIDDEN]
    answered += _answer(restored, Report.Outcome.KEPT, instead_of=Report.Outcome.UPHELD)
    if answered:
        send_soon(Q(decision__in=final))
    if undone:
        comments = [d.comment_id for d in decisions]
        _call_again(comments)
        send_soon(Q(comment__in=comments, told__in=undone, decision=None))


def answer_anew(hiding: Decision, *, told: Report) -> None:
    """Answer with ``hiding`` those on whose reports its comment had been kept.

    In its transaction. ``told`` is one whose reporter is written of it otherwise.
    """
    _answer([hiding], Report.Outcome.UPHELD, instead_of=Report.Outcome.KEPT)
    Report.objects.filter(pk=told.pk).update(told=hiding, told_at=timezone.now())
    send_soon(Q(decision=hiding))


def _answers(decision: Decision) -> bool:
    if decision.moderator_id is None:
        return False
    if decision.undoes_id is not None:  # hidden again: nothing is left to ask for
        return decision.status_after == Comment.Status.HIDDEN
    return decision.action in (Action.PUBLISH, Action.HIDE)


def _answer(
    decisions: Iterable[Decision],
    outcome: Report.Outcome,
    *,
    instead_of: Report.Outcome | None = None,
) -> int:
    """Give open reports on the comments of ``decisions`` their ``outcome``; how many.

    Or those that were answered otherwise. Each comment's last decision is the answer.
    """
    state = Report.State.ANSWERED if instead_of else Report.State.OPEN
    reports = Report.objects.filter(state=state, outcome=instead_of or "")
    comments = [d.comment_id for d in decisions]
    if not comments:
        return 0
    latest = Decision.objects.filter(comment=OuterRef("comment")).order_by("-pk")
    return reports.filter(comment__in=comments).update(
        state=Report.State.ANSWERED,
        decision=Subquery(latest.values("pk")[:1]),
        outcome=outcome,
        answered_at=timezone.now(),
    )


def _reopen(undone: list[int]) -> None:
    newer = (
        Report.objects.open()
        .filter(comment=OuterRef("comment"))
        .filter(Q(user=OuterRef("user")) | (Q(email=OuterRef("email")) & ~Q(email="")))
    )
    again = Report.objects.filter(decision__in=undone).exclude(Exists(newer))
    # Keys first: what is asked about open reports must not see these open up
    Report.objects.filter(pk__in=list(again.values_list("pk", flat=True))).update(
        state=Report.State.OPEN, decision=None, outcome="", answered_at=None
    )


def _call_again(comments: Iterable[int]) -> None:
    """Make the queue agree with the open reports of ``comments``."""
    reports = Report.objects.open().filter(comment__in=comments).order_by("created_at")
    waiting = list(reports.select_related("comment"))
    reported = {report.comment_id for report in waiting}
    QueueEntry.objects.filter(comment__in=comments).exclude(
        comment__in=reported
    ).update(call=Call.NONE)
    _call(waiting)


def _call(reports: Sequence[Report]) -> None:
    """Bring the comments of open ``reports`` forward, the earliest report first.

    What stands in the queue already keeps its wait. The number of queries does not
    depend on that of the comments.
    """
    calls = calls_of(reports)
    known = dict(
        QueueEntry.objects.filter(comment__in=calls).values_list("comment", "call")
    )
    entries: dict[int, QueueEntry] = {}
    for report in reports:
        if report.comment_id in known or report.comment_id in entries:
            continue
        pending = report.comment.status == Comment.Status.PENDING
        entries[report.comment_id] = QueueEntry(
            comment=report.comment,
            rank=QueueEntry.Rank.PENDING if pending else QueueEntry.Rank.FLAGGED,
            call=calls[report.comment_id],
            waiting_since=report.created_at,
        )
    QueueEntry.objects.bulk_create(entries.values())
    place_in_queue([entry.comment for entry in entries.values()])
    for call in Call:
        nearer = [pk for pk, was in known.items() if calls[pk] == call < was]
        if nearer:
            QueueEntry.objects.filter(comment__in=nearer).update(call=call)


def _open_report(comment: Comment, user: User | None, email: str) -> Report | None:
    same = Q(user=user) if user is not None else Q(pk=None)
    if email:
        same |= Q(email=email)
    return Report.objects.open().filter(same, comment=comment).first()


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
        MaxLengthValidator(EMAIL_MAX_LENGTH)(email)
    except ValidationError:
        return False
    return True
