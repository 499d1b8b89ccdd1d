"""A batch on the desk, step by step: progress, report, history, undo."""

import pytest

from comments.models import Comment
from moderation import batch_views
from moderation.batches import run_batch, run_chunk, start_batch
from moderation.models import Action, DecisionBatch
from tests.factories import EditorFactory, ModeratorFactory
from tests.moderation.batch_worlds import (
    batch_on_all,
    chosen,
    counts,
    decided_by,
    statuses,
    waiting,
)
from tests.moderation.desk_pages import boxes, confirmed, fields, page, said
from tests.moderation.ledger import disagreements

pytestmark = pytest.mark.django_db

QUEUE, LOTS, HISTORY = "/moderation/", "/moderation/lots/", "/moderation/historique/"


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def slowly(monkeypatch):
    """Each request does one chunk of two comments."""
    monkeypatch.setattr(
        batch_views, "run_batch", lambda batch, seconds: run_chunk(batch, size=2)
    )


@pytest.mark.usefixtures("slowly")
def test_chunk_by_chunk_to_the_report(desk):
    comments = waiting(5)
    other = ModeratorFactory(first_name="Rana", last_name="Haddad")
    shown = page(desk.get(QUEUE))
    form = confirmed(
        desk, shown.select_one("#lot"), "hide", choix=boxes(shown, *comments)
    )
    answer = desk.post(form["action"], fields(form) | {"reason": "cri"}, follow=True)
    shown = page(answer)
    bar = shown.select_one("progress")
    assert (bar["value"], bar["max"]) == ("2", "5")
    assert statuses(comments) == {"hidden": 2, "pending": 3}
    # Whoever comes by the queue sees that it is not finished
    assert "Un lot de Marie Khoury n’est pas achevé" in page(desk.get(QUEUE)).text

    decided_by(comments[4], other)
    for _ in range(2):
        go_on = shown.select_one("[data-go-on]")
        answer = desk.post(go_on["action"], fields(go_on), follow=True)
        shown = page(answer)
    assert not shown.select("progress, [data-go-on]")
    report = " ".join(shown.select_one("[data-batch]").text.split())
    assert "4 commentaires masqués. Motif : Majuscules" in report
    assert "traité entre-temps : 1" in report
    assert "Rana Haddad : publié" in report
    undo = shown.select_one("form[action$='/annuler/']")
    assert "pas achevé" not in page(desk.get(QUEUE)).text
    shown = page(desk.post(undo["action"], fields(undo), follow=True))
    assert shown.select_one("progress")["max"] == "4"
    go_on = shown.select_one("[data-go-on]")
    answer = desk.post(go_on["action"], fields(go_on), follow=True)
    assert statuses(comments) == {"pending": 4, "published": 1}
    assert "4 commentaires sont comme avant" in page(answer).text
    assert disagreements() == []


@pytest.mark.usefixtures("slowly")
def test_stopped_in_the_middle(desk, moderator):
    comments = waiting(5)
    batch = run_chunk(batch_on_all(moderator), size=2)
    shown = page(desk.get(f"{LOTS}{batch.pk}/"))
    stop = shown.select_one("form[action$='/arreter/']")
    shown = page(desk.post(stop["action"], fields(stop), follow=True))
    assert "3 commentaires n’ont pas été touchés" in shown.text
    assert statuses(comments) == {"hidden": 2, "pending": 3}
    assert not shown.select("[data-go-on]")
    desk.post(f"{LOTS}{batch.pk}/continuer/")
    assert counts(batch)[:2] == ("cancelled", 2)


@pytest.mark.usefixtures("slowly")
def test_scripts_get_the_pieces(desk, moderator):
    waiting(3)
    batch = batch_on_all(moderator)
    answers = [
        desk.post(
            f"{LOTS}{batch.pk}/continuer/", headers={"accept": "application/json"}
        ).json()
        for _ in range(2)
    ]
    assert [(a["unfinished"], a["text"]) for a in answers] == [
        (True, "2 sur 3"),
        (False, "3 commentaires masqués. Motif\u00a0: Injure."),
    ]
    assert 'value="2" max="3"' in answers[0]["html"]
    assert "Annuler le lot" in answers[1]["html"]


