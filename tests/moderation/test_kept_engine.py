"""The engine that every process screens with follows what editors keep."""

from typing import Any
from weakref import ref

import pytest

from moderation import lexicon
from moderation.lexicon import current_engine, load_shipped_terms, raise_version
from moderation.loading import load_shipped_rules
from moderation.models import EditorPattern, RuleSetting, Term

pytestmark = pytest.mark.django_db
TEXT = "Quel schtroumpfard, ce connard de maire !!!"


def found() -> set[str]:
    return {match.text for match in current_engine().screen(TEXT).matches}


def test_screening_costs_one_small_query(django_assert_num_queries: Any) -> None:
    load_shipped_rules()
    current_engine()
    with django_assert_num_queries(1):
        current_engine()


def test_first_term_serves_beside_the_shipped_ones() -> None:
    """Before `load_lexicon` has run, a term added does not drive the others out."""
    assert found() == {"connard", "!!!"}
    Term.objects.create(text="schtroumpfard", kind="insult")
    assert found() == {"schtroumpfard", "connard", "!!!"}
    own = Term.objects.create(text="connard", kind="insult", active=False)
    assert found() == {"schtroumpfard", "!!!"}
    own.delete()
    load_shipped_terms()
    assert found() == {"schtroumpfard", "connard", "!!!"}


@pytest.mark.parametrize("way", ["save", "delete", "bulk"])
def test_each_kind_of_change_reaches_the_next_screening(way: str) -> None:
    load_shipped_terms()
    load_shipped_rules()
    term = Term.objects.create(text="schtroumpfard", kind="insult")
    pattern = EditorPattern.objects.create(
        name="maire", regex="maire", explanation_fr="Le maire."
    )
    marks = RuleSetting.objects.get(rule="punctuation")
    marks.values = {"marks": 3}
    marks.save()
    assert found() == {"schtroumpfard", "connard", "maire", "!!!"}
    if way == "delete":
        term.delete()
        pattern.delete()
        marks.delete()  # the shipped values serve
        assert found() == {"connard", "!!!"}
        return
    if way == "save":
        term.active = pattern.active = marks.enabled = False
        for kept in (term, pattern, marks):
            kept.save()
    else:
        Term.objects.filter(pk=term.pk).update(active=False)
        EditorPattern.objects.update(active=False)
        RuleSetting.objects.filter(pk=marks.pk).update(enabled=False)
        raise_version()
    assert found() == {"connard"}


def test_another_process_rebuilds_its_engine(monkeypatch: Any) -> None:
    load_shipped_terms()
    current_engine()
    theirs = lexicon._built  # what a process holds that hears of no signal
    Term.objects.create(text="schtroumpfard", kind="insult")
    monkeypatch.setattr(lexicon, "_built", theirs)
    assert "schtroumpfard" in found()


def test_an_engine_that_was_replaced_leaves_memory_at_once() -> None:
    """Collections pass it over: a cycle in it would keep it for ever."""
    load_shipped_terms()
    assert "connard" in found()
    replaced = ref(current_engine())
    assert replaced() is not None
    Term.objects.create(text="schtroumpfard", kind="insult")
    assert "schtroumpfard" in found()
    assert replaced() is None
