import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.detail import detailed_json
from moderation.engine import Engine, as_json, default_engine
from moderation.rules.config import text_rules
from moderation.rules.lexicon import shipped_entries

PROGRESS_EVERY = 1000  # lines


class BadLine(ValueError):
    """A line that is not a text to screen; the message says why."""


class Command(BaseCommand):
    help = (
        "Screens texts with the shipped rules, without any database. Reads a JSON "
        'object a line, {"text": …, "lang": "fr"}, and writes one for each: '
        '{"flags": […], "action": …}, spans in code points, end exclusive. Each is '
        "answered before the next is read."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--explain",
            action="store_true",
            help="write every field of each flag, explained in every language",
        )
        parser.add_argument(
            "--rules",
            metavar="NAME,NAME",
            help="run only these rules, even those that are switched off",
        )
        parser.add_argument(
            "--progress",
            action="store_true",
            help=f"tell standard error every {PROGRESS_EVERY} lines, "
            "as is done when it is a terminal",
        )

    def handle(
        self,
        *,
        explain: bool,
        rules: str | None,
        progress: bool,
        **options: Any,
    ) -> None:
        engine = default_engine() if rules is None else _engine_of(rules)
        told = progress or sys.stderr.isatty()
        failed = 0
        # Bytes: the locale of the terminal must not decide how texts are read
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if line.strip():
                try:
                    answer = _screened(line, engine, explain=explain)
                except BadLine as error:
                    failed += 1
                    answer = {"error": str(error)}
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
                self.stdout.flush()
            if told and number % PROGRESS_EVERY == 0:
                self._tell(number)
        if failed:
            raise CommandError(
                ngettext(
                    "%(count)d ligne illisible.",
                    "%(count)d lignes illisibles.",
                    failed,
                )
                % {"count": failed}
            )

    def _tell(self, number: int) -> None:
        message = ngettext("%(count)d ligne lue", "%(count)d lignes lues", number)
        self.stderr.write(message % {"count": number})
        self.stderr.flush()


def _engine_of(rules: str) -> Engine:
    """An engine of the named rules alone. Raises CommandError for an unknown name."""
    known = text_rules()
    names = [name.strip() for name in rules.split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise CommandError(
            _("Règle inconnue : %(unknown)s. Connues : %(known)s.")
            % {"unknown": ", ".join(unknown) or "–", "known": ", ".join(known)}
        )
    config = {
        name: rule.changed(enabled=True) if name in names else rule
        for name, rule in known.items()
    }
    return Engine(shipped_entries(), config=config, only=names)


def _screened(line: bytes, engine: Engine, *, explain: bool) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(_("Cette ligne n’est pas du JSON.")) from error
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise BadLine(_("Cette ligne n’est pas un objet avec un « text »."))
    lang = asked.get("lang", "fr")
    if not isinstance(lang, str):
        raise BadLine(_("« lang » doit être un code de langue."))
    text = asked["text"]
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise BadLine(_("Le texte contient des caractères invalides."))
    screening = engine.screen(text, lang=lang)
    return detailed_json(screening) if explain else as_json(screening, lang)
