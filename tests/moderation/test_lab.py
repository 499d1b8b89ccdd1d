"""Trials on stored comments: what is counted, how it was decided, within what time."""

from itertools import count

import pytest

from comments.models import Comment
from comments.services import add_revision, set_status
from moderation import lab
from moderation.intervals import wilson
from moderation.lab import try_pattern, try_term
from moderation.models import Action, EditorPattern, RuleSetting, Term
from moderation.rules.lexicon import Entry
from moderation.rules.patterns import Pattern, PatternError
from moderation.services import decide, undo
from tests.factories import ArticleFactory, CommentFactory, ModeratorFactory

pytestmark = pytest.mark.django_db

FOUZOU = Entry("fouzou")


@pytest.fixture
def wrote():
    article = ArticleFactory()

    def comment(text, **fields):
        return CommentFactory(article=article, text=text, **fields)

    return comment


def decided(comment, action=Action.HIDE):
    comment.refresh_from_db()
    latest = comment.decisions.first()
    return decide(
        comment,
        action=action,
        by=ModeratorFactory(),
        after=latest.pk if latest else None,
        revision=comment.revision_id,
        reason="injure" if action == Action.HIDE else "",
    )


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (31, 40, 0.625, 0.877),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (1, 2, 0.095, 0.905),
    ],
)
def test_interval_of_a_share(successes, trials, low, high):
    """Figures worked out by hand from Wilson's formula."""
    assert wilson(successes, trials) == pytest.approx((low, high), abs=0.001)


def test_comments_are_counted_by_what_became_of_them(wrote):
    decided(wrote("Un fouzou."))
    decided(wrote("Des fouzous."))
    decided(wrote("Le fouzou.", published=True), Action.PUBLISH)
    wrote("Ce f0uzou.")
    wrote("F.o.u.z.o.u !", published=True)
    wrote("Un avis.")
    trial = try_term(FOUZOU, among=1000)
    assert (trial.examined, trial.asked, len(trial.raised)) == (6, 6, 5)
    verdicts = trial.raised.verdicts
    assert (verdicts.hidden, verdicts.published) == (2, 1)
    assert (verdicts.waiting, verdicts.unjudged) == (1, 1)
    assert verdicts.precision == pytest.approx(2 / 3)
    assert trial.forms == ("fouzou", "fouzoue", "fouzoues", "fouzous")


def test_only_a_decision_that_stands_on_this_text_counts(wrote):
    undone, edited, held, again = (wrote(f"Un fouzou {n}.") for n in range(4))
    undo(decided(undone), by=ModeratorFactory())
    decided(edited)
    add_revision(edited, "Un fouzou corrigé.")
    decided(held)
    decided(held, Action.HOLD)
    decided(again, Action.PUBLISH)
    decided(again)
    verdicts = try_term(FOUZOU, among=1000).raised.verdicts
    assert (verdicts.hidden, verdicts.judged) == (1, 1)


def test_deleted_comments_and_former_texts_are_left_out(wrote):
    gone, edited = wrote("Un fouzou."), wrote("Un fouzou.")
    assert len(try_term(FOUZOU, among=1000).raised) == 2
    set_status(gone, Comment.Status.DELETED)
    add_revision(edited, "Un avis.")
    trial = try_term(FOUZOU, among=1000)
    assert (trial.examined, len(trial.raised)) == (1, 0)


def test_the_latest_comments_come_first(wrote):
    for number in range(4):
        wrote(f"Le fouzou {number}.")
    trial = try_term(FOUZOU, among=2)
    assert trial.examined == 2
    assert [each.text for each in trial.raised.examples] == [
        "Le fouzou 3.",
        "Le fouzou 2.",
    ]


def test_only_so_many_are_shown_in_full(wrote, monkeypatch):
    monkeypatch.setattr(lab, "SHOWN", 3)
    for number in range(5):
        wrote(f"Le fouzou {number}.")
    trial = try_term(FOUZOU, among=1000)
    assert (len(trial.raised), len(trial.raised.examples)) == (5, 3)


