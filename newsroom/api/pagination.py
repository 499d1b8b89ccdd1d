"""Pages that cost the same at any depth: each begins after the last row of the one
before, found by the columns that order the list (keyset)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Model, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from newsroom.api.fields import BIGGEST

MAX_PAGE_SIZE = 100


def moment(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(value)
    return found.astimezone(UTC)


def number(value: Any) -> int:
    if type(value) is not int or abs(value) > BIGGEST:
        raise ValueError(value)
    return value


def place(value: Any) -> str:
    """A position in a thread: hexadecimal digits."""
    int(value, 16)
    if not value.isalnum():
        raise ValueError(value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that orders a list. ``read`` checks a cursor's value or raises."""

    name: str
    read: Callable[[Any], Any]
    descending: bool = False

    @property
    def ordering(self) -> str:
        return f"-{self.name}" if self.descending else self.name

    @property
    def after(self) -> str:
        return f"{self.name}__{'lt' if self.descending else 'gt'}"


class KeysetPagination(BasePagination):
    """Subclasses list the columns; together they must be unique.

    A cursor is the last row's values in base64: opaque to clients, checked here, and
    no secret (it holds what the row's answer shows, or its place in the list).
    """

    columns: ClassVar[tuple[Column, ...]]

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        size = _page_size(request)
        self._here = request.build_absolute_uri()
        rows = queryset.order_by(*self.ordering())
        if cursor := request.query_params.get("cursor"):
            rows = rows.filter(self._after(self._decoded(cursor)))
        found = list(rows[: size + 1])
        self._next = self._encoded(found[size - 1]) if len(found) > size else None
        return found[:size]

    def ordering(self) -> list[Any]:
        return [c.ordering for c in self.columns]

    def get_paginated_response(self, data: Any) -> Response:
        following = self._next and replace_query_param(self._here, "cursor", self._next)
        return Response({"next": following, "results": data})

    def _after(self, values: list[Any]) -> Q:
        """Rows beyond ``values`` in the list's order, compared column by column."""
        beyond, equal = Q(), Q()
        for column, value in zip(self.columns, values, strict=True):
            beyond |= equal & Q((column.after, value))
            equal &= Q((column.name, value))
        # Repeats what follows from the rest, so that an index range can be used
        first = self.columns[0]
        return Q((f"{first.after}e", values[0])) & beyond

    def _encoded(self, row: Model) -> str:
        values = [
            v.isoformat() if isinstance(v, datetime) else v
            for v in (attrgetter(c.name)(row) for c in self.columns)
        ]
        return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")

    def _decoded(self, cursor: str) -> list[Any]:
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            values = json.loads(urlsafe_b64decode(padded))
            return [
                column.read(value)
                for column, value in zip(self.columns, values, strict=True)
            ]
        except (ArithmeticError, AttributeError, RecursionError, TypeError, ValueError):
            raise _invalid("cursor", _("Curseur inconnu.")) from None

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [
            {
                "name": "cursor",
                "in": "query",
                "description": _("Suite de la liste : lue dans `next`."),
                "schema": {"type": "string"},
            },
            {
                "name": "page_size",
                "in": "query",
                "description": _("Nombre d’éléments par page."),
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": MAX_PAGE_SIZE,
                    "default": settings.COMMENTS_PER_PAGE,
                },
            },
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {"type": "string", "nullable": True, "format": "uri"},
                "results": schema,
            },
        }


def _page_size(request: Request) -> int:
    asked = request.query_params.get("page_size", str(settings.COMMENTS_PER_PAGE))
    # Short and ASCII first: int() reads other digits, and a long one slowly
    if asked.isascii() and asked.isdigit() and len(asked) <= 3:
        size = int(asked)
        if 1 <= size <= MAX_PAGE_SIZE:
            return size
    raise _invalid(
        "page_size",
        _("Un nombre entre 1 et %(max)d est attendu.") % {"max": MAX_PAGE_SIZE},
    )


def _invalid(field: str, message: str) -> ValidationError:
    return ValidationError({field: [ErrorDetail(message, "invalid")]})


class NewestArticles(KeysetPagination):
    columns = (Column("ordered_at", moment, True), Column("pk", number, True))


class ThreadOrder(KeysetPagination):
    columns = (Column("position", place),)


class NewestComments(KeysetPagination):
    columns = (Column("received_at", moment, True), Column("pk", number, True))


class LongestWait(KeysetPagination):
    columns = (
        Column("rank", number),
        Column("call", number),
        Column("waiting_since", moment),
        Column("pk", number),
    )


class LikelyHidden(KeysetPagination):
    """Another number of columns than the usual order's: neither takes the other's
    cursor."""

    columns = (Column("behind", number), *LongestWait.columns)


class OldestAppeals(KeysetPagination):
    columns = (Column("pk", number),)


class NewestDecisions(KeysetPagination):
    columns = (Column("pk", number, True),)


class NewestMaskings(KeysetPagination):
    columns = (Column("pk", number, True),)


class NewestWatched(KeysetPagination):
    columns = (Column("since", moment, True), Column("pk", number, True))


class NewestSanctions(KeysetPagination):
    columns = (Column("pk", number, True),)


class SoonestSanctions(KeysetPagination):
    columns = (Column("ends_at", moment), Column("pk", number))


class NewestBatches(KeysetPagination):
    columns = (Column("pk", number, True),)


class NewestNotes(KeysetPagination):
    columns = (Column("pk", number, True),)


class Sought:
    """An order without index, for lists narrowed to a few rows of very many.

    PostgreSQL would read everything in the list's order until a page is full.
    """

    def ordering(self) -> list[Any]:
        first, *others = self.columns  # type: ignore[attr-defined]
        unindexed = Coalesce(first.name, first.name)
        place = unindexed.desc() if first.descending else unindexed.asc()
        return [place, *(c.ordering for c in others)]


class LongestWaitSought(Sought, LongestWait):
    pass


class NewestCommentsSought(Sought, NewestComments):
    pass
