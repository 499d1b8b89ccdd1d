"""Comparisons to a tyrant or to a type of literature and history.

« Un Franco en tongs », « le Tartuffe de Zgharta », « Madoff du Levant », « les talibans du
bio »: a famous name, or a fanatic's, made into a common noun (antonomasia).
"""

import re

from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.lexicon import Kind
from moderation.rules.wordlists import word_set

COMPARING = word_set(
    "un une notre votre nos vos nouvel nouveau nouvelle autre vrai vraie veritable "
    "authentique"
)
BEFORE_NAMES = COMPARING | word_set(
    "le la les l ce cet cette ces des du au aux quel quelle voici"
)
_OF = word_set("de du des d")
_OF_OR_IN = _OF | word_set("en aux au à")
_ARTICLES = word_set("la le les l")
_TIMES = word_set(
    "annees annee guerre epoque temps siecle debut fin jeunesse histoire livre film "
    "roman russie urss allemagne italie espagne rome antiquite terreur revolution"
)
_AUTHORS = word_set(
    "camus moliere racine corneille shakespeare verdi rossini mozart puccini chaplin "
    "hugo balzac flaubert zola herge rostand sartre giraudoux anouilh brecht goethe "
    "gounod bizet wagner jarry feydeau beaumarchais cocteau ionesco beckett marivaux "
    "comedie theatre opera scene serie spectacle tournee troupe "
    "compagnie representation tite suetone tacite visconti fellini welles kubrick scurati sorel canal arte netflix"
)
_NO_COMPLEMENTS = word_set(
    "son sa ses lui leur leurs mon ma notre nouveau plus meme retour passage cote fait "
    "loin pres cette ce ces tout tous moins tarascon meilleur meilleure"
)
# Where a fanatic would really be, or what he would really belong to.
_REALMS = word_set(
    "region regions ville villes province provinces pays nord sud est ouest frontiere "
    "frontieres groupe groupes camp camps village villages capitale vallee montagne "
    "montagnes mouvement gouvernement parti regime cite royaume siecle district mosquee armee "
    "reseau reseaux organisation branche delegation bureau monde secte temple eglise "
    "quartier ile zone zones territoire conseil centre desert coin cru foi"
)
_LOCAL = re.compile(
    r"municipal|local|regional|departemental|provincial|national|africain|arabe|tropical|"
    r"moderne|rouge|vert|rose|.{3,}(?:ois|ais)e?s?|.{3,}(?:ien|een)(?:ne)?s?"
)
_OWN_FIRST_NAMES = word_set(
    "adolf adolph adolphe heil alois eva paula klara angela herr chancelier fuhrer ligne "
    "pacte ordre anti pro quand avec contre sous apres avant selon comme pour chez entre "
    "depuis meme que si mais donc jeunesses jeunesse plutot comparer"
)
_BEFORE_OTHERS = word_set("de des les la le un une rue avenue boulevard place pont")
_PARTICLES = word_set("van von de del della di da dos el al ibn ben le la")
_OCCUPATION = word_set(
    "occupation vichy liberation resistance resistants maquis nazis guerre petain allemands "
    "1940 1941 1942 1943 1944 1945"
)
_TITLE = re.compile(r"[«“\"]\s*$")


def compared_to(document: Document, hit: Hit) -> tuple[int, int] | None:
    """The words of a comparison to the name ``hit``, or None if it is the man himself.

    « Le Staline des années trente » is; so is « le Tartuffe de Molière ».
    """
    if is_title(document, hit) or not _introduced(document, hit):
        return None
    words, last = document.words, hit.last
    comparing = document.joined(hit.first - 1) and words[hit.first - 1] in COMPARING
    alone = (hit.first, last) if comparing else None
    if not document.joined(last):
        return alone
    if _LOCAL.fullmatch(words[last + 1]):
        return hit.first, last + 1
    pointed = document.joined(hit.first - 1)
    links = _OF_OR_IN if pointed else _OF
    if document.as_written(last + 1).lower() not in links:
        return alone
    if not document.joined(last + 1):
        return alone
    end = last + 2
    if words[end] in _ARTICLES and document.joined(end):
        end += 1
    if _is_the_man_himself(document, end):
        return None
    while document.joined(end) and document.gap(end) == "-":  # « sous-préfecture »
        end += 1
    return hit.first, end


def _is_the_man_himself(document: Document, complement: int) -> bool:
    """« … de 1933 », « … de Camus », « … de Meryl Streep », « … en pensant »."""
    word = document.words[complement]
    if word[0].isdigit() or word in _TIMES | _AUTHORS | _NO_COMPLEMENTS:
        return True
    if word.endswith("ant") and document.words[complement - 1] == "en":
        return True
    if (
        document.words[complement - 1] in _ARTICLES
        and document.gap(complement - 1) == " "
    ):
        return False  # « ce Folamour de la Silicon Valley »
    after = complement + 1
    if document.joined(after) and document.words[after] in _PARTICLES:
        after += 1  # « d'Ivo van Hove »
    return (
        document.as_written(complement).istitle()
        and document.gap(complement) == " "
        and document.as_written(after)[0].isupper()
    )


def fanatic_of(document: Document, hit: Hit) -> tuple[int, int] | None:
    """« les ayatollahs du vélo »: a fanatic of something that has none."""
    words, last = document.words, hit.last
    if not document.joined(last) or words[last + 1] not in _OF:
        return None
    if hit.entry.text == "collabo" and not _OCCUPATION.isdisjoint(document.vocabulary):
        return None
    end = last + 2
    if not document.joined(last + 1):
        return None
    if words[end] in _ARTICLES and document.joined(end):
        end += 1
    if words[end] in _REALMS or not document.as_written(end)[0].islower():
        return None
    return hit.first, end


def surnamed(document: Document, hit: Hit) -> tuple[int, int] | None:
    """« Ursula Hitler »: a name that is not the tyrant's own before his surname."""
    at = hit.first - 1
    if hit.entry.text != "Hitler" or hit.first != hit.last:
        return None
    if not document.joined(at) or document.words[at] in _OWN_FIRST_NAMES:
        return None
    name = document.as_written(at)
    if len(name) < 3 or not name.istitle():
        return None
    if document.gap(at) != "-" and (
        not document.joined(at - 1) or document.words[at - 1] in _BEFORE_OTHERS
    ):
        return None  # « combien de Français Hitler … », « Quand Hitler … »
    if document.gap(at - 2).endswith("@"):
        return None  # « @lecteur Comparer Hitler … »
    return at, hit.last


def is_title(document: Document, hit: Hit) -> bool:
    """« “Caligula” de Camus »: the name alone between quotation marks."""
    return (
        _TITLE.search(document.gap(hit.first - 1)) is not None
        and document.gap(hit.last).lstrip()[:1] in {"»", "”", '"'}
        and document.as_written(hit.first)[0].isupper()
    )


def _introduced(document: Document, hit: Hit) -> bool:
    """Whether an article, a comma or the start of the text makes it a common noun."""
    at = hit.first - 1
    if document.joined(at):
        return document.words[at] in BEFORE_NAMES
    if hit.entry.kind != Kind.TYPE:
        return False  # « En 1933, Hitler … »
    return at < 0 or document.gap(at).strip().endswith((",", ":", "(", "-"))
