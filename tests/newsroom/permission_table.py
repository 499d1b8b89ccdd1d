"""Every address of the site and who gets what there: one table, and its world."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.models import Comment
from moderation.alerts.digest_mail import stop_token
from moderation.appeals import contest
from moderation.author_notes import add_note
from moderation.batches import start_batch
from moderation.models import Action, AuditDay, Decision, SecondLook
from moderation.second_looks.judging import offer_next
from moderation.selections import Chosen, Seen
from moderation.services import current_revision, decide, submit_comment
from tests.factories import (
    ApiClientFactory,
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.charter.setting import published_charter
from tests.moderation.complaining import complained
from tests.moderation.masking import masked
from tests.moderation.sanctioning import sanctioned

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LEFT_OUT = {
    "admin": "tests/newsroom/test_admin.py has a table of its own; here: admin:index"
}
ANY_METHOD = (
    "feed_",  # Django's feeds give the same public text to any method
    "sitemap_part",  # so do its sitemaps
    "set_language",  # stores nothing: it redirects, and on POST sets a cookie
    "account_",  # allauth's forms take PUT as POST, with the same checks
    "admin:index",  # Django's admin shows its index whatever the method
)
"""Beginnings of names of library views that other methods than the table's reach."""


class World:
    """What the addresses name, and who asks: `reader` wrote all comments but one."""

    def __init__(self) -> None:
        self.reader = ReaderFactory()
        self.other = ReaderFactory()
        self.moderator = ModeratorFactory()
        self.editor = EditorFactory()
        self.system = ApiClientFactory()
        published_charter()
        self.article = ArticleFactory(slug="paru")
        self.section = self.article.section
        self.draft = ArticleFactory(slug="brouillon", status="draft")
        self.shown = self._wrote(self.other, "Merci pour cet article.")
        self.waiting = self._wrote(self.reader, "Quel connard.")
        self.hidden = self._wrote(self.reader, "Quel abruti.")
        self.hiding = self._decided(self.hidden, Action.HIDE, "injure")
        self.statement = self.hiding.statement
        self.appeal = contest(self.statement, author=self.reader.commenter)
        self.reference = ReportFactory(comment=self.shown).reference
        self.complaint = complained(
            comment=self._wrote(self.other, "Un avis."), user=self.reader
        )
        self.batch = start_batch(
            Chosen((Seen(self.waiting.pk, None, 0),)),
            action=Action.PUBLISH,
            by=self.moderator,
        )
        self.sanction = sanctioned(self.other.commenter, "warning")
        self.note = add_note(
            self.other.commenter, by=self.moderator, text="Vu en mars."
        )
        self.look, self.judged = self._looks()
        self.masking = masked(self.hidden, "abruti", kind="other")
        accounts = (self.reader, self.other, self.moderator, self.editor)
        self.sessions = [None, *(_session_of(user) for user in accounts)]

    def _wrote(self, user: User, text: str) -> Comment:
        return submit_comment(article=self.article, author=user.commenter, text=text)

    def _decided(self, comment: Comment, action: Action, reason: str) -> Decision:
        return decide(
            comment,
            action=action,
            by=ModeratorFactory(),
            after=comment.decisions.latest("pk").pk,
            revision=comment.revision_id,
            reason=reason,
        )

    def _looks(self) -> tuple[SecondLook, SecondLook]:
        """One that the moderator has before him, one that he judged."""
        day = AuditDay.objects.create(
            day="2026-03-01", share=1, unflagged=1, flagged_hidden=0, missed_hidden=0
        )
        judged = SecondLook.objects.create(
            comment=self.shown,
            revision=current_revision(self.shown),
            audit=day,
            state=SecondLook.State.JUDGED,
            action=Action.PUBLISH,
            moderator=self.moderator,
            closed_at=timezone.now(),
        )
        look = SecondLook.objects.create(
            comment=self.hidden,
            revision=current_revision(self.hidden),
            decision=self.hiding,
        )
        assert offer_next(self.moderator) == look
        return look, judged

    def decision(self) -> dict[str, Any]:
        last = self.waiting.decisions.latest("pk").pk
        seen = {"after": last, "revision": self.waiting.revision_id}
        return {"action": "publish", **seen}

    def passage(self) -> dict[str, Any]:
        return {"span": "0-4-other", **self.decision()}

    def new_masking(self) -> dict[str, Any]:
        seen = {key: self.decision()[key] for key in ("after", "revision")}
        return {"spans": [{"start": 0, "end": 4, "kind": "other"}], **seen}

    def answer(self) -> dict[str, Any]:
        seen = {"after": self.hiding.pk, "revision": self.hidden.revision_id}
        return {"outcome": "reversed", "reasoning": "Vous aviez raison.", **seen}

    def reply(self) -> dict[str, Any]:
        comment = self.complaint.report.comment
        seen = {
            "after": comment.decisions.latest("pk").pk,
            "revision": comment.revision_id,
        }
        return {"outcome": "kept", "reasoning": "Une opinion, rien de plus.", **seen}

    def new_sanction(self) -> dict[str, Any]:
        return {"kind": "warning", "reason": "injure", "after": None}

    def new_batch(self) -> dict[str, Any]:
        return {"action": "publish", "matching": {"at_most": 10}}

    def clients(self) -> Iterator[Client]:
        """Nobody, then each account with its session: new ones, as answers change
        what a client keeps."""
        for key in self.sessions:
            client = Client(raise_request_exception=False)
            if key:
                client.cookies[settings.SESSION_COOKIE_NAME] = key
            yield client


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@dataclass(frozen=True)
class Row:
    """``expected``: for nobody, the author, another reader, a moderator, an editor."""

    name: str
    method: str
    expected: tuple[int, int, int, int, int]
    args: Callable[[World], dict[str, Any]] = lambda world: {}
    data: Callable[[World], dict[str, Any]] = lambda world: {}
    query: dict[str, str] = field(default_factory=dict)

    def url(self, world: World) -> str:
        if self.name == "api:not_here":
            return reverse("api:articles") + "rien/du/tout/"
        if self.name == "doors:no_door":
            return "/api/perspective/rien"
        return reverse(self.name, kwargs=self.args(world), query=self.query)


