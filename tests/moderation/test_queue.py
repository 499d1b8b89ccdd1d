"""What waits, in which order, and how it is filtered and paged."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from moderation.facets import queue_facets
from moderation.filters import QueueFilters
from moderation.models import Decision, Flag, QueueEntry
from moderation.queue import (
    author_records,
    decision_history,
    latest_among,
    moderation_queue,
    queue_page,
    waiting_counts,
)
from moderation.reasons import ReasonCode, suggested_reason
from moderation.services import reimport_comment
from tests.factories import ArticleFactory, CommenterFactory, CommentFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PENDING, FLAGGED = QueueEntry.Rank.PENDING, QueueEntry.Rank.FLAGGED


def wait(minutes=0, rank=PENDING, **kwargs):
    """A comment that has waited since ``minutes`` past noon."""
    status = "pending" if rank == PENDING else "published"
    comment = CommentFactory(status=status, **kwargs)
    QueueEntry.objects.create(
        comment=comment, rank=rank, waiting_since=NOON + timedelta(minutes=minutes)
    )
    return comment


def flag(comment, category="insult", rule="lexicon", severity="medium", revision=None):
    Flag.objects.create(
        revision=revision or comment.revision,
        rule=rule,
        rule_version=1,
        category=category,
        severity=severity,
        start=0,
        end=2,
        text="Un",
        explanation={"fr": "Parce que."},
    )
    for entry in QueueEntry.objects.filter(comment=comment):
        entry.save()
    return comment


def found(**filters):
    return [entry.comment for entry in queue_page(QueueFilters(**filters)).entries]


def test_pending_first_then_the_longest_wait():
    flagged_long_ago = wait(0, FLAGGED)
    late, early = wait(9), wait(5)
    CommentFactory(published=True)  # nothing to decide about it
    assert [e.comment for e in moderation_queue()] == [early, late, flagged_long_ago]
    assert waiting_counts() == {"pending": 2, "flagged": 1, "reported": 0}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
def test_pages_hold_everything_once(size):
    """Entries of the same moment too."""
    for number in range(7):
        wait(number // 3, PENDING if number % 2 else FLAGGED)
    whole = [entry.pk for entry in moderation_queue()]
    seen, after = [], ""
    for _page in range(10):
        page = queue_page(QueueFilters(), after=after, size=size)
        assert len(page.entries) <= size
        seen += [entry.pk for entry in page.entries]
        after = page.next_after
        if not after:
            break
    assert seen == whole
    assert len(whole) == 7


def test_next_page_after_the_first_was_decided():
    comments = [wait(number) for number in range(4)]
    page = queue_page(QueueFilters(), size=2)
    QueueEntry.objects.filter(comment__in=comments[:2]).delete()
    rest = queue_page(QueueFilters(), after=page.next_after, size=2)
    assert [entry.comment for entry in rest.entries] == comments[2:]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "0",
        "0.1.1",
        "2.3.1.1",
        "0.4.1.1",
        "0.3.-1.1",
        "0.3.1.1.1",
        "0.3.٣.1",
        "9" * 30,
    ],
)
def test_unknown_cursor_is_the_start(cursor):
    comment = wait()
    page = queue_page(QueueFilters(), after=cursor)
    assert [entry.comment for entry in page.entries] == [comment]


def test_furthest_cursor_is_the_end():
    wait()
    after = f"1.3.{10**17 - 1}.{10**18 - 1}"
    assert queue_page(QueueFilters(), after=after).entries == []


def test_filters_combine():
    article, author = ArticleFactory(), CommenterFactory(name="Élodie")
    wanted = flag(wait(article=article, author=author), severity="high")
    elsewhere = flag(wait(author=author), severity="high")
    by_another = flag(wait(article=article), severity="high")
    mild = flag(wait(article=article, author=author), severity="low")
    shouted = flag(wait(article=article, author=author), "shouting", "capitals", "high")
    shown = flag(wait(rank=FLAGGED, article=article, author=author), severity="high")
    everything = {wanted, elsewhere, by_another, mild, shouted, shown}
    assert set(found()) == everything
    assert set(found(article=article.pk)) == everything - {elsewhere}
    assert set(found(author="elodie")) == everything - {by_another}
    assert set(found(category="insult")) == everything - {shouted}
    assert set(found(rule="capitals")) == {shouted}
    assert set(found(severity="low")) == {mild}
    assert set(found(rank=FLAGGED)) == {shown}
    assert found(
        article=article.pk,
        author="ÉLOD",
        category="insult",
        rule="lexicon",
        severity="high",
        rank=PENDING,
    ) == [wanted]


def test_one_flag_must_meet_all_that_is_asked():
    comment = flag(wait(), "insult", severity="low")
    flag(comment, "shouting", "capitals", "high")
    assert found(category="insult", severity="low") == [comment]
    assert found(category="insult", severity="high") == []


def test_flags_of_a_replaced_text_do_not_count():
    comment = flag(wait())
    assert found(category="insult") == [comment]
    reimport_comment(comment, "Un texte corrigé.")
    assert found() == [comment]
    assert found(category="insult") == []


@pytest.mark.parametrize("author", ["%", "_", "!", "'", "\\"])
def test_odd_signs_in_an_author_match_themselves(author):
    wait(author=CommenterFactory(name="Rita"))
    assert found(author=author) == []


def test_facets_hold_only_what_waits():
    busy, calm = ArticleFactory(title="Agité"), ArticleFactory(title="Calme")
    wait(article=calm)
    flag(wait(article=busy), "insult", "lexicon", "high")
    wait(article=busy)
    flag(CommentFactory(published=True), "shouting", "capitals", "low")
    facets = queue_facets()
    told = [(a.article, a.title, a.waiting) for a in facets.articles]
    assert told == [(busy.pk, "Agité", 2), (calm.pk, "Calme", 1)]
    assert facets.marks.categories == {"insult": 1}
    assert facets.marks.rules == {"lexicon": 1}
    assert facets.marks.severities == {"high": 1}


def test_entries_made_together_have_their_copies(django_assert_num_queries):
    author = CommenterFactory()
    CommentFactory(author=author, published=True)
    comments = [flag(CommentFactory(author=author)) for _ in range(3)]
    entries = [QueueEntry(comment=c, rank=0, waiting_since=NOON) for c in comments]
    with django_assert_num_queries(3):
        QueueEntry.objects.bulk_create(entries)
    flag(comments[0], "link", "link", "low")
    QueueEntry.objects.bulk_create(
        [QueueEntry(comment=comments[0], rank=1, waiting_since=NOON)],
        update_conflicts=True,
        unique_fields=["comment"],
        update_fields=["rank"],
    )
    stored = QueueEntry.objects.order_by("pk")
    assert list(stored.values_list("rank", "marks", "author_published")) == [
        (1, " insult.medium.lexicon link.low.link ", 1),
        (0, " insult.medium.lexicon ", 1),
        (0, " insult.medium.lexicon ", 1),
    ]
    assert {(e.article_id, e.author_id) for e in stored} == {
        (c.article_id, c.author_id) for c in comments
    }


def test_entries_from_before_their_copies_are_filled():
    author = CommenterFactory()
    CommentFactory.create_batch(2, author=author, published=True)
    flag(flag(wait(author=author)), "link", "link", "low")
    wait()
    copies = ("pk", "article", "author", "marks", "author_published")
    made = list(QueueEntry.objects.order_by("pk").values_list(*copies))
    assert [row[-2:] for row in made] == [
        (" insult.medium.lexicon link.low.link ", 2),
        ("", 0),
    ]
    QueueEntry.objects.update(marks="", author_published=0)
    migration = import_module("moderation.migrations.0012_fill_queue_copies")
    migration.fill(apps, None)
    assert list(QueueEntry.objects.order_by("pk").values_list(*copies)) == made


def test_author_records(django_assert_num_queries):
    author, other = CommenterFactory(), CommenterFactory()
    for status in ("published", "published", "hidden"):
        CommentFactory(author=author, status=status)
    with django_assert_num_queries(1):
        records = author_records([author.pk, other.pk])
    assert records == {author.pk: {"published": 2, "hidden": 1}, other.pk: {}}


def test_history_knows_what_was_decided_again():
    comment = CommentFactory()
    first, second = (
        Decision.objects.create(
            comment=comment,
            revision=comment.revision,
            action="publish",
            status_before="pending",
            status_after="published",
        )
        for _ in range(2)
    )
    shown = list(decision_history())
    assert shown == [second, first]
    assert latest_among(shown) == latest_among([first]) == {second.pk}


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ([], None),
        ([("shouting", "low")], ReasonCode.CRI),
        ([("punctuation", "low"), ("insult", "low")], ReasonCode.INJURE),
        ([("shouting", "high"), ("insult", "medium")], ReasonCode.CRI),
        ([("insult", "medium"), ("epithet", "medium")], ReasonCode.EPITHETE),
    ],
)
def test_the_gravest_flag_suggests_the_reason(flags, reason):
    assert suggested_reason(flags) == reason
