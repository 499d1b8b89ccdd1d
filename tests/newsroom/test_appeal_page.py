"""An author contests a hiding, and follows what comes of it."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from moderation.models import Action, Appeal
from tests.factories import ModeratorFactory, ReaderFactory
from tests.moderation.contesting import answered, contested, hidden, take

pytestmark = pytest.mark.django_db
MINE = "/compte/commentaires/"


@pytest.fixture
def reader():
    return ReaderFactory()


@pytest.fixture
def home(client, reader):
    client.force_login(reader)
    return client


def address(statement):
    return reverse("appeal", args=[statement.puid])


def page(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "lxml")


def text(response, status=200):
    return " ".join(page(response, status).main.text.split())


def test_two_clicks_from_my_comments(home, reader):
    statement = hidden(reader, text="Mon texte masqué.")
    link = page(home.get(MINE)).find("a", string=lambda s: s and "Contester" in s)
    link = link or page(home.get(MINE)).select_one(".own-comment .button-row a")
    form = page(home.get(link["href"])).select_one("form.report-form")
    token = form.select_one("[name=csrfmiddlewaretoken]")["value"]
    sent = home.post(form["action"], {"csrfmiddlewaretoken": token}, follow=True)
    assert sent.redirect_chain == [(address(statement), 302)]
    assert "Un modérateur relira votre commentaire" in text(sent)
    assert Appeal.objects.get().statement == statement
    mine = text(home.get(MINE))
    assert "un modérateur y répondra" in mine
    assert not page(home.get(MINE)).select(".own-comment .button-row a")


def test_another_authors_is_not_found(home, reader):
    statement = hidden(reader)
    assert home.get(address(statement)).status_code == 200
    home.force_login(ReaderFactory())
    assert home.get(address(statement)).status_code == 404
    assert home.post(address(statement)).status_code == 404
    home.force_login(ModeratorFactory())
    assert home.post(address(statement)).status_code == 404
    assert not Appeal.objects.exists()


def test_a_visitor_signs_in_first(client, reader):
    statement = hidden(reader)
    response = client.get(address(statement))
    assert response.url == f"{reverse('account_login')}?next={address(statement)}"


def test_what_is_refused_is_shown_again(home, reader):
    statement = hidden(reader)
    long = "Long. " * 400
    refused = page(home.post(address(statement), {"argument": long}), 422)
    assert "dépasse 2000 caractères" in refused.main.text
    assert refused.select_one("textarea").text.strip() == long.strip()
    nul = home.post(address(statement), {"argument": "nul \x00"})
    assert "caractères invalides" in text(nul, 422)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "said", "left"),
    [
        ("upheld", "Le masquage est maintenu.", "maintenu"),
        ("reversed", "de nouveau en ligne", "rétabli"),
    ],
)
def test_the_answer_is_there_without_a_name(home, reader, outcome, said, left):
    moderator = ModeratorFactory(first_name="Zénobie")
    appeal = contested(reader, argument="C’était de l’ironie.")
    answered(appeal, outcome, by=moderator, reasoning="On l’a bien relu.")
    shown = text(home.get(address(appeal.statement)))
    for each in (
        said,
        "On l’a bien relu.",
        "C’était de l’ironie.",
        "organisme certifié",
    ):
        assert each in shown, each
    assert "Zénobie" not in shown
    assert moderator.username not in shown
    assert left in text(home.get(MINE))


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (Action.PUBLISH, "avait déjà rétabli"),
        (Action.HOLD, "va relire votre commentaire"),
        (Action.HIDE, "que vous pouvez contester à son tour"),
    ],
)
def test_what_another_decision_left_of_it(home, reader, action, said):
    appeal = contested(reader)
    take(appeal.statement.comment, action)
    assert said in text(home.get(address(appeal.statement)))


def test_too_late(home, reader):
    with time_machine.travel("2026-01-10T09:00:00Z", tick=False):
        statement = hidden(reader)
    with time_machine.travel("2026-07-10T12:00:00Z", tick=False):
        assert page(home.get(address(statement))).select("form.report-form")
    with time_machine.travel("2026-07-11T12:00:00Z", tick=False):
        home.force_login(reader)  # the session is over too
        told = text(home.get(address(statement)))
        assert "Le délai pour contester cette décision est passé." in told
        assert "saisir la justice" in told
        late = home.post(address(statement), {"argument": "Trop tard."})
        assert "Le délai" in text(late, 409)
        assert "Trop tard." in text(late, 409)
        assert not page(home.get(MINE)).select(".own-comment .button-row a")


def test_a_decision_that_was_lifted(home, reader):
    statement = hidden(reader)
    take(statement.comment, Action.PUBLISH)
    assert "ne tient plus" in text(home.get(address(statement)))
    assert "ne tient plus" in text(home.post(address(statement)), 409)


def test_each_statement_has_its_own(home, reader):
    first = contested(reader)
    answered(first, "reversed")
    comment = first.statement.comment
    take(comment, Action.HIDE)
    second = comment.statements.standing().get()
    (link,) = page(home.get(MINE)).select(".own-comment .button-row a")
    assert link["href"] == address(second)
    assert home.post(address(second)).status_code == 302
    assert Appeal.objects.count() == 2


def test_costs_a_fixed_number_of_queries(home, reader, django_assert_num_queries):
    appeal = contested(reader)
    home.get(address(appeal.statement))
    for _ in range(2):
        with django_assert_num_queries(7):
            home.get(address(appeal.statement))
        contested(reader)
