import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.learning import examples, store
from moderation.lexicon import current_engine
from moderation.ranker.evaluation import top_count
from moderation.ranker.model import save
from moderation.ranker.training import (
    MINIMUM,
    Example,
    OneSidedExamples,
    TooFewExamples,
    Training,
    train,
)
from moderation.ranking import activate


class Command(BaseCommand):
    help = (
        "Learns from moderators' decisions in which order they might read the queue, "
        "prints what that order is worth on the newest fifth of them, and keeps it, "
        "out of service until an editor switches it on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output", type=Path, metavar="PATH", help="also write the weights (.npz)"
        )
        parser.add_argument(
            "--since", type=_day, metavar="DATE", help="decisions from YYYY-MM-DD on"
        )
        parser.add_argument(
            "--minimum", type=int, default=MINIMUM, help="fewest decisions (500)"
        )
        parser.add_argument(
            "--activate",
            action="store_true",
            dest="in_service",
            help="put it in service, unless it is no better than chance",
        )
        parser.add_argument(
            "--jsonl",
            type=Path,
            nargs="+",
            metavar="FILE",
            help=(
                'learn from lines {"text": …, "label": 0 or 1}, the oldest first in '
                "each file, to try the machinery; nothing is kept in the database"
            ),
        )

    def handle(
        self,
        *,
        output: Path | None,
        since: datetime | None,
        minimum: int,
        in_service: bool,
        jsonl: list[Path] | None,
        **options: Any,
    ) -> None:
        if jsonl and (in_service or since):
            raise CommandError(
                _(
                    "Avec --jsonl, ni --activate ni --since : seul un classement "
                    "appris des décisions du journal entre en service."
                )
            )
        source = _lines(jsonl) if jsonl else examples(since)
        training = self._trained(source, minimum)
        self._print(training)
        if output:
            self._write(output, save(training.model))
        if not jsonl:
            self._keep(training, in_service)

    def _trained(self, source: Iterator[Example], minimum: int) -> Training:
        try:
            return train(source, minimum=minimum, engine=current_engine())
        except TooFewExamples as error:
            raise CommandError(
                ngettext(
                    "%(found)d décision à apprendre, il en faut %(minimum)d.",
                    "%(found)d décisions à apprendre, il en faut %(minimum)d.",
                    error.found,
                )
                % {"found": error.found, "minimum": error.minimum}
            ) from error
        except OneSidedExamples as error:
            raise CommandError(
                _(
                    "Il faut des textes publiés et des textes masqués, parmi les plus "
                    "anciens comme parmi les plus récents : rien à comparer."
                )
            ) from error

    def _print(self, training: Training) -> None:
        heading = _(
            "Appris de %(used)d textes jugés, dont %(share)s masqués. Essai : appris des "
            "%(older)d plus anciens, mesuré sur les %(tested)d plus récents, dont "
            "%(tested_share)s masqués ; en tête, les %(top)d premiers."
        )
        self.stdout.write(
            heading
            % {
                "used": training.used,
                "share": _percent(training.share_hidden),
                "older": training.used - training.tested,
                "tested": training.tested,
                "tested_share": _percent(training.random.top),
                "top": top_count(training.tested),
            }
        )
        columns = (_("AUC"), _("précision moyenne"), _("masqués en tête"))
        self.stdout.write(f"{'':28}" + "".join(f"{name:>20}" for name in columns))
        for name, measures in (
            (_("ordre appris"), training.ranker),
            (_("nombre et gravité des relevés"), training.flags),
            (_("au hasard"), training.random),
        ):
            figures = (
                number_format(measures.auc, 3),
                _percent(measures.average_precision),
                _percent(measures.top),
            )
            self.stdout.write(f"{name:28}" + "".join(f"{f:>20}" for f in figures))

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.write_bytes(data)
        except OSError as error:
            raise CommandError(
                _("Impossible d’écrire %(path)s : %(why)s.")
                % {"path": path, "why": error.strerror}
            ) from error
        self.stdout.write(
            _("%(path)s : %(size)d octets.") % {"path": path, "size": len(data)}
        )

    def _keep(self, training: Training, in_service: bool) -> None:
        ranker = store(training)
        self.stdout.write(ranker.worth)
        if not in_service:
            self.stdout.write(
                _(
                    "Classement gardé, hors service : un rédacteur peut le mettre en "
                    "service dans l’administration."
                )
            )
            return
        if not ranker.beats_chance:
            raise CommandError(
                _("Classement gardé, mais hors service : %(why)s")
                % {"why": ranker.advice}
            )
        activate(ranker)
        self.stdout.write(
            _("Classement en service. « manage.py rank_queue » range ce qui attend.")
        )


def _percent(share: float) -> str:
    return _("%(number)s %%") % {"number": number_format(share * 100, 1)}


def _day(text: str) -> datetime:
    """The beginning of that day where the newspaper is."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise ArgumentTypeError(_("« %(text)s » n’est pas une date") % {"text": text})
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(paths: list[Path]) -> Iterator[Example]:
    """The files' texts; each file is a time line of its own, from 0 to 1."""
    for path in paths:
        try:
            lines = path.read_bytes().splitlines()
        except OSError as error:
            raise CommandError(
                _("Impossible de lire %(path)s : %(why)s.")
                % {"path": path, "why": error.strerror}
            ) from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                example = _example(line, number / len(lines))
                if example is None:
                    raise CommandError(
                        _(
                            "%(path)s, ligne %(number)d : un objet JSON avec « text » "
                            "et « label » (0 ou 1) est attendu."
                        )
                        % {"path": path, "number": number}
                    )
                yield example


def _example(line: bytes, when: float) -> Example | None:
    try:
        row = json.loads(line)
        text, label = row["text"], row["label"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if (
        not isinstance(text, str)
        or type(label) not in (int, bool)
        or label not in (0, 1)
    ):
        return None
    return Example(text, bool(label), when)
