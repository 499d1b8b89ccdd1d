"""The lexicon as files: what editors keep, in the format of the shipped ones.

The format is that of `moderation.rules.lexicon`. Terms out of service are listed apart,
under a key that other readers pass over::

    [[retired]]
    language = "fr"
    kind = "insult"
    text = "connard"
"""

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from moderation.models import Term
from moderation.rules.lexicon import Entry, LexiconError, load_entries
from moderation.term_form import check_forms, check_term

MAX_NOTE = 300  # code points, as in the database
LANGUAGES = frozenset({"fr", "en", "ar"})
IDENTITY = ("language", "kind", "text")
GROUPED = ("language", "kind", "tier", "severity", "target", "note")
"""What the terms of one group share."""


@dataclass(frozen=True, slots=True)
class FiledTerm:
    """A term as a file has it."""

    entry: Entry
    active: bool = True


def read_terms(path: Path) -> list[FiledTerm]:
    """The terms of one file, or of every ``.toml`` file of a folder.

    Raises LexiconError, which names the file and the term, for what is not a lexicon
    or holds a term that the database could not keep.
    """
    if path.is_dir():
        files = sorted(path.glob("*.toml"))
        if not files:
            raise LexiconError(_("%(file)s : aucun fichier .toml.") % {"file": path})
    else:
        files = [path]
    return [term for file in files for term in _read_file(file)]


def written_terms(terms: Iterable[Term]) -> str:
    """``terms`` as one file. Raises LexiconError for a term that the format cannot hold.

    What all its terms share among language and kind is said once, at the top; the
    format wants a language there in any case.
    """
    terms = sorted(terms, key=lambda term: (term.language, term.kind, term.text))
    head = {"language": terms[0].language if terms else "fr"}
    if len({term.kind for term in terms}) == 1:
        head["kind"] = terms[0].kind
    grouped: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for term in terms:
        grouped[tuple(getattr(term, name) for name in GROUPED)].append(_line(term))
    tables = [[_pair(*each) for each in head.items()]]
    for key, lines in sorted(grouped.items()):
        named = zip(GROUPED, key, strict=True)
        own = [_pair(name, v) for name, v in named if v != head.get(name)]
        tables.append(["[[groups]]", *own, f"terms = {_block(lines)}"])
    if not terms:
        tables.append(["groups = []"])
    tables += [
        ["[[retired]]", *(_pair(name, getattr(term, name)) for name in IDENTITY)]
        for term in terms
        if not term.active
    ]
    return "\n\n".join("\n".join(table) for table in tables) + "\n"


def written_folder(terms: Iterable[Term]) -> dict[str, str]:
    """{name of the file: its text}, one file for each language and kind."""
    by_kind: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_kind[f"{term.language}_{term.kind}.toml"].append(term)
    return {name: written_terms(kept) for name, kept in sorted(by_kind.items())}


def _line(term: Term) -> str:
    """« lemma: form, form », as the rules read it back."""
    try:
        entry = term.as_entry()
    except ValueError as error:
        raise LexiconError(f"« {term.text} » : {error}") from error
    words = (entry.text, *entry.forms)
    if (
        ":" in entry.text
        or any("," in form for form in entry.forms)
        or any(word.splitlines() != [word] or word != word.strip() for word in words)
    ):
        raise LexiconError(
            _("« %(term)s » contient un signe que le fichier ne peut pas porter.")
            % {"term": entry.text}
        )
    return entry.text + (": " + ", ".join(entry.forms) if entry.forms else "")


def _pair(name: str, value: str) -> str:
    return f"{name} = {_quoted(value)}"


def _quoted(value: str) -> str:
    # JSON's escapes are TOML's, but for one character
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _block(lines: Iterable[str]) -> str:
    """A string of several lines: as it is if TOML can hold it so, else escaped."""
    lines = list(lines)
    plain = "\n".join(lines)
    if "'''" not in plain and all(c.isprintable() or c == "\n" for c in plain):
        return f"'''\n{plain}\n'''"
    escaped = "\n".join(_quoted(line)[1:-1] for line in lines)
    return f'"""\n{escaped}\n"""'


def _read_file(path: Path) -> list[FiledTerm]:
    try:
        raw = path.read_bytes()
        data = tomllib.loads(raw.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        # A number too long or brackets too deep are neither TOMLDecodeError
        raise LexiconError(f"{path}: {error}") from error
    _check_groups(path, data)
    stream = BytesIO(raw)
    stream.name = str(path)
    entries = load_entries(stream)
    for entry in entries:
        _check_entry(path, entry)
    retired = _retired(path, data)
    strangers = retired - {_key(entry) for entry in entries}
    if strangers:
        text = min(strangers, key=str)[2]  # of any type, as the file has it
        raise LexiconError(
            _("%(file)s : « %(term)s » est retiré sans être dans le fichier.")
            % {"file": path, "term": text}
        )
    return [FiledTerm(entry, _key(entry) not in retired) for entry in entries]


def _check_groups(path: Path, data: Mapping[str, Any]) -> None:
    """Say which key of which group is missing or unknown, before the rules' reader."""
    groups = data.get("groups")
    if not isinstance(groups, list) or not all(isinstance(g, dict) for g in groups):
        raise LexiconError(_("%(file)s : « [[groups]] » manque.") % {"file": path})
    if not isinstance(data.get("language"), str):
        raise LexiconError(
            _("%(file)s : « language » manque en tête.") % {"file": path}
        )
    for number, group in enumerate(groups, start=1):
        whole = {**data, **group}
        for name in ("kind", "terms"):
            if not isinstance(whole.get(name), str):
                raise LexiconError(
                    _("%(file)s, groupe %(number)d : « %(key)s » manque.")
                    % {"file": path, "number": number, "key": name}
                )


def _check_entry(path: Path, entry: Entry) -> None:
    try:
        if entry.language not in LANGUAGES:
            raise ValidationError(
                _("langue inconnue, « %(language)s »") % {"language": entry.language}
            )
        if len(entry.note) > MAX_NOTE:
            raise ValidationError(
                _("explication de plus de %(limit)d caractères") % {"limit": MAX_NOTE}
            )
        if "\x00" in entry.note:
            raise ValidationError(
                _("« %(field)s » contient des caractères invalides.")
                % {"field": "note"}
            )
        check_term(entry.text)
        check_forms(entry.forms)
    except ValidationError as error:
        raise LexiconError(
            f"{path}, « {entry.text} » : {' '.join(error.messages)}"
        ) from error


def _retired(path: Path, data: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    found = data.get("retired", [])
    try:
        return {(each["language"], each["kind"], each["text"]) for each in found}
    except (KeyError, TypeError) as error:
        raise LexiconError(
            _("%(file)s : « [[retired]] » demande language, kind et text.")
            % {"file": path}
        ) from error


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.language, str(entry.kind), entry.text
