"""Editors' own patterns: refused when they cannot serve, harmless if forced in."""

from time import thread_time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moderation.lexicon import current_engine, raise_version
from moderation.models import EditorPattern, Flag, LexiconChange
from moderation.rules.patterns import compiled
from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
ADD = "admin:moderation_editorpattern_add"
LIST = "admin:moderation_editorpattern_changelist"
CHANGE = "admin:moderation_editorpattern_change"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(EditorFactory())
    return client


def data(**fields: Any) -> dict[str, Any]:
    return {
        "name": "juron",
        "regex": r"\bzut+\b",
        "category": "other",
        "severity": "medium",
        "explanation_fr": "Un juron.",
        "explanation_en": "An oath.",
        "active": "on",
        **fields,
    }


def submit(text: str) -> Any:
    return submit_comment(
        article=ArticleFactory(), author=ReaderFactory().commenter, text=text
    )


def page_of(desk: Client, url: str) -> str:
    return spaced(desk.get(url).content.decode())


def forced(**fields: Any) -> EditorPattern:
    """Stored by other means than the form."""
    (made,) = EditorPattern.objects.bulk_create(
        [EditorPattern(**{"name": "forcé", "explanation_fr": "x", **fields})]
    )
    raise_version()
    return made


def test_pattern_flags_the_next_comment_with_its_explanation(desk: Client) -> None:
    assert submit("Eh bien, Zûtt alors").status == "published"
    assert desk.post(reverse(ADD), data()).status_code == 302
    comment = submit("Eh bien, Zûtt alors")
    assert comment.status == "pending"
    flag = Flag.objects.get(revision=comment.revision)
    assert (flag.rule, flag.term, flag.text) == ("pattern", "juron", "Zûtt")
    assert flag.explanation == {"fr": "Un juron.", "en": "An oath."}
    (change,) = LexiconChange.objects.all()
    assert (change.kind, change.before) == ("pattern", None)
    assert change.by is not None
    chosen = {
        "action": "retire",
        "_selected_action": EditorPattern.objects.get().pk,
    }
    desk.post(reverse(LIST), chosen)
    assert submit("Eh bien, zut alors").status == "published"


REFUSED = [
    ("zut(?=alors)", "ni regard en avant ni regard en arrière", "« (?= »"),
    (r"(zut)\1", "pas de référence arrière", r"« \1 »"),
    ("(zut", "parenthèse est ouverte et n’est pas fermée", "« (zut »"),
    ("zut)", "fermée sans avoir été ouverte", "« zut) »"),
    ("[zut", "crochet est ouvert et n’est pas fermé", "« [zut »"),
    ("[z-u]", "entre crochets", "« z-u »"),
    ("*zut", "Rien n’est à répéter", "« * »"),
    ("zut**", "signes de répétition se suivent", "« ** »"),
    ("zut{3,2}", "nombre de répétitions", "« {3,2} »"),
    ("zut\\", "finit par une barre oblique inverse", ""),
    (r"(\pL{30}){30}", "demande trop de mémoire", ""),
    ("z" * 600, "dépasse 500 caractères", ""),
    ("a*", "reconnaît aussi un texte vide", ""),
    ("(zut)?", "reconnaît aussi un texte vide", ""),
]


@pytest.mark.parametrize(("regex", "said", "quoted"), REFUSED)
def test_bad_pattern_is_refused_with_its_reason(
    desk: Client, regex: str, said: str, quoted: str
) -> None:
    answer = desk.post(reverse(ADD), data(regex=regex))
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    (message,) = map(spaced, form.errors["regex"])
    assert said in message
    assert quoted in message
    assert form["regex"].value() == regex  # what was typed is kept
    assert not EditorPattern.objects.exists()


def test_objection_of_a_later_re2_is_quoted(desk: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("moderation.pattern_refusals.RE2_OBJECTIONS", {})
    answer = desk.post(reverse(ADD), data(regex="(zut"))
    (message,) = map(spaced, answer.context["adminform"].form.errors["regex"])
    assert message == "RE2 refuse ce motif : « missing ): (zut »."


def test_slow_pattern_is_refused(desk: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("moderation.rules.patterns.TRIAL_SECONDS", -1.0)
    answer = desk.post(reverse(ADD), data())
    (message,) = answer.context["adminform"].form.errors["regex"]
    assert "trop lent" in message
    assert not EditorPattern.objects.exists()


@pytest.mark.parametrize("regex", ["(a+)+$", "(a|aa)+$", "(.*)*x"])
def test_catastrophic_pattern_is_refused_or_quick(desk: Client, regex: str) -> None:
    """TRUST S-21: refused, or under 50 ms on 10,000 characters."""
    answer = desk.post(reverse(ADD), data(regex=regex))
    if answer.status_code == 200:
        assert answer.context["adminform"].form.errors["regex"]
        return
    pattern, text = compiled(regex), "a" * 9_999 + "!"
    started = thread_time()
    list(pattern.finditer(text))
    assert thread_time() - started < 0.050
    screening = current_engine().screen(text[:3000])
    assert screening.incomplete == ()


@pytest.mark.parametrize(
    "fields",
    [
        *({"regex": regex} for regex in ("(zut", "zut(?=x)", r"(z)\1", "z" * 600)),
        {"regex": "zut", "category": "inconnue"},
        {"regex": "zut", "severity": "x"},
    ],
)
def test_invalid_pattern_forced_in_is_skipped_and_told(
    desk: Client, fields: dict[str, str]
) -> None:
    """TRUST F13, S-22: left out, an alert, posting unaffected."""
    queue = reverse("moderation:queue")
    alert = "Le motif « forcé » ne peut pas servir"
    assert alert not in page_of(desk, reverse(LIST))
    assert alert not in page_of(desk, queue)
    good = EditorPattern.objects.create(
        name="bon", regex="flûte", explanation_fr="Juron."
    )
    broken = forced(**fields)
    comment = submit("Merci pour cet article.")
    assert (comment.status, comment.decisions.get().note) == ("published", "")
    assert submit("Flute alors").status == "pending"  # the others serve
    assert alert in page_of(desk, reverse(LIST))
    assert alert in page_of(desk, reverse(CHANGE, args=(broken.pk,)))
    assert alert not in page_of(desk, reverse(CHANGE, args=(good.pk,)))
    assert alert in page_of(desk, queue)
    assert "Corriger les motifs" in page_of(desk, queue)
    desk.force_login(ModeratorFactory())  # who cannot mend it
    assert alert not in page_of(desk, queue)


def test_pattern_without_english_is_explained_in_french() -> None:
    EditorPattern.objects.create(name="bon", regex="flûte", explanation_fr="Juron.")
    (match,) = current_engine().screen("Flûte alors").matches
    assert match.explanation == {"fr": "Juron.", "en": "Juron."}


def test_same_name_is_refused(desk: Client) -> None:
    forced(regex="flûte", name="juron")
    answer = desk.post(reverse(ADD), data())
    assert set(answer.context["adminform"].form.errors) == {"name"}
