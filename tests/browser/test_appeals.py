"""An author contests in two clicks, a moderator answers; neither needs scripts."""

import pytest
from django.conf import settings
from django.test import Client

from comments.models import Comment
from moderation.models import Appeal
from tests.factories import EditorFactory, ModeratorFactory, ReaderFactory
from tests.moderation.contesting import answered, contested, hidden

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def reader(live_server):
    return ReaderFactory()


def sign_in(visitor, user):
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_an_author_contests_in_two_clicks(reader, visit, width):
    hidden(reader, text="Mon texte masqué.")
    visitor = visit(javascript=False, width=width)
    sign_in(visitor, reader)
    page = visitor.open("/compte/commentaires/")
    page.get_by_role("link", name="Contester cette décision").click()
    page.get_by_role("button", name="Envoyer la contestation").click()
    page.get_by_text("Votre contestation est envoyée.").wait_for()
    assert Appeal.objects.open().count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_a_moderator_answers_without_scripts(reader, visit, width):
    appeal = contested(reader, text="Mon texte masqué.")
    visitor = visit(javascript=False, width=width)
    sign_in(visitor, ModeratorFactory())
    page = visitor.open("/moderation/")
    page.get_by_role("link", name="Contestations 1").click()
    page.get_by_role("link", name="conteste").click()
    words = page.get_by_label("Ce que l’auteur lira")
    words.last.fill("")
    page.get_by_role("button", name="Rétablir le commentaire").click()
    page.get_by_text("rétabli. L’auteur peut lire votre réponse.").wait_for()
    appeal.refresh_from_db()
    assert appeal.outcome == "reversed"
    comment = Comment.objects.get(pk=appeal.statement.comment_id)
    assert comment.status == Comment.Status.PUBLISHED


def test_a_moderator_answers_by_keyboard(reader, visit):
    contested(reader)
    visitor = visit()
    sign_in(visitor, ModeratorFactory())
    page = visitor.open("/moderation/contestations/")
    page.get_by_role("link", name="conteste").focus()
    page.keyboard.press("Enter")
    area = page.locator("#reponse-upheld")
    area.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("j’ai relu")  # no key of the desk is heard here
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Masquage maintenu.").wait_for()
    assert Appeal.objects.get().reasoning == "j’ai relu"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_authors_pages_have_no_fault(reader, visit, width):
    fresh = hidden(reader, text="Mon texte masqué.")
    waiting = contested(reader, argument="كان ذلك سخرية")
    upheld = answered(contested(reader), "upheld")
    reversed_ = answered(contested(reader), "reversed")
    visitor = visit(width=width)
    sign_in(visitor, reader)
    paths = ["/compte/commentaires/", f"/compte/contestations/{fresh.puid}/"]
    for appeal in (waiting, upheld, reversed_):
        paths.append(f"/compte/contestations/{appeal.statement.puid}/")
    faults = []
    for path in paths:
        visitor.open(path)
        faults += visitor.violations()
    page = visitor.open(f"/compte/contestations/{fresh.puid}/")
    page.locator("textarea").evaluate("(area) => area.removeAttribute('maxlength')")
    page.locator("textarea").fill("Long. " * 400)
    page.get_by_role("button", name="Envoyer la contestation").click()
    page.locator(".errorlist").wait_for()
    assert not faults + visitor.violations()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_desks_pages_have_no_fault(reader, visit, width):
    moderator = ModeratorFactory()
    waiting = contested(reader, argument="كان ذلك سخرية", text="Un texte.")
    own = contested(by=moderator)
    closed = answered(contested(reader), "reversed")
    visitor = visit(width=width)
    sign_in(visitor, moderator)
    faults = []
    for path in (
        "",
        "?vue=closes",
        *(f"{appeal.pk}/" for appeal in (waiting, own, closed)),
    ):
        visitor.open(f"/moderation/contestations/{path}")
        faults += visitor.violations()
    page = visitor.open(f"/moderation/contestations/{waiting.pk}/")
    page.locator("#reponse-upheld").fill(" ")
    page.get_by_role("button", name="Maintenir le masquage").click()
    page.locator("#erreur-upheld").wait_for()
    assert page.locator(":focus").get_attribute("id") == "reponse-upheld"
    faults += visitor.violations()
    visitor.open(f"/moderation/commentaires/{waiting.statement.comment_id}/")
    faults += visitor.violations()
    other = visit(width=width)
    sign_in(other, EditorFactory())
    page = other.open(f"/moderation/contestations/{waiting.pk}/")
    assert page.locator(".desk-appeal form").count() == 0
    assert not faults + other.violations()
