"""Readers' reports (« Signaler »): a call for a moderator, and what was answered."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Revision
from moderation.reasons import ReasonCode

EXPLANATION_MAX_LENGTH = 2000  # code points
REPORTER_NAME_MAX_LENGTH = 100  # code points
EMAIL_MAX_LENGTH = 254  # RFC 5321, with the erratum 1690 to RFC 3696
REFUSED_MAX = 5
"""An address that its server refused this often is written to no more."""
_SIGNS = "23456789BCDFGHJKMNPQRTVWXYZ"  # none looks like another, none makes a word


class Call(models.IntegerChoices):
    """How far forward readers' open reports bring a comment: the best of their records.

    Never the number of reports: a crowd that reports falsely gains nothing by it
    (TRUST S-39).
    """

    TRUSTED = 0, _("signalé par un lecteur souvent suivi")
    REPORTED = 1, _("signalé par un lecteur")
    DOUBTED = 2, _("signalé par un lecteur rarement suivi")
    NONE = 3, _("pas de signalement ouvert")


class ReportKind(models.TextChoices):
    """What a reader objects to, in his words; each value is that of a ReasonCode."""

    INJURE = ReasonCode.INJURE.value, _("Insulte ou grossièreté")
    ATTAQUE_PERSONNELLE = (
        ReasonCode.ATTAQUE_PERSONNELLE.value,
        _("Attaque contre une personne"),
    )
    HARCELEMENT = ReasonCode.HARCELEMENT.value, _("Harcèlement")
    MENACE = ReasonCode.MENACE.value, _("Menace")
    VIOLENCE = ReasonCode.VIOLENCE.value, _("Appel à la violence")
    HAINE = ReasonCode.HAINE.value, _("Haine, racisme, discrimination")
    SEXISME = ReasonCode.SEXISME.value, _("Sexisme, violence envers les femmes")
    DIFFAMATION = ReasonCode.DIFFAMATION.value, _("Diffamation")
    VIE_PRIVEE = ReasonCode.VIE_PRIVEE.value, _("Vie privée, coordonnées divulguées")
    USURPATION = ReasonCode.USURPATION.value, _("Usurpation d’identité")
    NEGATIONNISME = (
        ReasonCode.NEGATIONNISME.value,
        _("Contestation de crimes contre l’humanité"),
    )
    TERRORISME = ReasonCode.TERRORISME.value, _("Apologie du terrorisme")
    MINEURS = (
        ReasonCode.MINEURS.value,
        _("Abus sexuel ou mise en danger d’un mineur"),
    )
    SUICIDE = ReasonCode.SUICIDE.value, _("Incitation au suicide")
    OBSCENE = ReasonCode.OBSCENE.value, _("Obscénité, pornographie")
    DESINFORMATION = ReasonCode.DESINFORMATION.value, _("Fausse information manifeste")
    DROIT_AUTEUR = ReasonCode.DROIT_AUTEUR.value, _("Copie d’un texte protégé")
    ARNAQUE = ReasonCode.ARNAQUE.value, _("Arnaque, publicité, pourriel")
    AUTRE = ReasonCode.AUTRE.value, _("Autre chose, que j’explique")

    @property
    def reason(self) -> ReasonCode:
        """The reason for hiding that this report suggests."""
        return ReasonCode(self.value)


ANONYMOUS = ReportKind.MINEURS
"""The one kind that may be reported without a name or an address (DSA, art. 16(2)(c))."""


GRAVE = frozenset(
    {
        ReportKind.MENACE,
        ReportKind.VIOLENCE,
        ReportKind.TERRORISME,
        ReportKind.MINEURS,
        ReportKind.SUICIDE,
    }
)
"""A life or a child may be at stake: these do not wait a day (DSA, art. 18)."""


def new_reference() -> str:
    """Twelve signs to read aloud, 57 bits: « 7K3M-X9QF-2BTD »."""
    return "-".join(get_random_string(4, _SIGNS) for _ in range(3))


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(state=Report.State.OPEN)

    def answered(self) -> Self:
        return self.filter(state=Report.State.ANSWERED)

    def due(self) -> Self:
        """Those whose reporter has not yet been written all that happened."""
        answer = Q(state=Report.State.ANSWERED) & (
            Q(told=None) | ~Q(told=F("decision"))
        )
        reopening = Q(state=Report.State.OPEN, told__isnull=False)
        return self.filter(
            Q(acknowledged_at=None) | answer | reopening, refused__lt=REFUSED_MAX
        ).exclude(email="")


class Report(models.Model):
    """A reader's call for a moderator. Answered by a decision, or else open.

    What must be written to the reporter is read from the row itself (`due`): closing a
    report without his being told is impossible. `told` is the decision he was last
    written, null if none stands. Undoing the decision opens the report again, and he
    is owed a message that the answer was withdrawn if it had been sent
    (`reports.settle_reports` says why).
    """

    class State(models.TextChoices):
        OPEN = "open", _("ouvert")
        ANSWERED = "answered", _("répondu")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("retenu")
        KEPT = "kept", _("non retenu")

    reference = models.CharField(
        _("référence"), max_length=14, unique=True, default=new_reference
    )
    comment = models.ForeignKey(
        Comment,
        models.PROTECT,
        related_name="reports",
        db_index=False,
        verbose_name=_("commentaire"),
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="reports", verbose_name=_("version")
    )
    kind = models.CharField(_("motif"), max_length=30, choices=ReportKind)
    explanation = models.TextField(_("explication"), max_length=EXPLANATION_MAX_LENGTH)
    name = models.CharField(_("nom"), max_length=REPORTER_NAME_MAX_LENGTH, blank=True)
    email = models.EmailField(
        _("adresse"),
        max_length=EMAIL_MAX_LENGTH,
        blank=True,
        help_text=_("en minuscules, non vérifiée"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="reports",
        null=True,
        verbose_name=_("compte"),
    )
    language = models.CharField(
        _("langue"), max_length=2, choices=settings.LANGUAGES, default="fr"
    )
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.OPEN)
    decision = models.ForeignKey(
        "moderation.Decision",
        models.PROTECT,
        related_name="answered_reports",
        null=True,
        verbose_name=_("décision"),
    )
    outcome = models.CharField(_("issue"), max_length=6, choices=Outcome, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True)
    acknowledged_at = models.DateTimeField(
        _("accusé de réception envoyé le"), null=True
    )
    told = models.ForeignKey(
        "moderation.Decision",
        models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        verbose_name=_("décision annoncée"),
    )
    told_at = models.DateTimeField(
        _("décision annoncée le"),
        null=True,
        help_text=_("vide : pas encore, ou avant que ce jour fût gardé"),
    )
    held_until = models.DateTimeField(
        null=True,
        help_text=_("rien ne lui est écrit avant : on lui écrit déjà, ou on a échoué"),
    )
    refused = models.PositiveSmallIntegerField(_("refus de l’adresse"), default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("signalement d’un lecteur")
        verbose_name_plural = _("signalements des lecteurs")
        default_permissions = ()
        permissions = (("view_reporter", _("Peut voir qui a signalé un commentaire")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="open", decision=None, answered_at=None, outcome="")
                | Q(
                    state="answered",
                    decision__isnull=False,
                    answered_at__isnull=False,
                    outcome__in=("upheld", "kept"),
                ),
                name="report_answered_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(kind="mineurs") | ~(Q(name="") | Q(email="")),
                name="report_signed",
            ),
            models.CheckConstraint(
                condition=~Q(explanation=""), name="report_explained"
            ),
            models.UniqueConstraint(
                fields=("comment", "user"),
                condition=Q(state="open", user__isnull=False),
                name="report_open_once_an_account",
            ),
            models.UniqueConstraint(
                fields=("comment", "email"),
                condition=Q(state="open") & ~Q(email=""),
                name="report_open_once_an_address",
            ),
        )
        indexes = (
            models.Index("comment", "state", name="report_of_comment"),
            models.Index("email", name="report_by_address", condition=~Q(email="")),
            models.Index("created_at", name="report_by_time"),
            models.Index(
                "created_at", name="report_open_by_time", condition=Q(state="open")
            ),
        )

    def __str__(self) -> str:
        return self.reference
