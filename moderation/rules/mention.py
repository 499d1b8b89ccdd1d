"""Tells use from mention: an insult that is quoted or reported is not thrown."""

import re
from bisect import bisect_right
from collections.abc import Sequence

# Closed or, as in a text cut short, open to the end of its line. 400 characters at most.
_QUOTED = re.compile(
    r"«[^«»\n]{1,400}(?:»|$)|“[^“”\n]{1,400}(?:”|$)|\"[^\"\n]{1,400}(?:\"|$)"
    r"|(?<![\w'])'(?=[^'\n]{2,400}'(?!\w))[^'\n]{2,400}'",
    re.MULTILINE,
)
_REPORTING = re.compile(
    r"\b(?<!je )(?<!je vous )(?<!je te )(?<!je le )(?:"
    r"trait(?:er|e|es|ee|ees|ent|ait|aient|ant|ez)|qualifi\w{1,6}|insult\w{0,6}|"
    r"injur\w{0,6}|mots?|termes?|expressions?|appel(?:le|er|es|ee|ait|ant|ez)\w{0,2}|"
    r"surnomm\w{1,4}|dit|dire|dis(?:ent|ait|aient|ant)|(?:re)?repond\w{0,4}|"
    r"repet\w{1,5}|ecri(?:t|te|re|vait|vent)|lu|entend\w{0,4}|declar\w{1,4}|jug(?:e|ee)|"
    r"propos|phrases?|formules?|slogans?|pancartes?|banderoles?|tague?s?|inscriptions?|"
    r"hurl\w{1,5}|cri(?:e|ait|ant|er|aient|ent)|lanc(?:e|ait|ant|er|ent)|"
    r"balanc(?:e|ait|ant|er)|intitule\w{0,2}|titres?|romans?|films?|chansons?|pieces?|"
    r"said|says|called|calling|wrote)\b"
)
_SAYS = re.compile(
    rf"(?:{_REPORTING.pattern})(?:[^.,;!?\"«»“”()]{{0,30}}|[^.;!?\"«»“”()]{{0,50}}:)\s*$"
)
_SAID = re.compile(
    rf"[\s,]*(?:[\w']+,?[\s-]){{0,3}}(?:(?:{_REPORTING.pattern})|"
    r"(?:vient de|signifi\w{1,4}|designe\w{0,3}|veut dire)\b)"
)
_SPOKEN_OF = re.compile(
    r"\s(?:a|est|etait|fut|reste|restera|vaut|valait|signifie|designe|appartient)\b"
)
_IS_A_WORD = re.compile(
    r"\s(?:est entre|figure|vient d[eu]|signifie|designe|remonte|date d[eu]|s'ecrit)\b"
)
_STOPS = frozenset(",;:.!?")
_REACH = 90  # characters before a quotation for the words that report it
_NAMED = re.compile(
    r"\b(?:mots?|termes?|expressions?|insultes?|injures?|phrases?|formules?|soit|"
    r"affiches?|pancartes?|banderoles?|caricatures?|chansons?|romans?|livres?|films?|"
    r"pieces?|revues?|sketchs?|poemes?|operas?)\s*$"
)
_SAID_THAT = re.compile(
    r"\b(?:dit|disait|expliqu\w{1,4}|rappel\w{1,4}|declar\w{1,4}|ecri\w{1,5}|affirm\w{1,5}|estim\w{1,5}|jug\w{1,4}|"
    r"lanc\w{1,4}|repet\w{1,5}|trait(?:er?|ee?s?|ait|ant))\b[^.;!?«»“”\"]{0,90}"
    r"(?:\bqu[e'][^.;!?«»“”\"]{0,40}|\bd[e'] ?)$"
)
_USED = re.compile(
    r"\b(?:l[ea]|les|un|une|des|son|sa|ses|du|ton|votre|vos|ce|cet|cette|ces|quel|quelle|"
    r"sale|gros|grosse|pauvre|petit|vieux|vieille|espece de|bande de)\s*$"
)
_LONG_QUOTATION = (
    3  # words from which « le “ferme ta gueule, toi” » names what was said
)
_CALLED = re.compile(
    r"\b(?:trait|insult|qualifi|surnomm|appel)(?:er|e|es|ee|ees|ent|ait|aient|ant|ez|ie|iee|le|ler)\b"
    r"(?:\s[\w']{1,14}){0,3}?(?:\sd[e']\s?|\s(?=[«\"“]))"
)
_NAMES_SO = re.compile(
    r"(?<!\bje )(?<!\bj')(?<!\bon )(?<!\bvous )\bappell?(?:e|ent|ait|aient) $"
)
_CALLED_REACH = 90
_LISTED = re.compile(
    r"(?:(?:aussi )?(?:de |d')?[\w'-]+(?: [\w'-]+)?(?:,|\.| ou| et| /)\s?){0,4}"
    r"(?:aussi )?(?:traite\w{0,3} )?(?:de |d')?(?:[\w'-]+ ){0,1}[«\"“' ]*"
)
_THEY_SAY = re.compile(
    r"\b(?:il|elle|ils|elles|qui|celui-ci|certains|adversaires?) (?:m'|nous |lui |leur )?"
    r"(?:a |ont |avait |avaient |aurait )?(?:dit|disait|disent|ecrit|declar\w{1,3}|"
    r"affirm\w{1,5}|pretend\w{0,4}|repet\w{1,5}|racont\w{1,5}|souten\w{1,3}) "
    r"(?:alors |meme |partout |souvent )?qu[e'][^.;!?:]{0,50}$"
)
# « ne nous prenez pas pour des … » throws nothing at anybody
_TAKEN_FOR = re.compile(
    r"\b(?:prend\w{0,4}|prenn?\w{1,5}|pris\w{0,2}|pass\w{1,4})\b[^.;!?]{0,40}"
    r"\bpour (?:des?|un|une|les?|la) (?:\w+ )?$"
)
_THROWN = re.compile(r"\bje (?:te|vous|le|la|les) $")
_REPORTS = re.compile(
    r"[«“\"]|(?<!\w)'|trait|insult|qualifi|surnomm|appel|prend|prenn|prene|pris|pass|dit|"
    r"dis|ecri|declar|affirm|pretend|repet|racont|souten"
)
_MARKS = " «»“”\"'"


