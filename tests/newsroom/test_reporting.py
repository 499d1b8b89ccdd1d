"""« Signaler » on the readers' pages: with or without an account, and no script."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article
from comments.models import Comment
from moderation.models import QueueEntry, Report, ReportKind
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.deciding import decided

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "injure",
    "explanation": "  Il insulte quelqu’un.\r\nDeux fois.",
    "name": "Rita",
    "email": "Rita@journal.example",
    "good_faith": "on",
}


@pytest.fixture
def comment():
    return CommentFactory(published=True, text="Un texte que l’on signale.")


def address(comment):
    return reverse("report", args=[comment.pk])


def page(response):
    return BeautifulSoup(response.content, "lxml")


def test_every_shown_comment_has_its_link(client):
    article = ArticleFactory()
    first = CommentFactory(article=article, published=True)
    reply = CommentFactory(parent=first, published=True)
    hidden = CommentFactory(article=article, hidden=True)
    shown = page(client.get(article.get_absolute_url()))
    for comment in (first, reply):
        item = shown.select_one(f"#comment-{comment.pk}")
        link = item.select_one(f'a[href="{address(comment)}"]')
        assert link.text == f"Signaler le commentaire de {comment.author.name}"
        assert link["rel"] == ["nofollow"]
    assert not shown.select(f'a[href="{address(hidden)}"]')


def test_closed_comments_can_be_reported(client):
    comment = CommentFactory(published=True)
    Article.objects.update(comment_policy="closed")
    url = comment.article.get_absolute_url()
    assertContains(client.get(url), address(comment))
    assertNotContains(client.get(url), reverse("reply", args=[comment.pk]))


def test_without_account_and_without_script(comment):
    client = Client(enforce_csrf_checks=True)
    response = client.get(address(comment))
    assertContains(response, "Un texte que l’on signale.")
    form = page(response).select_one("form.report-form")
    token = form.select_one("[name=csrfmiddlewaretoken]")["value"]
    response = client.post(form["action"], {**TYPED, "csrfmiddlewaretoken": token})
    report = Report.objects.get()
    assert response.url == f"/signalements/{report.reference}/"
    assert (report.comment, report.revision) == (comment, comment.revision)
    assert report.explanation == "Il insulte quelqu’un.\nDeux fois."
    assert (report.name, report.email) == ("Rita", "rita@journal.example")
    assert report.user is None
    confirmed = client.get(response.url)
    assertContains(confirmed, report.reference)
    for secret in ("insulte", "Rita", "rita@"):
        assertNotContains(confirmed, secret)
    assert QueueEntry.objects.get().comment == comment


def test_the_receipt_goes_out(client, comment, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(comment), TYPED)
    assert mail.outbox[0].to == ["rita@journal.example"]


def test_an_account_types_nothing_known_again(client, comment):
    """TRUST A-14."""
    reader = ReaderFactory()
    client.force_login(reader)
    form = page(client.get(address(comment))).select_one("form.report-form")
    assert form.select_one("[name=name]")["value"] == reader.commenter.name
    assert form.select_one("[name=email]")["value"] == reader.email
    client.post(address(comment), TYPED)
    assert Report.objects.get().user == reader


class TestRefusals:
    """TRUST A-02."""

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("kind", ""),
            ("kind", "rien"),
            ("explanation", " "),
            ("name", ""),
            ("email", ""),
            ("email", "rita"),
            ("good_faith", ""),
        ],
    )
    def test_are_tied_to_their_field_and_lose_nothing(
        self, client, comment, field, value
    ):
        response = client.post(address(comment), {**TYPED, field: value})
        assert response.status_code == 422
        form = page(response).select_one("form.report-form")
        wrong = form.select("[aria-invalid=true]")
        assert [each["name"] for each in wrong] == [field]
        (wrong,) = wrong
        assert wrong.has_attr("autofocus")
        described = wrong["aria-describedby"].split()
        error = form.select_one(f"#id_{field}_error")
        assert error["id"] in described
        assert error.text.strip()
        assert form.select_one(f'label[for="id_{field}"]').text.strip()
        kept = {
            "kind": (form.select_one("option[selected]") or {}).get("value", ""),
            "explanation": form.select_one("textarea").text.lstrip("\r\n"),
            "name": form.select_one("[name=name]").get("value", ""),
            "email": form.select_one("[name=email]").get("value", ""),
            "good_faith": "on"
            * form.select_one("[name=good_faith]").has_attr("checked"),
        }
        for name, typed in {**TYPED, field: value}.items():
            if typed != "rien":
                assert kept[name].split() == typed.split(), name
        assert not Report.objects.exists()
        assert not QueueEntry.objects.exists()

    def test_all_at_once(self, client, comment):
        response = client.post(address(comment), {})
        form = page(response).select_one("form.report-form")
        assert len(form.select("[aria-invalid=true]")) == 5
        assert len(form.select("[autofocus]")) == 1
        assert form.select_one("[autofocus]")["name"] == "kind"

    def test_a_line_break_counts_once(self, client, comment):
        """Browsers count one, and send two signs."""
        typed = {**TYPED, "explanation": "a\r\n" * 999 + "bc"}
        assert client.post(address(comment), typed).status_code == 302
        assert len(Report.objects.get().explanation) == 2000

    def test_child_abuse_needs_no_name(self, client, comment):
        typed = {**TYPED, "name": "", "email": "", "kind": "mineurs"}
        assert client.post(address(comment), typed).status_code == 302
        assert Report.objects.get().email == ""

    @pytest.mark.parametrize("status", ["pending", "hidden", "deleted"])
    def test_what_readers_cannot_see_is_not_there(self, client, status):
        comment = CommentFactory(status=status)
        for response in (
            client.get(address(comment)),
            client.post(address(comment), TYPED),
        ):
            assert response.status_code == 404
        assert not Report.objects.exists()

    def test_nor_is_what_stands_under_a_draft(self, client, comment):
        Article.objects.update(status=Article.Status.DRAFT)
        assert client.get(address(comment)).status_code == 404

    def test_an_old_token_shows_the_text_again(self, comment):
        client = Client(enforce_csrf_checks=True)
        response = client.post(address(comment), TYPED)
        assertContains(response, "Deux fois.", status_code=403)


class TestConfirmation:
    def test_sent_again_looks_like_sent(self, client, comment):
        """Otherwise a stranger learns who reported what."""
        ReportFactory(comment=comment, email="rita@journal.example")
        before = Report.objects.get()
        response = client.post(address(comment), TYPED)
        assert response.url == f"/signalements/{before.reference}/"
        other = client.post(address(comment), {**TYPED, "email": "x@journal.example"})
        first, second = (
            re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", "", text)
            for text in (
                client.get(response.url).content.decode(),
                client.get(other.url).content.decode(),
            )
        )
        assert first == second

    @pytest.mark.parametrize(
        ("action", "said"),
        [("hide", "a masqué le commentaire"), ("publish", "laissé le commentaire")],
    )
    def test_tells_the_answer_later(self, client, action, said):
        report = ReportFactory()
        url = reverse("report_sent", args=[report.reference])
        assertNotContains(client.get(url), said)
        decided(report.comment, action)
        assertContains(client.get(url), said)

    def test_does_not_say_hidden_of_what_is_shown(self, client):
        report = ReportFactory()
        decided(report.comment)
        decided(report.comment, "publish")
        url = reverse("report_sent", args=[report.reference])
        assertContains(client.get(url), "rétabli depuis")

    def test_reads_a_reference_in_any_case(self, client):
        reference = ReportFactory().reference
        assert client.get(f"/signalements/{reference.lower()}/").status_code == 200
        assert client.get("/signalements/BCDF-BCDF-BCDF/").status_code == 404


def test_a_report_changes_nothing_that_readers_see(client):
    """TRUST S-39: the front page goes on quoting it, the thread showing it."""
    comment = CommentFactory(published=True, text="Un avis paru.")
    pages = ("/", comment.article.get_absolute_url(), "/recherche/?q=avis")
    before = [page(client.get(url)).get_text() for url in pages]
    assert all("Un avis paru." in text for text in before[:2])
    ReportFactory.create_batch(3, comment=comment)
    assert [page(client.get(url)).get_text() for url in pages] == before
    decided(comment)
    assert Comment.objects.get().status == "hidden"
    assert "Un avis paru." not in page(client.get("/")).get_text()


def test_every_kind_is_offered(client, comment):
    form = page(client.get(address(comment))).select_one("form.report-form")
    offered = [option["value"] for option in form.select("option")]
    assert offered == ["", *ReportKind.values]
