"""The rule lab: what a term or a pattern would have flagged among stored comments.

Nothing is stored: each trial reads the latest comments as they stand.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from time import monotonic, thread_time

from django.db.models import F, QuerySet

from comments.models import Comment
from moderation.candidate import TERM_RULES, Candidate, Effect, allowed_around
from moderation.engine import Engine
from moderation.intervals import wilson
from moderation.lexicon import kept_config, kept_entries, readable
from moderation.models import Action, Decision, EditorPattern
from moderation.records import PATTERN_RULE
from moderation.rules.budget import OutOfTime
from moderation.rules.document import Document
from moderation.rules.index import LexiconIndex
from moderation.rules.inflection import forms_of
from moderation.rules.lexicon import Entry
from moderation.rules.match import Match
from moderation.rules.patterns import Pattern, PatternRule, usable
from moderation.rules.trace import Outcome

TRIAL_SECONDS = 20.0  # of processor time
LONGEST_WAIT = 45.0  # seconds by the clock: proxies give up on an answer after 60
SHOWN = 50  # comments in full
CHUNK = 2000  # rows fetched at once


@dataclass(frozen=True, slots=True)
class Example:
    """A comment concerned, with the matches in question."""

    comment: int
    text: str
    matches: tuple[Match, ...]


@dataclass(slots=True)
class Verdicts:
    """What became of some comments; a moderator judged those hidden or published.

    The latest decision that stands counts, if it was on the text of today.
    """

    hidden: int = 0
    published: int = 0
    waiting: int = 0
    unjudged: int = 0

    @property
    def judged(self) -> int:
        return self.hidden + self.published

    @property
    def precision(self) -> float | None:
        """The share hidden of those judged, 0 to 1; None if none was."""
        return self.hidden / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true share lies 95 times in 100."""
        return wilson(self.hidden, self.judged) if self.judged else None


@dataclass(slots=True)
class Group:
    """Comments concerned in one way: {key: status}, the first ones in full."""

    statuses: dict[int, str] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    verdicts: Verdicts = field(default_factory=Verdicts)

    def __len__(self) -> int:
        return len(self.statuses)

    def add(self, row: "Row", matches: tuple[Match, ...]) -> None:
        pk, status, text = row
        self.statuses[pk] = status
        if len(self.examples) < SHOWN:
            self.examples.append(Example(pk, text, matches))


@dataclass(slots=True)
class Trial:
    """What a candidate would do to the latest comments.

    Of ``asked`` comments, ``examined`` were read before time ran out. ``raised`` would
    be flagged by it, ``alone`` of them by nothing else of the lexicon or the editors'
    patterns; ``dropped`` would lose a flag they have with the rules of today.
    ``prevented`` is {allowed phrase: times it covered the term}, ``let_go`` {other
    reason for which the term did not count: times}. ``off`` are the rules of terms that
    editors switched off: they find nothing here either.
    """

    asked: int
    examined: int = 0
    seconds: float = 0.0
    incomplete: int = 0
    alone: int = 0
    raised: Group = field(default_factory=Group)
    dropped: Group = field(default_factory=Group)
    prevented: Counter[str] = field(default_factory=Counter)
    let_go: Counter[Outcome] = field(default_factory=Counter)
    forms: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    off: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        return self.examined >= self.asked

    def add(self, row: "Row", effect: Effect) -> None:
        if effect.raised:
            self.raised.add(row, effect.raised)
            self.alone += effect.alone
        if effect.dropped:
            self.dropped.add(row, effect.dropped)
        self.incomplete += effect.incomplete
        for note in effect.notes:
            if note.outcome is Outcome.GUARDED:
                self.prevented[note.by] += 1
            else:
                self.let_go[note.outcome] += 1


Row = tuple[int, str, str]
"""(key, status, text) of a comment."""


def try_term(
    entry: Entry,
    *,
    replacing: Entry | None = None,
    among: int,
    seconds: float = TRIAL_SECONDS,
) -> Trial:
    """Try ``entry``, in place of ``replacing``, on the latest ``among`` comments."""
    lexicon, config = list(kept_entries()), kept_config()
    candidate = Candidate(entry, lexicon, replacing=replacing, config=config)
    trial = _run(candidate.effect, among, seconds)
    trial.forms = tuple(sorted(forms_of(entry)))
    trial.allowed = tuple(allowed_around(entry, lexicon))
    trial.off = tuple(sorted(rule for rule in TERM_RULES if not config[rule].enabled))
    return trial


