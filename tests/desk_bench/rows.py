"""The rows of a big newspaper, the same ones at each run: tuples as tables hold them."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from articles.search.analysis import terms
from comments.rendering import render
from moderation.likeness.fingerprint import (
    bands,
    fingerprint,
    letters_of,
    shingles,
)
from moderation.marks import marks_of

SECTIONS, ARTICLES, AUTHORS, MODERATORS = 12, 2_000, 50_000, 12
TEXTS = 20_000
NO_MASKS = "[]"
APART = timedelta(seconds=8)  # one comment every eight seconds
RARE = "saperlipopette"
COMMON = "gouvernement"
PHRASE = "payer la dette"
KINDS = (
    ("insult", "high", "lexicon", 30),
    ("insult", "medium", "lexicon", 60),
    ("shouting", "low", "capitals", 50),
    ("punctuation", "low", "punctuation", 50),
    ("epithet", "medium", "epithet", 15),
    ("repetition", "low", "repetition", 15),
    ("link", "low", "link", 25),
    ("contact", "medium", "contact", 4),
    ("threat", "high", "threat", 1),
)
"""(category, severity, rule, how often among others)."""
LANGUAGES = (("fr", 940), ("ar", 30), ("en", 20), ("unknown", 9), ("other", 1))
WAVE = 50  # one of so many that wait says the same as the others of these
BURSTS, IN_BURST = 5_000, 30  # every so many comments, one author writes so many


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is: ``pending`` of the comments wait, and ``flagged`` others."""

    comments: int
    pending: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Made:
    """One comment: the rows of each table it has rows in."""

    comment: tuple[Any, ...]
    revision: tuple[Any, ...]
    terms: tuple[Any, ...]
    flags: list[tuple[Any, ...]]
    decisions: list[tuple[Any, ...]]
    entry: tuple[Any, ...] | None
    text_print: tuple[Any, ...]
    bands: list[tuple[Any, ...]]


def vocabulary(dice: random.Random) -> list[str]:
    """Pronounceable words, the most frequent first."""
    starts = "b c d f g j l m n p r s t v ch br cr tr pl".split()  # noqa: SIM905
    vowels = "a e i o u ou an on".split()  # noqa: SIM905
    made = [COMMON, "peuple", "état", "politique"]
    made += sorted(
        {
            "".join(
                dice.choice(starts) + dice.choice(vowels)
                for _ in range(dice.randint(2, 4))
            )
            for _ in range(20_000)
        }
    )
    head, tail = made[:4], made[4:]
    dice.shuffle(tail)
    return head + tail


def texts(dice: random.Random) -> list[tuple[str, str, str, int | None]]:
    """(text, html, terms, fingerprint): words as unequal as a language's, some links,
    some phrases."""
    words = vocabulary(dice)
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    made = []
    for number in range(TEXTS):
        chosen = dice.choices(words, cum_weights=weights, k=dice.randint(6, 70))
        if number % 400 == 0:
            chosen.insert(3, PHRASE)
        if number % 30 == 0:
            chosen.append(f"https://exemple.org/{number}")
        text = " ".join(chosen).capitalize() + "."
        exact = fingerprint(letters_of(text))
        made.append((text, render(text), terms(text), exact))
    return made


def comments(size: Size, articles: list[int], now: datetime) -> Iterator[Made]:
    """Each comment with all its rows, the oldest first; keys count from 1."""
    from moderation.models import Call  # this module is read before Django is set up

    dice = random.Random(7)  # noqa: S311
    stock = texts(dice)
    weights = [kind[-1] for kind in KINDS]
    recent = size.comments * 85 // 100  # from here on, most of what waits
    step_recent = 2 * (size.comments - recent) // (size.pending * 3 // 2)
    step_old = recent // (size.pending // 4)
    flag = decision = flagged = band = 0
    banded: set[int | None] = set()
    languages = [language for language, often in LANGUAGES for _ in range(often)]
    published: Counter[int] = Counter()  # {author: how many so far}
    parents: dict[int, tuple[int, str]] = {}
    for pk in range(1, size.comments + 1):
        when = now - APART * (size.comments - pk + 1)
        article = articles[int(len(articles) * dice.random() ** 2)]
        author = int(AUTHORS * dice.random() ** 2) + 1
        if pk % BURSTS < IN_BURST:
            author = pk // BURSTS + 1
        waits = pk % (step_recent if pk > recent else step_old) == 0
        wave = waits and dice.randrange(WAVE) == 0
        text, html, stems, exact = stock[0 if wave else dice.randrange(TEXTS)]
        language = dice.choice(languages)
        if pk % 50_000 == 77:
            text, stems = f"{text} {RARE}", f"{stems} {terms(RARE)}"
        drawn = 0.9 if waits else 0.2
        kinds: set[tuple[str, str, str]] = set()
        while dice.random() < drawn and len(kinds) < 3:
            kinds.add(dice.choices(KINDS, weights)[0][:3])
            drawn = 0.3
        chance = dice.random()
        shows = pk > recent and bool(kinds) and flagged < size.flagged
        if waits:
            status = "pending"
        elif shows:
            status = "published"
            flagged += 1
        else:
            status = (
                "hidden"
                if chance < 0.05
                else "deleted"
                if chance < 0.055
                else "published"
            )
        place = f"{pk:022x}"
        parent = parents.get(article) if pk % 3 == 0 else None
        if parent is None and status == "published":
            parents.setdefault(article, (pk, place))
        position = parent[1] + place if parent else place
        flags = []
        for at, (category, severity, rule) in enumerate(sorted(kinds)):
            flag += 1
            flags.append(
                (
                    flag,
                    pk,
                    rule,
                    1,
                    category,
                    severity,
                    at,
                    at + 4,
                    text[at : at + 4],
                    "",
                    "",
                    "",
                    '{"fr": "Parce que."}',
                    when,
                )
            )
        action = {"pending": "hold", "published": "publish"}.get(status, "publish")
        after = "pending" if status == "pending" else "published"
        decision += 1
        decisions: list[tuple[Any, ...]] = [
            (decision, pk, pk, action, None, "", "", None, "pending", after, None, when)
        ]
        if status == "hidden" or (status == "published" and not shows and chance > 0.8):
            decision += 1
            took = timedelta(minutes=dice.expovariate(1 / 40))
            decided = min(when + took, now)
            hides = status == "hidden"
            decisions.append(
                (
                    decision,
                    pk,
                    pk,
                    "hide" if hides else "publish",
                    dice.randint(1, MODERATORS),
                    "injure" if hides else "",
                    "",
                    None,
                    "pending",
                    status,
                    when,
                    decided,
                )
            )
        entry = None
        found: list[tuple[Any, ...]] = []
        if waits or shows:
            marks = marks_of(kinds)
            before = min(published[author], 100)
            rank = 0 if waits else 1
            entry = (
                pk,
                rank,
                Call.NONE.value,
                when,
                article,
                author,
                when,
                marks,
                language,
                exact,
                before,
            )
            if exact not in banded:
                banded.add(exact)
                for value in bands(shingles(letters_of(text))):
                    band += 1
                    found.append((band, pk, value))
        published[author] += status == "published"
        yield Made(
            (
                pk,
                article,
                parent[0] if parent else None,
                author,
                status,
                pk,
                html,
                when,
                "",
                when,
                position,
                int(parent is not None),
                "",
                "",
                None,
            ),
            (pk, pk, 1, text, when, NO_MASKS),
            (pk, when, stems),
            flags,
            decisions,
            entry,
            (pk, language, exact, exact if entry else None),
            found,
        )


def now() -> datetime:
    return datetime.now(UTC)
