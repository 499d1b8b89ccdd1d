"""Alerts: who is told, after how long, what he was told; who asked for a digest."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.models import Comment

REFUSED_MAX = 5
"""An address that its server refused this often is written to no more."""
MOST_HOURS = 24 * 60
ADDRESSES_MAX_LENGTH = 2000  # code points


IN_THE_NEWSROOM = (
    Q(is_staff=True) | Q(groups__permissions__codename="add_decision")
) & (Q(is_active=True) & ~Q(email=""))
"""Whom a step can name: staff and moderators that can be written to."""


class AlertKind(models.TextChoices):
    """What calls for a moderator, the most urgent first."""

    THREAT = "threat", _("menace relevée par les règles")
    GRAVE = "grave", _("signalement grave")
    REPORT = "report", _("signalement d’un lecteur")
    APPEAL = "appeal", _("contestation")


class EscalationStep(models.Model):
    """Who is told of an alert so many hours after it came, if it still stands.

    An ``…_hours`` of 0 tells at the next round of `send_alerts`; none never tells. An
    alert is late from the first positive hours of its kind (`plan.delays`).
    """

    position = models.PositiveSmallIntegerField(
        _("rang"), default=1, help_text=_("les étapes se suivent du plus petit rang")
    )
    name = models.CharField(
        _("étape"), max_length=60, help_text=_("« De permanence », « Adjoint »…")
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        blank=True,
        limit_choices_to=IN_THE_NEWSROOM,
        verbose_name=_("comptes"),
        help_text=_("modérateurs et rédaction, actifs et avec une adresse"),
    )
    addresses = models.TextField(
        _("autres adresses"),
        max_length=ADDRESSES_MAX_LENGTH,
        blank=True,
        help_text=_("une par ligne"),
    )
    threat_hours = models.PositiveSmallIntegerField(
        _("heures, menace relevée"),
        null=True,
        blank=True,
        default=1,
        validators=[MaxValueValidator(MOST_HOURS)],
    )
    grave_hours = models.PositiveSmallIntegerField(
        _("heures, signalement grave"),
        null=True,
        blank=True,
        default=1,
        validators=[MaxValueValidator(MOST_HOURS)],
    )
    report_hours = models.PositiveSmallIntegerField(
        _("heures, autre signalement"),
        null=True,
        blank=True,
        default=24,
        validators=[MaxValueValidator(MOST_HOURS)],
    )
    appeal_hours = models.PositiveSmallIntegerField(
        _("heures, contestation"),
        null=True,
        blank=True,
        default=72,
        validators=[MaxValueValidator(MOST_HOURS)],
    )

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("étape d’escalade")
        verbose_name_plural = _("étapes d’escalade")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        for address in self.listed_addresses():
            try:
                validate_email(address)
            except ValidationError as error:
                told = gettext("« %(address)s » n’est pas une adresse : une par ligne.")
                raise ValidationError(
                    {"addresses": told % {"address": address}}
                ) from error

    def listed_addresses(self) -> list[str]:
        lines = (line.strip() for line in self.addresses.splitlines())
        return [line for line in lines if line]

    def hours(self, kind: AlertKind) -> int | None:
        found: int | None = getattr(self, f"{kind.value}_hours")
        return found


class Escalation(models.Model):
    """One step of one alert, taken once: whatever is sent of it is a `DeskMail`.

    ``cause`` names what the alert began with (`OpenAlert.cause`), ``step`` the step's
    key, which outlives it.
    """

    comment = models.ForeignKey(
        Comment, models.CASCADE, related_name="+", verbose_name=_("commentaire")
    )
    kind = models.CharField(_("alerte"), max_length=8, choices=AlertKind)
    cause = models.CharField(max_length=30)
    step = models.CharField(max_length=20)
    step_name = models.CharField(_("étape"), max_length=60)
    arrived_at = models.DateTimeField(_("arrivée le"))
    created_at = models.DateTimeField(_("escaladée le"), default=timezone.now)

    class Meta:
        ordering = ("arrived_at", "pk")
        default_permissions = ()
        verbose_name = _("escalade")
        verbose_name_plural = _("escalades")
        constraints = (
            models.UniqueConstraint(
                fields=("cause", "step"), name="escalation_once_a_step"
            ),
        )

    def __str__(self) -> str:
        return f"{self.cause} – {self.step_name}"


class DeskMailQuerySet(models.QuerySet["DeskMail"]):
    def due(self) -> Self:
        return self.filter(state=DeskMail.State.WAITING, refused__lt=REFUSED_MAX)

    def given_up(self) -> Self:
        """Those whose address was refused too often."""
        return self.filter(state=DeskMail.State.WAITING, refused__gte=REFUSED_MAX)


class DeskMail(models.Model):
    """A mail owed to one address: of alerts, or the digest of a day.

    The row is there before the mail is sent, with the Message-ID that every attempt
    bears. ``period`` is the newspaper's day on which a digest falls due, ``days`` how
    many days before it the digest tells of; alerts have neither.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("à envoyer")
        SENT = "sent", _("envoyé")
        MOOT = "moot", _("sans objet")

    address = models.EmailField(_("adresse"), max_length=254)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        null=True,
        verbose_name=_("compte"),
    )
    language = models.CharField(
        _("langue"), max_length=2, choices=settings.LANGUAGES, default="fr"
    )
    message_id = models.CharField(max_length=150, unique=True)
    escalations = models.ManyToManyField(Escalation, related_name="mails")
    period = models.DateField(_("résumé du"), null=True)
    days = models.PositiveSmallIntegerField(_("jours résumés"), null=True)
    created_at = models.DateTimeField(_("dû depuis"), default=timezone.now)
    state = models.CharField(
        _("état"), max_length=7, choices=State, default=State.WAITING
    )
    sent_at = models.DateTimeField(_("envoyé le"), null=True)
    held_until = models.DateTimeField(
        _("pas avant"),
        null=True,
        help_text=_("rien ne lui est écrit avant : on lui écrit déjà, ou on a échoué"),
    )
    refused = models.PositiveSmallIntegerField(_("refus de l’adresse"), default=0)

    objects = DeskMailQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("courriel d’alerte ou résumé")
        verbose_name_plural = _("courriels d’alerte et résumés")
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                fields=("account", "period"),
                condition=Q(period__isnull=False),
                name="digest_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(period=None, days=None)
                | Q(period__isnull=False, days__in=(1, 7), account__isnull=False),
                name="digest_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | Q(state__in=("waiting", "moot"), sent_at=None),
                name="deskmail_sent_at_some_time",
            ),
        )
        indexes = (
            models.Index("id", name="deskmail_waiting", condition=Q(state="waiting")),
        )

    def __str__(self) -> str:
        return self.message_id


