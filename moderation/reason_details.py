"""What each reason tells the author and the law, out of ``data/reasons.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from moderation.charter.catalog import Texts, shipped_clauses
from moderation.reasons import ReasonCode

SHIPPED_REASONS = Path(__file__).resolve().parent / "data" / "reasons.toml"


class Ground(StrEnum):
    """What a reason rests on: the charter, the law, or the charter and perhaps the law."""

    CHARTER = "T"
    LAW = "I"
    EITHER = "T/I"


@dataclass(frozen=True, slots=True)
class ReasonDetails:
    """One reason (TRUST 5.3).

    ``clause`` is the code of one of the charter. ``law`` is empty unless the ground is
    the law. ``category`` and ``keyword`` are the European database's own names;
    ``keyword_text`` says what KEYWORD_OTHER stands for.
    ``mailed``: whether the author is told by mail too.
    """

    code: ReasonCode
    message: Texts
    clause: str
    ground: Ground
    law: Texts
    category: str
    keyword: str
    keyword_text: str
    mailed: bool


@cache
def reason_details() -> Mapping[str, ReasonDetails]:
    """{reason code: its details}. Raises KeyError or ValueError for a bad file."""
    return {code: _details(code, each) for code, each in _file()["reasons"].items()}


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(SHIPPED_REASONS.read_text(encoding="utf-8"))


def _details(code: str, table: dict[str, Any]) -> ReasonDetails:
    ground = Ground(table["ground"])
    law = {"fr": table["law_fr"], "en": table["law_en"]} if ground == Ground.LAW else {}
    return ReasonDetails(
        code=ReasonCode(code),
        message={"fr": table["fr"], "en": table["en"]},
        clause=shipped_clauses()[table["clause"]].code,
        ground=ground,
        law=law,
        category=table["category"],
        keyword=table["keyword"],
        keyword_text=table.get("keyword_text", ""),
        mailed=table.get("mailed", True),
    )


def message_of(code: str, language: str) -> str:
    """What the author of a comment hidden for ``code`` reads, unless it was reworded.

    In French where ``language`` is none of LANGUAGES.
    """
    message = reason_details()[code].message
    return message.get(language[:2], message["fr"])


def reworded(message: str) -> str:
    """``message`` if a moderator wrote it; empty if it is any reason's own.

    A form without scripts keeps the message it was opened with, whatever reason is
    chosen afterwards: unless someone changed it, the chosen reason speaks.
    """
    typed = " ".join(message.split())
    return "" if typed in _own_messages() else message.strip()


@cache
def _own_messages() -> frozenset[str]:
    own = {
        " ".join(text.split())
        for details in reason_details().values()
        for text in details.message.values()
    }
    return frozenset(own | {""})
