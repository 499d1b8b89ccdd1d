"""Traps of HTML alone: noise, other elements, facts of the head, hostile pages."""

import json

import pytest

from newsroom.importer.decoding import MAX_BYTES
from newsroom.importer.html_form import MAX_DEPTH, MAX_TAGS
from tests.newsroom.importer.html_printing import MANNERS, Plain
from tests.newsroom.importer.printing import Page, Said
from tests.newsroom.importer.reading import codes, expected, read, refused, summary

PAGE = Page()
PLAIN = MANNERS["Plain"].page(PAGE)
NOON = "12 h 00, le 3 mai 2016"


def page_with(*, head: str = "", before: str = "", after: str = "") -> str:
    """The plain page with something in its head, before its title or at its end."""
    page = PLAIN.replace("</head>", f"{head}</head>", 1)
    page = page.replace("<body>", f"<body>{before}", 1)
    return page.replace("</body>", f"{after}</body>", 1)


def list_of(
    *comments: str, wrapped: str = "<ul>{}</ul>", number: int | None = None
) -> str:
    """A small page with these comments, each as HTML."""
    number = len(comments) if number is None else number
    return (
        "<html><body><h1>Un titre à lire</h1><p>Un paragraphe.</p>"
        f"<h4>Commentaires ({number})</h4>{wrapped.format(''.join(comments))}</body></html>"
    )


def said(page: str) -> list[tuple[str, str]]:
    return [(comment.text, comment.author) for comment in read(page).comments]


@pytest.mark.parametrize(
    "noise",
    [
        "<div id=logo><a href='/'>Le Journal</a></div>",
        "<nav><a href=/a>Accueil</a><a href=/b>Liban</a></nav>",
        "<div><ul><li><a href=/a>Accueil</a><li><a href=/b>Liban</a></ul></div>",
        "<form><label>Rechercher</label><input></form>",
        "<script>document.write('<h1>Piège</h1>')</script>",
        "<style>h1::before { content: 'Piège' }</style>",
        "<template><h1>Piège</h1><p>Piège</p></template>",
        "<noscript><p>Activez JavaScript</p></noscript>",
        "<div hidden><p>Piège</p></div><div style='display: none'>Piège</div>",
        "<!-- <h1>Piège</h1> -->",
        "<aside><h4>Les plus lus</h4><p>Autre chose.</p></aside>",
        "<svg><title>Piège</title><text>Piège</text></svg>",
        "<h1><a href='/'></a></h1>",
    ],
)
def test_noise_around_the_article_is_left_out(noise):
    assert summary(read(page_with(before=noise, after=noise))) == expected(PAGE)


def test_noise_below_an_article_without_comments_is_left_out():
    page = MANNERS["Plain"].page(PAGE.but(declared=None))
    tail = "<div><a href=/x>Contact</a></div><footer><p>Le Journal SAL</p></footer>"
    found = read(page.replace("</body>", f"{tail}</body>"))
    assert summary(found) == expected(PAGE.but(declared=None))


def test_head_states_address_time_and_author():
    head = (
        '<link rel="canonical" href="https://journal.example/a/1.html">'
        '<meta property="article:published_time" content="2016-05-03T18:30:00+03:00">'
        '<meta name="author" content="Rima Haddad">'
    )
    assert read(PLAIN).article.url is None
    article = read(page_with(head=head)).article
    assert article.url == "https://journal.example/a/1.html"
    assert article.published_at.isoformat() == "2016-05-03T18:30:00+03:00"
    assert article.author == "Rima Haddad"


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2016-05-03T18:30:00+03:00", "2016-05-03T18:30:00+03:00"),
        ("2016-05-03T15:30:00Z", "2016-05-03T15:30:00+00:00"),
        ("2016-05-03T18:30", "2016-05-03T18:30:00+03:00"),  # the zone's own
    ],
)
def test_publication_time_may_stand_in_json_ld(written, instant):
    article = {"@type": "NewsArticle", "datePublished": written}
    data = json.dumps({"@graph": [article]})
    head = f'<script type="application/ld+json">{data}</script>'
    found = read(page_with(head=head))
    assert found.article.published_at.isoformat() == instant
    assert codes(found) == []


