"""The importer's command and service, on the seed page and the sample pages."""

import importlib.util
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Block, RelatedLink
from comments.models import Comment, Commenter
from moderation.models import Action, Flag, QueueEntry
from moderation.services import decide
from newsroom.importer.errors import PageError
from newsroom.importer.reader import read_page
from newsroom.importer.service import store_page
from newsroom.management.commands.write_seed_fixture import seed_fixture
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "fixtures"
TEXT, HTML = FIXTURES / "article-syrie.txt", FIXTURES / "article-syrie.html"
PAGES = ROOT.parent / "shared" / "data" / "pages"
TITLE = "Premiers contacts militaires entre Moscou et Washington sur la Syrie"
FLAGS = {
    "00 h 33, le 19 septembre 2015": {
        (245, 257, "petit Hitler", "epithet"),
        (394, 406, "petit Hitler", "epithet"),
    },
    "23 h 05, le 18 septembre 2015": {(202, 206, "!!!!", "punctuation")},
    "21 h 07, le 18 septembre 2015": {(177, 180, "???", "punctuation")},
    "18 h 29, le 18 septembre 2015": {(156, 170, "Nain poutinien", "epithet")},
    "15 h 41, le 18 septembre 2015": {
        (3, 15, "petit Hitler", "epithet"),
        (128, 144, "IL EST AUX ABOIS", "shouting"),
    },
}


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("import_page", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def plainly(said):
    """What was said, with the no-break spaces of French typography as plain ones."""
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def write(folder, text, name="page.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def counts():
    return {
        "articles": Article.objects.count(),
        "paragraphs": Block.objects.filter(type="paragraph").count(),
        "subheads": Block.objects.filter(type="subhead").count(),
        "inline": RelatedLink.objects.filter(placement="inline").count(),
        "listed": RelatedLink.objects.filter(placement="list").count(),
        "comments": Comment.objects.published().count(),
        "commenters": Commenter.objects.count(),
    }


@pytest.mark.parametrize("page", [TEXT, HTML], ids=["text", "html"])
def test_seed_page_gives_its_counts_once(page):
    assert not Article.objects.exists()
    run(page)
    expected = {
        "articles": 1,
        "paragraphs": 14,
        "subheads": 2,
        "inline": 1,
        "listed": 4,
        "comments": 5,
        "commenters": 3,
    }
    assert counts() == expected
    version = Article.objects.get().version
    said, _err = run(page)
    assert "Rien à changer" in said
    assert counts() == expected
    assert Article.objects.get().version == version


def test_seed_facts_are_printed_ones_or_unknown():
    run(TEXT)
    article = Article.objects.get()
    assert (article.section.name, article.topic) == ("À La Une", "Conflit")
    assert article.kicker == "À La Une - Conflit"
    assert article.lede == "La Russie étudiera l'envoi de troupes si Damas le demande."
    assert article.image_credit == "REUTERS/Abdalrhman Ismail"
    assert article.image_caption.endswith("le 18 septembre 2015.")
    assert (article.published_at, article.byline, article.source_url) == (
        None,
        "",
        None,
    )
    assert article.published_not_after.isoformat() == "2015-09-18T12:41:00+00:00"
    newest = article.comments.in_thread_order().first()
    assert newest.created_at.isoformat() == "2015-09-18T21:33:00+00:00"
    assert newest.author.name == "FAKHOURI"
    assert newest.author.comments.count() == 3


def test_both_forms_give_the_same_texts():
    run(TEXT)
    texts = list(Block.objects.values_list("text", flat=True))
    comments = list(Comment.objects.values_list("revision__text", flat=True))
    page = TEXT.read_text(encoding="utf-8")
    assert all(text in page for text in (*texts, *comments))
    said, _err = run(HTML)
    assert list(Block.objects.values_list("text", flat=True)) == texts
    assert list(Comment.objects.values_list("revision__text", flat=True)) == comments
    assert "le texte" not in said
    assert "commentaire" not in said


def test_seed_comments_carry_these_flags_and_wait_in_the_queue_published():
    run(TEXT)
    whole = Comment.objects.get(printed_time="21 h 07, le 18 septembre 2015")
    text = whole.revision.text
    expected = {
        **FLAGS,
        whole.printed_time: {
            *FLAGS[whole.printed_time],
            (0, 180, text, "shouting"),
        },
    }
    hint = {"mollasson"}  # may be a low insult
    for comment in Comment.objects.select_related("revision"):
        found = {
            (f.start, f.end, f.text, f.category)
            for f in comment.revision.flags.exclude(text__in=hint)
        }
        assert found == expected[comment.printed_time]
    assert not Flag.objects.filter(text__in=hint).exclude(severity="low").exists()
    assert QueueEntry.objects.filter(rank=QueueEntry.Rank.FLAGGED).count() == 5


def test_hidden_comment_stays_hidden_when_its_page_comes_again():
    run(TEXT)
    comment = Comment.objects.get(printed_time="18 h 29, le 18 septembre 2015")
    last = comment.decisions.first()
    decide(
        comment,
        action=Action.HIDE,
        by=ModeratorFactory(),
        after=last.pk,
        revision=comment.revision_id,
        reason="epithete",
    )
    run(TEXT)
    comment.refresh_from_db()
    assert comment.status == Comment.Status.HIDDEN
    assert Article.objects.get().comment_count == 4


def test_changed_page_updates_and_says_what(tmp_path):
    run(TEXT)
    page = TEXT.read_text(encoding="utf-8")
    changed = page.replace("La Russie étudiera l'envoi", "Moscou étudiera l'envoi")
    changed = changed.replace("Beau Tableau !", "Beau tableau !")
    said, _err = run(write(tmp_path, changed))
    assert "Changé : chapeau." in plainly(said)
    assert "1 commentaire a un nouveau texte." in said
    assert Article.objects.get().lede.startswith("Moscou")
    assert counts()["comments"] == 5
    comment = Comment.objects.get(printed_time="23 h 05, le 18 septembre 2015")
    assert [r.number for r in comment.revisions.all()] == [1, 2]


def test_new_comment_joins_and_a_missing_one_is_kept(tmp_path):
    page = TEXT.read_text(encoding="utf-8")
    oldest = page.index("  • Le petit Hitler va")
    shorter = page[:oldest] + "Retour en haut\n"
    shorter = shorter.replace("ommentaires (5)", "ommentaires (4)")
    run(write(tmp_path, shorter))
    assert counts()["comments"] == 4
    said, _err = run(TEXT)
    assert "1 commentaire ajouté." in said
    said, _err = run(write(tmp_path, shorter))
    assert "Commentaires gardés que la page n’imprime plus : 1." in plainly(said)
    assert counts()["comments"] == 5


def test_equal_comments_stay_two(tmp_path):
    page = TEXT.read_text(encoding="utf-8")
    oldest = page.index("  • Le petit Hitler va")
    end = page.index("Retour en haut")
    twice = page[:end] + page[oldest:end] + page[end:]
    path = write(tmp_path, twice.replace("ommentaires (5)", "ommentaires (6)"))
    for _ in range(2):
        run(path)
        assert counts()["comments"] == 6
    assert Comment.objects.filter(printed_time__startswith="15 h 41").count() == 2


def test_dry_run_says_the_same_and_stores_nothing():
    said, _err = run(TEXT, "--dry-run")
    assert "Nouvel article" in said
    assert not Article.objects.exists()
    assert not Comment.objects.exists()
    assert not Commenter.objects.exists()


def test_link_leads_to_its_article_whichever_came_first(tmp_path):
    run(TEXT)
    link = RelatedLink.objects.get(title="En Syrie, Poutine n'a pas le choix")
    assert link.target is None
    page = TEXT.read_text(encoding="utf-8").replace(TITLE, link.title, 1)
    run(write(tmp_path, page))
    link.refresh_from_db()
    link = RelatedLink.objects.get(article__title=TITLE, title=link.title)
    assert link.target == Article.objects.get(title=link.title)


def test_several_links_in_one_block_of_the_text_each_keep_their_place(tmp_path):
    page = TEXT.read_text(encoding="utf-8")
    page = page.replace(
        "En Syrie, Poutine n'a pas le choix", "Une longue phrase. " * 30
    )
    path = write(tmp_path, page)
    run(path)
    inline = RelatedLink.objects.filter(placement="inline")
    assert inline.count() == 4
    for link in inline:
        assert link.title in Block.objects.get(position=link.position).text
    said, _err = run(path)
    assert "Rien à changer" in said


def test_unreadable_page_leaves_the_others_and_ends_in_failure(tmp_path):
    write(tmp_path, "", "a.txt")
    write(tmp_path, TEXT.read_text(encoding="utf-8"), "b.txt")
    (tmp_path / "c.html").write_bytes(bytes(range(256)) * 20)
    err = StringIO()
    with pytest.raises(CommandError, match="2 pages sur 3"):
        call_command("import_page", str(tmp_path), stdout=StringIO(), stderr=err)
    assert "a.txt" in err.getvalue()
    assert "c.html" in err.getvalue()
    assert Article.objects.count() == 1


@pytest.mark.parametrize(("field", "limit"), [("title", 300), ("section", 100)])
def test_value_too_long_for_its_column_is_refused_whole(field, limit):
    page = read_page(TEXT.read_bytes(), zone=ZoneInfo("Asia/Beirut"))
    long = replace(page, article=replace(page.article, **{field: "é" * (limit + 1)}))
    with pytest.raises(PageError, match=str(limit)):
        store_page(long)
    assert not Article.objects.exists()
    store_page(page)
    assert Article.objects.count() == 1


def test_unknown_time_zone_is_told():
    with pytest.raises(CommandError, match="Fuseau horaire inconnu"):
        run(TEXT, "--timezone", "Asia/Nulle-Part")


@pytest.mark.parametrize("form", ["txt", "html"])
@pytest.mark.parametrize("name", ["d1-boulangerie", "d2-piste-cyclable"])
def test_sample_pages_equal_their_goldens(name, form):
    if not PAGES.is_dir():
        pytest.skip("../shared/data/pages is not beside this checkout")
    spec = importlib.util.spec_from_file_location("compare", PAGES / "compare.py")
    compare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(compare)
    golden = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    said, _err = run(PAGES / f"{name}.{form}", "--json")
    shape = "html" if form == "html" else "text"
    assert list(compare.differences(golden, json.loads(said), shape)) == []


def test_seed_fixture_is_what_the_page_gives():
    made = seed_fixture(TEXT.read_bytes())
    assert made == (FIXTURES / "seed.json").read_text(encoding="utf-8")


def test_seed_fixture_loads_twice_into_an_empty_database():
    assert not Article.objects.exists()
    for _ in range(2):
        call_command("loaddata", FIXTURES / "seed.json", verbosity=0)
        assert counts()["comments"] == 5
    assert counts()["paragraphs"] == 14
    assert Article.objects.get().comment_count == 5
