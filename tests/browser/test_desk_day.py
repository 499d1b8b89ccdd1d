"""Three hundred waiting comments decided by keyboard alone, none lost, none twice."""

import pytest
from django.conf import settings
from django.test import Client

from comments.models import Comment
from moderation.models import Action, Decision, QueueEntry
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.ledger import disagreements

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]

COUNT = 300
TEXTS = (
    "Quel connard, ce ministre.",
    "Je ne suis pas de cet avis, et voici pourquoi.",
    "ASSEZ DE MENSONGES, VRAIMENT ASSEZ",
    "هذا المقال مهم جدا.",
    "Encore un larbin de Washington !!!!",
)


def queue():
    articles = [ArticleFactory(comment_policy="a_priori") for _ in range(3)]
    readers = [ReaderFactory().commenter for _ in range(30)]
    for number in range(COUNT):
        submit_comment(
            article=articles[number % 3],
            author=readers[number % 30],
            text=f"{TEXTS[number % len(TEXTS)]} ({number})",
        )


def test_three_hundred_comments_by_keyboard(visit, live_server, settings):
    settings.COMMENTS_PER_MINUTE = COUNT
    queue()
    visitor, moderator = signed_in(visit)
    page = visitor.page
    decided = 0
    while decided < COUNT:
        waiting = page.locator(".desk-card[data-card]").count()
        assert waiting
        page.keyboard.press("j")
        for _ in range(waiting):
            card = page.evaluate("document.activeElement.id")
            assert card.startswith("carte-"), card
            if decided % 3:
                page.keyboard.press("a")
            else:
                page.keyboard.press("h")
                # The suggested reason, or for a text without any flag the first one
                suggested = page.locator(f"#{card} .suggested").count()
                page.keyboard.press("Enter" if suggested else "1")
            page.wait_for_function(
                "card => document.activeElement.matches('h1, .desk-card')"
                " && document.activeElement.id !== card",
                arg=card,
            )
            decided += 1
        if decided < COUNT:
            with page.expect_navigation():
                page.keyboard.press("j")  # this page is done: the next one
    assert not QueueEntry.objects.exists()
    taken = Decision.objects.filter(moderator=moderator)
    assert taken.count() == taken.values("comment").distinct().count() == COUNT
    assert taken.filter(action=Action.HIDE).count() == COUNT // 3
    assert not Comment.objects.filter(status=Comment.Status.PENDING).exists()
    assert disagreements() == []


def signed_in(visit):
    visitor = visit()
    client, moderator = Client(), ModeratorFactory()
    client.force_login(moderator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
    )
    visitor.open("/moderation/")
    return visitor, moderator
