"""Whatever the file holds, it is read or refused: nothing else happens."""

import json

from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from newsroom.importer.errors import PageError
from newsroom.importer.items import LONGEST_AUTHOR
from tests.newsroom.importer.html_printing import MANNERS
from tests.newsroom.importer.printing import Page, Said, as_text
from tests.newsroom.importer.reading import expected, read, summary

FIXTURES = settings.BASE_DIR / "fixtures"
SEED = (FIXTURES / "article-syrie.txt").read_bytes()
HTML = (FIXTURES / "article-syrie.html").read_bytes()
NOON = "12 h 00, le 3 mai 2016"
PIECES = (
    "Un titre à lire",
    "À La Une - Conflit",
    "Une phrase qui finit par un point.",
    "Rechercher",
    "\u00a0",
    "",
    "(Lire aussi : Un titre)",
    "Lire aussi",
    "commentaires (1)",
    "Commentaires (2)",
    "Tous les commentaires",
    "Retour en haut",
    "  • Bonjour",
    "    NADIA",
    f"    {NOON}",
    NOON,
    "25 h 61, le 40 mai 2016",
    "La corniche. AFP/Archives",
)
TAGS = st.sampled_from(
    [
        "p",
        "div",
        "li",
        "ul",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h4",
        "a",
        "b",
        "br",
        "span",
        "section",
        "article",
        "header",
        "footer",
        "table",
        "td",
        "figure",
        "figcaption",
        "img",
        "script",
        "style",
        "pre",
        "time",
        "aside",
        "form",
        "template",
        "nav",
    ]
)
ELEMENTS = st.one_of(
    st.builds("<{}>".format, TAGS),
    st.builds("</{}>".format, TAGS),
    st.sampled_from(PIECES),
    st.sampled_from(
        ("&nbsp;", "&#0;", "&#x110000;", "<!--", "-->", "<![CDATA[", "<", "&")
    ),
)
usual = bounds(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def read_or_refused(data: bytes) -> None:
    try:
        found = read(data)
    except PageError as error:
        said, line = str(error), error.line
        found = None
    if found is None:
        assert said
        assert line is None or line >= 1
        return
    assert found.article.title.strip()
    assert any(block.type == "paragraph" for block in found.body)
    assert all(c.text.strip() and c.author.strip() for c in found.comments)
    assert all(len(c.author) <= LONGEST_AUTHOR for c in found.comments)
    assert all(link.title.strip() for link in found.related)
    assert [c.number for c in found.comments] == [*range(1, len(found.comments) + 1)]
    assert json.loads(json.dumps(found.as_json())) == found.as_json()
    assert all(str(warning) for warning in found.warnings)


@usual
@given(st.binary(max_size=300))
def test_any_bytes(data):
    read_or_refused(data)


@usual
@given(st.text(max_size=300))
def test_any_text(text):
    read_or_refused(text.encode("utf-8", "ignore"))


@usual
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_order_of_lines(pieces):
    read_or_refused("\n".join(pieces).encode())


@usual
@given(st.lists(ELEMENTS, max_size=60))
def test_any_order_of_elements(elements):
    page = "<html><h1>Un titre</h1><p>Une phrase.</p>" + "".join(elements)
    read_or_refused(page.encode())


@usual
@given(st.sampled_from((SEED, HTML)), st.data())
def test_seed_with_some_of_it_cut_out(page, data):
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, min(len(page), start + 600)))
    read_or_refused(page[:start] + page[end:])


@usual
@given(st.sampled_from((SEED, HTML)), st.data())
def test_seed_with_rows_moved(page, data):
    rows = page.split(b"\n")
    places = st.integers(0, len(rows) - 1)
    for _ in range(3):
        rows.insert(data.draw(places), rows.pop(data.draw(places)))
    read_or_refused(b"\n".join(rows))


WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "M")), min_size=1
)
ROWS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(st.lists(ROWS, min_size=1, max_size=2), min_size=1, max_size=3).map(
    lambda paragraphs: "\n\n".join("\n".join(rows) for rows in paragraphs)
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(lambda w: " ".join(w)[:40].strip())
COMMENTS = st.lists(
    st.builds(Said, TEXTS, NAMES, st.just(NOON)), min_size=1, max_size=4
)


@usual
@given(COMMENTS)
def test_what_readers_write_comes_out_as_written(comments):
    page = Page(comments=tuple(comments))
    assert summary(read(as_text(page))) == expected(page)
    for manner in ("Plain", "Modern", "Divs", "Sloppy"):
        assert summary(read(MANNERS[manner].page(page))) == expected(page)
