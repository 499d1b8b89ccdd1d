"""The front door of every comment, and what moderators do with it."""

from collections.abc import Collection
from uuid import UUID
from zlib import crc32

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop

from articles.models import Article, CommentPolicy
from comments.models import Comment, Commenter, Revision
from comments.services import (
    PrintedComment,
    add_revision,
    set_status,
    store_comment,
    store_printed_comment,
)
from moderation.author_holds import HOLD_NOTES, hold_for_author
from moderation.charter.applied import applied_to
from moderation.charter.door import check_new, check_open
from moderation.charter.holds import counted, note_again, note_charter
from moderation.deciding import (
    Verdict,
    check_seen,
    check_undo,
    enqueue,
    hidings,
    masks_changed,
    new_decision,
    new_undoing,
    record,
)
from moderation.engine import Screening
from moderation.likeness.reposts import REPOST_NOTE, note_repost
from moderation.models import (
    STATUS_AFTER,
    Action,
    AuthorHold,
    Call,
    Decision,
    QueueEntry,
    Repost,
    StatementOfReasons,
)
from moderation.policy import action_for
from moderation.rules.match import Category
from moderation.sanctions import check_may_post, standing_sanctions
from moderation.screening import is_unscreened, screen_revision, screening_note
from moderation.statements import write_statements
from moderation.webhooks.outbox import decided, posted, tell

FORMERLY_MASKED = gettext_noop("Des passages de la version précédente étaient masqués.")
"""The rules' note, stored in French, on a comment whose text replaces such a one."""


@transaction.atomic
def submit_comment(
    *,
    article: Article,
    author: Commenter,
    text: str,
    parent: Comment | None = None,
    submission_key: UUID | None = None,
) -> Comment:
    """Store, screen and decide what a reader wrote. The one way in for page and API.

    Returns the comment, published or pending; the same one for a form sent twice.
    Raises CommentsClosed, InvalidText or PostedTooOften (comments.errors), what the
    charter refuses (charter.door), and PostingSuspended for an author under such a
    sanction.
    """
    applied = applied_to(article)
    check_open(applied)
    sanctions = standing_sanctions(author)
    check_may_post(sanctions)
    comment, new = store_comment(
        article=article,
        author=author,
        text=text,
        parent=parent,
        submission_key=submission_key,
    )
    if new:
        check_new(applied, comment, text)
        screening = screen_revision(current_revision(comment))
        note_charter(comment, applied, screening)
        held = hold_for_author(comment, sanctions)
        repost = note_repost(comment)
        action = (
            Action.HOLD
            if held or repost
            else action_under(applied.mode, screening, applied.passed)
        )
        note = _note_of(held, repost)
        decision = _decide_by_rules(comment, action, screening, note)
        tell(posted(comment), decided(decision))
    return comment


@transaction.atomic
def import_comment(article: Article, printed: PrintedComment) -> Comment:
    """Store a comment found on a page in the state it had, published, and screen it.

    Its flags bring it to the queue; they hide nothing.
    """
    comment = store_printed_comment(article, printed)
    screening = screen_revision(current_revision(comment))
    _decide_by_rules(comment, Action.PUBLISH, screening)
    return comment


@transaction.atomic
def reimport_comment(comment: Comment, text: str) -> None:
    """Give an imported comment the text its page prints now, and screen it.

    What readers saw stays in sight; what a moderator had hidden waits for another
    look, it does not come back by itself (TRUST L-32). Nor does what he had masked: it
    may stand elsewhere in the new text.
    """
    comment, _latest = _locked(comment)
    masked = bool(current_revision(comment).masks)
    shown = comment.status == Comment.Status.PUBLISHED and not masked
    screening = screen_revision(add_revision(comment, text))
    action = Action.PUBLISH if shown else Action.HOLD
    note = FORMERLY_MASKED if masked else ""
    decision = _decide_by_rules(comment, action, screening, note)
    write_statements([decision])
    tell(decided(decision))


def current_revision(comment: Comment) -> Revision:
    """The text the comment has now; every stored comment has one."""
    if comment.revision is None:
        raise Revision.DoesNotExist(f"comment {comment.pk} has no text")
    return comment.revision


@transaction.atomic
def rescreen(comment: Comment) -> Decision | None:
    """Screen a comment whose screening failed or stopped, and decide as it should have.

    None if nothing is to be done: the screening succeeded, or goes no further again,
    or a moderator was faster.
    """
    comment, latest = _locked(comment)
    if latest is None or latest.moderator_id or not is_unscreened(latest.note):
        return None
    screening = screen_revision(current_revision(comment), again=True)
    if screening is None or screening_note(screening) == latest.note:
        return None
    applied = applied_to(comment.article)
    note_again(comment, applied, screening)
    held = getattr(comment, "author_hold", None)
    repost: Repost | None = getattr(comment, "repost", None)
    if comment.status == Comment.Status.PUBLISHED:
        action = Action.PUBLISH
    elif held or (repost := repost or note_repost(comment)):
        action = Action.HOLD
    else:
        action = action_under(applied.mode, screening, applied.passed)
    note = _note_of(held, repost)
    decision = _decide_by_rules(comment, action, screening, note)
    tell(decided(decision))
    return decision