def everyone(status: int) -> tuple[int, int, int, int, int]:
    return (status,) * 5


def accounts(status: int, nobody: int = 302) -> tuple[int, int, int, int, int]:
    return (nobody, *(status,) * 4)


def signature(name: str) -> Callable[[World], dict[str, Any]]:
    """The key of what signs the comments of an account of the world."""
    return lambda world: {"pk": getattr(world, name).commenter.pk}


def no_owner(_world: World) -> dict[str, Any]:
    return {"of": None}


def warning(_world: World) -> dict[str, Any]:
    return {"kind": "warning", "reason": "injure"}


def paru(_world: World) -> dict[str, Any]:
    return {"slug": "paru"}


def draft(_world: World) -> dict[str, Any]:
    return {"slug": "brouillon"}


def pk_of(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"pk": getattr(world, name).pk}


def missing(_world: World) -> dict[str, Any]:
    return {"pk": 999_999}


def reset_link(_world: World) -> dict[str, Any]:
    return {"uidb36": "1", "key": "x-y"}


def prefix(world: World) -> dict[str, Any]:
    return {"prefix": world.system.prefix}


def text(_world: World) -> dict[str, Any]:
    return {"text": "Un avis mesuré sur la question."}


def objection(_world: World) -> dict[str, Any]:
    return {
        "kind": "injure",
        "explanation": "Ce commentaire insulte une personne.",
        "name": "Rita",
        "email": "rita@journal.example",
        "good_faith": True,
    }


def puid(world: World) -> dict[str, Any]:
    return {"reference": world.statement.puid}


def complained_of(world: World) -> dict[str, Any]:
    return {"reference": world.complaint.report.reference}


def stated(world: World) -> dict[str, Any]:
    return {"statement": world.statement.puid}


def publish(_world: World) -> dict[str, Any]:
    return {"action": "publish"}


def batch(_world: World) -> dict[str, Any]:
    return {"tout": "1", "action": "publish"}


def daily(_world: World) -> dict[str, Any]:
    return {"frequency": "daily", "hour": "7", "weekday": "0"}


def stopping(world: World) -> dict[str, Any]:
    return {"token": stop_token(world.moderator.pk)}


