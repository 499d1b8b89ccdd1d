"""Traps of the flattened form alone, built by editing the seed page."""

import pytest
from django.conf import settings

from tests.newsroom.importer.printing import Page, Said, as_text
from tests.newsroom.importer.reading import codes, read, refused, summary

SEED = (settings.BASE_DIR / "fixtures" / "article-syrie.txt").read_text("utf-8")
HTML = (settings.BASE_DIR / "fixtures" / "article-syrie.html").read_text("utf-8")
LINES = SEED.split("\n")


def line_of(start: str) -> int:
    return next(n for n, row in enumerate(LINES, 1) if row.strip().startswith(start))


def without(*starts: str) -> str:
    return "\n".join(r for r in LINES if not r.strip().startswith(starts))


def test_both_forms_of_the_seed_say_the_same():
    text, html = read(SEED), read(HTML)
    assert summary(text) == summary(html)
    assert codes(text) == codes(html) == []
    kinds = [block.type for block in text.body]
    assert (kinds.count("paragraph"), kinds.count("subhead")) == (14, 2)
    placed = [link.placement for link in text.related]
    assert placed == ["inline", "list", "list", "list", "list"]
    assert len({comment.author for comment in text.comments}) == 3
    assert [link.url for link in html.related] == [
        f"/article/000/{n}.html" for n in range(5)
    ]


def test_seed_texts_stand_in_the_file_code_point_for_code_point():
    found = read(SEED)
    rows = {row.removeprefix("  • ").removeprefix("    ") for row in LINES}
    assert {block.text for block in found.body} <= rows
    assert {comment.text for comment in found.comments} <= rows
    assert found.related[2].title.startswith("Nadine Morano au Liban\u00a0: En Syrie")
    assert "troupes d’élite" in found.related[2].title
    assert found.related[0].title == (
        "Syrie : un terrain d'entente est-il possible entre Russes et Occidentaux ?"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + SEED.encode(),
        SEED.replace("\n", "\r\n").encode(),
        SEED.replace("\n", "\r").encode(),
        SEED.encode("utf-16"),
        b"\xfe\xff" + SEED.encode("utf-16-be"),
        SEED.encode("utf-32"),
        HTML.replace("utf-8", "windows-1252").encode("cp1252"),
        HTML.replace("utf-8", "iso-8859-1").replace("’", "'").encode("latin-1"),
        b"\xef\xbb\xbf" + HTML.replace("\n", "\r\n").encode(),
    ],
    ids=[
        "bom",
        "crlf",
        "cr",
        "utf16",
        "utf16be",
        "utf32",
        "cp1252-html",
        "latin1-html",
        "bom-crlf-html",
    ],
)
def test_encoding_and_line_ends_change_nothing(data):
    found, usual = read(data), read(SEED)
    assert found.comments == usual.comments
    assert found.article == usual.article or found.article.image.src == "/photos/1.jpg"
    assert [b.text for b in found.body][:9] == [b.text for b in usual.body][:9]


def test_undeclared_windows_1252_is_read_with_a_warning():
    found = read(SEED.encode("cp1252"))
    assert codes(found) == ["encoding_guessed"]
    assert found.comments == read(SEED).comments


def test_damaged_utf8_is_refused_where_it_is_damaged():
    data = SEED.encode()
    place = data.index(b"mollasson")
    error = refused(data[:place] + b"\xff" + data[place:])
    assert error.line == line_of("• Obama")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", "\u00a0\n".encode()])
def test_empty_page_is_refused(data):
    assert refused(data).line == 1


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0", bytes(range(256)) * 40, b"abc\0def"]
)
def test_what_is_no_text_is_refused(data):
    assert "texte" in str(refused(data))


@pytest.mark.parametrize(
    ("start", "place"),
    [
        ("21 h 07", "TIENS..."),  # of the third comment
        ("15 h 41", "Le petit Hitler va"),  # of the last one
    ],
)
def test_comment_without_time_is_refused_where_it_begins(start, place):
    at = line_of(f"• {place}")
    error = refused(without(start))
    assert error.line == at
    assert f"ligne {at}" in str(error)
    assert place in str(error)


def test_comment_without_author_or_text_is_refused():
    page = as_text(Page(comments=(Said("", "NADIA F.", "12 h 40, le 5 mai 2016"),) * 2))
    assert "sans texte ou sans auteur" in str(refused(page))


def test_text_in_an_author_s_place_is_refused():
    long = "Un très long paragraphe qui ne peut pas être un nom. " * 3
    page = as_text(Page(comments=(Said("Bonjour", long, "12 h 40, le 5 mai 2016"),)))
    assert "sans auteur" in str(refused(page))


def test_page_without_title_is_refused():
    error = refused(without("Premiers contacts"))
    assert "titre" in str(error)
    assert error.line is not None


def test_page_without_body_is_refused():
    assert "sans texte" in str(refused("Un titre tout seul\n\nCommentaires (0)\n"))


