"""Verbs that insult whoever is their object: « je t’emmerde », « allez vous faire … »."""

from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.lexicon import Tier
from moderation.rules.wordlists import word_set

_SPEAKERS = word_set("je j on nous")
_YOU = word_set("te t vous")
_THEM = word_set("le la les l lui leur")
_SELF = word_set("me m se s te t vous nous")
_GO = word_set("va vas allez aller aille ailles aillent allons iront ira irez iras")
_GOING = word_set("vais va allons viens vas")
_OWNED = word_set("ta ton tes vos votre sa son ses leur leurs la le les l")


def thrown_from(document: Document, hit: Hit) -> int | None:
    """The word where the insult begins, or None if the verb insults nobody here.

    « Ça m'emmerde » and « on s'emmerde » insult nobody.
    """
    words, at = document.words, hit.first - 1
    joined = document.joined(at)
    if joined and words[at] == "faire":
        return _sent_off(document, at)
    if joined and words[at] in _YOU | _THEM:
        subject = words[at - 1] if document.joined(at - 1) else ""
        whom = _YOU if hit.entry.tier == Tier.AIMED else _YOU | _THEM
        if subject in _SPEAKERS and words[at] in whom:
            return at - 1
        if subject in _GOING and words[at] in whom and words[at - 2] in _SPEAKERS:
            return at - 2  # « je vais te … »
        return None
    if joined and words[at] in {"j", "on"} and hit.entry.tier == Tier.ALWAYS:
        named = document.joined(hit.last) and words[hit.last].endswith("e")
        return at if named else None  # « j’emmerde le maire »
    opens = not joined or words[at] in {"et", "user"}
    if opens and hit.entry.tier == Tier.ALWAYS and document.joined(hit.last):
        ordered = words[hit.last].endswith(("e", "ez"))
        if ordered and words[hit.last + 1] in _OWNED | {"toi", "vous"}:
            return hit.first
    return None


def _sent_off(document: Document, at: int) -> int | None:
    """« va te faire … », « qu’ils aillent se faire … », « aller se faire … »."""
    words = document.words
    start = at - 1
    if not document.joined(start) or words[start] not in _SELF:
        return None
    go = start - 1
    if document.joined(go) and words[go] in {"tous", "toutes", "donc", "vite"}:
        go -= 1
    if document.joined(go) and words[go] in _GO:
        start = go
    elif words[start] not in {"te", "vous"} or document.joined(start - 1):
        return None
    return start
