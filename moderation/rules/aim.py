"""Tells whether a term is aimed at someone: « espèce de … », « tu es un … », « ce … »."""

from moderation.rules import aim_words as said
from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.lexicon import Kind, Tier


def aimed_from(document: Document, hit: Hit) -> int | None:
    """The word where the aimed phrase starts, or None if the term is not aimed.

    « Pauvre con » starts at « pauvre »; « tu es un con » starts at « con ». A figure
    needs more than another insult: « ce porc » may be a pig, « espèce de porc » is not.
    """
    words = document.words
    start, at = hit.first, hit.first - 1
    if hit.entry.language in said.OTHER_MARKERS:
        markers = said.OTHER_MARKERS[hit.entry.language]
        return start if document.joined(at) and words[at] in markers else None
    scorn = False
    while at >= 0 and words[at] in said.ADJECTIVES and document.joined(at):
        if words[at] in said.SCORNFUL:
            scorn, start = True, at
        at -= 1
    figure = hit.entry.kind == Kind.FIGURE
    if scorn and not figure:
        return start
    if at < hit.first - 1 and hit.entry.kind == Kind.INSULT:  # « petit con »
        return None if is_denied(document, at - 1) else at + 1
    if at >= 0 and document.joined(at):
        aimed = _aimed_by(document, hit, at, start)
        if aimed is not None:
            return aimed
    if _such_follows(document, hit.last, figure=figure):
        return start
    if _is_vocative(document, start, hit.last, figure=figure):
        return start
    if _in_apposition(document, start, hit.last) or in_pointed_apposition(
        document, hit
    ):
        return start
    if figure and start > 1 and document.words[start - 2 : start] in said.HUSHED:
        return start  # « tais-toi bourricot »
    return start if hit.entry.kind == Kind.INSULT and _hurled(document, hit) else None


def coordinated_with(document: Document, hit: Hit, aimed: set[int]) -> bool:
    """« un lâche et un menteur », « bande de voleurs, de truands »: joined to one aimed.

    ``aimed`` are the last words of the terms found to be aimed before ``hit``.
    """
    words, at = document.words, hit.first - 1
    listed = False
    for _ in range(4):
        if at < 0:
            return False
        gap = document.gap(at).strip()
        if gap not in {"", ","}:
            return False
        listed = listed or gap == ","
        if at in aimed:
            return listed
        if words[at] not in said.LISTING:
            return False
        listed = listed or words[at] in {"et", "ou", "ni"}
        at -= 1
    return False


def _aimed_by(document: Document, hit: Hit, at: int, start: int) -> int | None:
    """Whether word ``at``, just before the term, aims it; then where that starts."""
    words = document.words
    if (
        words[at] in {"l", "d"}
        and document.gap(at) == "'"
        and words[at - 1] in said.ARTICLES
    ):
        at -= 1  # « un l'idiot »: an elision glued to hide the word
    word = words[at]
    before = words[at - 1] if at > 0 and document.joined(at - 1) else ""
    figure = hit.entry.kind == Kind.FIGURE
    if word in {"de", "d"}:
        if before in said.GATHERINGS and (
            not figure or _thrown(document, at - 1) or before in {"ramassis", "putain"}
        ):
            return at - 1
        if _called(words[max(0, at - 4) : at]):
            return start
    if (
        hit.entry.kind == Kind.INSULT
        and before in {"de", "d"}
        and document.joined(at - 2)
        and words[at - 2] in said.GATHERINGS
    ):
        return at - 2  # « espèce de lecteur idiot »
    if (
        hit.entry.kind in {Kind.INSULT, Kind.LABEL}
        and word in {"etre"} | said.LINKS | {"peu"}
        and {"faut", "fallait", "faudrait"} & set(words[max(0, at - 3) : at + 1])
    ):
        return start  # « il faut être idiot pour … »
    if hit.entry.kind == Kind.INSULT and word in said.NOUN_MARKERS:
        return None if is_denied(document, at - 1) else start
    if word == "des" and before in {"tous", "toutes"}:
        return start
    if before == "de" and word in {"la", "l"}:
        aimed = _after_copula(
            document, at - 2, hit.last, article=True, kind=hit.entry.kind
        )
        return start if aimed else None
    if (
        word in said.DEFINITE
        and hit.entry.kind == Kind.LABEL
        and document.joined(hit.last)
        and words[hit.last + 1] == "qui"
    ):
        return start  # « l'andouille qui … »
    if (
        before in said.GREETINGS
        and word in said.DEFINITE
        and not document.joined(at - 2)
    ):
        return start  # « Bonjour le … »
    if word in said.THESE or word in said.DEFINITE:
        if _role_follows(document, hit.last):
            return start
        if before in said.YOU and word in said.DEFINITE:
            return start
        if hit.entry.kind == Kind.EPITHET and _name_follows(document, hit):
            return start
        if word in said.THESE and (
            not figure or (before == "moi" and words[at - 2] in said.LOOK)
        ):
            return start  # « regardez-moi ce blaireau »
        return start if _acts_as_people_do(document, hit) else None
    if word in said.QUELS:
        return start if not figure or _exclaims(document, hit.last) else None
    article = word in said.ARTICLES
    if article and _acts_as_people_do(document, hit):
        return start  # « un fumier a versé de l'huile »
    if article and _role_follows(document, hit.last):
        return start  # « un clown d'ambassadeur »
    if article and at < hit.first - 1 and _these_follow(document, hit.last):
        return start  # « une vraie vipère cette avocate »
    if article:
        at -= 1
    return (
        start
        if _after_copula(document, at, hit.last, article=article, kind=hit.entry.kind)
        else None
    )


