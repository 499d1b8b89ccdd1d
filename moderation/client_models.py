"""Other systems that may call the engine, and the judgements they send back."""

from datetime import timedelta
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.scores import Attribute

USED_EVERY = timedelta(minutes=1)
"""How exact `last_used_at` is: a busy client does not write at each call."""


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    def active(self) -> Self:
        return self.filter(active=True)


class ApiClient(models.Model):
    """A system that calls with a key of its own, of which only the hash is kept.

    The signing secrets are kept as they are: an HMAC cannot be checked with a hash.
    Two can be live at once, so that the caller may change its own first or last.
    """

    name = models.CharField(_("nom"), max_length=100, unique=True)
    prefix = models.CharField(_("début de la clé"), max_length=12, unique=True)
    key_hash = models.CharField(_("empreinte de la clé"), max_length=64, unique=True)
    signing_secret = models.CharField(_("secret de signature"), max_length=200)
    former_signing_secret = models.CharField(
        _("secret de signature précédent"), max_length=200, blank=True
    )
    secret_changed_at = models.DateTimeField(
        _("secret changé le"), default=timezone.now
    )
    active = models.BooleanField(
        _("en service"),
        default=True,
        help_text=_("décochée, la clé et les secrets n’ouvrent plus rien"),
    )
    per_minute = models.PositiveIntegerField(
        _("appels par minute"), default=600, validators=[MinValueValidator(1)]
    )
    per_day = models.PositiveIntegerField(
        _("appels par jour"),
        default=100_000,
        validators=[MinValueValidator(1)],
        help_text=_("le jour commence à minuit, heure UTC"),
    )
    created_at = models.DateTimeField(_("créé le"), default=timezone.now)
    last_used_at = models.DateTimeField(
        _("dernier appel"), null=True, help_text=_("à une minute près")
    )

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("système client")
        verbose_name_plural = _("systèmes clients")
        constraints = (
            models.CheckConstraint(
                condition=Q(per_minute__gte=1, per_day__gte=1),
                name="apiclient_quotas_positive",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def live_secrets(self) -> tuple[str, ...]:
        return tuple(s for s in (self.signing_secret, self.former_signing_secret) if s)

    @property
    def was_just_used(self) -> bool:
        return (
            self.last_used_at is not None
            and timezone.now() - self.last_used_at < USED_EVERY
        )


class SuggestedScore(models.Model):
    """What a client's moderators thought of one text: 1 to be refused, 0 to be shown.

    A second judgement of the same text under the same token replaces the first.
    """

    class Judgement(models.IntegerChoices):
        KEEP = 0, _("à publier")
        REFUSE = 1, _("à refuser")

    client = models.ForeignKey(
        ApiClient,
        models.CASCADE,
        related_name="suggested_scores",
        verbose_name=_("système client"),
    )
    text = models.TextField(_("texte"))
    text_hash = models.CharField(_("empreinte du texte"), max_length=64)
    attribute = models.CharField(
        _("attribut"), max_length=20, choices=[(a.value, a.value) for a in Attribute]
    )
    value = models.PositiveSmallIntegerField(_("jugement"), choices=Judgement)
    client_token = models.CharField(_("repère du client"), max_length=200, blank=True)
    community_id = models.CharField(_("communauté"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    changed_at = models.DateTimeField(_("changé le"), default=timezone.now)

    class Meta:
        ordering = ("-changed_at", "-pk")
        verbose_name = _("jugement reçu")
        verbose_name_plural = _("jugements reçus")
        constraints = (
            models.UniqueConstraint(
                fields=("client", "client_token", "text_hash", "attribute"),
                name="suggestedscore_once",
            ),
            models.CheckConstraint(
                condition=Q(value__in=(0, 1)), name="suggestedscore_value_known"
            ),
        )
        indexes = (
            models.Index("changed_at", "id", name="suggestedscore_latest"),
            models.Index("text_hash", "changed_at", name="suggestedscore_by_text"),
        )

    def __str__(self) -> str:
        return f"{self.attribute} = {self.value}"
