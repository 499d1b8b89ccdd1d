"""What the benchmark says: figures beside their targets, and the errors behind them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from moderation.rules.match import Match


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure. ``target`` is the least value, or the greatest if ``at_most``."""

    name: str
    value: float | None
    unit: str = ""
    target: float | None = None
    at_most: bool = False
    detail: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is no target or no value."""
        if self.target is None or self.value is None:
            return None
        if self.at_most:
            return self.value <= self.target
        return self.value >= self.target

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        goal = "" if self.target is None else f"{sign} {_shown(self.target, self.unit)}"
        verdict = {True: "met", False: "NOT MET", None: ""}[self.met]
        line = f"  {self.name:44} {_shown(self.value, self.unit):>12}  {goal:12} "
        return f"{line}{verdict:8} {self.detail}".rstrip()


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "—"
    if unit == "%":
        return f"{100 * value:.2f} %"
    if unit in {"", "F1", "P", "R"}:
        return f"{value:.3f}"
    return f"{value:,.2f} {unit}" if value < 1000 else f"{value:,.0f} {unit}"


@dataclass(frozen=True, slots=True)
class Error:
    """One wrong answer: ``missed``, ``false alarm`` or ``elsewhere`` (beside the span)."""

    measure: str
    sort: str
    category: str
    text: str
    wanted: tuple[str, ...] = ()
    found: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = self.text.replace("\n", "⏎")
        lines = [f"  {self.sort:11} [{self.category}] {text[:300]}"]
        if self.wanted:
            lines.append(f"              wanted: {' ; '.join(self.wanted)}")
        if self.found:
            lines.append(f"              found:  {' ; '.join(self.found)}")
        return "\n".join(lines)


def described(match: Match) -> str:
    """A match as the list of errors shows it."""
    term = f" → {match.term}" if match.term else ""
    return f"{match.category}/{match.severity} « {match.text} »{term}"


@dataclass(slots=True)
class Block:
    """The figures of one heading, with the errors behind them."""

    title: str
    figures: list[Figure] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def lines(self, errors: int, category: str | None) -> Iterable[str]:
        """The block as text, with at most ``errors`` errors of each measure."""
        yield f"== {self.title}"
        yield from map(str, self.figures)
        yield from (f"  {note}" for note in self.notes)
        shown: dict[tuple[str, str], int] = {}
        for error in self.errors if errors else ():
            if category and error.category != category:
                continue
            key = (error.measure, error.sort)
            shown[key] = shown.get(key, 0) + 1
            if shown[key] == 1:
                yield f"  -- {error.measure}: {error.sort}"
            if shown[key] <= errors:
                yield str(error)
        for (measure, sort), count in shown.items():
            if count > errors:
                yield f"  -- {measure}: {count - errors} more of « {sort} »"

    def as_json(self) -> dict[str, Any]:
        """Figures with their verdicts, and every error."""
        return {
            "title": self.title,
            "notes": self.notes,
            "figures": [{**asdict(f), "met": f.met} for f in self.figures],
            "errors": [asdict(e) for e in self.errors],
        }