def test_a_batch_is_one_row_of_the_history(desk, moderator):
    (alone,) = waiting(1)
    decided_by(alone, moderator)
    comments = waiting(4)
    answer = desk.post(
        LOTS,
        {
            "action": "hide",
            "reason": "injure",
            "choix": [
                f"{c.pk}.{c.decisions.get().pk}.{c.revision_id}" for c in comments
            ],
        },
    )
    assert answer.status_code == 302
    batch = DecisionBatch.objects.get()
    rows = page(desk.get(HISTORY)).select("li[id^=decision-]")
    assert len(rows) == 2
    told = " ".join(rows[0].text.split())
    assert "Marie Khoury" in told
    assert "4 commentaires masqués. Motif : Injure." in told
    undo = rows[0].select_one("form")
    assert undo["action"] == f"{LOTS}{batch.pk}/annuler/"
    answer = desk.post(undo["action"], fields(undo), follow=True)
    assert answer.redirect_chain == [(HISTORY, 302)]
    assert statuses(comments) == {"pending": 4}
    rows = page(answer).select("li[id^=decision-]")
    assert len(rows) == 2
    assert "annulé par Marie Khoury" in rows[0].text
    assert not rows[0].select("form")
    # Each comment still tells all that happened to it, and in which batch
    shown = page(desk.get(f"/moderation/commentaires/{comments[0].pk}/"))
    links = shown.select(f'ol.desk-decisions a[href="{LOTS}{batch.pk}/"]')
    assert len(links) == 2


def test_one_decision_of_a_batch_undone_alone_has_its_row(desk, moderator):
    comments = waiting(2)
    desk.post(LOTS, {"action": "publish", "tout": "1"})
    decision = comments[1].decisions.first()
    desk.post(f"/moderation/decisions/{decision.pk}/annuler/")
    assert statuses(comments) == {"published": 1, "pending": 1}
    assert len(page(desk.get(HISTORY)).select("li[id^=decision-]")) == 2


def test_already_undone(desk, moderator):
    waiting(2)
    desk.post(LOTS, {"action": "publish", "tout": "1"})
    url = f"{LOTS}{DecisionBatch.objects.get().pk}/annuler/"
    desk.post(url)
    assert "Ce lot est déjà annulé." in said(desk.post(url, follow=True))


def test_editors_read_without_buttons(client, moderator):
    waiting(2)
    batch = run_chunk(batch_on_all(moderator), size=1)
    client.force_login(EditorFactory())
    for url in (QUEUE, f"{LOTS}{batch.pk}/", HISTORY):
        shown = page(client.get(url))
        forms = shown.select("main form[method=post]")
        assert {form["action"] for form in forms} <= {"/moderation/textes-graves/"}
        assert not shown.select("[data-choice]")
    for step in ("continuer", "arreter", "annuler"):
        assert client.post(f"{LOTS}{batch.pk}/{step}/").status_code == 403


def test_back_to_this_site_only(desk, moderator):
    waiting(1)
    batch = batch_on_all(moderator)
    shown = page(desk.get(f"{LOTS}{batch.pk}/?next=https://ailleurs.example/"))
    assert "ailleurs.example" not in str(shown.select_one("main"))


@pytest.mark.parametrize("rows", [2, 9])
def test_queries_do_not_grow_with_the_rows(
    desk, moderator, rows, django_assert_num_queries
):
    comments = waiting(rows * 2)
    batch = batch_on_all(moderator, Action.PUBLISH)
    for comment in comments[:rows]:
        decided_by(comment, moderator, Action.HIDE)
    desk.post(f"{LOTS}{batch.pk}/continuer/")
    assert counts(batch)[1:3] == (rows, rows)
    with django_assert_num_queries(9):
        shown = page(desk.get(f"{LOTS}{batch.pk}/"))
    assert len(shown.select(".desk-samples li")) == rows
    waiting(rows)
    data = {"action": "hide", "tout": "1"}
    with django_assert_num_queries(13):  # five for what the filters offer
        page(desk.post(f"{LOTS}confirmer/", data))
    assert Comment.objects.pending().count() == rows


@pytest.mark.parametrize("rows", [2, 9])
def test_queries_do_not_grow_with_the_batches(
    desk, moderator, rows, django_assert_num_queries
):
    for _ in range(rows):
        waiting(1)
        run_batch(batch_on_all(moderator))
    waiting(rows)
    for number in range(rows):
        (comment,) = Comment.objects.pending()[number : number + 1]
        one = start_batch(chosen([comment]), action=Action.PUBLISH, by=moderator)
        assert one.unfinished
    with django_assert_num_queries(8):
        assert len(page(desk.get(HISTORY)).select("li[id^=decision-]")) == rows
    desk.get(QUEUE)
    with django_assert_num_queries(25):
        shown = page(desk.get(QUEUE))
    assert len(shown.select("main > .wrap .notice-warning")) == rows
