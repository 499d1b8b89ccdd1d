"""How far moderators agree, and how far with the rules: the figures of second looks."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy

from moderation.batch_text import name_of
from moderation.intervals import wilson
from moderation.models import Action, AuditDay, Flag, SecondLook
from moderation.periods import Period, last_days
from moderation.records import PATTERN_RULE, RULE_OF_KIND
from moderation.second_looks.kappa import Crossed
from moderation.workload import sees_everyone

TERMS = 50
"""Terms that are told of: those most often looked at again."""
PERIODS = {
    "30j": gettext_lazy("30 jours"),
    "90j": gettext_lazy("90 jours"),
    "365j": gettext_lazy("un an"),
}
USUAL = "90j"


def named_period(name: str, *, now: datetime) -> Period:
    """The last days that ``name``, one of PERIODS, stands for."""
    return last_days(int(name.removesuffix("j")), now=now)


@dataclass(frozen=True, slots=True)
class Colleague:
    """How often others judged as ``name`` had decided: hidden, or not."""

    name: str
    crossed: Crossed


@dataclass(frozen=True, slots=True)
class Upheld:
    """Of the texts that a rule, or a ``term`` of it, flagged and that were judged again:
    how many were hidden at first, and how many would be the second time."""

    rule: str
    version: int
    looked: int
    first_hid: int
    second_hid: int
    term: str = ""

    @property
    def share(self) -> float:
        """The share that the second moderators would hide."""
        return self.second_hid / self.looked

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share is to be found, in 95 cases of 100."""
        return wilson(self.second_hid, self.looked)


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of the comments of the audited days, and what was found in the sample
    of those that no rule flagged (see `AuditDay`)."""

    days: int = 0
    unflagged: int = 0
    flagged_hidden: int = 0
    missed_hidden: int = 0
    drawn: int = 0
    judged: int = 0
    would_hide: int = 0

    @property
    def share(self) -> float | None:
        """The share of published, unflagged comments that a moderator would hide."""
        return self.would_hide / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true share is to be found, in 95 cases of 100."""
        return wilson(self.would_hide, self.judged) if self.judged else None

    @property
    def recall(self) -> float | None:
        """Of the comments to be hidden, the share that the rules flagged."""
        return None if self.share is None else self._recall_for(self.share)

    @property
    def recall_interval(self) -> tuple[float, float] | None:
        """Recall at both ends of the share's interval: what was counted is taken for
        certain, the sample alone for chance."""
        if self.interval is None:
            return None
        low, high = self.interval
        least, most = self._recall_for(high), self._recall_for(low)
        return None if least is None or most is None else (least, most)

    def _recall_for(self, share: float) -> float | None:
        missed = self.missed_hidden + share * self.unflagged
        to_hide = self.flagged_hidden + missed
        return self.flagged_hidden / to_hide if to_hide else None