def test_announced_comments_without_any_time_are_refused():
    end = SEED.index("commentaires (5)")
    error = refused(SEED[:end] + "Commentaires (2)\n\n  • Bonjour\n\n    NADIA\n")
    assert "sans heure" in str(error)


def test_announced_comments_that_are_not_there_are_told():
    end = SEED.index("commentaires (5)")
    found = read(SEED[:end] + "Commentaires (5)\n\nRetour en haut")
    assert found.comments == ()
    assert codes(found) == ["comments_count_mismatch"]


def test_newest_comment_is_left_out_by_its_place_even_if_it_differs():
    head, newest, rest = SEED.partition("J'ajouterais que")
    found = read(head + "Ce que le chapeau du fil raccourcit : j'ajouterais que" + rest)
    assert newest
    assert [c.text for c in found.comments] == [c.text for c in read(SEED).comments]


def test_page_with_its_newest_comment_alone_keeps_it():
    found = read(SEED[: SEED.index("Commentaires (5)")] + "Retour en haut")
    assert [c.author for c in found.comments] == ["FAKHOURI"]
    assert codes(found) == ["comments_count_mismatch"]


@pytest.mark.parametrize("word", ["Rechercher", "Menu", "Se connecter"])
def test_page_s_furniture_is_no_kicker(word):
    bare = SEED.removeprefix("Rechercher\nRechercher\n\n")
    assert read(f"{word}\n\n{bare}").article == read(SEED).article
    assert read(bare).article == read(SEED).article


def test_what_stands_below_the_list_is_no_comment():
    footer = "\n\n© Le Journal\n\nMentions légales\nContact\n\n  • Plan du site\n"
    assert read(SEED + footer).comments == read(SEED).comments


@pytest.mark.parametrize(
    "heading",
    ["Commentaire (5)", "5 commentaires", "Commentaires : 5", "Les commentaires (5)"],
)
def test_heading_may_read_otherwise(heading):
    page = SEED.replace("commentaires (5)", heading).replace(
        "Commentaires (5)", heading
    )
    assert read(page).comments == read(SEED).comments
    assert read(page).comments_declared == 5


def test_number_of_comments_above_the_article_is_no_heading():
    title = "Premiers contacts militaires entre Moscou et Washington sur la Syrie"
    page = SEED.replace(title, f"{title}\n\n5 commentaires", 1)
    assert read(page).comments == read(SEED).comments


def test_answers_set_further_in_know_what_they_answer():
    answer = "      • Pas d'accord.\n\n        NADIA\n\n        00 h 40, le 19 septembre 2015\n\n"
    place = SEED.index("  • Obama")
    page = SEED[:place] + answer + SEED[place:]
    found = read(page.replace("ommentaires (5)", "ommentaires (6)"))
    assert [c.parent for c in found.comments] == [None, 1, None, None, None, None]
    assert found.comments[1].text == "Pas d'accord."
    assert codes(found) == []


def test_printed_byline_and_date_are_read():
    lede = "La Russie étudiera l'envoi de troupes si Damas le demande."
    byline = "Par Rima Haddad\n\nPublié le 18 septembre 2015 à 12 h 30"
    found = read(SEED.replace(lede, f"{lede}\n\n{byline}", 1))
    assert found.article.author == "Rima Haddad"
    assert found.article.published_at.isoformat() == "2015-09-18T12:30:00+03:00"
    assert (found.article.lede, found.body) == (lede, read(SEED).body)


def test_list_of_links_amid_the_text_stands_in_it():
    amid = "\u00a0\n\nLire aussi\nUn autre titre\n\n\u00a0\n\nJeudi soir,"
    found = read(SEED.replace("Jeudi soir,", amid, 1))
    inline = [link for link in found.related if link.placement == "inline"]
    assert [link.title for link in inline][1:] == ["Un autre titre"]
    assert found.body[inline[1].block].text == "Lire aussi\nUn autre titre"
    assert sum(block.type == "paragraph" for block in found.body) == 14
    assert sum(link.placement == "list" for link in found.related) == 4


def test_inline_link_needs_no_brackets():
    page = SEED.replace("(Lire aussi : Syrie", "Lire aussi : Syrie").replace(
        "Occidentaux ?)", "Occidentaux ?"
    )
    assert read(page).related == read(SEED).related


def test_teaser_that_does_not_match_is_left_out_and_told():
    place = SEED.rindex("Les ministres de la Défense américain et russe")
    page = SEED[:place] + "Le résumé d'un autre :" + SEED[place:]
    found = read(page)
    assert codes(found) == ["teaser_unmatched"]
    assert found.related == read(SEED).related


def test_joined_line_that_ends_like_a_sentence_is_no_subhead():
    page = SEED.replace(
        "Intensification des frappes de l'armée syrienne",
        "Les frappes de l'armée syrienne ont redoublé.",
    )
    kinds = [block.type for block in read(page).body]
    assert (kinds.count("paragraph"), kinds.count("subhead")) == (15, 1)
