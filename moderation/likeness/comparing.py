"""The texts of a group beside the first of them, so that differences meet the eye."""

from collections.abc import Sequence
from dataclasses import replace

from moderation.cards import DeskCard
from moderation.differences import difference_html
from moderation.likeness.groups import in_group
from moderation.models import QueueEntry
from moderation.queue import REPORTED_THEN_OLDEST
from moderation.services import current_revision


def compared(cards: Sequence[DeskCard], group: str) -> list[DeskCard]:
    """``cards`` of nearly the same texts, each but the first with how it differs.

    The first one is the first in the queue, on whichever page it stands; of what does
    not wait any more, the first of ``cards``. One query.
    """
    if not cards:
        return []
    waiting = QueueEntry.objects.filter(in_group(group)).order_by(*REPORTED_THEN_OLDEST)
    first = waiting.select_related("comment__revision").first()
    shown = first.comment if first else cards[0].comment
    text = current_revision(shown).text
    return [
        card
        if card.comment == shown
        else replace(card, difference=difference_html(text, _text(card)), beside=shown)
        for card in cards
    ]


def _text(card: DeskCard) -> str:
    return current_revision(card.comment).text
