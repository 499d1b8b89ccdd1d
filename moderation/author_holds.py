"""Comments that wait for their author's sake, whatever their text says."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop

from comments.models import Comment
from moderation.lexicon import kept_config
from moderation.models import AuthorHold, Sanction

Cause = AuthorHold.Cause
HOLD_NOTES = {
    Cause.SANCTION.value: gettext_noop(
        "Un modérateur a voulu relire les prochains commentaires de cet auteur."
    ),
    Cause.NEWCOMER.value: gettext_noop("Nouvel auteur : peu de commentaires parus."),
    Cause.RECORD.value: gettext_noop(
        "Plusieurs des derniers commentaires de cet auteur ont été masqués."
    ),
}
"""{cause: the rules' note, stored in French, on a comment that waits for it}"""


def hold_for_author(
    comment: Comment, sanctions: Iterable[Sanction]
) -> AuthorHold | None:
    """Note that a new ``comment`` waits for its author's sake; None if it need not.

    For his ``sanctions`` in force, or what editors set for newcomers and for those
    whose comments are often hidden. The author's row must be locked: no two comments
    are then counted as one.
    """
    review = next((s for s in sanctions if s.kind == Sanction.Kind.REVIEW), None)
    if review is not None:
        number = review.holds.count() + 1
        if number <= (review.comments_to_review or 0):
            return AuthorHold.objects.create(
                comment=comment, cause=Cause.SANCTION, sanction=review, number=number
            )
    cause = _cause_of(comment)
    if cause is None:
        return None
    return AuthorHold.objects.create(comment=comment, cause=cause)


def _cause_of(comment: Comment) -> AuthorHold.Cause | None:
    """Why editors let a new ``comment`` wait, by what became of the earlier ones."""
    config = kept_config()
    newcomer, record = config["newcomer"], config["record"]
    earlier = Comment.objects.filter(author=comment.author_id).exclude(pk=comment.pk)
    if newcomer.enabled:
        enough = newcomer["comments"]
        if earlier.published().order_by()[:enough].count() < enough:
            return Cause.NEWCOMER
    if record.enabled:
        latest = earlier.order_by("-received_at", "-pk").values_list(
            "status", flat=True
        )
        states = list(latest[: record["among"]])
        if states.count(Comment.Status.HIDDEN) >= record["hidden"]:
            return Cause.RECORD
    return None
