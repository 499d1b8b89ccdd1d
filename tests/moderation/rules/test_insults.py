"""Insults of the lexicon: where they count, and where the same words do not."""

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Category, Severity
from moderation.rules.trace import Outcome
from tests.moderation.rules.conftest import Finder

INSULTS = [
    ("Un sacré blaireau, le préfet !", "sacré blaireau"),
    ("Un bobet de la commune a coupé l'eau.", "bobet"),
    ("Encore un twit au volant.", "twit"),
    ("L'abruti de service a tout expliqué.", "abruti"),
    ("Ce fumier finira en prison.", "fumier"),
    ("L'enflure qui dirige l'usine part avec sa prime.", "enflure"),
    ("Ces dégénérés ont brûlé la bibliothèque.", "dégénérés"),
    ("Toujours les mêmes FDP qui se garent là.", "FDP"),
    ("Faut-tu être niaiseux pour croire ça.", "niaiseux"),
    ("Regardez-moi ce blaireau avec son drapeau.", "blaireau"),
    ("Un fumier a versé de l'huile dans la rivière.", "fumier"),
    ("Cette charogne a vendu la maison.", "charogne"),
    ("Un s a l a u d a scié la statue.", "s a l a u d"),
    ("Pas un mot, une vraie vipère cette avocate.", "vipère"),
    ("Ce préfet est un abruti.", "abruti"),
    ("Vous n'êtes qu'une bande de minables.", "bande de minables"),
    ("Pauvre con, va vérifier tes chiffres.", "Pauvre con"),
    ("La garce qui tient la caisse.", "garce"),
    ("Les connards en SUV se garent ici.", "connards"),
    ("Quel enfoiré ce propriétaire.", "enfoiré"),
    ("Ferme ta gueule et lis l'article.", "Ferme ta gueule"),
    ("Une ordure pareille en liberté.", "ordure"),
    ("Ce débile a mis le feu.", "débile"),
    ("Espèce d'andouille, c'est dimanche.", "Espèce d'andouille"),
    ("L'enculé !", "enculé"),
    ("Les connasses du bureau.", "connasses"),
    ("T'es vraiment con.", "con"),
    ("t con", "con"),
    ("Tu n'es qu'une merde.", "merde"),
    ("Vous êtes tous des pourris.", "pourris"),
    ("Espèce d'ignorant, lis un livre !", "Espèce d'ignorant"),
    ("Vous êtes des moutons.", "moutons"),
    ("Ce guignol de ministre ment.", "guignol"),
    ("espèce de fdp", "espèce de fdp"),
    ("tg", "tg"),
    ("fils-de-pute", "fils-de-pute"),
    ("filsdepute", "filsdepute"),
    ("Sale arabe", "Sale arabe"),
    ("maudit niaiseux", "maudit niaiseux"),
    ("Quel baraki celui-là", "baraki"),
    ("ya 7mar", "ya 7mar"),
    ("kess ommak", "kess ommak"),
    ("يا ابن الكلب", "يا ابن الكلب"),
    ("What an asshole.", "asshole"),
]

DISGUISED = [
    "c0nn4rd", "c*nnard", "c@nnard", "c.o.n.n.a.r.d", "c o n n a r d", "conn-ard",
    "con_nard", "connnnard", "connaaaard", "CONNARD", "CoNnArD", "сonnаrd", "ｃｏｎｎａｒｄ",
    "con\u200bnard", "c\u00adonnard", "c\u0336o\u0336nnard", "𝐜𝐨𝐧𝐧𝐚𝐫𝐝", "ⓒⓞⓝⓝⓐⓡⓓ",
    "connard·e·s", "connard.e.s", "connard(e)s", "konnard", "c🤡nnard", "c-o-n-n-a-r-d",
]  # fmt: skip

INNOCENT = """
concert dispute habite calcul député réputé salopette Conakry Bitche Montcuq Puteaux
cul-de-sac Concarneau Condom contrat balcon second réputation computer imputer balle
""".split()  # noqa: SIM905 - one word after another reads best

