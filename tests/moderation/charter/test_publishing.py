"""Versions of the charter: loaded, published once, never changed (L-04)."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from moderation.charter.catalog import (
    shipped_clauses,
    shipped_procedures,
    shipped_rules,
)
from moderation.charter.changing import changes_between
from moderation.charter.content import draft_charter
from moderation.charter.models import CharterClause, CharterRule, CharterVersion
from moderation.charter.publishing import (
    CharterChanged,
    mark_of,
    publish_charter,
)
from moderation.loading import load_shipped_rules
from moderation.models import RuleSetting
from moderation.reason_details import reason_details
from moderation.reasons import ReasonCode
from tests.factories import ArticleFactory, EditorFactory, SectionFactory
from tests.moderation.charter.setting import published_charter, set_rule

pytestmark = pytest.mark.django_db


def load():
    call_command("load_charter", verbosity=0)


def clause_of(version, code, language="fr"):
    found = [c for c in version.content[language]["clauses"] if c["code"] == code]
    return found[0] if found else None


def rule_of(version, code, language="fr"):
    for clause in version.content[language]["clauses"]:
        for rule in clause["rules"]:
            if rule["code"] == code:
                return rule
    raise AssertionError(code)


class TestLoading:
    def test_all_is_there_and_published_once(self):
        assert not CharterVersion.objects.exists()
        load()
        shipped = len(shipped_clauses()) + len(shipped_procedures())
        assert CharterClause.objects.count() == shipped
        assert CharterRule.objects.count() == len(shipped_rules())
        assert [v.number for v in CharterVersion.objects.all()] == [1]
        load()
        assert CharterClause.objects.count() == shipped
        assert [v.number for v in CharterVersion.objects.all()] == [1]

    def test_what_editors_changed_stays(self):
        load()
        clause = CharterClause.objects.get(code="sujet")
        clause.title_fr, clause.origin = "Parler de l’article", "editor"
        clause.save()
        rule = CharterRule.objects.get(rule="min_words")
        rule.number, rule.enabled, rule.origin = 7, True, "editor"
        rule.save()
        CharterClause.objects.filter(code="forme").update(title_fr="Ancien titre livré")
        load()
        clause.refresh_from_db()
        rule.refresh_from_db()
        assert clause.title_fr == "Parler de l’article"
        assert (rule.number, rule.enabled) == (7, True)
        shipped = CharterClause.objects.get(code="forme").title_fr
        assert shipped == "Écrire posément, pour être lu"

    def test_a_shipped_change_waits_for_an_editor_to_publish_it(self):
        load()
        CharterClause.objects.filter(code="forme").update(title_fr="Ancien titre livré")
        publish_charter(by=EditorFactory())
        load()
        assert [v.number for v in CharterVersion.objects.all()] == [2, 1]
        assert publish_charter(by=EditorFactory()).number == 3


class TestPublishing:
    def test_nothing_changed_makes_no_version(self):
        version = published_charter()
        assert version.number == 1
        assert publish_charter(by=EditorFactory(), important=True) is None
        assert CharterVersion.objects.count() == 1

    def test_a_change_makes_one_and_says_which(self):
        published_charter()
        CharterClause.objects.filter(code="sujet").update(
            title_fr="Parler de l’article"
        )
        set_rule("min_words", "site", ArticleFactory(), number=3)
        latest = CharterVersion.objects.get()
        draft = draft_charter().content["fr"]
        told = changes_between(latest.content["fr"], draft)
        assert [(c.before, c.after) for c in told] == [
            ("Rester dans le sujet", "Parler de l’article"),
            (
                "Un commentaire peut tenir en un mot.",
                "Un commentaire a 3 mots au moins.",
            ),
        ]
        editor = EditorFactory()
        version = publish_charter(by=editor, important=True)
        assert (version.number, version.published_by, version.important) == (
            2,
            editor,
            True,
        )
        assert version.titles["sujet"]["fr"] == "Parler de l’article"
        assert clause_of(latest, "sujet")["title"] == "Rester dans le sujet"
        draft = draft_charter().content["fr"]
        assert changes_between(version.content["fr"], draft) == []

    def test_what_was_looked_at_is_what_is_published(self):
        published_charter()
        CharterClause.objects.filter(code="sujet").update(
            title_fr="Parler de l’article"
        )
        seen = mark_of(draft_charter())
        CharterClause.objects.filter(code="forme").update(title_fr="Écrire calmement")
        with pytest.raises(CharterChanged):
            publish_charter(by=EditorFactory(), seen=seen)
        assert CharterVersion.objects.count() == 1
        assert publish_charter(by=EditorFactory(), seen=mark_of(draft_charter()))

    def test_sections_that_differ_are_named_and_articles_are_not(self):
        published_charter()
        liban = SectionFactory(name="Liban", slug="liban")
        article = ArticleFactory(section=liban)
        set_rule("max_length", "section", article, number=500)
        set_rule("max_length", "article", article, number=100)
        liban.comment_policy = "a_priori"
        liban.save()
        version = publish_charter(by=EditorFactory())
        (exception,) = rule_of(version, "max_length")["exceptions"]
        assert (exception["name"], exception["number"]) == ("Liban", 500)
        assert exception["sentence"] == "Un commentaire a 500 caractères au plus."
        (exception,) = rule_of(version, "mode")["exceptions"]
        assert (exception["section"], exception["mode"]) == ("liban", "a_priori")
        assert "relu par un modérateur avant" in exception["sentence"]
        assert rule_of(version, "max_length")["number"] == 3000

    def test_rules_of_the_engine_are_told_as_editors_have_them(self):
        load_shipped_rules()
        version = published_charter()
        assert "3 liens ou plus" in rule_of(version, "links")["sentence"].replace(
            "\u00a0", " "
        )
        automatic = {rule["code"] for rule in version.content["fr"]["automatic"]}
        assert {"capitals", "lexicon", "threat"} <= automatic
        assert "newcomer" not in automatic
        RuleSetting.objects.filter(rule="link").update(values={"links": 5})
        RuleSetting.objects.filter(rule="contact").update(enabled=False)
        RuleSetting.objects.filter(rule="newcomer").update(enabled=True)
        version = publish_charter(by=EditorFactory())
        assert "5 liens ou plus" in rule_of(version, "links")["sentence"]
        assert not rule_of(version, "contact")["enabled"]
        automatic = {rule["code"] for rule in version.content["fr"]["automatic"]}
        assert "newcomer" in automatic
        assert "contact" not in automatic

    def test_no_hold_is_promised_where_all_appears_at_once(self, settings):
        settings.COMMENT_POLICY = "a_posteriori"
        version = published_charter()
        assert not rule_of(version, "contact")["enabled"]
        assert "attend" not in rule_of(version, "mode")["sentence"]


@pytest.fixture
def version():
    return published_charter()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda v: CharterVersion.objects.filter(pk=v.pk).update(important=True),
        lambda v: CharterVersion.objects.filter(pk=v.pk).delete(),
        lambda v: CharterVersion.objects.filter(pk=v.pk)._raw_delete("default"),
        lambda v: CharterVersion(number=v.number, content={}, titles={}).save(),
    ],
)
def test_orm_cannot_rewrite_a_version(version, tamper):
    with pytest.raises(DatabaseError), transaction.atomic():
        tamper(version)
    kept = CharterVersion.objects.get()
    assert (kept.content, kept.important) == (version.content, False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation_charterversion SET content = '{}' WHERE number = %s",
        "DELETE FROM moderation_charterversion WHERE number = %s",
    ],
)
def test_sql_cannot_rewrite_a_version(version, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [version.number])
    assert CharterVersion.objects.get().content == version.content


@pytest.mark.parametrize(
    "values",
    [
        {"rule": "min_words", "number": None},
        {"rule": "min_words", "number": 0},
        {"rule": "min_words", "number": 3, "mode": "closed"},
        {"rule": "hours", "number": 3},
        {"rule": "mode", "mode": ""},
        {"rule": "mode", "mode": "parfois"},
        {"rule": "capitals", "number": 3},
        {"rule": "inconnue"},
    ],
)
def test_database_refuses_rules_that_cannot_be_read(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterRule.objects.create(**values)


def test_database_keeps_one_row_a_rule_and_scope():
    article = ArticleFactory()
    for place in ({}, {"section": article.section}, {"article": article}):
        CharterRule.objects.create(rule="min_words", number=3, **place)
        with pytest.raises(IntegrityError), transaction.atomic():
            CharterRule.objects.create(rule="min_words", number=4, **place)
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterRule.objects.create(
            rule="max_length", number=4, section=article.section, article=article
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterRule.objects.create(rule="mode", mode="closed", article=article)


@pytest.mark.parametrize("code", ReasonCode.values)
def test_every_reason_cites_a_clause_of_the_charter(code):
    version = published_charter()
    cited = reason_details()[code].clause
    assert clause_of(version, cited)
    assert set(version.titles[cited]) == {"fr", "en"}


def test_shipped_texts_are_whole_in_both_languages():
    import re

    for clause in (*shipped_clauses().values(), *shipped_procedures().values()):
        assert all(clause.title.values())
        assert all(clause.text.values())
        for examples in (clause.accepted, clause.refused):
            assert len(examples["fr"]) == len(examples["en"])
        for text in (clause.title["fr"], clause.text["fr"], *clause.refused["fr"]):
            assert not re.search(r" [:;!?»]|« |'", text), text
    for rule in shipped_rules().values():
        assert rule.clause in shipped_clauses()
        for text in (rule.title["fr"], rule.help["fr"]):
            assert not re.search(r" [:;!?»]|« |'", text), text
