"""A commenter is sanctioned without scripts, and reads why; no page has a fault."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.models import Comment
from moderation.author_notes import add_note
from tests.browser.test_reports import sign_in
from tests.factories import CommentFactory, ModeratorFactory, ReaderFactory
from tests.moderation.sanctioning import sanctioned

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def reader(live_server):
    return ReaderFactory(commenter="Nadia Abou Rjeily")


@pytest.mark.parametrize("width", [390, 1280])
def test_sanctioned_and_lifted_without_scripts(visit, reader, width):
    comment = CommentFactory(author=reader.commenter, published=True)
    desk = visit(javascript=False, width=width)
    sign_in(desk, ModeratorFactory())
    page = desk.open("/moderation/?etat=tous")
    page.locator(".desk-card-record a").click()
    page.get_by_text("Sanctionner…").click()
    page.get_by_label("Suspendre").check()
    last = timezone.localdate() + timedelta(5)
    page.get_by_label("Suspendu jusqu’au").fill(last.isoformat())
    page.locator("#id_reason").select_option("injure")
    page.locator("#id_message").fill("Vous avez insulté Rami.")
    page.get_by_role("button", name="Relire ce qui sera envoyé").click()
    # Not warned before: what was typed is still there
    page.get_by_text("n’a pas été averti").wait_for()
    assert page.locator("#id_message").input_value() == "Vous avez insulté Rami."
    assert page.get_by_label("Suspendu jusqu’au").input_value() == last.isoformat()
    page.get_by_label("Les faits sont graves").check()
    page.get_by_label("Pourquoi ils sont").fill("Menaces de mort répétées.")
    page.get_by_role("button", name="Relire ce qui sera envoyé").click()
    assert "Vous avez insulté Rami." in page.locator(".sanction-text").inner_text()
    page.get_by_role("button", name="Sanctionner et envoyer").click()
    page.get_by_text("est enregistrée").wait_for()
    assert reader.commenter.sanctions.get().stands

    # Opened before the suspension, sent after it: here, by hand
    own = visit(javascript=False, width=width)
    sign_in(own, reader)
    page = own.open(comment.article.get_absolute_url())
    page.get_by_text("Vous ne pouvez pas publier de commentaire").wait_for()
    assert page.locator("#ecrire").count() == 0
    page.get_by_role("link", name="Lire la décision").click()
    page.get_by_role("heading", name="Avertissements et sanctions").wait_for()
    page.get_by_text("Vous avez insulté Rami.").wait_for()

    page = desk.page
    page.get_by_text("Lever…").click()
    page.get_by_label("Pourquoi vous la levez").fill("Elle s’est excusée.")
    page.get_by_role("button", name="Lever la sanction").click()
    page.get_by_text("La sanction est levée").wait_for()
    page = own.open(comment.article.get_absolute_url())
    assert page.locator("#ecrire").count() == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_form_open_before_the_ban_keeps_its_text(visit, reader, javascript):
    shown = CommentFactory(published=True)
    own = visit(javascript=javascript)
    sign_in(own, reader)
    page = own.open(shown.article.get_absolute_url())
    page.get_by_label("Votre commentaire").fill("Une heure de travail.")
    sanctioned(reader.commenter, "ban")
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("Les commentaires vous sont fermés").first.wait_for()
    assert (
        page.get_by_label("Votre commentaire").input_value() == "Une heure de travail."
    )
    assert Comment.objects.count() == 1
    assert not javascript or not own.violations()  # axe is a script


@pytest.mark.parametrize("width", [390, 1280])
def test_its_pages_have_no_fault(visit, reader, width):
    author, moderator = reader.commenter, ModeratorFactory()
    for _ in range(12):
        CommentFactory(author=author, published=True, text="رأي")
    for kind in ("warning", "suspension", "review"):
        sanctioned(author, kind, by=moderator, message="تحذير")
    add_note(author, by=moderator, text="S’est excusée.")
    desk = visit(width=width)
    sign_in(desk, moderator)
    page = desk.open(f"/moderation/auteurs/{author.pk}/")
    faults = desk.violations()
    for summary in ("#sanctionner > summary", ".author-sanction summary"):
        page.locator(summary).first.click()
    faults += desk.violations()
    page.get_by_label("Bannir").check()
    page.get_by_role("button", name="Relire ce qui sera envoyé").click()
    page.locator(".errorlist").first.wait_for()
    faults += desk.violations()
    page.locator("#id_reason").select_option("haine")
    page.get_by_role("button", name="Relire ce qui sera envoyé").click()
    page.locator(".sanction-text").wait_for()
    faults += desk.violations()
    for query, listed in (("", 3), ("?genre=ban", 0), ("?genre=vague", 3)):
        shown = desk.open(f"/moderation/sanctions/{query}")
        assert shown.get_by_role("link", name="Nadia").count() == listed
        faults += desk.violations()
    own = visit(width=width)
    sign_in(own, reader)
    own.open("/compte/commentaires/")
    faults += own.violations()
    own.open(author.comments.first().article.get_absolute_url())
    faults += own.violations()
    assert not faults, "\n".join(faults)
