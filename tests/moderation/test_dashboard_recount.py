"""Every number of the dashboard equals a count made beside it (issue 4, acceptance 7)."""

import csv
import io
import math
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User

from moderation.intervals import wilson
from moderation.reasons import ReasonCode
from moderation.recent import forget
from tests.moderation.random_days import LASTS, Newspaper, shares
from tests.moderation.rounds import OPERATIONS

pytestmark = pytest.mark.django_db
BOARD = "/moderation/tableau/"
ZONE = ZoneInfo("Asia/Beirut")
CHECKS = 3 if OPERATIONS < 20_000 else 8
DAY = timedelta(days=1)
LIMITS = [5, 15, 60, 240, 1440]  # minutes
NAMES = [
    "de 5 min à 15 min",
    "de 15 min à 1 h",
    "de 1 h à 4 h",
    "de 4 h à 1 j",
]
KINDS = [
    "received",
    "at_once",
    "held",
    "published",
    "kept",
    "restored",
    "hid",
    "put_back",
    "undone",
    "reported",
]


def test_every_number_equals_a_recount(client, time_machine):
    paper = Newspaper(7, time_machine)
    reader = User.objects.create_superuser("chef")
    client.force_login(reader)
    for _ in range(CHECKS):
        paper.operate(OPERATIONS // CHECKS, apart=LASTS / OPERATIONS)
        forget()
        for query, start, end in periods(paper):
            compare(client, paper, query, start, end)
    assert len(paper.comments) + len(paper.acts) + len(paper.reports) > OPERATIONS / 2


def periods(paper):
    """(address, beginning, end) of what is asked for."""
    now = paper.now
    local = now.astimezone(ZONE)
    hour = now - timedelta(minutes=local.minute, seconds=local.second)
    hour -= timedelta(microseconds=local.microsecond)
    today = local.date()
    yield {"periode": "24h"}, hour - timedelta(hours=23), now
    yield {"periode": "7j"}, begins(today - 6 * DAY), now
    yield {}, begins(today - 6 * DAY), now
    yield {"periode": "30j"}, begins(today - 29 * DAY), now
    first = today - DAY * paper.dice.randint(0, 9)
    last = first + DAY * paper.dice.randint(0, 3)
    end = min(now, begins(last + DAY))
    yield {"du": f"{first}", "au": f"{last}"}, begins(first), end


def begins(day):
    return datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC)


def compare(client, paper, query, start, end):
    before = start - (end - start)
    count = Recount(paper, start, end, before)
    assert rows(client, "bilan", query) == count.summary()
    assert rows(client, "evolution", query) == count.evolution()
    assert rows(client, "delais", query) == count.delays()
    assert rows(client, "motifs", query) == count.reasons()
    found = [row[1:] for row in rows(client, "regles", query)]
    assert found == count.rules()
    assert rows(client, "articles", query) == count.articles()
    assert rows(client, "moderateurs", query) == count.moderators()


def rows(client, name, query):
    """The file without its names of columns."""
    response = client.get(f"{BOARD}{name}.csv", query)
    assert response.status_code == 200, response.content.decode()
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), strict=True))[1:]