class DigestPreference(models.Model):
    """When a moderator is mailed a digest, at an hour of the newspaper's clocks."""

    class Frequency(models.TextChoices):
        NEVER = "never", _("Jamais")
        DAILY = "daily", _("Chaque jour")
        WEEKLY = "weekly", _("Chaque semaine")

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="digest_preference",
        verbose_name=_("compte"),
    )
    frequency = models.CharField(
        _("fréquence"), max_length=6, choices=Frequency, default=Frequency.NEVER
    )
    hour = models.PositiveSmallIntegerField(_("heure"), default=7)
    weekday = models.PositiveSmallIntegerField(
        _("jour"), default=0, help_text=_("0 : lundi")
    )
    language = models.CharField(
        _("langue"), max_length=2, choices=settings.LANGUAGES, default="fr"
    )
    chosen_at = models.DateTimeField(_("choisi le"), default=timezone.now)

    class Meta:
        default_permissions = ()
        verbose_name = _("choix du résumé")
        verbose_name_plural = _("choix du résumé")
        constraints = (
            models.CheckConstraint(
                condition=Q(frequency__in=("never", "daily", "weekly")),
                name="digest_frequency_known",
            ),
            models.CheckConstraint(
                condition=Q(hour__lte=23, weekday__lte=6), name="digest_hour_known"
            ),
        )

    def __str__(self) -> str:
        return self.get_frequency_display()


class AlertRound(models.Model):
    """One row: when `send_alerts` last went round, and what one round at a time locks."""

    started_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.started_at)
