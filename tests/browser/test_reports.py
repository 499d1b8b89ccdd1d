"""A reader reports without scripts; a moderator answers by keyboard."""

import pytest
from django.conf import settings
from django.test import Client

from comments.models import Comment
from moderation.models import Report
from tests.factories import (
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReportFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def comment(live_server):
    return CommentFactory(published=True, text="Un texte que l’on signale.")


def sign_in(visitor, user):
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_reports(comment, visit, width):
    """Without account and without scripts."""
    visitor = visit(javascript=False, width=width)
    page = visitor.open(comment.article.get_absolute_url())
    page.get_by_role("link", name="Signaler le commentaire de").click()
    page.get_by_label("Expliquez pourquoi").fill("هذا شتم")
    page.get_by_role("button", name="Envoyer le signalement").click()
    # The first field to correct has the focus; what was typed is still there
    focused = page.locator(":focus")
    assert focused.get_attribute("id") == "id_kind"
    assert page.get_by_label("Expliquez pourquoi").input_value() == "هذا شتم"
    page.get_by_label("Que reprochez-vous").select_option("injure")
    page.get_by_label("Votre nom").fill("Rita")
    page.get_by_label("Votre adresse").fill("rita@journal.example")
    page.get_by_label("Je pense de bonne foi").check()
    page.get_by_role("button", name="Envoyer le signalement").click()
    page.get_by_role("heading", name="Votre signalement est reçu").wait_for()
    assert Report.objects.get().reference in page.inner_text("main")


@pytest.mark.parametrize("width", [390, 1280])
def test_its_pages_have_no_fault(comment, visit, width):
    visitor = visit(width=width)
    reference = ReportFactory(comment=comment).reference
    faults = []
    for path in (
        comment.article.get_absolute_url(),
        f"/commentaires/{comment.pk}/signaler/",
        f"/signalements/{reference}/",
    ):
        visitor.open(path)
        faults += visitor.violations()
    page = visitor.open(f"/commentaires/{comment.pk}/signaler/")
    page.get_by_role("button", name="Envoyer le signalement").click()
    page.locator(".errorlist").first.wait_for()
    assert page.locator("[aria-invalid=true]").count() == 5
    assert not faults + visitor.violations()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_desk_has_no_fault_with_reports(comment, visit, width):
    ReportFactory.create_batch(7, comment=comment, kind="haine", explanation="عنصرية")
    visitor = visit(width=width)
    sign_in(visitor, EditorFactory())
    faults = []
    for path in ("/moderation/", f"/moderation/commentaires/{comment.pk}/"):
        page = visitor.open(path)
        page.locator(".desk-reports").wait_for()
        faults += visitor.violations()
    assert not faults


def test_a_moderator_answers_by_keyboard(comment, visit):
    reports = [ReportFactory(comment=comment, kind="haine") for _ in range(2)]
    visitor = visit()
    sign_in(visitor, ModeratorFactory())
    page = visitor.open("/moderation/?lecteurs=oui")
    assert page.locator("[data-count=reported]").inner_text() == "1"
    page.keyboard.press("j")
    page.keyboard.press("h")
    page.keyboard.press("Enter")  # the reason that the reports suggest
    page.locator("[role=status]").get_by_text("masqué. Motif : Provocation").wait_for()
    assert page.locator("[data-count=reported]").inner_text() == "0"
    comment.refresh_from_db()
    assert comment.status == Comment.Status.HIDDEN
    outcomes = Report.objects.filter(pk__in=[r.pk for r in reports])
    assert set(outcomes.values_list("outcome", flat=True)) == {"upheld"}
    page.keyboard.press("u")
    page.locator("[role=status]").get_by_text("Décision annulée").wait_for()
    assert page.locator("[data-count=reported]").inner_text() == "1"
    assert page.locator(".desk-reports").count() == 1
    assert set(Report.objects.values_list("state", flat=True)) == {"open"}
