import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0021_alerts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WebhookEvent",
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
                    "uid",
                    models.CharField(
                        max_length=40, unique=True, verbose_name="identifiant"
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("comment.posted", "commentaire écrit"),
                            ("comment.decided", "commentaire décidé"),
                            ("comment.reported", "commentaire signalé"),
                            ("endpoint.test", "essai"),
                        ],
                        max_length=20,
                        verbose_name="événement",
                    ),
                ),
                ("body", models.TextField(help_text="JSON", verbose_name="contenu")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_index=True,
                        default=django.utils.timezone.now,
                        verbose_name="arrivé le",
                    ),
                ),
            ],
            options={
                "verbose_name": "événement",
                "verbose_name_plural": "événements",
                "ordering": ("pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
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
                    "description",
                    models.CharField(
                        help_text="à qui est ce système, et à quoi il sert",
                        max_length=200,
                        verbose_name="description",
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        help_text="en https://, sur une machine que tout l’Internet peut joindre",
                        max_length=1000,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "tells_posted",
                    models.BooleanField(
                        default=False,
                        help_text="comment.posted",
                        verbose_name="commentaire écrit",
                    ),
                ),
                (
                    "tells_decided",
                    models.BooleanField(
                        default=False,
                        help_text="comment.decided",
                        verbose_name="commentaire décidé",
                    ),
                ),
                (
                    "tells_reported",
                    models.BooleanField(
                        default=False,
                        help_text="comment.reported",
                        verbose_name="commentaire signalé",
                    ),
                ),
                (
                    "active",
                    models.BooleanField(
                        default=True,
                        help_text="décochée, plus rien n’est gardé ni envoyé pour cette adresse",
                        verbose_name="en service",
                    ),
                ),
                ("secret", models.CharField(max_length=100, verbose_name="secret")),
                (
                    "former_secret",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="secret précédent"
                    ),
                ),
                (
                    "secret_changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        verbose_name="secret changé le",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="créée le"
                    ),
                ),
                (
                    "failing_since",
                    models.DateTimeField(null=True, verbose_name="rien de reçu depuis"),
                ),
                (
                    "failures",
                    models.PositiveIntegerField(
                        default=0, verbose_name="échecs de suite"
                    ),
                ),
                (
                    "rests_until",
                    models.DateTimeField(
                        null=True, verbose_name="laissée en paix jusqu’à"
                    ),
                ),
                (
                    "claimed_until",
                    models.DateTimeField(help_text="envoi en cours", null=True),
                ),
                (
                    "disabled_because",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="mise hors service parce que",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="créée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "adresse d’envoi",
                "verbose_name_plural": "adresses d’envoi (webhooks)",
                "ordering": ("description", "pk"),
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "à envoyer"),
                            ("delivered", "reçu"),
                            ("parked", "abandonné"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="essais"),
                ),
                (
                    "next_attempt_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        null=True,
                        verbose_name="prochain essai",
                    ),
                ),
                (
                    "attempted_at",
                    models.DateTimeField(null=True, verbose_name="dernier essai"),
                ),
                (
                    "status_code",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="code de réponse"
                    ),
                ),
                (
                    "duration",
                    models.PositiveIntegerField(
                        help_text="en millisecondes", null=True, verbose_name="durée"
                    ),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("status", "réponse d’erreur"),
                            ("redirect", "redirection, jamais suivie"),
                            ("timeout", "pas de réponse à temps"),
                            ("unreachable", "serveur injoignable"),
                            ("certificate", "chiffrement ou certificat refusé"),
                            ("forbidden", "adresse interdite"),
                            ("fault", "envoi impossible, voir le journal"),
                        ],
                        max_length=11,
                        verbose_name="échec",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="début de la réponse"
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="moderation.webhookendpoint",
                        verbose_name="adresse d’envoi",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="moderation.webhookevent",
                        verbose_name="événement",
                    ),
                ),
            ],
            options={
                "verbose_name": "envoi",
                "verbose_name_plural": "envois (webhooks)",
                "ordering": ("-pk",),
                "default_permissions": ("view",),
            },
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("url", ""), _negated=True),
                    models.Q(("secret", ""), _negated=True),
                ),
                name="webhookendpoint_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("active", False), ("disabled_because", ""), _connector="OR"
                ),
                name="webhookendpoint_active_without_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                models.F("endpoint"),
                models.F("next_attempt_at"),
                condition=models.Q(("state", "waiting")),
                name="webhookdelivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                models.F("endpoint"),
                models.OrderBy(models.F("id"), descending=True),
                name="webhookdelivery_latest",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                fields=("event", "endpoint"), name="webhookdelivery_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_attempt_at__isnull", False), ("state", "waiting")),
                    models.Q(
                        ("next_attempt_at", None),
                        ("state__in", ("delivered", "parked")),
                    ),
                    _connector="OR",
                ),
                name="webhookdelivery_waits_for_an_attempt",
            ),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(
                models.F("ends_at"),
                models.F("id"),
                condition=models.Q(("lifted_at", None)),
                name="sanction_by_end",
            ),
        ),
    ]
