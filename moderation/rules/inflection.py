"""Derives the regular inflected forms of a lexicon entry."""

from collections.abc import Iterator

from moderation.rules.lexicon import Entry, Kind
from moderation.rules.wordlists import word_set

_FEMININES = (
    ("ard", "arde"), ("eur", "euse"), ("eux", "euse"), ("aud", "aude"), ("on", "onne"),
    ("ien", "ienne"), ("ain", "aine"), ("in", "ine"), ("ot", "ote"), ("if", "ive"),
    ("ant", "ante"), ("an", "ane"), ("ent", "ente"), ("ois", "oise"), ("ais", "aise"), ("é", "ée"),
    ("i", "ie"), ("u", "ue"), ("el", "elle"), ("al", "ale"),
)  # fmt: skip
_INFLECTED = frozenset(
    {
        Kind.INSULT,
        Kind.LABEL,
        Kind.FIGURE,
        Kind.EPITHET,
        Kind.NOUN,
        Kind.ADJECTIVE,
        Kind.DEMONYM,
        Kind.PUPPET,
        Kind.COMPOUND_TAIL,
        Kind.BELITTLER,
        Kind.ROLE,
        Kind.TYPE,
        Kind.NAME,
    }
)
_GENDERED = _INFLECTED - {Kind.NOUN, Kind.PUPPET, Kind.FIGURE, Kind.TYPE, Kind.NAME}
_VERB_ENDINGS = (
    "e", "es", "ez", "ent", "ons", "era", "erai", "erait", "eras", "erons", "eront",
    "é", "ée", "és", "ées",
)  # fmt: skip
_PLURAL_IN_ALS = word_set("bal carnaval chacal festival narval serval")
# Small words that never take a plural inside a phrase.
_INVARIABLE = word_set("de d du des à a au aux la le les l en ta ton tes sa son")


def forms_of(entry: Entry) -> frozenset[str]:
    """The lemma, its listed forms, and the regular forms of each.

    French: plural, and feminine by ending; in a phrase the first word, the last or
    both take the plural. English: plural. Other languages: as listed.
    """
    forms = {entry.text, *entry.forms}
    if entry.kind in {Kind.VERB, Kind.VIOLENCE} and entry.language == "fr":
        return frozenset(forms | {f for form in forms for f in _conjugated(form)})
    if entry.kind not in _INFLECTED or entry.language not in {"fr", "en"}:
        return frozenset(forms)
    if entry.language == "fr" and entry.kind in _GENDERED:
        forms |= {feminine for form in forms for feminine in _feminines(form)}
    return frozenset(forms | {p for form in forms for p in _plurals(form, entry)})


def _conjugated(form: str) -> Iterator[str]:
    """Forms of a verb in -er, first word of ``form``, that a threat or insult takes."""
    verb, *rest = form.split(" ")
    if not verb.endswith("er"):
        return
    for ending in _VERB_ENDINGS:
        yield " ".join([verb.removesuffix("er") + ending, *rest])


def _feminines(form: str) -> Iterator[str]:
    if " " in form or "-" in form:
        return
    for ending, feminine in _FEMININES:
        if form.endswith(ending) and len(form) > len(ending):
            yield form.removesuffix(ending) + feminine
            return


def _plurals(form: str, entry: Entry) -> Iterator[str]:
    if "'" in form or "’" in form:
        return
    words = form.replace("-", " ").split()
    if not words:
        return
    if len(words) == 1:
        yield _plural(form, entry.language)
        return
    last = [*words[:-1], _plural(words[-1], entry.language)]
    yield " ".join(last)
    if entry.language == "fr":
        yield " ".join([_plural(words[0], "fr"), *words[1:]])
        yield " ".join([_plural(words[0], "fr"), *last[1:]])


def _plural(word: str, language: str) -> str:
    if word.endswith(("s", "x", "z")) or word.lower() in _INVARIABLE:
        return word if language == "fr" else word + "es"
    if language == "fr" and word.endswith(("eau", "eu")):
        return word + "x"
    if language == "fr" and word.endswith("al") and word not in _PLURAL_IN_ALS:
        return word.removesuffix("al") + "aux"
    if language == "en" and word.endswith(("sh", "ch")):
        return word + "es"
    return word + "s"
