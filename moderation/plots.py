"""Plots in SVG, drawn by the server: no script, no style of their own, no library.

Places across are percentages and places down are pixels, so that a plot is as wide as
its page gives it while its words keep their size. Colours are the style sheet's. A plot
is one image to a screen reader, with a name and a description; its table stands beside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from moderation.figures import figure

TOP, HEIGHT, FOOT = 12, 160, 24  # pixels: above the columns, of them, below
LEFT = 11.0  # per cent, for the numbers of the scale
LINES = 4  # of the scale, at most
TICKS = 6  # words below the columns, at most: they must fit a telephone
ROW, BAR = 44, 14  # pixels: of a row with its words, of its bar
LONGEST = 38  # signs of a row's name; a telephone holds them beside what is told


@dataclass(frozen=True, slots=True)
class Series:
    """One number a step, and its name; drawn as ``series-1``, ``series-2``… in order."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: ``length`` and, if it is not certain, ``spread`` go from 0 to 1."""

    name: str
    told: str
    length: float
    spread: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """``key`` is unique on the page; title and description are read out for the image."""

    key: str
    title: str
    description: str


def columns(
    words: Words,
    steps: Sequence[tuple[str, str]],
    series: Sequence[Series],
) -> SafeString:
    """A column for each of ``steps`` (its full name, its short one), series stacked."""
    highest = max((sum(values) for values in _across(series)), default=0)
    scale = _scale(highest)
    wide = (100 - LEFT) / max(1, len(steps))
    every = -(-len(steps) // TICKS)
    parts = [
        *_scale_lines(scale),
        *(
            _column(LEFT + number * wide, wide, values, scale[-1], name, series)
            for number, ((name, _short), values) in enumerate(
                zip(steps, _across(series), strict=True)
            )
        ),
        *(
            _word(LEFT + (number + 0.5) * wide, TOP + HEIGHT + 17, "middle", short)
            for number, (_name, short) in enumerate(steps)
            if number % every == every // 2
        ),
    ]
    return _image(words, TOP + HEIGHT + FOOT, parts)


def bars(words: Words, rows: Sequence[Bar]) -> SafeString:
    """A bar for each row, below its name and beside what is told of it."""
    parts: list[SafeString] = []
    for number, row in enumerate(rows):
        top = number * ROW
        shade = "series-2" if row.spread else "series-1"
        parts += [
            _word(0, top + 15, "start", _shortened(row.name)),
            _word(100, top + 15, "end", row.told),
            _rect("plot-track", 0, top + 22, 100, BAR),
            _rect(f"plot-bar {shade}", 0, top + 22, 100 * row.length, BAR),
        ]
        if row.spread:
            low, high = (100 * bound for bound in row.spread)
            middle = top + 22 + BAR / 2
            parts.append(_line("plot-spread", low, high, middle))
    return _image(words, len(rows) * ROW, parts)


def _across(series: Sequence[Series]) -> list[tuple[int, ...]]:
    """For each step the values of all series."""
    return list(zip(*(each.values for each in series), strict=True))


def _scale(highest: int) -> list[int]:
    """Round whole numbers from 0 to at least ``highest``, equally far apart."""
    apart = 1
    while apart * LINES < highest:
        apart = apart * 5 // 2 if str(apart)[0] == "2" else apart * 2
    return [n * apart for n in range(max(1, -(-highest // apart)) + 1)]


def _scale_lines(scale: Sequence[int]) -> Iterable[SafeString]:
    for number in scale:
        down = TOP + HEIGHT * (1 - number / scale[-1])
        yield _line("plot-line", LEFT, 100, down)
        yield _word(LEFT - 1.5, down + 4, "end", figure(number))


def _column(
    left: float,
    wide: float,
    values: Sequence[int],
    top: int,
    name: str,
    series: Sequence[Series],
) -> SafeString:
    told = ", ".join(
        f"{each.name} {figure(value)}"
        for each, value in zip(series, values, strict=True)
    )
    gap = min(0.4, wide * 0.15)
    parts, reached = [], 0
    for number, value in enumerate(values, start=1):
        reached += value
        if value:
            down = TOP + HEIGHT * (1 - reached / top)
            high = HEIGHT * value / top
            kind = f"plot-bar series-{number}"
            parts.append(_rect(kind, left + gap, down, wide - 2 * gap, high))
    return format_html(
        '<g>{}<rect class="plot-hit" x="{}%" y="{}" width="{}%" height="{}">'
        "<title>{} – {}</title></rect></g>",
        _joined(parts),
        _place(left),
        TOP,
        _place(wide),
        HEIGHT,
        name,
        told,
    )


def _image(words: Words, height: int, parts: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg class="plot" role="img" width="100%" height="{0}" '
        'aria-labelledby="{1}-titre" aria-describedby="{1}-texte">'
        '<title id="{1}-titre">{2}</title><desc id="{1}-texte">{3}</desc>{4}</svg>',
        height,
        words.key,
        words.title,
        words.description,
        _joined(parts),
    )


def _rect(kind: str, x: float, y: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>',
        kind,
        _place(x),
        _place(y),
        _place(width),
        _place(height),
    )


def _line(kind: str, x1: float, x2: float, y: float) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}%" x2="{}%" y1="{}" y2="{}"/>',
        kind,
        _place(x1),
        _place(x2),
        _place(y),
        _place(y),
    )


def _word(x: float, y: float, anchor: str, text: str) -> SafeString:
    return format_html(
        '<text class="plot-word" x="{}%" y="{}" text-anchor="{}">{}</text>',
        _place(x),
        _place(y),
        anchor,
        text,
    )


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip(' ,')}…"


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _place(number: float) -> str:
    """A number as SVG reads it, in every language."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
