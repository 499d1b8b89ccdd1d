"""What a moderator approves is what was displayed to him (TRUST S-13, F16)."""

import random
from hashlib import sha256

import pytest

from comments.models import Comment
from comments.services import add_revision
from moderation.batches import run_batch, start_batch
from moderation.errors import AlreadyDecided
from moderation.models import Action, Decision
from moderation.selections import Chosen, Seen
from moderation.services import decide, reimport_comment, undo
from tests.factories import CommentFactory, ModeratorFactory
from tests.moderation.batch_worlds import seen
from tests.moderation.rounds import INTERLEAVINGS

pytestmark = pytest.mark.django_db


class Desk:
    """One moderator's page: what it displays of the comment, and when it was loaded."""

    def __init__(self, moderator):
        self.moderator = moderator
        self.displayed = None

    def load(self, comment):
        self.displayed = seen(comment), digest(comment.revision.text)

    def approve(self, comment):
        """The decision, or None if it was refused."""
        one, _text = self.displayed
        try:
            return decide(
                comment,
                action=Action.PUBLISH,
                by=self.moderator,
                after=one.after,
                revision=one.revision,
            )
        except AlreadyDecided:
            return None

    def approve_in_a_batch(self, comment):
        one: Seen = self.displayed[0]
        batch = start_batch(Chosen((one,)), action=Action.PUBLISH, by=self.moderator)
        run_batch(batch)
        return Decision.objects.filter(batch=batch).first()


def undo_latest(comment, by):
    latest = comment.decisions.first()
    if latest and latest.moderator_id and latest.undoes_id is None:
        try:
            undo(latest, by=by)
        except AlreadyDecided:
            assert latest.revision_id != comment.revision_id


def digest(text):
    return sha256(text.encode()).hexdigest()


def stored(comment):
    return comment.status, comment.revision_id, comment.decisions.count()


@pytest.mark.parametrize("seed", range(10))
def test_approved_is_what_was_displayed(seed):
    """Edits, approvals and undoings by two moderators, in random orders."""
    chance = random.Random(seed)  # noqa: S311
    desks = [Desk(ModeratorFactory()) for _ in range(2)]
    comment = CommentFactory(text="Premier texte.")
    accepted = refused = 0
    for desk in desks:
        desk.load(comment)
    for number in range(INTERLEAVINGS // 10):
        desk = chance.choice(desks)
        for step in chance.sample(("load", "edit", "edit alone", "undo"), k=2):
            if step == "load":
                desk.load(comment)
            elif step == "edit":
                reimport_comment(comment, f"Texte {number}.")
            elif step == "edit alone":
                add_revision(comment, f"Texte seul {number}.")
            else:
                undo_latest(comment, desk.moderator)
            comment = Comment.objects.get(pk=comment.pk)
        before = stored(comment)
        approve = chance.choice((desk.approve, desk.approve_in_a_batch))
        decision = approve(comment)
        comment = Comment.objects.get(pk=comment.pk)
        if decision is None:
            refused += 1
            assert stored(comment) == before
        else:
            accepted += 1
            assert digest(decision.revision.text) == desk.displayed[1]
            assert comment.status == Comment.Status.PUBLISHED
            assert digest(comment.revision.text) == desk.displayed[1]
    assert accepted > 1
    assert refused > 1
