"""An article, its thread, and the lasting address of each comment."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article, Block, CommentPolicy, RelatedLink
from comments.models import Comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 1, 8, tzinfo=UTC)


class TestArticle:
    def test_body_in_order_with_joined_lines_and_inline_link(self, client):
        article = ArticleFactory(topic="Conflit", lede="Le chapeau.")
        for position, (kind, text, joined) in enumerate(
            [
                ("paragraph", "Un.", False),
                ("paragraph", "Suite de un.", True),
                ("related_inline", "(Lire aussi : Ailleurs : deux)", False),
                ("subhead", "Intertitre", False),
                ("paragraph", "Deux.", True),
            ],
            start=1,
        ):
            Block.objects.create(
                article=article,
                position=position,
                type=kind,
                text=text,
                joined_to_previous=joined,
            )
        RelatedLink.objects.create(
            article=article, placement="inline", position=3, title="Ailleurs : deux"
        )
        page = client.get(article.get_absolute_url()).content.decode()
        assert "<p>Un.<br>Suite de un.</p>" in page
        assert ">(Lire aussi : Ailleurs : deux)</p>" in page
        order = ["Le chapeau.", "Un.<br>", "(Lire aussi", "Intertitre", "Deux."]
        places = [page.index(text) for text in order]
        assert places == sorted(places)

    @pytest.mark.parametrize("title", ["Ailleurs : deux", "Autrement imprimé"])
    def test_inline_link_leads_to_its_article(self, client, title):
        article, target = ArticleFactory(), ArticleFactory(title=title)
        text = "(Lire aussi : Ailleurs : deux)"
        Block.objects.create(
            article=article, position=1, type="related_inline", text=text
        )
        address = article.get_absolute_url()
        assertContains(client.get(address), f">{text}</p>")
        RelatedLink.objects.create(
            article=article, placement="inline", position=1, title=title, target=target
        )
        response = client.get(address)
        shown = title if title in text else text
        link = f'<a href="{target.get_absolute_url()}">{shown}</a>'
        assertContains(response, text.replace(shown, link))

    def test_related_links_lead_only_where_something_is(self, client):
        article = ArticleFactory()
        target = ArticleFactory(status=Article.Status.DRAFT)
        for position, (title, url, to) in enumerate(
            [
                ("Relatif", "/article/000/1.html", None),
                ("Ailleurs", "https://exemple.org/a", None),
                ("Script", "javascript:alert(1)", None),
                ("Ici", "", target),
            ]
        ):
            RelatedLink.objects.create(
                article=article, position=position, title=title, url=url, target=to
            )
        address = article.get_absolute_url()
        response = client.get(address)
        assertContains(response, '<a href="https://exemple.org/a">Ailleurs</a>')
        for title in ("Relatif", "Script", "Ici"):
            assertContains(response, f"<li>{title}</li>")
        assertNotContains(response, "javascript:alert")
        Article.objects.filter(pk=target.pk).update(status=Article.Status.PUBLISHED)
        link = f'<a href="{target.get_absolute_url()}">Ici</a>'
        assertContains(client.get(address), link)

    def test_unknown_facts_are_left_out(self, client):
        article = ArticleFactory(published_at=None, byline="", image_caption="")
        response = client.get(article.get_absolute_url())
        assertNotContains(response, "<figure")
        assertNotContains(response, "<time")
        Article.objects.filter(pk=article.pk).update(
            published_at=DAY, byline="A. Khoury", image_caption="Une légende."
        )
        response = client.get(article.get_absolute_url())
        assertContains(response, "10 h 00, le 1er mars 2026")
        for text in ("A. Khoury", "Une légende.", "Photographie non reproduite"):
            assertContains(response, text)

    def test_comments_stand_outside_the_article(self, client):
        comment = CommentFactory(text="Mon avis de lectrice.", published=True)
        page = client.get(comment.article.get_absolute_url()).content.decode()
        article, rest = page.split("</article>")
        assert "Mon avis de lectrice." not in article
        teaser, thread = rest.split('aria-label="Commentaires des lecteurs"')
        assert "commentaires (1)" in teaser
        assert "Mon avis de lectrice." in teaser
        assert "Tous les commentaires" in teaser
        assert "Commentaires (1)" in thread
        assert "Mon avis de lectrice." in thread
        assert "contributions de lecteurs" in thread
        assert "Retour en haut" in thread
        assert page.count(f'id="comment-{comment.pk}"') == 1

    def test_time_as_printed(self, client):
        comment = CommentFactory(
            created_at=datetime(2015, 9, 18, 21, 33, tzinfo=UTC), published=True
        )
        assertContains(
            client.get(comment.article.get_absolute_url()),
            "00 h 33, le 19 septembre 2015",
        )

    @pytest.mark.parametrize("status", ["pending", "hidden", "deleted"])
    def test_only_published_comments_show(self, client, status):
        comment = CommentFactory(text="Mot témoin.", published=True)
        address = comment.article.get_absolute_url()
        assertContains(client.get(address), "Mot témoin.")
        Comment.objects.filter(pk=comment.pk).update(status=status)
        assertNotContains(client.get(address), "Mot témoin.")

    def test_pages_hold_each_comment_once(self, client):
        article = ArticleFactory()
        for number in range(30):
            thread = CommentFactory(
                article=article, text=f"n° {number}", published=True
            )
            for _reply in range(3):
                CommentFactory(parent=thread, published=True)
        ids, pages, address = [], 0, article.get_absolute_url()
        first = address
        while address:
            response = client.get(address)
            page = response.content.decode()
            ids += [part.split('"')[0] for part in page.split('id="comment-')[1:]]
            pages += 1
            assert ("Premiers commentaires" in page) == (address != first)
            after = response.context["next_after"]
            assert ("Commentaires suivants" in page) == bool(after)
            address = f"{first}?apres={after}" if after else ""
        ids = [each for each in ids if each.isdigit()]
        assert pages == 3
        assert len(ids) == len(set(ids)) == 120

    @pytest.mark.parametrize(
        "after", ["x", "0" * 21, "\x00", "g" * 22, "0" * 132, "٠" * 22]
    )
    def test_place_that_no_thread_has(self, client, after):
        address = ArticleFactory().get_absolute_url()
        assert client.get(address, {"apres": after}).status_code == 404

    def test_draft_is_not_there(self, client):
        draft = ArticleFactory(status=Article.Status.DRAFT)
        assert client.get(draft.get_absolute_url()).status_code == 404
        Article.objects.filter(pk=draft.pk).update(status=Article.Status.PUBLISHED)
        assert client.get(draft.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("count", [3, 60])
    def test_queries(self, client, django_assert_num_queries, count):
        article = ArticleFactory(paragraphs=["a"] * count)
        for number in range(count):
            RelatedLink.objects.create(article=article, position=number, title="t")
            parent = CommentFactory(article=article, published=True)
            CommentFactory(parent=parent, published=True)
        with django_assert_num_queries(
            6
        ):  # article, rules, thread, links, blocks, masthead
            client.get(article.get_absolute_url())
        client.force_login(ReaderFactory())
        # + session, account, signature, 2 rights, charter, sanctions, own waiting comments
        with django_assert_num_queries(14):
            client.get(article.get_absolute_url())

    def test_closed_article_says_so(self, client):
        article = ArticleFactory()
        address = article.get_absolute_url()
        assertNotContains(client.get(address), "sont fermés")
        Article.objects.filter(pk=article.pk).update(
            comment_policy=CommentPolicy.CLOSED
        )
        response = client.get(address)
        assertContains(response, "Les commentaires de cet article sont fermés.")
        assertNotContains(response, "Connectez-vous pour commenter")


class TestPermalink:
    def test_leads_to_the_page_that_holds_the_comment(self, client):
        article = ArticleFactory()
        comments = [CommentFactory(article=article, published=True) for _n in range(60)]
        for comment in (comments[0], comments[-1]):
            response = client.get(reverse("comment", args=[comment.pk]), follow=True)
            address, _status = response.redirect_chain[-1]
            assert address.endswith(f"#comment-{comment.pk}")
            assertContains(response, f'id="comment-{comment.pk}"')

    def test_only_its_author_finds_a_waiting_comment(self, client):
        reader = ReaderFactory()
        comment = CommentFactory(author=reader.commenter)
        address = reverse("comment", args=[comment.pk])
        assert client.get(address).status_code == 404
        client.force_login(ModeratorFactory())
        assert client.get(address).status_code == 404
        client.force_login(reader)
        assert client.get(address).status_code == 302

    @pytest.mark.parametrize("pk", [1, 10**30])
    def test_unknown(self, client, pk):
        assert client.get(f"/commentaires/{pk}/").status_code == 404
        client.force_login(ReaderFactory())
        assert client.get(f"/commentaires/{pk}/repondre/").status_code == 404
