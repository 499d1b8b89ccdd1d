"""Contact details in a text that a moderator may want to mask: proposals, not flags."""

import re
from collections.abc import Iterable
from functools import cache

from comments.masking import Mask, MaskKind, settled
from moderation.engine import Engine
from moderation.models import Flag
from moderation.rules.match import Category

_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]){11,30}(?!\w)")
_GROUPS = re.compile(r"[ \u00a0\u202f]")
_LENGTHS = range(15, 35)
_MAYBE = re.compile(r"\d|@|arobase|[\[(]at[\])]", re.IGNORECASE)


def contact_spans(text: str, flags: Iterable[Flag] = ()) -> list[Mask]:
    """What of ``text`` gives contact details, whether or not the rule for them is on.

    With what ``flags`` of the category say, perhaps by an earlier version of the rule.
    """
    found = [
        Mask(flag.start, flag.end, _kind(flag.term))
        for flag in flags
        if flag.category == Category.CONTACT and flag.end <= len(text)
    ]
    if _MAYBE.search(text):
        found += [
            Mask(match.start, match.end, _kind(match.term))
            for match in _engine().screen(text).matches
        ]
    accounts = [
        Mask(*match.span(), MaskKind.IBAN.value)
        for match in _IBAN.finditer(text)
        if is_iban(match[0])
    ]
    apart = [
        mask
        for mask in found
        if all(mask.end <= each.start or each.end <= mask.start for each in accounts)
    ]
    return settled([*apart, *accounts], text)


def is_iban(written: str) -> bool:
    """Whether the check digits of an account number agree (ISO 13616, ISO 7064)."""
    number = _GROUPS.sub("", written)
    if len(number) not in _LENGTHS or not number.isascii():
        return False
    digits = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return int(digits) % 97 == 1


def _kind(term: str) -> str:
    return term if term in MaskKind.values else MaskKind.OTHER.value


@cache
def _engine() -> Engine:
    """The rule for contact details alone. It needs no lexicon."""
    return Engine((), only=("contact",))
