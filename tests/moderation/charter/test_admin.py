"""Editors set the charter in the back office, and publish it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article
from moderation.charter.models import CharterClause, CharterRule, CharterVersion
from moderation.charter.notice_models import CharterNotice
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)
from tests.moderation.charter.setting import published_charter, set_rule

pytestmark = pytest.mark.django_db
PUBLISH = "/admin/moderation/charterversion/publier/"
RULES = reverse("admin:moderation_charterrule_changelist")
ADD = reverse("admin:moderation_charterrule_add")


@pytest.fixture
def desk(client: Client) -> Client:
    published_charter()
    client.force_login(EditorFactory())
    return client


def retitle(code: str = "sujet", title: str = "Parler de l’article") -> None:
    CharterClause.objects.filter(code=code).update(title_fr=title, origin="editor")


def test_lists_say_what_each_rule_says(desk: Client) -> None:
    article = ArticleFactory(title="Un procès")
    set_rule("max_length", "article", article, number=500)
    page = desk.get(RULES)
    assertContains(page, "Un procès")
    assertContains(page, "Un commentaire a 500 caractères au plus.")
    page = desk.get(RULES, {"portee": "article"})
    assert page.context["cl"].result_count == 1
    page = desk.get(RULES, {"portee": "site"})
    assert page.context["cl"].result_count == 11


def test_add_form_explains_every_rule_with_the_legal_note(desk: Client) -> None:
    page = desk.get(ADD)
    assertContains(page, "Fermeture après un délai")
    assertContains(page, "vaut connaissance de son contenu")
    mode = CharterRule.objects.get(rule="mode")
    page = desk.get(reverse("admin:moderation_charterrule_change", args=[mode.pk]))
    assertContains(page, "vaut connaissance de son contenu")
    assertNotContains(page, 'name="number"')


def test_a_rule_for_a_section(desk: Client) -> None:
    article = ArticleFactory()
    before = Article.objects.get().version
    answer = desk.post(
        ADD,
        {
            "rule": "min_words",
            "section": article.section_id,
            "enabled": "on",
            "number": 4,
        },
        follow=True,
    )
    rule = CharterRule.objects.get(section=article.section)
    assert (rule.number, rule.origin, rule.enabled) == (4, "editor", True)
    assert Article.objects.get().version == before + 1
    assertContains(answer, "publiez une nouvelle version")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"rule": "min_words"}, "Un nombre de 1 à 100."),
        ({"rule": "min_words", "number": "0"}, "Un nombre de 1 à 100."),
        ({"rule": "min_words", "number": "-3"}, "errorlist"),
        ({"rule": "min_words", "number": "beaucoup"}, "errorlist"),
        ({"rule": "max_length", "number": "3001"}, "Un nombre de 20 à 3000."),
        ({"rule": "hours", "opens": "8:00"}, "Donnez les deux heures"),
        ({"rule": "hours", "opens": "8:00", "closes": "8:00"}, "n’ouvre rien"),
        ({"rule": "hours", "opens": "huit", "closes": "9:00"}, "errorlist"),
        ({"rule": "mode", "mode": "closed"}, "se choisit dans sa propre fiche"),
        ({"rule": ""}, "errorlist"),
        ({"rule": "inconnue"}, "errorlist"),
        ({}, "errorlist"),
    ],
)
def test_mistakes_are_told_and_nothing_is_lost(
    desk: Client, values: dict[str, Any], told: str
) -> None:
    section = ArticleFactory().section
    page = desk.post(ADD, {"enabled": "on", "section": section.pk, **values})
    assert page.status_code == 200
    assertContains(page, told)
    assert not CharterRule.objects.filter(section=section).exists()
    assertContains(page, f'value="{section.pk}" selected')


def test_no_second_row_and_no_two_scopes(desk: Client) -> None:
    article = ArticleFactory()
    page = desk.post(ADD, {"rule": "min_words", "enabled": "on", "number": 4})
    assertContains(page, "déjà fixée ici")
    both = {"section": article.section_id, "article": article.pk}
    page = desk.post(ADD, {"rule": "min_words", "enabled": "on", "number": 4, **both})
    assertContains(page, "non les deux")


def test_a_clause_keeps_its_code_and_shipped_ones_stay(desk: Client) -> None:
    clause = CharterClause.objects.get(code="sujet")
    change = reverse("admin:moderation_charterclause_change", args=[clause.pk])
    fields = {
        name: getattr(clause, name)
        for name in (
            "position", "title_en", "text_fr", "text_en", "accepted_fr", "refused_fr",
            "accepted_en", "refused_en",
        )
    }  # fmt: skip
    answer = desk.post(change, {**fields, "code": "autre", "title_fr": "Le sujet"})
    assert answer.status_code == 302
    clause.refresh_from_db()
    assert (clause.code, clause.title_fr, clause.origin) == (
        "sujet",
        "Le sujet",
        "editor",
    )
    page = desk.post(change, {**fields, "title_fr": ""})
    assertContains(page, "errorlist")
    delete = reverse("admin:moderation_charterclause_delete", args=[clause.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403


class TestPublishing:
    def test_nothing_to_publish(self, desk: Client) -> None:
        page = desk.get(PUBLISH)
        assertContains(page, "il n’y a rien à publier")
        assertNotContains(page, 'type="submit" class="default"')

    def test_shows_the_difference_then_publishes_once(self, desk: Client) -> None:
        retitle()
        page = desk.get(PUBLISH)
        assertContains(page, "<del>")
        assertContains(page, "Parler de l’article")
        assertContains(page, "Publier la version 2")
        seen = page.context["form"].initial["seen"]
        answer = desk.post(PUBLISH, {"seen": seen, "important": "on"}, follow=True)
        assertContains(answer, "Charte n° 2 publiée. 1 lecteur est averti.")
        version = CharterVersion.objects.get(number=2)
        assert version.important
        assert version.published_by is not None
        answer = desk.post(PUBLISH, {"seen": seen}, follow=True)
        assertContains(answer, "aucune version à publier")
        assert CharterVersion.objects.count() == 2

    def test_says_how_many_are_told_before_and_after(self, desk: Client) -> None:
        ReaderFactory.create_batch(2)
        ReaderFactory(email="")
        ReaderFactory(is_active=False)
        retitle()
        page = desk.get(PUBLISH)
        told = page.content.decode().replace("\u00a0", " ")  # with the editor
        assert "4 comptes actifs seraient avertis en haut des commentaires ;" in told
        assert "3 le seraient aussi par courriel." in told
        seen = page.context["form"].initial["seen"]
        answer = desk.post(PUBLISH, {"seen": seen, "important": "on"}, follow=True)
        assertContains(answer, "Charte n° 2 publiée. 4 lecteurs sont avertis.")
        assert CharterNotice.objects.count() == 4
        call_command("send_notices", verbosity=0)
        page = desk.get(reverse("admin:moderation_charterversion_change", args=[2]))
        told = page.content.decode().replace("\u00a0", " ")
        assert "courriels partis : 3, à envoyer : 0" in told
        assert "sans adresse qui réponde : 1" in told

    def test_a_correction_is_told_to_nobody(self, desk: Client) -> None:
        ReaderFactory()
        retitle()
        seen = desk.get(PUBLISH).context["form"].initial["seen"]
        answer = desk.post(PUBLISH, {"seen": seen}, follow=True)
        assertContains(answer, "Charte n° 2 publiée, sans annonce aux lecteurs.")
        assert not CharterNotice.objects.exists()

    def test_what_changed_meanwhile_is_shown_first(self, desk: Client) -> None:
        retitle()
        seen = desk.get(PUBLISH).context["form"].initial["seen"]
        retitle("forme", "Écrire calmement")
        page = desk.post(PUBLISH, {"seen": seen, "important": "on"})
        assert page.status_code == 409
        assertContains(page, "relisez ce qui change", status_code=409)
        assertContains(page, "calmement", status_code=409)
        assertContains(page, "checked", status_code=409)
        assert CharterVersion.objects.count() == 1

    @pytest.mark.parametrize("data", [{}, {"seen": ""}, {"seen": "\x00"}])
    def test_a_broken_form_publishes_nothing(
        self, desk: Client, data: dict[str, str]
    ) -> None:
        retitle()
        assert desk.post(PUBLISH, data).status_code in (409, 422)
        assert CharterVersion.objects.count() == 1

    def test_only_who_may(self, client: Client) -> None:
        published_charter()
        retitle()
        assert client.get(PUBLISH).status_code == 302
        for account, status in (
            (ModeratorFactory(), 302),
            (ModeratorFactory(is_staff=True), 403),  # staff, yet no editor
            (EditorFactory(), 200),
        ):
            client.force_login(account)
            assert client.get(PUBLISH).status_code == status
            if status != 200:
                assert client.post(PUBLISH, {"seen": "x"}).status_code == status
        assert CharterVersion.objects.count() == 1
