"""Sanctions as data: what may be imposed, how long it holds, who ends it (TRUST L-17)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.charter.catalog import LANGUAGES
from moderation.errors import AlreadyDecided, InvalidSanction, PostingSuspended
from moderation.models import AuthorHold, Sanction, StatementOfReasons
from moderation.reasons import ReasonCode
from moderation.sanctions import Order, impose_sanction, lift_sanction
from moderation.services import decide, rescreen, submit_comment
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.sanctioning import GRAVE, sanctioned

pytestmark = pytest.mark.django_db
KINDS = ("warning", "review", "suspension", "ban")


@pytest.fixture
def author():
    return ReaderFactory().commenter


def post(author, text="Un avis mesuré.", **article):
    return submit_comment(article=ArticleFactory(**article), author=author, text=text)


@pytest.mark.parametrize("policy", ["flagged_first", "a_posteriori"])
def test_review_makes_the_next_comments_wait_and_no_more(author, policy):
    before = post(author, comment_policy=policy)
    sanctioned(author, "review", comments=2)
    after = [post(author, comment_policy=policy) for _ in range(3)]
    assert [c.status for c in (before, *after)] == [
        "published",
        "pending",
        "pending",
        "published",
    ]
    assert list(AuthorHold.objects.values_list("number", flat=True)) == [1, 2]
    note = after[0].decisions.get().note
    assert note.startswith("Un modérateur a voulu relire")
    assert after[2].decisions.get().note == ""


def test_review_counts_a_form_sent_twice_once(author):
    article = ArticleFactory()
    sanctioned(author, "review", comments=1)
    sent = {"article": article, "author": author, "text": "Un avis mesuré."}
    assert submit_comment(**sent) == submit_comment(**sent)
    assert AuthorHold.objects.count() == 1
    assert post(author).status == "published"


def test_held_comment_still_waits_when_it_is_screened_again(author, monkeypatch):
    sanctioned(author, "review")
    with monkeypatch.context() as broken:
        broken.setattr("moderation.screening.current_engine", lambda: None)
        comment = post(author)
    assert comment.status == "pending"
    again = rescreen(comment)
    assert again is not None
    assert again.note.startswith("Un modérateur a voulu relire")
    comment.refresh_from_db()
    assert comment.status == "pending"


@pytest.mark.parametrize("kind", KINDS)
def test_ends_by_itself(author, kind, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    until = timezone.localdate() + timedelta(3)
    sanction = sanctioned(
        author, kind, **({"until": until} if kind == "suspension" else {})
    )
    if kind == "suspension":
        assert sanction.last_day == until
    assert author.sanctions.in_force().with_held().get().stands

    time_machine.move_to(sanction.ends_at - timedelta(seconds=1), tick=False)
    if kind in Sanction.NO_POSTING:
        with pytest.raises(PostingSuspended):
            post(author)
    else:
        expected = "pending" if kind == "review" else "published"
        assert post(author).status == expected

    time_machine.move_to(sanction.ends_at, tick=False)
    assert not author.sanctions.in_force().exists()
    assert not author.sanctions.with_held().get().stands
    assert post(author).status == "published"


@pytest.mark.parametrize("kind", ["suspension", "ban"])
def test_no_suspension_without_a_warning(author, kind):
    with pytest.raises(InvalidSanction) as refused:
        sanctioned(author, kind, grave=False, grave_reason="")
    assert refused.value.field == "grave"
    with pytest.raises(InvalidSanction) as refused:
        sanctioned(author, kind, grave=True, grave_reason="court")
    assert refused.value.field == "grave_reason"
    assert not author.sanctions.exists()
    sanctioned(author, "warning")
    warned = sanctioned(author, kind, grave=False, grave_reason="")
    assert not warned.grave
    assert "Un avertissement avait précédé." in warned.facts_fr


def test_grave_facts_need_no_warning(author):
    sanction = sanctioned(author, "suspension")
    assert (sanction.grave, sanction.grave_reason) == (True, GRAVE)
    assert "Aucun avertissement n’a précédé" in sanction.facts_fr
    assert GRAVE not in sanction.facts_fr + sanction.message_fr


@pytest.mark.parametrize("ended", ["lifted", "old"])
def test_warning_that_counts_no_longer_is_none(author, ended, time_machine):
    warning = sanctioned(author, "warning")
    if ended == "lifted":
        lift_sanction(warning, by=ModeratorFactory(), reason="Une erreur.")
    else:
        time_machine.move_to(warning.ends_at)
    with pytest.raises(InvalidSanction):
        sanctioned(author, "ban", grave=False, grave_reason="")


@pytest.mark.parametrize(
    ("kind", "order", "field"),
    [
        ("warning", {"reason": ""}, "reason"),
        ("warning", {"reason": "autre", "message": "court"}, "message"),
        ("review", {"comments": 0}, "comments"),
        ("review", {"comments": None}, "comments"),
        ("review", {"comments": 51}, "comments"),
        ("suspension", {"until": None}, "until"),
        ("suspension", {"until": timezone.localdate() - timedelta(2)}, "until"),
        ("suspension", {"until": timezone.localdate() + timedelta(190)}, "until"),
    ],
)
def test_incomplete_orders(author, kind, order, field):
    with pytest.raises(InvalidSanction) as refused:
        sanctioned(author, kind, **order)
    assert refused.value.field == field
    assert not author.sanctions.exists()


def test_who_cannot_be_sanctioned(author):
    with pytest.raises(InvalidSanction, match="pas de compte"):
        sanctioned(CommenterFactory(), "warning")
    moderator = ModeratorFactory()
    with pytest.raises(InvalidSanction, match="vous-même"):
        sanctioned(moderator.commenter, "warning", by=moderator)
    assert sanctioned(moderator.commenter, "warning").pk


def test_suspensions_replace_each_other(author):
    first = sanctioned(author, "suspension")
    review = sanctioned(author, "review")
    second = sanctioned(author, "ban")
    first.refresh_from_db()
    assert first.lifted_at == second.begins_at
    assert second.puid in first.lift_reason
    assert set(author.sanctions.in_force()) == {review, second}


def test_stale_view_is_refused(author):
    sanctioned(author, "warning")
    with pytest.raises(AlreadyDecided):
        impose_sanction(
            author,
            Order(kind=Sanction.Kind.WARNING, reason="injure"),
            by=ModeratorFactory(),
            after=None,
        )
    assert author.sanctions.count() == 1


def test_lifting(author):
    sanction = sanctioned(author, "suspension")
    with pytest.raises(PostingSuspended):
        post(author)
    moderator = ModeratorFactory()
    with pytest.raises(InvalidSanction):
        lift_sanction(sanction, by=moderator, reason="  ")
    lifted = lift_sanction(sanction, by=moderator, reason="Il s’est excusé.")
    assert (lifted.lifted_by, lifted.lift_reason) == (moderator, "Il s’est excusé.")
    assert post(author).status == "published"
    with pytest.raises(AlreadyDecided):
        lift_sanction(sanction, by=moderator, reason="Encore.")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reason", ReasonCode.values)
def test_every_sanction_is_a_complete_statement(author, kind, reason):
    """L-09: measure, scope, duration, facts, source, ground, redress, both languages."""
    message = "Vous avez insulté vos voisins." if reason == "autre" else ""
    sanction = sanctioned(author, kind, reason=reason, message=message)
    for part in ("message", "facts", "clause", "redress"):
        for language in LANGUAGES:
            assert getattr(sanction, f"{part}_{language}").strip()
    assert sanction.puid in sanction.redress_fr
    assert bool(sanction.measure) == (kind != "warning")
    assert bool(sanction.law_fr) == (
        sanction.ground == StatementOfReasons.Ground.ILLEGAL
    )
    assert sanction.ends_at > sanction.begins_at


def test_facts_count_and_say_who_asked(author):
    for status in ("published", "hidden", "pending"):
        shown = CommentFactory(author=author, status=status)
    sanction = sanctioned(author, "warning")
    assert "3 jusqu’ici, dont 1 masqué." in sanction.facts_fr
    assert sanction.source == StatementOfReasons.Source.VOLUNTARY
    shown = CommentFactory(author=author, published=True)
    ReportFactory(comment=shown, name="Rita", email="rita@journal.example")
    reported = sanctioned(author, "warning")
    assert reported.source == StatementOfReasons.Source.NOTICE
    assert "Rita" not in reported.facts_fr
    decide(
        shown, action="publish", by=ModeratorFactory(), after=None,
        revision=shown.revision_id,
    )  # fmt: skip
    kept = sanctioned(author, "warning")
    assert kept.source == StatementOfReasons.Source.VOLUNTARY


@pytest.mark.parametrize(
    "tamper",
    [
        lambda s: Sanction.objects.filter(pk=s.pk).update(note="réécrit"),
        lambda s: Sanction.objects.filter(pk=s.pk).update(ends_at=timezone.now()),
        lambda s: Sanction.objects.filter(pk=s.pk).delete(),
        lambda s: Sanction.objects.filter(pk=s.pk).update(
            lifted_at=timezone.now(), lifted_by=s.moderator, lift_reason="x", note="y"
        ),
        lambda s: Sanction.objects.filter(pk=s.pk).update(lifted_at=timezone.now()),
    ],
)
def test_what_was_said_never_changes(author, tamper):
    sanction = sanctioned(author, "suspension")
    with pytest.raises(DatabaseError), transaction.atomic():
        tamper(sanction)
    assert Sanction.objects.get().note == ""
    assert Sanction.objects.in_force().exists()


def test_lifting_is_noted_once(author):
    sanction = sanctioned(author, "warning")
    lift_sanction(sanction, by=ModeratorFactory(), reason="Une erreur.")
    for statement in (
        "UPDATE moderation_sanction SET lift_reason = 'autre' WHERE id = %s",
        "UPDATE moderation_sanction SET lifted_at = NULL WHERE id = %s",
    ):
        with (
            pytest.raises((DatabaseError, IntegrityError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [sanction.pk])
    sanction.refresh_from_db()
    assert sanction.lift_reason == "Une erreur."


def test_acts_cost_the_same_whatever_came_before(author, settings):
    settings.COMMENTS_PER_MINUTE = 100

    def cost(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    acts = [
        lambda: sanctioned(author, "suspension"),
        lambda: lift_sanction(
            author.sanctions.first(), by=ModeratorFactory(), reason="Une erreur."
        ),
        lambda: sanctioned(author, "review", comments=50),
        lambda: post(author),
    ]
    few = [cost(act) for act in acts]
    for _ in range(5):
        sanctioned(author, "warning")
        sanctioned(author, "review", comments=50)
        post(author)
    assert [cost(act) for act in acts] == few
