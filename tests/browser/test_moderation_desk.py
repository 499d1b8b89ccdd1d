"""The moderators' desk by keyboard, by touch and without scripts."""

import time

import pytest
from django.conf import settings
from django.test import Client

from comments.models import Comment
from moderation.models import Decision, StatementOfReasons
from moderation.reason_details import message_of
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]

TEXTS = (
    "Quel connard, ce ministre.",
    "Je ne suis pas de cet avis.",
    "ASSEZ DE MENSONGES, VRAIMENT ASSEZ !!!",
    "هذا المقال مهم جدا.",
)


@pytest.fixture
def comments(live_server):
    article = ArticleFactory(comment_policy="a_priori")
    return [
        submit_comment(article=article, author=ReaderFactory().commenter, text=text)
        for text in TEXTS
    ]


@pytest.fixture
def sign_in(visit):
    def open_desk(**window):
        visitor = visit(**window)
        client = Client()
        client.force_login(ModeratorFactory(first_name="Marie", last_name="Khoury"))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        visitor.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
        )
        visitor.open("/moderation/")
        return visitor

    return open_desk


def focused(page):
    return page.evaluate("document.activeElement.id")


def states(comments):
    known = dict(Comment.objects.values_list("pk", "status"))
    return [known[comment.pk] for comment in comments]


def test_a_queue_decided_by_keyboard(comments, sign_in):
    visitor = sign_in()
    page = visitor.page
    region = page.locator("[role=status]")
    assert region.count() == 1  # there before anything happens
    assert not visitor.axe()

    page.keyboard.press("j")
    assert focused(page) == f"carte-{comments[0].pk}"
    page.keyboard.press("h")
    page.keyboard.press("Enter")  # the suggested reason
    region.get_by_text("masqué. Motif : Injure").wait_for()
    assert focused(page) == f"carte-{comments[1].pk}"
    page.keyboard.press("a")
    region.get_by_text("publié.").wait_for()
    assert focused(page) == f"carte-{comments[2].pk}"
    page.keyboard.press("h")
    page.keyboard.press("2")
    region.get_by_text("masqué.").wait_for()
    assert states(comments) == ["hidden", "published", "hidden", "pending"]
    assert not visitor.axe()

    page.keyboard.press("u")
    region.get_by_text("Décision annulée").wait_for()
    assert focused(page) == f"carte-{comments[2].pk}"
    assert page.locator("[data-count=pending]").inner_text() == "2"
    page.keyboard.press("a")
    region.get_by_text("publié.").wait_for()
    page.keyboard.press("a")
    page.locator("h1:focus").wait_for()  # none is left: the heading
    assert page.locator("[data-count=pending]").inner_text() == "0"
    assert states(comments) == ["hidden", "published", "published", "published"]
    reasons = Decision.objects.filter(action="hide", undoes=None).order_by("pk")
    assert [d.reason for d in reasons] == ["injure", "epithete"]


def test_a_desk_out_of_sight_with_a_slow_script(comments, visit):
    """The frame tells of the sign-in before the desk's own script has come."""
    moderator = ModeratorFactory()
    moderator.set_password("une-phrase-pour-entrer-42")
    moderator.save()
    visitor = visit()
    page = visitor.page
    page.add_init_script("window.requestAnimationFrame = () => 0")  # draws nothing

    def late(route):
        time.sleep(0.4)  # the frame speaks after 0.15 s
        route.continue_()

    page.route("**/js/desk*.js", late)
    visitor.open("/compte/login/?next=/moderation/")
    page.get_by_label("Adresse électronique").fill(moderator.email)
    page.get_by_label("Mot de passe").fill("une-phrase-pour-entrer-42")
    page.get_by_role("button", name="Se connecter").click()
    page.locator("[role=status]").get_by_text("Vous êtes connecté").wait_for()
    page.locator("[data-card]").first.get_by_text("Masquer…").click()
    page.get_by_role("button", name="Injure").first.click()
    page.locator("[role=status]").get_by_text("masqué. Motif : Injure").wait_for()
    assert states(comments)[0] == "hidden"


