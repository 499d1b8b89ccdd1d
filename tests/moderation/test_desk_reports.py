"""Readers' reports on the moderators' desk: grouped, counted, filtered, unsigned."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from comments.services import add_revision, set_status
from moderation.models import QueueEntry, Report
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.deciding import decided

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/"
BY_READERS = {"lecteurs": "oui"}


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def page(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def own_page(comment):
    return reverse("moderation:comment", args=[comment.pk])


def cards(shown):
    return [
        int(card["id"].removeprefix("carte-")) for card in shown.select("[data-card]")
    ]


def flagged(**kwargs):
    comment = CommentFactory(published=True, **kwargs)
    QueueEntry.objects.create(
        comment=comment, rank=1, waiting_since=comment.received_at
    )
    return comment


def text_of(tag):
    return " ".join(tag.text.replace("\xa0", " ").split())


def test_a_card_groups_its_reports(desk):
    comment = CommentFactory(published=True)
    ReportFactory(comment=comment, kind="menace", explanation="C’est une <menace>.")
    ReportFactory.create_batch(6, comment=comment, kind="injure", explanation="شتيمة")
    shown = page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk}")
    assert "7 signalements" in text_of(shown.select_one(".desk-card-state"))
    group = shown.select_one(".desk-reports")
    assert "Signalé par 7 lecteurs :" in text_of(group)
    assert "Insulte ou grossièreté (6) · Menace" in text_of(group)
    words = group.select(".report-words")
    assert len(words) == 5
    assert all(word["dir"] == "auto" for word in words)
    assert words[0].text == "C’est une <menace>."
    more = group.find("a")
    assert text_of(more) == "Encore 2 signalements"
    assert more["href"] == f"{own_page(comment)}#signalements"
    listed = page(desk.get(own_page(comment))).select("#signalements ~ ol > li")
    assert len(listed) == 7


def test_the_kind_suggests_the_reason_where_no_rule_does(desk):
    comment = CommentFactory(published=True)
    ReportFactory(comment=comment, kind="menace")
    suggested = page(desk.get(QUEUE)).select_one("button.suggested")
    assert suggested["value"] == "menace"


def test_the_reporters_record_stands_beside(desk):
    reader = ReaderFactory()
    decided(ReportFactory(user=reader).comment)
    decided(ReportFactory(user=reader).comment, "publish")
    ReportFactory(user=reader)
    ReportFactory()
    ReportFactory(kind="mineurs", name="", email="")
    said = [text_of(li) for li in page(desk.get(QUEUE)).select(".desk-reported li")]
    assert "signalements de ce lecteur retenus : 1 sur 2" in said[0]
    assert "premier signalement de ce lecteur" in said[1]
    assert "sans signature" in said[2]


def test_a_report_of_an_earlier_text_says_so(desk):
    report = ReportFactory()
    assertNotContains(desk.get(QUEUE), "version précédente du texte")
    add_revision(report.comment, "Un texte corrigé.")
    set_status(report.comment, "published")
    assertContains(desk.get(QUEUE), "version précédente du texte")


class TestWhoReported:
    def test_is_shown_to_nobody_without_the_permission(self, desk):
        report = ReportFactory(name="Rita Khoury", email="rita@journal.example")
        for url in (QUEUE, own_page(report.comment), "/moderation/historique/"):
            response = desk.get(url)
            assertNotContains(response, "Rita Khoury")
            assertNotContains(response, "rita@journal.example")
        assertContains(desk.get(own_page(report.comment)), report.explanation)

    def test_is_shown_on_the_comments_own_page_with_it(self, desk, moderator):
        report = ReportFactory(name="Rita Khoury", email="rita@journal.example")
        moderator.user_permissions.add(Permission.objects.get(codename="view_reporter"))
        assertContains(desk.get(own_page(report.comment)), "Rita Khoury")
        assertContains(desk.get(own_page(report.comment)), "rita@journal.example")
        assertNotContains(desk.get(QUEUE), "Rita Khoury")
        assertNotContains(desk.get(QUEUE), "rita@journal.example")


class TestView:
    def test_has_its_count_and_holds_no_other(self, desk):
        other = flagged()
        reported = flagged()
        ReportFactory(comment=reported)
        pending = CommentFactory()
        QueueEntry.objects.create(
            comment=pending, rank=0, waiting_since=pending.received_at
        )
        ReportFactory(comment=pending)
        everything = page(desk.get(QUEUE))
        assert set(cards(everything)) == {other.pk, reported.pk, pending.pk}
        link = everything.select_one("[data-count=reported]").parent
        assert text_of(link) == "Signalés par des lecteurs 2"
        shown = page(desk.get(link["href"]))
        assert cards(shown) == [pending.pk, reported.pk]
        assert text_of(shown.select_one(".desk-views [aria-current=page]")).startswith(
            "Signalés par des lecteurs"
        )

    def test_combines_with_the_other_filters(self, desk):
        article = ArticleFactory()
        wanted = CommentFactory(article=article, published=True)
        for comment in (wanted, CommentFactory(published=True)):
            ReportFactory(comment=comment)
        flagged(article=article)
        shown = page(desk.get(QUEUE, {**BY_READERS, "article": article.pk}))
        assert cards(shown) == [wanted.pk]
        assert "1 commentaire répond aux filtres" in text_of(shown)
        for link in shown.select(".desk-views a")[:4]:
            assert f"article={article.pk}" in link["href"]
        both = page(desk.get(QUEUE, {**BY_READERS, "etat": "signales"}))
        assert len(cards(both)) == 2
        none = page(desk.get(QUEUE, {**BY_READERS, "etat": "attente"}))
        assert cards(none) == []

    def test_counts_come_back_with_each_decision(self, desk):
        report = ReportFactory()
        ReportFactory()
        answer = desk.post(
            reverse("moderation:decide", args=[report.comment_id]),
            {"action": "publish", "revision": report.revision_id},
            headers={"accept": "application/json"},
        )
        assert answer.json()["counts"] == {
            "pending": "0",
            "flagged": "1",
            "reported": "1",
        }

    def test_pages_follow_each_other(self, desk):
        comments = [ReportFactory().comment for _ in range(32)]
        first = page(desk.get(QUEUE, BY_READERS))
        second = page(desk.get(first.select_one("[rel=next]")["href"]))
        assert cards(first) + cards(second) == [c.pk for c in comments]


def test_queries_do_not_grow_with_reports(desk, django_assert_num_queries):
    for _ in range(3):
        ReportFactory(user=ReaderFactory())
    desk.get(QUEUE)
    with django_assert_num_queries(27):
        assert len(cards(page(desk.get(QUEUE)))) == 3
    for _ in range(6):
        comment = CommentFactory(published=True)
        ReportFactory.create_batch(4, comment=comment)
        ReportFactory(comment=comment, user=ReaderFactory())
    with django_assert_num_queries(27):
        assert len(cards(page(desk.get(QUEUE)))) == 9


def test_queries_of_the_comments_page_do_not_grow_either(desk):
    comment = CommentFactory(published=True)
    counts = []
    for _ in range(2):
        ReportFactory.create_batch(4, comment=comment)
        ReportFactory(comment=comment, user=ReaderFactory())
        decided(comment, "publish")
        ReportFactory.create_batch(2, comment=comment)
        desk.get(own_page(comment))
        with CaptureQueriesContext(connection) as captured:
            desk.get(own_page(comment))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_an_answered_report_stays_on_the_comments_page(desk):
    report = ReportFactory()
    decided(report.comment, "publish")
    assert cards(page(desk.get(QUEUE))) == []
    shown = page(desk.get(own_page(report.comment)))
    assert not shown.select(".desk-reports")
    (listed,) = shown.select("#signalements ~ ol > li")
    assert "non retenu" in text_of(listed)
    again = ReportFactory(comment=report.comment)
    card = page(desk.get(QUEUE)).select_one(f"#carte-{report.comment_id}")
    assert "gardé" in text_of(card.select_one(".desk-decisions"))  # TRUST S-15
    assert again.explanation in card.text


def test_the_comments_page_holds_a_hundred(desk):
    report = ReportFactory()
    Report.objects.bulk_create(
        Report(
            comment=report.comment,
            revision=report.revision,
            kind="injure",
            explanation="Il insulte.",
            name="Rita",
            email=f"rita{n}@journal.example",
        )
        for n in range(99)
    )
    shown = page(desk.get(own_page(report.comment)))
    assert "Les 100 plus récents" in text_of(shown)
    ReportFactory(comment=report.comment)
    shown = page(desk.get(own_page(report.comment)))
    assert len(shown.select("#signalements ~ ol > li")) == 100
