"""The dashboard: its periods, what each may read, its files, its plots."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation.models import Action
from moderation.periods import days, last_days, last_hours, midnight
from moderation.plots import Series, Words, columns
from moderation.services import decide, submit_comment
from moderation.tables import Column, Table, change, delay, harmless, percent, shown
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


class TestPeriods:
    def test_last_hours_end_now_and_begin_with_an_hour(self):
        period = last_hours(24, now=NOW)
        assert period.start == datetime(2026, 11, 23, 17, tzinfo=UTC)
        assert (period.end, period.step, len(period.steps())) == (NOW, "hour", 24)
        assert period.steps()[0] == datetime(2026, 11, 23, 19)  # noqa: DTZ001

    def test_last_days_begin_at_the_newspaper_s_midnight(self):
        period = last_days(7, now=NOW)
        assert period.start == datetime(2026, 11, 17, 22, tzinfo=UTC)
        assert (period.end, period.step, len(period.steps())) == (NOW, "day", 7)

    def test_the_time_before_is_exactly_as_long(self):
        period = last_days(7, now=NOW)
        before = period.before
        assert before.end == period.start
        assert before.end - before.start == period.end - period.start

    def test_days_stop_at_this_moment(self):
        period = days(date(2026, 11, 24), date(2026, 12, 31), now=NOW)
        assert (period.start, period.end) == (midnight(date(2026, 11, 24)), NOW)

    def test_an_hour_that_clocks_show_twice_is_one_step(self):
        period = days(date(2026, 10, 24), date(2026, 10, 24), now=NOW)
        assert period.end - period.start == timedelta(hours=25)
        assert len(period.steps()) == len(set(period.steps())) == 24

    def test_midnight_that_clocks_skip_is_the_day_s_first_moment(self):
        period = days(date(2026, 3, 29), date(2026, 3, 29), now=NOW)
        assert period.end - period.start == timedelta(hours=23)
        assert len(period.steps()) == 23


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"periode": "99j"}, "99j"),
        ({"du": "2026-11-20"}, "Donnez les deux dates."),
        ({"au": "2026-11-20"}, "Donnez les deux dates."),
        ({"du": "2026-11-20", "au": "2026-11-19"}, "Ce jour est avant le premier."),
        ({"du": "2026-11-25", "au": "2026-11-26"}, "Ce jour n’est pas encore venu."),
        ({"du": "0001-01-01", "au": "0001-01-02"}, "Choisissez un jour après 1999."),
        ({"du": "2026-01-01", "au": "2026-11-20"}, "Choisissez 92 jours au plus."),
        ({"du": "hier", "au": "2026-11-20"}, "Saisissez une date valide."),
        ({"du": "\x00", "au": "2026-11-20"}, "Saisissez une date valide."),
        ({"du": "2026-02-30", "au": "\ud800"}, "Saisissez une date valide."),
    ],
)
@pytest.mark.parametrize("address", [BOARD, f"{BOARD}motifs.csv"])
def test_a_period_that_is_not_understood_is_said_so(desk, address, query, told):
    query = {k: v.encode("utf-8", "surrogatepass") for k, v in query.items()}
    found = page(desk.get(address, query), status=422)
    assert told in spaced(found.select_one(".board-dates").text)
    assert found.title.text.startswith("Erreur")
    assert not found.select(".board-part")
    if query.get("du", b"").startswith(b"2026"):
        assert found.select_one("[name=du]")["value"] == query["du"].decode()


def test_the_last_day_may_be_to_come(desk):
    found = page(desk.get(BOARD, {"du": "2026-11-24", "au": "9999-12-31"}))
    assert len(table(found, "evolution")) == 19  # hours, with the one under way


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

    def test_a_file_holds_the_same_rows_as_the_page(self, desk, moderator):
        hidden(moderator)
        response = desk.get(f"{BOARD}motifs.csv", {"periode": "30j"})
        disposition = response["Content-Disposition"]
        assert disposition == (
            'attachment; filename="motifs-2026-10-26-2026-11-24.csv"'
        )
        assert self.read(response)[0] == [
            "Motif",
            "Masqués",
            "Avant",
            "Annulés depuis",
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

    @pytest.mark.parametrize("start", "=+-@\t\r\n\x00")
    def test_a_dangerous_start_is_made_harmless(self, start):
        assert harmless(f"{start}cmd|' /C calc'!A0")[0] == "'"
        file = Table("", [Column(f"{start}x")], [[f"{start}y"]]).as_csv()
        cells = list(csv.reader(io.StringIO(file[1:], newline=""), strict=True))
        assert cells == [[f"'{start}x"], [f"'{start}y"]]

    def test_an_unknown_table_is_not_found(self, desk):
        assert desk.get(f"{BOARD}rien.csv").status_code == 404


class TestNumbers:
    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            (shown(12_345), "12 345"),
            (percent(0.784), "78 %"),
            (percent(0.0044), "0,4 %"),
            (percent(1.0), "100 %"),
            (shown(None), "–"),
            (change(112, 100), "+12 %"),
            (change(92, 100), "−8 %"),
            (change(5, 5), "="),
            (change(5, 0), "–"),
            (delay(timedelta(seconds=40.9)), "40 s"),
            (delay(timedelta(minutes=12)), "12 min"),
            (delay(timedelta(hours=1, minutes=5)), "1 h 05"),
            (delay(timedelta(hours=4)), "4 h"),
            (delay(timedelta(days=2, hours=3)), "2 j 3 h"),
            (delay(timedelta(days=2)), "2 j"),
        ],
    )
    def test_are_printed_as_french_does(self, told, expected):
        assert spaced(told) == expected


class TestPlots:
    def drawn(self, *values):
        steps = [(f"jour {n}", f"{n}") for n in range(len(values))]
        words = Words("p", "Titre & co", "Décrit <b>")
        svg = columns(words, steps, [Series("Parus", values)])
        return BeautifulSoup(svg, "xml").svg

    def test_are_one_named_and_described_image(self):
        svg = self.drawn(3, 0, 5)
        assert svg["role"] == "img"
        assert svg.find(id=svg["aria-labelledby"]).text == "Titre & co"
        assert svg.find(id=svg["aria-describedby"]).text == "Décrit <b>"

    @pytest.mark.parametrize("values", [(0,), (0, 0), (1,), (3, 0, 5), (7, 123_456)])
    def test_columns_are_as_high_as_their_numbers(self, values):
        svg = self.drawn(*values)
        heights = [float(bar["height"]) for bar in svg.select("rect.plot-bar")]
        drawn = [value for value in values if value]
        assert len(heights) == len(drawn)
        for height, value in zip(heights, drawn, strict=True):
            share = value / max(drawn)
            assert height == pytest.approx(max(heights) * share, abs=0.02)
            assert 0 <= height <= 160

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
