"""Tells a name from an insult of the same letters: « Marc Connard », « le FDP »."""

from moderation.rules.document import Document
from moderation.rules.wordlists import word_set

_VOWELS = set("AEIOUY")
_TITLES = word_set("m mm mme mlle mr monsieur madame maitre me dr")
_BEFORE_NAMES = word_set("de d a chez par pour avec entre vers dans en selon et")
_THROWING = [
    [word] for word in word_set("espece bande tas ramassis putain bougre traite")
]
_BEFORE_INSULTS = word_set("memes ces ce cette sale sales gros petit des espece bande")
_IN_PLACES = word_set("de du des la le les en sur sous saint sainte l d")
_FIRST_NAMES = word_set(
    "adele adrien agnes alain albert alex alexandre alexis alfred alice alphonse amelie "
    "anais andre andree anne antoine ariane arnaud arthur aurelie auguste baptiste barbara "
    "beatrice benjamin benoit bernard bertrand brigitte bruno camille carole caroline "
    "catherine cecile celine charles charlotte chantal christelle christian christine "
    "christophe claire claude claudine clement colette corinne damien daniel danielle david "
    "denis didier dominique edith edouard elie elisabeth elise emile emilie emma emmanuel "
    "eric estelle etienne eugene fabien fabrice felix fernand florence francis francois "
    "francoise franck fred frederic gabriel gaston genevieve georges gerard gilbert gilles "
    "guillaume guy gustave hassan helene henri herve hugo ines irene isabelle jacqueline "
    "jacques jean jeanne jerome joel joseph josephine julie julien juliette karim karine "
    "laurence laurent lea leon louis louise luc lucas lucie lucien lydie madeleine marc "
    "marcel margot marguerite maria marie marine martin martine mathieu maurice michel "
    "michele mireille monique mohamed nadia nathalie nicolas nicole noel odette olivier "
    "pascal patrice patrick paul pauline philippe pierre rachid raymond rene renee richard "
    "robert roger roland romain samir sandrine sebastien serge simon simone solange sophie "
    "stephane suzanne sylvain sylvie theo therese thierry thomas valerie veronique victor "
    "vincent virginie walid xavier yann yves yvette yvonne ziad"
)


def is_name(document: Document, word: int) -> bool:
    """A surname or a place by what stands before it, an acronym: « le FDP allemand »."""
    written = document.as_written(word)
    if len(written) <= 3 and written.isupper() and not _VOWELS & set(written):
        return (
            document.joined(word - 1)
            and document.words[word - 1] not in _BEFORE_INSULTS
            and not document.source.isupper()
        )
    if not written.istitle():
        return False
    if document.gap(word)[:1] == "-" and document.words[word + 1] in _IN_PLACES:
        return True
    if not word or document.gap(word - 1).strip(" .'"):
        return False
    before = document.words[word - 1]
    if before in _TITLES or (
        before in _FIRST_NAMES and document.as_written(word - 1).istitle()
    ):
        return True
    return (
        before in _BEFORE_NAMES
        and not written.endswith("s")
        and document.words[word - 2 : word - 1] not in _THROWING
        and document.as_written(word - 1).islower()
    )