def action_under(
    mode: str, screening: Screening | None, passed: Collection[Category] = ()
) -> Action:
    """What is not wholly screened is held, whatever the mode (TRUST F12, F14).

    ``passed`` are the categories that make no comment wait there.
    """
    if screening is None or screening.incomplete or mode == CommentPolicy.A_PRIORI:
        return Action.HOLD
    if mode == CommentPolicy.A_POSTERIORI:
        return Action.PUBLISH
    return Action(action_for(counted(screening, passed)).value)


def _note_of(held: AuthorHold | None, repost: Repost | None) -> str:
    """Why a comment waits whatever the rules find in it; empty if it need not."""
    if held:
        return HOLD_NOTES[held.cause]
    return REPOST_NOTE if repost else ""


def _decide_by_rules(
    comment: Comment, action: Action, screening: Screening | None, note: str = ""
) -> Decision:
    """``note`` says why, unless the screening did not go to its end."""
    before = comment.status
    set_status(comment, STATUS_AFTER[action])
    decision = Decision.objects.create(
        comment=comment,
        revision=current_revision(comment),
        action=action,
        note=screening_note(screening) or note,
        status_before=before,
        status_after=comment.status,
    )
    if comment.status == Comment.Status.PENDING:
        enqueue([(comment, QueueEntry.Rank.PENDING, comment.received_at)])
    elif screening is None or screening.matches or screening.incomplete:
        enqueue([(comment, QueueEntry.Rank.FLAGGED, comment.received_at)])
    else:  # the rules answer no reader's report
        QueueEntry.objects.filter(comment=comment, call=Call.NONE).delete()
    return decision


@transaction.atomic
def decide(
    comment: Comment,
    *,
    action: Action,
    by: User,
    after: int | None,
    revision: int | None,
    reason: str = "",
    note: str = "",
    message: str = "",
    source: StatementOfReasons.Source = StatementOfReasons.Source.VOLUNTARY,
    masks: str | None = None,
) -> Decision:
    """Apply a moderator's ``action`` to ``comment`` and log it.

    ``after`` is the key of the last decision the moderator saw, ``revision`` of the
    text. ``note`` is for moderators alone; ``message`` tells the author why the comment
    is hidden, in place of the reason's own words, and ``source`` what made moderators
    look; ``masks`` is what `seen_masks` said of the text, where he saw it masked or
    not. Raises AlreadyDecided if decision, text or masks have changed since (the row
    lock makes the check reliable), InvalidDecision if hiding lacks its reason or the
    comment is deleted.
    """
    verdict = Verdict(action=action, by=by, reason=reason, note=note)
    verdict.check()
    comment, latest = _locked(comment)
    check_seen(comment, latest, after=after, revision=revision)
    if masks is not None and masks != seen_masks(current_revision(comment)):
        raise masks_changed()
    entry = QueueEntry.objects.filter(comment=comment).first()
    decision = new_decision(comment, verdict, entry)
    record([decision], message=message, source=source)
    return decision


@transaction.atomic
def undo(decision: Decision, *, by: User) -> Decision:
    """Put the comment back as it was before ``decision``, also in the queue.

    Raises AlreadyDecided if the comment has changed since, by a decision or by its
    author, and InvalidDecision for what the rules decided or what is an undo itself.
    """
    comment, latest = _locked(decision.comment)
    check_undo(comment, latest, decision)
    hidden_by = hidings([decision]).get(comment.pk)
    undone = new_undoing(comment, decision, by=by, hidden_by=hidden_by)
    record([undone])
    return undone


def seen_masks(revision: Revision) -> str:
    """Which spans of ``revision`` are masked, for `decide` to compare."""
    return ",".join(f"{mask.start}-{mask.end}" for mask in revision.masked_spans)


def masks_mark(revision: Revision) -> str:
    """`seen_masks` in a few signs, for a batch to compare; "0" if nothing is masked."""
    seen = seen_masks(revision)
    return f"{crc32(seen.encode()):x}" if seen else "0"


def _locked(comment: Comment) -> tuple[Comment, Decision | None]:
    # no_key: a reply being posted locks its parent's key at commit, after the article;
    # here the article comes after the comment, and a full lock would deadlock with it
    comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    return comment, Decision.objects.filter(comment=comment).first()
