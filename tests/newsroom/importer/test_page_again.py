"""A page that comes again, as another form or newer, through the service."""

import pytest

from articles.models import Article
from comments.models import Comment
from newsroom.importer.service import import_page
from tests.newsroom.importer.html_printing import MANNERS
from tests.newsroom.importer.printing import Page, Said, as_text
from tests.newsroom.importer.reading import BEIRUT, FORMS

pytestmark = pytest.mark.django_db
PAGE = Page()


def store(source):
    return import_page(source.encode(), zone=BEIRUT)


def test_every_form_of_a_page_is_the_same_page():
    report = store(as_text(PAGE))
    assert report.created
    before = list(Comment.objects.values_list("pk", "revision__text"))
    assert len(before) == 3
    for printed in FORMS.values():
        report = store(printed(PAGE))
        assert not report.created
        assert not any("ommentaire" in change for change in report.changes)
    assert Article.objects.count() == 1
    assert list(Comment.objects.values_list("pk", "revision__text")) == before


def test_time_that_came_twice_changes_nothing_when_it_comes_again():
    page = PAGE.but(comments=(Said("Nuit", "NADIA", "23 h 30, le 24 octobre 2015"),))
    assert store(as_text(page)).created
    assert Article.objects.get().published_not_after is not None
    report = store(as_text(page))
    assert (report.changed, report.changes) == (False, [])


def test_earliest_comment_known_bounds_the_date_for_good():
    store(as_text(PAGE))
    bound = Article.objects.get().published_not_after
    assert bound == Comment.objects.earliest("created_at").created_at
    newest = PAGE.but(comments=PAGE.comments[:1])
    report = store(as_text(newest))
    assert (report.changed, report.changes) == (False, [])
    assert [w.as_json() for w in report.warnings] == [
        {"warning": "comments_gone", "count": 2}
    ]
    assert Comment.objects.published().count() == 3
    assert Article.objects.get().published_not_after == bound


def test_answers_stand_below_what_they_answer():
    plain = MANNERS["Plain"].page(PAGE)
    answer = "<ul><li><p>Si !</p><p>SAMI</p><p>9 h 10, le 4 mai 2016</p></li></ul>"
    time = "<p>9 h 05, le 4 mai 2016</p>"
    store(
        plain.replace(time, time + answer).replace("ommentaires (3)", "ommentaires (4)")
    )
    (below,) = Comment.objects.exclude(parent=None)
    assert (below.author.name, below.depth) == ("SAMI", 1)
    assert below.parent.revision.text == "Enfin.\n\nIl était temps."
