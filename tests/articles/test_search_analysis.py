"""The analyser alone: no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.analysis import (
    MAX_QUERY_WORDS,
    MAX_STEM,
    MAX_TERMS,
    hits,
    parse_query,
    terms,
    words,
)
from articles.search.extracts import LENGTH, extract, first_answering, marked

ANY_TEXT = st.text(st.characters(), max_size=300) | st.text(
    "ÉéeE\u0301œ’'\"«» \u00a0\n\u200b\u00ad\u0640لألd\x00\ud800½ﷺ%_", max_size=80
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("economie", "Économies"),
        ("l’économie", "l'economie"),
        ("québécoise", "QUEBECOIS"),
        ("élève", "e\u0301le\u0300ve"),
        ("cœur", "coeurs"),
        ("ÆTHER", "aether"),
        ("ÉTAT", "états"),
        ("citoyen", "citoyennes"),
        ("qu’il", "qu'il"),
        ("lorsqu’Obama", "Obama"),
        ("é\u200bconomie", "éco\u00adnomie"),
        ("ﬁn", "fin"),
        ("أحمد", "احمد"),
        ("الحربُ", "الحرب"),
        ("الحرب", "حرب"),
        ("مدرسة", "مدرسه"),
        ("ســـوريا", "سوريا"),
        ("ℋitler", "hitler"),
    ],
)
def test_spellings_that_meet(one: str, other: str) -> None:
    assert terms(one) == terms(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("état", "étage"), ("2015", "2016"), ("guerre", "guerrier"), ("سوريا", "لبنان")],
)
def test_words_that_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_elisions_are_left_out_and_words_keep_their_span() -> None:
    text = "Qu’il s'agisse d’économie ou d'« État »…"
    assert [text[word.start : word.end] for word in words(text)] == [
        "il",
        "agisse",
        "économie",
        "ou",
        "État",
    ]


def test_a_letter_alone_is_a_word_unless_it_is_elided() -> None:
    assert terms("le vitamine C et l’été") == terms("le vitamine c et été")


def test_common_words_count_only_alone_or_in_quotes() -> None:
    assert parse_query("l’économie de la Syrie").stems == ["econom", "syr"]
    assert parse_query("de la").stems == ["de", "la"]
    assert parse_query("« prix de la paix »").phrases == [("prix", "de", "la", "paix")]


@pytest.mark.parametrize(
    "typed",
    ["", " ", '"', '""', "«»", "%_", "'''", "&|!:*()", "-", "\x00", "\ud800", "l’"],
)
def test_nothing_to_look_for(typed: str) -> None:
    assert not parse_query(typed)


def test_operators_are_words_like_others() -> None:
    assert parse_query("AND OR NOT NEAR").stems == ["and", "near", "not", "or"]


def test_endless_queries_are_cut_and_say_so() -> None:
    many = " ".join(f"mot{number}" for number in range(40))
    query = parse_query(many)
    assert (len(query.stems), query.cut) == (MAX_QUERY_WORDS, True)
    quoted = parse_query(f'"{many}" encore')
    assert (len(quoted.stems), quoted.cut) == (MAX_QUERY_WORDS, True)
    assert not parse_query("mot " * 40).cut


def test_endless_texts_fit_a_postgresql_index() -> None:
    stems = terms(" ".join(f"{number:x}" for number in range(200_000)))
    assert MAX_TERMS - 20 < len(stems) <= MAX_TERMS
    assert terms("9" * 5000) == "9" * MAX_STEM


def test_hits_are_marked_in_the_text_as_written() -> None:
    text = "L’ÉCONOMIE, les économies… et un e\u0301conome."
    query = parse_query("economie")
    assert [text[start:end] for start, end in hits(text, query)] == [
        "ÉCONOMIE",
        "économies",
        "e\u0301conome",
    ]


def test_a_phrase_is_marked_where_its_words_follow() -> None:
    text = "Un petit mot sur un petit Hitler."
    found = hits(text, parse_query("« petit Hitler »"))
    assert [text[start:end] for start, end in found] == ["petit", "Hitler"]
    assert found[0][0] == text.rindex("petit")


def test_extract_begins_shortly_before_the_first_hit() -> None:
    text = (
        "Long début sans intérêt. " * 40 + "Ici la paix vient. " + "Et la suite. " * 40
    )
    segments = extract(text, parse_query("paix"))
    assert [part for part, hit in segments if hit] == ["paix"]
    shown = "".join(part for part, _hit in segments)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert 25 <= len(shown.split()) <= 60


def test_extract_of_a_short_text_is_the_text() -> None:
    segments = extract("Vive la paix !", parse_query("paix"))
    assert segments == [("Vive la ", False), ("paix", True), (" !", False)]


def test_the_text_with_most_of_the_words_answers_best() -> None:
    query = parse_query("guerre paix")
    texts = ["", "La guerre, la guerre.", "Ni guerre ni paix.", "Rien."]
    assert first_answering(texts, query) == "Ni guerre ni paix."
    assert first_answering(["", "Début.", "Suite."], query) == "Début."
    assert first_answering([], query) == ""


@given(ANY_TEXT)
def test_stems_are_letters_and_digits_whatever_the_text(text: str) -> None:
    stems = terms(text).split(" ") if terms(text) else []
    assert all(stem.isalnum() and len(stem) <= MAX_STEM for stem in stems)
    assert all(not stem.isascii() or stem == stem.lower() for stem in stems)
    assert all(not "\ud800" <= char <= "\udfff" for stem in stems for char in stem)


@given(ANY_TEXT, ANY_TEXT)
def test_marking_loses_nothing(text: str, typed: str) -> None:
    query = parse_query(typed)
    assert "".join(part for part, _hit in marked(text, query)) == text
    shown = "".join(part for part, _hit in extract(text, query))
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert len(shown) <= LENGTH + 4


@given(ANY_TEXT)
def test_a_text_answers_its_own_words(text: str) -> None:
    stems = set(terms(text).split())
    assert set(parse_query(text.replace('"', " ")).stems) <= stems
