"""A moderator's day without a mouse: from signing in to signing out (TRUST A-05, A-06)."""

import pytest

from comments.models import Comment
from moderation.models import Action, Appeal, Decision, DecisionBatch, QueueEntry
from moderation.services import submit_comment
from tests.browser.keyboard import Keyboard
from tests.factories import (
    ArticleFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.contesting import contested

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
PASSWORD = "un-mot-de-passe-long"
STATUS = "[role=status], [aria-live=polite]"
INSULT = "Quel connard, ce ministre."


@pytest.fixture
def moderator(live_server):
    moderator = ModeratorFactory()
    moderator.set_password(PASSWORD)
    moderator.save()
    return moderator


@pytest.fixture
def comments(moderator):
    """What waits this morning: {name: comment}."""
    article = ArticleFactory(comment_policy="a_priori", title="Le port de Beyrouth")
    other = ArticleFactory(comment_policy="a_priori", title="Le budget")
    texts = {
        "insult": (article, INSULT),
        "calm": (article, "Je ne suis pas de cet avis, et voici pourquoi."),
        "arabic": (article, "هذا المقال مهم جدا."),
        "one": (other, "Premier avis sur le budget."),
        "two": (other, "Deuxième avis sur le budget."),
        "three": (other, "Troisième avis sur le budget."),
    }
    found = {
        name: submit_comment(article=on, author=ReaderFactory().commenter, text=text)
        for name, (on, text) in texts.items()
    }
    found["reported"] = ReportFactory().comment
    return found


def test_a_day_by_keyboard_alone(visit, comments, moderator):
    page = visit().open("/")
    keyboard = Keyboard(page)
    announced = page.locator("#annonces")

    def on(name):
        return f"#carte-{comments[name].pk}"

    def focused(selector):
        page.wait_for_function(
            "selector => document.activeElement.matches(selector)", arg=selector
        )

    # In the morning: sign in, then to the desk
    keyboard.enter(".masthead-account a[href*=login]")
    keyboard.tab_to("#id_login")
    keyboard.type(moderator.email)
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    with page.expect_navigation():
        keyboard.press("Enter")
    keyboard.enter('.masthead-account a[href="/moderation/"]')

    # The list of keys opens, and closes to where one was
    keyboard.press("?")
    focused("#touches *")
    keyboard.press("Escape")
    assert page.locator("#touches[open]").count() == 0

    # One article alone, by the filters
    keyboard.tab_to(".desk-fold summary")
    keyboard.press("Enter")
    keyboard.tab_to("select[name=article]")
    keyboard.type("Le port")
    keyboard.enter(".desk-fold-fields button")
    assert page.locator("[data-card]").count() == 3
    assert "article=" in page.url

    # Read what was found in a text: the flags are in reach, with their record
    keyboard.press("j")
    focused(on("insult"))
    keyboard.enter(f"{on('insult')} .desk-flag-lab")
    page.get_by_role("heading", level=1).wait_for()
    page.go_back()

    # Its author's page and back, by one key each
    keyboard.press("j")
    focused(on("insult"))
    with page.expect_navigation():
        keyboard.press("p")
    assert "/moderation/auteurs/" in page.url
    page.go_back()

    # Hide it for the suggested reason, change one's mind, hide it for another
    keyboard.press("j")
    focused(on("insult"))
    keyboard.press("h", "Enter")
    focused(on("calm"))
    assert "masqué" in announced.inner_text()
    keyboard.press("u")
    focused(f"{on('insult')}[data-card]")
    comments["insult"].refresh_from_db()
    assert comments["insult"].status == Comment.Status.PENDING
    keyboard.press("h")
    focused(f"{on('insult')} .suggested")
    keyboard.press("2")
    focused(on("calm"))

    # Publish the next, hide the last with a note
    keyboard.press("a")
    focused(on("arabic"))
    keyboard.press("n")
    focused(f"{on('arabic')} textarea[name=note]")
    keyboard.type("Vu avec la rédaction.")
    keyboard.press("Shift+Tab")
    keyboard.type("Hors sujet")
    keyboard.tab_to(f"{on('arabic')} .button-hide")
    keyboard.press("Enter")
    focused("h1")
    assert Decision.objects.filter(note__contains="Vu avec la rédaction").count() == 1

    # Several at once: three chosen as a range, published, undone
    keyboard.enter(".desk-matching a")
    keyboard.tab_to(f"{on('one')} [data-choice]")
    keyboard.press("x")
    keyboard.press("j", "j", "Shift+X")
    assert page.locator("[data-choice]:checked").count() == 3
    keyboard.enter("#lot button[value=publish]")
    keyboard.enter(".desk-batch button[type=submit]")
    page.get_by_role("button", name="Annuler le lot").wait_for()
    assert DecisionBatch.objects.count() == 1
    with page.expect_navigation():
        keyboard.press("u")
    assert QueueEntry.objects.filter(comment__article__title="Le budget").count() == 3

    # A reader's report is answered by deciding
    keyboard.enter(".desk-views a[href*=lecteurs]")
    keyboard.press("j")
    focused(on("reported"))
    keyboard.press("a")
    focused("h1")
    assert comments["reported"].reports.get().decision_id is not None

    # An author contests, another moderator answers
    contested(by=ModeratorFactory(), text="Un avis vif.")
    keyboard.enter('.desk-places a[href="/moderation/contestations/"]')
    keyboard.enter(".desk-appeal-title a")
    keyboard.tab_to("#reponse-upheld")
    keyboard.press("Control+a")
    keyboard.type("J’ai relu votre texte.")
    with page.expect_navigation():
        keyboard.press("Tab", "Enter")
    assert Appeal.objects.get().reasoning == "J’ai relu votre texte."

    # A warning to an author: read again before it is sent
    author = comments["insult"].author
    page.goto(f"{page.url.split('/moderation')[0]}/moderation/auteurs/{author.pk}/")
    keyboard.tab_to("#sanctionner summary")
    keyboard.press("Enter")
    keyboard.tab_to("#sanctionner input[name=kind]")
    keyboard.press("Space")
    keyboard.tab_to("#sanctionner select[name=reason]")
    keyboard.type("Injure")
    keyboard.enter("#sanctionner button[type=submit]")
    keyboard.enter("button[name=confirmer]")
    assert author.sanctions.count() == 1

    # The figures of the day, then home
    keyboard.enter('.desk-places a[href="/moderation/"]')
    keyboard.enter('.desk-places a[href="/moderation/tableau/"]')
    keyboard.enter(".masthead-account a[href*=logout]")
    keyboard.enter("main button[type=submit]")
    page.get_by_role("link", name="Se connecter").wait_for()
    taken = Decision.objects.filter(moderator=moderator)
    assert taken.filter(action=Action.HIDE).count() == 3
    assert not keyboard.faults, keyboard.faults