@pytest.mark.parametrize(
    "written", ["2016-05-03", "hier", "9999-99-99T00:00", "0001-01-01T00:00+14:00"]
)
def test_publication_time_that_is_none_stays_unknown(written):
    head = f'<meta property="article:published_time" content="{written}">'
    found = read(page_with(head=head))
    assert found.article.published_at is None
    assert codes(found) == ["published_at_invalid"]


@pytest.mark.parametrize(
    "data", ["[" * 100_000, "{", "null", "3", '[{"@type": 3}]', '{"@type": "Article"}']
)
def test_strange_json_ld_is_no_hindrance(data):
    head = f'<script type="application/ld+json">{data}</script>'
    assert summary(read(page_with(head=head))) == expected(PAGE)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "#haut", "", "/a" + "b" * 600],
)
def test_address_that_leads_to_no_page_is_none(address):
    page = PAGE.but(addresses={PAGE.listed[0]: address, PAGE.listed[1]: "/article/2"})
    found = read(MANNERS["Plain"].page(page))
    listed = [link for link in found.related if link.placement == "list"]
    assert [link.url for link in listed] == [None, "/article/2"]
    head = f'<link rel="canonical" href="{address}">'
    assert read(page_with(head=head)).article.url is None


def test_title_is_the_heading_that_the_page_names():
    head = (
        '<meta property="og:title" content="Les  pêcheurs de Tyr reprennent le large">'
    )
    page = page_with(head=head, before="<h1>Le Journal</h1>")
    assert read(page).article.title == PAGE.title
    page = page.replace("<h1>Les", "<h2>Les").replace("large</h1>", "large</h2>")
    assert read(page).article.title == PAGE.title


def test_page_without_heading_is_refused():
    page = PLAIN.replace("<h1>", "<p>").replace("</h1>", "</p>")
    assert "titre introuvable" in str(refused(page))


@pytest.mark.parametrize(
    "comment",
    [
        "<li><span>Oui.</span> <span>NADIA</span> <span>{t}</span></li>",
        "<li>Oui.<br>NADIA<br>{t}</li>",
        "<li><p>Oui.</p><p>NADIA, {t}</p></li>",
        "<li><p>Oui.</p><div><b>NADIA</b><time>{t}</time></div></li>",
        "<li><p>Oui.</p><p>Par&nbsp;<!-- x --></p></li>".replace(
            "Par&nbsp;<!-- x -->", "NADIA</p><p>{t}</p><p><a href=/r>Répondre</a>"
        ),
        "<li><header><cite>NADIA</cite> <time>{t}</time></header><p>Oui.</p></li>",
        "<article><div><div><p>Oui.</p></div><div>NADIA</div></div><p>{t}</p></article>",
        "<dt>NADIA</dt><dd>Oui.</dd><dd>{t}</dd>",
        "<tr><td>Oui.</td><td>NADIA</td><td>{t}</td></tr>",
    ],
)
@pytest.mark.parametrize("number", [1, 3])
def test_comment_s_parts_are_known_by_their_places(comment, number):
    wrapped = "<dl>{}</dl>" if "<dt>" in comment else "<div>{}</div>"
    wrapped = "<table>{}</table>" if "<tr>" in comment else wrapped
    page = list_of(*[comment.format(t=NOON)] * number, wrapped=wrapped)
    assert said(page) == [("Oui.", "NADIA")] * number


