"""What the desk shows of complaints: beside authors' appeals, and one alone."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from moderation.appeal_cards import listed_appeals
from moderation.appeal_models import Appeal
from moderation.cards import DeskCard, comment_card, desk_comments
from moderation.complaints.models import Complaint
from moderation.complaints.services import is_own
from moderation.reasons import ReasonCode

_CURSOR = re.compile(r"(\d{1,18})(?:-(\d{1,18}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ComplaintCard:
    """One complaint with the comment's card, and answers to begin with.

    ``suggested`` is the reason that the report names.
    ``own``: the moderator who looks kept the comment, and another must answer.
    """

    complaint: Complaint
    card: DeskCard
    own: bool
    kept: str
    hidden: str
    suggested: ReasonCode | None


@dataclass(frozen=True, slots=True)
class Contested:
    """A line of the list: an author's appeal or a reporter's complaint, with `own`."""

    appeal: Any = None
    complaint: Any = None

    @property
    def made(self) -> Any:
        return self.appeal or self.complaint


@dataclass(frozen=True, slots=True)
class ContestedPage:
    rows: list[Contested]
    next_after: str


def contested_page(user: User, *, closed: bool, after: str, size: int) -> ContestedPage:
    """Open appeals and complaints, the oldest first; closed ones, the latest first.

    ``after`` is the cursor of the page before, or the beginning if it is none: the last
    key of each that was shown, so that an index finds what follows.
    """
    order, beyond = ("-pk", "pk__lt") if closed else ("pk", "pk__gt")
    state = Appeal.State.ANSWERED if closed else Appeal.State.OPEN
    appeals = listed_appeals(user, state=state).order_by(order)
    complaints = listed_complaints(user, state=state).order_by(order)
    seen = _CURSOR.fullmatch(after)
    last_appeal, last_complaint = (
        (int(key or 0) for key in seen.groups()) if seen else (0, 0)
    )
    if last_appeal:
        appeals = appeals.filter(**{beyond: last_appeal})
    if last_complaint:
        complaints = complaints.filter(**{beyond: last_complaint})
    found = [
        *(Contested(appeal=each) for each in appeals[: size + 1]),
        *(Contested(complaint=each) for each in complaints[: size + 1]),
    ]
    found.sort(key=lambda row: (row.made.created_at, row.made.pk), reverse=closed)
    shown = found[:size]
    for row in shown:
        if row.appeal:
            last_appeal = row.appeal.pk
        else:
            last_complaint = row.complaint.pk
    more = len(found) > size
    return ContestedPage(shown, f"{last_appeal}-{last_complaint}" if more else "")


def listed_complaints(user: User, *, state: str = "") -> QuerySet[Complaint]:
    """Complaints in ``state`` or in any, with all that a list of them shows.

    Each says as `own` whether ``user`` kept the comment.
    """
    own = ExpressionWrapper(Q(contested__moderator=user), BooleanField())
    found = known_complaints().annotate(own=own)
    return found.filter(state=state) if state else found


def known_complaints() -> QuerySet[Complaint]:
    return Complaint.objects.select_related(
        "moderator",
        "decision__moderator",
        "contested__moderator",
        "contested__revision",
        "report__comment__author",
        "report__comment__article",
    )


def complaint_card(complaint: Complaint, user: User) -> ComplaintCard:
    """The card of one of `listed_complaints`, as ``user`` sees it."""
    found = desk_comments().get(pk=complaint.report.comment_id)
    with override(complaint.report.language):
        kept = _(
            "Nous avons relu le commentaire, votre signalement et ce que vous nous en "
            "dites. Nous n’y voyons pas de manquement à la loi ni à la charte : il reste "
            "en ligne."
        )
        hidden = _(
            "Nous avons relu le commentaire, votre signalement et ce que vous nous en "
            "dites. Vous aviez raison de contester : nous avons masqué ce commentaire."
        )
    reported = ReasonCode(complaint.report.kind)
    return ComplaintCard(
        complaint=complaint,
        card=comment_card(found),
        own=is_own(complaint, user),
        kept=kept,
        hidden=hidden,
        suggested=None if reported == ReasonCode.AUTRE else reported,
    )
