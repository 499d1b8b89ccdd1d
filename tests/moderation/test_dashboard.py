"""The dashboard: its periods, what each may read, its files, its plots."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation.models import Action
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.desk_pages import page
from tests.moderation.random_days import Newspaper
from tests.newsroom.test_plans import plan_of
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
BOARD = "/moderation/tableau/"
NOW = datetime(2026, 11, 24, 16, 40, tzinfo=UTC)  # 18 h 40 in Beirut


@pytest.fixture(autouse=True)
def _clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Nour")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def hidden(by, text="Quel connard."):
    comment = submit_comment(
        article=ArticleFactory(), author=ReaderFactory().commenter, text=text
    )
    decide(
        comment,
        action=Action.HIDE,
        by=by,
        reason="injure",
        after=comment.decisions.latest("pk").pk,
        revision=comment.revision_id,
    )
    return comment


def table(shown_page, name):
    """The rows of a part's table, as people read them."""
    rows = shown_page.select(f"#{name} tbody tr")
    return [[spaced(cell.text) for cell in row.select("th, td")] for row in rows]


def tiles(shown_page):
    found = shown_page.select(".board-tiles > div")
    return {
        tile.dt.text: [spaced(dd.text.strip()) for dd in tile.select("dd")]
        for tile in found
    }


def test_what_happened_is_counted_once(desk, moderator, time_machine):
    before = page(desk.get(BOARD))
    assert tiles(before)["Reçus"] == ["0", "avant : 0 (=)"]
    assert "Aucun commentaire masqué." in before.select_one("#motifs").text
    comment = hidden(moderator)
    ReportFactory(
        comment=submit_comment(
            article=comment.article, author=ReaderFactory().commenter, text="Merci."
        )
    )
    time_machine.move_to(NOW + timedelta(hours=2), tick=False)
    after = page(desk.get(BOARD))
    told = tiles(after)
    assert told["Reçus"] == ["2", "avant : 0"]
    assert told["Retenus"][0] == told["Parus aussitôt"][0] == told["Masqués"][0] == "1"
    assert told["Signalements de lecteurs"][0] == "1"
    assert told["En attente, à présent"] == ["0"]
    assert table(after, "motifs") == [["Injure", "1", "0", "0"]]
    assert table(after, "delais")[0] == ["5 min au plus", "1", "0"]
    assert table(after, "regles") == [
        ["Insultes", "2", "1", "1", "1", "100 %", "21 %", "100 %"]
    ]
    assert table(after, "articles") == [
        [comment.article.title, "2", "0", "2", "0", "1"]
    ]


MINE = ["Nour", "0", "1", "0", "0", "100 %"]
ALI = ["Ali", "0", "2", "0", "0", "100 %"]
ALL = ["Tous", "0", "3", "0", "0", "100 %"]


class TestWorkload:
    @pytest.fixture(autouse=True)
    def _done(self, moderator, time_machine):
        self.other = ModeratorFactory(first_name="Ali")
        hidden(moderator)
        hidden(self.other)
        hidden(self.other)
        time_machine.move_to(NOW + timedelta(minutes=1), tick=False)

    def test_a_moderator_reads_his_line_and_the_sum(self, desk):
        found = page(desk.get(BOARD))
        assert table(found, "moderateurs") == [MINE, ALL]
        assert "Vous lisez vos propres nombres" in found.text
        assert "Ali" not in found.text
        assert "Ali" not in desk.get(f"{BOARD}moderateurs.csv").content.decode()

    def test_an_editor_reads_the_sum_alone(self, client):
        client.force_login(EditorFactory(first_name="Zeina"))
        found = table(page(client.get(BOARD)), "moderateurs")
        assert found == [["Zeina", "0", "0", "0", "0", "–"], ALL]

    def test_who_may_reads_all_in_the_order_of_names(self, client):
        editor = EditorFactory()
        permission = Permission.objects.get(codename="view_workload")
        editor.user_permissions.add(permission)
        client.force_login(editor)
        found = page(client.get(BOARD))
        assert table(found, "moderateurs") == [ALI, MINE, ALL]
        assert "Vous lisez vos propres nombres" not in found.text

    def test_no_group_is_given_that_right(self):
        assert not Permission.objects.get(codename="view_workload").group_set.exists()
        assert not ModeratorFactory().has_perm("moderation.view_workload")
        assert User(is_superuser=True, is_active=True).has_perm(
            "moderation.view_workload"
        )


