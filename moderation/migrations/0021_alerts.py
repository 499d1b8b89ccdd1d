import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_search_index"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("comments", "0007_every_comment_by_index"),
        ("moderation", "0020_second_looks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertRound",
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
                ("started_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DeskMail",
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
                ("address", models.EmailField(max_length=254, verbose_name="adresse")),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "Français"), ("en", "Anglais")],
                        default="fr",
                        max_length=2,
                        verbose_name="langue",
                    ),
                ),
                ("message_id", models.CharField(max_length=150, unique=True)),
                ("period", models.DateField(null=True, verbose_name="résumé du")),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="jours résumés"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="dû depuis"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "à envoyer"),
                            ("sent", "envoyé"),
                            ("moot", "sans objet"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="état",
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True, verbose_name="envoyé le")),
                (
                    "held_until",
                    models.DateTimeField(
                        help_text="rien ne lui est écrit avant : on lui écrit déjà, ou on a échoué",
                        null=True,
                        verbose_name="pas avant",
                    ),
                ),
                (
                    "refused",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="refus de l’adresse"
                    ),
                ),
            ],
            options={
                "verbose_name": "courriel d’alerte ou résumé",
                "verbose_name_plural": "courriels d’alerte et résumés",
                "ordering": ("-pk",),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="DigestPreference",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="digest_preference",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("never", "Jamais"),
                            ("daily", "Chaque jour"),
                            ("weekly", "Chaque semaine"),
                        ],
                        default="never",
                        max_length=6,
                        verbose_name="fréquence",
                    ),
                ),
                (
                    "hour",
                    models.PositiveSmallIntegerField(default=7, verbose_name="heure"),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0 : lundi", verbose_name="jour"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "Français"), ("en", "Anglais")],
                        default="fr",
                        max_length=2,
                        verbose_name="langue",
                    ),
                ),
                (
                    "chosen_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="choisi le"
                    ),
                ),
            ],
            options={
                "verbose_name": "choix du résumé",
                "verbose_name_plural": "choix du résumé",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Escalation",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("threat", "menace relevée par les règles"),
                            ("grave", "signalement grave"),
                            ("report", "signalement d’un lecteur"),
                            ("appeal", "contestation"),
                        ],
                        max_length=8,
                        verbose_name="alerte",
                    ),
                ),
                ("cause", models.CharField(max_length=30)),
                ("step", models.CharField(max_length=20)),
                ("step_name", models.CharField(max_length=60, verbose_name="étape")),
                ("arrived_at", models.DateTimeField(verbose_name="arrivée le")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="escaladée le"
                    ),
                ),
            ],
            options={
                "verbose_name": "escalade",
                "verbose_name_plural": "escalades",
                "ordering": ("arrived_at", "pk"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EscalationStep",
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
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="les étapes se suivent du plus petit rang",
                        verbose_name="rang",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="« De permanence », « Adjoint »…",
                        max_length=60,
                        verbose_name="étape",
                    ),
                ),
                (
                    "addresses",
                    models.TextField(
                        blank=True,
                        help_text="une par ligne",
                        max_length=2000,
                        verbose_name="autres adresses",
                    ),
                ),
                (
                    "threat_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=1,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1440)],
                        verbose_name="heures, menace relevée",
                    ),
                ),
                (
                    "grave_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=1,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1440)],
                        verbose_name="heures, signalement grave",
                    ),
                ),
                (
                    "report_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=24,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1440)],
                        verbose_name="heures, autre signalement",
                    ),
                ),
                (
                    "appeal_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=72,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1440)],
                        verbose_name="heures, contestation",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’escalade",
                "verbose_name_plural": "étapes d’escalade",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.AddField(
            model_name="queueentry",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="pris en charge par",
            ),
        ),
        migrations.AddIndex(
            model_name="queueentry",
            index=models.Index(
                models.F("comment"),
                condition=models.Q(("marks__contains", " threat.")),
                name="queue_of_threats",
            ),
        ),
        migrations.AddIndex(
            model_name="queueentry",
            index=models.Index(
                models.F("owner"),
                condition=models.Q(("owner__isnull", False)),
                name="queue_owned",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                models.F("created_at"),
                condition=models.Q(("state", "open")),
                name="report_open_by_time",
            ),
        ),
        migrations.AddField(
            model_name="deskmail",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="compte",
            ),
        ),
        migrations.AddConstraint(
            model_name="digestpreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("frequency__in", ("never", "daily", "weekly"))),
                name="digest_frequency_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="digestpreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("hour__lte", 23), ("weekday__lte", 6)),
                name="digest_hour_known",
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="comments.comment",
                verbose_name="commentaire",
            ),
        ),
        migrations.AddField(
            model_name="deskmail",
            name="escalations",
            field=models.ManyToManyField(
                related_name="mails", to="moderation.escalation"
            ),
        ),
        migrations.AddField(
            model_name="escalationstep",
            name="members",
            field=models.ManyToManyField(
                blank=True,
                help_text="modérateurs et rédaction, actifs et avec une adresse",
                limit_choices_to=models.Q(
                    models.Q(
                        ("is_staff", True),
                        ("groups__permissions__codename", "add_decision"),
                        _connector="OR",
                    ),
                    ("is_active", True),
                    models.Q(("email", ""), _negated=True),
                ),
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="comptes",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                fields=("cause", "step"), name="escalation_once_a_step"
            ),
        ),
        migrations.AddIndex(
            model_name="deskmail",
            index=models.Index(
                models.F("id"),
                condition=models.Q(("state", "waiting")),
                name="deskmail_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="deskmail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("period__isnull", False)),
                fields=("account", "period"),
                name="digest_once_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="deskmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days", None), ("period", None)),
                    models.Q(
                        ("account__isnull", False),
                        ("days__in", (1, 7)),
                        ("period__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="digest_has_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="deskmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(("sent_at", None), ("state__in", ("waiting", "moot"))),
                    _connector="OR",
                ),
                name="deskmail_sent_at_some_time",
            ),
        ),
    ]
