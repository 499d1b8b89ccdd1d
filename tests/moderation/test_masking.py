"""A number is masked, the text stays as it is, and the act is told and kept."""

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import override

from articles.search.analysis import parse_query
from comments.masking import Mask
from comments.models import Comment
from comments.search import count_comments, reindex_comments
from comments.services import add_revision
from moderation.errors import AlreadyDecided, InvalidDecision
from moderation.masking import services
from moderation.masking.errors import AlreadyMasked, InvalidMasks
from moderation.masking.services import unmask
from moderation.models import Action, Decision, Masking, QueueEntry, StatementOfReasons
from moderation.services import decide, reimport_comment, seen_masks, submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.masking import NUMBER, TEXT, masked, spans_of

pytestmark = pytest.mark.django_db

REPLACED = TEXT.replace(NUMBER, "[numéro de téléphone masqué par la rédaction]")


@pytest.fixture
def reader():
    return ReaderFactory()


@pytest.fixture
def held(reader):
    """A comment that waits because the rules saw its number."""
    article = ArticleFactory(comment_policy="a_priori")
    return submit_comment(article=article, author=reader.commenter, text=TEXT)


def fresh(comment):
    return Comment.objects.select_related("revision", "article").get(pk=comment.pk)


def test_masking_and_publishing_are_one_act(held, django_capture_on_commit_callbacks):
    moderator = ModeratorFactory()
    version = held.article.version
    with django_capture_on_commit_callbacks(execute=True):
        masking = masked(held, by=moderator, publish=True, note="Son propre numéro.")
    after = fresh(held)
    assert after.status == Comment.Status.PUBLISHED
    assert after.revision.text == TEXT  # not a code point changed
    assert after.revision.shown_text == REPLACED
    assert NUMBER not in after.html
    assert after.article.version > version
    assert not QueueEntry.objects.filter(comment=held).exists()
    assert (masking.moderator, masking.reason) == (moderator, "vie_privee")
    assert masking.words == [NUMBER]
    latest = held.decisions.first()
    assert (latest.action, latest.moderator) == (Action.PUBLISH, moderator)
    assert [m.to for m in mail.outbox] == [[held.author.user.email]]
    told = mail.outbox[0].body
    assert masking.puid in told
    assert "06 12" not in told + mail.outbox[0].subject
    assert "saisir la justice" in told
    assert moderator.username not in told


def test_masking_alone_publishes_nothing(held):
    before = held.decisions.count()
    masked(held)
    after = fresh(held)
    assert after.status == Comment.Status.PENDING
    assert after.revision.shown_text == REPLACED
    assert QueueEntry.objects.filter(comment=held).exists()
    assert held.decisions.count() == before


def test_a_masking_is_its_own_complete_statement(held):
    ReportFactory(comment=held)
    masking = masked(held)
    assert masking.source == StatementOfReasons.Source.NOTICE
    assert masking.automated_detection
    assert masking.MEASURE == "DECISION_VISIBILITY_OTHER"
    assert "1 passage (numéro de téléphone)" in masking.facts_fr
    for part in ("clause", "facts", "message", "redress"):
        for language in ("fr", "en"):
            said = getattr(masking, f"{part}_{language}")
            assert said
            assert "06 12" not in said
    assert not StatementOfReasons.objects.exists()  # the comment is not hidden


def test_a_hidden_comment_has_a_statement_for_each_restriction(held):
    masking = masked(held)
    decide(
        held,
        action=Action.HIDE,
        by=ModeratorFactory(),
        after=held.decisions.first().pk,
        revision=held.revision_id,
        reason="injure",
    )
    assert StatementOfReasons.objects.standing().filter(comment=held).count() == 1
    assert Masking.objects.standing().get(comment=held) == masking


def test_unmasking_shows_the_text_again(held):
    masking = masked(held, publish=True)
    lifted = unmask(masking, by=ModeratorFactory())
    assert not lifted.stands
    after = fresh(held)
    assert after.revision.masks == []
    assert NUMBER in after.html
    with pytest.raises(AlreadyMasked):
        unmask(masking, by=ModeratorFactory())
    again = masked(fresh(held))
    assert again.pk != masking.pk
    assert fresh(held).revision.shown_text == REPLACED


def test_lifting_one_masking_leaves_the_others(reader):
    text = f"Au {NUMBER} ou à lecteur@exemple.fr"
    comment = CommentFactory(text=text, published=True, author=reader.commenter)
    first = masked(comment)
    masked(fresh(comment), "lecteur@exemple.fr", kind="email")
    assert NUMBER not in fresh(comment).html
    unmask(first, by=ModeratorFactory())
    html = fresh(comment).html
    assert NUMBER in html
    assert "lecteur@" not in html


