"""Whom an insult hits, where the words around it tell."""

from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.lexicon import Kind
from moderation.rules.match import Target
from moderation.rules.wordlists import word_set

_YOU = word_set("tu t te toi vous votre vos ton ta tes es etes you your")
_PRESS = word_set(
    "journaliste journalistes journal journaux redacteur redactrice redacteurs redaction "
    "presse media medias editorialiste editorialistes pigiste pigistes chroniqueur "
    "chroniqueuse chroniqueurs plumitif plumitifs reporter reporters"
)
_THESE = word_set("ces les des tous toutes bande bandes tas ramassis")
_HE = word_set("il elle lui celui celle ce cet cette ils elles eux est etait sera fut")
_OF_OTHERS = frozenset({Kind.NAME, Kind.NOUN, Kind.PUPPET, Kind.ROLE, Kind.EPITHET})
_REACH = 5  # words before the insult, and after it


def target_of(document: Document, hit: Hit, first: int) -> Target:
    """Whom ``hit`` hits, its aimed phrase starting at word ``first``.

    The reader if the words before speak to someone, the press if they name it, else a
    group or a person by number; nobody if nothing tells.
    """
    if hit.entry.target:
        return Target(hit.entry.target)
    words, sentences = document.words, document.sentences
    here = sentences[hit.first]
    low = max(0, first - _REACH)
    before = [words[at] for at in range(low, first) if sentences[at] == here]
    last = min(len(words), hit.last + 1 + _REACH)
    after = [words[at] for at in range(hit.last + 1, last) if sentences[at] == here]
    if not _PRESS.isdisjoint(before) or not _PRESS.isdisjoint(after):
        return Target.JOURNALIST
    if not _YOU.isdisjoint(before):
        return Target.READER
    if not before and hit.entry.kind not in _OF_OTHERS and document.addresses_someone:
        return Target.READER
    inside = words[first : hit.first]
    if not _THESE.isdisjoint(before[-2:] + inside):
        return Target.GROUP
    if "sont" in before:
        return Target.GROUP
    if not _HE.isdisjoint(before + after[:1]) or _names_someone(document, low, first):
        return Target.PERSON
    if hit.entry.kind in _OF_OTHERS:
        return Target.PERSON
    return Target.READER if document.speaks_at(hit.first) else Target.NOBODY


def _names_someone(document: Document, low: int, first: int) -> bool:
    """Whether a name in the middle of the sentence stands before the insult."""
    return any(
        document.as_written(at).istitle() and document.joined(at - 1)
        for at in range(max(1, low), first)
    )
