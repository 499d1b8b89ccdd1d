"""What tests of complaints share."""

from moderation.complaints.services import Reply, answer_complaint, complain
from moderation.models import Action
from tests.factories import ModeratorFactory, ReportFactory
from tests.moderation.contesting import take

WHY = "Nous l’avons relu : voici pourquoi."


def kept(*, by=None, **report):
    """A report that a moderator did not follow."""
    made = ReportFactory(**report)
    take(made.comment, Action.PUBLISH, by)
    made.refresh_from_db()
    return made


def complained(*, by=None, argument="Il vise une personne précise.", **report):
    return complain(kept(by=by, **report), argument=argument)


def replied(complaint, outcome, *, by=None, reasoning=WHY, reason="injure", **seen):
    comment = complaint.report.comment
    comment.refresh_from_db()
    return answer_complaint(
        complaint,
        Reply(outcome, reasoning, reason if outcome == "hidden" else ""),
        by=by or ModeratorFactory(),
        **{
            "after": comment.decisions.first().pk,
            "revision": comment.revision_id,
            **seen,
        },
    )
