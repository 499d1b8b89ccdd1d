"""Texts to translate: those of the sources, and those of the catalogues. No gettext tool."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.template import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trim_whitespace

ROOT = Path(__file__).resolve().parents[2]
APPS = ("articles", "comments", "moderation", "newsroom")
LANGUAGES = ("fr", "en")

_CALLS = {
    "_": ("one",),
    "gettext": ("one",),
    "gettext_lazy": ("one",),
    "gettext_noop": ("one",),
    "ngettext": ("one", "many"),
    "ngettext_lazy": ("one", "many"),
    "pgettext": ("context", "one"),
    "pgettext_lazy": ("context", "one"),
}
_IN_EXPRESSION = re.compile(r"""(?<!\w)_\((["'])(.+?)\1\)""")
_LINE = re.compile(r'(?:(msg\w+)(?:\[\d\])? )?(".*")')


class Message(NamedTuple):
    """What gettext looks up; empty ``many`` and ``context`` if there is none."""

    one: str
    many: str = ""
    context: str = ""


class Entry(NamedTuple):
    """A message with its translations: one, or one a plural form."""

    message: Message
    strings: tuple[str, ...]
    fuzzy: bool


def source_messages() -> dict[Message, Path]:
    """Every message of Python files and templates, with a file that has it."""
    found: dict[Message, Path] = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                found |= dict.fromkeys(_in_python(path), path)
    for path in template_files():
        found |= dict.fromkeys(_in_template(path), path)
    return found


def template_files() -> list[Path]:
    return sorted(
        path
        for app in APPS
        for folder in ("templates", "jinja2")
        for path in (ROOT / app / folder).rglob("*")
        if path.suffix in (".html", ".txt")
    )


def catalogue_path(language: str, suffix: str) -> Path:
    folder = ROOT / "newsroom" / "locale" / language / "LC_MESSAGES"
    return folder / f"django{suffix}"


def catalogue(language: str) -> list[Entry]:
    """The entries of a .po file, its header left out."""
    text = catalogue_path(language, ".po").read_text(encoding="utf-8")
    entries = map(_entry, text.split("\n\n"))
    return [entry for entry in entries if entry.message.one]


def compiled(language: str) -> dict[object, str]:
    """A .mo file as gettext reads it, its header left out."""
    with catalogue_path(language, ".mo").open("rb") as file:
        texts: dict[object, str] = vars(gettext.GNUTranslations(file))["_catalog"]
    return {key: text for key, text in texts.items() if key}


def as_compiled(entry: Entry) -> dict[object, str]:
    """``entry`` with the keys that gettext gives it."""
    one, many, context = entry.message
    key = f"{context}\x04{one}" if context else one
    if not many:
        return {key: entry.strings[0]}
    return {(key, form): text for form, text in enumerate(entry.strings)}


def _entry(block: str) -> Entry:
    fields: dict[str, list[str]] = {}
    name = ""
    for line in block.splitlines():
        if not (found := _LINE.fullmatch(line)):
            continue  # a comment
        name = found[1] or name
        text = ast.literal_eval(found[2])
        if found[1]:
            fields.setdefault(name, []).append(text)
        else:
            fields[name][-1] += text
    return Entry(
        Message(
            fields["msgid"][0],
            fields.get("msgid_plural", [""])[0],
            fields.get("msgctxt", [""])[0],
        ),
        tuple(fields["msgstr"]),
        fuzzy=bool(re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE)),
    )


def _in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        parts = _CALLS.get(name)
        if parts is None or not isinstance(node.args[0], ast.Constant):
            continue  # what is translated there was named elsewhere
        texts = [ast.literal_eval(argument) for argument in node.args[: len(parts)]]
        yield Message(**dict(zip(parts, texts, strict=True)))


def _in_template(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    for found in _IN_EXPRESSION.finditer(source):
        yield Message(found[2])
    if "jinja2" in path.parts:
        return
    nodes = Engine.get_default().from_string(source).nodelist
    node: Any
    for node in nodes.get_nodes_by_type(TranslateNode):
        context = node.message_context.resolve({}) if node.message_context else ""
        yield Message(str(node.filter_expression.var.literal), context=context)
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        context = node.message_context.resolve({}) if node.message_context else ""
        one, many = (
            node.render_token_list(tokens)[0] if tokens else ""
            for tokens in (node.singular, node.plural)
        )
        if node.trimmed:
            one, many = trim_whitespace(one), trim_whitespace(many)
        yield Message(one, many, context)
