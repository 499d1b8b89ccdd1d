"""Whom we tell of comments, decisions and reports, what of, and what came of it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

URL_MAX_LENGTH = 1000
ANSWER_MAX_LENGTH = 1000  # code points


class EventType(models.TextChoices):
    """What happened; the values are part of what receivers are sent."""

    POSTED = "comment.posted", _("commentaire écrit")
    DECIDED = "comment.decided", _("commentaire décidé")
    REPORTED = "comment.reported", _("commentaire signalé")
    TEST = "endpoint.test", _("essai")


class Failure(models.TextChoices):
    """Why an attempt came to nothing."""

    STATUS = "status", _("réponse d’erreur")
    REDIRECT = "redirect", _("redirection, jamais suivie")
    TIMEOUT = "timeout", _("pas de réponse à temps")
    UNREACHABLE = "unreachable", _("serveur injoignable")
    CERTIFICATE = "certificate", _("chiffrement ou certificat refusé")
    FORBIDDEN = "forbidden", _("adresse interdite")
    FAULT = "fault", _("envoi impossible, voir le journal")


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def active(self) -> Self:
        return self.filter(active=True)

    def ready(self, now: datetime) -> Self:
        """Those with something to be sent ``now``, and nobody sending it."""
        due = WebhookDelivery.objects.due(now).filter(endpoint=OuterRef("pk"))
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        rested = Q(rests_until=None) | Q(rests_until__lte=now)
        return self.active().filter(free, rested).filter(Exists(due))


class WebhookEndpoint(models.Model):
    """A system that is told, at an address of its own, of the types it asked for.

    Its secrets are kept as they are: nothing can be signed with a hash. Two can be live
    at once, and both sign, so that the receiver may change its own first or last.
    """

    description = models.CharField(
        _("description"),
        max_length=200,
        help_text=_("à qui est ce système, et à quoi il sert"),
    )
    url = models.CharField(
        _("adresse"),
        max_length=URL_MAX_LENGTH,
        help_text=_("en https://, sur une machine que tout l’Internet peut joindre"),
    )
    tells_posted = models.BooleanField(
        _("commentaire écrit"), default=False, help_text="comment.posted"
    )
    tells_decided = models.BooleanField(
        _("commentaire décidé"), default=False, help_text="comment.decided"
    )
    tells_reported = models.BooleanField(
        _("commentaire signalé"), default=False, help_text="comment.reported"
    )
    active = models.BooleanField(
        _("en service"),
        default=True,
        help_text=_("décochée, plus rien n’est gardé ni envoyé pour cette adresse"),
    )
    secret = models.CharField(_("secret"), max_length=100)
    former_secret = models.CharField(_("secret précédent"), max_length=100, blank=True)
    secret_changed_at = models.DateTimeField(
        _("secret changé le"), default=timezone.now
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        verbose_name=_("créée par"),
    )
    created_at = models.DateTimeField(_("créée le"), default=timezone.now)
    failing_since = models.DateTimeField(_("rien de reçu depuis"), null=True)
    failures = models.PositiveIntegerField(_("échecs de suite"), default=0)
    rests_until = models.DateTimeField(_("laissée en paix jusqu’à"), null=True)
    claimed_until = models.DateTimeField(null=True, help_text=_("envoi en cours"))
    disabled_because = models.CharField(
        _("mise hors service parce que"), max_length=200, blank=True
    )

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        ordering = ("description", "pk")
        verbose_name = _("adresse d’envoi")
        verbose_name_plural = _("adresses d’envoi (webhooks)")
        constraints = (
            models.CheckConstraint(
                condition=~Q(url="") & ~Q(secret=""), name="webhookendpoint_complete"
            ),
            models.CheckConstraint(
                condition=Q(active=False) | Q(disabled_because=""),
                name="webhookendpoint_active_without_reason",
            ),
        )

    def __str__(self) -> str:
        return self.description

    @property
    def live_secrets(self) -> tuple[str, ...]:
        return tuple(s for s in (self.secret, self.former_secret) if s)

    @property
    def types(self) -> frozenset[EventType]:
        """What it asked to be told of."""
        asked = {
            EventType.POSTED: self.tells_posted,
            EventType.DECIDED: self.tells_decided,
            EventType.REPORTED: self.tells_reported,
        }
        return frozenset(kind for kind, told in asked.items() if told)


class WebhookEvent(models.Model):
    """What happened, in the very words that every attempt to tell it sends."""

    uid = models.CharField(_("identifiant"), max_length=40, unique=True)
    type = models.CharField(_("événement"), max_length=20, choices=EventType)
    body = models.TextField(_("contenu"), help_text="JSON")
    created_at = models.DateTimeField(
        _("arrivé le"), default=timezone.now, db_index=True
    )

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        verbose_name = _("événement")
        verbose_name_plural = _("événements")

    def __str__(self) -> str:
        return f"{self.type} ({self.uid})"


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def due(self, now: datetime) -> Self:
        return self.filter(
            state=WebhookDelivery.State.WAITING, next_attempt_at__lte=now
        )


class WebhookDelivery(models.Model):
    """One event for one endpoint, and how its last attempt went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à envoyer")
        DELIVERED = "delivered", _("reçu")
        PARKED = "parked", _("abandonné")

    event = models.ForeignKey(
        WebhookEvent,
        models.CASCADE,
        related_name="deliveries",
        db_index=False,
        verbose_name=_("événement"),
    )
    endpoint = models.ForeignKey(
        WebhookEndpoint,
        models.CASCADE,
        related_name="deliveries",
        db_index=False,
        verbose_name=_("adresse d’envoi"),
    )
    state = models.CharField(
        _("état"), max_length=9, choices=State, default=State.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_attempt_at = models.DateTimeField(
        _("prochain essai"), null=True, default=timezone.now
    )
    attempted_at = models.DateTimeField(_("dernier essai"), null=True)
    status_code = models.PositiveSmallIntegerField(_("code de réponse"), null=True)
    duration = models.PositiveIntegerField(
        _("durée"), null=True, help_text=_("en millisecondes")
    )
    failure = models.CharField(_("échec"), max_length=11, choices=Failure, blank=True)
    answer = models.TextField(
        _("début de la réponse"), max_length=ANSWER_MAX_LENGTH, blank=True
    )

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ("-pk",)
        verbose_name = _("envoi")
        verbose_name_plural = _("envois (webhooks)")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "endpoint"), name="webhookdelivery_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", next_attempt_at__isnull=False)
                | Q(state__in=("delivered", "parked"), next_attempt_at=None),
                name="webhookdelivery_waits_for_an_attempt",
            ),
        )
        indexes = (
            models.Index(
                "endpoint",
                "next_attempt_at",
                name="webhookdelivery_due",
                condition=Q(state="waiting"),
            ),
            models.Index("endpoint", F("id").desc(), name="webhookdelivery_latest"),
        )

    def __str__(self) -> str:
        return str(self.event)