def test_new_is_what_no_other_term_flags(wrote):
    wrote("Quel fouzou.")
    wrote("Quel fouzou, quel connard.")
    trial = try_term(FOUZOU, among=1000)
    assert (len(trial.raised), trial.alone) == (2, 1)


def test_a_kept_term_replaced_by_a_narrower_one(wrote):
    kept = Term.objects.create(text="fouzou", kind="insult")
    wrote("Le fouzou du pont.")
    wrote("Espèce de fouzou !")
    aimed = Entry("fouzou", tier="aimed", kind="label")
    trial = try_term(aimed, replacing=kept.as_entry(), among=1000)
    assert [e.text for e in trial.raised.examples] == ["Espèce de fouzou !"]
    assert [e.text for e in trial.dropped.examples] == ["Le fouzou du pont."]
    assert Term.objects.get() == kept
    assert trial.let_go


def test_time_runs_out(wrote, monkeypatch):
    for number in range(5):
        wrote(f"Le fouzou {number}.")
    seconds = count()
    monkeypatch.setattr(lab, "thread_time", lambda: float(next(seconds)))
    trial = try_term(FOUZOU, among=1000, seconds=3.5)
    assert (trial.examined, trial.asked, trial.finished) == (3, 5, False)
    assert len(trial.raised) == 3


def test_nobody_waits_too_long(wrote, monkeypatch):
    for number in range(5):
        wrote(f"Le fouzou {number}.")
    clock = count()
    monkeypatch.setattr(lab, "monotonic", lambda: 20.0 * next(clock))
    trial = try_term(FOUZOU, among=1000)
    assert (trial.examined, trial.finished) == (2, False)


def test_a_rule_that_is_switched_off_finds_nothing(wrote):
    wrote("Le fouzou.")
    assert len(try_term(FOUZOU, among=1000).raised) == 1
    RuleSetting.objects.create(rule="lexicon", enabled=False)
    trial = try_term(FOUZOU, among=1000)
    assert (len(trial.raised), trial.off) == (0, ("lexicon",))


@pytest.mark.parametrize("rows", [2, 30])
def test_queries_do_not_grow_with_the_comments(wrote, django_assert_num_queries, rows):
    for number in range(rows):
        decided(wrote(f"Le fouzou {number}."))
    with django_assert_num_queries(5):  # terms, rules, count, comments, decisions
        assert len(try_term(FOUZOU, among=1000).raised) == rows


def test_a_pattern_is_tried_alike(wrote):
    EditorPattern.objects.create(name="bof", regex="bof", explanation_fr="Bof.")
    decided(wrote("Zuuut alors !"))
    wrote("zut, bof")
    wrote("Un avis.")
    trial = try_pattern(Pattern("essai", "zu+t"), among=1000)
    assert (trial.examined, len(trial.raised), trial.alone) == (3, 2, 1)
    assert trial.raised.verdicts.hidden == 1
    marked = trial.raised.examples[-1]
    assert [match.text for match in marked.matches] == ["Zuuut"]
    with pytest.raises(PatternError):
        try_pattern(Pattern("essai", "(zut"), among=1000)


def test_a_pattern_in_the_place_of_another(wrote):
    kept = EditorPattern.objects.create(name="zut", regex="zut", explanation_fr="Zut.")
    wrote("zut, flute")
    trial = try_pattern(Pattern("essai", "flute"), replacing=kept, among=1000)
    assert [m.text for m in trial.raised.examples[0].matches] == ["flute"]
    assert [m.text for m in trial.dropped.examples[0].matches] == ["zut"]
    assert trial.alone == 1


def test_one_slow_text_is_told(wrote, monkeypatch):
    from moderation.rules import budget

    wrote("Le fouzou.")
    assert not try_term(FOUZOU, among=1000).incomplete
    monkeypatch.setattr(budget, "UNASKED", 0.0)
    monkeypatch.setattr(budget, "RULE_SECONDS", -1.0)
    assert try_term(FOUZOU, among=1000).incomplete == 1
