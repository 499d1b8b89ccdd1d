"""Days at a newspaper drawn by chance, through the services, and a tally beside them.

The tally is kept from what the services returned, in plain lists, and counted without
the database: it knows nothing of how figures are read.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from comments.models import Comment
from moderation.batches import run_batch, start_batch, undo_batch
from moderation.models import Action, Decision, DecisionBatch, Term
from moderation.selections import Chosen
from moderation.services import decide, submit_comment, undo
from tests.factories import (
    ArticleFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.batch_worlds import seen

BEGINS = datetime(2026, 10, 20, 9, 30, tzinfo=UTC)  # clocks go back on the 25th
LASTS = timedelta(days=12)
POLICIES = ("flagged_first", "flagged_first", "a_priori", "a_posteriori")
BITS = (
    "",
    "",
    "",
    "Quel fouzou.",
    "Mon zigomar.",
    "Bravo !!!!",
    "https://exemple.org/a",
)
REASONS = ("injure", "cri", "haine", "hors_sujet")


@dataclass
class Kept:
    """One comment as the tally knows it; ``standing`` are decisions not undone."""

    comment: Comment
    article: str
    received: datetime
    first: str
    flags: set[tuple[str, int]]
    status: str
    waits: bool
    reports: int = 0
    reported: bool = False
    standing: list[Decision] = field(default_factory=list)


class Newspaper:
    def __init__(self, seed: int, clock) -> None:
        self.dice, self.clock, self.now = Random(seed), clock, BEGINS  # noqa: S311
        self.pass_time(timedelta(0))
        Term.objects.create(text="fouzou", kind="insult")
        Term.objects.create(text="zigomar", kind="insult", severity="low")
        self.articles = [
            ArticleFactory(comment_policy=policy, title=f"Titre {number}")
            for number, policy in enumerate(POLICIES * 3)
        ]
        self.authors = [ReaderFactory().commenter for _ in range(40)]
        self.moderators = [
            ModeratorFactory(first_name=name) for name in ("Zoé", "Ali", "Émile")
        ]
        self.numbers = count(1)
        self.comments: dict[int, Kept] = {}
        self.acts: list[Decision] = []
        self.reports: list[datetime] = []
        self.batches: list[DecisionBatch] = []
        self.answered: dict[int, int] = defaultdict(int)
        self.undone: set[int] = set()

    def operate(self, times: int, *, apart: timedelta) -> None:
        kinds = {
            self.submit: 40,
            self.decide: 30,
            self.undo: 10,
            self.report: 12,
            self.batch: 5,
            self.undo_batch: 3,
        }
        drawn = self.dice.choices(list(kinds), list(kinds.values()), k=times)
        for operation in drawn:
            self.pass_time(apart * self.dice.expovariate(1))
            operation()
        self.pass_time(timedelta(seconds=1))

    def pass_time(self, lasted: timedelta) -> None:
        self.now += lasted
        self.clock.move_to(self.now, tick=False)

    def submit(self) -> None:
        number = next(self.numbers)
        words = " ".join(self.dice.sample(WORDS, 6))
        text = f"{words} {number}. {self.dice.choice(BITS)}"
        article = self.dice.choice(self.articles)
        comment = submit_comment(
            article=article, author=self.dice.choice(self.authors), text=text
        )
        assert comment.revision is not None
        flags = {(f.rule, f.rule_version) for f in comment.revision.flags.all()}
        pending = comment.status == "pending"
        self.comments[comment.pk] = Kept(
            comment=comment,
            article=article.title,
            received=comment.received_at,
            first=comment.status,
            flags=flags,
            status=comment.status,
            waits=pending or bool(flags),
        )

    def decide(self) -> None:
        kept = self._drawn(waiting=self.dice.random() < 0.7)
        if kept is None:
            return
        action = self._action()
        one = seen(kept.comment)
        made = decide(
            kept.comment,
            action=action,
            by=self.dice.choice(self.moderators),
            after=one.after,
            revision=one.revision,
            reason=self.dice.choice(REASONS) if action == Action.HIDE else "",
        )
        self._took(made)

    def undo(self) -> None:
        undoable = [
            kept.standing[-1] for kept in self.comments.values() if self._open(kept)
        ]
        if undoable:
            decision = self.dice.choice(undoable)
            self._undid(undo(decision, by=self.dice.choice(self.moderators)))

    def report(self) -> None:
        there = [k for k in self.comments.values() if k.status != "hidden"]
        if there:
            kept = self.dice.choice(there)
            made = ReportFactory(comment=kept.comment)
            self.reports.append(made.created_at)
            kept.reports += 1
            kept.reported = kept.waits = True

    def batch(self) -> None:
        several = self.dice.sample(
            sorted(self.comments), min(len(self.comments), self.dice.randint(2, 12))
        )
        if not several:
            return
        action = self._action()
        comments = [self.comments[pk].comment for pk in several]
        batch = start_batch(
            Chosen(tuple(seen(comment) for comment in comments)),
            action=action,
            by=self.dice.choice(self.moderators),
            reason=self.dice.choice(REASONS) if action == Action.HIDE else "",
        )
        batch = run_batch(batch)
        made = list(batch.decisions.order_by("pk"))
        assert len(made) == batch.done == len(several)
        for decision in made:
            self._took(decision)
        self.batches.append(batch)

    def undo_batch(self) -> None:
        if not self.batches:
            return
        batch = self.batches.pop(self.dice.randrange(len(self.batches)))
        # Two steps: some of its decisions may be undone by themselves before
        batch = run_batch(undo_batch(batch, by=self.dice.choice(self.moderators)))
        made = list(batch.decisions.exclude(undoes=None).order_by("pk"))
        assert len(made) == batch.undone
        for decision in made:
            self._undid(decision)

    def _action(self) -> Action:
        return self.dice.choices(list(Action), [5, 1, 4])[0]

    def _drawn(self, *, waiting: bool) -> Kept | None:
        among = [k for k in self.comments.values() if k.waits or not waiting]
        return self.dice.choice(among) if among else None

    def _open(self, kept: Kept) -> bool:
        """Whether its last decision stands and was taken by someone."""
        return bool(kept.standing) and kept.comment.pk not in self.undone

    def _took(self, made: Decision) -> None:
        self.acts.append(made)
        kept = self.comments[made.comment_id]
        self.undone.discard(made.comment_id)
        kept.standing.append(made)
        kept.status = made.status_after
        kept.waits = made.action == "hold"
        if made.action != "hold":
            self.answered[made.pk], kept.reports = kept.reports, 0

    def _undid(self, made: Decision) -> None:
        """After an undoing, the comment's last decision cannot be undone."""
        self.acts.append(made)
        kept = self.comments[made.comment_id]
        self.undone.add(made.comment_id)
        undone = kept.standing.pop()
        assert undone.pk == made.undoes_id
        kept.status = made.status_after
        kept.reports += self.answered.pop(undone.pk, 0)
        kept.waits = undone.waiting_since is not None
        if kept.status == "hidden":
            kept.reports, kept.waits = 0, False
        elif kept.reports:
            kept.waits = True


WORDS = [
    "article",
    "débat",
    "mesure",
    "avis",
    "pays",
    "ville",
    "peuple",
    "école",
    "marché",
    "temps",
    "route",
    "lettre",
    "journal",
    "projet",
    "voisin",
    "région",
    "histoire",
    "raison",
    "chemin",
    "lumière",
]


def shares(decisions: list[Decision]) -> Counter[str]:
    """How many of each kind, in the words of the figures."""
    kinds: Counter[str] = Counter()
    for decision in decisions:
        change = (decision.status_before, decision.status_after)
        if decision.undoes_id is not None:
            kinds["undone"] += 1
        elif decision.status_after == "hidden":
            kinds["hid"] += 1
        elif decision.status_after == "pending":
            kinds["put_back"] += 1
        else:
            kinds[
                {
                    ("pending", "published"): "published",
                    ("published", "published"): "kept",
                    ("hidden", "published"): "restored",
                }[change]
            ] += 1
    return kinds
