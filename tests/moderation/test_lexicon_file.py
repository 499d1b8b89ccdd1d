"""The lexicon goes out to files and comes back the same; a bad file loads nothing."""

import tomllib
from dataclasses import astuple
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from moderation.lexicon import current_engine
from moderation.loading import load_filed_terms, load_shipped_terms
from moderation.models import LexiconChange, LexiconVersion, Term
from moderation.rules.lexicon import (
    SHIPPED,
    Entry,
    Kind,
    Tier,
    load_entries,
    shipped_entries,
)
from moderation.rules.match import Severity, Target
from moderation.term_file import read_terms, written_folder, written_terms
from moderation.term_form import check_form, check_term
from tests.factories import EditorFactory, UserFactory
from tests.spaces import spaced

FIELDS = (
    "language", "kind", "text", "tier", "severity", "forms", "note", "target", "active",
)  # fmt: skip


def everything() -> list[tuple]:
    return sorted(Term.objects.values_list(*FIELDS))


def out(**options: Any) -> str:
    stream = StringIO()
    call_command("export_lexicon", stdout=stream, stderr=StringIO(), **options)
    return stream.getvalue()


def load(path: Path, **options: Any) -> str:
    stream = StringIO()
    call_command("load_lexicon", path=path, stdout=stream, **options)
    return stream.getvalue()


def accepted(check: Any, text: str) -> bool:
    try:
        return bool(check(text) == text)
    except ValidationError:
        return False


words = st.text(max_size=30)
terms = st.builds(
    Term,
    text=words.filter(lambda text: accepted(check_term, text)),
    language=st.sampled_from(("fr", "en", "ar")),
    kind=st.sampled_from([kind.value for kind in Kind]),
    tier=st.sampled_from([tier.value for tier in Tier]),
    severity=st.sampled_from([severity.value for severity in Severity]),
    forms=st.lists(
        words.filter(lambda text: accepted(check_form, text)), max_size=3
    ).map("\n".join),
    note=st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
        max_size=40,
    ),
    target=st.sampled_from([target.value for target in Target]),
    active=st.booleans(),
)
lexicons = st.lists(
    terms, max_size=8, unique_by=lambda term: (term.language, term.kind, term.text)
)


def plain(entry: Entry) -> tuple[str, ...]:
    """An entry to compare: an enumeration's value is the same as its name."""
    return tuple(str(value) for value in astuple(entry))


def compared(found: list[Term]) -> list[tuple]:
    return sorted((term.active, plain(term.as_entry())) for term in found)


@hypothesis_settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.filter_too_much,
        HealthCheck.too_slow,
    ],
)
@given(kept=lexicons)
def test_what_is_written_is_read_back(tmp_path: Path, kept: list[Term]) -> None:
    one = tmp_path / "lexique.toml"
    one.write_text(written_terms(kept), encoding="utf-8", newline="\n")
    read = sorted((filed.active, plain(filed.entry)) for filed in read_terms(one))
    assert read == compared(kept)
    # The rules' own reader understands the file as well
    assert sorted(map(plain, load_entries(one))) == sorted(e for _, e in read)
    if kept:
        folder = tmp_path / "dossier"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, text in written_folder(kept).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        read = sorted(
            (filed.active, plain(filed.entry)) for filed in read_terms(folder)
        )
        assert read == compared(kept)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["lexique.toml", "dossier"])
def test_exported_lexicon_loads_into_an_empty_site(tmp_path: Path, name: str) -> None:
    load_shipped_terms()
    Term.objects.filter(kind="name").update(active=False)
    term = Term.objects.filter(kind="insult", language="fr").first()
    assert term is not None
    term.note, term.origin = "dit par « nous » : l'''autre\\", "editor"
    term.save()
    Term.objects.create(text="mot d’essai", kind="guard", forms="mots d’essai")
    before = everything()
    out(output=tmp_path / name)
    count = len(before)
    LexiconVersion.objects.all().delete()
    Term.objects.all().delete()
    assert f"{count} ajoutés, 0 mis à jour, 0 gardés" in load(tmp_path / name)
    assert everything() == before
    assert Term.objects.filter(origin="editor").count() == 2
    changes = LexiconChange.objects.count()
    assert f"0 ajoutés, 0 mis à jour, {count} gardés" in load(tmp_path / name)
    assert LexiconChange.objects.count() == changes


@pytest.mark.django_db
def test_shipped_files_can_be_loaded_as_any_other() -> None:
    load(SHIPPED)
    loaded = everything()
    assert set(Term.objects.values_list("origin", flat=True)) == {"shipped"}
    load_shipped_terms()
    assert everything() == loaded
    keys = {(e.language, str(e.kind), e.text) for e in shipped_entries()}
    assert len(loaded) == len(keys)


@pytest.mark.django_db
def test_only_the_editors_terms_are_exported_on_demand() -> None:
    Term.objects.create(text="livré", kind="insult", origin="shipped")
    Term.objects.create(text="à nous", kind="insult")
    exported = tomllib.loads(out(only="editor"))
    assert [g["terms"].split("\n") for g in exported["groups"]] == [["à nous", ""]]
    assert out().count("\n") > out(only="editor").count("\n") - 1
    assert "livré" in out()


