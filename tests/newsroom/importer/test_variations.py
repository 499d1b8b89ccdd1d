"""Pages of many kinds, each printed in every form: all must say the same."""

import pytest

from tests.newsroom.importer.printing import Page, Said
from tests.newsroom.importer.reading import (
    FORMS,
    codes,
    every_form,
    expected,
    read,
    summary,
)

NOON = "12 h 00, le 3 mai 2016"
PAGE = Page()
ONE = PAGE.comments[:1]

VARIATIONS = {
    "as it is": PAGE,
    "one comment": PAGE.but(comments=ONE, headings=("commentaire", "Commentaire")),
    "none, announced": PAGE.but(comments=()),
    "none, not announced": PAGE.but(declared=None),
    "no lede": PAGE.but(lede=None),
    "no picture": PAGE.but(caption=None),
    "neither": PAGE.but(lede=None, caption=None),
    "caption without credit": PAGE.but(caption="Le port de Tyr au petit matin."),
    "caption without credit or lede": PAGE.but(
        lede=None, caption="Le port de Tyr, le 3 mai 2016."
    ),
    "no kicker": PAGE.but(kicker=None),
    "kicker without dash": PAGE.but(kicker="Urbanisme"),
    "kicker of an accented section": PAGE.but(kicker="À La Une - Conflit"),
    "title that asks": PAGE.but(title="Qui sauvera le port de Tyr\u00a0?"),
    "no related list": PAGE.but(listed=()),
    "one related title": PAGE.but(listed=("Un seul ?",)),
    "five related titles": PAGE.but(
        listed=("Un", "Deux : trois", "Quatre ?", "« Cinq »", "Six, sept...")
    ),
    "no teaser of the body": PAGE.but(teaser=False),
    "neither list nor teaser": PAGE.but(teaser=False, listed=()),
    "two inline links": PAGE.but(
        body=(
            *PAGE.body[:3],
            ("inline", "(Lire aussi : Mer : le prix (du thon))", False),
            ("inline", "(Lire aussi : Terre ?)", False),
            *PAGE.body[4:],
        )
    ),
    "subhead that asks": PAGE.but(
        body=(
            *PAGE.body[:4],
            ("subhead", "Un port vide ?", False),
            *PAGE.body[5:],
        )
    ),
    "no-break spaces": PAGE.but(
        title="Tyr\u00a0: les pêcheurs reprennent le large",
        body=(
            ("paragraph", "Combien\u00a0? «\u00a0Peu\u00a0», dit-il.", False),
            *PAGE.body[1:],
        ),
        comments=(Said("Oui\u00a0!\u00a0!", "NADIA\u00a0F.", NOON),),
    ),
    "signs of HTML": PAGE.but(
        comments=(Said("<b>a</b> &amp; b > c < d &nbsp; 'e' \"f\"", "A <B>", NOON),)
    ),
    "typed spaces": PAGE.but(comments=(Said("a  b   c", "A  B", NOON),)),
    "breaks inside a comment": PAGE.but(
        comments=(Said("un\ndeux\n\ntrois\nquatre", "A B", NOON), *PAGE.comments)
    ),
    "the page's own words in comments": PAGE.but(
        comments=(
            Said("Retour en haut\n\nTous les commentaires", "A B", NOON),
            Said("Tous les commentaires", "C D", NOON),
            Said("Lire aussi\n\nRetour en haut", "E F", NOON),
            Said("Retour en haut", "G", NOON),
        )
    ),
    "headings in comments": PAGE.but(
        comments=(
            Said("Commentaires (3)\n\nlà", "A B", NOON),
            Said("commentaires (3)\n\net", "C D", NOON),
            Said("oui", "E F", NOON),
        )
    ),
    "equal comments": PAGE.but(
        comments=(
            Said("Même !", "A B", NOON),
            Said("Même !", "A B", NOON),
            Said("Même !", "C D", NOON),
            Said("Même !", "A B", "11 h 59, le 3 mai 2016"),
        )
    ),
    "bullets in comments": PAGE.but(
        comments=(
            Said("Liste :\n• un\n• deux", "A B", NOON),
            Said("• trois\n- quatre", "C D", NOON),
            Said("- cinq\n\n– six", "E F", NOON),
        )
    ),
    "all in capitals": PAGE.but(
        comments=(Said("QUI\n\nEST L'AUTEUR ?", "moi", NOON), Said("OUI", "LUI", NOON))
    ),
    "impossible times": PAGE.but(
        comments=(
            Said("un", "A B", "25 h 10, le 12 juin 2016"),
            Said("deux", "C D", "12 h 10, le 31 février 2016"),
            Said("trois", "E F", "03:15 PM, le 12 juin 2016"),
        )
    ),
}
DATES_IN_COMMENTS = PAGE.but(
    comments=(
        Said(f"un\n\ndeux\n\n{NOON}\n\ntrois", "A B", NOON),
        Said(f"{NOON}\n\nquatre", "C D", NOON),
        Said("cinq", "E F", NOON),
    )
)


