"""Insults of the lexicon."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from moderation.rules.aim import aimed_from, coordinated_with
from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.lexicon import Entry, Kind, Tier
from moderation.rules.match import Category, Match, Severity, Target
from moderation.rules.mention import is_reported
from moderation.rules.names import is_name
from moderation.rules.targets import target_of
from moderation.rules.trace import Outcome
from moderation.rules.verbs import thrown_from
from moderation.rules.wordlists import word_set

_DEGREES = {
    Severity.LOW: ("mot dépréciatif", "mildly disparaging word"),
    Severity.MEDIUM: ("insulte", "insult"),
    Severity.HIGH: ("insulte grave", "grave insult"),
}
VARIANTS = {
    "leet": (
        "le mot est écrit avec des chiffres ou des signes à la place de lettres",
        "the word is written with digits or signs in place of letters",
    ),
    "masked": (
        "des lettres du mot sont masquées",
        "some letters of the word are masked",
    ),
    "separated": (
        "le mot est coupé par des signes",
        "the word is cut up by signs",
    ),
    "spaced": (
        "le mot est écrit lettre par lettre",
        "the word is written letter by letter",
    ),
    "repeated": (
        "des lettres du mot sont répétées",
        "some letters of the word are repeated",
    ),
    "respelled": ("le mot est orthographié autrement", "the word is respelled"),
    "reversed": (
        "le mot est écrit à l’envers ou en verlan",
        "the word is written backwards or in verlan",
    ),
    "swapped": (
        "deux lettres du mot sont interverties",
        "two letters of the word are swapped",
    ),
    "vowels": ("le mot est écrit sans ses voyelles", "the word lacks its vowels"),
    "turned": (
        "le mot est écrit avec des lettres retournées",
        "the word is written in turned letters",
    ),
}
_INSULTING = frozenset({Kind.INSULT, Kind.LABEL, Kind.FIGURE, Kind.VERB})
_SPECIES = frozenset({"espece", "especes", "bande"})
_TITLE_STARTS = word_set("le la les l un une des mon ma mes")
_BETWEEN = "\u00a0; "
_AIMED = ("visant quelqu’un", "aimed at someone")


class LexiconRule:
    """Insults, wherever they stand or only when aimed, as the lexicon says."""

    name = "lexicon"
    version = 2

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each insult, and for « espèce de … » whatever follows."""
        covered: set[int] = set()
        for match in self._in_lexicon(document):
            covered.update(range(match.start, match.end))
            yield match
        if not _SPECIES.isdisjoint(document.words):
            for match in self._thrown(document):
                if covered.isdisjoint(range(match.start, match.end)):
                    yield match

    def _in_lexicon(self, document: Document) -> Iterator[Match]:
        aimed: set[int] = set()  # the last words of terms that are aimed
        for hit in document.hits:
            if hit.entry.kind not in _INSULTING:
                continue
            if hit.first == hit.last and is_name(document, hit.first):
                document.note(hit, Outcome.NAME)
                continue
            document.deadline.check()
            if hit.entry.kind == Kind.VERB:
                start = thrown_from(document, hit)
            else:
                start = aimed_from(document, hit)
                if start is None and coordinated_with(document, hit, aimed):
                    start = hit.first
            if start is not None:
                aimed.add(hit.last)
            if start is None and (
                hit.entry.tier == Tier.AIMED or hit.entry.kind == Kind.VERB
            ):
                document.note(hit, Outcome.NOT_AIMED)
                continue
            first = hit.first if start is None else start
            if _of_oneself(document, hit):
                document.note(hit, Outcome.NOT_AIMED)
                continue
            if reported(document, hit, first):
                continue
            yield lexicon_match(
                document,
                hit,
                rule=(self.name, self.version),
                category=Category.INSULT,
                first=first,
                target=target_of(document, hit, first),
                reasons=_reasons(hit.entry, aimed=start is not None),
            )

    def _thrown(self, document: Document) -> Iterator[Match]:
        for at in range(len(document.words) - 2):
            if not _is_thrown(document, at):
                continue
            after = document.gap(at + 2).strip()
            if is_reported(
                document.folded.text,
                document.quotations,
                document.bounds[at][0],
                document.bounds[at + 2][1],
            ):
                continue
            called = at > 0 and document.gap(at - 1).strip() == ","
            if not (called or document.addresses_someone or after[:1] in {"!", ","}):
                continue
            start, end = document.span(at, at + 2)
            text = document.source[start:end]
            yield Match(
                rule=self.name,
                rule_version=self.version,
                category=Category.INSULT,
                severity=Severity.MEDIUM,
                start=start,
                end=end,
                text=text,
                explanation={
                    "fr": f"«\u00a0{text}\u00a0»\u00a0: tournure qui fait une insulte "
                    "du mot qui la suit, adressée à quelqu’un.",
                    "en": f"“{text}”: a turn of phrase that makes an insult of "
                    "the word after it, aimed at someone.",
                },
                term=f"{document.words[at]} de",
            )


