from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment, Commenter, Revision
from moderation.alerts.models import (
    AlertKind,
    AlertRound,
    DeskMail,
    DigestPreference,
    Escalation,
    EscalationStep,
)
from moderation.appeal_models import Appeal
from moderation.batch_models import BatchItem, DecisionBatch
from moderation.charter.models import (
    CharterClause,
    CharterRule,
    CharterVersion,
    PostedUnder,
)
from moderation.charter.notice_models import CharterNotice
from moderation.choices import (
    Action,
    CategoryChoices,
    SeverityChoices,
    TargetChoices,
    TierChoices,
)
from moderation.client_models import ApiClient, SuggestedScore
from moderation.complaints.models import Complaint
from moderation.likeness.grouping import group_alike
from moderation.likeness.languages import Language
from moderation.likeness.models import Repost, TextBand, TextPrint
from moderation.mailing.models import OwedMail
from moderation.marks import THREAT_MARK, marks_of
from moderation.masking.models import Masking
from moderation.ranker_models import Ranker, RankerScore
from moderation.reasons import ReasonCode
from moderation.report_models import Call, Report, ReportKind
from moderation.rule_models import (
    EditorPattern,
    LexiconChange,
    Origin,
    RuleSetting,
)
from moderation.rules.lexicon import Entry, Kind, Tier
from moderation.rules.match import Severity, Target
from moderation.sanction_models import AuthorHold, AuthorNote, Sanction
from moderation.second_looks.models import AuditDay, SecondLook
from moderation.statement_models import StatementOfReasons
from moderation.taking_models import Taking
from moderation.watch_models import WatchedArticle
from moderation.webhooks.models import WebhookDelivery, WebhookEndpoint, WebhookEvent

__all__ = [
    "STATUS_AFTER",
    "Action",
    "AlertKind",
    "AlertRound",
    "ApiClient",
    "Appeal",
    "AuditDay",
    "AuthorHold",
    "AuthorNote",
    "BatchItem",
    "Call",
    "CategoryChoices",
    "CharterClause",
    "CharterNotice",
    "CharterRule",
    "CharterVersion",
    "Complaint",
    "Decision",
    "DecisionBatch",
    "DeskMail",
    "DigestPreference",
    "EditorPattern",
    "Escalation",
    "EscalationStep",
    "Flag",
    "LexiconChange",
    "LexiconVersion",
    "Masking",
    "OwedMail",
    "PostedUnder",
    "QueueEntry",
    "Ranker",
    "RankerScore",
    "Report",
    "ReportKind",
    "Repost",
    "RuleSetting",
    "Sanction",
    "SecondLook",
    "SeverityChoices",
    "StatementOfReasons",
    "SuggestedScore",
    "Taking",
    "TargetChoices",
    "Term",
    "TextBand",
    "TextPrint",
    "TierChoices",
    "WatchedArticle",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
]


STATUS_AFTER: dict[Action, Comment.Status] = {
    Action.PUBLISH: Comment.Status.PUBLISHED,
    Action.HOLD: Comment.Status.PENDING,
    Action.HIDE: Comment.Status.HIDDEN,
}


class Flag(models.Model):
    """A match stored with the revision it judged, for a moderator to see."""

    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="flags", verbose_name=_("version")
    )
    rule = models.CharField(_("règle"), max_length=40)
    rule_version = models.PositiveSmallIntegerField(_("version de la règle"))
    category = models.CharField(_("catégorie"), max_length=20, choices=CategoryChoices)
    severity = models.CharField(_("gravité"), max_length=6, choices=SeverityChoices)
    start = models.PositiveIntegerField(_("début"), help_text=_("en points de code"))
    end = models.PositiveIntegerField(_("fin"), help_text=_("exclue"))
    text = models.TextField(_("mots relevés"))
    term = models.CharField(_("terme"), max_length=200, blank=True)
    variant = models.CharField(_("déguisement"), max_length=20, blank=True)
    target = models.CharField(
        _("vise"), max_length=10, choices=TargetChoices, blank=True
    )
    explanation = models.JSONField(_("explication"), help_text="{language: sentence}")
    created_at = models.DateTimeField(_("relevé le"), default=timezone.now)

    class Meta:
        ordering = ("start", "end", "pk")
        verbose_name = _("signalement automatique")
        verbose_name_plural = _("signalements automatiques")
        constraints = (
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="flag_span_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(severity__in=("low", "medium", "high")),
                name="flag_severity_known",
            ),
            models.UniqueConstraint(
                fields=("revision", "rule", "start", "end", "term"),
                name="flag_raised_once",
            ),
        )
        indexes = (
            models.Index("rule", "revision", name="flag_rule"),
            models.Index("term", "rule", name="flag_term"),
            models.Index("category", "severity", "revision", name="flag_category"),
        )

    def __str__(self) -> str:
        return f"{self.get_category_display()} – {self.text[:40]}"

    @property
    def explained(self) -> str:
        """The explanation in the reader's language, else in French."""
        language = (get_language() or "fr")[:2]
        return str(self.explanation.get(language) or self.explanation.get("fr", ""))