def test_spans_already_masked_are_no_part_of_the_next_act(reader):
    comment = CommentFactory(text="abcdefghij", published=True)
    moderator = ModeratorFactory()

    def mask(*spans):
        return services.mask(
            fresh(comment),
            masks=[Mask(*span, "other") for span in spans],
            by=moderator,
            after=None,
            revision=comment.revision_id,
        )

    assert mask((2, 5)).spans == [[2, 5, "other"]]
    assert mask((0, 8)).spans == [[0, 2, "other"], [5, 8, "other"]]
    with pytest.raises(AlreadyMasked):
        mask((1, 7))
    assert len(Masking.objects.all()) == 2


@pytest.mark.parametrize(
    "spans",
    [[], [(0, 10_000)], [(5, 5)], [(-1, 4)], [(n, n + 1) for n in range(51)]],
    ids=["none", "beyond", "empty", "before", "too many"],
)
def test_spans_that_the_text_has_not_are_refused(held, spans):
    with pytest.raises(InvalidMasks):
        services.mask(
            held,
            masks=[Mask(*span, "phone") for span in spans],
            by=ModeratorFactory(),
            after=held.decisions.first().pk,
            revision=held.revision_id,
        )
    assert not Masking.objects.exists()


def test_a_stale_view_masks_nothing(held):
    seen = {"after": held.decisions.first().pk, "revision": held.revision_id}
    wanted = {"masks": spans_of(TEXT, NUMBER), "by": ModeratorFactory()}
    decide(held, action=Action.HOLD, by=ModeratorFactory(), **seen)
    with pytest.raises(AlreadyDecided):
        services.mask(held, **wanted, **seen)
    add_revision(fresh(held), TEXT + " Merci.")
    seen["after"] = held.decisions.first().pk
    with pytest.raises(AlreadyDecided, match="modifié"):
        services.mask(held, **wanted, **seen)
    assert not Masking.objects.exists()


def test_a_deleted_comment_cannot_be_masked():
    comment = CommentFactory(text=TEXT, status="deleted")
    with pytest.raises(InvalidDecision):
        masked(comment)


def test_publishing_after_someone_unmasked_is_a_conflict(held):
    masking = masked(held)
    seen = {
        "after": held.decisions.first().pk,
        "revision": held.revision_id,
        "masks": seen_masks(fresh(held).revision),
    }
    unmask(masking, by=ModeratorFactory())
    with pytest.raises(AlreadyDecided, match="masqués ou démasqués"):
        decide(held, action=Action.PUBLISH, by=ModeratorFactory(), **seen)
    seen["masks"] = ""
    decide(held, action=Action.PUBLISH, by=ModeratorFactory(), **seen)


def test_an_edit_carries_no_mask_over_and_waits(held):
    masking = masked(held, publish=True)
    comment = fresh(held)
    add_revision(comment, TEXT + " Merci.")
    after = fresh(held)
    assert after.status == Comment.Status.PENDING
    assert after.revision.masks == []
    with pytest.raises(AlreadyDecided):
        unmask(masking, by=ModeratorFactory())


@pytest.mark.parametrize("mask_first", [True, False])
def test_a_page_imported_again_does_not_show_what_was_masked(mask_first):
    comment = CommentFactory(text=TEXT, published=True)
    if mask_first:
        masked(comment)
    reimport_comment(fresh(comment), TEXT + " Merci.")
    shown = fresh(comment).status == Comment.Status.PUBLISHED
    assert shown is not mask_first


def test_search_finds_no_masked_word(held):
    def found(words):
        return count_comments(parse_query(words))

    masked(held, NUMBER, "parler", publish=True)
    assert found("appelez") == 1
    assert found("12 34 56") == found("parler") == 0
    list(reindex_comments())
    assert found("appelez") == 1
    assert found("12 34 56") == found("parler") == 0
    for masking in Masking.objects.all():
        unmask(masking, by=ModeratorFactory())
    assert found("parler") == 1


def test_the_mail_is_in_the_authors_language(
    held, reader, django_capture_on_commit_callbacks
):
    reader.commenter.language = "en"
    reader.commenter.save()
    with django_capture_on_commit_callbacks(execute=True), override("fr"):
        masking = masked(held)
    assert masking.message_en in mail.outbox[0].body


def test_the_database_keeps_what_was_done(held):
    masking = masked(held)
    for change in (
        {"note": "réécrit"},
        {"spans": []},
        {"lifted_at": masking.created_at},
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Masking.objects.filter(pk=masking.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Masking.objects.filter(pk=masking.pk).delete()
    unmask(masking, by=ModeratorFactory())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE moderation_masking SET lifted_at = NULL, lifted_by_id = NULL"
            " WHERE id = %s",
            [masking.pk],
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Masking.objects.create(
            **{
                field.attname: getattr(masking, field.attname)
                for field in Masking._meta.concrete_fields
                if field.attname not in ("id", "puid", "spans")
            },
            puid="autre",
            spans=[],
        )


def test_decisions_do_not_need_to_know_of_masks(held):
    """The API's and the batches' decisions, which say nothing of masks."""
    masked(held)
    decide(
        held,
        action=Action.PUBLISH,
        by=ModeratorFactory(),
        after=Decision.objects.filter(comment=held).first().pk,
        revision=held.revision_id,
    )
    assert fresh(held).revision.shown_text == REPLACED
