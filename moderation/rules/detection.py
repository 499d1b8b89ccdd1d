"""Tells the language of a text by its letters and its function words.

A comment may mix languages and be short: nothing is said of it unless several function
words agree. The lists hold words that one of these languages uses all the time and the
others hardly ever; « con » is Spanish and Italian, and what French readers call a fool.
"""

import re
from collections import Counter
from collections.abc import Sequence

from moderation.rules.folding import words_of
from moderation.rules.wordlists import word_set

_SCRIPTS = (
    ("ar", "\u0600", "\u06ff"),
    ("he", "\u0590", "\u05ff"),
    ("hy", "\u0530", "\u058f"),
    ("ru", "\u0400", "\u04ff"),
    ("el", "\u0370", "\u03ff"),
    ("zh", "\u4e00", "\u9fff"),
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("hi", "\u0900", "\u097f"),
)
_OWN_SCRIPT = re.compile(
    "[{}]".format("".join(f"{first}-{last}" for _, first, last in _SCRIPTS))
)
_FUNCTION_WORDS = {
    "fr": word_set(
        "le la les un une des du et est que qui dans pour pas sur avec ce cette ces il elle "
        "ils nous vous je tu ne se au aux son sa ses mais ou sont par plus on c l d n qu j s "
        "ont etre avoir fait comme tout tous bien leur meme aussi si y a en de"
    ),
    "en": word_set(
        "the and is are was were of to in that it you he she they this with not have has "
        "for be will would what who from but your his her their there which can all if do"
    ),
    "es": word_set(
        "el los las que de y es en por una para del se lo como pero sus al muy esta "
        "este son porque hay mas no su si yo cuando todo ya"
    ),
    "it": word_set(
        "il che di e non per una sono del della dei gli le lo anche piu questo come "
        "ma nel alla si ha da ci io loro essere cosi"
    ),
    "de": word_set(
        "der die das und ist nicht ein eine zu den dem mit von auf fur sich auch wir ich "
        "sie es im des als wie aber werden noch wird sind hat oder"
    ),
    "pt": word_set(
        "o os as que de e em um uma para com nao por mais se do da dos das ao na no sua "
        "como mas foi sao tem muito voce ele isso"
    ),
    "nl": word_set(
        "de het een en van is dat niet op te in zijn met voor er aan ook maar die om door "
        "naar wordt bij wel dit wij ik"
    ),
    "tr": word_set(
        "ve bir bu da de icin ile cok ne gibi daha var olan olarak kadar ama degil mi ben "
        "biz siz onlar her sonra"
    ),
}
_ALL_FUNCTION_WORDS = frozenset().union(*_FUNCTION_WORDS.values())
_FEWEST = 2  # function words that must agree before a language is named


def detected(words: Sequence[str], source: str) -> tuple[str, ...]:
    """Languages of a text, the likeliest first; ``words`` are folded.

    A script of its own tells at once; among languages in Latin letters, the shares of
    their function words.
    """
    letters: Counter[str] = Counter()
    if not source.isascii():
        for char in _OWN_SCRIPT.findall(source):
            letters[_script(char)] += 1
    # Folded, the Russian « не » would be the English « he ».
    latin_words = words_of(_OWN_SCRIPT.sub(" ", source)) if letters else words
    said = _ALL_FUNCTION_WORDS.intersection(latin_words)
    counts = {name: len(said & own) for name, own in _FUNCTION_WORDS.items()}
    most = max(counts.values())
    latin = [
        language
        for language, count in sorted(counts.items(), key=lambda item: -item[1])
        if count >= _FEWEST and count * 2 > most
    ]
    scripts = [language for language, count in letters.most_common() if count >= 3]
    if letters and sum(letters.values()) * 2 > sum(map(len, words)):
        return (*scripts, *latin)
    return (*latin, *scripts)


def _script(char: str) -> str:
    return next(name for name, first, last in _SCRIPTS if first <= char <= last)
