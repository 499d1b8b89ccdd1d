"""Offending sentences by theme: what the shipped lexicon must find, in brackets."""

import re

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Category

_ABUSE = {Category.INSULT, Category.EPITHET, Category.THREAT}
_MARKED = re.compile(r"\[(.*)\]")

OFFENCES = {
    "sexist": """
        Encore une [pouffiasse] qui parle de foot.
        Cette [greluche] n’a rien compris au dossier.
        Quelle [bécasse], cette ministre !
        [Va te rhabiller], vieille morue.
        T’es qu’une [chaudasse].
        [Retourne à tes fourneaux], la rombière.
        Cette [hystéro] ferait mieux de se taire.
        Ces [féministes hystériques] ruinent le pays.
        [Espèce de poissonnière] !
        La [mijaurée] du ministère a parlé.
        Cette [blondasse] ne sait même pas compter.
        Quelle [péronnelle] !
        [Ferme-la], vieille peau.
        [Espèce de garage à bites].
        Ces [dames patronnesses] me donnent des leçons ? Quelle mémère !
        Tu n’es qu’une [traînée].
        Encore une [femme à quota] au conseil.
        Quelle [mégère], celle-là.
        Encore une [rombière] du XVIe.
        Quelle [pimbêche].
    """,
    "homophobic": """
        [Bande de tarlouzes].
        Le maire est une [tapette].
        [Sale lesbienne].
        Ce type est un [pédé refoulé].
        [Ta gueule], la tafiole.
        [Sale gouine].
        Encore une [folle perdue] à la mairie.
        [Espèce de pédale] !
        Quel [sodomite].
        [Vieux travelo].
        [Sale pédé].
        Quelle [fiotte].
        [Lopette] !
        Ces [tantouzes] du ministère.
        Quelle [gouinasse].
        Le ministre est un [pd].
        [Bande de tafioles].
        [Sales homos].
        Encore un [enviandé].
        [Sale trans].
    """,
    "mind": """
        Ce député a un [QI d’huître].
        Vous avez une [cervelle de moineau].
        Il n’a [pas la lumière à tous les étages].
        Le ministre est [bas du front].
        Il est [con comme un balai], ce préfet.
        Vous êtes [bête à manger du foin].
        [Vos deux neurones] se battent en duel.
        [Fini à la pisse], celui-là.
        Ce n’est [pas le couteau le plus affûté] du tiroir.
        Quel [crétinoïde].
        Ces [ignares] votent encore pour lui.
        T’es un [mongolo] ou quoi ?
        Encore un [attardé mental].
        [Espèce de débilos].
        Vous êtes tous des [lobotomisés].
        Ces [incapables] nous ruinent.
        Ce [gogol] a écrit trois pages.
        [Bande d’abrutis congénitaux].
        Vous avez le [cerveau lavé] par la télé.
        Il est [mou du bulbe], ce conseiller.
        Ces [nigauds] ont voté la taxe.
        Quel [dadais] !
        [Espèce de simple d’esprit].
    """,
    "obscene": """
        [Va te faire empapaouter].
        [Sac à merde].
        Quelle [raclure de bidet].
        Ce [casse-couilles] revient tous les jours.
        Les [lèche-culs] du patron ont voté pour.
        [Sous-merde], va.
        Vous n’êtes qu’un [étron].
        [Pisse-froid] et peine-à-jouir.
        Ton commentaire, tu peux [te le mettre au cul].
        Ce [fouille-merde] de journaliste.
        [Espèce de trou de balle] !
        [Suce-bite].
        Cette enflure, ce [sac à foutre].
        Quelle [fouille-merde] celle-là.
        Encore un [faux-cul] à la tribune.
        Le maire est un [foireux].
        [Gueule de merde].
        [Résidu de capote].
        Ce [branleur] n’a jamais travaillé.
        [Peigne-cul] !
    """,
    "family": """
        [Fils de chienne].
        [Ta mère la pute].
        [Nique ta race].
        [Bâtard de ta race].
        [Espèce de fin de race].
        [Enfant de putain].
        Tes ancêtres ? [Fils de collabo], va.
        [Baise ta mère].
        [Espèce de consanguin].
        [Nique tes morts].
        [Ta mère suce].
        [Fils de porc].
        [Fils de bâtard].
        [Fils de pute].
        [Va niquer ta mère].
        [Encule ta mère].
        Tu es une [erreur de la nature].
        Quel [bâtard].
        [Espèce de dégénéré].
        [Fille de pute].
    """,
    "imprecations": """
        [Crève en enfer], ordure.
        [Casse-toi], t’es pas d’ici.
        [Dégage d’ici] avec ton torchon.
        [Ferme-la] !
        [Allez tous au diable].
        [Va te pendre].
        [Étouffe-toi avec] ton argent.
        [Fermez vos gueules].
        [Fais-toi soigner].
        [Prends tes cachets], papy.
        [Achetez-vous un cerveau].
        [À la niche] !
        [Va te noyer].
        [Pourris en enfer].
        [Retourne dans ta caverne].
        [Barrez-vous], bande d’incapables.
        [Votre place est à l’asile].
        [Va au diable].
        [Mêle-toi de ton cul].
        [Va crever].
    """,
    "character": """
        Ce ministre est une [ordure].
        Ce [vendu] a trahi les siens.
        [Belle crapule] que ce sénateur.
        Quel [tartuffe] !
        [Sale profiteur].
        Un [gros mytho] comme lui, on n’en veut plus.
        Un [bon à rien], ce maire.
        Cette [chiffe molle] nous gouverne.
        Ces [pleutres] ont plié.
        [Pauvre type].
        Ce [malotru] a encore crié.
        Vous êtes des [charognards].
        Ce [donneur de leçons] m’insupporte.
        [Espèce de cloporte].
        Vous êtes un [escroc].
        Quelle [langue de vipère] !
        Ce [rageux] n’a rien compris.
        Ces [fumistes] touchent nos impôts.
        Quel [goujat], ce ministre.
        Ce [traître à la patrie] mérite la prison.
        [Tous des pourris].
        Vous êtes des [assassins].
        Tu es un [parasite].
    """,
    "body": """
        [Gros tas de graisse].
        [Vieux croûton], retourne à l’hospice.
        Ce [nabot] se croit grand.
        [Moche comme un pou], cette élue.
        Ce [gros plein de soupe] mange nos impôts.
        [Tu pues du bec].
        [Espèce de furoncle].
        [Face de rat].
        Quel [nabot].
        Vous êtes une [verrue].
        [Crâne d’œuf], tais-toi !
        [Grosse dondon].
        [Sac à graisse].
        Quelle [mocheté].
        [Tête de fion].
        Vous n’êtes qu’un [sac d’os].
        Quel [patapouf] !
        [Obèse de merde].
        [Pustule humaine].
        [Tu pues].
    """,
    "class": """
        Encore un [plouc] qui vote mal.
        [Bande de cassos].
        [Sale bourge].
        Les [fachos] du dimanche et les gros beaufs.
        Ce [pilier de bistrot] donne son avis.
        [Flics de merde].
        Quel [bouseux].
        Ces [péquenauds] bloquent tout.
        [Prolos de merde].
        Tu n’es qu’un [beauf].
        Ce [gueux] ose parler.
        Quel [manant].
        [Gros beaufs].
        [Boomer de merde].
        [Sale fonctionnaire].
        Ce [fils à papa] n’a jamais travaillé.
        Vous n’êtes qu’un [clodo].
        Quelle [pécore].
        Les [culs-bénis] votent contre.
        [Paysan de merde].
    """,
    "press": """
        Les [merdias] mentent.
        [Votre torchon] de propagande me fait rire.
        [Journalope] un jour, journalope toujours.
        Ces [plumitifs] sont payés au mot.
        [Presse aux ordres].
        Quel [pisse-copie].
        [BFMerde] a encore frappé.
        Ce [pseudo-journaliste] ne vérifie rien.
        [Journal de merde].
        Les [presstituées] du système.
        [Journalistes aux ordres].
        Cette [plume vénale] écrit sous la dictée.
        Quel [torche-cul] que ce quotidien.
        Vous n’êtes que des [propagandistes].
        Ce [scribaillon] a encore menti.
        [Médiapute].
        [Sales journalistes].
        Pisseur de copie, ce chroniqueur ? Quel [écrivassier] !
        Ces journapultes ? Non, ces [journaputes].
        [Pute médiatique].
    """,
    "politics": """
        Les [gauchiasses] vont pleurer.
        Encore un [droitardé].
        L’[UMPS] continue.
        Les [macronards] sont contents.
        La [mélenchiasse] hurle.
        [Sale facho].
        Les [khmers verts] interdisent tout.
        Les [covidiots] défilent.
        Ce [bobo-écolo] roule en SUV.
        Vous êtes des [moutons bêlants].
        La [RépubliQUEUE] en marche.
        [Micron Ier] a parlé.
        [Socialopes] !
        [Gauchistes de merde].
        Les [écolotartes] ont encore gagné.
        Les [mélenchonards du quartier].
        [Poutler] a encore menti.
        Ce [micron Ier] se prend pour un roi.
        [Bande de bisounours].
        [Sale gauchiste].
    """,
    "confessional": """
        [Suppôt du Hezb] !
        Ce [maronazi] me dégoûte.
        [Chien de wahhabite].
        [Chiite de merde].
        Les [sionards] sont là.
        [Suppôts des mollahs], vous avez ruiné le Liban.
        [Chien de sioniste].
        Ce [cureton] ferait mieux de prier.
        [Sale chiite].
        [Mouton aouniste].
        [Hezbollards], dehors.
        [Judéonazi].
        Vous êtes des [mécréants].
        [Maronite de merde].
        [Sale juif].
        [Porc sioniste].
        [Cathos de merde].
        [Sales islamistes].
        Ce [kafir] a osé.
        [Syriens de merde].
    """,
    "origin": """
        [Retourne dans ton bled].
        [Sale rebeu].
        [Sale feuj].
        [Face de citron].
        [Descends de ton arbre].
        [Sale Français].
        [Bougnoule].
        [Espèce de collabeur].
        Quel [métèque].
        [Sale Noir].
        [Niakoué].
        [Rentre au bled].
        [Youpin].
        [Moricaud].
        [Bande de babtous fragiles].
        [Espèce d’arabe de service].
        [Sale Arabe].
        [Nègre de maison], tu es un nègre de maison.
        [Sales Roms].
        [Chinetoque].
    """,
    "quebec": """
        [Maudit niaiseux].
        [Ostie de cave].
        [Mange d’la marde].
        [Crisse d’épais].
        [Gros tata].
        [Décâlisse d’icitte].
        [Ferme ta yeule].
        Quel [gnochon] !
        C’est un [tarla].
        [Espèce de twit].
        Ce [chialeux] a encore écrit.
        [Maudit crosseur].
        [Grosse plotte].
        [Va donc chier].
        [Espèce de suiveux].
        [Vieux crisse].
        [Face de bine].
        [Ostie de chienne].
        [Plein de marde].
        [Maudits Anglais].
    """,
    "belgium, switzerland, regions": """
        Quel [baraki de kermesse].
        [Espèce de snotneus].
        Ce [dikkenek] se croit tout permis.
        [Smeerlap] !
        Quel [tadié].
        [Espèce de bobet] !
        [Fatche de con].
        Ce [jobastre] a encore voté.
        Quelle [estrasse].
        [Klootzak].
        Quel [labbekak].
        [Espèce de capon].
        [Sale flamingant].
        [Bourbine].
        Ces [frouzes] nous prennent tout.
        [Arschloch].
        [Sales Wallons].
        [Sales frontaliers].
        Quel [counas].
        [Zottekop].
        [Espèce de galapiat].
    """,
    "maghreb, africa": """
        [Ould el kahba].
        Quel [zamel].
        [Espèce de hmar].
        [Nikmok].
        Ce [gaou] n’a rien compris.
        [Espèce de mougou].
        Va dire ça à tes [chiyatines].
        [Valet de la France] !
        [Na3al din] mok.
        Quel [halouf].
        [Domou kharam].
        [Langèt manman].
        [Sale Bamiléké].
        [Sardinards].
        [Kol khra].
        [Ould qahba].
        [Espèce de bledard].
        [Liki monmon].
        [Sale toubab].
        Quelle [chmata].
    """,
    "sms, verlan": """
        [fdp va]
        [ta gl]
        [jtencule]
        [sal pute]
        Quel [teubé].
        Cette [tassepé] m’énerve.
        [Bande de fonbous].
        [Espèce de narvalo].
        Ce [kikoo] a douze ans.
        [Nculé].
        [Espèce de tarba].
        [Suce mon zob].
        [Lopesa].
        [Fils de tepu].
        [ntm]
        [Gros zgeg].
        [espece 2 con]
        Quel [relou].
        [Tête de zob].
        [Espèce de lascar].
    """,
    "old": """
        [Paltoquet] !
        [Fieffé menteur].
        Quel [olibrius].
        Ce [paltoquet] de ministre.
        [Maroufle].
        Ce [faquin] nous ruine.
        [Espèce d’australopithèque] !
        [Triste individu] que ce ministre.
        Ces [godelureaux] gouvernent.
        Quel [bélître].
        Vous êtes un [troglodyte].
        [Espèce de pithécanthrope].
        Ce [grippe-sou] de banquier.
        [Sinistre individu].
        Quel [fesse-mathieu].
        Quel coquebert ? Non, quel [sacripant].
        Ces [barbons] gouvernent.
        Vous êtes un [néandertalien].
        Ce [cuistre] me donne des leçons.
        Quel [foutriquet].
    """,
    "epithets": """
        Ce [flagorneur du Kremlin].
        [Scorpion poutinien].
        Ce [gourou macronien].
        [Hyène bolloréenne].
        Un [courtisan de l’Élysée].
        Ces [godillots de Macron].
        Ce [petit chef] se croit tout permis.
        Ces [apparatchiks] décident de tout.
        Cet [histrion de préfecture].
        [Fouine poutinienne].
        [Larbin du Qatar].
        [Blatte hitlérienne].
        Ces [flagorneurs de l’Élysée].
        [Lèche-pompes de Washington].
        Ces [fantoches] nous gouvernent.
        Ce [bouffon macronien].
        [Exécuteur des basses œuvres de Moscou].
        Ces [tapins du Qatar].
        [Pitre sarkozien].
        Ce [prêcheur de haine] a encore parlé.
    """,
}


def _sentences() -> list[tuple[str, str]]:
    return [
        (theme, line.strip())
        for theme, lines in OFFENCES.items()
        for line in lines.splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize(("theme", "marked"), _sentences())
def test_offence_is_found_where_it_stands(theme: str, marked: str) -> None:
    text = _MARKED.sub(r"\1", marked)
    start = marked.index("[")
    end = marked.index("]") - 1
    found = [m for m in default_engine().screen(text).matches if m.category in _ABUSE]
    assert any(m.start == start and m.end == end for m in found), (theme, found)
