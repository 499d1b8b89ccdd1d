"""What a moderator began to write outlives a reload, and nothing else."""

import pytest
from django.conf import settings
from django.test import Client

from comments.services import add_revision
from moderation.models import StatementOfReasons
from moderation.reason_details import message_of
from moderation.services import decide, submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]

RUDE = "Quel connard, ce ministre ({})."
STORED = "sessionStorage.getItem('newsroom.desk.drafts')"
NOTE = "À revoir avec Zénobie."


@pytest.fixture
def comments(live_server):
    article = ArticleFactory(comment_policy="a_priori")
    return [
        submit_comment(
            article=article, author=ReaderFactory().commenter, text=RUDE.format(number)
        )
        for number in range(3)
    ]


def signed_in(visitor, moderator):
    client = Client()
    client.force_login(moderator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
    )
    return visitor.open("/moderation/")


@pytest.fixture
def moderator(live_server):
    return ModeratorFactory()


def card_of(page, comment):
    return page.locator(f"#carte-{comment.pk}")


def note_of(card):
    return card.locator("[data-hide] textarea[name=note]")


def begin(page, comment, note=NOTE):
    card = card_of(page, comment)
    card.locator("summary[data-action=hide]").click()
    note_of(card).press_sequentially(note)
    return card


def test_kept_across_a_reload_and_a_link(comments, moderator, visit):
    visitor = visit()
    page = signed_in(visitor, moderator)
    card = begin(page, comments[1])
    card.get_by_label("Tous les motifs").select_option("hors_sujet")
    card.get_by_text("Ce que l’auteur lira").click()
    message = card.get_by_label("Message à l’auteur")
    assert message.input_value() == message_of("hors_sujet", "fr")
    message.fill("Restons sur le budget.")

    page.reload()
    page.locator(".site-status").get_by_text("Brouillon repris.").wait_for(
        state="attached"
    )
    assert page.locator(".site-status").inner_text().count("Brouillon") == 1
    assert page.evaluate("document.activeElement === document.body")
    assert card.locator("[data-draft]").is_visible()
    assert note_of(card).input_value() == NOTE
    assert card.get_by_label("Tous les motifs").input_value() == "hors_sujet"
    assert message.input_value() == "Restons sur le budget."
    for other in (comments[0], comments[2]):
        assert note_of(card_of(page, other)).input_value() == ""
        assert card_of(page, other).locator("[data-draft]").count() == 0
    assert visitor.violations() == []

    # The comment's own page has it too
    card.locator("h2 a").click()
    page.wait_for_url("**/commentaires/**")
    page.locator("[data-draft]").wait_for()
    assert note_of(card).input_value() == NOTE
    assert visitor.violations() == []
    card.get_by_role("button", name="Masquer", exact=True).click()
    page.locator(".site-status").get_by_text("masqué. Motif").wait_for()
    assert page.evaluate(STORED) is None
    statement = StatementOfReasons.objects.get()
    assert statement.message_fr == "Restons sur le budget."
    assert statement.decision.note == NOTE


def test_gone_once_decided_in_place_emptied_or_reset(comments, moderator, visit):
    page = signed_in(visit(), moderator)
    first, second, third = (begin(page, comment) for comment in comments)
    assert page.evaluate(STORED).count(NOTE) == 3
    note_of(second).fill("")
    assert page.evaluate(STORED).count(NOTE) == 2
    first.locator("button[data-action=approve]").click()
    page.locator(".site-status").get_by_text("publié.").wait_for()
    assert page.evaluate(STORED).count(NOTE) == 1
    page.reload()
    third.get_by_role("button", name="Effacer le brouillon").click()
    assert third.locator("summary[data-action=hide]").evaluate(
        "(summary) => summary === document.activeElement"
    )
    assert note_of(third).input_value() == ""
    assert page.evaluate(STORED) is None
    page.reload()
    page.locator("[data-key]").first.wait_for()
    assert page.locator("[data-draft]").count() == 0


