"""Abusive epithets, and the literal uses of the same words."""

import pytest

from moderation.rules.match import Category
from tests.moderation.rules.conftest import Finder

EPITHETS = [
    ("Cette lèpre zemmourienne gagne du terrain.", "lèpre zemmourienne"),
    ("Les rats tebbouniens quittent le navire.", "rats tebbouniens"),
    ("Le choléra péquiste est de retour.", "choléra péquiste"),
    ("La meute à Bolloré hurle tous les soirs.", "meute à Bolloré"),
    ("La canaille de Wauquiez a sifflé.", "canaille de Wauquiez"),
    ("Les parasites de la CFDT dorment.", "parasites de la CFDT"),
    ("Ces cathos-mafieux tiennent la mairie.", "cathos-mafieux"),
    ("Une mairesse à deux piasses.", "mairesse à deux piasses"),
    ("Un petit Voltaire de comptoir a signé.", "petit Voltaire de comptoir"),
    ("Les kapos de la RATP fouillent nos sacs.", "kapos de la RATP"),
    ("Encore un voyage chez le satrape d'Ankara.", "satrape d'Ankara"),
    ("Le godillot ministériel applaudit.", "godillot ministériel"),
    ("Les insoumerdes ont quitté l'hémicycle.", "insoumerdes"),
    # A tyrant's name and a belittler, on either side.
    ("Le petit Hitler va se précipiter.", "petit Hitler"),
    ("On a vu ces apprentis Goebbels à l'œuvre.", "apprentis Goebbels"),
    ("Un mini-Staline dirige le club.", "mini-Staline"),
    ("Ce Néron de canton a abattu les platanes.", "Néron de canton"),
    ("C'est le Mussolini du pauvre.", "Mussolini du pauvre"),
    ("Un Staline de pacotille nous gouverne.", "Staline de pacotille"),
    ("Encore un Hitler au petit pied.", "Hitler au petit pied"),
    ("Ce petit dictateur de bac à sable !", "petit dictateur de bac à sable"),
    ("Ce Goebbels de plateau parle encore.", "Goebbels de plateau"),
    # A noun that belittles and an adjective made from a name or a place.
    ('"Sacré" Nain poutinien, va !', "Nain poutinien"),
    ("Ce gnome moscovite ne mérite rien.", "gnome moscovite"),
    ("Encore ce rat sarkozyste.", "rat sarkozyste"),
    ("Les cloportes macronistes sont de sortie.", "cloportes macronistes"),
    ("Ces chiens d'assadiens paieront.", "chiens d'assadiens"),
    ("Ce vautour luxembourgeois rachète tout.", "vautour luxembourgeois"),
    ("Une hyène ottomane rôde.", "hyène ottomane"),
    ("Les hyènes de Bruxelles se partagent nos gares.", "hyènes de Bruxelles"),
    ("Ces chacals de Téhéran pendent des étudiants.", "chacals de Téhéran"),
    ("La canaille phalangiste se partage tout.", "canaille phalangiste"),
    # Small masters, and whoever is pointed at after a comma.
    ("Encore un potentat de bananeraie à l'Élysée.", "potentat de bananeraie"),
    ("Satrape de province, il a nommé son gendre.", "Satrape de province"),
    ("Le proviseur, ce kapo, fouille les sacs.", "kapo"),
    ("Il a quitté Marseille pour Paris, ce Judas.", "Judas"),
    ("Les Mao de préau occupent l'amphithéâtre.", "Mao de préau"),
    ("La Gestapo verte contrôle nos poubelles.", "Gestapo verte"),
    ("Un fantoche préside la région.", "fantoche"),
    ("Le guignol qui nous sert de ministre se tait.", "guignol"),
    # A servant and a power.
    ("Les sbires du Guide ont coupé le réseau.", "sbires du Guide"),
    (
        "Le porte-serviette du ministre a insulté un gréviste.",
        "porte-serviette du ministre",
    ),
    ("Assez du caniche de Berlin.", "caniche de Berlin"),
    ("Encore un perroquet du Kremlin.", "perroquet du Kremlin"),
    ("Ce laquais des lobbies vote tout.", "laquais des lobbies"),
    ("Les valets des Saoud applaudissent.", "valets des Saoud"),
    ("Un larbin de l'Arabie saoudite.", "larbin de l'Arabie saoudite"),
    ("Le toutou de Poutine a parlé.", "toutou de Poutine"),
    ("Un pantin à la solde de Washington.", "pantin à la solde de Washington"),
    # Ready made: compounds, diminutives, deformed names.
    ("Les écolo-fascistes veulent tout interdire.", "écolo-fascistes"),
    ("Les islamo-collabos ont effacé mon message.", "islamo-collabos"),
    ("Les islamofascistes reviennent.", "islamofascistes"),
    ("Ce nazillon de bac à sable.", "nazillon de bac à sable"),
    ("Un tyranneau de village.", "tyranneau de village"),
    ("Les merdias nous mentent.", "merdias"),
    ("Cette mégère préside la commission.", "mégère"),
    ("Quel pantin ce porte-parole.", "pantin"),
]

