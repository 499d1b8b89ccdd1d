"""The desk's filters, through its address: what waits, and every comment."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.models import Action, QueueEntry
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    ModeratorFactory,
)
from tests.moderation.desk import QUEUE, keys, page, ruled, shown, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


# Each alone


def test_section(desk):
    here, there = wait(), wait()
    assert shown(desk) == keys(here, there)
    assert shown(desk, rubrique=here.article.section_id) == keys(here)
    assert shown(desk, rubrique=there.article.section_id) == keys(there)


def test_state(desk):
    pending = wait(days=1)
    flagged = wait(rank=QueueEntry.Rank.FLAGGED, days=2)
    calm = CommentFactory(published=True, received_at=timezone.now())
    hidden = CommentFactory(hidden=True, received_at=timezone.now() - timedelta(days=3))
    CommentFactory(status="deleted")
    assert shown(desk) == keys(pending, flagged)
    assert shown(desk, etat="attente") == keys(pending)
    assert shown(desk, etat="signales") == keys(flagged)
    assert shown(desk, etat="publies") == keys(calm, flagged)
    assert shown(desk, etat="masques") == keys(hidden)
    assert shown(desk, etat="tous") == keys(calm, pending, flagged, hidden)


def test_time_received(desk, settings):
    settings.TIME_ZONE = "UTC"
    old, recent = wait(days=9), wait(days=1)
    between = (timezone.now() - timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    assert shown(desk) == keys(old, recent)
    assert shown(desk, depuis=between) == keys(recent)
    assert shown(desk, avant=between) == keys(old)
    assert shown(desk, depuis=between, avant=between) == []


@pytest.mark.parametrize(
    ("text", "has_link"),
    [
        ("Voir https://exemple.org/page.", True),
        ("Voir HTTP://EXEMPLE.ORG", True),
        ("Voir www.exemple.org", True),
        ("Un avis sans rien.", False),
        ("Un wwww et un lien.", False),
    ],
)
def test_links(desk, text, has_link):
    comment = wait(text=text)
    assert shown(desk) == keys(comment)
    assert shown(desk, lien="on") == (keys(comment) if has_link else [])
    assert shown(desk, lien="on", etat="tous") == shown(desk, lien="on")


def test_newcomers_are_those_with_few_published_comments(desk):
    first = wait()
    known = CommenterFactory()
    CommentFactory.create_batch(3, author=known, published=True)
    CommentFactory.create_batch(3, author=first.author, hidden=True)
    fourth = wait(author=known)
    assert shown(desk) == keys(first, fourth)
    assert shown(desk, nouveaux=1) == keys(first)
    assert shown(desk, nouveaux=3) == keys(first)
    assert shown(desk, nouveaux=4) == keys(first, fourth)


def test_decided_by(desk, moderator):
    other = ModeratorFactory()
    mine = ruled(wait(), Action.HIDE, moderator, "injure")
    theirs = ruled(wait(), Action.PUBLISH, other)
    both = ruled(ruled(wait(), Action.HOLD, other), Action.HOLD, moderator)
    nobody = wait()
    everything = keys(nobody, both, theirs, mine)
    assert shown(desk, etat="tous") == everything
    assert shown(desk, etat="tous", par="moi") == keys(both, mine)
    assert shown(desk, etat="tous", par=other.pk) == keys(both, theirs)
    assert shown(desk, par="moi") == keys(both)  # it waits again


def test_a_moderator_who_left_can_still_be_asked_for(desk):
    former = ModeratorFactory()
    comment = ruled(wait(), Action.HOLD, former)
    former.groups.clear()
    assert shown(desk, par=former.pk) == keys(comment)


def test_flags_of_comments_that_do_not_wait(desk):
    grave = wait(flags=[("insult", "high", "lexicon")])
    mild = wait(flags=[("insult", "low", "lexicon"), ("shouting", "high", "capitals")])
    QueueEntry.objects.all().delete()
    assert shown(desk, categorie="insult") == []
    found = {"etat": "tous", "categorie": "insult"}
    assert shown(desk, **found) == keys(mild, grave)
    assert shown(desk, **found, gravite="high") == keys(grave)
    assert shown(desk, **found, regle="capitals") == []


# Combined


def test_filters_combine(desk, moderator):
    """Every pair of filters finds what both find alone."""
    author, article = CommenterFactory(name="Zoé"), ArticleFactory()
    wanted = wait(
        article=article,
        author=author,
        text="Voir https://exemple.org coquelicot",
        flags=[("insult", "high", "lexicon")],
        days=1,
    )
    ruled(wanted, Action.HOLD, moderator)
    wait(flags=[("insult", "high", "lexicon")], text="un coquelicot", days=9)
    wait(author=author, flags=[("link", "low", "link")], text="https://exemple.org")
    wait(article=article, rank=QueueEntry.Rank.FLAGGED)
    ruled(wait(text="coquelicot", days=2), Action.HOLD, moderator)
    since = timezone.localtime() - timedelta(days=3)
    filters = {
        "article": article.pk,
        "rubrique": article.section_id,
        "categorie": "insult",
        "gravite": "high",
        "regle": "lexicon",
        "auteur": "zoe",
        "depuis": since.strftime("%Y-%m-%dT%H:%M"),
        "lien": "on",
        "par": "moi",
        "nouveaux": "1",
        "q": "coquelicots",
    }
    alone = {name: set(shown(desk, **{name: v})) for name, v in filters.items()}
    assert all(wanted.pk in found for found in alone.values())
    assert all(len(found) < 5 for found in alone.values())
    for one, two in itertools.combinations(filters, 2):
        both = set(shown(desk, **{name: filters[name] for name in (one, two)}))
        assert both == alone[one] & alone[two], (one, two)
    assert shown(desk, **filters) == [wanted.pk]
    everywhere = {**filters, "etat": "tous"}
    assert shown(desk, **everywhere) == [wanted.pk]


@pytest.mark.parametrize(
    "query",
    [
        {"rubrique": "x"},
        {"rubrique": "9" * 30},
        {"depuis": "hier"},
        {"avant": "2026-99-99T00:00"},
        {"nouveaux": "0"},
        {"nouveaux": "9" * 40},
        {"par": "999999"},
        {"par": "٣"},
        {"q": "a" * 300},
        {"q": "\x00"},
    ],
)
def test_a_filter_that_means_nothing_is_told_and_ignored(desk, query):
    comment = wait()
    seen = page(desk.get(QUEUE, query))
    assert seen.select_one(f"#carte-{comment.pk}")
    assert len(seen.select(".desk-filters .errorlist li")) == 1
