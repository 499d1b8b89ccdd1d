import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import serializers
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, models

from articles.models import Article, ArticleTerms, Block, RelatedLink, Section
from comments.models import Comment, Commenter, CommentTerms, Revision
from moderation.models import Flag, QueueEntry
from newsroom.importer.service import import_page

FIXTURES = settings.BASE_DIR / "fixtures"
MODELS: tuple[type[models.Model], ...] = (
    Section,
    Article,
    ArticleTerms,
    Block,
    RelatedLink,
    Commenter,
    Comment,
    Revision,
    CommentTerms,
    Flag,
    QueueEntry,
)
"""Decisions are left out: they are acts, which loading a file cannot repeat."""
CLOCKED = {
    Article: ("created_at", "updated_at"),
    Commenter: ("created_at",),
    Comment: ("received_at",),
    Revision: ("created_at",),
    Flag: ("created_at",),
    QueueEntry: ("waiting_since",),
}
"""Times of this run; the fixture gives them that of the page's last comment."""


class Command(BaseCommand):
    help = "Write fixtures/seed.json, for loaddata, from the seed page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--page", type=Path, default=FIXTURES / "article-syrie.txt")
        parser.add_argument("--output", type=Path, default=FIXTURES / "seed.json")

    def handle(self, *, page: Path, output: Path, **options: Any) -> None:
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            fixture = seed_fixture(page.read_bytes())
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
        output.write_text(fixture, encoding="utf-8")
        self.stdout.write(str(output))


def seed_fixture(page: bytes) -> str:
    """Import ``page`` into the database, empty so far; return the rows as a fixture.

    Keys count from 1 and times are the page's own, so that the same page always gives
    the same text.
    """
    report = import_page(page, zone=ZoneInfo(settings.TIME_ZONE), name="seed")
    clock = report.article.comments.aggregate(last=models.Max("created_at"))["last"]
    keys: dict[tuple[str, Any], int] = {}
    rows = []
    for model in MODELS:
        for number, row in enumerate(model._default_manager.order_by("pk"), start=1):
            for field in CLOCKED.get(model, ()):
                setattr(row, field, clock)
            if not _primary_key(model).is_relation:
                keys[model._meta.label_lower, row.pk] = number
            rows.append(row)
    objects = json.loads(serializers.serialize("json", rows))
    for item, row in zip(objects, rows, strict=True):
        _renumber(item, type(row), keys)
    return json.dumps(objects, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _renumber(
    item: dict[str, Any],
    model: type[models.Model],
    keys: dict[tuple[str, Any], int],
) -> None:
    """Give the row and what it points to the keys that count from 1."""
    pk = _primary_key(model)
    own = pk.related_model if isinstance(pk, models.OneToOneField) else model
    item["pk"] = keys[own._meta.label_lower, item["pk"]]
    for name, value in item["fields"].items():
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and value is not None:
            item["fields"][name] = keys[field.related_model._meta.label_lower, value]


def _primary_key(model: type[models.Model]) -> models.Field:
    pk = model._meta.pk
    if pk is None:
        raise TypeError(f"{model} has no primary key")
    return pk