@pytest.mark.django_db
def test_file_does_not_undo_what_editors_changed_unless_told(tmp_path: Path) -> None:
    Term.objects.create(text="zut", kind="insult", severity="low", origin="shipped")
    mine = Term.objects.create(text="flûte", kind="insult", severity="low")
    path = tmp_path / "lexique.toml"
    path.write_text(
        'language = "fr"\nkind = "insult"\n[[groups]]\nseverity = "high"\n'
        "terms = '''\nzut\nflûte\nmince: minces\n'''\n",
        encoding="utf-8",
    )
    assert "1 ajoutés, 1 mis à jour, 1 gardés" in load(path)
    mine.refresh_from_db()
    assert mine.severity == "low"
    assert "0 ajoutés, 1 mis à jour, 2 gardés" in load(path, replace=True)
    mine.refresh_from_db()
    assert mine.severity == "high"


GROUP = 'language = "fr"\nkind = "insult"\n[[groups]]\n'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ceci n’est pas du TOML", "mauvais.toml"),
        ("x = 1\n", "« [[groups]] » manque"),
        (
            '[[groups]]\nkind = "insult"\nterms = "zut"\n',
            "« language » manque en tête",
        ),
        ('language = "fr"\n[[groups]]\nterms = "zut"\n', "groupe 1 : « kind » manque"),
        (f"{GROUP}note = 'x'\n", "groupe 1 : « terms » manque"),
        ('language = "fr"\nkind = "x"\n[[groups]]\nterms = "zut"\n', "'x'"),
        (f"{GROUP}severity = 'énorme'\nterms = 'zut'\n", "énorme"),
        (f"{GROUP}terms = 'z'\n", "« z » : « z » : il faut au moins deux lettres"),
        (f"{GROUP}terms = 'zut: !'\n", "« zut » : « ! » : il faut au moins deux"),
        (f"{GROUP}terms = '{'z' * 201}'\n", "dépasse 200"),
        (f"{GROUP}note = '{'z' * 301}'\nterms = 'zut'\n", "« zut » : explication de"),
        (
            'language = "de"\n[[groups]]\nkind = "insult"\nterms = "mist"\n',
            "« mist » : langue inconnue, « de »",
        ),
        (
            f'{GROUP}terms = "zut"\n[[retired]]\nlanguage = "fr"\nkind = "insult"\n'
            'text = "autre"\n',
            "« autre » est retiré sans être dans le fichier",
        ),
        (f'{GROUP}terms = "zut"\n[[retired]]\ntext = "zut"\n', "demande language"),
        (
            f'{GROUP}terms = "zut"\n'
            + "".join(
                f'[[retired]]\nlanguage = "fr"\nkind = "insult"\ntext = {text}\n'
                for text in ("5", "'a'")
            ),
            "est retiré sans être dans le fichier",
        ),
        (f'{GROUP}note = "a\\u0000b"\nterms = "zut"\n', "caractères invalides"),
        (
            f"{GROUP}terms = 'zut: {', '.join(f'zut{n}' for n in range(101))}'\n",
            "101 formes : il en faut 100 au plus",
        ),
        pytest.param(f"x = {'[' * 20_000}", "mauvais.toml", id="deep"),
        pytest.param(f"x = {'9' * 5000}\n", "mauvais.toml", id="number"),
    ],
)
def test_bad_file_loads_nothing(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bon.toml").write_text(f"{GROUP}terms = 'bonne'\n", encoding="utf-8")
    (tmp_path / "mauvais.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        load(tmp_path)
    told = spaced(caught.value)
    assert "Rien n’est chargé" in told
    assert "mauvais.toml" in told
    assert said in told
    assert not Term.objects.exists()
    assert not LexiconVersion.objects.exists()


@pytest.mark.django_db
def test_missing_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "rien.toml", tmp_path):
        with pytest.raises(CommandError, match="Rien n’est chargé"):
            load(path)
    with pytest.raises(CommandError, match="demande --from"):
        call_command("load_lexicon", replace=True)


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"text": "a:bc"}, {"text": "zut", "forms": "a,b"}])
def test_term_that_no_file_can_hold_is_told(fields: dict[str, str]) -> None:
    Term.objects.create(kind="insult", **fields)  # by other means than the form
    with pytest.raises(CommandError, match=fields["text"]):
        out()


@pytest.mark.django_db
def test_admin_gives_the_file(client: Client) -> None:
    url = reverse("admin:moderation_term_export")
    Term.objects.create(text="livré", kind="insult", origin="shipped")
    Term.objects.create(text="à nous", kind="insult")
    client.force_login(UserFactory(is_staff=True))
    assert client.get(url).status_code == 403
    client.force_login(EditorFactory())
    answer = client.get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="lexique.toml"'
    assert answer.content.decode() == out()
    mine = client.get(url, {"termes": "redaction"}).content.decode()
    assert mine == out(only="editor")
    assert mine != answer.content.decode()


@pytest.mark.django_db
def test_terms_of_a_file_serve_at_the_next_screening() -> None:
    text = "Quel schtroumpfard, ce maire."
    load_shipped_terms()
    assert not current_engine().screen(text).matches
    filed = read_terms_of(f"{GROUP}terms = 'schtroumpfard'\n")
    load_filed_terms(filed)
    assert current_engine().screen(text).matches


def read_terms_of(text: str) -> Any:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "un.toml"
        path.write_text(text, encoding="utf-8")
        return read_terms(path)
