"""Django's `makemessages`, with the French catalogue written from the source itself."""

import re
from pathlib import Path

from django.core.management.commands import makemessages

NO_BREAK = "\u00a0"
_STRING = r'"[^\n]*"(?:\n"[^\n]*")*'
_ENTRY = re.compile(
    rf"^msgid (?P<one>{_STRING})\n(?:msgid_plural (?P<many>{_STRING})\n)?"
    rf"(?:msgstr(?:\[\d\])? {_STRING}\n)+",
    re.MULTILINE,
)


def typographic(text: str) -> str:
    """``text`` with no-break spaces inside « » and before « : ; ! ? ».

    Sources are typed with ordinary spaces, which no editor loses.
    """
    text = re.sub(r"(?<=\S) (?=[:;!?»])", NO_BREAK, text)
    return text.replace("« ", f"«{NO_BREAK}")


class Command(makemessages.Command):
    """Guesses no translation, notes no date, and fills the French catalogue.

    A French message is its own msgid in French typography. Each has its entry, or
    another package's word, the same in English and French letters, would stand for it.
    """

    msgmerge_options: list[str] = [  # noqa: RUF012
        *makemessages.Command.msgmerge_options,
        "--no-fuzzy-matching",
    ]

    def write_po_file(self, potfile: str, locale: str) -> None:
        super().write_po_file(potfile, locale)
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        text = re.sub(r'^"POT-Creation-Date: .*\n', "", path.read_text(), flags=re.M)
        if locale == "fr":
            text = _ENTRY.sub(_in_french, text)
        path.write_text(text)


def _in_french(entry: re.Match[str]) -> str:
    one, many = entry["one"], entry["many"]
    if one == '""' or one.startswith('""\n"Project-Id-Version'):
        return entry[0]  # the header
    if many is None:
        return f"msgid {one}\nmsgstr {typographic(one)}\n"
    return (
        f"msgid {one}\nmsgid_plural {many}\n"
        f"msgstr[0] {typographic(one)}\nmsgstr[1] {typographic(many)}\n"
    )
