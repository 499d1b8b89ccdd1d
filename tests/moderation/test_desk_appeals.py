"""The desk's « Contestations »: a list, one appeal, its answer."""

import pytest
from django.urls import reverse

from comments.models import Comment
from comments.services import add_revision
from moderation.models import Action, Appeal
from tests.factories import ModeratorFactory, ReaderFactory
from tests.moderation.contesting import WHY, answered, contested, take
from tests.moderation.desk_pages import fields, page, said

pytestmark = pytest.mark.django_db
LIST = "/moderation/contestations/"


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def address(appeal):
    return f"{LIST}{appeal.pk}/"


def listed(desk, **query):
    rows = page(desk.get(LIST, query)).select(".desk-history > li[id]")
    return [int(row["id"].removeprefix("contestation-")) for row in rows]


def form_of(shown, outcome):
    button = shown.select_one(f"button[name=outcome][value={outcome}]")
    return button.find_parent("form")


def send(desk, shown, outcome, **typed):
    form = form_of(shown, outcome)
    return desk.post(
        form["action"], {**fields(form), "outcome": outcome, **typed}, follow=True
    )


def text(shown):
    return " ".join(shown.text.split())


class TestList:
    def test_waits_the_oldest_first_with_a_count_on_the_queue(self, desk):
        queue = page(desk.get("/moderation/"))
        assert queue.select_one("[data-count=appeals]").text == "0"
        appeals = [contested() for _ in range(3)]
        assert listed(desk) == [a.pk for a in appeals]
        queue = page(desk.get("/moderation/"))
        assert queue.select_one("[data-count=appeals]").text == "3"
        assert queue.select_one("[data-count=appeals]").parent["href"] == LIST
        assert desk.get("/moderation/comptes/").json()["counts"]["appeals"] == "3"
        answered(appeals[1], "upheld")
        assert listed(desk) == [appeals[0].pk, appeals[2].pk]
        assert listed(desk, vue="closes") == [appeals[1].pk]

    def test_says_which_are_not_for_me(self, desk, moderator):
        mine, other = contested(by=moderator), contested()
        shown = page(desk.get(LIST))
        assert "masqué par vous" in shown.select_one(f"#contestation-{mine.pk}").text
        assert "par vous" not in shown.select_one(f"#contestation-{other.pk}").text

    @pytest.mark.parametrize("closed", [False, True])
    def test_costs_the_same_however_many(self, desk, closed, django_assert_num_queries):
        for count in (1, 4):
            for _ in range(count):
                appeal = contested()
                if closed:
                    answered(appeal, "reversed")
            desk.get(LIST)
            with django_assert_num_queries(8):
                desk.get(LIST, {"vue": "closes"} if closed else {})

    def test_in_pages(self, desk, monkeypatch):
        monkeypatch.setattr("moderation.appeal_views.PAGE_SIZE", 2)
        appeals = [contested().pk for _ in range(5)]
        url, found = LIST, []
        while url:
            shown = page(desk.get(url))
            rows = shown.select(".desk-history > li[id]")
            found += [int(row["id"].removeprefix("contestation-")) for row in rows]
            link = shown.select_one(".pager a")
            url = LIST + link["href"].removeprefix(LIST) if link else ""
        assert found == appeals
        assert listed(desk, apres="x\u0661") == appeals[:2]