def _is_thrown(document: Document, at: int) -> bool:
    """« Espèce de … » at the start of a clause that speaks to someone."""
    if document.words[at] not in _SPECIES or document.joined(at - 1):
        return False
    if not (document.joined(at) and document.words[at + 1] in {"de", "d"}):
        return False
    return document.joined(at + 1) and document.as_written(at + 2)[0].islower()


def _of_oneself(document: Document, hit: Hit) -> bool:
    """« Quel imbécile j'ai été »."""
    if not document.joined(hit.last):
        return False
    return document.words[hit.last + 1] in {"j", "je"} and (
        hit.first > 0 and document.words[hit.first - 1] in {"quel", "quelle"}
    )


def _reasons(entry: Entry, *, aimed: bool) -> tuple[list[str], list[str]]:
    severity = Severity.LOW if entry.tier == Tier.HINT else entry.severity
    french, english = _DEGREES[severity]
    reasons = [entry.note or french], [english]
    if aimed and entry.tier == Tier.AIMED:
        reasons[0][0] += f" {_AIMED[0]}"
        reasons[1][0] += f" {_AIMED[1]}"
    return reasons


def reported(document: Document, hit: Hit, first: int) -> bool:
    """Whether the words from ``first`` to the end of ``hit`` are quoted, not thrown."""
    if not document.may_report:
        return False
    start, end = document.bounds[first][0], document.bounds[hit.last][1]
    if not (
        is_reported(document.folded.text, document.quotations, start, end)
        or _is_in_title(document, first, hit.last)
    ):
        return False
    document.note(hit, Outcome.REPORTED)
    return True


def _is_in_title(document: Document, first: int, last: int) -> bool:
    """« “L'Imbécile de Paris” »: short, in capitals as titles are, nobody addressed."""
    start, end = document.bounds[first][0], document.bounds[last][1]
    at = bisect_right(document.quotations, (start, end)) - 1
    if at < 0 or document.quotations[at][1] < end:
        return False
    opens, closes = document.quotations[at]
    head = bisect_left(document.bounds, (opens, 0))
    words = bisect_left(document.bounds, (closes, 0)) - head
    return (
        2 <= words <= 7
        and document.words[head] in _TITLE_STARTS
        and document.as_written(head)[0].isupper()
        and document.as_written(last).istitle()
        and not set(document.folded.text[opens:closes]) & set("!?.")
    )


def lexicon_match(
    document: Document,
    hit: Hit,
    *,
    rule: tuple[str, int],
    category: Category,
    first: int,
    reasons: tuple[list[str], list[str]],
    last: int | None = None,
    severity: Severity | None = None,
    target: Target = Target.NOBODY,
) -> Match:
    """A match for words ``first`` to ``last`` (by default the hit's last word).

    ``reasons`` are French and English phrases, joined into one sentence each; how the
    word was disguised is added here.
    """
    start, end = document.span(first, hit.last if last is None else last)
    text = document.source[start:end]
    if severity is None:
        severity = Severity.LOW if hit.entry.tier == Tier.HINT else hit.entry.severity
    french, english = reasons
    if hit.variant:
        disguise = VARIANTS[hit.variant]
        french, english = [*french, disguise[0]], [*english, disguise[1]]
    lemma = hit.entry.text
    french_name, english_name = f"«\u00a0{lemma}\u00a0»", f"“{lemma}”"
    if text.isprintable() and text.casefold() != lemma.casefold():
        french_name = f"«\u00a0{text}\u00a0» (terme {french_name})"
        english_name = f"“{text}” (term {english_name})"
    return Match(
        rule=rule[0],
        rule_version=rule[1],
        category=category,
        severity=severity,
        start=start,
        end=end,
        text=text,
        explanation={
            "fr": f"{french_name}\u00a0: {_BETWEEN.join(french)}.",
            "en": f"{english_name}: {'; '.join(english)}.",
        },
        term=lemma,
        variant=hit.variant,
        target=target,
    )
