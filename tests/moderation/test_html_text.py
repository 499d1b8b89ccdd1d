"""The words of an HTML comment, and where they stand in its source."""

import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from moderation.html_text import HtmlText

inline = st.sampled_from(["b", "i", "em", "span", "a", "spoiler"])
# The parser makes one space of a text that is nothing but spaces; ours keeps them all
words = st.text(st.sampled_from("abc éàΩ😀\u200d&<>;#"), max_size=8).filter(
    lambda text: not text or bool(text.strip())
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


markup = st.recursive(
    words.map(escaped),
    lambda inner: (
        st.builds(
            lambda tag, parts: f'<{tag} class="x y">{"".join(parts)}</{tag}>',
            inline,
            st.lists(inner, max_size=3),
        )
        | st.lists(inner, max_size=3).map("<!-- c -->".join)
    ),
    max_leaves=8,
)


@given(markup)
def test_text_is_what_a_parser_reads(source):
    assert HtmlText(source).text == BeautifulSoup(source, "html.parser").get_text()


@given(markup, st.data())
def test_each_character_is_found_where_it_is_written(source, data):
    html = HtmlText(source)
    if not html.text:
        return
    place = data.draw(st.integers(0, len(html.text) - 1))
    start, end = html.source_span(place, place + 1)
    assert 0 <= start < end <= len(source)
    assert HtmlText(source[start:end]).text == html.text[place]


@given(st.text(st.sampled_from("<>!-/&;#ab '\"=\n"), max_size=60))
def test_any_source_is_read(source):
    html = HtmlText(source)
    spans = [html.source_span(i, i + 1) for i in range(len(html.text))]
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(source) for start, end in spans)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Un</p><p>deux<br>trois<br/>quatre</p>", "\nUn\ndeux\ntrois\nquatre\n"),
        ("<div>Un</div>", "Un\n"),
        ("a<script>b &eacute; <i></script>c<STYLE>d</style >e", "ace"),
        ("caf&eacute; &#233; &#xE9; &eacutecole", "café é é école"),
        ("&lt;b&gt; &inconnu; & &; &notit;", "<b> &inconnu; & &; ¬it;"),
        ("1 < 2 et 3 > 2", "1 < 2 et 3 > 2"),
        ("a<!-- b --!>c<!-->d<!doctype html>e</>f<?php g ?>h", "acdefh"),
        ("visible<!-- jamais fermé <b>connard</b>", "visible<!-- jamais fermé connard"),
        ('<a title="x>connard">y</a>', 'connard">y'),
        ("<script>connard", "connard"),
        ("<a connard", "<a connard"),
    ],
)
def test_what_is_read(source, text):
    assert HtmlText(source).text == text.lstrip("\n")


def test_span_of_words_holds_their_tags_and_references():
    source = "<p>Quel &laquo; <b>c</b>onn&#97;rd &raquo; 😀 !</p>"
    html = HtmlText(source)
    start = html.text.index("connard")
    begin, end = html.source_span(start, start + len("connard"))
    assert source[begin:end] == "c</b>onn&#97;rd"


HOSTILE = (
    "<",
    "<!--",
    "<a ",
    "&",
    "</",
    "<a href='",
    "<?",
    "<script>",
    "<!--<b>",
    "<!---->",
    "<!----!>",
    "a<b",
)


@pytest.mark.parametrize("end", ["", "-->", "--!>", "</script>"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_source(piece, end):
    def seconds(length):
        source = (piece * length)[:length] + end
        started = time.thread_time()
        HtmlText(source)
        return time.thread_time() - started

    seconds(1000)
    best = min(seconds(20_000) for _ in range(3))
    longer = min(seconds(160_000) for _ in range(3))
    assert longer < max(best, 0.002) * 8 * 4  # eight times longer; 64 if quadratic