def quotations(text: str) -> list[tuple[int, int]]:
    """Places of the quotations of a folded text, marks included."""
    return [found.span() for found in _QUOTED.finditer(text)]


def may_report(text: str) -> bool:
    """Whether a word or a mark of the folded ``text`` could report what another said."""
    return _REPORTS.search(text) is not None


def is_reported(
    text: str, quoted: Sequence[tuple[int, int]], start: int, end: int
) -> bool:
    """Whether folded characters ``[start, end)`` are quoted, with a word that says so.

    Quotation marks alone are not enough: « sale "facho" » is an insult.
    """
    if (
        _is_called(text, start)
        or _THEY_SAY.search(text, max(0, start - 90), start)
        or _TAKEN_FOR.search(text, max(0, start - 70), start)
    ):
        return True
    at = bisect_right(quoted, (start, len(text))) - 1
    if at < 0 or not (quoted[at][0] <= start and end <= quoted[at][1]):
        return False
    opens, closes = quoted[at]
    before = text[max(0, opens - _REACH) : opens]
    if _NAMED.search(before) or _SAID_THAT.search(text, max(0, opens - 150), opens):
        return True
    if not before.strip() and _SPOKEN_OF.match(text, closes):
        return True  # « “Casse-toi” a coûté une amende »
    if before.rstrip()[-1:] in _STOPS and _IS_A_WORD.match(text, closes):
        return True  # « D'après le Robert, “boloss” est entré au dictionnaire »
    long = len(text[opens:closes].strip(_MARKS).split()) >= _LONG_QUOTATION
    if _USED.search(before):
        return long
    return _SAYS.search(before) is not None or _SAID.match(text, closes) is not None


def _is_called(text: str, start: int) -> bool:
    """« il m’a traité de … », « qualifiés de … et de … »."""
    if _NAMES_SO.search(text, max(0, start - 20), start):
        return True  # « Sartre appelle … ceux qui »
    low = max(0, start - _CALLED_REACH)
    for called in _CALLED.finditer(text, low, start):
        if _THROWN.search(text, max(0, called.start() - 9), called.start()):
            continue
        if _LISTED.fullmatch(text, called.end(), start):
            return True
    return False
