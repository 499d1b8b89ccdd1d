"""What changed between two versions of the charter, for readers and for editors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from moderation.charter.catalog import LANGUAGES
from moderation.charter.content import Content
from moderation.charter.models import CharterVersion
from moderation.differences import difference_html


@dataclass(frozen=True, slots=True)
class Change:
    """One text of the charter, before and after; empty where it is not."""

    where: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of the charter; its key stays when a title changes."""

    key: str
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as the charter's page shows it: its place, its kind, its difference."""

    where: str
    kind: str
    html: SafeString


def changes_between(before: Content | None, after: Content) -> list[Change]:
    """What ``after`` says that ``before`` did not, in the order of the page."""
    old = {text.key: text for text in _texts(before)} if before else {}
    new = {text.key: text for text in _texts(after)}
    found = [] if before is None else list(_reordered(before, after))
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        change = Change(
            (now or old[key]).where,
            was.words if was else "",
            now.words if now else "",
        )
        if change.before != change.after:
            found.append(change)
    return found


def language_shown() -> str:
    """The language in which the charter is read now."""
    language = (get_language() or "fr")[:2]
    return language if language in LANGUAGES else "fr"


def changes_of(
    number: int, published_at: datetime, language: str
) -> tuple[ShownChange, ...]:
    """What the version ``number`` changed. Two versions are read the first time."""
    return _kept_changes(number, published_at, language) if number > 1 else ()


@lru_cache(maxsize=64)
def _kept_changes(
    number: int, published_at: datetime, language: str
) -> tuple[ShownChange, ...]:
    """A version never changes; the time tells it from one of another database."""
    versions = CharterVersion.objects.filter(
        number__in=(number - 1, number)
    ).values_list("content", flat=True)
    after, before = versions.order_by("-number")
    with override(language):
        return tuple(
            ShownChange(
                change.where,
                change.kind,
                difference_html(change.before, change.after),
            )
            for change in changes_between(before[language], after[language])
        )


def _reordered(before: Content, after: Content) -> Iterator[Change]:
    """That clauses which stay stand in another order; what came or went is told below."""
    for part, name in (
        ("clauses", _("Ordre des clauses")),
        ("procedures", _("Ordre des procédures")),
    ):
        was = [each["code"] for each in before[part]]
        titles = {each["code"]: each["title"] for each in after[part]}
        old = [code for code in was if code in titles]
        new = [code for code in titles if code in was]
        if old != new:
            yield Change(
                name,
                " · ".join(titles[code] for code in old),
                " · ".join(titles[code] for code in new),
            )


def _texts(content: Content) -> Iterator[_Text]:
    """Each text of ``content``, in the order of the page."""
    for part in ("clauses", "procedures"):
        for each in content[part]:
            yield from _texts_of(each)
    for each in content["automatic"]:
        place = _("Règle automatique « %(title)s »") % {"title": each["title"]}
        yield _Text(f"automatic/{each['code']}", place, each["text"])


def _texts_of(clause: Content) -> Iterator[_Text]:
    code = clause["code"]
    for part, name in (
        ("title", _("titre")),
        ("text", _("texte")),
        ("accepted", _("exemples acceptés")),
        ("refused", _("exemples refusés")),
        ("facts", _("précisions")),
    ):
        told = clause.get(part, "")
        words = told if isinstance(told, str) else "\n".join(told)
        where = {"clause": clause["title"], "part": name}
        yield _Text(f"{code}/{part}", _("« %(clause)s », %(part)s") % where, words)
    for rule in clause.get("rules", ()):
        place = _("Règle « %(title)s »") % {"title": rule["title"]}
        yield _Text(f"{code}/{rule['code']}", place, rule["sentence"])
        for exception in rule["exceptions"]:
            name = _("%(rule)s, rubrique %(section)s") % {
                "rule": place,
                "section": exception["name"],
            }
            key = f"{code}/{rule['code']}/{exception['section']}"
            yield _Text(key, name, exception["sentence"])
