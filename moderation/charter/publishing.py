"""Publishing the charter: what changed since the version in force, and a new one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.charter.content import Content, Draft, draft_charter
from moderation.charter.models import CharterVersion


class CharterChanged(Exception):
    """Editors changed the charter since this one looked at what would be published."""


@dataclass(frozen=True, slots=True)
class Change:
    """One text of the charter, as published and as it would be; empty if it is not."""

    where: str
    before: str
    after: str


def publish_charter(
    *, by: User | None, important: bool = False, seen: str | None = None
) -> CharterVersion | None:
    """Freeze the charter as editors have it now; None if nothing changed.

    ``seen`` is the mark of the draft that the editor looked at: raises CharterChanged
    if it is another by now. The latest version is locked, so that two editors who
    publish at once make one version.
    """
    with transaction.atomic():
        latest = CharterVersion.objects.select_for_update().first()
        if latest is not None:  # another may have come while this one waited
            latest = CharterVersion.objects.first()
        draft = draft_charter()
        if latest is not None and not differs(draft, latest):
            return None
        if seen is not None and seen != mark_of(draft):
            raise CharterChanged(
                _("La charte a été modifiée entre-temps : relisez ce qui change.")
            )
        return CharterVersion.objects.create(
            number=latest.number + 1 if latest else 1,
            published_by=by,
            important=important,
            content=draft.content,
            titles=draft.titles,
        )


def differs(draft: Draft, version: CharterVersion) -> bool:
    """Whether ``draft`` says anything that ``version`` does not, or otherwise."""
    return (draft.content, draft.titles) != (version.content, version.titles)


def mark_of(draft: Draft) -> str:
    """What tells one draft from another."""
    text = json.dumps([draft.content, draft.titles], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def changes(
    draft: Draft, version: CharterVersion | None, language: str
) -> list[Change]:
    """What publishing ``draft`` would change, in the order of the page."""
    before = dict(_texts(version.content[language])) if version else {}
    after = dict(_texts(draft.content[language]))
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Change(key[1], before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key, "") != after.get(key, "")
    ]


def _texts(content: Content) -> Iterator[tuple[tuple[str, str], str]]:
    """((key, name of the place), text) of each text of ``content``."""
    for part, name in (
        ("clauses", _("Ordre des clauses")),
        ("procedures", _("Ordre des procédures")),
    ):
        order = " · ".join(each["code"] for each in content[part])
        yield ((part, name), order)
        for each in content[part]:
            yield from _texts_of(each)
    for each in content["automatic"]:
        place = _("Règle automatique « %(title)s »") % {"title": each["title"]}
        yield ((f"automatic/{each['code']}", place), each["text"])


def _texts_of(clause: Content) -> Iterator[tuple[tuple[str, str], str]]:
    code = clause["code"]
    for part, name in (
        ("title", _("titre")),
        ("text", _("texte")),
        ("accepted", _("exemples acceptés")),
        ("refused", _("exemples refusés")),
        ("facts", _("précisions")),
    ):
        told = clause.get(part, "")
        text = told if isinstance(told, str) else "\n".join(told)
        place = _("« %(clause)s », %(part)s") % {"clause": code, "part": name}
        yield ((f"{code}/{part}", place), text)
    for rule in clause.get("rules", ()):
        place = _("Règle « %(title)s »") % {"title": rule["title"]}
        yield ((f"{code}/{rule['code']}", place), rule["sentence"])
        for exception in rule["exceptions"]:
            name = _("%(rule)s, rubrique %(section)s") % {
                "rule": place,
                "section": exception["name"],
            }
            key = f"{code}/{rule['code']}/{exception['section']}"
            yield ((key, name), exception["sentence"])