def test_keys_are_silent_in_fields_and_can_be_changed(comments, sign_in):
    visitor = sign_in()
    page = visitor.page
    before = states(comments)
    page.locator("#id_q").press_sequentially("jhau?")
    assert page.locator("#id_q").input_value() == "jhau?"
    page.locator("h1").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert not visitor.axe()
    page.keyboard.press("a")  # nothing is decided behind the dialog
    page.locator("#touche-approve").fill("h")
    page.locator("#touche-approve").blur()
    assert "sert déjà" in dialog.get_by_role("alert").inner_text()
    page.locator("#touche-approve").fill("w")
    page.locator("#touche-approve").blur()
    dialog.get_by_role("button", name="Fermer").click()
    page.keyboard.press("a")
    approve = page.locator("[data-action=approve]").first
    assert approve.get_attribute("aria-keyshortcuts") == "w"
    assert states(comments) == before
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.locator("[role=status]").get_by_text("publié.").wait_for()
    assert states(comments)[0] == "published"

    # Switched off, no key does anything
    before = states(comments)
    page.get_by_role("button", name="Clavier").click()
    page.locator("#touches-actives").uncheck()
    page.keyboard.press("Escape")
    for key in "jkphuo?123":
        page.keyboard.press(key)
    assert not dialog.is_visible()
    assert states(comments) == before
    assert approve.get_attribute("aria-keyshortcuts") is None


def test_told_what_another_moderator_did(comments, sign_in):
    mine, theirs = sign_in().page, sign_in().page
    theirs.keyboard.press("j")
    theirs.keyboard.press("h")
    theirs.keyboard.press("Enter")
    theirs.locator("[role=status]").get_by_text("masqué.").wait_for()
    mine.keyboard.press("j")
    mine.keyboard.press("a")
    mine.locator("[role=status]").get_by_text("traité entre-temps").wait_for()
    card = mine.locator(f"#carte-{comments[0].pk}")
    assert "Marie Khoury : masqué" in card.inner_text().replace("\u00a0", " ")
    assert focused(mine) == f"carte-{comments[0].pk}"
    assert states(comments)[0] == "hidden"


@pytest.mark.parametrize("dark", [False, True])
def test_one_thumb_at_390_px(comments, sign_in, dark):
    visitor = sign_in(width=390, dark=dark)
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("[data-action=hide]").first.click()
    assert not visitor.axe()
    for button in page.locator(".desk-actions .button:visible").all():
        assert button.bounding_box()["height"] >= 44
    page.locator(".suggested").first.click()
    page.locator("[role=status]").get_by_text("masqué.").wait_for()
    page.locator("[role=status]").get_by_role("button", name="Annuler").click()
    page.locator("[role=status]").get_by_text("Décision annulée").wait_for()
    assert states(comments)[0] == "pending"


def test_the_message_to_the_author_follows_the_reason(comments, sign_in):
    visitor = sign_in()
    page = visitor.page
    card = page.locator(f"#carte-{comments[0].pk}")
    card.locator("summary[data-action=hide]").click()
    card.get_by_text("Ce que l’auteur lira").click()
    message = card.get_by_label("Message à l’auteur")
    assert message.input_value() == message_of("injure", "fr")
    assert not visitor.axe()
    reasons = card.get_by_label("Tous les motifs")
    reasons.select_option("hors_sujet")
    assert message.input_value() == message_of("hors_sujet", "fr")
    message.fill("Restons sur le budget, s’il vous plaît.")
    reasons.select_option("cri")
    assert message.input_value() == "Restons sur le budget, s’il vous plaît."
    card.get_by_role("button", name="Masquer", exact=True).click()
    page.locator("[role=status]").get_by_text("masqué. Motif").wait_for()
    statement = StatementOfReasons.objects.get()
    assert statement.reason == "cri"
    assert statement.message_fr == "Restons sur le budget, s’il vous plaît."
    visitor.open(f"/moderation/commentaires/{comments[0].pk}/")
    assert "Restons sur le budget" in page.locator(".statement").inner_text()
    assert not visitor.axe()


