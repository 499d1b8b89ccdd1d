"""What tests of maskings share."""

from comments.masking import Mask
from moderation.masking import services
from tests.factories import ModeratorFactory

NUMBER = "06 12 34 56 78"
TEXT = f"Merci pour cet article. Appelez-moi au {NUMBER} pour en parler."


def spans_of(text, *words, kind="phone"):
    """A mask for each of ``words``, where ``text`` has it."""
    return [
        Mask(text.index(each), text.index(each) + len(each), kind) for each in words
    ]


def masked(comment, *words, by=None, kind="phone", **asked):
    """``words`` of ``comment`` masked, as a moderator would who sees it now."""
    return services.mask(
        comment,
        masks=spans_of(comment.revision.text, *(words or (NUMBER,)), kind=kind),
        by=by or ModeratorFactory(),
        after=comment.decisions.values_list("pk", flat=True).first(),
        revision=comment.revision_id,
        **asked,
    )
