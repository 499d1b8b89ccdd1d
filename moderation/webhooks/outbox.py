"""What receivers are told, noted in the transaction of what happened.

A row here is a promise: `deliver_webhooks` keeps it. Nothing is sent in a request.
Payloads hold keys, addresses, states and times; never a text, a name, an e-mail address,
who reported or who decided (TRUST P-06).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from comments.models import Comment
from moderation.models import Decision, Flag, Report
from moderation.webhooks.models import (
    EventType,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a comment, and when; ``details`` stands beside the comment."""

    type: EventType
    comment: Comment
    at: datetime
    details: dict[str, Any] = field(default_factory=dict)


def posted(comment: Comment) -> Happening:
    return Happening(EventType.POSTED, comment, comment.received_at)


def decided(decision: Decision) -> Happening:
    details = {
        "id": decision.pk,
        "action": decision.action,
        "reason": decision.reason or None,
        "automatic": decision.moderator_id is None,
        "status_before": decision.status_before,
        "undoes": decision.undoes_id,
        "batch": decision.batch_id,
        "decided_at": _utc(decision.created_at),
    }
    return Happening(
        EventType.DECIDED, decision.comment, decision.created_at, {"decision": details}
    )


def reported(report: Report) -> Happening:
    details = {
        "id": report.pk,
        "kind": report.kind,
        "reported_at": _utc(report.created_at),
    }
    return Happening(
        EventType.REPORTED, report.comment, report.created_at, {"report": details}
    )


def tell(*happenings: Happening) -> None:
    """Note ``happenings`` for the endpoints that asked for them.

    To be called at the end of their transaction, with comments in their new states. One
    query if nobody asked; five otherwise, however many there are.
    """
    if not happenings:
        return
    endpoints = list(WebhookEndpoint.objects.active().only(*_ASKED))
    wanted = [h for h in happenings if any(h.type in e.types for e in endpoints)]
    if not wanted:
        return
    comments = {h.comment.pk: h.comment for h in wanted}
    addresses = _article_addresses(comments)
    flags = _flags(comment.revision_id for comment in comments.values())
    payloads = [
        {
            "type": h.type.value,
            "timestamp": _utc(h.at),
            "data": {
                "comment": _comment(h.comment, flags),
                "article": addresses[h.comment.article_id],
                **h.details,
            },
        }
        for h in wanted
    ]
    store(payloads, endpoints)


_ASKED = ("tells_posted", "tells_decided", "tells_reported")


def store(
    payloads: Iterable[dict[str, Any]], endpoints: Sequence[WebhookEndpoint]
) -> None:
    """Keep each payload for those of ``endpoints`` that asked for its type.

    All of them take a test.
    """
    events = WebhookEvent.objects.bulk_create(
        WebhookEvent(
            uid=f"msg_{uuid4().hex}",
            type=payload["type"],
            body=json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
        )
        for payload in payloads
    )
    now = timezone.now()
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(event=event, endpoint=endpoint, next_attempt_at=now)
        for event in events
        for endpoint in endpoints
        if event.type in endpoint.types or event.type == EventType.TEST
    )


def test_payload(endpoint: WebhookEndpoint) -> dict[str, Any]:
    return {
        "type": EventType.TEST.value,
        "timestamp": _utc(timezone.now()),
        "data": {"endpoint": {"id": endpoint.pk}},
    }


def _comment(comment: Comment, flags: dict[int, list[str]]) -> dict[str, Any]:
    desk = reverse("moderation:comment", args=[comment.pk])
    return {
        "id": comment.pk,
        "url": f"{settings.NEWSPAPER_URL}{comment.get_absolute_url()}",
        "desk_url": f"{settings.NEWSPAPER_URL}{desk}",
        "status": comment.status,
        "revision": comment.revision_id,
        "parent": comment.parent_id,
        "author": comment.author_id,
        "flags": flags.get(comment.revision_id or 0, []),
        "received_at": _utc(comment.received_at),
    }


def _article_addresses(comments: Iterable[int]) -> dict[int, dict[str, Any]]:
    found = Comment.objects.filter(pk__in=list(comments)).order_by()
    return {
        pk: {
            "id": pk,
            "url": f"{settings.NEWSPAPER_URL}{reverse('article', args=[slug])}",
        }
        for pk, slug in found.values_list("article", "article__slug").distinct()
    }


def _flags(revisions: Iterable[int | None]) -> dict[int, list[str]]:
    """{revision's key: the categories of its flags, in order}. One query."""
    found: dict[int, list[str]] = {}
    rows = (
        Flag.objects.filter(revision__in=list(revisions))
        .order_by("revision", "category")
        .values_list("revision", "category")
        .distinct()
    )
    for revision, category in rows:
        found.setdefault(revision, []).append(category)
    return found


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