def test_the_number_of_queries_is_fixed(client, time_machine):
    client.force_login(EditorFactory(is_superuser=True))
    paper = Newspaper(3, time_machine)
    counted = []
    for times in (40, 60):
        paper.operate(times, apart=timedelta(minutes=10))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(BOARD).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 18, counted


INDEXES = {
    "bilan": ("comment_newest", "decision_by_people", "report_by_time"),
    "motifs": ("decision_by_people",),
    "delais": ("decision_by_people",),
    "regles": ("comment_newest",),
    "articles": ("comment_newest",),
    "moderateurs": ("decision_by_people",),
}


@pytest.mark.parametrize("name", INDEXES)
def test_a_period_is_read_by_an_index(desk, on_postgresql, moderator, name):
    for _ in range(3):
        hidden(moderator)
    with CaptureQueriesContext(connection) as asked:
        desk.get(f"{BOARD}{name}.csv")
    counted = [q["sql"] for q in asked if "COUNT(" in q["sql"] and "2026-" in q["sql"]]
    assert counted
    for sql in counted:
        plan = plan_of(sql, on_postgresql)
        assert any(index in plan for index in INDEXES[name]), plan


class TestFiles:
    def read(self, response):
        assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
        text = response.content.decode()
        assert text.startswith("\ufeff")
        assert text.count("\r\n") == text.count("\n")
        return list(csv.reader(io.StringIO(text[1:]), strict=True))

    def test_a_file_holds_the_rows_of_the_page(self, desk, moderator, time_machine):
        hidden(moderator)
        query = {"du": "2026-11-22", "au": "2026-11-23"}
        past = desk.get(f"{BOARD}motifs.csv", query)["Content-Disposition"]
        assert past == 'attachment; filename="motifs-2026-11-22-2026-11-23.csv"'
        time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
        response = desk.get(f"{BOARD}motifs.csv", {"periode": "30j"})
        disposition = response["Content-Disposition"]
        assert disposition == (
            'attachment; filename="motifs-2026-10-26-2026-11-24.csv"'
        )
        assert self.read(response) == [
            ["Motif du masquage", "Masqués", "Avant", "Annulés depuis"],
            ["Injure", "1", "0", "0"],
        ]

    def test_no_cell_is_a_formula(self, desk, time_machine):
        titles = ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx", 'a "b", c', "Paix"]
        for title in titles:
            ArticleFactory(title=title, comment_policy="a_priori")
            submit_comment(
                article=ArticleFactory(title=title, comment_policy="a_priori"),
                author=ReaderFactory().commenter,
                text="Merci.",
            )
        time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
        rows = self.read(desk.get(f"{BOARD}articles.csv"))[1:]
        kept = {title if title[0] in "aP" else f"'{title}" for title in titles}
        assert {row[0] for row in rows} == kept
        assert all(len(row) == 6 for row in rows)

    def test_an_unknown_table_is_not_found(self, desk):
        assert desk.get(f"{BOARD}rien.csv").status_code == 404


class TestPlots:
    def test_have_no_style_and_no_number_in_french(self, desk, moderator):
        hidden(moderator)
        found = page(desk.get(BOARD, {"du": "2026-11-20", "au": "2026-11-24"}))
        assert found.select("svg.plot rect")
        assert not found.select("[style]")
        for shape in found.select("svg.plot rect, svg.plot line, svg.plot text"):
            places = (shape.get(n) for n in ("x", "y", "x1", "y1", "width", "height"))
            assert all(re.fullmatch(r"-?\d+(\.\d+)?%?", p) for p in places if p)

    def test_each_stands_beside_its_table(self, desk, moderator, time_machine):
        hidden(moderator)
        time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
        for part in page(desk.get(BOARD)).select(".board-part"):
            assert part.select_one("table caption"), part["id"]
            assert part.select_one("a[download]")["href"].endswith(".csv")
