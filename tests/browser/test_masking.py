"""A number is masked and the comment published: by keyboard, by selection, without scripts."""

import pytest
from django.conf import settings
from django.test import Client

from comments.models import Comment
from moderation.models import Masking
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.masking import NUMBER, TEXT

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]

SELECT = """(text, words) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(words);
    if (start >= 0) getSelection().setBaseAndExtent(node, start, node, start + words.length);
  }
}"""


@pytest.fixture
def held(live_server):
    article = ArticleFactory(comment_policy="a_priori")
    author = ReaderFactory().commenter
    return submit_comment(article=article, author=author, text="😀 " + TEXT)


@pytest.fixture
def sign_in(visit):
    def open_desk(user=None, **window):
        visitor = visit(**window)
        client = Client()
        client.force_login(user or ModeratorFactory())
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        visitor.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
        )
        visitor.open("/moderation/")
        return visitor

    return open_desk


def shown(comment):
    comment.refresh_from_db()
    return Comment.objects.select_related("revision").get(pk=comment.pk)


def test_two_keys_mask_the_number_and_publish(held, sign_in):
    visitor = sign_in()
    page = visitor.page
    page.keyboard.press("j")
    page.keyboard.press("m")
    assert not visitor.axe()
    page.keyboard.press("Enter")
    page.locator("[role=status]").get_by_text("Masqué").wait_for()
    comment = shown(held)
    assert comment.status == Comment.Status.PUBLISHED
    assert NUMBER not in comment.html
    visitor.open(comment.article.get_absolute_url())
    page.locator(".comment .masked").first.wait_for()
    assert not visitor.axe()
    for path in ("/moderation/historique/", f"/moderation/commentaires/{held.pk}/"):
        visitor.open(path)
        page.get_by_role("button", name="Démasquer").wait_for()
        assert not visitor.axe(), path


def test_what_is_selected_is_masked_too_and_what_is_masked_counts_whole(held, sign_in):
    visitor = sign_in()
    page = visitor.page
    card = page.locator(f"#carte-{held.pk}")
    card.focus()
    page.keyboard.press("m")
    card.get_by_role("button", name="Masquer seulement").click()
    page.locator("[role=status]").get_by_text("Masqué").wait_for()
    card.locator("[data-text] .masked").wait_for()
    card.locator("[data-text]").evaluate(SELECT, "parler")  # behind the mask
    page.keyboard.press("m")
    assert not visitor.axe()
    card.get_by_role("button", name="Masquer seulement").click()
    page.locator("[role=status]").get_by_text("autre détail personnel").wait_for()
    assert [m.words for m in Masking.objects.order_by("pk")] == [[NUMBER], ["parler"]]
    page.keyboard.press("u")
    page.locator("[role=status]").get_by_text("Démasqué").wait_for()
    assert shown(held).revision.shown_text.endswith("pour en parler.")


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts(held, sign_in, width):
    visitor = sign_in(javascript=False, width=width)
    page = visitor.page
    page.get_by_text("Masquer un passage…").first.click()
    page.get_by_role("button", name="Masquer et publier").click()
    page.get_by_text("publié. Masqué").wait_for()
    assert NUMBER not in shown(held).html
    page.goto(f"{visitor.site}/moderation/commentaires/{held.pk}/")
    page.get_by_role("button", name="Démasquer").click()
    page.get_by_text("se lit de nouveau en entier").wait_for()
    assert NUMBER in shown(held).html
