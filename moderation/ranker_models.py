"""What was learned from decisions, and the order it gives the queue."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.models import Revision

CERTAIN = 1_000_000
"""Scores are stored in millionths: whole numbers stay exact in a page's address."""

BETWEEN_0_AND_1 = (
    "share_hidden",
    "base_rate",
    "auc",
    "average_precision",
    "top_precision",
    "flags_auc",
    "flags_average_precision",
    "flags_top_precision",
)


class RankerQuerySet(models.QuerySet["Ranker"]):
    def active(self) -> Self:
        return self.filter(active=True)


class Ranker(models.Model):
    """A model trained on decisions, and what it was worth on the newest of them.

    Its file stands in the row, 0.1 MB, so that every process on every machine finds
    it and a backup holds it. Never changed but for ``active``: training makes another.
    """

    trained_at = models.DateTimeField(gettext_lazy("appris le"), default=timezone.now)
    active = models.BooleanField(
        gettext_lazy("en service"),
        default=False,
        help_text=gettext_lazy(
            "Propose aux modérateurs l’ordre « Probablement à masquer d’abord ». Il ne "
            "masque, ne publie et ne signale rien. Mettre un classement en service en "
            "retire l’autre."
        ),
    )
    decisions = models.PositiveIntegerField(gettext_lazy("décisions apprises"))
    share_hidden = models.FloatField(gettext_lazy("part masquée"))
    tested = models.PositiveIntegerField(gettext_lazy("décisions de l’essai"))
    base_rate = models.FloatField(gettext_lazy("part masquée dans l’essai"))
    auc = models.FloatField(gettext_lazy("AUC"))
    average_precision = models.FloatField(gettext_lazy("précision moyenne"))
    top_precision = models.FloatField(gettext_lazy("part masquée en tête"))
    flags_auc = models.FloatField(gettext_lazy("AUC des relevés"))
    flags_average_precision = models.FloatField(
        gettext_lazy("précision moyenne des relevés")
    )
    flags_top_precision = models.FloatField(
        gettext_lazy("part masquée en tête par les relevés")
    )
    weights = models.BinaryField(gettext_lazy("poids"))
    digest = models.CharField(
        gettext_lazy("empreinte"), max_length=64, help_text="SHA-256"
    )

    objects = RankerQuerySet.as_manager()

    class Meta:
        ordering = ("-trained_at", "-pk")
        verbose_name = gettext_lazy("classement appris")
        verbose_name_plural = gettext_lazy("classements appris")
        constraints = (
            models.UniqueConstraint(
                fields=("active",), condition=Q(active=True), name="ranker_one_active"
            ),
            models.CheckConstraint(
                condition=Q(*((f"{name}__range", (0, 1)) for name in BETWEEN_0_AND_1)),
                name="ranker_shares_are_shares",
            ),
        )

    def __str__(self) -> str:
        moment = timezone.localtime(self.trained_at)
        return _("classement du %(date)s") % {"date": date_format(moment, "j F Y, H:i")}

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """A form may switch on a second one: `ranking.activate` retires the first."""
        super().validate_constraints(exclude={*(exclude or ()), "active"})

    @property
    def worth(self) -> str:
        """What the measures mean for who works through the queue, in one sentence."""
        shares = (self.top_precision, self.base_rate, self.flags_top_precision)
        top, chance, flags = _out_of(shares)
        return _(
            "Parmi les 10 %% de commentaires classés en tête, %(top)s ont été masqués ; "
            "au hasard, %(chance)s ; rangés par le nombre et la gravité des relevés, "
            "%(flags)s. Essai sur %(tested)d décisions."
        ) % {"top": top, "chance": chance, "flags": flags, "tested": self.tested}

    @property
    def advice(self) -> str:
        """A warning if the measures speak against using it, else empty."""
        if not self.beats_chance:
            return _("Ce classement ne fait pas mieux que le hasard.")
        if self.top_precision <= self.flags_top_precision:
            return _(
                "En tête de file, ce classement ne fait pas mieux que les relevés des "
                "règles."
            )
        return ""

    @property
    def beats_chance(self) -> bool:
        return self.auc > 0.5 and self.top_precision > self.base_rate


def _out_of(shares: tuple[float, ...]) -> list[str]:
    """Shares as « 7 sur 10 », or « 97 sur 100 » where tenths would blur them."""
    tenths = [round(share * 10) for share in shares]
    blurred = len(set(tenths)) < len(set(shares)) or any(
        tenth in (0, 10) and share not in (0, 1)
        for tenth, share in zip(tenths, shares, strict=True)
    )
    base = 100 if blurred else 10
    return [
        _("%(count)d sur %(base)d") % {"count": round(share * base), "base": base}
        for share in shares
    ]


class RankerScore(models.Model):
    """Where one comment of the queue stands under a ranker; gone when it leaves.

    An order and no verdict: nobody is shown it, and it is not kept about an author.
    Counts only for the text it was made of, while its ranker is the active one.
    """

    entry = models.OneToOneField(
        "moderation.QueueEntry",
        models.CASCADE,
        primary_key=True,
        related_name="ranker_score",
    )
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    ranker = models.ForeignKey(Ranker, models.CASCADE, related_name="scores")
    score = models.PositiveIntegerField(help_text=gettext_lazy("en millionièmes"))

    class Meta:
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(score__lte=CERTAIN), name="ranker_score_at_most_certain"
            ),
        )

    def __str__(self) -> str:
        return str(self.entry_id)