def test_without_scripts(comments, sign_in):
    visitor = sign_in(javascript=False)
    page = visitor.page
    assert not page.get_by_role("button", name="Clavier").is_visible()
    page.get_by_text("Masquer…").first.click()
    page.get_by_label("Tous les motifs").first.select_option("haine")
    page.get_by_role("button", name="Masquer", exact=True).first.click()
    region = page.locator("[role=status]")
    assert "Motif : Provocation" in region.inner_text().replace("\u00a0", " ")
    assert states(comments)[0] == "hidden"
    region.get_by_role("button", name="Annuler").click()
    assert states(comments)[0] == "pending"
    page.get_by_role("button", name="Publier").first.click()
    assert states(comments)[0] == "published"
    page.get_by_role("link", name="Historique").click()
    page.get_by_role("button", name="Annuler").click()
    assert "/historique/" in page.url
    assert states(comments)[0] == "pending"


def test_a_covered_text_its_raw_form_and_a_note_by_keyboard(comments, sign_in):
    visitor = sign_in()
    page = visitor.page
    page.get_by_role("button", name="Couvrir les textes graves").click()
    first = page.locator(f"#carte-{comments[0].pk}")
    mark, raw = first.locator(".desk-text mark"), first.locator(".desk-raw-text")
    page.get_by_role("button", name="Montrer les textes graves").wait_for()
    page.get_by_role("button", name="Clavier").wait_for()  # the keys are there
    page.keyboard.press("j")
    assert not mark.is_visible()
    assert not visitor.axe()
    page.keyboard.press("v")
    assert mark.is_visible()
    assert not raw.is_visible()
    page.keyboard.press("t")
    assert raw.inner_text() == TEXTS[0]
    assert not visitor.axe()
    page.keyboard.press("t")
    assert not raw.is_visible()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.name") == "note"
    page.get_by_role("button", name="Montrer les textes graves").click()
    assert page.locator("[data-veil]").count() == 0


def test_a_comment_read_at_one_desk_is_shown_as_taken_at_another(comments, sign_in):
    first, second = sign_in().page, sign_in().page
    card = f"#carte-{comments[0].pk}"
    with first.expect_response("**/prendre/") as answer:
        first.keyboard.press("j")
    assert answer.value.json() == {"taken": ""}
    with second.expect_response("**/prendre/") as answer:
        second.keyboard.press("j")
    assert answer.value.json() == {"taken": "Marie Khoury le lit"}
    second.locator(card).get_by_text("Marie Khoury le lit").wait_for()
    assert first.locator(card).get_by_text("Marie Khoury le lit").count() == 0
    second.keyboard.press("a")  # it holds nobody back
    second.locator("[role=status]").get_by_text("publié.").wait_for()


def test_a_key_decides_only_what_is_framed_and_in_sight(comments, sign_in):
    """Nothing is published that nobody looks at."""
    page = sign_in(height=400).page
    first, second = (f"carte-{comment.pk}" for comment in comments[:2])
    for key in "ahn":
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        assert focused(page) == first
    assert page.locator("[data-hide][open]").count() == 0
    assert states(comments) == ["pending"] * 4
    top = f"document.getElementById('{first}').getBoundingClientRect().top"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate(top) < -400
    page.keyboard.press("a")
    assert page.evaluate(top) > -400, "the key shows what it means"
    assert states(comments) == ["pending"] * 4
    page.keyboard.press("a")
    page.wait_for_function("id => document.activeElement.id === id", arg=second)
    assert states(comments) == ["published", *["pending"] * 3]
