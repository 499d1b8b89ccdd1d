"""Every figure of second looks equals a count made beside them, in plain lists."""

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from moderation.intervals import wilson
from moderation.models import SecondLook
from moderation.reasons import ReasonCode
from moderation.second_looks.drawing import CATCHES_UP
from moderation.second_looks.judging import judge, offer_next
from tests.factories import ModeratorFactory
from tests.moderation.random_days import REASONS, Newspaper
from tests.moderation.rounds import OPERATIONS

pytestmark = pytest.mark.django_db
PAGE = "/moderation/second-regard/accord/"
ZONE = ZoneInfo("Asia/Beirut")
DAY = timedelta(days=1)
LASTS = 45 * DAY
TIMES = OPERATIONS // 2


@dataclass
class Judgement:
    """What was decided and by whom, what was said of it, and what had been flagged."""

    at: datetime
    by: User
    first: str
    first_reason: str
    second: str
    second_reason: str
    flags: set[tuple[str, int, str]]


class Doubter(Newspaper):
    """A newspaper where what is decided is judged again."""

    def __init__(self, seed, clock):
        super().__init__(seed, clock)
        self.outsider = ModeratorFactory(first_name="Hind")
        self.judgements: list[Judgement] = []
        self.audited: list[str] = []

    def look_again(self):
        by = self.dice.choice([*self.moderators, self.outsider, self.outsider])
        look = offer_next(by)
        if look is None:
            return
        action = self.dice.choice(["publish", "hide"])
        reason = self.dice.choice(REASONS) if action == "hide" else ""
        if look.decision is None:
            self.audited.append(action)
        else:
            act = next(a for a in self.acts if a.pk == look.decision_id)
            if self.dice.random() < 0.5:  # people agree more often than chance
                action, reason = act.action, act.reason
            self._note(act, by, action, reason)
        judge(look, by=by, action=action, reason=reason)

    def _note(self, act, by, action, reason):
        assert act.undoes_id is None
        assert act.action in ("publish", "hide")
        assert act.pk not in {a.undoes_id for a in self.acts}
        mine = [a for a in self.acts if a.moderator_id == by.pk]
        assert act.comment_id not in {a.comment_id for a in mine}
        flags = act.revision.flags.values_list("rule", "rule_version", "term")
        self.judgements.append(
            Judgement(
                at=act.created_at,
                by=act.moderator,
                first=act.action,
                first_reason=act.reason,
                second=action,
                second_reason=reason,
                flags=set(flags),
            )
        )


@pytest.fixture
def paper(time_machine, settings):
    settings.SECOND_LOOK_SHARE = 1.0
    settings.SECOND_LOOK_AUDITS = 10**6
    made = Doubter(11, time_machine)
    call_command("draw_second_looks")  # so that the days to come are drawn later
    for _ in range(TIMES // 4):
        made.operate(4, apart=LASTS / TIMES)
        made.look_again()
        made.look_again()
    return made


def test_every_figure_equals_a_recount(paper, client):
    paper.pass_time(8 * DAY)
    call_command("draw_second_looks")
    paper.pass_time(timedelta(seconds=1))  # what happens now is of no period yet
    expected = audit_of(paper)
    audits = SecondLook.objects.open().filter(audit__isnull=False)
    while audits.count() > 3:
        paper.look_again()
    assert len(paper.audited) > 5
    assert len(paper.judgements) > TIMES / 10
    client.force_login(User.objects.create_superuser("chef"))
    for days in (30, 90, 365):
        today = paper.now.astimezone(ZONE).date() - (days - 1) * DAY
        start = datetime(today.year, today.month, today.day, tzinfo=ZONE)
        told = [j for j in paper.judgements if j.at >= start]
        query = {"periode": f"{days}j"}
        assert rows(client, "motifs", query) == reasons(told)
        assert rows(client, "moderateurs", query) == people(told)
        by_rule = flagged(told, lambda rule, version, _term: (rule, version))
        found = [row[1:] for row in rows(client, "regles", query)]
        assert found == [[str(v), *cells] for (_r, v), cells in sorted(by_rule.items())]
        by_term = flagged(told, lambda rule, version, term: (term, rule, version))
        found = [[row[0], *row[2:]] for row in rows(client, "termes", query)]
        assert sorted(found) == sorted(
            [term, str(version), *cells]
            for (term, rule, version), cells in by_term.items()
            if term and rule in ("lexicon", "epithet", "threat")
        )
        assert rows(client, "controle", query) == control(expected, paper.audited)
    assert told == paper.judgements
    for person in (*paper.moderators, paper.outsider):
        client.force_login(person)
        own = [j for j in told if j.by == person]
        assert bool(own) == (person != paper.outsider)
        assert rows(client, "moderateurs", query) == people(own)
        assert rows(client, "motifs", query) == reasons(told)


def rows(client, name, query):
    """The file without its names of columns."""
    response = client.get(f"{PAGE}{name}.csv", query)
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), strict=True))[1:]


