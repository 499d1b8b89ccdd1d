"""A reporter contests from the link of his mail, and a moderator answers; no scripts needed."""

import pytest
from django.conf import settings
from django.test import Client

from comments.models import Comment
from moderation.complaints.links import contest_key
from moderation.models import Complaint
from tests.factories import ModeratorFactory
from tests.moderation.complaining import complained, kept

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


def address(report):
    return f"/signalements/{report.reference}/contester/?cle={contest_key(report)}"


def sign_in(visitor):
    client = Client()
    client.force_login(ModeratorFactory())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
    )


@pytest.mark.parametrize(("width", "javascript"), [(390, False), (1280, True)])
def test_a_reporter_contests(live_server, visit, width, javascript):
    report = kept()
    visitor = visit(width=width, javascript=javascript)
    page = visitor.open(address(report))
    if javascript:
        assert not visitor.axe()
    page.get_by_label("Pourquoi est-ce une erreur").fill("Relisez la fin.")
    page.get_by_role("button", name="Envoyer la contestation").click()
    page.get_by_text("Votre contestation est envoyée.").wait_for()
    page.get_by_text("Un autre modérateur relira le commentaire").wait_for()
    assert Complaint.objects.get().argument == "Relisez la fin."
    if javascript:
        assert not visitor.axe()
        visitor.open(f"/signalements/{report.reference}/")
        assert not visitor.axe()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_moderator_hides_after_all(live_server, visit, width):
    complaint = complained()
    visitor = visit(javascript=False, width=width)
    sign_in(visitor)
    page = visitor.open("/moderation/")
    page.get_by_role("link", name="Contestations 1").click()
    page.get_by_role("link", name="Un lecteur conteste").click()
    page.get_by_role("button", name="Masquer le commentaire").click()
    page.get_by_text("Commentaire masqué.").wait_for()
    comment = Comment.objects.get(pk=complaint.report.comment_id)
    assert comment.status == Comment.Status.HIDDEN


def test_the_pages_pass_axe(live_server, visit):
    complaint = complained()
    visitor = visit()
    sign_in(visitor)
    for path in (
        "/moderation/contestations/",
        f"/moderation/contestations/lecteurs/{complaint.pk}/",
    ):
        visitor.open(path)
        assert not visitor.axe(), path