def try_pattern(
    pattern: Pattern,
    *,
    replacing: EditorPattern | None = None,
    among: int,
    seconds: float = TRIAL_SECONDS,
) -> Trial:
    """As :func:`try_term`, for a pattern. Raises PatternError if it cannot serve."""
    patterns = EditorPattern.objects.active()
    if replacing is not None:
        patterns = patterns.exclude(pk=replacing.pk)
    others = Engine(
        kept_entries(),
        config=kept_config(),
        patterns=readable(patterns),
        only=TERM_RULES | {PATTERN_RULE},
    )
    # One that cannot serve (TRUST F13) finds nothing today
    former, _refused = usable(readable([replacing] if replacing else []))
    effect = _pattern_effect(PatternRule(pattern), next(iter(former), None), others)
    return _run(effect, among, seconds)


def _pattern_effect(
    rule: PatternRule, former: PatternRule | None, others: Engine
) -> Callable[[str], Effect]:
    no_terms = LexiconIndex(())

    def effect(text: str) -> Effect:
        raised, unfinished = _found(rule, text, no_terms)
        dropped: tuple[Match, ...] = ()
        if former is not None:
            places = {(match.start, match.end) for match in raised}
            known, _ = _found(former, text, no_terms)
            dropped = tuple(m for m in known if (m.start, m.end) not in places)
        return Effect(
            raised=raised,
            dropped=dropped,
            alone=bool(raised) and not others.screen(text).matches,
            incomplete=unfinished,
        )

    return effect


def _found(
    rule: PatternRule, text: str, index: LexiconIndex
) -> tuple[tuple[Match, ...], bool]:
    """What ``rule`` finds in ``text``, and whether it ran out of time."""
    found: list[Match] = []
    try:
        found.extend(rule.find(Document(text, "fr", index)))
    except OutOfTime:
        return tuple(found), True
    return tuple(found), False


def _run(effect: Callable[[str], Effect], among: int, seconds: float) -> Trial:
    trial = Trial(asked=_comments()[:among].count())
    started, began = thread_time(), monotonic()
    lowest = 0
    for row in _newest(among):
        if thread_time() - started > seconds or monotonic() - began > LONGEST_WAIT:
            break
        trial.add(row, effect(row[2]))
        trial.examined += 1
        lowest = row[0]
    trial.seconds = thread_time() - started
    standing = _standing_decisions(lowest)
    for group in (trial.raised, trial.dropped):
        group.verdicts = _verdicts(group.statuses, standing)
    return trial


def _comments() -> QuerySet[Comment]:
    return Comment.objects.exclude(status=Comment.Status.DELETED).filter(
        revision__isnull=False
    )


def _newest(among: int) -> Iterator[Row]:
    """The latest comments received, one at a time."""
    rows = _comments().order_by("-pk").values_list("pk", "status", "revision__text")
    yield from rows[:among].iterator(chunk_size=CHUNK)


def _standing_decisions(lowest: int) -> dict[int, str]:
    """{key of a comment: its last decision that stands}, from the key ``lowest`` on.

    Only what a moderator decided on the text of today. One query, since a trial may
    concern more comments than a query can name.
    """
    decisions = Decision.objects.filter(
        comment_id__gte=lowest,
        revision=F("comment__revision"),
        moderator__isnull=False,
        undoes=None,
        undone_by=None,
    )
    found = decisions.order_by("pk").values_list("comment_id", "action")
    return dict(found.iterator(chunk_size=CHUNK))


def _verdicts(statuses: Mapping[int, str], standing: Mapping[int, str]) -> Verdicts:
    verdicts = Verdicts()
    for pk, status in statuses.items():
        action = standing.get(pk)
        if action == Action.HIDE:
            verdicts.hidden += 1
        elif action == Action.PUBLISH:
            verdicts.published += 1
        elif status == Comment.Status.PENDING:
            verdicts.waiting += 1
        else:
            verdicts.unjudged += 1
    return verdicts


def comments_shown(groups: Iterable[Group]) -> dict[int, Comment]:
    """{key: comment with its author and article} of all examples. One query."""
    keys = {example.comment for group in groups for example in group.examples}
    return Comment.objects.select_related("author", "article").in_bulk(keys)
