import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.importer.errors import PageError
from newsroom.importer.reader import read_page
from newsroom.importer.service import import_page as import_bytes

PAGES = {".txt", ".html", ".htm"}


class Command(BaseCommand):
    help = (
        "Import article pages, flattened text or HTML, one transaction a page. "
        "A page imported before is updated; one that did not change is left alone. "
        "Ends with status 1 if a page could not be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="files or folders"
        )
        parser.add_argument(
            "--timezone",
            default=settings.TIME_ZONE,
            help="zone of the times the pages print (default: %(default)s)",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would change, store nothing",
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print what each page says, one JSON object a line, on standard "
            "output, and all messages on standard error",
        )

    def handle(self, *, paths: list[Path], **options: Any) -> None:
        zone = _zone(options["timezone"])
        out = self.stderr if options["json"] else self.stdout
        files = list(_files(paths))
        failed = 0
        for number, path in enumerate(files, start=1):
            try:
                data = path.read_bytes()
                if options["json"]:
                    page = read_page(data, zone=zone)
                report = import_bytes(
                    data, zone=zone, name=path.name, dry_run=options["dry_run"]
                )
            except (PageError, OSError) as error:
                failed += 1
                self.stderr.write(f"[{number}/{len(files)}] {path.name} : {error}")
                continue
            if options["json"]:
                self.stdout.write(json.dumps(page.as_json(), ensure_ascii=False))
            out.write(f"[{number}/{len(files)}] {path.name} : {report}")
            for line in (*report.changes, *map(str, report.warnings)):
                out.write(f"    {line}")
        if failed:
            raise CommandError(
                ngettext(
                    "%(failed)d page sur %(all)d n’a pas pu être importée.",
                    "%(failed)d pages sur %(all)d n’ont pas pu être importées.",
                    failed,
                )
                % {"failed": failed, "all": len(files)}
            )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CommandError(_("Fuseau horaire inconnu : %s") % name) from error


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() in PAGES)
        else:
            yield path