HARMLESS = [
    "Un sacré sanglier, le maire l'a tiré dimanche.",
    "La troupe des Branquignols riait de tout.",
    "Les Snuls ont fait rire la télé belge.",
    "Un Bobet en maillot jaune, c'était en 1953.",
    "Ces rats ont envahi la prison.",
    "Le FDP a quitté la coalition.",
    "Le mouton et le porc ont augmenté chez mon boucher.",
    "Le thon, ce boudin, ce gigot : tout est bio.",
    "Cette brute a frappé son voisin.",
    "Les salauds dorment en paix, de Kurosawa, est visible en ligne.",
    "La balance doit être tarée avant la pesée.",
    "Le ramassage des ordures est suspendu.",
    "L'andouille de Vire se mange froide.",
    "La garcette est un cordage de marine.",
    "Le député a disputé un concert de réputation à Concarneau.",
    "La mairie de Bitche a voté son budget.",
    "Le fumier composté remplace l'engrais.",
    "Les Enfoirés chanteront à Lyon.",
    "Une salopette tachée a été retrouvée.",
    "Le trou de la Sécu dépasse les prévisions.",
    "La débilité motrice est un terme médical ancien.",
    "La tare de la balance et la demeure du maire.",
    "Il s'est attardé au bureau, puis la soirée a dégénéré.",
    "Le cheval mongol est petit ; les Mongols le montent.",
    "Ce porc élevé en plein air est excellent.",
    "Une bande de chiens errants rôde.",
    "La bande de Gaza est bombardée, vous le savez.",
    "Cette espèce de singe est menacée.",
    "L'escroc a été arrêté, le traître fusillé.",
    "Mon fils est trisomique et ma sœur autiste.",
    "Le FDP allemand, le PD italien et le groupe NTM.",
    "M. Cochon, Mme Bâtard et M. Salaud ont été élus.",
    "C'est débile comme idée, et cette réforme est stupide.",
    "Je suis un idiot, pardon. Ce n'est pas un con.",
    "Il a chanté con brio.",
    "Le Dîner de cons repasse.",
    "Quel homme ! Tu es un ange.",
]


@pytest.mark.parametrize(("text", "insult"), INSULTS)
def test_insult_is_found(found: Finder, text: str, insult: str) -> None:
    assert insult in [m.text for m in found(text, Category.INSULT)]


@pytest.mark.parametrize("word", DISGUISED)
def test_disguised_insult_is_found(found: Finder, word: str) -> None:
    matches = found(f"Retourne chez toi, {word} !", Category.INSULT)
    assert any(m.term == "connard" for m in matches)
    assert all(m.text in f", {word} !" for m in matches)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_use_is_left_alone(found: Finder, text: str) -> None:
    assert not found(text, Category.INSULT)
    assert not found(text, Category.EPITHET)


@pytest.mark.parametrize("word", INNOCENT)
def test_innocent_word_is_left_alone_in_any_disguise(found: Finder, word: str) -> None:
    leet = str.maketrans("aeios", "43105")
    for disguised in (
        word,
        word.upper(),
        ".".join(word),
        " ".join(word),
        "-".join(word),
        "_".join(word),
        "\u200b".join(word),
        word.translate(leet),
        word[:3] + "." + word[3:],
        word[0] + "*" + word[2:],
        word[:3] + word[2] * 3 + word[3:],
    ):
        assert not found(f"Quel {disguised} ce matin.", Category.INSULT), disguised


@pytest.mark.parametrize(
    "text",
    [
        "La cour a jugé que « sale facho » était une injure.",
        "Il s'est fait traiter de bouffon par un élu.",
        "Le ministre a dit : « casse-toi pauvre con ».",
        "On m'a insulté de sale arabe.",
        "Elle a été traitée de menteuse, de folle et de salope.",
        "Les supporters ont hurlé : « Ta gueule, enculé !",
        "Le « casse-toi pauvre con » de 2008 l'a suivi longtemps.",
    ],
)
def test_reported_insult_is_let_go_and_the_trace_says_why(text: str) -> None:
    explained = default_engine().explain(text)
    assert explained.screening.matches == ()
    assert Outcome.REPORTED in {note.outcome for note in explained.notes}


def test_thrown_insult_is_not_taken_for_reported(found: Finder) -> None:
    (match,) = found("Je te traite de connard.", Category.INSULT)
    assert match.severity is Severity.HIGH
