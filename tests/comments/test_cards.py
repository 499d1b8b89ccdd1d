"""The thread's markup: nesting, headings, whom a reply answers, escaping."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from comments.cards import card_html, thread_html
from comments.models import MAX_DEPTH, Comment
from comments.services import set_status
from comments.threads import card_of, thread_page
from tests.factories import ArticleFactory, CommenterFactory, CommentFactory

pytestmark = pytest.mark.django_db


def soup(article, after=""):
    page = thread_page(article, after=after)
    return BeautifulSoup(thread_html(page, can_reply=True), "lxml")


def depth_of(page, comment):
    return len(page.find(id=f"comment-{comment.pk}").find_parents("ol"))


def answers_of(page, comment):
    item = page.find(id=f"comment-{comment.pk}")
    said = item.find("p", class_="comment-answers", recursive=False)
    return said.get_text() if said else ""


def test_replies_are_lists_inside_their_comment():
    article = ArticleFactory()
    first, other = CommentFactory.create_batch(2, article=article, published=True)
    reply = CommentFactory(parent=first, published=True)
    answer = CommentFactory(parent=reply, published=True)
    page = soup(article)
    depths = [depth_of(page, each) for each in (first, reply, answer, other)]
    assert depths == [1, 2, 3, 1]
    assert [answers_of(page, each) for each in (first, reply, answer)] == ["", "", ""]
    items = page.find_all("li", class_="comment")
    assert len(items) == 4
    assert all(item.find("h3", recursive=False) for item in items)


def test_replies_too_deep_to_nest_name_whom_they_answer():
    comment = CommentFactory(published=True)
    chain = [comment]
    for number in range(MAX_DEPTH + 2):
        author = CommenterFactory(name=f"Lecteur {number}")
        chain.append(CommentFactory(parent=chain[-1], author=author, published=True))
    page = soup(comment.article)
    assert [depth_of(page, each) for each in chain] == [1, 2, 3, 4, 5, 5, 5]
    said = [answers_of(page, each) for each in chain]
    assert said[:5] == [""] * 5
    assert said[5:] == ["En réponse à Lecteur 3", "En réponse à Lecteur 4"]


def test_reply_to_a_withdrawn_comment_says_so():
    comment = CommentFactory(published=True)
    reply = CommentFactory(parent=comment, published=True)
    assert answers_of(soup(comment.article), reply) == ""
    set_status(comment, Comment.Status.HIDDEN)
    page = soup(comment.article)
    assert answers_of(page, reply) == "En réponse à un commentaire retiré"
    assert depth_of(page, reply) == 1


def test_page_that_begins_inside_a_thread(settings):
    settings.COMMENTS_PER_PAGE = 2
    author = CommenterFactory(name="Nadia")
    comment = CommentFactory(author=author, published=True)
    replies = [CommentFactory(parent=comment, published=True) for _each in range(3)]
    first = thread_page(comment.article)
    page = soup(comment.article, after=first.next_after)
    assert [depth_of(page, each) for each in replies[1:]] == [1, 1]
    assert answers_of(page, replies[1]) == "En réponse à Nadia"
    assert answers_of(page, replies[2]) == "En réponse à Nadia"


def test_author_and_time_are_printed_and_escaped():
    author = CommenterFactory(name="<b>O’Neil</b> & fils")
    comment = CommentFactory(
        author=author,
        created_at=datetime(2015, 9, 18, 21, 33, tzinfo=UTC),
        published=True,
    )
    html = thread_html(thread_page(comment.article), can_reply=True)
    assert "<b>" not in html
    heading = BeautifulSoup(html, "lxml").h3
    assert heading.get_text() == "<b>O’Neil</b> & fils, 00 h 33, le 19 septembre 2015"
    assert heading.time["datetime"] == "2015-09-18T21:33:00+00:00"


def test_impossible_time_is_shown_as_printed():
    comment = CommentFactory(printed_time="25 h 10, le 3 mai", published=True)
    Comment.objects.filter(pk=comment.pk).update(created_at=None)
    page = soup(comment.article)
    assert "25 h 10, le 3 mai" in page.h3.get_text()
    assert page.time is None


def test_no_reply_link_where_none_is_possible():
    comment = CommentFactory(published=True)
    page = thread_page(comment.article)
    assert "Répondre" in thread_html(page, can_reply=True)
    assert "Répondre" not in thread_html(page, can_reply=False)


def test_card_alone_has_an_id_only_where_it_stands_once():
    card = card_of(CommentFactory(text="Un avis.", published=True))
    assert f'id="comment-{card.pk}"' in card_html(card, anchor=True)
    assert "id=" not in card_html(card, anchor=False)
    assert "Un avis." in card_html(card, anchor=False)


def test_empty_thread_has_no_markup():
    assert thread_html(thread_page(ArticleFactory()), can_reply=True) == ""
