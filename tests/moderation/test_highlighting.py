"""The marked text is the reader's, and every mark stands for its flags."""

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.masking import Mask, masked_text, settled
from moderation.highlighting import marked_html, segments
from moderation.models import Flag

CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x00")
SEVERITIES = st.sampled_from(["low", "medium", "high"])


@st.composite
def flagged_texts(draw):
    text = draw(st.text(CHARACTERS | st.sampled_from("<>&\"'\r\n ;#"), max_size=60))
    ends = st.integers(0, len(text) + 2)
    flags = []
    for number in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(ends), draw(ends)))
        flags.append(
            Flag(pk=number + 1, start=start, end=end, severity=draw(SEVERITIES))
        )
    return text, flags


class Reading(HTMLParser):
    """What a browser makes of it: the text, and the marks with their pieces."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.marks = "", set(), []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.marks.append((dict(attrs), len(self.text)))

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        attributes, start = self.marks[-1]
        self.marks[-1] = (attributes, start, len(self.text))


@given(flagged_texts())
@settings(max_examples=500)
def test_pieces_joined_are_the_text(sample):
    text, flags = sample
    pieces = segments(text, flags)
    assert "".join(piece.text for piece in pieces) == text
    place = 0
    for piece in pieces:
        assert piece.end == place + len(piece.text)
        covering = {
            f.pk for f in flags if f.start <= place < piece.end <= f.end <= len(text)
        }
        assert {f.pk for f in piece.flags} == covering
        place = piece.end


@given(flagged_texts())
@settings(max_examples=500)
def test_marked_text_reads_as_written(sample):
    text, flags = sample
    page = Reading(marked_html(text, flags))
    assert page.text == text
    assert page.tags <= {"mark"}
    by_key = {str(flag.pk): flag for flag in flags}
    marked = set()
    for attributes, start, end in page.marks:
        covering = [by_key[key] for key in attributes["data-flags"].split()]
        assert covering
        assert all(f.start <= start < end <= f.end for f in covering)
        marked |= set(range(start, end))
    wanted = [f for f in flags if f.start < f.end <= len(text)]
    assert marked == {place for f in wanted for place in range(f.start, f.end)}
    # Each flag's number is printed exactly once, where it ends
    numbers = [
        int(n)
        for a, *_ in page.marks
        for n in a.get("data-numbers", "").split(",")
        if n
    ]
    assert sorted(numbers) == [flags.index(f) + 1 for f in wanted]


def test_overlapping_flags_share_a_mark_of_the_gravest():
    text = "espèce de petit Hitler !!!"
    flags = [
        Flag(pk=7, start=0, end=22, severity="medium"),
        Flag(pk=8, start=10, end=22, severity="high"),
    ]
    assert marked_html(text, flags) == (
        '<mark class="medium" data-flags="7">espèce de </mark>'
        '<mark class="high" data-flags="7 8" data-numbers="1,2">petit Hitler</mark> !!!'
    )


def test_markup_in_a_comment_stays_text():
    text = "<b>&lt;i&gt;</b>"
    html = marked_html(text, [Flag(pk=1, start=1, end=8, severity="low")])
    assert html == (
        '&lt;<mark class="low" data-flags="1" data-numbers="1">b&gt;&amp;lt;i</mark>'
        "&amp;gt;&lt;/b&gt;"
    )


@st.composite
def masked_texts(draw):
    text, flags = draw(flagged_texts().filter(lambda sample: sample[0]))
    ends = st.integers(0, len(text))
    spans = [
        sorted((draw(ends), draw(ends))) for _each in range(draw(st.integers(0, 3)))
    ]
    masks = [Mask(start, end, "phone") for start, end in spans if start < end]
    return text, flags, settled(masks, text)


@given(masked_texts())
@settings(max_examples=300)
def test_what_is_masked_stands_in_its_place_and_nothing_else_changes(sample):
    text, flags, masks = sample
    reading = Reading(marked_html(text, flags, masks))
    assert reading.text == masked_text(text, masks)
    assert reading.tags <= {"mark", "bdi"}
    lengths = [int(a["data-length"]) for a, *_ in reading.marks if "data-length" in a]
    assert lengths == [mask.end - mask.start for mask in masks]
