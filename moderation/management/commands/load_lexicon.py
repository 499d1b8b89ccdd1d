from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.loading import (
    load_filed_terms,
    load_shipped_rules,
    load_shipped_terms,
)
from moderation.rules.lexicon import LexiconError
from moderation.term_file import read_terms


class Command(BaseCommand):
    help = (
        "Brings the shipped lexicon and rules into the database, or the terms of an "
        "exported file. Can be repeated: what editors changed, added or switched off "
        "stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="path",
            type=Path,
            help="a .toml file or a folder of them, in the format of export_lexicon",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="with --from: the file wins over what editors changed here",
        )

    def handle(self, *, path: Path | None, replace: bool, **options: Any) -> None:
        if replace and path is None:
            raise CommandError(_("--replace demande --from."))
        if path is not None:
            try:
                counts = load_filed_terms(read_terms(path), replace=replace)
            except LexiconError as error:
                raise CommandError(
                    _("Rien n’est chargé. %(error)s") % {"error": error}
                ) from error
            self._report(counts)
            return
        with transaction.atomic():
            terms, rules = load_shipped_terms(), load_shipped_rules()
        self._report(terms)
        self.stdout.write(
            _(
                "Règles : %(added)d ajoutées, %(updated)d mises à jour, %(kept)d gardées."
            )
            % rules
        )

    def _report(self, counts: dict[str, int]) -> None:
        self.stdout.write(
            _("Lexique : %(added)d ajoutés, %(updated)d mis à jour, %(kept)d gardés.")
            % counts
        )
