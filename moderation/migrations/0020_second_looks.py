import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0007_every_comment_by_index"),
        ("moderation", "0018_charter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="jour")),
                ("share", models.FloatField(verbose_name="part tirée")),
                (
                    "unflagged",
                    models.PositiveIntegerField(verbose_name="parus sans relevé"),
                ),
                (
                    "flagged_hidden",
                    models.PositiveIntegerField(verbose_name="relevés et masqués"),
                ),
                (
                    "missed_hidden",
                    models.PositiveIntegerField(verbose_name="masqués sans relevé"),
                ),
                (
                    "drawn_at",
                    models.DateTimeField(
                        db_index=True,
                        default=django.utils.timezone.now,
                        verbose_name="tiré le",
                    ),
                ),
            ],
            options={
                "verbose_name": "jour contrôlé",
                "verbose_name_plural": "jours contrôlés",
                "ordering": ("day",),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 0), ("share__lte", 1)),
                        name="audit_share_is_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_index=True,
                        default=django.utils.timezone.now,
                        verbose_name="tiré le",
                    ),
                ),
                ("claimed_at", models.DateTimeField(null=True, verbose_name="pris à")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "à juger"),
                            ("judged", "jugé"),
                            ("moot", "sans objet"),
                        ],
                        default="open",
                        max_length=6,
                        verbose_name="état",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("publish", "publier"),
                            ("hold", "mettre en attente"),
                            ("hide", "masquer"),
                        ],
                        max_length=7,
                        verbose_name="jugement",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hors_sujet", "Hors sujet"),
                            ("cri", "Majuscules ou ponctuation criardes"),
                            ("langue", "Langue non admise"),
                            ("illisible", "Incompréhensible, SMS"),
                            ("grossierete", "Grossièreté sans cible"),
                            ("obscene", "Obscène, pornographique"),
                            ("doublon", "Répétition, message identique"),
                            ("proselytisme", "Prosélytisme"),
                            ("lien", "Lien non admis"),
                            ("signature", "Signature non conforme"),
                            (
                                "moderation",
                                "Débat sur la modération (utiliser le contact)",
                            ),
                            ("publicite", "Publicité"),
                            ("spam_massif", "Pourriel massif et trompeur"),
                            ("arnaque", "Arnaque, hameçonnage"),
                            ("usurpation", "Usurpation d’identité"),
                            ("comptes_multiples", "Comptes multiples ou factices"),
                            (
                                "attaque_personnelle",
                                "Attaque personnelle (lecteur, journaliste, tiers)",
                            ),
                            ("harcelement", "Harcèlement, meute"),
                            ("menace", "Menace"),
                            ("sexisme", "Sexisme, violence envers les femmes"),
                            ("injure", "Injure"),
                            ("diffamation", "Diffamation"),
                            ("epithete", "Épithète dégradante visant un groupe"),
                            (
                                "haine",
                                "Provocation à la haine, racisme, antisémitisme, homophobie",
                            ),
                            ("confessionnel", "Invective confessionnelle"),
                            (
                                "negationnisme",
                                "Contestation de crimes contre l’humanité",
                            ),
                            ("innocence", "Présomption d’innocence, enquête, victime"),
                            ("violence", "Appel à la violence"),
                            ("terrorisme", "Apologie du terrorisme"),
                            ("vie_privee", "Coordonnées, vie privée, doxing"),
                            ("desinformation", "Fausse information manifeste"),
                            (
                                "electoral",
                                "Règle électorale (veille, sondage sortie des urnes)",
                            ),
                            ("droit_auteur", "Copie d’un texte protégé"),
                            ("suicide", "Incitation au suicide, automutilation"),
                            ("mineurs", "Atteinte aux mineurs"),
                            ("ordre", "Ordre d’une autorité"),
                            (
                                "autre",
                                "Autre (texte obligatoire, 20 caractères au moins)",
                            ),
                        ],
                        max_length=30,
                        verbose_name="motif",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="clos le")),
                (
                    "audit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looks",
                        to="moderation.auditday",
                        verbose_name="jour contrôlé",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pris par",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_looks",
                        to="comments.comment",
                        verbose_name="commentaire",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_look",
                        to="moderation.decision",
                        verbose_name="première décision",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_looks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="modérateur",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_looks",
                        to="comments.revision",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "second regard",
                "verbose_name_plural": "seconds regards",
                "ordering": ("pk",),
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.F("id"),
                        condition=models.Q(("state", "open")),
                        name="second_look_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audit__isnull", False), ("decision", None)),
                            models.Q(("audit", None), ("decision__isnull", False)),
                            _connector="OR",
                        ),
                        name="second_look_of_one_sample",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action", ""),
                                ("closed_at", None),
                                ("moderator", None),
                                ("note", ""),
                                ("reason", ""),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("action", ""),
                                ("closed_at__isnull", False),
                                ("moderator", None),
                                ("note", ""),
                                ("reason", ""),
                                ("state", "moot"),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(("action", "publish"), ("reason", "")),
                                    models.Q(
                                        ("action", "hide"),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                ("closed_at__isnull", False),
                                ("moderator__isnull", False),
                                ("state", "judged"),
                            ),
                            _connector="OR",
                        ),
                        name="second_look_is_judged_or_not",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("audit__isnull", False)),
                        fields=("revision",),
                        name="second_look_audits_once",
                    ),
                ],
            },
        ),
    ]
