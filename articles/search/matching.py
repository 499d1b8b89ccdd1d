"""Full-text conditions and keyset pages that mean the same on both databases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
COUNTED = 1000
"""Results are counted up to this many: beyond, the exact number helps nobody."""


class HasStems(Func):
    """True for the rows of a terms table that hold every one of ``stems``.

    With ``any_of_them``, one is enough. Made in that table's migration: on PostgreSQL a column ``stems`` with a GIN index,
    on SQLite an FTS5 table named ``<table>_index``.
    """

    output_field = BooleanField()

    def __init__(
        self, stems: tuple[str, ...], *, table: str, any_of_them: bool = False
    ) -> None:
        super().__init__(F("pk"))
        self.stems = stems
        self.table = table
        self.any_of_them = any_of_them

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        key, params = compiler.compile(self.source_expressions[0])
        alias = key.rpartition(".")[0]
        # Stems are letters and digits: the quotes keep the parser from splitting them
        operator = " | " if self.any_of_them else " & "
        match = operator.join(f"'{stem}'" for stem in self.stems)
        return f"{alias}.stems @@ %s::tsquery", (*params, match)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        key, params = compiler.compile(self.source_expressions[0])
        index = connection.ops.quote_name(f"{self.table}_index")
        operator = " OR " if self.any_of_them else " "
        match = operator.join(f'"{stem}"' for stem in self.stems)
        found = f"SELECT rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608
        return f"{key} IN ({found})", (*params, match)


def holds(field: str, sequences: Iterable[Sequence[str]]) -> Q:
    """The condition that ``field``, stems joined by spaces, holds each sequence."""
    space = Value(" ", TextField())
    padded = Concat(space, F(field), space)
    condition = Q()
    for stems in sequences:
        place = StrIndex(padded, Value(f" {' '.join(stems)} ", TextField()))
        condition &= Q(GreaterThan(place, 0))
    return condition


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some results, best first. ``next_after`` is empty on the last page."""

    rows: Sequence[Row]
    next_after: str
