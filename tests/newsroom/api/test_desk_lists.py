"""What the desk lists, listed through the API by the same filters."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment
from moderation.models import Action, AuthorNote
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
    SectionFactory,
)
from tests.moderation.batch_worlds import batch_on_all, waiting
from tests.moderation.sanctioning import sanctioned

pytestmark = pytest.mark.django_db
BASE = "/api/v1/moderation/"
INSULT = "Quel connard, ce ministre."


@pytest.fixture
def account():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def moderator(signed_in, account):
    return signed_in(account)


def ids(client, path, **query):
    answer = client.get(BASE + path, query)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def post(text=INSULT, *, author=None, **article):
    author = author or ReaderFactory().commenter
    return submit_comment(article=ArticleFactory(**article), author=author, text=text)


@pytest.mark.parametrize("path", ["queue/", "comments/"])
class TestFilters:
    """Each alone, beside a comment that it leaves out."""

    def test_words_and_addresses(self, moderator, path):
        post()
        found = post("Connard, lisez https://exemple.org sur les éléphants.")
        assert ids(moderator, path, words="éléphant") == [found.pk]
        assert ids(moderator, path, link="true") == [found.pk]
        assert ids(moderator, path, words="girafe") == []

    def test_section_and_article(self, moderator, path):
        post()
        found = post(section=SectionFactory(slug="monde"), slug="la-lune")
        assert ids(moderator, path, section="monde") == [found.pk]
        assert ids(moderator, path, article="la-lune") == [found.pk]
        assert ids(moderator, path, section="rien") == []

    def test_author(self, moderator, path):
        post()
        found = post(author=ReaderFactory(commenter="Émilie Zénobie").commenter)
        assert ids(moderator, path, author="emilie") == [found.pk]

    def test_time_of_receipt(self, moderator, path):
        old, new = post(), post()
        past = timezone.now() - timedelta(days=3)
        Comment.objects.filter(pk=old.pk).update(received_at=past)
        limit = (timezone.now() - timedelta(days=1)).isoformat()
        assert ids(moderator, path, since=limit) == [new.pk]
        assert ids(moderator, path, until=limit) == [old.pk]

    def test_reported(self, moderator, path):
        post()
        found = ReportFactory(comment=CommentFactory(published=True)).comment
        assert ids(moderator, path, reported="true") == [found.pk]

    def test_late(self, moderator, path):
        post()
        found = ReportFactory(comment=CommentFactory(published=True)).comment
        ReportFactory(comment=CommentFactory(published=True))
        assert ids(moderator, path, late="true") == []
        past = timezone.now() - timedelta(days=30)
        found.reports.update(created_at=past)
        assert ids(moderator, path, late="true") == [found.pk]

    def test_decided_by_somebody(self, moderator, account, path):
        others, mine = post(), post()
        colleague, gone = ModeratorFactory(), ModeratorFactory()
        for comment, by in ((others, colleague), (mine, account), (others, gone)):
            decide(
                comment,
                action=Action.HOLD,
                by=by,
                after=comment.decisions.latest("pk").pk,
                revision=comment.revision_id,
            )
        gone.groups.clear()
        assert ids(moderator, path, decided_by="me") == [mine.pk]
        assert ids(moderator, path, decided_by=account.pk) == [mine.pk]
        assert ids(moderator, path, decided_by=colleague.pk) == [others.pk]
        assert ids(moderator, path, decided_by=gone.pk) == [others.pk]
        assert ids(moderator, path, decided_by=ModeratorFactory().pk) == []
        reader = ReaderFactory()
        answer = moderator.get(BASE + path, {"decided_by": reader.pk})
        assert answer.status_code == 400

    @pytest.mark.parametrize(
        "query",
        [
            {"since": "hier"},
            {"until": "2026-13-01"},
            {"link": "oui"},
            {"reported": "1"},
            {"decided_by": "999999"},
            {"decided_by": "Marie"},
            {"decided_by": "9" * 30},
            {"late": "oui"},
            {"words": "x" * 201},
            {"category": "rien"},
            {"author": "x" * 101},
            {"words": "a\x00b"},
        ],
    )
    def test_what_is_not_understood_is_a_400(self, moderator, path, query):
        answer = moderator.get(BASE + path, query)
        assert answer.status_code == 400
        assert [e["attr"] for e in answer.json()["errors"]] == list(query)


def test_newcomers_of_the_queue(moderator):
    known = ReaderFactory().commenter
    CommentFactory(author=known, published=True)
    post(author=known)
    found = post()
    assert ids(moderator, "queue/", newcomers="1") == [found.pk]
    for wrong in ("0", "101", "x", "1.5"):
        answer = moderator.get(f"{BASE}queue/", {"newcomers": wrong})
        assert answer.status_code == 400, wrong


class TestComments:
    def test_every_state_but_deleted_the_newest_first(self, moderator):
        made = [
            CommentFactory(status=status)
            for status in ("published", "hidden", "pending", "deleted")
        ]
        keys = [c.pk for c in made]
        assert ids(moderator, "comments/") == [keys[2], keys[1], keys[0]]
        assert ids(moderator, "comments/", status="hidden") == [keys[1]]
        answer = moderator.get(f"{BASE}comments/", {"status": "deleted"})
        assert answer.status_code == 400

    def test_of_one_author_in_pages(self, moderator):
        author = ReaderFactory().commenter
        CommentFactory()
        keys = [CommentFactory(author=author).pk for _ in range(5)]
        url, found = f"{BASE}comments/?author_id={author.pk}&page_size=2", []
        while url:
            answer = moderator.get(url).json()
            found += [row["id"] for row in answer["results"]]
            url = answer["next"]
        assert found == keys[::-1]
        for wrong in ("x", str(2**63), "1.5"):
            answer = moderator.get(f"{BASE}comments/", {"author_id": wrong})
            assert answer.status_code == 400, wrong

    def test_rare_words_in_pages(self, moderator):
        keys = [CommentFactory(text=f"Un éléphant, {n}.").pk for n in range(3)]
        asked = {"words": "éléphant", "page_size": 2}
        first = moderator.get(f"{BASE}comments/", asked).json()
        assert [row["id"] for row in first["results"]] == keys[:0:-1]
        second = moderator.get(first["next"]).json()
        assert [row["id"] for row in second["results"]] == keys[:1]

    def test_what_waits_says_so(self, moderator):
        comment = post()
        ReportFactory(comment=comment)
        (row,) = moderator.get(f"{BASE}comments/").json()["results"]
        (queued,) = moderator.get(f"{BASE}queue/").json()["results"]
        assert row == queued
        assert row["reports"]["count"] == 1


class TestBatches:
    def test_matching_takes_the_filters_of_the_queue(self, moderator):
        section = SectionFactory(slug="monde")
        alone = post(section=section)
        reported = ReportFactory(comment=CommentFactory(published=True)).comment
        post("Connard, lisez https://exemple.org.")
        cases = {
            "section": ("monde", alone),
            "reported": (True, reported),
        }
        for name, (value, comment) in cases.items():
            asked = {"action": "hold", "matching": {name: value, "at_most": 1}}
            answer = moderator.post(f"{BASE}batches/", asked)
            assert answer.status_code == 201, answer.content
            assert answer.json()["done"] == 1
            assert comment.decisions.first().batch_id == answer.json()["id"]

    def test_late_and_decided_by_somebody(self, moderator, account):
        late = ReportFactory(comment=CommentFactory(published=True)).comment
        late.reports.update(created_at=timezone.now() - timedelta(days=30))
        post()
        colleague, held = ModeratorFactory(), post()
        decide(
            held,
            action=Action.HOLD,
            by=colleague,
            after=held.decisions.get().pk,
            revision=held.revision_id,
        )
        for asked, comment in (
            ({"late": True}, late),
            ({"decided_by": "me"}, late),  # by the batch before
            ({"decided_by": f"{colleague.pk}"}, held),
        ):
            order = {"action": "hold", "matching": {**asked, "at_most": 1}}
            answer = moderator.post(f"{BASE}batches/", order)
            assert answer.status_code == 201, answer.content
            assert answer.json()["done"] == 1
            assert comment.decisions.first().batch_id == answer.json()["id"]

    def test_words_links_times_and_newcomers(self, moderator):
        known = ReaderFactory().commenter
        CommentFactory(author=known, published=True)
        post(author=known)
        found = post("Connard, lisez https://exemple.org sur les éléphants.")
        past = (timezone.now() - timedelta(hours=1)).isoformat()
        matching = {
            "words": "éléphant",
            "link": True,
            "since": past,
            "until": None,
            "newcomers": 1,
            "at_most": 1,
        }
        asked = {"action": "hold", "matching": matching}
        answer = moderator.post(f"{BASE}batches/", asked)
        assert answer.status_code == 201, answer.content
        assert found.decisions.first().batch_id == answer.json()["id"]
        asked["matching"] = {**matching, "until": past}
        answer = moderator.post(f"{BASE}batches/", asked)
        assert answer.status_code == 400  # nothing is selected

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("section", "rien"),
            ("section", 3),
            ("since", "hier"),
            ("since", 20260101),
            ("until", True),
            ("link", "true"),
            ("reported", 1),
            ("newcomers", 0),
            ("late", "true"),
            ("decided_by", "999999"),
            ("decided_by", 3),
            ("words", ["x"]),
            ("words", "x" * 201),
        ],
    )
    def test_what_is_not_understood_is_a_400(self, moderator, name, value):
        post()
        asked = {"action": "hold", "matching": {name: value, "at_most": 9}}
        answer = moderator.post(f"{BASE}batches/", asked)
        assert answer.status_code == 400
        assert [e["attr"] for e in answer.json()["errors"]] == [f"matching.{name}"]

    def test_listed_the_latest_first(self, moderator, account):
        waiting(2)
        first = batch_on_all(account)
        waiting(1)
        second = batch_on_all(account, Action.PUBLISH)
        assert ids(moderator, "batches/") == [second.pk, first.pk]
        assert ids(moderator, "batches/", state="done") == []
        assert moderator.get(f"{BASE}batches/?state=x").status_code == 400


def test_standing_sanctions(moderator):
    until = timezone.localdate() + timedelta(2)
    ban = sanctioned(ReaderFactory(commenter="Émile").commenter, "ban")
    soon = sanctioned(ReaderFactory().commenter, "suspension", until=until)
    assert ids(moderator, "sanctions/") == [soon.pk, ban.pk]
    assert ids(moderator, "sanctions/", soon="true") == [soon.pk]
    assert ids(moderator, "sanctions/", kind="ban") == [ban.pk]
    assert ids(moderator, "sanctions/", author="emil") == [ban.pk]
    (row,) = moderator.get(f"{BASE}sanctions/?kind=ban").json()["results"]
    assert (row["author"], row["author_id"]) == ("Émile", ban.author_id)
    first = moderator.get(f"{BASE}sanctions/?page_size=1").json()
    assert [row["id"] for row in first["results"]] == [soon.pk]
    second = moderator.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == [ban.pk]
    for query in ({"kind": "exil"}, {"soon": "oui"}, {"author": "x" * 101}):
        assert moderator.get(f"{BASE}sanctions/", query).status_code == 400


def test_decisions_by_whom(moderator, account):
    comment = post()
    (by_rules,) = comment.decisions.all()
    mine = decide(
        comment,
        action=Action.PUBLISH,
        by=account,
        after=by_rules.pk,
        revision=comment.revision_id,
    )
    theirs = decide(
        comment,
        action=Action.HOLD,
        by=ModeratorFactory(),
        after=mine.pk,
        revision=comment.revision_id,
    )
    assert ids(moderator, "decisions/", by="me") == [mine.pk]
    assert ids(moderator, "decisions/", by="moderators") == [theirs.pk, mine.pk]
    assert ids(moderator, "decisions/", by="rules") == [by_rules.pk]
    assert moderator.get(f"{BASE}decisions/?by=x").status_code == 400


class TestAuthors:
    def test_at_a_glance(self, moderator):
        author = ReaderFactory(commenter="Lectrice").commenter
        CommentFactory(author=author, published=True)
        hidden = CommentFactory(author=author, published=True)
        ReportFactory(comment=hidden, kind="menace")
        decide(
            hidden,
            action=Action.HIDE,
            by=ModeratorFactory(),
            after=None,
            revision=hidden.revision_id,
            reason="injure",
        )
        sanction = sanctioned(author, "warning")
        told = moderator.get(f"{BASE}authors/{author.pk}/").json()
        assert told["name"] == "Lectrice"
        assert told["has_account"] is True
        assert told["record"] == {
            "pending": 0,
            "published": 1,
            "hidden": 1,
            "deleted": 0,
        }
        assert told["share_hidden"] == 50
        assert told["reasons"] == [{"reason": "Injure", "count": 1}]
        assert told["reports"] == {"open": 0, "upheld": 1, "kept": 0}
        assert told["last_sanction"] == sanction.pk
        assert "@" not in str(told)

    def test_notes_are_written_read_and_deleted(self, moderator, signed_in):
        author = ReaderFactory().commenter
        url = f"{BASE}authors/{author.pk}/notes/"
        assert moderator.get(url).json()["results"] == []
        made = moderator.post(url, {"text": " À suivre. "})
        assert made.status_code == 201
        note = made.json()
        assert (note["text"], note["written_by"]) == ("À suivre.", "Marie Khoury")
        assert moderator.get(url).json()["results"] == [note]
        other = signed_in(ModeratorFactory())
        assert other.get(url).json()["results"] == [note]
        assert other.delete(f"{BASE}notes/{note['id']}/").status_code == 403
        assert signed_in(EditorFactory()).post(url, {"text": "x"}).status_code == 403
        assert AuthorNote.objects.count() == 1
        assert moderator.delete(f"{BASE}notes/{note['id']}/").status_code == 204
        assert not AuthorNote.objects.exists()
        assert moderator.delete(f"{BASE}notes/{note['id']}/").status_code == 404

    @pytest.mark.parametrize("text", ["", "  ", "x" * 2001, 3, None])
    def test_bad_notes(self, moderator, text):
        author = ReaderFactory().commenter
        answer = moderator.post(f"{BASE}authors/{author.pk}/notes/", {"text": text})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == "text"


@pytest.mark.parametrize("path", ["batches/", "sanctions/", "authors/{}/notes/"])
def test_lists_cost_the_same_however_many(moderator, account, path):
    author = ReaderFactory().commenter
    counts = []
    for number in (1, 3):
        for _ in range(number):
            waiting(1)
            batch_on_all(account)
            sanctioned(ReaderFactory().commenter, "warning")
            AuthorNote.objects.create(author=author, text="x", written_by=account)
        url = BASE + path.format(author.pk)
        moderator.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert moderator.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
