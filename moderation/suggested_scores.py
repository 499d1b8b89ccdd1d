"""Judgements that client systems send back, as examples to learn from."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from moderation.models import ApiClient, SuggestedScore
from moderation.scores import Attribute


@transaction.atomic
def keep_suggestion(
    *,
    client: ApiClient,
    text: str,
    values: Mapping[Attribute, int],
    client_token: str,
    community_id: str,
) -> None:
    """Store each attribute's value (1: to be refused, 0: to be shown).

    A second call for the same text under the same token changes the first: moderators
    change their minds.
    """
    now = timezone.now()
    SuggestedScore.objects.bulk_create(
        [
            SuggestedScore(
                client=client,
                text=text,
                text_hash=hashlib.sha256(text.encode()).hexdigest(),
                attribute=attribute.value,
                value=value,
                client_token=client_token,
                community_id=community_id,
                created_at=now,
                changed_at=now,
            )
            for attribute, value in values.items()
        ],
        update_conflicts=True,
        unique_fields=["client", "client_token", "text_hash", "attribute"],
        update_fields=["value", "community_id", "changed_at"],
    )


def labelled_texts() -> Iterator[tuple[str, int, datetime]]:
    """Yield each judged text once: (text, 1 = to be refused, when it was last judged).

    Of several judgements of one text (by other clients, or for another comment) the
    latest holds; within it, one attribute is enough to refuse. In the order of texts'
    hashes, a few rows in memory at a time.
    """
    rows = (
        SuggestedScore.objects.order_by("text_hash", "-changed_at", "-pk")
        .values_list(
            "text_hash", "client", "client_token", "changed_at", "text", "value"
        )
        .iterator(chunk_size=500)
    )
    for _hash, same_text in groupby(rows, key=lambda row: row[0]):
        latest, *older = same_text
        _key, client, token, when, text, value = latest
        same_judgement = (row[5] for row in older if row[1:3] == (client, token))
        yield text, max(value, *same_judgement, 0), when
