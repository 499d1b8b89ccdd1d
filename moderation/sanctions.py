"""Sanctions on commenters: imposed, lifted, and asked for at the front door."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from comments.models import Comment, Commenter
from moderation.charter.catalog import LANGUAGES
from moderation.charter.in_force import charter_in_force
from moderation.errors import AlreadyDecided, InvalidSanction, PostingSuspended
from moderation.mailing.sending import owe_sanction
from moderation.models import Report, Sanction, StatementOfReasons
from moderation.queue import author_records
from moderation.reason_details import Ground, reason_details
from moderation.reasons import OTHER_NOTE_MIN_LENGTH, ReasonCode
from moderation.sanction_text import (
    facts_text,
    redress_text,
    refusal_text,
    usual_message,
)

WARNING_DAYS = 365
REVIEW_DAYS = 180
SUSPENSION_MAX_DAYS = 180
BAN_DAYS = 365
"""A ban ends too (TRUST L-17): whoever wants it to go on imposes it again, on the facts
of that day."""
REVIEW_MAX = 50  # comments
Kind = Sanction.Kind


@dataclass(frozen=True, slots=True)
class Order:
    """What a moderator wants done to a commenter.

    ``until`` is the last day of a suspension, ``comments`` how many a review makes wait.
    ``message`` is for the author, ``note`` and ``grave_reason`` for moderators; ``grave``
    stands for the warning that a suspension or ban must follow.
    """

    kind: Sanction.Kind
    reason: str
    message: str = ""
    note: str = ""
    until: date | None = None
    comments: int | None = None
    grave: bool = False
    grave_reason: str = ""


@transaction.atomic
def impose_sanction(
    author: Commenter, order: Order, *, by: User, after: int | None
) -> Sanction:
    """Sanction ``author`` as ordered; he is told after the commit.

    ``after`` is the key of his last sanction that the moderator saw. A suspension or ban
    takes the place of the one in force, a review that of a review. Raises AlreadyDecided
    if another sanction came first (the author's row is locked), and InvalidSanction.
    """
    author = Commenter.objects.select_for_update().get(pk=author.pk)
    if author.sanctions.values_list("pk", flat=True).first() != after:
        raise AlreadyDecided(
            _("Cet auteur a été sanctionné entre-temps : rien n’a été envoyé.")
        )
    sanction = draft_sanction(author, order, by=by)
    replaced = (
        Sanction.NO_POSTING if sanction.kind in Sanction.NO_POSTING else (Kind.REVIEW,)
    )
    if sanction.restricts:
        author.sanctions.in_force().filter(kind__in=replaced).update(
            lifted_at=sanction.begins_at,
            lifted_by=by,
            lift_reason=_("Remplacée par la sanction %(reference)s.")
            % {"reference": sanction.puid},
        )
    sanction.save(force_insert=True)
    if reason_details()[sanction.reason].mailed:
        owe_sanction(sanction)
    return sanction


def draft_sanction(author: Commenter, order: Order, *, by: User) -> Sanction:
    """The sanction that ``order`` asks for, with all that the author will read.

    Stores nothing. Raises InvalidSanction for what may not be done.
    """
    warned = was_warned(author)
    _check(author, order, by=by, warned=warned)
    suspends = order.kind in Sanction.NO_POSTING
    details = reason_details()[order.reason]
    legal = details.ground == Ground.LAW
    sanction = Sanction(
        author=author,
        kind=order.kind,
        ends_at=_end(order),
        comments_to_review=order.comments if order.kind == Kind.REVIEW else None,
        reason=order.reason,
        source=_source(author),
        ground=(
            StatementOfReasons.Ground.ILLEGAL
            if legal
            else StatementOfReasons.Ground.CHARTER
        ),
        clause=details.clause,
        grave=suspends and order.grave,
        grave_reason=order.grave_reason.strip() if suspends and order.grave else "",
        note=order.note.strip(),
        moderator=by,
    )
    record = author_records({author.pk})[author.pk]
    counted = {
        "total": sum(record.values()),
        "hidden": record.get(Comment.Status.HIDDEN, 0),
    }
    titles = charter_in_force().titles[details.clause]
    for language in LANGUAGES:
        with override(language):
            clause = titles[language]
            texts = {
                "clause": clause,
                "law": details.law[language] if legal else "",
                "facts": facts_text(sanction, warned=warned, **counted),
                "message": order.message.strip() or usual_message(clause),
                "redress": redress_text(sanction),
            }
        for part, said in texts.items():
            setattr(sanction, f"{part}_{language}", said)
    return sanction


@transaction.atomic
def lift_sanction(sanction: Sanction, *, by: User, reason: str) -> Sanction:
    """End ``sanction`` before its time; its author is told after the commit.

    Raises InvalidSanction without a ``reason`` (for moderators), AlreadyDecided if it
    was lifted or is over.
    """
    if not reason.strip():
        raise InvalidSanction(_("Dites pourquoi vous levez la sanction."), "reason")
    Commenter.objects.select_for_update().get(pk=sanction.author_id)
    sanction = Sanction.objects.with_held().get(pk=sanction.pk)
    if not sanction.stands:
        raise AlreadyDecided(_("Cette sanction a déjà pris fin."))
    sanction.lifted_at = timezone.now()
    sanction.lifted_by = by
    sanction.lift_reason = reason.strip()
    sanction.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    owe_sanction(sanction, lifting=True)
    return sanction


def standing_sanctions(author: Commenter) -> list[Sanction]:
    """What holds of ``author`` now, the latest first. One query."""
    found = author.sanctions.in_force().with_held()
    return [sanction for sanction in found if sanction.stands]


def standing_by_author(authors: Collection[int]) -> dict[int, list[Sanction]]:
    """{author's key: what holds of him now}, for those of ``authors`` with any. One
    query."""
    found: dict[int, list[Sanction]] = {}
    for sanction in Sanction.objects.in_force().filter(author__in=authors).with_held():
        if sanction.stands:
            found.setdefault(sanction.author_id, []).append(sanction)
    return found


def suspension_among(sanctions: Iterable[Sanction]) -> Sanction | None:
    """The one of ``sanctions``, in force, that forbids posting."""
    return next((s for s in sanctions if s.kind in Sanction.NO_POSTING), None)


def check_may_post(sanctions: Iterable[Sanction]) -> None:
    """Raises PostingSuspended if one of an author's ``sanctions`` in force forbids it."""
    suspension = suspension_among(sanctions)
    if suspension is not None:
        raise PostingSuspended(refusal_text(suspension))


def was_warned(author: Commenter) -> bool:
    """Whether a warning to ``author`` still counts."""
    return author.sanctions.in_force().filter(kind=Kind.WARNING).exists()


def _check(author: Commenter, order: Order, *, by: User, warned: bool) -> None:
    if author.user_id is None:
        raise InvalidSanction(
            _("Cet auteur n’a pas de compte ici : il ne peut rien publier.")
        )
    if author.user_id == by.pk:
        raise InvalidSanction(_("Vous ne pouvez pas vous sanctionner vous-même."))
    if order.reason not in ReasonCode.values:
        raise InvalidSanction(_("Choisissez un motif."), "reason")
    said = order.message.strip()
    if order.reason == ReasonCode.AUTRE and len(said) < OTHER_NOTE_MIN_LENGTH:
        raise InvalidSanction(
            _(
                "Avec le motif « Autre », expliquez à l’auteur en 20 caractères au moins."
            ),
            "message",
        )
    if order.kind == Kind.REVIEW and not 1 <= (order.comments or 0) <= REVIEW_MAX:
        raise InvalidSanction(
            _("Donnez un nombre de 1 à %(most)d.") % {"most": REVIEW_MAX}, "comments"
        )
    if order.kind == Kind.SUSPENSION:
        _check_last_day(order.until)
    if order.kind not in Sanction.NO_POSTING:
        return
    if not warned and not order.grave:
        raise InvalidSanction(
            _(
                "Cet auteur n’a pas été averti : avertissez-le d’abord, ou dites que les "
                "faits sont graves."
            ),
            "grave",
        )
    if order.grave and len(order.grave_reason.strip()) < OTHER_NOTE_MIN_LENGTH:
        raise InvalidSanction(
            _("Dites en 20 caractères au moins pourquoi les faits sont graves."),
            "grave_reason",
        )


def _check_last_day(until: date | None) -> None:
    today = timezone.localdate()
    if until is None or not today <= until <= today + timedelta(SUSPENSION_MAX_DAYS):
        raise InvalidSanction(
            _("Choisissez un jour entre aujourd’hui et dans %(days)d jours.")
            % {"days": SUSPENSION_MAX_DAYS},
            "until",
        )


def _end(order: Order) -> datetime:
    """Midnight after the last day, in the newspaper's time zone."""
    lasts = {
        Kind.WARNING: WARNING_DAYS,
        Kind.REVIEW: REVIEW_DAYS,
        Kind.BAN: BAN_DAYS,
    }
    if order.kind == Kind.SUSPENSION and order.until is not None:
        last = order.until
    else:
        last = timezone.localdate() + timedelta(lasts[order.kind])
    return timezone.make_aware(datetime.combine(last + timedelta(1), time.min))


def _source(author: Commenter) -> StatementOfReasons.Source:
    """Whether readers' reports that were not rejected made moderators look."""
    reported = Report.objects.filter(comment__author=author)
    if reported.exclude(outcome=Report.Outcome.KEPT).exists():
        return StatementOfReasons.Source.NOTICE
    return StatementOfReasons.Source.VOLUNTARY
