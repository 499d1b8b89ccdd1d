"""Reporters contest what was answered to them, and moderators answer."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment
from comments.texts import with_line_feeds
from moderation.appeals import argument_error, check_reasoning
from moderation.complaints.links import last_day_to_contest
from moderation.complaints.models import Complaint
from moderation.complaints.settling import close
from moderation.deciding import Verdict, check_seen, new_decision, record
from moderation.errors import (
    AlreadyAnswered,
    InvalidAppeal,
    InvalidDecision,
    NothingToContest,
    OwnDecision,
)
from moderation.models import Action, Decision, QueueEntry, Report, StatementOfReasons
from moderation.reports import answer_anew

Outcome = Complaint.Outcome


@dataclass(frozen=True, slots=True)
class Reply:
    """What a moderator answers: ``reasoning`` is for the reporter to read.

    ``reason`` and ``note`` are those of the hiding, if the comment is hidden.
    """

    outcome: str
    reasoning: str
    reason: str = ""
    note: str = ""


@transaction.atomic
def complain(report: Report, *, argument: str = "") -> Complaint:
    """Store the complaint of ``report``'s reporter, for another look at the comment.

    Sent again, it gives the complaint that there is. Raises InvalidAppeal for a text
    that cannot be stored, and NothingToContest if the comment was not kept, or the time
    is over. That it is the reporter who asks is the caller's to know (`is_reporters`).
    """
    if error := argument_error(argument):
        raise InvalidAppeal(error)
    # The lock that decisions take: a complaint is settled by one or comes after it
    Comment.objects.select_for_update(no_key=True).get(pk=report.comment_id)
    report = Report.objects.get(pk=report.pk)
    made = Complaint.objects.filter(report=report, contested=report.decision_id)
    if report.decision_id is not None and (known := made.first()):
        return known
    if report.decision_id is None or not _was_kept(report):
        raise NothingToContest(
            _("Ce commentaire n’est pas en ligne : rien à contester.")
        )
    if not can_be_contested(report):
        raise NothingToContest(_("Le délai pour contester cette décision est passé."))
    return Complaint.objects.create(
        report=report,
        contested_id=report.decision_id,
        argument=with_line_feeds(argument).strip(),
    )


def can_be_contested(report: Report) -> bool:
    """Whether the comment was kept, and its reporter has the time; not whether he did."""
    return _was_kept(report) and timezone.localdate() <= last_day_to_contest(report)


def _was_kept(report: Report) -> bool:
    return report.outcome == Report.Outcome.KEPT


@transaction.atomic
def answer_complaint(
    complaint: Complaint,
    reply: Reply,
    *,
    by: User,
    after: int | None,
    revision: int | None,
) -> Complaint:
    """Keep the comment that ``complaint`` is about, or hide it after all.

    Hiding is an ordinary decision, in the same transaction: its author reads a statement
    of reasons, and whoever reported the comment is told. ``after`` and ``revision`` are
    the last decision and the text that the moderator saw. Raises InvalidDecision without
    an outcome, a reasoning or a reason to hide, OwnDecision if he took the contested
    decision himself and another must answer, AlreadyAnswered or AlreadyDecided if
    anything has changed since he looked.
    """
    verdict = Verdict(action=Action.HIDE, by=by, reason=reply.reason, note=reply.note)
    _check(reply, verdict)
    comment = Comment.objects.select_for_update(no_key=True).get(
        pk=complaint.report.comment_id
    )
    latest = Decision.objects.filter(comment=comment).first()
    complaint = Complaint.objects.select_related("report", "contested").get(
        pk=complaint.pk
    )
    if complaint.state != Complaint.State.OPEN:
        raise AlreadyAnswered(_told_of(complaint, by), latest)
    if is_own(complaint, by):
        raise OwnDecision(
            _(
                "Vous avez laissé ce commentaire en ligne : un autre modérateur doit "
                "répondre à la contestation."
            )
        )
    check_seen(comment, latest, after=after, revision=revision)
    complaint.outcome = reply.outcome
    complaint.moderator = by
    complaint.reasoning = with_line_feeds(reply.reasoning).strip()
    if reply.outcome == Outcome.KEPT:
        close([complaint])
        return complaint
    entry = QueueEntry.objects.filter(comment=comment).first()
    hiding = new_decision(comment, verdict, entry)
    record([hiding], source=StatementOfReasons.Source.NOTICE, complaint=complaint)
    answer_anew(hiding, told=complaint.report)
    return Complaint.objects.get(pk=complaint.pk)


def is_own(complaint: Complaint, user: User) -> bool:
    """Whether ``user`` took the contested decision, so that another must answer."""
    return settings.APPEAL_BY_ANOTHER and complaint.contested.moderator_id == user.pk


def _check(reply: Reply, verdict: Verdict) -> None:
    if reply.outcome not in (Outcome.KEPT, Outcome.HIDDEN):
        raise InvalidDecision(
            _("Choisissez de laisser le commentaire en ligne ou de le masquer."),
            field="outcome",
        )
    check_reasoning(reply.reasoning, missing=_("Expliquez votre réponse au lecteur."))
    if reply.outcome == Outcome.HIDDEN:
        verdict.check()


def _told_of(complaint: Complaint, moderator: User) -> str:
    if complaint.moderator_id == moderator.pk:
        return _("Vous avez déjà répondu à cette contestation.")
    return {
        Outcome.KEPT: _(
            "Un autre modérateur a répondu entre-temps : le commentaire reste en ligne."
        ),
        Outcome.HIDDEN: _(
            "Un autre modérateur a répondu entre-temps : le commentaire est masqué."
        ),
        Outcome.MOOT: _(
            "Une autre décision a été prise entre-temps : cette contestation est close."
        ),
    }[Outcome(complaint.outcome)]
