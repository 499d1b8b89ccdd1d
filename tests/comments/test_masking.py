"""Masked spans: what readers see is the text with the spans replaced, nothing else."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest
import regex
from django.core.management import call_command
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comments.masking import (
    Mask,
    MaskKind,
    in_readers_words,
    masked_text,
    replacement,
    settled,
)
from comments.rendering import render
from comments.services import name_language, set_masks
from tests.factories import CommentFactory

FAMILY = "👨\u200d👩\u200d👧"
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x00")
TEXTS = st.lists(
    st.text(CHARACTERS, max_size=6)
    | st.sampled_from(
        [
            "06 12 34 56 78",
            "https://journal.example/a?b=",
            "a@b.fr",
            "\n",
            "\n \n",
            "<b>",
            "&lt;",
            '"',
            "«",
            "e\u0301",
            FAMILY,
            "🇱🇧",
            "سلام",
            "[",
        ]
    ),
    max_size=12,
).map("".join)
KINDS = st.sampled_from(MaskKind.values)


@st.composite
def masked(draw):
    text = draw(TEXTS.filter(bool))
    ends = st.integers(0, len(text))
    masks = []
    for _each in range(draw(st.integers(0, 5))):
        start, end = sorted((draw(ends), draw(ends)))
        if start < end:
            masks.append(Mask(start, end, draw(KINDS)))
    return text, masks


class Reading(HTMLParser):
    """What a browser makes of it: tags and their attributes, and the visible text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.values = "", set(), []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.values += [value for _name, value in attrs]
        if tag == "br" or (tag == "p" and self.text):
            self.text += "\n" if tag == "br" else "\n\n"

    def handle_data(self, data):
        self.text += data


def visible(html):
    return Reading(html).text


@given(masked())
@settings(max_examples=400)
@example(("x" + FAMILY + "x", [Mask(2, 3, "phone")]))
@example(("https://a.fr/0612345678/b", [Mask(13, 23, "phone")]))
@example(("a\n\nb", [Mask(0, 3, "other")]))
def test_readers_see_the_text_with_its_spans_replaced(sample):
    text, wanted = sample
    masks = settled(wanted, text)
    plain = masked_text(text, masks)
    html = render(text, masks)
    assert visible(html) == visible(render(plain))
    assert Reading(html).tags <= {"p", "br", "a", "bdi"}
    assert html.count('<bdi class="masked ') == len(masks)


@given(masked())
@settings(max_examples=400)
def test_spans_cut_no_character_and_stand_apart(sample):
    text, wanted = sample
    masks = settled(wanted, text)
    edges = {found.start() for found in regex.finditer(r"\X", text)} | {len(text)}
    covered = {place for mask in wanted for place in range(mask.start, mask.end)}
    for mask in masks:
        assert {mask.start, mask.end} <= edges
    for before, after in pairwise(masks):
        assert before.end <= after.start
    hidden = {place for mask in masks for place in range(mask.start, mask.end)}
    assert covered <= hidden
    assert settled(masks, text) == masks
    # Nothing else changes: the pieces between the masks are the text's own
    ends = [0, *(mask.end for mask in masks)]
    starts = [*(mask.start for mask in masks), len(text)]
    kept = [text[a:b] for a, b in zip(ends, starts, strict=True)]
    rest = masked_text(text, masks)
    for piece, mask in zip(kept, masks, strict=False):
        assert rest.startswith(piece + replacement(mask.kind))
        rest = rest.removeprefix(piece + replacement(mask.kind))
    assert rest == kept[-1]


@pytest.mark.parametrize("span", [(0, 0), (2, 1), (-1, 2), (0, 4), (3, 5)], ids=str)
def test_a_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="no such span"):
        settled([Mask(*span, "phone")], "abc")


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="inconnu"):
        settled([Mask(0, 1, "inconnu")], "abc")


def test_overlapping_spans_are_one_of_no_kind_if_theirs_differ():
    text = "0612345678 a@b.fr"
    same = [Mask(0, 5, "phone"), Mask(3, 10, "phone")]
    assert settled(same, text) == [Mask(0, 10, "phone")]
    other = [Mask(0, 11, "phone"), Mask(10, 17, "email")]
    assert settled(other, text) == [Mask(0, 17, "other")]
    touching = [Mask(0, 10, "phone"), Mask(10, 17, "email")]
    assert settled(touching, text) == touching


def test_an_address_that_a_mask_cuts_is_no_link():
    text = "Voyez https://a.fr/?tel=0612345678&x=1 et https://b.fr/."
    start = text.index("0612")
    reading = Reading(render(text, [Mask(start, start + 10, "phone")]))
    assert reading.values.count("https://b.fr/") == 1
    assert not any("0612" in str(value) for value in reading.values)
    assert "https://a.fr/?tel=[numéro" in reading.text


def test_the_replacement_names_its_language_and_follows_the_readers():
    html = render("Au 0612345678 donc", [Mask(3, 13, "phone")])
    assert 'lang="fr">[numéro de téléphone masqué par la rédaction]<' in html
    assert in_readers_words(html) == html
    with override("en"):
        english = in_readers_words(html)
        assert 'class="masked masked-phone" lang="en">' in english
        assert "0612" not in english
        typed = render('<bdi class="masked masked-phone" lang="fr">x</bdi>')
        assert in_readers_words(typed) == typed


@pytest.mark.django_db
def test_a_masked_text_stays_in_its_language_and_masked():
    comment = CommentFactory(text="Call me at 06 12 34 56 78 about it.", published=True)
    name_language(comment, "en")
    assert 'lang="en"' in comment.html
    set_masks(comment, [Mask(11, 25, MaskKind.PHONE)])
    comment.refresh_from_db()
    assert 'lang="en"' in comment.html
    name_language(comment, "")
    name_language(comment, "en")
    comment.refresh_from_db()
    assert 'lang="en"' in comment.html
    assert "06 12" not in comment.html


@pytest.mark.django_db
def test_rendering_all_again_keeps_language_and_masks():
    comment = CommentFactory(text="Call me at 06 12 34 56 78 about it.", published=True)
    name_language(comment, "en")
    set_masks(comment, [Mask(11, 25, MaskKind.PHONE)])
    comment.refresh_from_db()
    before = comment.html
    call_command("render_comments", verbosity=0)
    comment.refresh_from_db()
    assert comment.html == before
