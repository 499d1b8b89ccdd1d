"""A comment's text as HTML: made once, when the text is written, and stored."""

import re
import unicodedata

from django.utils.html import escape

from comments.masking import SIGN, Masks, signed_text, with_masks_shown

LINK = re.compile(rf"https?://[^\s<>\"«»{SIGN}]+{SIGN}?", re.IGNORECASE)
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
SAID = re.compile(r'<p dir="auto" lang="([a-z]+)">')
TRAILING = ".,;:!?…'’)]}"
ARABIC = re.compile(
    "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"
)


def render(text: str, masks: Masks = (), *, language: str = "") -> str:
    """Return ``text`` as escaped HTML paragraphs; http and https addresses are links.

    Each paragraph finds its own direction and keeps bidirectional controls inside.
    The visible text equals the reader's, but for white space at line ends and for
    ``masks``, which say that something is masked; an address that one cuts is no link.
    ``language`` (ISO 639-1) is said in the markup; without it, Arabic if its letters
    tell.
    """
    text = signed_text(text, masks)
    language = language or ("ar" if is_mostly_arabic(text) else "")
    lang = f' lang="{escape(language)}"' if language else ""
    html = "".join(
        f'<p dir="auto"{lang}>{_lines(paragraph)}</p>'
        for paragraph in PARAGRAPH_BREAK.split(text.strip("\n"))
    )
    return with_masks_shown(html, masks)


def language_said(html: str) -> str:
    """What ``render`` was told of the language of ``html``, or read from its letters."""
    found = SAID.match(html)
    return found[1] if found else ""


def is_mostly_arabic(text: str) -> bool:
    """Whether more than half of the letters are Arabic ones."""
    letters = sum(1 for c in text if unicodedata.category(c)[0] == "L")
    return letters > 0 and 2 * len(ARABIC.findall(text)) > letters


def _lines(paragraph: str) -> str:
    return "<br>".join(_linked(line) for line in paragraph.split("\n"))


def _linked(line: str) -> str:
    parts: list[str] = []
    end = 0
    for found in LINK.finditer(line):
        address = found[0].rstrip(TRAILING)
        if len(address) <= len("https://") or address.endswith(SIGN):
            continue
        parts.append(escape(line[end : found.start()]))
        shown = escape(address)
        parts.append(f'<a href="{shown}" rel="ugc nofollow noopener">{shown}</a>')
        end = found.start() + len(address)
    parts.append(escape(line[end:]))
    return "".join(parts)