class Agreement:
    """What ``reader`` may know of the looks drawn in ``period``. Six queries at most."""

    def __init__(self, period: Period, *, reader: User) -> None:
        self.period = period
        self.reader = reader

    @cached_property
    def overall(self) -> Crossed:
        """Hidden, whatever the reason, by the first and by the second."""
        return _crossed(self._pairs)

    @cached_property
    def by_reason(self) -> list[tuple[str, Crossed]]:
        """Hidden for this reason, or not: (code, figures), the most frequent first."""
        given: Counter[str] = Counter()
        for (_by, _first, first, _second, second), count in self._pairs.items():
            given.update({reason: count for reason in {first, second} if reason})
        found = [(reason, _crossed(self._pairs, reason)) for reason in given]
        return sorted(found, key=lambda each: (-given[each[0]], each[0]))

    @cached_property
    def colleagues(self) -> list[Colleague]:
        """Those whose decisions were judged again, by name; without the right to see
        everyone's work, oneself alone."""
        keys = {by for by, *_rest in self._pairs}
        if not sees_everyone(self.reader):
            keys &= {self.reader.pk}
        accounts = User.objects.in_bulk(keys)
        people = [
            Colleague(
                name_of(accounts[key]),
                _crossed({p: n for p, n in self._pairs.items() if p[0] == key}),
            )
            for key in keys
        ]
        return sorted(people, key=lambda person: person.name.casefold())

    @cached_property
    def rules(self) -> list[Upheld]:
        counted = self._flags.values("rule").annotate(**_UPHELD)
        return [Upheld(**row) for row in counted.order_by("rule", "version")]

    @cached_property
    def terms(self) -> list[Upheld]:
        """The TERMS, and editors' patterns, most looked at again."""
        named = self._flags.filter(rule__in=_NAMED).exclude(term="")
        counted = named.values("rule", "term")
        found = counted.annotate(**_UPHELD)
        most_first = found.order_by("-looked", "term", "rule", "version")
        return [Upheld(**row) for row in most_first[:TERMS]]

    @cached_property
    def audit(self) -> Audit:
        """Two queries."""
        days = AuditDay.objects.filter(
            drawn_at__gte=self.period.start, drawn_at__lt=self.period.end
        )
        looks = SecondLook.objects.filter(audit__in=days).aggregate(
            drawn=Count("pk"),
            judged=Count("pk", filter=JUDGED),
            would_hide=Count("pk", filter=JUDGED & Q(action=Action.HIDE)),
        )
        counts = days.aggregate(
            days=Count("pk"),
            **{
                name: Sum(name, default=0)
                for name in ("unflagged", "flagged_hidden", "missed_hidden")
            },
        )
        return Audit(**counts, **looks)

    @cached_property
    def _pairs(self) -> "Pairs":
        looks: QuerySet[Any, Any] = (
            SecondLook.objects.judged()
            .filter(decision__isnull=False, **self._drawn())
            .order_by()
            .values_list(
                "decision__moderator",
                "decision__action",
                "decision__reason",
                "action",
                "reason",
            )
            .annotate(count=Count("pk"))
        )
        return {(by, *judged): count for by, *judged, count in looks}

    @property
    def _flags(self) -> QuerySet[Any, Any]:
        """Flags of the texts whose decisions were judged again."""
        looked = {
            "state": SecondLook.State.JUDGED,
            "decision__isnull": False,
            **self._drawn(),
        }
        return Flag.objects.filter(
            **{
                f"revision__second_looks__{name}": value
                for name, value in looked.items()
            }
        ).order_by()

    def _drawn(self) -> dict[str, datetime]:
        return {"created_at__gte": self.period.start, "created_at__lt": self.period.end}


Pairs = dict[tuple[Any, ...], int]
"""{(first moderator, his action, his reason, second action, its reason): how many}."""
_NAMED = {*RULE_OF_KIND.values(), PATTERN_RULE}
JUDGED = Q(state=SecondLook.State.JUDGED)
_LOOK = "revision__second_looks"
_UPHELD: dict[str, Any] = {
    "version": F("rule_version"),
    "looked": Count(_LOOK, distinct=True),
    "first_hid": Count(
        _LOOK, distinct=True, filter=Q(**{f"{_LOOK}__decision__action": Action.HIDE})
    ),
    "second_hid": Count(
        _LOOK, distinct=True, filter=Q(**{f"{_LOOK}__action": Action.HIDE})
    ),
}


def _crossed(pairs: Pairs, reason: str = "") -> Crossed:
    """How often the first and the second hid, or would; for ``reason`` if given."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for (_by, first, for_first, second, for_second), count in pairs.items():
        yes = first == Action.HIDE and reason in ("", for_first)
        again = second == Action.HIDE and reason in ("", for_second)
        counts[yes, again] += count
    return Crossed(
        both=counts[True, True],
        first_only=counts[True, False],
        second_only=counts[False, True],
        neither=counts[False, False],
    )
