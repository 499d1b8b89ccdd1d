"""Threats, and calls to violence against people.

A newspaper's readers write of war and murder all day: only what is said to someone
(« je vais te … ») or called for (« il faut les … ») counts; what is told does not.
"""

from collections.abc import Iterator

from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.insults import lexicon_match, reported
from moderation.rules.lexicon import Kind
from moderation.rules.match import Category, Match, Severity, Target
from moderation.rules.trace import Outcome
from moderation.rules.wordlists import word_set

_SPEAKERS = word_set("je j on nous")
_GOING = word_set("vais va allons irai viens viendrai vas veux voudrais aimerais")
_CALLS = word_set(
    "faut faudrait fallait faudra devrait devrions devraient doit doivent qu merite "
    "meritent meriterait meriteraient bon bonne bons bonnes temps faudrai devons"
)
_BETWEEN = word_set("tous toutes tout de d bien a juste vite un jour absolument y")
_YOU = word_set("te t vous toi")
_THEM = word_set("le la les l lui leur")
_IMPERATIVES = ("ez", "ons")
_REASONS = {
    Target.READER: ("menace adressée à quelqu’un", "a threat made to someone"),
    Target.PERSON: (
        "appel à la violence contre des personnes",
        "a call for violence against people",
    ),
}


class ThreatRule:
    """Ready-made threats of the lexicon, and its verbs of violence when called for."""

    name = "threat"
    version = 2

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each threat, from its first word to its last."""
        for hit in document.hits:
            if hit.entry.kind == Kind.THREAT:
                found = hit.first, hit.last, Target.NOBODY, hit.entry.severity
            elif hit.entry.kind == Kind.VIOLENCE:
                read = _said(document, hit) or _ordered(document, hit)
                if read is None:
                    document.note(hit, Outcome.NOT_AIMED)
                    continue
                found = read
            else:
                continue
            document.deadline.check()
            first, last, target, severity = found
            if reported(document, hit, first):
                continue
            french, english = _REASONS.get(target, _REASONS[Target.PERSON])
            if hit.entry.note and hit.entry.kind == Kind.THREAT:
                french = hit.entry.note
            yield lexicon_match(
                document,
                hit,
                rule=(self.name, self.version),
                category=Category.THREAT,
                first=first,
                last=last,
                severity=severity,
                target=Target(hit.entry.target) or target,
                reasons=([french], [english]),
            )


_Found = tuple[int, int, Target, Severity]


def _said(document: Document, hit: Hit) -> _Found | None:
    """« je vais te … », « on va vous … », « il faut les … », « qu’on le … »."""
    words = document.words
    at = hit.first - 1
    whom = ""
    for _ in range(4):
        if at < 0 or not document.joined(at):
            return None
        word = words[at]
        if word in _YOU | _THEM and not whom:
            whom = word
        elif word not in _BETWEEN or (word == "a" and document.as_written(at) == "a"):
            break  # « on a la crève »
        at -= 1
    if at < 0 or not whom:
        return None
    to_you = whom in _YOU
    subject = words[at - 1] if at > 0 and document.joined(at - 1) else ""
    if words[at] in _GOING and (subject in _SPEAKERS or words[at] in {"vais", "irai"}):
        return _found(at - (subject in _SPEAKERS), hit.last, to_you=to_you, direct=True)
    if words[at] in _SPEAKERS and words[at - 1 : at] == ["qu"]:
        return _found(at - 1, hit.last, to_you=to_you, direct=False)
    if words[at] in {"je", "j"} and to_you:
        return _found(at, hit.last, to_you=True, direct=True)
    if words[at] in _CALLS and (words[at] != "qu" or subject == "a"):  # « y a qu’à … »
        return _found(at, hit.last, to_you=to_you, direct=False)
    return None


def _ordered(document: Document, hit: Hit) -> _Found | None:
    """« pendez-les », « tuons-les »."""
    last = hit.last
    if not document.words[last].endswith(_IMPERATIVES) or not document.joined(last):
        return None
    if document.gap(last) == "-" and document.words[last + 1] in _THEM | {"moi"}:
        return _found(hit.first, last + 1, to_you=False, direct=False)
    return None


def _found(first: int, last: int, *, to_you: bool, direct: bool) -> _Found:
    if to_you:
        return first, last, Target.READER, Severity.HIGH
    return first, last, Target.PERSON, Severity.LOW if direct else Severity.MEDIUM
