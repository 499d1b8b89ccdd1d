"""Small words that show whether a term is aimed at someone, by the part they play."""

import re

from moderation.rules.wordlists import word_set

# What aims a term of another language, standing before it.
OTHER_MARKERS = {
    "en": word_set(
        "you a an the this these those that such what fucking bloody stupid dumb "
        "absolute are is were"
    ),
    "ar": word_set("يا انت انتي انتو انتم ابن بنت ولاد اولاد هال"),
}
SCORNFUL = word_set(
    "sal sale sales pauvre pauvres gros grosse grosses vieux vieille vieilles foutu foutue "
    "foutus foutues sombre sombres horrible horribles ignoble ignobles affreux affreuse "
    "gro abominable abominables satane satanee satanes fichu fichue sacre sacree sacres immonde infame putain espece "
    "fieffe fieffee fieffes parfait parfaite parfaits pov pauv"
)
ADJECTIVES = SCORNFUL | word_set(
    "petit petite petits petites grand grande grands vrai vraie vrais belle beau bel "
    "jeune jeunes simple simples veritable veritables enorme bon bonne vulgaire "
    "vulgaires triste tristes seul seule seuls seules double triple cher chere chers cheres"
)
GATHERINGS = word_set(
    "espece especes bande bandes tas ramassis putain bougre bougres troupeau horde assemblee cohorte "
    "clique meute brochette paquet colonie"
)
QUELS = word_set("quel quelle quels quelles")
BEFORE_THROWING = QUELS | word_set(
    "salut bonjour bonsoir allez ah oh eh he hey merci bravo adieu tiens et mais belle "
    "sacree sale putain user"
)
THESE = word_set("ce cet cette ces c't")
ARTICLES = word_set("un une des")
DEFINITE = word_set("l le la les")
NOUN_MARKERS = word_set("un une des le la les l du au aux de d deux trois quatre autre")
YOU_ARE = word_set(
    "es etes sois soyez seras serez etais etiez t deviens devenez restes"
)
COPULAS = YOU_ARE | word_set(
    "est sont sera seront etait etaient etre reste restent devient"
)
SUBJECTS = word_set("tu vous il elle ils elles on t lui eux toi")
LINKS = word_set(
    "vraiment donc bien qu que juste toujours pas rien plus aussi tous toutes tout "
    "si trop tellement completement totalement franchement assez tres"
)
YOU = word_set("toi vous eux lui")
ROLES = word_set(
    "ministre maire depute deputee senateur senatrice president presidente prefet "
    "journaliste journalistes redacteur voisin voisine patron juge flic flics prof "
    "professeur instituteur avocat elu elue elus politicien politiciens ministres "
    "prefet prefete rectrice recteur bourgmestre gouverneur deputes speculateur proprietaire directeur chef conseiller banquier lecteur "
    "commentateur internaute moderateur arbitre entraineur cure eveque"
)
ADVERBS = word_set(
    "vraiment grave carrement completement juste bien donc encore toujours aussi trop qu que"
)
I_AM = word_set("suis sommes jsuis chuis chui jui jsui jetais")
PEOPLE = word_set(
    "type types mec mecs gars individu individus bonhomme monsieur dame nana fille femme "
    "homme hommes gens personne lui eux toi moderatrice chroniqueur chroniqueuse "
    "editorialiste auteur auteure autrice correspondant pigiste presentateur animateur"
)
LISTING = word_set("et ou ni un une des de d la le les l sale sales")
HE_OR_THEY = word_set("il elle ils elles")
HUSHED = [["tais", "toi"], ["taisez", "vous"], ["casse", "toi"], ["calme", "toi"]]
SUCH = word_set(
    "pareil pareille pareils pareilles fini finie finis congenital congenitale "
    "congenitaux patente patentee notoire integral integrale ambulant ambulante"
)
PRONOUNS = word_set("toi moi lui eux vous nous ici la hein quoi")
DETERMINERS = word_set(
    "le la les l un une des du de d au aux ce cet cette ces mon ma mes ton ta tes son sa "
    "ses notre nos votre vos leur leurs quel quelle quels quelles quelque plusieurs deux"
)
SAYS_HOW = DETERMINERS | word_set(
    "ca cela c est etait es etes sont suis sera soit serait semble parait reste devient "
    "tres si trop bien plus aussi assez vraiment completement tellement totalement pas "
    "moins ni et ou plutot rend rendre trouve trouves trouvez mais comme en a pour sur "
    "par sans avec dans rien chose truc quelqu"
)
AFTER_CALLING = word_set(
    "va mdr mdrr mdrrr ptdr ptdrr lol xd wesh wsh que tu t et on c enfaite enfait genre frr "
    "frere gros url user"
)
INTERJECTIONS = word_set("putain merde bordel punaise crotte")
CLAUSE_MARKS = frozenset(',;:.!?(…"«»-[')

GREETINGS = word_set(
    "salut bonjour bonsoir allez ah oh eh he hey merci bravo adieu tiens essaye casse"
)
THAT_YOU_ARE = frozenset(
    {
        ("que", "tu", "es"),
        ("que", "vous", "etes"),
        ("voila", "ce", "que"),
        ("de", "ton", "espece"),
        ("de", "votre", "espece"),
        ("de", "leur", "espece"),
        ("de", "ce", "genre"),
        ("de", "cette", "espece"),
        ("de", "cet", "acabit"),
    }
)
PLURAL_PEOPLE = re.compile(
    r"(?!ronge|predat|pollinis|foui|ravage|butine|volatil|moteur|chal|coul)"
    r".{2,}(?:eur|iste|ois|ais)s"
)

LOOK = word_set("regarde regardez mate matez vise visez ecoute ecoutez")
US = word_set("nous vous me te m t leur lui se s")
RULES = word_set(
    "dirige dirigent preside president gouverne gouvernent administre gere gerent commande "
    "commandent pretend pretendent ose osent signe signent vote votent ment mentent insulte "
    "insultent licencie licencient"
)
RULES_US = RULES | word_set(
    "sert servent servait servaient represente representent presente presentent impose "
    "imposent explique expliquent vole volent ruine ruinent prend prennent croit croient"
)
HAVE = word_set("a ont avait avaient aurait auraient")
DEEDS = word_set(
    "ment mentent vote votent dirige dirigent preside president gouverne gouvernent ose "
    "osent pretend pretendent signe signent gere gerent licencie licencient insulte "
    "insultent klaxonne klaxonnent tweete ecrit ecrivent promet promettent dicte "
    "dictent touche touchent croit croient cite citent exige exigent reclame reclament "
    "ordonne ordonnent recite recitent applaudit applaudissent frappait battait hurlait "
    "mentait votait touchait tapait inaugure inaugurent"
)
FATES = word_set(
    "finira finiront finisse finissent ira aille croupira croupisse croupit merite "
    "meritait meriterait passera comparait comparaitra retournera"
)
JUSTICE = word_set(
    "prison taule assises barreaux perpetuite perpete tribunal tribunaux menottes bagne"
)
DEEDS_DONE = word_set(
    "vendu menti triche signe vote insulte licencie arnaque escroque promis ecrit "
    "publie vire laisse verse jete egare battu frappe vole cambriole tague declare ose "
    "pretendu nomme supprime rachete revendu loue filme klaxonne braille detourne "
    "empoche obtenu trahi condamne interdit censure"
)