def _acts_as_people_do(document: Document, hit: Hit) -> bool:
    """« ce blaireau a voté la taxe »: a deed that no animal and no thing does.

    Of a figure, only of an animal or a thing: « cette brute a frappé son voisin ».
    """
    last = hit.last
    if hit.entry.kind == Kind.FIGURE and not any(
        h.entry.kind == Kind.NOUN for h in document.hits_at[hit.first]
    ):
        return False
    if not document.joined(last):
        return False
    following = document.words[last + 1 : last + 8]
    if following[0] in said.FATES and not said.JUSTICE.isdisjoint(following):
        return True  # « ce fumier finira devant la cour d'assises »
    if following[0] in said.HAVE and document.joined(last + 1):
        return following[1] in said.DEEDS_DONE
    return following[0] in said.DEEDS


def _after_copula(
    document: Document, at: int, last: int, *, article: bool, kind: str
) -> bool:
    """« tu es un … », « n'est qu'un … », « il est … »."""
    words = document.words
    only = negated = False
    for _ in range(3):
        if at < 0 or words[at] not in said.LINKS or not document.joined(at):
            break
        only = only or words[at] in {"qu", "que"}
        negated = negated or words[at] in {"pas", "rien", "plus"}
        at -= 1
    if negated and not only:
        return False
    if at < 0 or words[at] not in said.COPULAS or not document.joined(at):
        return False
    if words[at] == "t" and "'" in document.gap(at):
        return False
    you = words[at] in said.YOU_ARE
    if kind == Kind.FIGURE:
        if article and (you or only or _is_someone(document, at - 1)):
            return True
        closes = document.gap(last).strip()[:1] in set(
            ",.;!?…)"
        ) or not document.joined(last)
        pronoun = document.joined(at - 1) and words[at - 1] in said.HE_OR_THEY
        return article and closes and pronoun
    if article or you:
        return True
    if at == 0 or kind == Kind.LABEL:
        return False
    subject = document.as_written(at - 1)
    return words[at - 1] in said.SUBJECTS or (len(subject) > 1 and subject[0].isupper())


def _is_someone(document: Document, at: int) -> bool:
    """Whether the subject that ends at word ``at`` is a person by its name of a role."""
    words = document.words
    for back in range(at, max(-1, at - 5), -1):
        if not document.joined(back):
            return False
        if words[back] in said.ROLES | said.PEOPLE or any(
            h.entry.kind == Kind.ROLE for h in document.hits_at.get(back, ())
        ):
            return True
        if words[back] in {"qui", "que", "est", "sont"}:
            return False
    return said.PLURAL_PEOPLE.fullmatch(words[at]) is not None


def _in_apposition(document: Document, first: int, last: int) -> bool:
    """« Dupont, dinosaure mafieux, s'accroche »: between commas, after somebody."""
    if first < 1 or document.gap(first - 1).strip() != ",":
        return False
    if not _is_somebody(document, first - 1):
        return False
    for at in range(last, min(last + 3, len(document.words))):
        gap = document.gap(at).strip()
        if gap:
            return gap[0] in ",.;)"
    return False


def _is_somebody(document: Document, word: int) -> bool:
    """Whether ``word`` is a name or a role."""
    named = document.as_written(word).istitle() and len(document.words[word]) > 2
    return named or document.words[word] in said.ROLES | said.PEOPLE


def in_pointed_apposition(document: Document, hit: Hit) -> bool:
    """« Le proviseur, ce kapo, fait fouiller les sacs »: after a comma and « ce »."""
    at = hit.first - 1
    if not document.joined(at) or document.words[at] not in said.THESE:
        return False
    if at < 1 or document.gap(at - 1).strip() != ",":
        return False
    if hit.entry.kind == Kind.FIGURE and not _is_somebody(document, at - 1):
        return False  # « le thon, ce boudin »
    after = document.gap(hit.last).strip()
    return hit.last == len(document.words) - 1 or after[:1] in set(",.;!?…)")


def _hurled(document: Document, hit: Hit) -> bool:
    """« T'as rien compris débile », « tes attardé »: no article, as one speaks.

    « Une réponse idiote », « il est resté con » say how something is instead.
    """
    if not document.addresses_someone:
        return False
    words, at = document.words, hit.first - 1
    if not document.joined(at):
        return False
    if words[at] == "tes" and not words[hit.last].endswith(("s", "x")):
        return True
    if not _closes_clause(document, hit.last) or words[at] in said.SAYS_HOW:
        return False
    if words[at] in said.PRONOUNS:
        return True
    if document.joined(at - 1) and words[at - 1] in said.DETERMINERS:
        # Nouns that agree: « des questions idiotes »; « les murs débile » do not
        return words[at].endswith("s") != words[hit.last].endswith("s")
    return True


