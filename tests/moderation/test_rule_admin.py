"""Rules in the back office: switches and thresholds that reach the next comment."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from moderation.lexicon import current_engine
from moderation.loading import load_shipped_rules
from moderation.models import LexiconChange, RuleSetting
from moderation.rules.config import shipped_config
from moderation.services import submit_comment
from tests.factories import ArticleFactory, EditorFactory, ReaderFactory, UserFactory
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
LIST = "admin:moderation_rulesetting_changelist"
MARKS = "Vraiment ?!! Quelle histoire"


@pytest.fixture(autouse=True)
def loaded() -> None:
    load_shipped_rules()


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(EditorFactory())
    return client


def change_url(rule: str) -> str:
    key = RuleSetting.objects.get(rule=rule).pk
    return reverse("admin:moderation_rulesetting_change", args=(key,))


def setting(rule: str) -> RuleSetting:
    return RuleSetting.objects.get(rule=rule)


def rules_of(text: str) -> set[str]:
    return {match.rule for match in current_engine().screen(text).matches}


@pytest.mark.parametrize("rule", list(shipped_config()))
def test_each_rule_shows_its_switch_and_thresholds(desk: Client, rule: str) -> None:
    shipped = shipped_config()[rule]
    listed = desk.get(reverse(LIST)).content.decode()
    assert shipped.title["fr"] in listed
    form = desk.get(change_url(rule)).context["adminform"].form
    assert form["enabled"].value() is shipped.enabled
    for name, threshold in shipped.thresholds.items():
        field = form[f"seuil_{name}"]
        assert field.label.lower() == threshold.meaning["fr"].lower()
        assert field.value() == threshold.value
        assert spaced(field.help_text) == (
            f"de {threshold.least} à {threshold.most} ; livré : {threshold.value}"
        )
        attributes = field.build_widget_attrs({}) | field.field.widget.attrs
        assert (attributes["min"], attributes["max"]) == (
            threshold.least,
            threshold.most,
        )


def test_rule_is_explained_in_english(desk: Client) -> None:
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = desk.get(change_url("capitals"))
    assert shipped_config()["capitals"].help["en"] in page.content.decode()


def test_threshold_and_switch_reach_the_next_screening(desk: Client) -> None:
    assert rules_of("Quelle histoire !!!") == {"punctuation"}
    answer = desk.post(change_url("punctuation"), {"enabled": "on", "seuil_marks": "4"})
    assert answer.status_code == 302
    assert setting("punctuation").origin == "editor"
    assert rules_of("Quelle histoire !!!") == set()
    assert rules_of("Quelle histoire !!!!") == {"punctuation"}
    desk.post(change_url("punctuation"), {"seuil_marks": "4"})
    assert rules_of("Quelle histoire !!!!") == set()

    desk.post(
        reverse(LIST),
        {"action": "back_to_shipped", "_selected_action": setting("punctuation").pk},
    )
    assert setting("punctuation").origin == "shipped"
    assert rules_of("Quelle histoire !!!") == {"punctuation"}
    changes = LexiconChange.objects.filter(kind="rule", identity="punctuation")
    afters = [change.after or {} for change in changes]
    assert [after["values"]["marks"] for after in afters] == [3, 4, 4, 3]
    assert len({change.number for change in changes}) == 4


@pytest.mark.parametrize("value", ["1", "21", "", "x", "3.5", "9" * 30])
def test_threshold_out_of_bounds_is_refused_beside_its_field(
    desk: Client, value: str
) -> None:
    before = setting("punctuation").values
    answer = desk.post(
        change_url("punctuation"), {"enabled": "on", "seuil_marks": value}
    )
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {"seuil_marks"}
    assert setting("punctuation").values == before


@pytest.mark.parametrize(
    "values", [{"marks": "beaucoup"}, {"marks": -5, "former": 3}, [], {"marks": None}]
)
def test_corrupt_values_keep_posting_unaffected(values: Any) -> None:
    found = setting("punctuation")
    found.values = values
    found.save()
    comment = submit_comment(
        article=ArticleFactory(), author=ReaderFactory().commenter, text="Merci !!!!!"
    )
    assert comment.decisions.get().note == ""
    assert comment.revision is not None
    assert [flag.rule for flag in comment.revision.flags.all()] == ["punctuation"]


def test_settings_are_loaded_again_without_losing_what_editors_set(
    desk: Client,
) -> None:
    everything = len(shipped_config())
    assert load_shipped_rules() == {"added": 0, "updated": 0, "kept": everything}
    desk.post(change_url("punctuation"), {"enabled": "on", "seuil_marks": "4"})
    RuleSetting.objects.filter(rule="emoji").update(values={"emoji": 7})  # old shipment
    RuleSetting.objects.filter(rule="capitals").delete()
    counts = load_shipped_rules()
    assert counts == {"added": 1, "updated": 1, "kept": everything - 2}
    assert setting("punctuation").values == {"marks": 4}
    assert setting("emoji").values == {"emoji": shipped_config()["emoji"]["emoji"]}


def test_rule_shipped_no_longer_is_out_of_sight(desk: Client) -> None:
    RuleSetting.objects.create(rule="former")
    listed = desk.get(reverse(LIST)).context["cl"].result_list
    assert {row.rule for row in listed} == set(shipped_config())


def test_staff_who_may_only_look_see_the_values(client: Client) -> None:
    viewer = UserFactory(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_rulesetting"))
    client.force_login(viewer)
    found = setting("punctuation")
    found.values = {"marks": 5}
    found.save()
    page = spaced(client.get(change_url("punctuation")).content.decode())
    assert "5 (livré : 3)" in page
    answer = client.post(change_url("punctuation"), {"seuil_marks": "4"})
    assert answer.status_code == 403
