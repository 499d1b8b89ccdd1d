"""The charter as data; the database refuses to change or delete what was published."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


TABLE = "moderation_charterversion"
TRIGGERS = {
    "sqlite": [
        f"""
        CREATE TRIGGER charter_version_no_{event.lower()} BEFORE {event} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'charter versions are append-only'); END
        """
        for event in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """
        CREATE FUNCTION charter_version_append_only() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'charter versions are append-only'
            USING ERRCODE = 'restrict_violation'; END $$
        """,
        f"""
        CREATE TRIGGER charter_version_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION charter_version_append_only()
        """,
    ],
}
REMOVALS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS charter_version_no_update",
        "DROP TRIGGER IF EXISTS charter_version_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS charter_version_append_only ON {TABLE}",
        "DROP FUNCTION IF EXISTS charter_version_append_only",
    ],
}


def forbid(apps, schema_editor):
    for statement in TRIGGERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    for statement in REMOVALS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_search_index"),
        ("comments", "0007_every_comment_by_index"),
        ("moderation", "0017_takings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CharterClause",
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
                    "code",
                    models.SlugField(
                        help_text="l’ancre de la clause dans la page ; gardé avec les décisions, il ne change plus",
                        max_length=30,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("clause", "clause : ce que nous demandons"),
                            ("procedure", "procédure : ce que nous faisons"),
                        ],
                        default="clause",
                        max_length=9,
                        verbose_name="partie",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="rang"),
                ),
                (
                    "title_fr",
                    models.CharField(max_length=200, verbose_name="titre en français"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, verbose_name="titre en anglais"),
                ),
                (
                    "text_fr",
                    models.TextField(max_length=5000, verbose_name="texte en français"),
                ),
                (
                    "text_en",
                    models.TextField(max_length=5000, verbose_name="texte en anglais"),
                ),
                (
                    "accepted_fr",
                    models.TextField(
                        blank=True,
                        help_text="un par ligne",
                        max_length=2000,
                        verbose_name="exemples acceptés, en français",
                    ),
                ),
                (
                    "refused_fr",
                    models.TextField(
                        blank=True,
                        help_text="un par ligne",
                        max_length=2000,
                        verbose_name="exemples refusés, en français",
                    ),
                ),
                (
                    "accepted_en",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="exemples acceptés, en anglais",
                    ),
                ),
                (
                    "refused_en",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="exemples refusés, en anglais",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("shipped", "livré"), ("editor", "rédaction")],
                        default="editor",
                        max_length=7,
                        verbose_name="origine",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, verbose_name="modifié le"),
                ),
            ],
            options={
                "verbose_name": "clause de la charte",
                "verbose_name_plural": "clauses de la charte",
                "ordering": ("part", "position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ("clause", "procedure"))),
                        name="charter_clause_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("title_fr", ""), _negated=True),
                            models.Q(("title_en", ""), _negated=True),
                            models.Q(("text_fr", ""), _negated=True),
                            models.Q(("text_en", ""), _negated=True),
                        ),
                        name="charter_clause_not_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CharterVersion",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(
                        primary_key=True, serialize=False, verbose_name="numéro"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="publiée le"
                    ),
                ),
                (
                    "important",
                    models.BooleanField(
                        default=False, verbose_name="changement important"
                    ),
                ),
                ("content", models.JSONField(verbose_name="contenu")),
                ("titles", models.JSONField(verbose_name="titres des clauses")),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publiée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "version de la charte",
                "verbose_name_plural": "versions de la charte",
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="PostedUnder",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="posted_under",
                        serialize=False,
                        to="comments.comment",
                    ),
                ),
                ("clauses", models.JSONField(default=list)),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="moderation.charterversion",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CharterRule",
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
                    "rule",
                    models.CharField(
                        choices=[
                            ("mode", "mode"),
                            ("closes_after", "fermeture après un délai"),
                            ("hours", "heures d’ouverture"),
                            ("per_article", "commentaires par lecteur et par article"),
                            ("max_length", "longueur maximale"),
                            ("min_words", "nombre minimal de mots"),
                            ("capitals", "majuscules et ponctuation criardes"),
                            ("language", "langues"),
                            ("repetition", "textes presque identiques"),
                            ("links", "liens"),
                            ("contact", "coordonnées"),
                        ],
                        max_length=12,
                        verbose_name="règle",
                    ),
                ),
                (
                    "enabled",
                    models.BooleanField(default=True, verbose_name="en service"),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="nombre"
                    ),
                ),
                (
                    "opens",
                    models.TimeField(blank=True, null=True, verbose_name="ouvre à"),
                ),
                (
                    "closes",
                    models.TimeField(blank=True, null=True, verbose_name="ferme à"),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("a_priori", "a priori : tous les commentaires attendent"),
                            (
                                "flagged_first",
                                "seuls les commentaires signalés attendent",
                            ),
                            ("a_posteriori", "a posteriori : tous paraissent aussitôt"),
                            ("closed", "fermé"),
                        ],
                        max_length=13,
                        verbose_name="mode",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("shipped", "livré"), ("editor", "rédaction")],
                        default="editor",
                        max_length=7,
                        verbose_name="origine",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, verbose_name="modifié le"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="charter_rules",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="charter_rules",
                        to="articles.section",
                        verbose_name="rubrique",
                    ),
                ),
            ],
            options={
                "verbose_name": "règle de la charte",
                "verbose_name_plural": "règles de la charte",
                "ordering": ("rule", "section", "article"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("article", None), ("section", None)),
                        fields=("rule",),
                        name="charter_rule_once_for_the_site",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("section__isnull", False)),
                        fields=("section", "rule"),
                        name="charter_rule_once_a_section",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("article__isnull", False)),
                        fields=("article", "rule"),
                        name="charter_rule_once_an_article",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("section", None), ("article", None), _connector="OR"
                        ),
                        name="charter_rule_has_one_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number__gt", 0),
                                ("number__isnull", False),
                                (
                                    "rule__in",
                                    [
                                        "closes_after",
                                        "per_article",
                                        "max_length",
                                        "min_words",
                                    ],
                                ),
                                ("closes", None),
                                ("mode", ""),
                                ("opens", None),
                            ),
                            models.Q(
                                ("closes__isnull", False),
                                ("opens__isnull", False),
                                ("rule__in", ["hours"]),
                                ("mode", ""),
                                ("number", None),
                            ),
                            models.Q(
                                (
                                    "mode__in",
                                    [
                                        "",
                                        "a_priori",
                                        "flagged_first",
                                        "a_posteriori",
                                        "closed",
                                    ],
                                ),
                                ("rule__in", ["mode"]),
                                models.Q(
                                    ("enabled", False),
                                    models.Q(("mode", ""), _negated=True),
                                    _connector="OR",
                                ),
                                ("article", None),
                                ("section", None),
                                ("closes", None),
                                ("number", None),
                                ("opens", None),
                            ),
                            models.Q(
                                ("closes", None),
                                ("mode", ""),
                                ("number", None),
                                ("opens", None),
                                (
                                    "rule__in",
                                    [
                                        "capitals",
                                        "language",
                                        "repetition",
                                        "links",
                                        "contact",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="charter_rule_set_by_what_its_kind_takes",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)),
                name="charter_version_numbered_from_one",
            ),
        ),
        migrations.RunPython(forbid, allow),
    ]
