"""README.md, CHANGELOG.md and docs/: links lead somewhere, what they name exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/*.md"))]
PACKAGES = "articles|comments|moderation|newsroom|tests"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PATH = re.compile(rf"(?:{PACKAGES}|docs|fixtures|requirements)/[\w./*-]*")
_DOTTED = re.compile(rf"(?:{PACKAGES})(?:\.\w+)+")


def found(pattern: str | re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """(name of the document, what ``pattern`` matches in it), each once."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for match in dict.fromkeys(re.findall(pattern, text)):
            yield document.name, match


def named(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """As :func:`found`, for what stands by itself between backquotes."""
    return ((name, code) for name, code in found(_CODE) if pattern.fullmatch(code))


def anchors(document: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a document."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        for heading in _HEADING.findall(text)
    }


def links() -> Iterator[tuple[Path, str]]:
    for document in DOCUMENTS:
        text = _FENCE.sub("", document.read_text(encoding="utf-8"))
        for target in dict.fromkeys(_LINK.findall(text)):
            if "://" not in target:
                yield document, target


@pytest.mark.parametrize(
    ("document", "target"),
    [pytest.param(*link, id=f"{link[0].name}: {link[1]}") for link in links()],
)
def test_relative_link_leads_somewhere(document: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    file = (document.parent / path).resolve() if path else document
    assert file.exists()
    if anchor:
        assert anchor in anchors(file)


def test_every_document_is_reached_from_the_readme() -> None:
    readme = ROOT / "README.md"
    reached = {(ROOT / target).resolve() for file, target in links() if file == readme}
    assert set(DOCUMENTS) - reached == {readme}


def test_commands_exist() -> None:
    commands = set(found(r"manage\.py ([a-z_]+)"))
    assert commands
    assert {c for c in commands if c[1] not in get_commands()} == set()


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(found(r"`make ([a-z-]+)|^make ([a-z-]+)"))
    assert targets
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert {t for t in targets if not known.issuperset(filter(None, t[1]))} == set()


def test_files_exist() -> None:
    paths = set(named(_PATH))
    assert paths
    assert {p for p in paths if not list(ROOT.glob(p[1].rstrip("/")))} == set()


@pytest.mark.parametrize(("document", "name"), list(named(_DOTTED)))
def test_names_of_the_code_exist(document: str, name: str) -> None:
    assert resolve_name(name)