class TestOne:
    def test_shows_all_there_is_to_judge_by(self, desk):
        hider = ModeratorFactory(first_name="Zénobie", last_name="Haddad")
        appeal = contested(by=hider, argument="C’était de l’ironie.", text="Contesté.")
        shown = page(desk.get(address(appeal)))
        for said_there in (
            "Contesté.",
            "C’était de l’ironie.",
            "Zénobie Haddad : masqué",
            " ".join(appeal.statement.message_fr.split()),
            "Respecter les personnes",
        ):
            assert said_there in text(shown), said_there
        # One way to decide here, not the card's own
        actions = {form["action"] for form in shown.select("#bureau form")}
        assert actions == {f"{address(appeal)}repondre/"}

    def test_an_argument_is_not_needed(self, desk):
        appeal = contested(argument="")
        assert "sans rien ajouter" in text(page(desk.get(address(appeal))))

    def test_words_are_suggested_in_the_language_of_the_author(self, desk):
        reader = ReaderFactory()
        appeal = contested(reader)
        shown = page(desk.get(address(appeal)))
        assert "Nous avons relu" in form_of(shown, "upheld").textarea.text
        assert "« Injure »" in form_of(shown, "reversed").textarea.text.replace(
            "\xa0", " "
        )
        reader.commenter.language = "en"
        reader.commenter.save()
        shown = page(desk.get(address(appeal)))
        assert "Nous avons relu" not in form_of(shown, "upheld").textarea.text

    @pytest.mark.parametrize("outcome", ["upheld", "reversed"])
    def test_is_answered(self, desk, moderator, outcome):
        appeal = contested()
        shown = page(desk.get(address(appeal)))
        response = send(desk, shown, outcome, reasoning="Voici\r\npourquoi.")
        assert response.redirect_chain[-1][0] == LIST
        told = {"upheld": "Masquage maintenu.", "reversed": "rétabli."}[outcome]
        assert told in said(response)
        appeal.refresh_from_db()
        assert (appeal.outcome, appeal.moderator) == (outcome, moderator)
        assert appeal.reasoning == "Voici\npourquoi."
        closed = page(desk.get(address(appeal)))
        assert "Marie Khoury" in text(closed)
        assert not closed.select("#bureau form")

    def test_whoever_hid_it_has_no_button_and_is_refused(self, desk, moderator):
        appeal = contested(by=moderator)
        shown = page(desk.get(address(appeal)))
        assert not shown.select("#bureau form")
        assert "un autre modérateur doit répondre" in text(shown)
        comment = appeal.statement.comment
        refused = desk.post(
            f"{address(appeal)}repondre/",
            {
                "outcome": "reversed",
                "reasoning": "Je me déjuge.",
                "after": comment.decisions.first().pk,
                "revision": comment.revision_id,
            },
        )
        told = text(page(refused, 403))
        assert "un autre modérateur doit répondre" in told
        assert "Je me déjuge." in told
        assert Appeal.objects.open().get() == appeal

    def test_he_is_not_where_the_setting_lets_him(self, desk, moderator, settings):
        settings.APPEAL_BY_ANOTHER = False
        appeal = contested(by=moderator)
        send(desk, page(desk.get(address(appeal))), "reversed")
        assert Appeal.objects.get().outcome == "reversed"

    def test_reasons_are_asked_for_and_nothing_typed_is_lost(self, desk):
        appeal = contested()
        shown = page(desk.get(address(appeal)))
        form = form_of(shown, "upheld")
        sent = {**fields(form), "outcome": "upheld", "reasoning": " "}
        refused = page(desk.post(form["action"], sent), 422)
        area = form_of(refused, "upheld").textarea
        assert "Expliquez" in text(form_of(refused, "upheld"))
        assert area["aria-invalid"] == "true"
        assert not form_of(refused, "reversed").textarea.has_attr("aria-invalid")
        sent["reasoning"] = long = "Long. " * 400
        refused = page(desk.post(form["action"], sent), 422)
        assert form_of(refused, "upheld").textarea.text.strip() == long.strip()

    @pytest.mark.parametrize(
        "data", [{}, {"outcome": "x", "revision": "1", "reasoning": "\x00"}]
    )
    def test_nonsense_is_refused(self, desk, data):
        appeal = contested()
        assert desk.post(f"{address(appeal)}repondre/", data).status_code == 422

    def test_an_answer_that_comes_too_late(self, desk):
        appeal = contested()
        shown = page(desk.get(address(appeal)))
        answered(appeal, "upheld", by=ModeratorFactory(first_name="Zénobie"))
        form = form_of(shown, "reversed")
        sent = {**fields(form), "outcome": "reversed", "reasoning": "Tapé à la main."}
        late = desk.post(form["action"], sent)
        told = text(page(late, 409))
        assert "Tapé à la main." in told
        assert "Un autre modérateur a répondu entre-temps" in told
        assert "Votre réponse n’a pas été enregistrée." in told
        assert "Zénobie" in told
        assert WHY in told
        assert appeal.statement.comment.decisions.count() == 1

    def test_a_form_sent_twice_is_one_answer(self, desk):
        appeal = contested()
        shown = page(desk.get(address(appeal)))
        send(desk, shown, "upheld")
        again = send(desk, shown, "upheld")
        assert "Vous avez déjà répondu" in text(page(again, 409))
        assert Appeal.objects.get().outcome == "upheld"

    def test_a_comment_restored_meanwhile(self, desk):
        appeal = contested()
        shown = page(desk.get(address(appeal)))
        take(
            appeal.statement.comment, Action.PUBLISH, ModeratorFactory(first_name="Zoé")
        )
        form = form_of(shown, "upheld")
        late = desk.post(form["action"], {**fields(form), "outcome": "upheld"})
        told = text(page(late, 409))
        assert "cette contestation est close" in told
        assert "Zoé" in told
        comment = Comment.objects.get(pk=appeal.statement.comment_id)
        assert comment.status == Comment.Status.PUBLISHED

    def test_a_text_changed_meanwhile_is_shown_as_a_difference(self, desk):
        appeal = contested(text="Un mot de trop.")
        shown = page(desk.get(address(appeal)))
        add_revision(appeal.statement.comment, "Un mot de moins.")
        form = form_of(shown, "upheld")
        sent = {**fields(form), "outcome": "upheld", "reasoning": "Tapé à la main."}
        again = page(desk.post(form["action"], sent), 409)
        assert again.select_one(".desk-difference del").text.endswith("trop.")
        assert form_of(again, "upheld").textarea.text.strip() == "Tapé à la main."
        assert Appeal.objects.open().get() == appeal
        send(desk, again, "upheld")
        assert Appeal.objects.get().outcome == "upheld"

    def test_costs_a_fixed_number_of_queries(self, desk, django_assert_num_queries):
        appeal = contested()
        desk.get(address(appeal))
        with django_assert_num_queries(14):
            desk.get(address(appeal))
        answered(appeal, "reversed")
        take(appeal.statement.comment, Action.HIDE)
        with django_assert_num_queries(14):
            desk.get(address(appeal))

    @pytest.mark.parametrize(("outcome", "most"), [("upheld", 15), ("reversed", 32)])
    def test_so_does_the_answer(
        self, desk, outcome, most, django_assert_max_num_queries
    ):
        counts = []
        for _ in range(2):
            appeal = contested()
            shown = page(desk.get(address(appeal)))
            form = form_of(shown, outcome)
            with django_assert_max_num_queries(most) as asked:
                desk.post(form["action"], {**fields(form), "outcome": outcome})
            counts.append(len(asked))
        assert counts[0] == counts[1]


def test_the_page_of_the_comment_tells_of_it(desk):
    appeal = contested()
    url = reverse("moderation:comment", args=[appeal.statement.comment_id])
    assert "attend une réponse" in text(page(desk.get(url)))
    answered(appeal, "reversed")
    take(appeal.statement.comment, Action.HIDE)
    shown = page(desk.get(url)).select_one("section[aria-labelledby=contestations]")
    assert "commentaire rétabli" in text(shown)
    assert shown.a["href"] == address(appeal)
