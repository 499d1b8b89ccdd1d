"""The door: from a file's bytes to what the page says."""

from zoneinfo import ZoneInfo

from newsroom.importer.decoding import decode, is_html
from newsroom.importer.grammar import parse
from newsroom.importer.html_form import read_html
from newsroom.importer.page import ParsedPage
from newsroom.importer.text_form import read_text


def read_page(data: bytes, *, zone: ZoneInfo) -> ParsedPage:
    """Read a page, flattened text or HTML; ``zone`` is that of the times it prints.

    Raises PageError, naming the line, for a page that cannot be read whole.
    """
    text, warnings = decode(data)
    return parse(read_html(text) if is_html(text) else read_text(text), zone, warnings)
