"""Every change of the lexicon is kept, and can be gone back to."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from moderation.changes import drop, keep, restore
from moderation.lexicon import load_shipped_terms
from moderation.models import (
    EditorPattern,
    LexiconChange,
    LexiconVersion,
    RuleSetting,
    Term,
)
from tests.factories import EditorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(EditorFactory(username="redactrice"))
    return client


def changed(first: str, **fields: Any) -> Term:
    """A term stored, then stored again with ``fields``."""
    term = Term(text=first, kind="insult")
    keep(term, by=None)
    for name, value in fields.items():
        setattr(term, name, value)
    keep(term, by=None)
    return term


def restore_url(change: LexiconChange, state: str) -> str:
    return reverse("admin:moderation_lexiconchange_restore", args=(change.pk, state))


def test_admin_keeps_who_changed_what(desk: Client) -> None:
    add = reverse("admin:moderation_term_add")
    fields = {
        "text": "zut", "language": "fr", "kind": "insult", "tier": "always",
        "severity": "low", "forms": "", "note": "", "active": "on",
    }  # fmt: skip
    desk.post(add, fields)
    term = Term.objects.get()
    change = reverse("admin:moderation_term_change", args=(term.pk,))
    desk.post(change, fields | {"severity": "high"})
    chosen = {"action": "retire", "_selected_action": term.pk}
    desk.post(reverse("admin:moderation_term_changelist"), chosen)
    page = desk.get(change).content.decode()
    assert "redactrice" in page
    assert page.count("Revenir à cette version") == 2
    desk.post(reverse("admin:moderation_term_delete", args=(term.pk,)), {"post": "yes"})
    changes = list(LexiconChange.objects.order_by("pk"))
    assert [str(change.by) for change in changes] == ["redactrice"] * 4
    assert {change.object_id for change in changes} == {term.pk}
    kept = [(c.before and c.before["severity"], c.after and c.after["severity"]) for c in changes]  # fmt: skip
    assert kept == [(None, "low"), ("low", "high"), ("high", "high"), ("high", None)]
    assert (changes[2].after or {})["active"] is False
    assert changes[-1].number == LexiconVersion.objects.get().number
    url = reverse("admin:moderation_lexiconchange_change", args=(changes[1].pk,))
    row = '<tr class="changed"><th scope="row">gravité</th><td>faible</td><td>grave</td></tr>'
    assertContains(desk.get(url), row, html=True)
    listed = desk.get(reverse("admin:moderation_lexiconchange_changelist"))
    assert listed.context["cl"].result_count == 4


def test_loading_keeps_each_term_under_one_number() -> None:
    load_shipped_terms()
    assert LexiconChange.objects.count() == Term.objects.count()
    (number,) = set(LexiconChange.objects.values_list("number", flat=True))
    assert number == LexiconVersion.objects.get().number
    load_shipped_terms()
    assert LexiconChange.objects.count() == Term.objects.count()


def test_going_back_is_a_new_change(desk: Client) -> None:
    term = changed("zut", severity="high", note="juron")
    first = LexiconChange.objects.earliest("pk")
    before = LexiconVersion.objects.get().number
    assert desk.post(restore_url(first, "after")).status_code == 302
    term.refresh_from_db()
    assert (term.severity, term.note) == ("medium", "")
    latest = LexiconChange.objects.latest("pk")
    notes = [(state or {})["note"] for state in (latest.before, latest.after)]
    assert notes == ["juron", ""]
    assert LexiconVersion.objects.get().number > before
    desk.post(restore_url(first, "after"))  # nothing to do
    assert LexiconChange.objects.latest("pk") == latest
    desk.post(restore_url(LexiconChange.objects.all()[1], "after"))
    term.refresh_from_db()
    assert (term.severity, term.note) == ("high", "juron")


def test_deleted_term_comes_back_with_its_key(desk: Client) -> None:
    term = changed("zut", note="juron")
    key = term.pk
    drop([term], by=None)
    deletion = LexiconChange.objects.latest("pk")
    desk.post(restore_url(deletion, "before"))
    assert Term.objects.get(pk=key).note == "juron"


def test_name_taken_meanwhile_is_told(desk: Client) -> None:
    changed("zut", text="flûte")
    Term.objects.create(text="zut", kind="insult")
    first = LexiconChange.objects.earliest("pk")
    with pytest.raises(ValidationError):
        restore(first, "after", by=None)
    answer = desk.post(restore_url(first, "after"), follow=True)
    assert [m.level_tag for m in answer.context["messages"]] == ["error"]
    assert Term.objects.filter(text="flûte").exists()


def test_changes_are_told_in_words(desk: Client) -> None:
    setting = RuleSetting(rule="capitals", enabled=False)
    pattern = EditorPattern(name="juron", regex="zut", explanation_fr="Juron.")
    author = UserFactory(first_name="Samir", last_name="Abi Nader")
    for kept in (Term(text="zut", kind="insult"), setting, pattern):
        keep(kept, by=author)
    listed = desk.get(reverse("admin:moderation_lexiconchange_changelist"))
    for words in ("zut (français, insulte)", "Majuscules", "juron"):
        assertContains(listed, f'<td class="field-named">{words}</td>')
        assertContains(listed, '<td class="field-taken_by">Samir Abi Nader</td>')
    assert "(fr, insult)" not in listed.content.decode()
    change = LexiconChange.objects.get(kind="term")
    address = reverse("admin:moderation_lexiconchange_change", args=(change.pk,))
    opened = desk.get(address)
    assertContains(opened, "<h2>zut (français, insulte)</h2>", html=True)
    assert "(fr, insult)" not in opened.content.decode()


def test_pattern_is_not_gone_back_to_once_invalid() -> None:
    pattern = EditorPattern(name="juron", regex="(zut", explanation_fr="Juron.")
    keep(pattern, by=None)  # by other means than the form
    pattern.regex = "zut"
    keep(pattern, by=None)
    with pytest.raises(ValidationError, match="parenthèse"):
        restore(LexiconChange.objects.earliest("pk"), "after", by=None)


def test_only_those_who_may_change_go_back(client: Client) -> None:
    term = changed("zut", note="juron")
    url = restore_url(LexiconChange.objects.earliest("pk"), "after")
    client.force_login(UserFactory(is_staff=True))
    assert client.post(url).status_code == 403
    client.force_login(EditorFactory())
    assert client.get(url).status_code == 405
    assert client.post(url.replace("after", "hier")).status_code == 302
    term.refresh_from_db()
    assert term.note == "juron"


@pytest.mark.parametrize(
    "tamper",
    [
        lambda c: LexiconChange.objects.filter(pk=c.pk).update(identity="réécrit"),
        lambda c: LexiconChange.objects.filter(pk=c.pk)._raw_delete("default"),
    ],
)
def test_database_refuses_to_rewrite_a_change(tamper: Any) -> None:
    changed("zut")
    change = LexiconChange.objects.earliest("pk")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper(change)
    change.refresh_from_db()
    assert change.identity == "zut (fr, insult)"