class Decision(models.Model):
    """Who took which action on which revision, and why. Never changed, never deleted.

    No moderator: the rules decided. The database itself refuses UPDATE and DELETE.
    """

    comment = models.ForeignKey(
        Comment,
        models.PROTECT,
        related_name="decisions",
        verbose_name=_("commentaire"),
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="decisions", verbose_name=_("version")
    )
    action = models.CharField(_("action"), max_length=7, choices=Action)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="decisions",
        null=True,
        verbose_name=_("modérateur"),
    )
    reason = models.CharField(_("motif"), max_length=30, choices=ReasonCode, blank=True)
    note = models.TextField(_("note"), blank=True)
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="undone_by",
        null=True,
        verbose_name=_("annule"),
    )
    batch = models.ForeignKey(
        DecisionBatch,
        models.PROTECT,
        related_name="decisions",
        null=True,
        verbose_name=_("lot"),
    )
    status_before = models.CharField(max_length=9, choices=Comment.Status)
    status_after = models.CharField(max_length=9, choices=Comment.Status)
    waiting_since = models.DateTimeField(
        null=True, help_text=_("depuis quand le commentaire était dans la file")
    )
    created_at = models.DateTimeField(_("décidé le"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        permissions = (
            ("view_workload", _("Peut voir le travail de chaque modérateur")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(action__in=("publish", "hold", "hide")),
                name="decision_action_known",
            ),
            models.CheckConstraint(
                condition=~Q(action="hide", reason="", undoes=None),
                name="decision_hiding_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reason="autre", note=""),
                name="decision_other_reason_has_a_note",
            ),
        )
        indexes = (
            models.Index("comment", F("id").desc(), name="decision_latest"),
            models.Index("moderator", F("id").desc(), name="decision_by_moderator"),
            models.Index(
                "moderator",
                "comment",
                name="decision_mine",
                condition=Q(moderator__isnull=False),
            ),
            models.Index(
                "created_at",
                "waiting_since",
                name="decision_by_people",
                condition=Q(moderator__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.comment_id})"


Marked = tuple[str, str, str]
"""A flag's category, severity and rule."""


class KeptPrint(NamedTuple):
    """What a `TextPrint` says; nothing if the text has none."""

    language: str | None = None
    exact: int | None = None
    likeness: int | None = None

    @property
    def ungrouped(self) -> bool:
        return self.exact is not None and self.likeness is None


class QueueEntryQuerySet(models.QuerySet["QueueEntry"]):
    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        entries = list(objs)
        QueueEntry.copy(entries)
        if options.get("update_fields"):
            options["update_fields"] = [
                *options["update_fields"],
                *QueueEntry.COPIED,
            ]
        return super().bulk_create(entries, *args, **options)


class QueueEntry(models.Model):
    """A comment that waits for a moderator: pending, or published with open flags or
    reports.

    Kept in the transaction of every service that decides, screens or reports. `call` is
    NONE exactly where no reader's report is open. ``article``, ``author``,
    ``written_at``, ``marks``, ``language``, ``likeness`` and ``author_published`` repeat
    what the comment, its flags, its fingerprint and its author's comments say, so that
    the filters of the desk read this table alone: `save` and `bulk_create` copy them, so
    save an entry again after its comment's flags.
    """

    class Rank(models.IntegerChoices):
        PENDING = 0, _("en attente de parution")
        FLAGGED = 1, _("paru et signalé")

    comment = models.OneToOneField(
        Comment,
        models.CASCADE,
        primary_key=True,
        related_name="queue_entry",
        verbose_name=_("commentaire"),
    )
    rank = models.PositiveSmallIntegerField(_("état"), choices=Rank)
    call = models.PositiveSmallIntegerField(
        _("signalements de lecteurs"), choices=Call, default=Call.NONE
    )
    waiting_since = models.DateTimeField(_("attend depuis"))
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", editable=False, db_index=False
    )
    author = models.ForeignKey(
        Commenter, models.CASCADE, related_name="+", editable=False, db_index=False
    )
    written_at = models.DateTimeField(null=True, editable=False)
    marks = models.TextField(
        blank=True, editable=False, help_text="moderation.marks: those of its flags"
    )
    language = models.CharField(
        _("langue"),
        max_length=7,
        choices=Language,
        default=Language.UNKNOWN,
        editable=False,
    )
    likeness = models.BigIntegerField(null=True, editable=False)
    author_published = models.PositiveSmallIntegerField(
        editable=False,
        help_text=_("commentaires parus de l’auteur à son entrée, 100 au plus"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
        db_index=False,
        verbose_name=_("pris en charge par"),
    )

    objects = QueueEntryQuerySet.as_manager()

    COPIED = (
        "article",
        "author",
        "written_at",
        "marks",
        "language",
        "likeness",
        "author_published",
    )
    MOST_PUBLISHED = 100

    class Meta:
        ordering = ("rank", "call", "waiting_since", "pk")
        verbose_name = _("commentaire à modérer")
        verbose_name_plural = _("file de modération")
        constraints = (
            models.CheckConstraint(
                condition=Q(rank__in=(0, 1)), name="queue_rank_known"
            ),
            models.CheckConstraint(
                condition=Q(call__in=(0, 1, 2, 3)), name="queue_call_known"
            ),
        )
        indexes = (
            models.Index(
                "rank",
                "call",
                "waiting_since",
                "comment",
                name="queue_reported_then_oldest",
            ),
            models.Index(
                "rank",
                "call",
                "waiting_since",
                "comment",
                name="queue_reported",
                condition=Q(call__lt=Call.NONE),
            ),
            models.Index(
                "article",
                "rank",
                "call",
                "waiting_since",
                "comment",
                name="queue_of_article",
            ),
            models.Index(
                "comment",
                name="queue_of_threats",
                condition=Q(marks__contains=THREAT_MARK),
            ),
            models.Index("owner", name="queue_owned", condition=Q(owner__isnull=False)),
            models.Index(
                "language",
                "rank",
                "call",
                "waiting_since",
                "comment",
                name="queue_of_language",
            ),
            models.Index(
                "likeness",
                "rank",
                "call",
                "waiting_since",
                "comment",
                name="queue_alike",
            ),
            models.Index("author", "written_at", name="queue_of_author"),
        )

    def __str__(self) -> str:
        return str(self.comment_id)

    def save(self, **options: Any) -> None:
        QueueEntry.copy([self])
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], *self.COPIED}
        super().save(**options)

    @classmethod
    def copy(cls, entries: Iterable["QueueEntry"]) -> None:
        """Give ``entries`` what their comments say now; they are not stored.

        Two queries, and a fixed number more if some texts come to the queue for the
        first time: these are put into their groups.
        """
        comments = {entry.comment_id: entry.comment for entry in entries}
        flags, prints = cls._read({c.revision_id for c in comments.values()})
        groups = group_alike(
            comment
            for comment in comments.values()
            if (found := prints.get(comment.revision_id)) and found.ungrouped
        )
        published = dict(
            Comment.objects.published()
            .filter(author__in={comment.author_id for comment in comments.values()})
            .order_by()
            .values_list("author")
            .annotate(Count("pk"))
        )
        for entry in entries:
            comment = comments[entry.comment_id]
            kept = prints.get(comment.revision_id, KeptPrint())
            entry.article_id = comment.article_id
            entry.author_id = comment.author_id
            entry.written_at = comment.created_at
            entry.marks = marks_of(flags[comment.revision_id])
            entry.language = kept.language or Language.UNKNOWN
            entry.likeness = groups.get(comment.revision_id, kept.likeness)
            shown = published.get(comment.author_id, 0)
            entry.author_published = min(shown, cls.MOST_PUBLISHED)

    @staticmethod
    def _read(
        revisions: Collection[int | None],
    ) -> tuple[dict[int | None, list[Marked]], dict[int | None, KeptPrint]]:
        """Flags and fingerprints of ``revisions``. One query."""
        flags: dict[int | None, list[Marked]] = defaultdict(list)
        prints: dict[int | None, KeptPrint] = {}
        known = [pk for pk in revisions if pk is not None]
        rows = Revision.objects.filter(pk__in=known).order_by()
        for pk, category, severity, rule, language, exact, group in rows.values_list(
            "pk",
            "flags__category",
            "flags__severity",
            "flags__rule",
            "text_print__language",
            "text_print__exact",
            "text_print__likeness",
        ):
            prints[pk] = KeptPrint(language, exact, group)
            if rule is not None:
                flags[pk].append((category, severity, rule))
        return flags, prints


class TermQuerySet(models.QuerySet["Term"]):
    def active(self) -> Self:
        return self.filter(active=True)

    def exported(self, *, only: str = "all") -> Self:
        """What a file of the lexicon holds: all terms, or those of editors alone."""
        kept = self.filter(origin=Origin.EDITOR) if only == "editor" else self.all()
        return kept.order_by("language", "kind", "text")


class Term(models.Model):
    """A lexicon entry that editors keep; mirrors `moderation.rules.lexicon.Entry`."""

    class Kind(models.TextChoices):
        INSULT = Kind.INSULT.value, _("insulte")
        LABEL = Kind.LABEL.value, _("mot honnête, insulte s’il vise quelqu’un")
        FIGURE = Kind.FIGURE.value, _("animal ou chose, insulte si on le lance")
        EPITHET = Kind.EPITHET.value, _("épithète toute faite")
        NAME = Kind.NAME.value, _("nom de tyran ou de criminel")
        TYPE = Kind.TYPE.value, _("nom célèbre ou de fanatique")
        BELITTLER = Kind.BELITTLER.value, _("mot qui rabaisse, devant")
        BELITTLER_AFTER = Kind.BELITTLER_AFTER.value, _("mot qui rabaisse, derrière")
        ROLE = Kind.ROLE.value, _("rôle, rabaissé par ce qui le suit")
        NOUN = Kind.NOUN.value, _("nom de corps ou d’animal")
        ADJECTIVE = Kind.ADJECTIVE.value, _("adjectif tiré d’un nom")
        DEMONYM = Kind.DEMONYM.value, _("adjectif tiré d’un lieu")
        PUPPET = Kind.PUPPET.value, _("nom de serviteur")
        POWER = Kind.POWER.value, _("puissance servie")
        COMPOUND_HEAD = Kind.COMPOUND_HEAD.value, _("début de mot composé")
        COMPOUND_TAIL = Kind.COMPOUND_TAIL.value, _("fin de mot composé")
        VERB = Kind.VERB.value, _("verbe qui insulte son objet")
        THREAT = Kind.THREAT.value, _("menace toute faite")
        VIOLENCE = Kind.VIOLENCE.value, _("verbe de violence")
        GUARD = Kind.GUARD.value, _("expression admise")
        CONTEXT = Kind.CONTEXT.value, _("contexte où un terme est honnête")
        ORDINARY = Kind.ORDINARY.value, _("mot ordinaire qu’un masque peut cacher")
        LITERAL = Kind.LITERAL.value, _("indice de sens propre")
        ACRONYM = Kind.ACRONYM.value, _("sigle")

    Origin = Origin

    text = models.CharField(_("terme"), max_length=200)
    language = models.CharField(
        _("langue"),
        max_length=2,
        choices=(("fr", _("français")), ("en", _("anglais")), ("ar", _("arabe"))),
        default="fr",
    )
    kind = models.CharField(_("rôle"), max_length=16, choices=Kind)
    tier = models.CharField(
        _("quand"), max_length=6, choices=TierChoices, default=TierChoices.ALWAYS
    )
    severity = models.CharField(
        _("gravité"),
        max_length=6,
        choices=SeverityChoices,
        default=SeverityChoices.MEDIUM,
    )
    forms = models.TextField(
        _("formes irrégulières"), blank=True, help_text=_("une par ligne")
    )
    note = models.CharField(
        _("explication"),
        max_length=300,
        blank=True,
        help_text=_("montrée au modérateur"),
    )
    target = models.CharField(
        _("vise"),
        max_length=10,
        choices=TargetChoices,
        blank=True,
        help_text=_("à remplir si le terme vise toujours les mêmes"),
    )
    active = models.BooleanField(_("en service"), default=True)
    origin = models.CharField(
        _("origine"), max_length=7, choices=Origin, default=Origin.EDITOR
    )
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects = TermQuerySet.as_manager()

    KEPT = (
        "text",
        "language",
        "kind",
        "tier",
        "severity",
        "forms",
        "note",
        "target",
        "active",
        "origin",
    )
    """The fields whose every value is kept (LexiconChange)."""

    class Meta:
        ordering = ("text",)
        verbose_name = _("terme du lexique")
        verbose_name_plural = _("lexique")
        constraints = (
            models.UniqueConstraint(
                fields=("language", "kind", "text"), name="term_unique"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="term_not_empty"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def identity(self) -> str:
        """What a change of this term is listed under."""
        return f"{self.text} ({self.language}, {self.kind})"

    def as_entry(self) -> Entry:
        """Raises ValueError for what no rule can read; the form refuses it."""
        if not _holds_signs(self.text):
            raise ValueError(f"{self.text!r} is blank")
        return Entry(
            text=self.text,
            language=self.language,
            kind=Kind(self.kind),
            tier=Tier(self.tier),
            severity=Severity(self.severity),
            forms=tuple(f.strip() for f in self.forms.splitlines() if _holds_signs(f)),
            note=self.note,
            target=Target(self.target),
        )


def _holds_signs(text: str) -> bool:
    """Whether ``text`` is more than spaces and hyphens, which hold words together."""
    return bool(text.replace("-", " ").strip())


class LexiconVersion(models.Model):
    """One row: rises with every change of the lexicon, so that processes reload it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