class Recount:
    """The tables as files hold them, from the tally alone."""

    def __init__(self, paper, start, end, before):
        self.paper, self.start, self.end, self.before = paper, start, end, before
        kept = paper.comments.values()
        self.received = [c for c in kept if start <= c.received < end]
        self.earlier = [c for c in kept if before <= c.received < start]
        self.acts = [a for a in paper.acts if start <= a.created_at < end]
        self.acts_before = [a for a in paper.acts if before <= a.created_at < start]
        self.reports = [r for r in paper.reports if start <= r < end]
        self.reports_before = [r for r in paper.reports if before <= r < start]

    def summary(self):
        now = tally(self.received, self.acts, self.reports)
        before = tally(self.earlier, self.acts_before, self.reports_before)
        counts = [[str(now[kind]), str(before[kind])] for kind in KINDS]
        took, took_before = delays(self.acts), delays(self.acts_before)
        for share in (0.5, 0.9):
            counts.append([percentile(took, share), percentile(took_before, share)])
        kept = self.paper.comments.values()
        for status in ("pending", "published"):
            waiting = sum(k.waits and k.status == status for k in kept)
            counts.append([str(waiting), ""])
        names = [
            "Reçus",
            "Parus aussitôt",
            "Retenus",
            "Publiés après attente",
            "Gardés",
            "Rétablis",
            "Masqués",
            "Remis en attente",
            "Décisions annulées",
            "Signalements de lecteurs",
            "Délai médian",
            "Délai de neuf décisions sur dix",
            "En attente, à présent",
            "Parus et à revoir, à présent",
        ]
        return [[name, *pair] for name, pair in zip(names, counts, strict=True)]

    def evolution(self):
        hourly = self.end - self.start <= 2 * DAY + timedelta(hours=1)
        moment, steps = self.start, {}
        while moment < self.end:
            steps[place(moment, hourly)] = None
            moment += timedelta(minutes=30)
        steps[place(self.end - timedelta(microseconds=1), hourly)] = None
        found = []
        for step in steps:
            counts = tally(
                [c for c in self.received if place(c.received, hourly) == step],
                [a for a in self.acts if place(a.created_at, hourly) == step],
                [r for r in self.reports if place(r, hourly) == step],
            )
            found.append([step, *(str(counts[kind]) for kind in KINDS)])
        return found

    def delays(self):
        names = ["5 min au plus", *NAMES, "plus de 1 j"]
        columns = []
        for acts in (self.acts, self.acts_before):
            classes = Counter(
                sum(took > timedelta(minutes=limit) for limit in LIMITS)
                for took in delays(acts)
            )
            columns.append([str(classes[n]) for n in range(len(names))])
        return [list(row) for row in zip(names, *columns, strict=True)]

    def reasons(self):
        labels = dict(ReasonCode.choices)
        hid = [a for a in self.acts if a.action == "hide" and a.undoes_id is None]
        before = [
            a for a in self.acts_before if a.action == "hide" and a.undoes_id is None
        ]
        undone = {a.undoes_id for a in self.paper.acts}
        now = Counter(a.reason for a in hid)
        then = Counter(a.reason for a in before)
        since = Counter(a.reason for a in hid if a.pk in undone)
        order = sorted({*now, *then}, key=lambda r: (-now[r], -then[r], r))
        return [[labels[r], str(now[r]), str(then[r]), str(since[r])] for r in order]

    def rules(self):
        flagged, decided, hidden = Counter(), Counter(), Counter()
        for kept in self.received:
            last = kept.standing[-1].action if kept.standing else ""
            for flag in kept.flags:
                flagged[flag] += 1
                decided[flag] += last in ("publish", "hide")
                hidden[flag] += last == "hide"
        found = []
        for flag in sorted(flagged):
            share = ["", "", ""]
            if decided[flag]:
                bounds = wilson(hidden[flag], decided[flag])
                figures = (hidden[flag] / decided[flag], *bounds)
                share = [f"{figure:.4f}" for figure in figures]
            counts = (flag[1], flagged[flag], decided[flag], hidden[flag])
            found.append([*map(str, counts), *share])
        return found

    def articles(self):
        waiting = Counter(k.article for k in self.paper.comments.values() if k.waits)
        now, before = Counter(), Counter()
        heated, heated_before = Counter(), Counter()
        for comments, received, contested in (
            (self.received, now, heated),
            (self.earlier, before, heated_before),
        ):
            for kept in comments:
                received[kept.article] += 1
                contested[kept.article] += kept.first == "pending" or kept.reported
        keys = {article.title: article.pk for article in self.paper.articles}
        more = {t: heated[t] - heated_before[t] for t in heated}
        order = sorted(
            (title for title in more if more[title] > 0),
            key=lambda t: (-more[t], -heated[t], -keys[t]),
        )
        return [
            [
                t,
                *map(str, (heated[t], heated_before[t], now[t], before[t], waiting[t])),
            ]
            for t in order[:10]
        ]

    def moderators(self):
        found = []
        for person in sorted(self.paper.moderators, key=lambda p: p.first_name):
            mine = [a for a in self.acts if a.moderator_id == person.pk]
            if mine:
                found.append([person.first_name, *work(mine)])
        return [*(found or [["chef", *work([])]]), ["Tous", *work(self.acts)]]


def tally(received, acts, reports):
    counts = shares(acts)
    counts["received"] = len(received)
    counts["at_once"] = sum(c.first == "published" for c in received)
    counts["held"] = sum(c.first == "pending" for c in received)
    counts["reported"] = len(reports)
    return counts


def delays(acts):
    return sorted(
        act.created_at - act.waiting_since
        for act in acts
        if act.waiting_since is not None and act.undoes_id is None
    )


def percentile(sorted_delays, share):
    if not sorted_delays:
        return ""
    place = math.ceil(len(sorted_delays) * share) - 1
    return f"{sorted_delays[place].total_seconds():.0f}"


def place(moment, hourly):
    local = moment.astimezone(ZONE)
    return f"{local:%Y-%m-%dT%H:00}" if hourly else f"{local:%Y-%m-%d}"


def work(acts):
    kinds = shares(acts)
    published = kinds["published"] + kinds["kept"] + kinds["restored"]
    judged = published + kinds["hid"]
    counts = (published, kinds["hid"], kinds["put_back"], kinds["undone"])
    share = f"{kinds['hid'] / judged:.4f}" if judged else ""
    return [*map(str, counts), share]
