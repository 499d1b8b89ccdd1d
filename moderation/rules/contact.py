"""Contact details: telephone numbers, e-mail addresses, postal addresses."""

import re
from collections.abc import Iterator

from moderation.rules.document import Document
from moderation.rules.match import Category, Match, Severity
from moderation.rules.wordlists import word_set

_SEP = r"[ .\u00a0\u202f/-]?"
# National numbers with their trunk prefix, or any number in international form.
_PHONE = re.compile(
    rf"(?<![\w+.,/-])(?!\d\d[./-]\d\d[./-](?:19|20)\d\d\b)(?:"  # no date
    rf"\+\d{{1,3}}(?:{_SEP}\(?\d{{1,4}}\)?){{2,6}}"  # +33 6 12 34 56 78, +961 3 123 456
    rf"|00(?:33|32|41|961|1|212|213|216|221){_SEP}\d(?:{_SEP}\d){{6,10}}"
    rf"|0[1-9](?:{_SEP}\d{{2}}){{4}}"  # France: 06 12 34 56 78
    rf"|0[13-9]\d?{_SEP}\d{{3}}{_SEP}\d{{3}}"  # Lebanon: 03 123 456, 071 123 456
    rf"|(?:7[01689]|81)[/-]\d{{3}}{_SEP}\d{{3}}"  # 71/123456
    rf"|0[2-9]\d?{_SEP}\d{{3}}(?:{_SEP}\d{{2}}){{2}}"  # Brussels, Switzerland
    rf"|0[1-9]\d(?:{_SEP}\d{{2}}){{3}}"  # Belgium: 081 12 34 56
    rf"|04\d\d{_SEP}\d{{3}}{_SEP}\d{{3}}"  # 0475 123 456
    rf"|(?:1[ .-])?\(?[2-9]\d{{2}}\)?[ .-]\d{{3}}[ .-]\d{{4}}"  # North America: 514 555-0123
    rf")(?![\w-]|[.,]\d)"
)
_AT = re.compile(r"@|\[at\]|\(at\)|\[arobase\]|\barobase\b", re.IGNORECASE)
_BEFORE_AT = re.compile(r"[\w.+-]{1,64}\s?$")
_AFTER_AT = re.compile(
    r"\s?[\w-]{1,63}(?:(?:\.|\s?\[dot\]\s?|\s?\(dot\)\s?|\spoint\s)[a-z0-9-]{2,63}){1,4}",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?<!\w)\d{1,4}(?i:(?:\s?(?:bis|ter|quater))?,?\s(?:rue|avenue|av\.|boulevard|bd|bld|"
    r"impasse|allée|allee|chemin|place|quai|cours|route|square|villa|passage)\s"
    r"(?:(?:de|du|des|la|le|les|l['’]|d['’])\s?){0,3}[A-ZÀ-Ý][\w’'-]+)"
    r"(?:[\s-][A-ZÀ-Ý][\w’'-]+){0,4}(?:,?\s\d{5}(?:\s[A-ZÀ-Ý][\w’'-]+)?)?"
)
_ISBN = re.compile(r"97[89][ -]\d{1,5}[ -]$")
_SORTS = {
    "phone": ("Numéro de téléphone", "Telephone number"),
    "email": ("Adresse électronique", "E-mail address"),
    "address": ("Adresse postale", "Postal address"),
}
_LIVES = re.compile(
    r"\b(?:habite|habitent|vit|loge|demeure|domicile|adresse|chez lui|chez elle|"
    r"vient me voir|venez)\b"
)
_DWELLING = word_set(
    "habite habitent vit loge demeure domicile adresse chez vient venez"
)
_FEWEST_DIGITS = 7  # of a telephone number
_REACH = 80


class ContactRule:
    """Details by which a person could be found or called."""

    name = "contact"
    version = 2

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each telephone number and address.

        A street address counts where the text says that someone lives there: a
        newspaper's articles, and its readers, name public places all day.
        """
        source = document.source
        for start, end, sort in (*_numbers(document), *_emails(source)):
            french, english = _SORTS[sort]
            yield Match(
                rule=self.name,
                rule_version=self.version,
                category=Category.CONTACT,
                severity=Severity.MEDIUM,
                start=start,
                end=end,
                text=source[start:end],
                explanation={
                    "fr": f"{french}\u00a0: les coordonnées ne se publient pas.",
                    "en": f"{english}: contact details are not published.",
                },
                term=sort,
            )


def _numbers(document: Document) -> Iterator[tuple[int, int, str]]:
    """Telephone numbers and street addresses: what holds digits."""
    source = document.source
    digits = sum(map(source.count, "0123456789"))
    for found in _PHONE.finditer(source) if digits >= _FEWEST_DIGITS else ():
        document.deadline.check()
        if not _ISBN.search(source, max(0, found.start() - 10), found.start()):
            yield (*found.span(), "phone")
    if not digits or _DWELLING.isdisjoint(document.vocabulary):
        return
    for found in _STREET.finditer(source):
        document.deadline.check()
        if _says_who_lives_there(document, found):
            yield (*found.span(), "address")


def _emails(source: str) -> Iterator[tuple[int, int, str]]:
    """E-mail addresses, found from their at sign outwards."""
    read = 0
    lowered = source.lower()
    if not (
        "@" in source or "arobase" in lowered or "at]" in lowered or "at)" in lowered
    ):
        return
    for at in _AT.finditer(source):
        before = _BEFORE_AT.search(source[max(read, at.start() - 65) : at.start()])
        after = _AFTER_AT.match(source, at.end()) if before else None
        read = after.end() if after else at.end()
        if before and after:
            yield at.start() - len(before[0]), after.end(), "email"


def _says_who_lives_there(document: Document, found: re.Match[str]) -> bool:
    around = document.source[max(0, found.start() - _REACH) : found.end() + _REACH]
    return _LIVES.search(around.lower()) is not None
