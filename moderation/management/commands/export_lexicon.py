from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from moderation.models import Term
from moderation.rules.lexicon import LexiconError
from moderation.term_file import written_folder, written_terms


class Command(BaseCommand):
    help = (
        "Writes the lexicon as TOML, in the format of the shipped files, which "
        "load_lexicon --from reads back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output",
            type=Path,
            help="a .toml file, or a folder for one file a kind; else standard output",
        )
        parser.add_argument(
            "--only",
            choices=("editor", "all"),
            default="all",
            help="editor: only the terms that editors added or changed",
        )

    def handle(self, *, output: Path | None, only: str, **options: Any) -> None:
        terms = Term.objects.exported(only=only)
        try:
            if output is None:
                self.stdout.write(written_terms(terms), ending="")
                return
            if output.suffix == ".toml":
                output.parent.mkdir(parents=True, exist_ok=True)
                files = {output: written_terms(terms)}
            else:
                output.mkdir(parents=True, exist_ok=True)
                files = {output / n: t for n, t in written_folder(terms).items()}
            for path, text in files.items():
                path.write_text(text, encoding="utf-8", newline="\n")
        except (LexiconError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(
            _("%(terms)d termes écrits dans %(output)s.")
            % {"terms": len(terms), "output": output}
        )