def reasons(judgements):
    labels = dict(ReasonCode.choices)
    given = Counter()
    for j in judgements:
        given.update({r for r in (j.first_reason, j.second_reason) if r})
    order = sorted(given, key=lambda reason: (-given[reason], reason))
    hidden = [(j.first == "hide", j.second == "hide") for j in judgements]
    found = [["Masquer, quel que soit le motif", *figures(hidden)]]
    for reason in order:
        pairs = [
            (j.first_reason == reason, j.second_reason == reason) for j in judgements
        ]
        found.append([str(labels[reason]), *figures(pairs)])
    return found


def figures(pairs):
    counts = [
        sum(a for a, _b in pairs),
        sum(b for _a, b in pairs),
        sum(a and b for a, b in pairs),
        len(pairs),
    ]
    return [*map(str, counts), share(pairs), *kappa(pairs)]


def share(pairs):
    alike = sum(a == b for a, b in pairs)
    return f"{alike / len(pairs):.4f}" if pairs else ""


def kappa(pairs):
    """Its interval is left to test_kappa.py: only whether there is one."""
    if len(pairs) < 20:
        return ["trop peu", "", ""]
    count = len(pairs)
    first, second = sum(a for a, _b in pairs), sum(b for _a, b in pairs)
    if first in (0, count) or second in (0, count):
        return ["", "", ""]
    alike = Fraction(sum(a == b for a, b in pairs), count)
    matching = first * second + (count - first) * (count - second)
    by_chance = Fraction(matching, count**2)
    value = (alike - by_chance) / (1 - by_chance)
    return [f"{float(value):.4f}", ANYTHING, ANYTHING]


class Anything(str):
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other):
        return other != ""


ANYTHING = Anything()


def people(judgements):
    found = []
    for person in sorted({j.by for j in judgements}, key=lambda p: p.first_name):
        pairs = [
            (j.first == "hide", j.second == "hide")
            for j in judgements
            if j.by == person
        ]
        if len(pairs) < 20:
            cells = ["trop peu", *[""] * 5]
        else:
            bounds = wilson(sum(a == b for a, b in pairs), len(pairs))
            cells = [share(pairs), *(f"{b:.4f}" for b in bounds), *kappa(pairs)]
        found.append([person.first_name, str(len(pairs)), *cells])
    return found


def flagged(judgements, key):
    """{key of a flag: the cells about the texts that have it}."""
    groups = defaultdict(list)
    for j in judgements:
        for group in {key(*flag) for flag in j.flags}:
            groups[group].append(j)
    found = {}
    for group, those in groups.items():
        first = sum(j.first == "hide" for j in those)
        second = sum(j.second == "hide" for j in those)
        shares = (second / len(those), *wilson(second, len(those)))
        found[group] = [
            *map(str, (len(those), first, second)),
            *(f"{s:.4f}" for s in shares),
        ]
    return found


def audit_of(paper):
    """(in sight, flagged and hidden, hidden without a flag) of the days that are due
    and not too long ago."""
    last = paper.now.astimezone(ZONE).date() - 7 * DAY
    days = {k.comment.pk: k.received.astimezone(ZONE).date() for k in kept_of(paper)}
    assert max(days.values()) <= last
    due = [k for k in kept_of(paper) if days[k.comment.pk] >= last - CATCHES_UP]
    assert TIMES / 10 < len(due) < len(days)
    return (
        sum(k.status == "published" and not k.flags for k in due),
        sum(k.status == "hidden" and bool(k.flags) for k in due),
        sum(k.status == "hidden" and not k.flags for k in due),
    )


def kept_of(paper):
    return paper.comments.values()


def control(expected, audited):
    in_sight, flagged_hidden, missed = expected
    judged, hide = len(audited), audited.count("hide")
    shares = [hide / judged, *wilson(hide, judged)]
    recall, most, least = (
        flagged_hidden / (flagged_hidden + missed + share * in_sight)
        for share in shares
    )
    return [
        ["Parus sans relevé", str(in_sight), "", ""],
        ["Tirés au hasard parmi eux", str(in_sight), "", ""],
        ["Jugés", str(judged), "", ""],
        ["À masquer, selon le second regard", str(hide), "", ""],
        ["Part à masquer", *(f"{s:.4f}" for s in shares)],
        ["Relevés et masqués", str(flagged_hidden), "", ""],
        ["Masqués sans relevé", str(missed), "", ""],
        [
            "Part relevée de ce qui est à masquer",
            *(f"{s:.4f}" for s in (recall, least, most)),
        ],
    ]
