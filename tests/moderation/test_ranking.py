"""The score a comment gets, the order it makes, and that it does nothing else."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from comments.services import add_revision
from moderation.filters import QueueFilters
from moderation.models import Action, Decision, Flag, QueueEntry, Ranker, RankerScore
from moderation.queue import moderation_queue, queue_page
from moderation.ranking import activate, active_ranker, deactivate, likely_hidden_first
from moderation.services import decide, reimport_comment, submit_comment, undo
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    RankerFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db

BAD, GOOD = "Saperlipopette, saperlipopette.", "Merci bien, enfin."
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def ranker():
    return RankerFactory(active=True)


def submit(text, policy="a_priori"):
    article = ArticleFactory(comment_policy=policy)
    return submit_comment(article=article, author=ReaderFactory().commenter, text=text)


def by(moderator, comment, action):
    return decide(
        comment,
        action=action,
        by=moderator,
        after=comment.decisions.first().pk,
        revision=comment.revision_id,
        reason="injure" if action == Action.HIDE else "",
    )


def scores():
    return dict(RankerScore.objects.values_list("entry", "score"))


def rank_queue():
    out = StringIO()
    call_command("rank_queue", stdout=out)
    return out.getvalue()


# When a comment enters the queue


@pytest.mark.usefixtures("ranker")
def test_scored_on_entering_the_queue():
    bad, good = submit(BAD), submit(GOOD)
    published = submit(GOOD, policy="a_posteriori")
    assert set(scores()) == {bad.pk, good.pk}
    assert 0 < scores()[good.pk] < 500_000 < scores()[bad.pk] < 1_000_000
    assert published.status == "published"


@pytest.mark.usefixtures("ranker")
@pytest.mark.parametrize("policy", ["a_priori", "flagged_first", "a_posteriori"])
@pytest.mark.parametrize("text", [BAD, GOOD, "Quel connard."])
def test_a_score_decides_and_flags_nothing(policy, text):
    with_score = submit(text, policy)
    deactivate(active_ranker())
    without = submit(text, policy)
    assert with_score.status == without.status
    assert not RankerScore.objects.filter(entry=without.pk).exists()
    told = [
        (
            list(Flag.objects.filter(revision=c.revision).values_list("start", "rule")),
            list(c.decisions.values_list("action", "note", "status_after")),
            QueueEntry.objects.filter(comment=c).values_list("rank").first(),
        )
        for c in (with_score, without)
    ]
    assert told[0] == told[1]


def test_no_score_without_a_ranker_in_service():
    RankerFactory()
    submit(BAD)
    assert scores() == {}


@pytest.mark.parametrize(
    "weights", [b"", b"rien", pytest.param(b"PK\x03\x04" + b"\0" * 50, id="zip")]
)
def test_damaged_weights_lose_no_comment(caplog, weights):
    RankerFactory(active=True, weights=weights)
    comment = submit(BAD)
    assert QueueEntry.objects.filter(comment=comment).exists()
    assert scores() == {}
    assert f"ranking of comment {comment.pk} failed" in caplog.text
    assert "UnreadableRanker" in caplog.text


@pytest.mark.usefixtures("ranker")
def test_a_failing_query_loses_no_comment(monkeypatch, caplog):
    def broken(*args, **kwargs):
        Decision.objects.raw("SELECT nothing FROM nowhere")[0]

    monkeypatch.setattr(RankerScore.objects, "bulk_create", broken)
    comment = submit(BAD)
    assert comment.decisions.count() == 1
    assert scores() == {}
    assert "ranking of comment" in caplog.text


@pytest.mark.usefixtures("ranker")
def test_the_score_goes_with_the_entry_and_comes_back():
    comment, moderator = submit(BAD), ModeratorFactory()
    before = scores()
    hiding = by(moderator, comment, Action.HIDE)
    assert scores() == {}
    undo(hiding, by=moderator)
    assert scores() == before != {}


@pytest.mark.usefixtures("ranker")
def test_a_changed_text_has_another_score():
    comment = submit(BAD)
    before = scores()[comment.pk]
    comment.refresh_from_db()
    reimport_comment(comment, GOOD)
    assert scores()[comment.pk] < before
    assert RankerScore.objects.get().revision.text == GOOD


# The order


def wait(minutes, score=None, rank=QueueEntry.Rank.PENDING, ranker=None):
    comment = CommentFactory()
    entry = QueueEntry.objects.create(
        comment=comment, rank=rank, waiting_since=NOON + timedelta(minutes=minutes)
    )
    if score is not None:
        RankerScore.objects.create(
            entry=entry, revision=comment.revision, ranker=ranker, score=score
        )
    return comment


def test_the_likely_hidden_first_then_those_without_a_score(ranker):
    other = RankerFactory()
    unscored_late = wait(9)
    unscored_early = wait(1)
    of_another = wait(2, 999_999, ranker=other)
    shown_unscored = wait(0, rank=QueueEntry.Rank.FLAGGED)
    low, zero = wait(3, 10, ranker=ranker), wait(0, 0, ranker=ranker)
    high_late, high_early = (wait(m, 900_000, ranker=ranker) for m in (8, 7))
    shown = wait(4, 950_000, QueueEntry.Rank.FLAGGED, ranker)
    certain = wait(5, 1_000_000, ranker=ranker)
    older_text = wait(6, 999_000, ranker=ranker)
    add_revision(older_text, "Un texte corrigé.")
    found = [e.comment for e in likely_hidden_first(moderation_queue(), ranker)]
    scored = [certain, shown, high_early, high_late, low, zero]
    unscored = [unscored_early, of_another, older_text, unscored_late, shown_unscored]
    assert found == scored + unscored
    usual = [entry.comment for entry in moderation_queue()]
    assert usual[0] == zero
    assert set(usual) == set(found)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
def test_pages_hold_everything_once(ranker, size):
    for number in range(12):
        score = (None, 500_000, number, 999_983)[number % 4]
        wait(number // 3, score, QueueEntry.Rank(number % 2), ranker)
    whole = [e.pk for e in likely_hidden_first(moderation_queue(), ranker)]
    seen, after = [], ""
    for _page in range(15):
        page = queue_page(QueueFilters(), after=after, size=size, ranker=ranker)
        seen += [entry.pk for entry in page.entries]
        after = page.next_after
        if not after:
            break
    assert seen == whole
    assert len(whole) == 12


def test_the_cursor_of_the_other_order_is_the_start(ranker):
    comments = {wait(n, n, ranker=ranker).pk for n in range(3)}
    for one, other in ((None, ranker), (ranker, None)):
        after = queue_page(QueueFilters(), size=1, ranker=one).next_after
        assert after
        page = queue_page(QueueFilters(), after=after, ranker=other)
        assert {entry.pk for entry in page.entries} == comments


def test_filters_hold_in_both_orders(ranker):
    wanted = wait(1, 5, QueueEntry.Rank.FLAGGED, ranker)
    wait(2, 9, ranker=ranker)
    filters = QueueFilters(rank=QueueEntry.Rank.FLAGGED)
    found = queue_page(filters, ranker=ranker).entries
    assert [entry.comment for entry in found] == [wanted]


# In service


def test_one_in_service_at_a_time(ranker):
    other = RankerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ranker.objects.filter(pk=other.pk).update(active=True)
    assert active_ranker() == ranker
    activate(other)
    assert list(Ranker.objects.active()) == [other]
    deactivate(other)
    assert active_ranker() is None


# `rank_queue`


def test_rank_queue_scores_what_waits_already():
    bad, good = submit(BAD), submit(GOOD)
    with pytest.raises(CommandError, match="Aucun classement appris"):
        rank_queue()
    ranker = RankerFactory(active=True)
    assert f"[1] {bad.pk} : classé" in rank_queue()
    assert set(scores()) == {bad.pk, good.pk}
    assert "0 commentaire" in rank_queue()  # nothing is left to do
    found = likely_hidden_first(moderation_queue(), ranker)
    assert [entry.comment for entry in found] == [bad, good]


def test_rank_queue_after_a_change(ranker):
    first, second = submit(BAD), submit(BAD)
    add_revision(first, GOOD)
    assert "1 commentaire " in rank_queue()
    assert scores()[first.pk] < scores()[second.pk]
    activate(RankerFactory())
    assert "2 commentaires " in rank_queue()
    assert not RankerScore.objects.filter(ranker=ranker).exists()


def test_rank_queue_with_damaged_weights():
    submit(BAD)
    RankerFactory(active=True, weights=b"rien")
    with pytest.raises(CommandError, match="illisibles"):
        rank_queue()
