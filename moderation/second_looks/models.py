"""Second looks (« seconds regards »): comments judged again by someone who does not
know what was decided.
"""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Revision
from moderation.choices import Action
from moderation.reasons import ReasonCode

CLAIM_LASTS = timedelta(minutes=10)
"""As long as one moderator judges a comment, no other is offered it."""
KEPT_OPEN = timedelta(days=90)
"""A look that nobody took in this time is closed: it is no debt."""


class AuditDay(models.Model):
    """What became of the comments received on a ``day``, a week later (TRUST L-24).

    Written once a day by `draw_second_looks`; imported comments, moderated elsewhere,
    are left out. Of those the rules had flagged, ``flagged_hidden`` were hidden then;
    of the others ``missed_hidden``, and ``unflagged`` were in sight. Each of these was
    drawn with the probability ``share``.
    """

    day = models.DateField(_("jour"), unique=True)
    share = models.FloatField(_("part tirée"))
    unflagged = models.PositiveIntegerField(_("parus sans relevé"))
    flagged_hidden = models.PositiveIntegerField(_("relevés et masqués"))
    missed_hidden = models.PositiveIntegerField(_("masqués sans relevé"))
    drawn_at = models.DateTimeField(_("tiré le"), default=timezone.now, db_index=True)

    class Meta:
        ordering = ("day",)
        default_permissions = ()
        verbose_name = _("jour contrôlé")
        verbose_name_plural = _("jours contrôlés")
        constraints = (
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="audit_share_is_one"
            ),
        )

    def __str__(self) -> str:
        return str(self.day)


class SecondLookQuerySet(models.QuerySet["SecondLook"]):
    def open(self) -> Self:
        return self.filter(state=SecondLook.State.OPEN)

    def judged(self) -> Self:
        return self.filter(state=SecondLook.State.JUDGED)

    def moot(self) -> Self:
        """Open ones that there is nothing to judge in any more: the decision was undone,
        the author changed the text, the comment is gone, or nobody came in KEPT_OPEN."""
        return self.open().filter(
            ~Q(comment__revision=F("revision"))
            | Q(comment__status=Comment.Status.DELETED)
            | Q(decision__undone_by__isnull=False)
            | Q(created_at__lt=timezone.now() - KEPT_OPEN)
        )

    def for_judge(self, user: User) -> Self:
        """Open ones that ``user`` may be offered: he neither wrote the comment nor ever
        decided on it, and nobody else has it before him."""
        return (
            self.free_for(user)
            .exclude(comment__author__user=user)
            .exclude(comment__decisions__moderator=user)
        )

    def free_for(self, user: User) -> Self:
        """Open ones that nobody but ``user`` has before him. Asks this table alone, so
        that of two updates at once the second one finds nothing."""
        return self.open().filter(
            Q(claimed_by=None)
            | Q(claimed_by=user)
            | Q(claimed_at__lt=timezone.now() - CLAIM_LASTS)
        )

    def held_by(self, user: User) -> Self:
        """Those that ``user`` has before him and may still judge."""
        return self.for_judge(user).filter(
            claimed_by=user, claimed_at__gte=timezone.now() - CLAIM_LASTS
        )

    def readable_by(self, user: User) -> Self:
        """Those whose two judgements ``user`` may compare: his own ones, or all; none
        of a comment that was deleted since."""
        judged = self.judged().exclude(comment__status=Comment.Status.DELETED)
        if user.has_perm("moderation.view_workload"):
            return judged
        return judged.filter(moderator=user)


class SecondLook(models.Model):
    """A text to be judged again, blind, and how it was judged, once.

    Drawn from moderators' decisions (``decision``) or from the published comments
    that no rule flagged (``audit``). It changes nothing about the comment. Open until
    somebody judges it (``action``, ``reason``, ``moderator``), or until there is nothing
    to judge any more: it is moot then.
    """

    class State(models.TextChoices):
        OPEN = "open", _("à juger")
        JUDGED = "judged", _("jugé")
        MOOT = "moot", _("sans objet")

    comment = models.ForeignKey(
        Comment,
        models.CASCADE,
        related_name="second_looks",
        verbose_name=_("commentaire"),
    )
    revision = models.ForeignKey(
        Revision,
        models.CASCADE,
        related_name="second_looks",
        verbose_name=_("version"),
    )
    decision = models.OneToOneField(
        "moderation.Decision",
        models.CASCADE,
        related_name="second_look",
        null=True,
        verbose_name=_("première décision"),
    )
    audit = models.ForeignKey(
        AuditDay,
        models.CASCADE,
        related_name="looks",
        null=True,
        verbose_name=_("jour contrôlé"),
    )
    created_at = models.DateTimeField(_("tiré le"), default=timezone.now, db_index=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        verbose_name=_("pris par"),
    )
    claimed_at = models.DateTimeField(_("pris à"), null=True)
    state = models.CharField(_("état"), max_length=6, choices=State, default=State.OPEN)
    action = models.CharField(_("jugement"), max_length=7, choices=Action, blank=True)
    reason = models.CharField(_("motif"), max_length=30, choices=ReasonCode, blank=True)
    note = models.TextField(_("note"), blank=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="second_looks",
        null=True,
        verbose_name=_("modérateur"),
    )
    closed_at = models.DateTimeField(_("clos le"), null=True)

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        verbose_name = _("second regard")
        verbose_name_plural = _("seconds regards")
        constraints = (
            models.CheckConstraint(
                condition=Q(decision=None, audit__isnull=False)
                | Q(decision__isnull=False, audit=None),
                name="second_look_of_one_sample",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="open",
                    action="",
                    reason="",
                    note="",
                    moderator=None,
                    closed_at=None,
                )
                | Q(
                    state="moot",
                    action="",
                    reason="",
                    note="",
                    moderator=None,
                    closed_at__isnull=False,
                )
                | Q(
                    Q(action="publish", reason="") | Q(action="hide") & ~Q(reason=""),
                    state="judged",
                    moderator__isnull=False,
                    closed_at__isnull=False,
                ),
                name="second_look_is_judged_or_not",
            ),
            models.UniqueConstraint(
                fields=("revision",),
                condition=Q(audit__isnull=False),
                name="second_look_audits_once",
            ),
        )
        indexes = (
            models.Index("id", name="second_look_open", condition=Q(state="open")),
        )

    def __str__(self) -> str:
        return f"{self.pk} ({self.comment_id})"

    @property
    def first_action(self) -> str:
        """What was decided first; what no rule flagged was in sight."""
        return self.decision.action if self.decision else Action.PUBLISH

    @property
    def agrees(self) -> bool:
        """Whether both judged alike, whatever their reasons."""
        return self.action == self.first_action
