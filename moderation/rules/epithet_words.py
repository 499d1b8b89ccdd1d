"""Small words of the grammar of epithets, by the part they play."""

import re

from moderation.rules.lexicon import Tier
from moderation.rules.wordlists import word_set

THESE = word_set("ce cet cette ces notre nos votre vos")
OF = word_set("de d du des")
OF_OR_TO = OF | word_set("a au aux")
SERVED = (Tier.ALWAYS, Tier.AIMED)
ANY = (*SERVED, Tier.HINT)
FALSE = word_set("sale sales pseudo pseudos")
ARTICLES = word_set("la le les l l'")
# Animals that live where people do: « les rats de Paris », « le chien de la mairie ».
DOMESTIC = word_set(
    "rat rats rate rates chien chiens chienne chiennes porc porcs cochon cochons truie truies "
    "singe singes mouton moutons veau veaux ane anes dindon dindons dinde dindes perruche "
    "perruches ver vers cafard cafards punaise punaises moustique moustiques tique tiques "
    "moucheron moucherons ours corbeau corbeaux pigeon pigeons oie oies coq coqs bouc boucs "
    "fouine fouines blaireau blaireaux buse buses blatte blattes molosse molosses doberman "
    "dobermans pitbull pitbulls mulet mulets baudet baudets bourrique bourriques pou poux "
    "parasite parasites pieuvre pieuvres piranha piranhas rapace rapaces tarentule tarentules "
    "remora remoras lamproie lamproies eunuque eunuques vampire vampires gobelin gobelins troll trolls toutou toutous caniche caniches chiot chiots clebard clebards"
)
# Animals with breeds and farms: « ce porc basque », « ce chien belge ».
BREEDS = word_set(
    "porc porcs cochon cochons mouton moutons veau veaux ane anes chien chiens chienne "
    "chiennes oie oies coq coqs bouc boucs mulet mulets baudet baudets pigeon pigeons "
    "caniche caniches gaucho gauchos coco cocos molosse molosses dinde dindes ours chiot chiots perruche perruches"
)
# Small masters; a place makes it plain that no bird and no satrap of old is meant.
RULERS = word_set(
    "roitelet roitelets satrape satrapes potentat potentats tyranneau tyranneaux "
    "principicule principicules hobereau hobereaux"
)
# Who parades at carnival, stands in shop windows and in toy boxes.
COSTUMES = word_set(
    "roi rois reine reines prince princes princesse princesses chevalier chevaliers pirate "
    "pirates mousquetaire mousquetaires cow boy boys pharaon pharaons samourai samourais "
    "gladiateur gladiateurs soldat soldats pape papes cardinal cardinaux druide druides"
)
# Puppets of wood or cloth: « en carton » may say what they are made of.
TOYS = word_set(
    "pantin pantins marionnette marionnettes guignol guignols carpette carpettes "
    "paillasson paillassons"
)
# Nobody's servants: what is said of them beside a place or a power may be medicine.
DISEASES = word_set(
    "gangrene gangrenes furoncle furoncles lepre diarrhee cholera teigne teignes peste gale "
    "tumeur tumeurs metastase metastases verrue verrues abces verole syphilis eczema "
    "hemorroide hemorroides vomi vomissure vomissures morve purulence virus cancer"
)
PARTISAN = re.compile(r".{3,}istes?")
NO_PARTISANS = word_set(
    "artiste artistes cycliste cyclistes pianiste pianistes touriste touristes dentiste "
    "dentistes specialiste specialistes violoniste motocycliste automobiliste alpiniste "
    "trapeziste trapezistes equilibriste equilibristes fantaisiste realiste surrealiste "
    "humoriste humoristes optimiste pessimiste triste tristes bouddhiste ebeniste fleuriste "
    "paysagiste styliste journaliste journalistes illusionniste ventriloquiste soliste"
)
SERVILE = frozenset(
    {
        "larbin", "potiche", "sbire", "carpette", "nervi", "suppôt", "godillot", "lécheur",
        "lèche-bottes", "lèche-cul", "porte-serviette", "porte-serviettes", "porte-valise",
        "porte-coton", "porte-flingue", "cireur de pompes", "homme de main", "béni-oui-oui",
        "lécheur de bottes", "sous-fifre", "paillasson",
    }
)  # fmt: skip
# Nouns of the lexicon that trades, towns and packs of wolves have too.
HONEST = frozenset(
    {
        "boucher", "poupée", "gouvernante", "meute", "racaille", "canaille", "pègre", "soudard",
        "beauf",
    }
)  # fmt: skip
INQUISITIONS = frozenset({"gestapo", "stasi", "kapo", "gestapiste"})
PERSECUTORS = frozenset({"RDA", "SED", "DDR", "NSDAP", "NKVD", "GPU", "MfS"})
CAUSES = word_set(
    "vert verte verts vertes rose roses climatique ecologique municipale fiscale sanitaire "
    "linguistique scolaire routiere numerique feministe vegane hygieniste universitaire "
    "culturelle alimentaire laique morale"
)
# Where animals come from: « le rapace d'Amérique ».
COUNTRIES = word_set(
    "amerique chine russie iran allemagne turquie syrie qatar arabie europe unis usa israel "
    "luxembourg panama koweit monaco"
)
AT_THE_SERVICE = (
    ("a", "la", "solde"),
    ("a", "la", "botte"),
    ("aux", "ordres"),
    ("au", "service"),
    ("a", "la", "remorque"),
)