DESK = (302, 403, 403, 200, 200)  # moderators and editors see it
DECIDE = (302, 403, 403, 302, 403)  # moderators alone decide
API_DESK = (401, 403, 403, 200, 200)
API_DECIDE = (401, 403, 403, 201, 403)
API_ACT = (401, 403, 403, 200, 403)
UNKNOWN_TIME = {"periode": "99j"}

TABLE = [
    # What readers read
    Row("front", "GET", everyone(200)),
    Row("section", "GET", everyone(200), lambda w: {"slug": w.section.slug}),
    Row("section", "GET", everyone(404), lambda w: {"slug": "rien"}),
    Row("article", "GET", everyone(200), paru),
    Row("article", "GET", everyone(404), draft),
    Row("comment", "GET", everyone(302), pk_of("shown")),
    Row("comment", "GET", (404, 302, 404, 404, 404), pk_of("waiting")),
    Row("comment", "GET", (404, 302, 404, 404, 404), pk_of("hidden")),
    Row("search", "GET", everyone(200), query={"q": "avis"}),
    Row("language", "GET", everyone(200)),
    Row("set_language", "GET", everyone(302)),
    Row("set_language", "POST", everyone(302), data=lambda w: {"language": "en"}),
    Row("media", "GET", everyone(404), lambda w: {"path": "images/rien.png"}),
    Row("charter", "GET", everyone(200)),
    Row("charter_json", "GET", everyone(200)),
    Row("charter_version", "GET", everyone(200), lambda w: {"number": 1}),
    Row("charter_version", "GET", everyone(404), lambda w: {"number": 2}),
    Row("charter_read", "GET", accounts(302), lambda w: {"number": 1}),
    Row("charter_read", "POST", accounts(302), lambda w: {"number": 1}),
    Row("charter_version_json", "GET", everyone(200), lambda w: {"number": 1}),
    Row("charter_version_json", "GET", everyone(404), lambda w: {"number": 2}),
    Row("feed_articles", "GET", everyone(200)),
    Row("feed_section", "GET", everyone(200), lambda w: {"slug": w.section.slug}),
    Row("feed_comments", "GET", everyone(200), paru),
    Row("feed_comments", "GET", everyone(404), draft),
    Row("sitemap", "GET", everyone(200)),
    Row("sitemap_part", "GET", everyone(200), lambda w: {"section": "articles"}),
    Row("robots", "GET", everyone(200)),
    Row("health", "GET", everyone(200)),
    # What readers write
    Row("post_comment", "GET", everyone(302), paru),
    Row("post_comment", "POST", accounts(302, nobody=403), paru, text),
    Row("post_comment", "POST", everyone(404), draft, text),
    Row("reply", "GET", accounts(200), pk_of("shown")),
    Row("reply", "GET", accounts(404), pk_of("hidden")),
    Row("report", "GET", everyone(200), pk_of("shown")),
    Row("report", "GET", everyone(404), pk_of("waiting")),
    Row("report", "GET", everyone(404), pk_of("hidden")),
    Row("report", "POST", everyone(302), pk_of("shown"), objection),
    Row("report", "POST", everyone(422), pk_of("shown")),
    Row("report", "POST", everyone(404), pk_of("hidden"), objection),
    Row("report_sent", "GET", everyone(200), lambda w: {"reference": w.reference}),
    Row("report_sent", "GET", everyone(404), lambda w: {"reference": "BCDF-BCDF"}),
    Row("contest_report", "GET", everyone(404), lambda w: {"reference": w.reference}),
    Row("contest_report", "GET", (404, 200, 404, 404, 404), complained_of),
    Row("contest_report", "POST", (404, 302, 404, 404, 404), complained_of),
    Row("my_comments", "GET", accounts(200)),
    Row("appeal", "GET", (302, 200, 404, 404, 404), puid),
    Row("appeal", "GET", accounts(404), lambda w: {"reference": "bcdf"}),
    Row("appeal", "POST", (302, 302, 404, 404, 404), puid),
    Row("signature", "GET", accounts(200)),
    Row("signature", "POST", accounts(200), data=lambda w: {"name": "Autre"}),
    # Where moderators work
    Row("moderation:queue", "GET", DESK),
    Row("moderation:queue", "GET", DESK, query={"etat": "tous", "q": "connard"}),
    Row("moderation:counts", "GET", DESK),
    Row("moderation:watch", "POST", DECIDE, lambda w: {"pk": w.article.pk}),
    Row("moderation:watch", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:veil", "POST", (302, 403, 403, 302, 302)),
    Row("moderation:take", "POST", DECIDE, pk_of("waiting")),
    Row("moderation:own", "POST", DECIDE, pk_of("waiting"), lambda w: {"charge": "1"}),
    Row("moderation:own", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:digest", "GET", DESK),
    Row("moderation:digest", "POST", (302, 403, 403, 302, 302), data=daily),
    Row("moderation:digest", "POST", (302, 403, 403, 422, 422)),
    Row("moderation:digest_stop", "GET", everyone(200), stopping),
    Row("moderation:digest_stop", "GET", everyone(404), lambda w: {"token": "1:x"}),
    Row("moderation:digest_stop", "POST", everyone(200), stopping),
    Row("moderation:digest_stop", "POST", everyone(404), lambda w: {"token": "1:x"}),
    Row("moderation:history", "GET", DESK),
    Row("moderation:comment", "GET", DESK, pk_of("waiting")),
    Row("moderation:comment", "GET", (302, 403, 403, 404, 404), missing),
    Row("moderation:decide", "POST", DECIDE, pk_of("waiting"), World.decision),
    Row("moderation:undo", "POST", DECIDE, pk_of("hiding")),
    Row("moderation:mask", "POST", DECIDE, pk_of("waiting"), World.passage),
    Row("moderation:mask", "POST", (302, 403, 403, 422, 403), pk_of("waiting")),
    Row("moderation:mask", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:unmask", "POST", DECIDE, pk_of("masking")),
    Row("moderation:unmask", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:sanctions", "GET", DESK),
    Row("moderation:sanctions", "GET", DESK, query={"genre": "exil"}),
    Row("moderation:author", "GET", DESK, signature("reader")),
    Row("moderation:author", "GET", (302, 403, 403, 404, 404), missing),
    Row(
        "moderation:sanction",
        "POST",
        (302, 403, 403, 200, 403),
        signature("reader"),
        warning,
    ),
    Row(
        "moderation:sanction",
        "POST",
        DECIDE,
        signature("reader"),
        lambda w: {**warning(w), "confirmer": "1"},
    ),
    Row("moderation:sanction", "POST", (302, 403, 403, 404, 403), missing),
    Row(
        "moderation:lift_sanction", "POST", (302, 403, 403, 422, 403), pk_of("sanction")
    ),
    Row(
        "moderation:lift_sanction",
        "POST",
        DECIDE,
        pk_of("sanction"),
        lambda w: {"reason": "Une erreur."},
    ),
    Row(
        "moderation:author_note",
        "POST",
        DECIDE,
        signature("reader"),
        lambda w: {"text": "Vu en mars."},
    ),
    Row("moderation:author_note", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:remove_note", "POST", DECIDE, pk_of("note")),
    Row("moderation:remove_note", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:batch_confirm", "POST", (302, 403, 403, 200, 403), data=batch),
    Row("moderation:batch_start", "POST", DECIDE, data=batch),
    Row("moderation:batch", "GET", DESK, pk_of("batch")),
    Row("moderation:batch", "GET", (302, 403, 403, 404, 404), missing),
    Row("moderation:batch_go_on", "POST", DECIDE, pk_of("batch")),
    Row("moderation:batch_stop", "POST", DECIDE, pk_of("batch")),
    Row("moderation:batch_undo", "POST", DECIDE, pk_of("batch")),
    Row("moderation:batch_undo", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:dashboard", "GET", DESK),
    Row("moderation:dashboard", "GET", (302, 403, 403, 422, 422), query=UNKNOWN_TIME),
    Row("moderation:dashboard_table", "GET", DESK, lambda w: {"name": "bilan"}),
    Row(
        "moderation:dashboard_table",
        "GET",
        (302, 403, 403, 404, 404),
        lambda w: {"name": "rien"},
    ),
    Row("moderation:look", "GET", DESK),
    Row("moderation:take_look", "POST", DECIDE),
    Row("moderation:judge_look", "POST", DECIDE, pk_of("look"), publish),
    Row("moderation:judge_look", "POST", (302, 403, 403, 422, 403), pk_of("look")),
    Row(
        "moderation:judge_look",
        "POST",
        (302, 403, 403, 409, 403),
        pk_of("judged"),
        publish,
    ),
    Row("moderation:judge_look", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:judged_look", "GET", (302, 403, 403, 200, 404), pk_of("judged")),
    Row("moderation:judged_look", "GET", (302, 403, 403, 404, 404), pk_of("look")),
    Row("moderation:agreement", "GET", DESK),
    Row("moderation:agreement", "GET", (302, 403, 403, 404, 404), query=UNKNOWN_TIME),
    Row("moderation:agreement_table", "GET", DESK, lambda w: {"name": "motifs"}),
    Row(
        "moderation:agreement_table",
        "GET",
        (302, 403, 403, 404, 404),
        lambda w: {"name": "rien"},
    ),
    Row("moderation:appeals", "GET", DESK),
    Row("moderation:appeals", "GET", DESK, query={"vue": "closes"}),
    Row("moderation:appeal", "GET", DESK, pk_of("appeal")),
    Row("moderation:appeal", "GET", (302, 403, 403, 404, 404), missing),
    Row("moderation:complaint", "GET", DESK, pk_of("complaint")),
    Row("moderation:complaint", "GET", (302, 403, 403, 404, 404), missing),
    Row(
        "moderation:answer_complaint",
        "POST",
        DECIDE,
        pk_of("complaint"),
        World.reply,
    ),
    Row(
        "moderation:answer_complaint",
        "POST",
        (302, 403, 403, 422, 403),
        pk_of("complaint"),
    ),
    Row("moderation:answer", "POST", DECIDE, pk_of("appeal"), World.answer),
    Row("moderation:answer", "POST", (302, 403, 403, 422, 403), pk_of("appeal")),
    Row("moderation:answer", "POST", (302, 403, 403, 404, 403), missing),
    Row("moderation:lab", "GET", DESK),
    Row("moderation:lab", "POST", DESK, data=lambda w: {**text(w), "language": "fr"}),
    Row("moderation:lab", "POST", (302, 403, 403, 422, 422)),
    Row("moderation:lab_term", "GET", DESK),
    Row("moderation:lab_term", "GET", (302, 403, 403, 404, 404), query={"terme": "0"}),
    Row("moderation:lab_term", "POST", (302, 403, 403, 422, 422)),
    Row("moderation:lab_pattern", "GET", DESK),
    Row("moderation:lab_pattern", "POST", (302, 403, 403, 422, 422)),
    # The API
    Row("api:sections", "GET", everyone(200)),
    Row("api:articles", "GET", everyone(200)),
    Row("api:article", "GET", everyone(200), paru),
    Row("api:article", "GET", everyone(404), draft),
    Row("api:thread", "GET", everyone(200), paru),
    Row("api:thread", "GET", everyone(404), draft),
    Row("api:thread", "POST", accounts(201, nobody=401), paru, text),
    Row("api:thread", "POST", accounts(404, nobody=401), draft, text),
    Row("api:comment", "GET", everyone(200), pk_of("shown")),
    Row("api:comment", "GET", (404, 200, 404, 404, 404), pk_of("waiting")),
    Row("api:comment", "GET", (404, 200, 404, 404, 404), pk_of("hidden")),
    Row("api:reports", "POST", everyone(201), pk_of("shown"), objection),
    Row("api:reports", "POST", everyone(400), pk_of("shown")),
    Row("api:reports", "POST", everyone(404), pk_of("waiting"), objection),
    Row("api:reports", "POST", everyone(404), pk_of("hidden"), objection),
    Row("api:own_comments", "GET", accounts(200, nobody=401)),
    Row("api:own_appeals", "GET", accounts(200, nobody=401)),
    Row("api:own_appeals", "POST", (401, 201, 404, 404, 404), data=stated),
    Row("api:own_sanctions", "GET", accounts(200, nobody=401)),
    Row("api:own_charter_news", "GET", accounts(200, nobody=401)),
    Row(
        "api:own_charter_news",
        "POST",
        accounts(204, nobody=401),
        data=lambda w: {"number": 1},
    ),
    Row("api:own_token", "GET", accounts(404, nobody=401)),
    Row("api:own_token", "POST", accounts(201, nobody=401)),
    Row("api:own_token", "DELETE", accounts(204, nobody=401)),
    Row("api:queue", "GET", API_DESK),
    Row("api:moderated_comments", "GET", API_DESK),
    Row("api:moderated_comment", "GET", API_DESK, pk_of("waiting")),
    Row("api:moderated_comment", "GET", (401, 403, 403, 404, 404), missing),
    Row("api:decide", "POST", API_DECIDE, pk_of("waiting"), World.decision),
    Row("api:decide", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:mask", "POST", API_DECIDE, pk_of("waiting"), World.new_masking),
    Row("api:mask", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:lift_masking", "POST", API_ACT, pk_of("masking")),
    Row("api:lift_masking", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:decisions", "GET", API_DESK),
    Row("api:undo", "POST", API_DECIDE, pk_of("hiding")),
    Row("api:undo", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:counts", "GET", API_DESK),
    Row("api:counts", "GET", (401, 403, 403, 400, 400), query={"late": "oui"}),
    Row("api:overview", "GET", API_DESK),
    Row("api:large_groups", "GET", API_DESK),
    Row("api:watched", "GET", API_DESK),
    Row("api:watch", "PUT", API_ACT, paru),
    Row("api:watch", "PUT", (401, 403, 403, 404, 403), lambda w: {"slug": "rien"}),
    Row("api:watch", "DELETE", (401, 403, 403, 204, 403), paru),
    Row("api:takings", "GET", API_DESK),
    Row("api:take", "POST", API_ACT, pk_of("waiting")),
    Row("api:take", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:own", "POST", API_ACT, pk_of("waiting"), no_owner),
    Row("api:own", "POST", (401, 403, 403, 409, 403), pk_of("hidden"), no_owner),
    Row("api:own", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:own", "DELETE", (401, 403, 403, 204, 403), pk_of("waiting")),
    Row("api:digest", "GET", API_DESK),
    Row("api:digest", "PUT", (401, 403, 403, 400, 400)),
    Row("api:maskings", "GET", API_DESK),
    Row("api:figures", "GET", API_DESK),
    Row("api:figures", "GET", (401, 403, 403, 400, 400), query={"period": "99d"}),
    Row("api:next_look", "POST", API_ACT),
    Row("api:judge_look", "POST", API_DECIDE, pk_of("look"), publish),
    Row("api:judge_look", "POST", (401, 403, 403, 400, 403), pk_of("look")),
    Row("api:judge_look", "POST", (401, 403, 403, 409, 403), pk_of("judged"), publish),
    Row("api:judge_look", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:judged_look", "GET", (401, 403, 403, 200, 404), pk_of("judged")),
    Row("api:judged_look", "GET", (401, 403, 403, 404, 404), pk_of("look")),
    Row("api:agreement", "GET", API_DESK),
    Row("api:agreement", "GET", (401, 403, 403, 400, 400), query={"period": "99d"}),
    Row("api:appeals", "GET", API_DESK),
    Row("api:appeal", "GET", API_DESK, pk_of("appeal")),
    Row("api:appeal", "GET", (401, 403, 403, 404, 404), missing),
    Row("api:answer_appeal", "POST", API_DECIDE, pk_of("appeal"), World.answer),
    Row("api:answer_appeal", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:complaints", "GET", API_DESK),
    Row("api:complaint", "GET", API_DESK, pk_of("complaint")),
    Row("api:complaint", "GET", (401, 403, 403, 404, 404), missing),
    Row("api:answer_complaint", "POST", API_DECIDE, pk_of("complaint"), World.reply),
    Row("api:answer_complaint", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:standing_sanctions", "GET", API_DESK),
    Row("api:author", "GET", API_DESK, signature("reader")),
    Row("api:author", "GET", (401, 403, 403, 404, 404), missing),
    Row("api:author_notes", "GET", API_DESK, signature("reader")),
    Row("api:author_notes", "GET", (401, 403, 403, 404, 404), missing),
    Row("api:author_notes", "POST", API_DECIDE, signature("reader"), text),
    Row("api:author_notes", "POST", (401, 403, 403, 404, 403), missing, text),
    Row("api:author_note", "DELETE", (401, 403, 403, 204, 403), pk_of("note")),
    Row("api:author_note", "DELETE", (401, 403, 403, 404, 403), missing),
    Row("api:author_sanctions", "GET", API_DESK, signature("reader")),
    Row("api:author_sanctions", "GET", (401, 403, 403, 404, 404), missing),
    Row(
        "api:author_sanctions",
        "POST",
        API_DECIDE,
        signature("reader"),
        World.new_sanction,
    ),
    Row("api:author_sanctions", "POST", (401, 403, 403, 404, 403), missing),
    Row(
        "api:lift_sanction",
        "POST",
        API_ACT,
        pk_of("sanction"),
        lambda w: {"reason": "Une erreur."},
    ),
    Row("api:lift_sanction", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:batches", "GET", API_DESK),
    Row("api:batches", "POST", API_DECIDE, data=World.new_batch),
    Row("api:batch", "GET", API_DESK, pk_of("batch")),
    Row("api:batch", "GET", (401, 403, 403, 404, 404), missing),
    Row("api:batch_continue", "POST", API_ACT, pk_of("batch")),
    Row("api:batch_cancel", "POST", API_ACT, pk_of("batch")),
    Row("api:batch_undo", "POST", API_ACT, pk_of("batch")),
    Row("api:batch_undo", "POST", (401, 403, 403, 404, 403), missing),
    Row("api:screen", "POST", (401, 403, 403, 200, 403), data=text),
    Row("api:detailed_screening", "POST", (401, 403, 403, 200, 403), data=text),
    Row("api:schema", "GET", everyone(200)),
    Row("api:docs", "GET", everyone(200)),
    *(Row("api:not_here", method, everyone(404)) for method in METHODS),
    # Doors of other systems: an account opens none, a key or a signature does
    Row("doors:analyze", "POST", everyone(403), data=text),
    Row("doors:suggest_score", "POST", everyone(403), data=text),
    Row("doors:coral", "POST", everyone(401), prefix, text),
    Row("doors:coral_bare", "POST", everyone(401), prefix, text),
    *(
        Row(f"doors:{name}", method, everyone(404))
        for name in ("perspective", "no_door")
        for method in METHODS
    ),
    # Where editors work
    Row("admin:index", "GET", (302, 302, 302, 302, 200)),
    Row("admin:moderation_charterversion_publish", "GET", (302, 302, 302, 302, 200)),
    Row("admin:moderation_charterversion_publish", "POST", (302, 302, 302, 302, 422)),
    # Accounts
    Row("account_login", "GET", (200, 302, 302, 302, 302)),
    Row("account_login", "POST", (200, 302, 302, 302, 302)),
    Row("account_signup", "GET", (200, 302, 302, 302, 302)),
    Row("account_signup", "POST", (200, 302, 302, 302, 302)),
    Row("account_logout", "GET", accounts(200)),
    Row("account_logout", "POST", everyone(302)),
    Row("account_inactive", "GET", everyone(200)),
    Row("account_reauthenticate", "GET", accounts(200)),
    Row("account_reauthenticate", "POST", accounts(200)),
    Row("account_email", "GET", accounts(200)),
    Row("account_email", "POST", accounts(302)),
    Row("account_email_verification_sent", "GET", everyone(200)),
    Row("account_confirm_email", "GET", everyone(200), lambda w: {"key": "x:y"}),
    Row("account_confirm_email", "POST", everyone(404), lambda w: {"key": "x:y"}),
    Row("account_change_password", "GET", accounts(200)),
    Row("account_change_password", "POST", accounts(200)),
    Row("account_set_password", "GET", everyone(302)),
    Row("account_set_password", "POST", everyone(302)),
    Row("account_reset_password", "GET", everyone(200)),
    Row("account_reset_password", "POST", everyone(200)),
    Row("account_reset_password_done", "GET", everyone(200)),
    Row("account_reset_password_from_key", "GET", everyone(200), reset_link),
    Row("account_reset_password_from_key", "POST", everyone(200), reset_link),
    Row("account_reset_password_from_key_done", "GET", everyone(200)),
    Row("account_confirm_login_code", "GET", everyone(302)),
    Row("account_confirm_login_code", "POST", everyone(302)),
]