@every_form
@pytest.mark.parametrize("variation", VARIATIONS)
def test_every_form_of_a_page_says_the_same(variation, form):
    page = VARIATIONS[variation]
    assert summary(read(FORMS[form](page))) == expected(page)


@pytest.mark.parametrize(
    "form", [f for f in FORMS if f not in ("text, no bullets", "Bare")]
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_time_that_a_reader_wrote_ends_no_comment(form, number):
    page = DATES_IN_COMMENTS.but(comments=DATES_IN_COMMENTS.comments[:number])
    assert summary(read(FORMS[form](page))) == expected(page)


@every_form
def test_a_wrong_number_of_comments_is_told(form):
    found = read(FORMS[form](PAGE.but(declared=7)))
    assert len(found.comments) == 3
    assert found.comments_declared == 7
    (warning,) = found.warnings
    assert warning.as_json() == {
        "warning": "comments_count_mismatch",
        "declared": 7,
        "found": 3,
    }


@every_form
def test_impossible_times_are_told_and_bound_nothing(form):
    found = read(FORMS[form](VARIATIONS["impossible times"]))
    assert [c.published_at is None for c in found.comments] == [True, True, False]
    assert [(w.code, w.comment) for w in found.warnings] == [
        ("timestamp_invalid", 1),
        ("timestamp_invalid", 2),
    ]
    third = found.comments[2].published_at
    assert third.isoformat() == "2016-06-12T15:15:00+03:00"
    assert found.article.published_not_after == third


@every_form
def test_clock_changes_are_told(form):
    page = PAGE.but(
        comments=(
            Said("un", "A B", "00 h 30, le 27 mars 2016"),
            Said("deux", "C D", "23 h 30, le 24 octobre 2015"),
        )
    )
    found = read(FORMS[form](page))
    assert [(w.code, w.comment) for w in found.warnings] == [
        ("timestamp_nonexistent", 1),
        ("timestamp_ambiguous", 2),
    ]
    assert [c.as_json()["published_at_utc"] for c in found.comments] == [
        "2016-03-26T22:30:00Z",
        "2015-10-24T20:30:00Z",
    ]


@every_form
def test_the_first_comment_bounds_the_article_s_date(form):
    article = read(FORMS[form](PAGE)).article
    assert article.published_not_after.isoformat() == "2016-05-04T00:10:00+03:00"
    assert (article.published_at, article.author, article.url) == (None, None, None)


@every_form
def test_kicker_names_section_and_topic(form):
    def named(kicker):
        article = read(FORMS[form](PAGE.but(kicker=kicker))).article
        return article.section, article.topic

    assert named("À La Une - Conflit") == ("À La Une", "Conflit")
    assert named("À La Une – Conflit") == ("À La Une", "Conflit")
    assert named("Moyen-Orient") == ("Moyen-Orient", None)
    assert named(None) == (None, None)


@every_form
def test_paragraphs_are_counted_and_inline_links_placed(form):
    found = read(FORMS[form](PAGE))
    assert [b.paragraph for b in found.body] == [1, 2, 3, None, None, 4, 5]
    (inline,) = [link for link in found.related if link.placement == "inline"]
    assert (inline.label, inline.after_paragraph) == ("Lire aussi", 3)
    assert found.body[inline.block].text == "(Lire aussi : Mer : le prix du thon)"


@every_form
def test_a_good_page_gives_no_warning(form):
    assert codes(read(FORMS[form](PAGE))) == []