def _closes_clause(document: Document, last: int) -> bool:
    """Whether the clause ends at word ``last``, or goes on as only speech does."""
    if not document.joined(last):
        return True
    return document.words[last + 1] in said.AFTER_CALLING


def is_denied(document: Document, at: int) -> bool:
    """« je suis un … », « ce n'est pas un … »: before the article of the term."""
    words = document.words
    while document.joined(at) and words[at] in said.ADVERBS:
        at -= 1
    if at < 0 or not document.joined(at):
        return False
    if words[at] in said.I_AM:
        return True
    if words[at] == "comme" and not {"je", "j"}.isdisjoint(words[max(0, at - 4) : at]):
        return True  # « je parle comme une … »
    if words[at] == "ni":
        return True
    return words[at] in {"pas", "plus"} and words[at - 1] in said.COPULAS


def _thrown(document: Document, at: int) -> bool:
    """Whether « espèce » or « bande » opens a clause: « une espèce de … » does not."""
    if document.speaks_at(at):
        return True
    return not document.joined(at - 1) or document.words[at - 1] in said.BEFORE_THROWING


def _called(words: list[str]) -> bool:
    """« traiter quelqu'un de … »."""
    return any(w.startswith("trait") and len(w) <= 9 for w in words)


def _such_follows(document: Document, last: int, *, figure: bool) -> bool:
    """« une ordure pareille », « un idiot fini », « ignorant de merde »."""
    if not document.joined(last):
        return False
    following = document.words[last + 1 : last + 4]
    if following[:2] == ["de", "merde"] or tuple(following) in said.THAT_YOU_ARE:
        return True
    if following[:1] == ["qui"] and _acts_on_us(following):
        return True
    if following[:1] == ["comme"] and following[1:2] and following[1] in said.YOU:
        return True  # « un mollusque comme vous »
    if not figure and any(
        h.entry.kind == Kind.BELITTLER_AFTER and h.entry.tier == Tier.ALWAYS
        for h in document.hits_at.get(last + 1, ())
    ):
        return True  # « harpie de cabinet »
    return document.joined(last) and document.words[last + 1] in said.SUCH


def _acts_on_us(following: list[str]) -> bool:
    """« le guignol qui nous sert de maire », « l'enflure qui dirige l'usine »."""
    if following[1:2] and following[1] in said.US:
        return following[2:3] != [] and following[2] in said.RULES_US
    return following[1:2] != [] and following[1] in said.RULES


def _role_follows(document: Document, last: int) -> bool:
    """« cette andouille de ministre », « ce bouffon de Macron »."""
    if not document.joined(last) or document.words[last + 1] not in {"de", "d"}:
        return False
    if not document.joined(last + 1):
        return False
    return document.words[last + 2] in said.ROLES or any(
        h.entry.kind == Kind.ROLE for h in document.hits_at.get(last + 2, ())
    )


def _name_follows(document: Document, hit: Hit) -> bool:
    """« la harpie Rousseau », « le guignol Dupont »."""
    if document.gap(hit.last) != " " or document.source.isupper():
        return False
    return document.as_written(hit.last + 1).istitle()


def _exclaims(document: Document, last: int) -> bool:
    """« quel porc ! », « quel âne ce ministre »."""
    gap = document.gap(last).strip()
    return gap.startswith("!") or _these_follow(document, last)


def _these_follow(document: Document, last: int) -> bool:
    """« quelle girouette, cet élu », « …, le préfet »: who is meant comes after."""
    after = document.words[last + 1 : last + 3]
    gap = document.gap(last).strip()
    if not after or gap not in {"", ","}:
        return False
    if after[0] in said.THESE:
        return True
    named = gap == "," and after[0] in said.DEFINITE and after[-1] in said.ROLES
    return named and not document.joined(last + 2)


def _is_vocative(document: Document, first: int, last: int, *, figure: bool) -> bool:
    """Whether the term stands alone between marks, in a text that speaks to someone."""
    if first == last and document.words[first] in said.INTERJECTIONS:
        return False
    before = document.gap(first - 1).strip() if first else ""
    after = document.gap(last).strip()
    at_start = first == 0 or (bool(before) and before[-1] in ".!?…")
    opens = at_start or (bool(before) and before[-1] in said.CLAUSE_MARKS)
    at_end = last == len(document.words) - 1
    if document.joined(last) and document.words[last + 1] == "va":  # « abruti, va »
        at_end = last + 2 == len(document.words)
    closes = at_end or (bool(after) and after[0] in said.CLAUSE_MARKS)
    if not (opens and closes):
        return False
    if document.words[first] in said.SCORNFUL and first < last:
        return True
    if at_start and after.startswith("!"):
        return True
    return document.addresses_someone and (at_start or at_end or not figure)
