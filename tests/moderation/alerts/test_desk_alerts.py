"""What the desk shows of alerts: what is late, where, and who takes care of it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation.alerts.plan import delays
from moderation.alerts.standing import count_late, moments
from moderation.models import Action, QueueEntry
from moderation.recent import forget
from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.alerts.rounds import HOUR, MONDAY, step
from tests.moderation.complaining import complained, replied
from tests.moderation.contesting import contested
from tests.moderation.deciding import decided
from tests.moderation.desk_pages import fields, page, said
from tests.newsroom.test_plans import plan_of

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/"
LATE = {"retard": "oui"}


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def marie():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, marie):
    client.force_login(marie)
    return client


def threat():
    return submit_comment(
        article=ArticleFactory(),
        author=ReaderFactory().commenter,
        text="Je vais te tuer, sale type.",
    )


def shown(desk, query=None):
    forget()  # some figures may be seconds old
    return page(desk.get(QUEUE, query or {}))


def banner(found):
    line = found.select_one(".desk-late")
    return " ".join(line.text.split()) if line else ""


def cards(found):
    return [int(c["id"].removeprefix("carte-")) for c in found.select("[data-card]")]


class TestWhatIsLate:
    def test_is_told_above_the_queue(self, desk, clock):
        ReportFactory(kind="menace")
        threat()
        ReportFactory(kind="injure")
        contested()
        clock.shift(HOUR - timedelta(seconds=1))
        assert banner(shown(desk)) == ""
        clock.shift(timedelta(seconds=1))
        found = shown(desk)
        assert banner(found) == "2 commentaires en retard (signalement ou menace)"
        clock.shift(23 * HOUR)
        assert banner(shown(desk)).startswith("3 commentaires en retard")
        clock.shift(48 * HOUR)
        found = shown(desk)
        assert banner(found).endswith("· 1 contestation en retard")
        links = [a["href"] for a in found.select(".desk-late a")]
        assert links == ["/moderation/?retard=oui", "/moderation/contestations/"]
        assert len(cards(page(desk.get(links[0])))) == 3

    def test_what_readers_contest_is_told_with_it(self, desk, clock):
        complaint = complained()
        clock.shift(72 * HOUR - timedelta(seconds=1))
        assert banner(shown(desk)) == ""
        clock.shift(timedelta(seconds=1))
        assert banner(shown(desk)) == "1 contestation en retard"
        contested()
        clock.shift(72 * HOUR)
        assert banner(shown(desk)) == "2 contestations en retard"
        replied(complaint, "kept")
        assert banner(shown(desk)) == "1 contestation en retard"

    def test_is_a_filter_of_what_waits_and_of_all(self, desk, clock):
        late = ReportFactory(kind="menace").comment
        ReportFactory(kind="injure")
        flagged = threat()
        clock.shift(2 * HOUR)
        threat()
        waiting = {late.pk, flagged.pk}
        assert set(cards(shown(desk, LATE))) == waiting
        assert set(cards(shown(desk, {**LATE, "etat": "tous"}))) == waiting
        assert cards(shown(desk, {**LATE, "lecteurs": "oui"})) == [late.pk]
        found = shown(desk, LATE)
        assert "2 commentaires répondent" in found.text
        assert found.select_one("#id_retard [selected]")["value"] == "oui"
        assert len(cards(shown(desk, {"retard": "non"}))) == 4
        decided(late, Action.PUBLISH)
        assert cards(shown(desk, LATE)) == [flagged.pk]

    def test_many_can_be_decided_at_once(self, desk, clock):
        ReportFactory(kind="menace")
        clock.shift(2 * HOUR)
        ReportFactory(kind="menace")
        form = {"tout": "1", "action": "publish", **LATE}
        confirm = page(desk.post(reverse("moderation:batch_confirm"), form))
        assert "1 commentaire" in confirm.text
        assert "signalements et menaces en retard" in confirm.text

    def test_follows_what_administrators_set(self, desk, clock):
        ReportFactory(kind="injure")
        step("Permanence", report_hours=0)
        step("Adjoint", report_hours=5)
        clock.shift(4 * HOUR)
        assert banner(shown(desk)) == ""
        clock.shift(HOUR)
        assert banner(shown(desk)) == "1 commentaire en retard (signalement ou menace)"

    @pytest.mark.parametrize("text", ["Tout va bien.", "Quel connard, ce ministre."])
    def test_a_comment_that_only_waits_is_not(self, desk, clock, text):
        submit_comment(
            article=ArticleFactory(comment_policy="a_priori"),
            author=ReaderFactory().commenter,
            text=text,
        )
        clock.shift(100 * HOUR)
        found = shown(desk)
        assert banner(found) == ""
        assert not found.select(".desk-owner")

    def test_on_the_card(self, desk, clock):
        comment = CommentFactory(published=True)
        ReportFactory(comment=comment, kind="injure")
        clock.shift(HOUR)
        ReportFactory(comment=comment, kind="suicide")
        other = threat()
        clock.shift(HOUR / 2)
        assert "en retard" not in shown(desk).select_one("[data-card]").text
        clock.shift(2.5 * HOUR)
        found = shown(desk)
        for pk in (comment.pk, other.pk):
            badge = found.select_one(f"#carte-{pk} strong.badge")
            assert " ".join(badge.text.split()) == "en retard depuis 2 heures"
        decided(comment, Action.PUBLISH)
        url = reverse("moderation:comment", args=[comment.pk])
        assert "en retard" not in page(desk.get(url)).select_one("[data-card]").text

    def test_a_threat_that_someone_kept_is_not(self, desk, clock):
        comment = threat()
        decided(comment, Action.PUBLISH)
        ReportFactory(comment=comment, kind="injure")
        clock.shift(2 * HOUR)
        found = shown(desk)
        assert banner(found) == ""
        assert "en retard" not in found.select_one("[data-card]").text
        assert cards(shown(desk, LATE)) == []
        decided(comment, Action.HOLD)
        assert cards(shown(desk, LATE)) == [comment.pk]
        assert "en retard" in shown(desk).select_one("[data-card]").text


class TestOwners:
    def own(self, desk, comment):
        """The form on the comment's card as it is now."""
        return page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk} .desk-owner form")

    def press(self, desk, form):
        button = form.button
        return desk.post(
            form["action"],
            {**fields(form), button["name"]: button["value"]},
            follow=True,
        )

    def test_one_press_and_the_others_see_it(self, desk, client, clock, marie):
        comment = ReportFactory().comment
        answer = self.press(desk, self.own(desk, comment))
        assert "Vous vous en chargez" in said(answer)
        assert QueueEntry.objects.get().owner == marie
        assert answer.redirect_chain[-1][0].endswith(f"#carte-{comment.pk}")
        mine = page(desk.get(QUEUE)).select_one(".desk-owner")
        assert "Vous vous en chargez." in mine.text
        assert mine.button.text == "Ne plus m’en charger"
        client.force_login(ModeratorFactory())
        theirs = page(client.get(QUEUE)).select_one(".desk-owner")
        assert "Marie Khoury s’en charge." in theirs.text
        assert theirs.button.text == "Je m’en charge à sa place"

    def test_handed_over_and_left(self, desk, client, clock, marie):
        comment = ReportFactory().comment
        self.press(desk, self.own(desk, comment))
        paul = ModeratorFactory()
        client.force_login(paul)
        self.press(client, self.own(client, comment))
        assert QueueEntry.objects.get().owner == paul
        self.press(client, self.own(client, comment))
        assert QueueEntry.objects.get().owner is None

    def test_of_two_who_press_the_first_has_it(self, desk, client, clock, marie):
        comment = ReportFactory().comment
        form = self.own(desk, comment)
        paul = ModeratorFactory()
        client.force_login(paul)
        self.press(client, form)
        client.force_login(marie)
        answer = self.press(client, form)
        assert "Trop tard" in said(answer)
        assert QueueEntry.objects.get().owner == paul
        url = reverse("moderation:own", args=[comment.pk])
        client.post(url, {"charge": "0"})  # what is another's is not left
        assert QueueEntry.objects.get().owner == paul

    @pytest.mark.parametrize("seen", ["x", "-1", "9" * 40, "٣", "999999"])
    def test_who_was_never_the_owner_takes_nothing(self, desk, clock, marie, seen):
        comment = ReportFactory().comment
        QueueEntry.objects.update(owner=ModeratorFactory())
        url = reverse("moderation:own", args=[comment.pk])
        assert desk.post(url, {"charge": "1", "de": seen}).status_code == 302
        assert QueueEntry.objects.get().owner != marie

    def test_lasts_as_long_as_it_waits(self, desk, clock, marie):
        comment = ReportFactory().comment
        self.press(desk, self.own(desk, comment))
        decided(comment, Action.HOLD)
        assert QueueEntry.objects.get().owner == marie
        decided(comment, Action.PUBLISH)
        ReportFactory(comment=comment)
        assert QueueEntry.objects.get().owner is None

    def test_survives_its_account(self, desk, clock, marie):
        comment = ReportFactory().comment
        paul = User.objects.create(username="paul")
        QueueEntry.objects.update(owner=paul)
        paul.delete()
        assert QueueEntry.objects.get(comment=comment).owner is None

    def test_does_not_stop_the_clock(self, desk, clock, marie):
        comment = ReportFactory(kind="menace").comment
        self.press(desk, self.own(desk, comment))
        clock.shift(HOUR)
        assert banner(shown(desk)) == "1 commentaire en retard (signalement ou menace)"

    def test_who_only_sees_has_no_button(self, client, clock):
        ReportFactory()
        client.force_login(EditorFactory())
        assert not page(client.get(QUEUE)).select(".desk-owner")


def test_the_queue_costs_no_query_more(desk, django_assert_num_queries):
    """As many as without alerts (`test_desk_reports`), late and owned ones among them."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        for _ in range(4):
            ReportFactory(kind="menace", user=ReaderFactory())
            threat()
        QueueEntry.objects.update(owner=ModeratorFactory())
        clock.shift(5 * HOUR)
        desk.get(QUEUE)
        with django_assert_num_queries(28):
            assert len(page(desk.get(QUEUE)).select("strong.badge")) == 8


def test_late_ones_are_counted_by_indexes(on_postgresql, clock):
    """Nothing is read of the comments that only wait, however many there are."""
    ReportFactory()
    threat()
    with CaptureQueriesContext(connection) as asked:
        count_late(moments(delays(), MONDAY))
    plans = [plan_of(q["sql"], on_postgresql) for q in asked]
    plan = next(
        p for p in plans if "report_open_by_time" in p or "queue_of_threats" in p
    )
    assert "report_open_by_time" in plan
    assert "queue_of_threats" in plan
