"""A picture's printed line: what it shows, then whose it is."""

import re

from newsroom.importer.page import Picture
from newsroom.importer.timestamps import printed_date

_AGENCIES = (
    "REUTERS|Reuters|AFP|AP|ANI|EPA|DPA|dpa|ANSA|EFE|TASS|UPI|SANA|NNA|IRNA|ISNA|MEHR|"
    "WAFA|ATS|APA|Belga|BELGA|Xinhua|XINHUA|SIPA|Sipa|MAXPPP|Maxppp|Keystone|KEYSTONE|"
    "Getty|GETTY|Sputnik|Ria Novosti|RIA|Anadolu|AA|Magnum|Bloomberg|Flickr|Wikimedia|"
    "Wikipédia|Wikipedia|Dalati|DR|D\\.R\\.|OLJ"
)
_PARTICLES = frozenset(("de", "du", "des", "el", "al", "von", "van", "et", "pour"))
_SOURCE = re.compile(
    rf"\(?(?:(?:{_AGENCIES})(?!\w)|©|\([cC]\)|[Cc]apture d[’']écran\b).*"
    r"|[^\W\d_a-z]{2,12}(?:/[^/]+){1,4}"  # an agency we do not know, and its people
)
_PHOTO = re.compile(
    r"\(?(?:[Pp]hotos?|[Cc]rédits?|[Ii]llustrations?|[Ss]ource|[Aa]rchives?)\b.*"
)
_BEFORE = re.compile(r"[.!?…»”\")\]]\s+|\s[-–—|]\s+|\s(?=©|\([^()]+\)\Z)")
_SLASHED = re.compile(rf"\s(?=(?:{_AGENCIES})\s?/\s?\S[^.]{{0,80}}\Z)")
_SHORTENED = re.compile(
    r"(?:\b\w|\b(?:MM|Mme|Mmes|Mlle|Dr|Pr|Me|St|Ste|Mgr|etc))\.\s+\Z"
)
_SENTENCE_END = re.compile(r"\w{2,}[.!?…]\s+\S")
LONGEST_CREDIT = 120
"""Code points."""


def split_credit(line: str) -> tuple[str | None, str | None]:
    """Return the caption and the credit of ``line``; either may be missing.

    The credit is what follows the caption's last sentence, if it has the form of one:
    an agency, « Photo … », « © … », or a person's name.
    """
    start = max(0, len(line) - LONGEST_CREDIT - 10)
    for match in (*_BEFORE.finditer(line, start), *_SLASHED.finditer(line, start)):
        caption, rest = line[: match.end()], line[match.end() :].strip()
        if _SHORTENED.search(caption[-10:]) or not _is_credit(rest):
            continue
        return caption.strip().rstrip("-–—| \u00a0"), rest
    return (None, line) if _is_credit(line, alone=True) else (line, None)


def picture(lines: list[str], *, src: str | None) -> Picture:
    """Read the lines printed below a picture: one, or caption and credit apart."""
    printed = " ".join(lines)
    halves = [split_credit(line) for line in lines]
    captions = [caption for caption, _credit in halves if caption]
    credits = [credit for _caption, credit in halves if credit]
    return Picture(
        line=printed or None,
        caption=" ".join(captions) or None,
        credit=" ".join(credits) or None,
        day=printed_date(printed),
        src=src,
    )


def _is_credit(text: str, *, alone: bool = False) -> bool:
    """Whether ``text`` names a source; ``alone``: where a caption might stand as well."""
    words = text.split()
    if not words or len(text) > LONGEST_CREDIT or _SENTENCE_END.search(text):
        return False
    if text.endswith(".") and len(words) > 6:  # rather the caption's next sentence
        return False
    if _SOURCE.fullmatch(text):
        return True
    if _PHOTO.fullmatch(text):
        return not alone or (len(words) <= 4 and not text.endswith("."))
    return not alone and _is_person(words)


def _is_person(words: list[str]) -> bool:
    names = [word for word in words if word not in _PARTICLES]
    return (
        2 <= len(names) <= 4
        and all(name[0].isupper() for name in names)
        and not words[-1].endswith((".", ",", ";", ":"))
    )