LITERAL = [
    "La peste de Londres a vidé la ville.",
    "Ce choléra yéménite a tué deux mille personnes.",
    "La gangrène du pouvoir, c'est l'argent.",
    "Le bourreau djihadiste a été condamné.",
    "Un singe humoriste au cirque.",
    "La meute de Beauval compte six loups.",
    "Sous Mobutu, le pays s'appelait Zaïre.",
    "Mausole était satrape de Carie.",
    "Un film sur les collabos de la radio pendant l'Occupation.",
    "La Stasi de la RDA tenait des fiches.",
    "La Gestapo de la rue Lauriston a été jugée.",
    "Le satrape de Lydie fut vaincu par Cyrus.",
    "Le bras armé du Hamas a revendiqué l'attaque.",
    "Le griot de Bamako chantera samedi.",
    "Les rapaces de Strasbourg sont protégés.",
    "Une pieuvre de Floride a ouvert un bocal.",
    "Le potentat de la région a été destitué.",
    "Les chevaliers de carnaval ont défilé.",
    "Une reine en chocolat trône dans la vitrine.",
    "Le vampire de Varsovie est un film muet.",
    "L'inquisition médiatique est un thème du livre.",
    "Un orateur de tribune reconnu.",
    "Les vendus sont partis, les invendus restent.",
    "Un gangster de New York a été arrêté hier.",
    "Le procès de l'escroc de Monaco s'ouvre lundi.",
    "Des voyous de Versailles ont tagué la gare.",
    "Le boucher de Rome ferme boutique.",
    "Ce porc basque est élevé en liberté.",
    "La harpie féroce est un rapace d'Amérique du Sud.",
    "Les rats de Paris sont suivis par la mairie.",
    "Le chien de la mairie garde le parc.",
    "Le roitelet huppé pèse cinq grammes.",
    "Le petit Napoléon entra à l'école de Brienne.",
    "La potiche de Sèvres a été vendue.",
    "Les marionnettes de Damas seront exposées.",
    "Il a tourné Enfants de boches pour la télévision.",
    "Ces pirates russes ont été arrêtés par la police.",
    "Trump en casquette a salué la foule.",
    "Ce tsar de la drogue sera extradé.",
    "Hitler envahit la Pologne en septembre 1939.",
    "Néron fit construire la Domus aurea après l'incendie.",
    "Staline est mort le 5 mars 1953 dans sa datcha.",
    "Mussolini et Hitler se rencontrent à Venise.",
    "Le petit-fils de Staline vit à Moscou.",
    "Pétain et Laval gouvernaient à Vichy.",
    "Le caniche royal a gagné le concours canin de Berlin.",
    "Les chiens de garde sont interdits.",
    "Le perroquet du zoo imite la sirène.",
    "Le nain jaune se joue à cinq.",
    "Un nain de jardin a disparu à Moscou.",
    "Les gnomes de céramique sont volés.",
    "La mégère apprivoisée sera jouée en plein air.",
    "Le pantin de bois a été restauré par le musée.",
    "La marionnette de Guignol plaît aux enfants.",
    "Le rat russe et le porc ibérique sont étudiés.",
    "Le valet de pique et le laquais du marquis.",
    "La collaboration entre les deux hôpitaux.",
    "Le nazisme et le fascisme sont au programme.",
    "Les éco-terroristes présumés ont été relâchés.",
    "La Macronie tremble, dit-on à Matignon.",
    "Deux fauteurs de guerre, des bourreaux, de la chair à canon et des massacres.",
    "Éradiquer Daech et \"l'abattoir halal\", pour les marchands d'armes.",
    "Ce dictateur a fait exécuter ses opposants.",
]


@pytest.mark.parametrize(("text", "epithet"), EPITHETS)
def test_epithet_is_found_whole(found: Finder, text: str, epithet: str) -> None:
    assert epithet in [m.text for m in found(text, Category.EPITHET)]


@pytest.mark.parametrize("text", LITERAL)
def test_literal_use_is_left_alone(found: Finder, text: str) -> None:
    assert not found(text, Category.EPITHET)
    assert not found(text, Category.INSULT)


def test_an_epithet_says_how_it_is_built(found: Finder) -> None:
    (match,) = found("Le petit Hitler parle.", Category.EPITHET)
    assert match.explanation["fr"] == (
        "«\u00a0petit Hitler\u00a0» (terme «\u00a0Hitler\u00a0»)\u00a0: "
        "nom de tyran ou de criminel accolé à un mot qui rabaisse."
    )
    assert "joined to a belittling word" in match.explanation["en"]
