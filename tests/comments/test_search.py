"""Search over articles and comments: the same sets on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from articles.listing import BadCursor
from articles.models import Article, ArticleTerms
from articles.search import results
from articles.search.analysis import parse_query
from articles.search.index import index_article
from articles.search.matching import COUNTED
from articles.search.results import count_articles, search_articles
from comments import search
from comments.models import Comment, CommentTerms
from comments.search import are_rare, count_comments, search_comments
from comments.services import add_revision, set_status
from tests.factories import ArticleFactory, CommentFactory

TEXTS = {
    "economy": "L’économie québécoise va mal.",
    "savings": "Des économies ? Les Québécois n’en font pas !",
    "pupil": "Un élève de l’école d'à côté.",
    "pupil_decomposed": "UN E\u0301LE\u0300VE parle.",
    "heart": "Le cœur de la nation.",
    "hearts": "Deux coeurs brisés",
    "citizen": "Chaque citoyen compte",
    "citizens": "CITOYENS, aux urnes ! Qu’ils votent.",
    "state": "L’ÉTAT, c’est moi ; en 2015 déjà",
    "states": "les Etats-Unis d'Amérique",
    "arabic": "الحرب في سوريا",
    "arabic_vowels": "حَرْبٌ بلا نهاية",
    "operators": "and or near not: 100 % sûr_ement * (voire) | & !",
    "hitler": "Ce petit Hitler.",
    "hitler_apart": "Hitler le petit.",
}
ASKED = {
    "economie": {"economy", "savings"},
    "économies québécoises": {"economy", "savings"},
    "QUEBECOIS": {"economy", "savings"},
    "élève": {"pupil", "pupil_decomposed"},
    "eleves": {"pupil", "pupil_decomposed"},
    "coeur": {"heart", "hearts"},
    "cœur": {"heart", "hearts"},
    "l’économie": {"economy", "savings"},
    "l'economie": {"economy", "savings"},
    "qu'ils": {"citizens"},
    "citoyen": {"citizen", "citizens"},
    "citoyens": {"citizen", "citizens"},
    "ETAT": {"state", "states"},
    "États-Unis": {"states"},
    "2015": {"state"},
    "201": set(),
    "école élève": {"pupil"},
    "élève absent": set(),
    "الحرب": {"arabic", "arabic_vowels"},
    "حرب سوريا": {"arabic"},
    "AND": {"operators"},
    "near(and, or)": {"operators"},
    "100%": {"operators"},
    "sur*": {"operators"},
    "petit hitler": {"hitler", "hitler_apart"},
    '"petit Hitler"': {"hitler"},
    "« petit Hitler »": {"hitler"},
    '"Hitler petit"': set(),
    '"le petit" hitler': {"hitler_apart"},
    '"tit Hitl"': set(),
}


@pytest.fixture
def comments(db: None) -> dict[int, str]:
    article = ArticleFactory(title="Tout autre chose")
    return {
        CommentFactory(article=article, published=True, text=text).pk: name
        for name, text in TEXTS.items()
    }


def found_comments(asked: str) -> list[int]:
    return [row.pk for row in search_comments(parse_query(asked)).rows]


def found_articles(asked: str) -> list[int]:
    return [row.pk for row in search_articles(parse_query(asked)).rows]


@pytest.mark.parametrize(("asked", "expected"), ASKED.items())
def test_comments_found(
    comments: dict[int, str], asked: str, expected: set[str]
) -> None:
    assert {comments[pk] for pk in found_comments(asked)} == expected
    assert count_comments(parse_query(asked)) == len(expected)


def test_articles_found_by_all_their_texts(db: None) -> None:
    names = {
        ArticleFactory(title=f"Numéro {n}", paragraphs=["Rien.", text]).pk: name
        for n, (name, text) in enumerate(TEXTS.items())
    }
    for asked, expected in ASKED.items():
        assert {names[pk] for pk in found_articles(asked)} == expected, asked
        assert count_articles(parse_query(asked)) == len(expected)


@pytest.mark.parametrize("field", ["title", "kicker", "lede", "image_caption"])
def test_articles_found_by_their_heading_and_caption(db: None, field: str) -> None:
    article = ArticleFactory(**{field: "Le coquelicot"})
    assert found_articles("coquelicots") == [article.pk]


def test_articles_come_by_title_then_newest_first(db: None) -> None:
    def published(day: int, **texts: Any) -> int:
        moment = datetime(2026, 3, day, tzinfo=UTC)
        return int(ArticleFactory(published_at=moment, **texts).pk)

    by_text = published(9, paragraphs=["le coquelicot rouge"])
    old_title = published(1, title="Coquelicots rouges")
    new_title = published(5, title="Un coquelicot, rouge")
    half_title = published(7, title="Coquelicot", lede="rouge")
    assert found_articles("coquelicot rouge") == [
        new_title,
        old_title,
        by_text,
        half_title,
    ]


def test_comments_come_newest_first_also_without_a_known_time(db: None) -> None:
    article = ArticleFactory()
    day = datetime(2015, 9, 18, tzinfo=UTC)
    unknown = CommentFactory(article=article, published=True)
    Comment.objects.filter(pk=unknown.pk).update(created_at=None)
    written = [
        CommentFactory(article=article, published=True, created_at=day + timedelta(n))
        for n in (2, 0, 1)
    ]
    call_command("reindex", verbosity=0)
    assert found_comments("avis") == [
        unknown.pk,
        written[0].pk,
        written[2].pk,
        written[1].pk,
    ]


def test_pages_of_comments_hold_each_once(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PAGE_SIZE", 3)
    article = ArticleFactory()
    day = datetime(2026, 3, 1, tzinfo=UTC)
    # Several of the same microsecond, as an import makes them
    made = [
        CommentFactory(
            article=article, published=True, created_at=day + timedelta(days=n // 4)
        ).pk
        for n in range(11)
    ]
    pages, after = [], ""
    while True:
        page = search_comments(parse_query("avis"), after=after)
        pages.append([row.pk for row in page.rows])
        after = page.next_after
        if not after:
            break
    assert [len(page) for page in pages] == [3, 3, 3, 2]
    assert [pk for page in pages for pk in page] == sorted(made, reverse=True)


def test_pages_of_articles_hold_each_once(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PAGE_SIZE", 2)
    titled = [ArticleFactory(title=f"Coquelicot {n}").pk for n in range(3)]
    others = [ArticleFactory(paragraphs=["coquelicot"]).pk for _n in range(4)]
    seen: list[int] = []
    after, pages = "", 0
    while pages == 0 or after:
        page = search_articles(parse_query("coquelicot"), after=after)
        seen += [row.pk for row in page.rows]
        after, pages = page.next_after, pages + 1
    assert pages == 4
    assert seen == [*reversed(titled), *reversed(others)]


@pytest.mark.parametrize(
    "after", ["x", "1.2", "2.0-1", "1.0-0x", "0-0-0", "\x00", "٣.0-1", "0." + "9" * 40]
)
def test_places_that_no_page_gave(db: None, after: str) -> None:
    with pytest.raises(BadCursor):
        search_articles(parse_query("mot"), after=after)
    with pytest.raises(BadCursor):
        search_comments(parse_query("mot"), after=after)


def test_only_published_comments_of_published_articles(db: None) -> None:
    comment = CommentFactory(text="un coquelicot")
    assert found_comments("coquelicot") == []
    for status, expected in (
        ("published", [comment.pk]),
        ("hidden", []),
        ("published", [comment.pk]),
        ("deleted", []),
        ("published", [comment.pk]),
        ("pending", []),
        ("published", [comment.pk]),
    ):
        set_status(comment, Comment.Status(status))
        assert found_comments("coquelicot") == expected
        assert count_comments(parse_query("coquelicot")) == len(expected)
    Article.objects.update(status=Article.Status.DRAFT)
    assert found_comments("coquelicot") == []
    assert count_comments(parse_query("coquelicot")) == 0


def test_only_published_articles(db: None) -> None:
    article = ArticleFactory(title="Coquelicot", status=Article.Status.DRAFT)
    assert found_articles("coquelicot") == []
    Article.objects.update(status=Article.Status.PUBLISHED)
    assert found_articles("coquelicot") == [article.pk]


def test_an_edited_comment_is_found_by_its_new_text_only(db: None) -> None:
    comment = CommentFactory(text="un coquelicot", published=True)
    assert found_comments("coquelicot") == [comment.pk]
    add_revision(comment, "une pivoine")
    assert found_comments("pivoine") == []  # pending again
    set_status(comment, Comment.Status.PUBLISHED)
    assert found_comments("pivoine") == [comment.pk]
    assert found_comments("coquelicot") == []


def test_a_changed_article_is_found_by_its_new_texts_only(db: None) -> None:
    article = ArticleFactory(title="Coquelicot")
    article.title = "Pivoine"
    article.save()
    index_article(article)
    assert (found_articles("coquelicot"), found_articles("pivoine")) == (
        [],
        [article.pk],
    )


def test_a_deleted_article_leaves_the_index(db: None) -> None:
    article = ArticleFactory(title="Coquelicot")
    assert found_articles("coquelicot") == [article.pk]
    article.delete()
    assert found_articles("coquelicot") == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_articleterms_index (articles_articleterms_index)"
                " VALUES ('integrity-check')"
            )


def test_reindex_makes_the_same_index_again(db: None) -> None:
    article = ArticleFactory(title="Coquelicot", paragraphs=["Une pivoine", "rouge"])
    comments = [
        CommentFactory(article=article, text=text, published=True)
        for text in TEXTS.values()
    ]
    before = list(CommentTerms.objects.order_by("pk").values_list())
    articles_before = list(ArticleTerms.objects.values_list())
    CommentTerms.objects.all().delete()
    ArticleTerms.objects.all().delete()
    assert found_comments("citoyen") == []
    for _run in range(2):
        call_command("reindex", verbosity=0)
        assert list(CommentTerms.objects.order_by("pk").values_list()) == before
        assert list(ArticleTerms.objects.values_list()) == articles_before
    assert len(found_comments("citoyen")) == 2
    assert len(before) == len(comments)


def test_reindex_works_in_batches(db: None) -> None:
    article = ArticleFactory()
    for _number in range(5):
        CommentFactory(article=article)
    assert list(search.reindex_comments(batch=2)) == [2, 4, 5]


def test_counts_stop_at_a_bound(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert COUNTED == 1000
    monkeypatch.setattr(search, "COUNTED", 2)
    article = ArticleFactory()
    for _number in range(5):
        CommentFactory(article=article, published=True)
    assert count_comments(parse_query("avis")) == 3


def test_words_are_rare_among_the_latest_comments(
    db: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(search, "FREQUENT", 2)
    began = datetime(2026, 1, 1, tzinfo=UTC)
    for number, text in enumerate(["Un avis rare.", "Un avis.", "Un avis.", "Un mot."]):
        at = began + timedelta(hours=number)
        CommentFactory(text=text, created_at=at, received_at=at)
    with django_assert_num_queries(2):
        assert not are_rare(parse_query("avis"))
    assert are_rare(parse_query("rare"))
    assert are_rare(parse_query("mot"))
    monkeypatch.setattr(search, "LATEST", 2)
    assert are_rare(parse_query("avis"))
    monkeypatch.setattr(search, "LATEST", 3)
    assert not are_rare(parse_query("avis"))


def test_queries_are_few_whatever_the_number_of_results(
    db: None, django_assert_num_queries: Any
) -> None:
    def cost() -> None:
        with django_assert_num_queries(2):
            for row in search_articles(parse_query("coquelicot")).rows:
                assert row.article.section.name
                assert [block.text for block in row.article.blocks.all()]
        with django_assert_num_queries(1):
            for found in search_comments(parse_query("coquelicot")).rows:
                comment = found.comment
                assert comment.author.name
                assert comment.revision
                assert comment.revision.text
                assert comment.article.title

    for _round in range(2):
        for _number in range(3):
            article = ArticleFactory(paragraphs=["coquelicot"])
            CommentFactory(article=article, text="coquelicot", published=True)
        cost()


@pytest.mark.django_db(transaction=True)
def test_the_index_survives_the_flush_of_real_transactions() -> None:
    comment = CommentFactory(text="un coquelicot", published=True)
    assert found_comments("coquelicot") == [comment.pk]
    call_command("flush", interactive=False, verbosity=0)
    assert found_comments("coquelicot") == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM comments_commentterms_index "
                "WHERE comments_commentterms_index MATCH 'coquelicot'"
            )
            assert cursor.fetchone() == (0,)
    again = CommentFactory(text="un coquelicot", published=True)
    assert found_comments("coquelicot") == [again.pk]
