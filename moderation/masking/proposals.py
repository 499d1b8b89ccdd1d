"""What a card offers to mask: contact details that were found, passages that were chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comments.masking import Mask, MaskKind, settled
from comments.models import Revision
from moderation.masking.contacts import contact_spans
from moderation.models import Flag


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage that may be masked; ``chosen`` if its box is to be ticked."""

    mask: Mask
    words: str
    chosen: bool

    @property
    def value(self) -> str:
        """What `MaskForm` reads."""
        return f"{self.mask.start}-{self.mask.end}-{self.mask.kind}"

    @property
    def kind(self) -> str:
        return str(MaskKind(self.mask.kind).label)


def proposals(
    revision: Revision, flags: Iterable[Flag], typed: Sequence[Mask] = ()
) -> list[Proposal]:
    """What of ``revision`` can be masked and is not, in its order.

    ``typed`` is what a refused form held: those passages are chosen again. With none,
    all that was found is chosen.
    """
    text = revision.text
    masked = revision.masked_spans
    known = [each for each in typed if each.start < each.end <= len(text)]
    again = settled(known, text)
    found = [
        mask
        for mask in contact_spans(text, flags)
        if not any(_meet(mask, each) for each in (*masked, *again))
    ]
    return [
        Proposal(mask, text[mask.start : mask.end], mask in again or not again)
        for mask in sorted([*again, *found])
    ]


def kinds_text(masks: Iterable[Mask]) -> str:
    """The kinds of ``masks`` in words, each once: « numéro de téléphone, … »."""
    kinds = dict.fromkeys(mask.kind for mask in masks)
    return ", ".join(str(MaskKind(kind).label) for kind in kinds)


def _meet(one: Mask, other: Mask) -> bool:
    return one.start < other.end and other.start < one.end
