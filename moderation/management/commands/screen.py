import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.engine import as_json, screen


class BadLine(ValueError):
    """A line that is not a text to screen; the message says why."""


class Command(BaseCommand):
    help = (
        "Screens texts with the shipped rules, without any database. Reads a JSON "
        'object a line, {"text": …, "lang": "fr"}, and writes one for each: '
        '{"flags": […], "action": …}, spans in code points, end exclusive.'
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        # Bytes: the locale of the terminal must not decide how texts are read
        for line in sys.stdin.buffer:
            if not line.strip():
                continue
            try:
                answer = _screened(line)
            except BadLine as error:
                failed += 1
                answer = {"error": str(error)}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            self.stdout.flush()
        if failed:
            raise CommandError(
                ngettext(
                    "%(count)d ligne illisible.",
                    "%(count)d lignes illisibles.",
                    failed,
                )
                % {"count": failed}
            )


def _screened(line: bytes) -> dict[str, Any]:
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
    return as_json(screen(text, lang=lang), lang)
