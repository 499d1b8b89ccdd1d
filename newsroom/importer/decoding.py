"""From a file's bytes to its text, and which of the two forms it has."""

import codecs
import re

from django.utils.translation import gettext_lazy as _

from newsroom.importer.errors import PageError
from newsroom.importer.page import PageWarning

MAX_BYTES = 5_000_000
_MARKS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARABLE = {  # names a page may declare: the codec that browsers use for it
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-15": "iso8859-15",
    "iso-8859-6": "iso8859-6",
    "windows-1256": "cp1256",
    "macintosh": "mac-roman",
}
"""https://encoding.spec.whatwg.org/#names-and-labels"""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,30})", re.I)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:(?><!--.*?-->)\s*+)*+"
    r"<(?:!doctype|html|head|body|meta|title|main|article|section|header|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def decode(data: bytes) -> tuple[str, list[PageWarning]]:
    """Return the text of ``data``, its lines ended by LF alone, without its mark.

    UTF-8, or what a byte order mark or the HTML declares; else windows-1252 with a
    warning. Raises PageError for what is no text, or is damaged UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise PageError(
            _("fichier trop grand : %(size)d octets, pour %(limit)d au plus"),
            size=len(data),
            limit=MAX_BYTES,
        )
    text, warnings = _decoded(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if (nul := text.find("\x00")) >= 0:
        raise PageError(_("ce fichier n’est pas du texte"), _line(text, nul))
    if not text.strip():
        raise PageError(_("la page est vide"), 1)
    return text, warnings


def is_html(text: str) -> bool:
    return _HTML.match(text[:20_000]) is not None


def _decoded(data: bytes) -> tuple[str, list[PageWarning]]:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strictly(data, codec), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        damage = error
    if declared := _CHARSET.search(data[:4096]):
        codec = _DECLARABLE.get(declared[1].decode("ascii", "replace").lower(), "utf-8")
        return _strictly(data, codec), []
    if _is_mostly_utf8(data):
        raise _unreadable(data, damage, "utf-8")
    text = data.decode("cp1252", "replace")
    if control := _NOT_TEXT.search(text):
        raise PageError(
            _("ce fichier n’est pas du texte"), _line(text, control.start())
        )
    return text, [PageWarning.of("encoding_guessed", encoding="windows-1252")]


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether most bytes beyond ASCII form UTF-8 letters: then the rest is damage."""
    beyond = sum(len(run) for run in re.findall(rb"[\x80-\xff]+", data))
    return 2 * sum(len(letter) for letter in _MULTIBYTE.findall(data)) > beyond


def _strictly(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _unreadable(data, error, codec) from error


def _unreadable(data: bytes, error: UnicodeDecodeError, codec: str) -> PageError:
    return PageError(
        _("octets illisibles en %(encoding)s"),
        data.count(b"\n", 0, error.start) + 1,
        encoding=codec,
    )


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
