"""Masking at the desk: with and without scripts, in the queue, the page, the history."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from comments.models import Comment
from moderation.batch_text import why_left
from moderation.batches import run_batch, run_chunk, start_batch
from moderation.masking.services import unmask
from moderation.models import Action, DecisionBatch, Masking
from moderation.selections import Chosen
from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)
from tests.moderation.batch_worlds import seen
from tests.moderation.desk import QUEUE, page
from tests.moderation.desk_pages import boxes, confirmed, fields
from tests.moderation.masking import NUMBER, TEXT, masked
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def held():
    article = ArticleFactory(comment_policy="a_priori")
    author = ReaderFactory().commenter
    return submit_comment(article=article, author=author, text=TEXT)


def fields_of(card, button=None):
    """What the form of the card sends, without scripts, as it was served."""
    form = card.select_one("form.desk-mask-form")
    sent = {
        field["name"]: field.get("value", "")
        for field in form.select("input[name], textarea[name]")
        if field.get("type") != "checkbox"
    }
    boxes = form.select("[data-spans] input:checked")
    sent["span"] = [box["value"] for box in boxes]
    if button:
        pressed = form.find("button", string=lambda text: text and button in text)
        if pressed.get("name"):
            sent[pressed["name"]] = pressed["value"]
    return form["action"], sent


def card_of(response, comment):
    return page(response).select_one(f"#carte-{comment.pk}")


def test_without_scripts_the_number_found_is_masked_and_the_comment_published(
    desk, held
):
    card = card_of(desk.get(QUEUE), held)
    proposed = card.select("[data-spans] label")
    assert [label.q.text for label in proposed] == [NUMBER]
    assert "numéro de téléphone" in proposed[0].text
    action, sent = fields_of(card, "Masquer et publier")
    answer = desk.post(action, sent, follow=True)
    told = spaced(answer.content.decode())
    assert "publié. Masqué : numéro de téléphone." in told
    comment = Comment.objects.get(pk=held.pk)
    assert comment.status == Comment.Status.PUBLISHED
    assert NUMBER not in comment.html
    assert comment.revision.text == TEXT


def test_masking_only_offers_to_unmask(desk, held):
    action, sent = fields_of(card_of(desk.get(QUEUE), held), "Masquer seulement")
    answer = page(desk.post(action, sent, follow=True))
    masking = Masking.objects.get()
    unmasking = reverse("moderation:unmask", args=[masking.pk])
    assert answer.select_one(f'.desk-notice form[action="{unmasking}"]')
    card = answer.select_one(f"#carte-{held.pk}")
    shown = card.select_one("[data-text]").text
    assert NUMBER not in shown
    assert "[numéro de téléphone masqué par la rédaction]" in shown
    assert card.select_one("[data-raw] mark.original").text == NUMBER
    assert "Masqué aux lecteurs : numéro de téléphone." in spaced(card.text)
    assert Comment.objects.get(pk=held.pk).status == Comment.Status.PENDING
    desk.post(unmasking)
    assert NUMBER in Comment.objects.get(pk=held.pk).html


def test_scripts_get_the_card_the_notice_and_the_way_back(desk, held):
    action, sent = fields_of(card_of(desk.get(QUEUE), held))
    pieces = desk.post(action, sent, **JSON).json()
    masking = Masking.objects.get()
    unmasking = reverse("moderation:unmask", args=[masking.pk])
    assert unmasking in pieces["notice"]
    card = BeautifulSoup(pieces["card"], "lxml")
    assert NUMBER not in card.select_one("[data-text]").text
    pieces = desk.post(unmasking, **JSON).json()
    assert "Démasqué" in pieces["notice"]
    assert (
        NUMBER in BeautifulSoup(pieces["card"], "lxml").select_one("[data-text]").text
    )
    action, sent = fields_of(
        BeautifulSoup(pieces["card"], "lxml"), "Masquer et publier"
    )
    pieces = desk.post(action, sent, **JSON).json()
    assert "data-done" in pieces["card"]
    assert "Masqué : numéro de téléphone" in spaced(pieces["notice"])


def test_a_refused_form_keeps_what_was_typed(desk, held):
    action, sent = fields_of(card_of(desk.get(QUEUE), held))
    word = TEXT.index("article")
    chosen = f"{word}-{word + 7}-address"
    answer = desk.post(action, {**sent, "span": [chosen, "0-9999-phone"]})
    assert answer.status_code == 422
    panel = BeautifulSoup(answer.content, "lxml").select_one("[data-mask]")
    assert panel.has_attr("open")
    assert "n’est pas dans le texte" in panel.text
    boxes = {
        b["value"]: b.has_attr("checked") for b in panel.select("[data-spans] input")
    }
    assert boxes.pop(chosen)
    assert list(boxes.values()) == [False]
    assert not Masking.objects.exists()


@pytest.mark.parametrize(
    "spans",
    [[], ["x"], ["1-2-inconnu"], ["٣-5-phone"], ["5-2-phone"], ["0-1-phone\x00"]],
)
def test_spans_that_are_none_are_refused_in_words(desk, held, spans):
    action, sent = fields_of(card_of(desk.get(QUEUE), held))
    answer = desk.post(action, {**sent, "span": spans})
    assert answer.status_code == 422
    assert BeautifulSoup(answer.content, "lxml").select_one("[data-mask] .errorlist")


def test_a_stale_card_gets_409_and_changes_nothing(desk, held):
    action, sent = fields_of(card_of(desk.get(QUEUE), held), "Masquer et publier")
    masked(held)
    answer = desk.post(action, sent)
    assert answer.status_code == 409
    assert "masqués entre-temps" in answer.content.decode()
    assert Comment.objects.get(pk=held.pk).status == Comment.Status.PENDING


def test_a_stale_publishing_gets_409(desk, held):
    masking = masked(held)
    card = card_of(desk.get(QUEUE), held)
    form = card.find("button", value="publish").find_parent("form")
    sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    unmask(masking, by=ModeratorFactory())
    answer = desk.post(form["action"], {**sent, "action": "publish"})
    assert answer.status_code == 409
    assert Comment.objects.get(pk=held.pk).status == Comment.Status.PENDING


def test_a_text_without_details_shows_no_panel_until_scripts_ask(desk, held):
    plain = CommentFactory(text="Rien ici.", published=True)
    url = reverse("moderation:comment", args=[plain.pk])
    assert page(desk.get(url)).select_one("[data-mask]").has_attr("hidden")
    url = reverse("moderation:comment", args=[held.pk])
    assert not page(desk.get(url)).select_one("[data-mask]").has_attr("hidden")


def test_the_page_and_the_history_tell_who_masked_what(desk, held, moderator):
    masking = masked(held, by=moderator, publish=True, note="Le sien.")
    older = masked(CommentFactory(text=TEXT, published=True))
    url = reverse("moderation:comment", args=[held.pk])
    section = page(desk.get(url)).select_one("#passages-masques")
    assert NUMBER in section.text
    assert "Le sien." in section.text
    assert masking.puid in section.text
    history = reverse("moderation:history")

    def rows(**query):
        found = page(desk.get(history, query)).select(".desk-history > li")
        return [row["id"] for row in found]

    decision = held.decisions.first()
    assert rows() == [
        f"passages-{older.pk}",
        f"decision-{decision.pk}",
        f"passages-{masking.pk}",
    ]
    assert f"passages-{older.pk}" not in rows(par="moi")
    assert f"passages-{masking.pk}" not in rows(par="regles")
    unmask(masking, by=ModeratorFactory())
    row = page(desk.get(history)).select_one(f"#passages-{masking.pk}")
    assert "démasqué par" in row.text
    assert not row.select("form")


def test_history_pages_share_the_maskings_out(desk, moderator, monkeypatch):
    monkeypatch.setattr("moderation.views.HISTORY_SIZE", 2)
    made = []
    for _each in range(4):
        comment = CommentFactory(text=TEXT)
        made.append(masked(comment, by=moderator, publish=True).pk)
    url, seen = reverse("moderation:history"), []
    while url:
        shown = page(desk.get(url))
        seen += [row["id"] for row in shown.select('li[id^="passages-"]')]
        older = shown.select_one('a[rel="next"]')
        url = older and older["href"]
    assert seen == [f"passages-{pk}" for pk in reversed(made)]


def test_editors_see_but_do_not_mask(client, held):
    client.force_login(EditorFactory())
    url = reverse("moderation:comment", args=[held.pk])
    assert not page(client.get(url)).select("[data-mask]")


def test_the_queue_costs_as_many_queries_with_masks(
    desk, django_assert_max_num_queries
):
    article = ArticleFactory(comment_policy="a_priori")

    def wait():
        author = ReaderFactory().commenter
        return submit_comment(article=article, author=author, text=TEXT)

    first = wait()
    with django_assert_max_num_queries(100) as few:
        desk.get(QUEUE)
    masked(first)
    for _each in range(3):
        masked(wait())
    with django_assert_max_num_queries(len(few)):
        desk.get(QUEUE)


def test_its_author_reads_what_was_masked_and_why(client, held, moderator):
    masking = masked(held, by=moderator, publish=True, note="Le sien.")
    client.force_login(held.author.user)
    shown = page(client.get(reverse("my_comments")))
    own = shown.select_one(f"#comment-{held.pk}")
    assert "[numéro de téléphone masqué par la rédaction]" in own.text
    assert NUMBER in own.select_one(".statement").text
    assert masking.puid in own.text
    assert "Le sien." not in own.text
    assert moderator.username not in own.text
    unmask(masking, by=moderator)
    own = page(client.get(reverse("my_comments"))).select_one(f"#comment-{held.pk}")
    assert own.select(".statement") == []


class TestManyAtOnce:
    """A batch leaves alone what was masked or unmasked since its page was read."""

    @pytest.fixture
    def comments(self):
        article = ArticleFactory(comment_policy="a_priori")
        return [
            submit_comment(
                article=article, author=ReaderFactory().commenter, text=f"{TEXT} {n}"
            )
            for n in range(3)
        ]

    def statuses(self, comments):
        known = dict(Comment.objects.values_list("pk", "status"))
        return [known[comment.pk] for comment in comments]

    @pytest.mark.parametrize("unmasked", [False, True])
    @pytest.mark.parametrize("confirmed_before", [False, True])
    def test_chosen_before_the_masks_changed(
        self, desk, comments, unmasked, confirmed_before
    ):
        other, same, changed = comments
        masked(same)
        masking = masked(changed) if unmasked else None
        shown = page(desk.get(QUEUE))
        choice = boxes(shown, *comments)
        assert [value.count(".") for value in choice] == [3, 3, 3]
        assert max(map(len, choice)) < 32
        lot = shown.select_one("#lot")
        form = confirmed(desk, lot, "publish", choix=choice)

        def change():
            changed.refresh_from_db()
            if masking:
                unmask(masking, by=ModeratorFactory())
            else:
                masked(changed)

        change()
        if not confirmed_before:
            form = confirmed(desk, lot, "publish", choix=choice)
        answer = desk.post(form["action"], fields(form), follow=True)
        assert self.statuses([other, same, changed]) == [
            "published",
            "published",
            "pending",
        ]
        told = " ".join(page(answer).select_one("[data-batch]").text.split())
        assert "traité entre-temps : 1" in told
        assert "passages masqués ou démasqués entre-temps." in told
        batch = DecisionBatch.objects.get()
        assert (batch.state, batch.done, batch.skipped) == ("done", 2, 1)

    def test_nothing_else_is_chosen(self, desk, comments):
        choice = boxes(page(desk.get(QUEUE)), comments[0])
        masked(comments[0])
        data = {"action": "hide", "reason": "injure", "choix": choice}
        answer = desk.post("/moderation/lots/", data, follow=True)
        assert "masqués ou démasqués" in answer.content.decode()
        assert DecisionBatch.objects.get().state == "done"
        assert self.statuses(comments) == ["pending"] * 3

    def test_masked_while_the_batch_ran(self, moderator, comments):
        _first, second, third = comments
        masked(third)
        batch = start_batch(
            Chosen(tuple(map(seen, comments))), action=Action.PUBLISH, by=moderator
        )
        run_chunk(batch, size=1)
        masked(Comment.objects.get(pk=second.pk))
        run_batch(batch)
        assert self.statuses(comments) == ["published", "pending", "published"]
        item = batch.items.get(outcome="decided")
        assert (item.comment, why_left(item)) == (
            second,
            "passages masqués ou démasqués entre-temps",
        )

    def test_a_page_from_before_is_still_read(self, desk, comments):
        choice = boxes(page(desk.get(QUEUE)), comments[0])
        masked(comments[0])
        older = [value.rpartition(".")[0] for value in choice]
        desk.post("/moderation/lots/", {"action": "publish", "choix": older})
        assert self.statuses(comments)[0] == "published"