def test_answers_inside_a_comment_know_what_they_answer():
    def item(text, *answers):
        below = f"<ul>{''.join(answers)}</ul>" if answers else ""
        return f"<li><p>{text}</p><p>NADIA</p><p>{NOON}</p>{below}</li>"

    page = list_of(
        item("un", item("deux", item("trois")), item("quatre")), item("cinq"), number=5
    )
    found = read(page)
    assert [c.text for c in found.comments] == ["un", "deux", "trois", "quatre", "cinq"]
    assert [c.parent for c in found.comments] == [None, 1, 2, 1, None]
    assert codes(found) == []


def test_comment_without_time_is_refused_with_its_line():
    rows = [f"<li><p>{n}</p><p>NADIA</p><p>{NOON}</p></li>\n" for n in ("un", "deux")]
    page = list_of(rows[0], "<li><p>Sans heure</p>\n<p>NADIA</p></li>\n", rows[1])
    error = refused(page)
    assert "Sans heure" in str(error)
    assert error.line == 2


def test_form_below_the_comments_is_no_comment():
    rows = [f"<div><p>Oui.</p><p>NADIA</p><p>{NOON}</p></div>"] * 2
    notice = "<div>Pour commenter, connectez-vous.</div>"
    page = list_of(*rows, notice, wrapped="<div>{}</div>", number=2)
    assert said(page) == [("Oui.", "NADIA")] * 2


def test_typed_spaces_stay_and_the_source_s_own_breaks_do_not():
    text = "Un  mot&nbsp;!\n      Un <b>autre</b>\n  <i> mot</i> "
    page = list_of(f"<li>\n  <p>\n    {text}\n  </p><p>NADIA</p><p>{NOON}</p></li>")
    assert said(page) == [("Un  mot\u00a0! Un autre mot", "NADIA")]


def test_second_picture_is_told():
    figure = "<figure><img src=/2.jpg><figcaption>Autre image.</figcaption></figure>"
    page = PLAIN.replace("<p>Mercredi", f"{figure}<p>Mercredi", 1)
    found = read(page)
    assert codes(found) == ["picture_left_out"]
    assert summary(found) == expected(PAGE)


def test_page_cut_off_in_a_tag_is_refused():
    for end in ("<!-- ", "<script>", '<a href="'):
        assert "coupée" in str(refused(PLAIN.replace("<section", f"{end}<section")))


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        ("<div a='" + "x" * MAX_BYTES + "'>", "trop grand"),
        ("<div>" * 100_000, "imbriqués"),
        ("<b><i>" * 20_000, "imbriqués"),
        ("<p>a" * (MAX_TAGS + 1), "balises"),
        ("<ul><li>" * MAX_DEPTH, "imbriqués"),
    ],
)
def test_page_too_large_or_too_deep_is_refused(hostile, reason):
    assert reason in str(refused(PLAIN.replace("</body>", f"{hostile}</body>")))


@pytest.mark.parametrize(
    "hostile",
    [
        "<div " + " ".join(f"a{n}" for n in range(20_000)) + ">",
        "<div a='" + "x" * 1_000_000 + "'>",
        "<p>" + "&" * 500_000 + "</p>",
        "<p>" + " " * 500_000 + "x</p>",
        "<div>" * 200 + "</div>" * 200,
        "<!-- " + "<script " * 50_000 + "-->",
        "<p>" + f"{NOON} " * 20_000 + "</p>",
    ],
    ids=[
        "attributes",
        "long-attribute",
        "ampersands",
        "spaces",
        "deep",
        "comment",
        "times",
    ],
)
def test_large_page_is_read_all_the_same(hostile):
    page = PLAIN.replace("</body>", f"{hostile}</body>")
    assert read(page).comments == read(PLAIN).comments


def test_thousands_of_comments_in_a_deep_list_are_read():
    number = 3_000
    page = Page(comments=tuple(Said(f"n° {n}", "NADIA", NOON) for n in range(number)))
    above, _ul, below = Plain().page(page).rpartition("<ul>")
    html = above + "<div>" * 150 + "<ul>" + below
    assert len(read(html).comments) == number