def test_a_refused_form_shows_what_was_sent(comments, moderator, visit):
    page = signed_in(visit(), moderator)
    card = begin(page, comments[0], "Trop court")
    card.get_by_label("Tous les motifs").select_option("autre")
    card.get_by_role("button", name="Masquer", exact=True).click()
    card.locator(".errorlist").wait_for()
    assert note_of(card).input_value() == "Trop court"
    assert card.locator("[data-draft]").count() == 0
    page.reload()
    card.locator("[data-draft]").wait_for()
    assert note_of(card).input_value() == "Trop court"


def test_gone_once_a_colleague_decided(comments, moderator, visit):
    page = signed_in(visit(), moderator)
    begin(page, comments[0])
    decide(
        comments[0],
        action="hold",
        by=ModeratorFactory(),
        after=comments[0].decisions.get().pk,
        revision=comments[0].revision_id,
    )
    page.reload()
    page.locator("[data-key]").first.wait_for()
    assert note_of(card_of(page, comments[0])).input_value() == ""
    assert page.evaluate(STORED) is None


def test_gone_with_the_text_it_was_about(comments, moderator, visit):
    page = signed_in(visit(), moderator)
    begin(page, comments[0])
    assert NOTE in page.evaluate(STORED)
    add_revision(comments[0], "Je retire ce mot.")
    page.reload()
    page.locator("[data-key]").first.wait_for()
    assert note_of(card_of(page, comments[0])).input_value() == ""
    assert page.evaluate(STORED) is None


def test_gone_with_who_wrote_it(comments, moderator, visit):
    visitor = visit()
    page = signed_in(visitor, moderator)
    begin(page, comments[0])
    elsewhere = page.context.new_page()
    elsewhere.goto(visitor.site + "/moderation/")
    begin(elsewhere, comments[1])
    page.get_by_role("link", name="Se déconnecter").click()
    assert NOTE in page.evaluate(STORED)
    page.locator("main").get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("link", name="Se connecter").wait_for()
    assert page.evaluate(STORED) is None
    assert elsewhere.evaluate(STORED) is None
    # Nor does another account find what was left without signing out
    signed_in(visitor, moderator)
    begin(page, comments[0])
    page.context.clear_cookies()
    signed_in(visitor, ModeratorFactory())
    page.locator("[data-key]").first.wait_for()
    assert page.locator("[data-draft]").count() == 0
    assert page.evaluate(STORED) is None


def test_nothing_is_sent(comments, moderator, visit):
    page = signed_in(visit(), moderator)
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    begin(page, comments[0])
    page.reload()
    page.locator("[data-draft]").wait_for()
    assert not any("Zénobie" in body for body in sent)


def test_nothing_to_undo_is_said(comments, moderator, visit):
    visitor = visit()
    page = signed_in(visitor, moderator)
    region = page.locator(".site-status")
    page.keyboard.press("j")
    page.keyboard.press("u")
    region.get_by_text("Rien à annuler.").wait_for()
    assert page.evaluate("document.activeElement.id") == f"carte-{comments[0].pk}"
    assert visitor.violations() == []
    page.keyboard.press("a")
    region.get_by_text("publié.").wait_for()
    page.keyboard.press("u")
    region.get_by_text("Décision annulée").wait_for()
    page.keyboard.press("u")
    region.get_by_text("Rien à annuler.").wait_for()


def test_the_last_decision_is_undone_after_another_word_too(comments, moderator, visit):
    page = signed_in(visit(), moderator)
    region = page.locator(".site-status")
    page.keyboard.press("j")
    page.keyboard.press("a")
    region.get_by_text("publié.").wait_for()
    page.route("**/decider/", lambda route: route.abort())
    page.keyboard.press("a")
    region.get_by_text("n’est pas partie").wait_for()
    page.keyboard.press("u")
    region.get_by_text("Décision annulée").wait_for()
    comments[0].refresh_from_db()
    assert comments[0].status == "pending"
