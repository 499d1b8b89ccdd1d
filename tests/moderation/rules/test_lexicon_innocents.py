"""Innocent sentences by theme: words that also insult, in their honest sense."""

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Category

_ABUSE = {Category.INSULT, Category.EPITHET, Category.THREAT}

INNOCENTS = {
    "cooking": """
        L’andouille de Guémené se coupe en tranches fines.
        Ajoutez la bouse séchée au compost, puis le fumier.
        Un cornichon, une nouille et une truffe : voilà l’assiette.
        La quiche lorraine et la tarte aux pommes étaient froides.
        Le thon rouge est en voie de disparition.
        Ce boudin noir aux pommes est excellent.
        Cette dinde aux marrons nourrit dix personnes.
        Ces courges viennent du potager du maire.
        Une moule à gaufres en fonte coûte quarante euros.
        La gourde des randonneurs doit être en inox.
        La cruche de grès date du XVIIIe siècle.
        Écrasez les tomates puis égouttez-les.
        Écrase l’ail avec le plat du couteau.
        Le gland du chêne nourrit les porcs ibériques.
        Il a mangé une patate et un concombre.
        Cette endive braisée vaut le détour.
        Les blettes et le navet sont de saison.
        La cervelle d’agneau se poche dix minutes.
        Une tête de veau sauce gribiche.
        Tête de moine et tête de cochon, deux spécialités.
        Le fromage de tête est un plat du dimanche.
        La face de raie se prépare au beurre noir.
        Une tranche de cake et un café.
        Cette gueule de loup fleurit en juin.
        Elle s’est bourrée de chocolats.
        Le chocolat bourré de sucre déçoit.
        La sauce gribiche du chef Cochon est parfaite.
        Du foie gras d’oie et du magret de canard.
        Un cochon de lait rôti à la broche.
        Cette limace a dévoré les salades.
    """,
    "sport": """
        Bourges s’est imposé à domicile face à Lattes.
        Les joueuses de Bourges ont gagné la Coupe.
        L’arbitre a sifflé un tacle de boucher.
        Le gardien a pris un but idiot.
        Il joue comme une patate, dit l’entraîneur de lui-même.
        Le Racing a la gnaque.
        Les Crocodiles, les Canaris et les Aiglons sont qualifiés.
        Ce lion de l’Atlas a marqué deux fois.
        Un manche à balai a cassé le carreau.
        La première manche est pour Nadal, la deuxième manche aussi.
        Ce tocard coté à 30 contre 1 a gagné le Prix d’Amérique.
        Louison Bobet a gagné trois Tours de France.
        Le grimpeur a lâché le peloton au pied du col.
        Le raté du pénalty a coûté la victoire.
        Une passe ratée, un contre et c’est le but.
        Le gros de la troupe est arrivé hors délais.
        Le défenseur a dégagé le ballon en touche.
        Dégagez le couloir central avant l’arrivée des pompiers.
        Le ballon se dégage mal.
    """,
    "farming": """
        Le porc français ne nourrit plus son éleveur.
        Les vaches sont rentrées, la truie a mis bas.
        Quelle race de chien choisir en appartement ?
        L’élevage de rats de laboratoire est réglementé.
        Le cafard américain résiste aux insecticides.
        La punaise de lit envahit les hôtels.
        Ces punaises sont arrivées avec les touristes.
        Le paysan a vendu ses veaux au marché.
        Un âne du Poitou et une mule tirent la charrette.
        La larve du hanneton mange les racines.
        Les blaireaux creusent sous les voies ferrées.
        Ce parasite du blé est apparu en 2010.
        Les vautours fauves ont attaqué une brebis.
        Le bouc de la chèvrerie s’est échappé.
        La bourrique du voisin a brouté les rosiers.
        Un chien sale et affamé errait sur la plage.
        Les étrons de chien jonchent le trottoir.
        La charogne attire les corbeaux.
        Le ténia se transmet par la viande mal cuite.
        Une chienne et ses chiots ont été sauvés.
        La sangsue médicinale est élevée près de Bordeaux.
        Le frelon, la tique et le moustique tigre progressent.
    """,
    "finance": """
        Les vautours de la dette argentine ont gagné leur procès.
        Le requin de la finance est un film documentaire.
        Un fonds vautour a racheté l’usine.
        L’ours domine les marchés.
        Le pigeon de l’histoire, c’est l’épargnant.
        Le dindon de la farce reste le contribuable.
        La vache à lait du fisc, c’est l’automobiliste.
        Le cochon tirelire des ménages maigrit.
        Ce canard boiteux de l’industrie sera vendu.
        Il a été traité comme un voleur par sa banque.
        Les voleurs ont pris la caisse.
        L’escroc a été condamné à trois ans ferme.
        Le mouton noir de la zone euro rembourse.
    """,
    "theatre, film, books": """
        Pierrot, Arlequin et Polichinelle amusent les enfants.
        Le Bouffon du roi est interprété par un jeune acteur.
        Triboulet, bouffon de François Ier, avait de l’esprit.
        Guignol rosse le gendarme au parc des Buttes-Chaumont.
        Le clown Auguste est mort à 90 ans.
        Le personnage abject joué par Noiret fait froid dans le dos.
        La sorcière du conte est devenue une héroïne.
        L’Idiot du village global est un essai.
        Le Sagouin de Mauriac est au programme.
        La Vieille Taupe était une librairie parisienne.
        Tartuffe sera joué à la Comédie-Française.
        Les Sous-doués passent leur bac ce soir à la télé.
        Le Corniaud avec Bourvil et de Funès a cinquante ans.
        Le roman met en scène une vieille folle et son chat.
        Une putain vieillissante est l’héroïne du roman.
        Dans La Maman et la Putain, Eustache filme Paris.
        Le nain Tyrion est le personnage préféré du public.
        Le monstre de Frankenstein fascine toujours.
        Le film « Les Tontons flingueurs » a ses caves et ses truands.
        L’Affaire du collier ridiculise une reine.
        Boule de Suif est une nouvelle de Maupassant.
        Le ravi de la crèche est le santon préféré des Provençaux.
        Les Misérables, Cosette et les Thénardier.
        Le Vilain Petit Canard d’Andersen.
        La Pute de la côte normande est un texte de Duras.
        Dikkenek est un film culte belge.
        Le vampire de Düsseldorf a inspiré Fritz Lang.
        Zombie et vampires se disputent l’affiche.
        Blanche-Neige et le nain Grincheux.
        Gribouille est un conte de la comtesse de Ségur.
        Harpagon est l’avare le plus célèbre du théâtre.
        Gnafron, l’ami de Guignol, boit du beaujolais.
        L’Ogre et la Fée est une comptine.
    """,
    "history": """
        Les harkis ont été abandonnés par la France.
        Fils de harki, il raconte les camps.
        La fille de harki a écrit un livre.
        Les collabos ont été fusillés à la Libération.
        Les nazis tenaient les déportés pour des sous-hommes.
        La doctrine des sous-hommes justifia le massacre.
        Le tyran fut renversé par les patriciens.
        Pétain fut condamné pour trahison.
        Le traître à la patrie fut exécuté.
        Les jacobins, les sans-culottes et les muscadins.
        Les manants et les gueux de Flandre se révoltèrent.
        Le ribaud et le ruffian peuplent la littérature médiévale.
        Les bachi-bouzouks étaient des soldats ottomans.
        Les barbares ont pris Rome en 476.
        Néandertal et l’homme des cavernes fascinent.
        L’australopithèque Lucy a trois millions d’années.
        Cro-Magnon a peint Lascaux.
        Les bourgeois de Calais sont de Rodin.
        Le bolchevik Kamenev fut jugé en 1936.
        L’esclave affranchi devint roi.
        Les chiens de garde de Nizan parut en 1932.
        Le nègre marron résistait dans les mornes.
        Le gibet et le gibier de potence de Villon.
        Les gorilles de la sécurité entouraient de Gaulle.
        Le stalinien repenti a publié ses mémoires.
        Le faquin de la Renaissance était un mannequin.
    """,
    "religion, Lebanon": """
        Les fidèles et les infidèles dans le droit canon.
        Un mollah iranien a pris la parole à Genève.
        Le patriarche maronite a reçu l’ambassadeur.
        Les chiites du Liban votent dimanche.
        Le parti aouniste et les Forces libanaises négocient.
        Le Hezb a annoncé une trêve.
        M. Tahan et Mme Kalb ont présenté le projet.
        Le docteur Hmar a opéré à Oran.
        L’apostat risque la mort dans ce pays.
        Les sunnites et les chiites cohabitent à Beyrouth.
        Le sioniste Herzl publia son livre en 1896.
        Les djihadistes ont quitté la ville.
        Le croisé et le Sarrasin s’affrontent dans la chanson.
        Il est bigot, dit-on, mais généreux.
        Sidi Bou Saïd reste la perle de Tunis.
        Le marchand du Temple chassé par Jésus.
        Le suppôt de Satan du Moyen Âge.
        Brûler en enfer, disait le curé, attend les pécheurs.
    """,
    "places, names": """
        La commune de Bitche fête son citadelle.
        M. Connard, de Condom, écrit à Montcuq.
        Anus est un hameau de l’Yonne.
        Jean Bigot a été élu maire d’Angers.
        Mme Salaud, maire, inaugure la crèche.
        Le conseiller Cochon a voté contre.
        Pierre Bredin est parti à la retraite.
        Le bourg de Pussy, en Savoie.
        La Tronche est une ville de l’Isère.
        Chatte, dans l’Isère, a une gare.
        Monsieur Gros et Madame Grosse habitent Bèze.
        Le village de Trou-du-Bois.
        Le lac Titicaca et le volcan Popocatépetl.
        M’Bout est une ville de Mauritanie.
        Satoshi Kon est mort en 2010.
        Le col de la Bonette est fermé.
        M. Mougou a signé le contrat.
        Le Sénateur Folliot a répondu.
        Le peintre Nono et le compositeur Luigi Nono.
    """,
    "health, weather, science": """
        Il fait un temps de chien.
        Un froid de canard et une pluie de merde, dit le fermier.
        Le cancer recule, le virus mute.
        Mon fils autiste est entré au collège.
        Un handicapé sur deux est au chômage.
        Les aliénés de Charenton furent filmés.
        Le trisomique Pablo Pineda est diplômé.
        La débilité légère était un terme de psychiatrie.
        Les lobotomisés des années cinquante témoignent.
        Prenez vos médicaments à heure fixe.
        La tumeur est bénigne.
        Une verrue plantaire se soigne à l’azote.
        Le furoncle doit être percé par un médecin.
        Le pou revient à chaque rentrée.
        Le gland et le prépuce peuvent s’infecter.
        Il est fou de joie, elle est folle de rage.
        Un fou furieux a tiré sur la foule.
        Le schizophrène avait cessé son traitement.
        Le vieux croûton de pain nourrit les canards.
        Le genou est enflé, il est enflé depuis hier.
        Mon grand-père est gaga de ses petits-enfants.
    """,
    "everyday life": """
        Il est bête comme chou, ce problème.
        C’est bête comme chou.
        Quel idiot je fais, j’ai oublié mes clés.
        Je suis nul en maths.
        Cette réforme est nulle et non avenue.
        Le match nul arrange les deux équipes.
        C’est nul, ce film.
        Ce film est nul.
        Un grenier bas de plafond.
        Le plancher est bas de plafond, dit l’agent immobilier.
        Un pauvre diable dormait sous le pont.
        Ferme la porte en partant.
        La ferme la plus proche est à dix kilomètres.
        Fermez-la doucement, cette fenêtre.
        La boucle, la boucle-la avec un nœud.
        On ferme la boutique.
        Elle retourne à l’école demain.
        Retournez à l’école chercher vos cahiers.
        Le chien dort à la niche.
        Le marché de niche progresse.
        Il va mourir, hélas.
        Le pneu va crever.
        La ville va claquer deux millions.
        Il se casse. Toi aussi ?
        Va au diable vauvert, dit la chanson.
        L’hôtel est au diable vauvert.
        Un trou de balle dans la vitre a été relevé par la police.
        Le barbu à lunettes tient la librairie.
        Le vieux bouc et la vieille chèvre.
        Le puceau et la pucelle d’Orléans.
        La Pucelle d’Orléans fut brûlée en 1431.
        Le gamin a été retrouvé sain et sauf.
        Le clochard est mort de froid.
        La poubelle jaune est pour le plastique.
        Les déchets sont triés à Ivry.
        Le fou du village avait un violon.
        Le manche de la pelle est cassé.
        Un beau parleur, ce candidat.
        Elle porte une robe de sorcière.
        Une vieille fille et sa nièce vivent là.
        Cette peste porcine inquiète l’Europe.
        La cloche de l’église sonne midi.
        Ce boulet au pied des entreprises, c’est la taxe.
        Un boulet de canon a été retrouvé.
        La potiche chinoise est estimée à mille euros.
        La tête de série numéro un a perdu.
        Le tas de graisse de la baleine était énorme.
        Les paillassons et les serpillières sont en promotion.
        La carpette du salon est tachée.
        Le pot à tabac en faïence.
        Un singe savant, un perroquet et un chameau.
        Le macronisme est mort, le lepénisme aussi.
        Un macroniste et un lepéniste ont débattu.
        L’islamo-gauchisme divise l’université.
        Un élu lepéniste a été réélu.
        Les gauchistes ont défilé.
        Les fascistes italiens ont pris le pouvoir en 1922.
        L’écologiste a été élue.
        Les bobos parisiens votent écologiste.
        Un réac assumé, dit-il de lui-même.
        Le complotiste a été condamné.
        Le journaliste a révélé l’affaire.
        Les journalistes vendent du papier.
        Le torchon brûle entre Paris et Rome.
        Un torchon propre pour essuyer les verres.
        La feuille de chou farcie.
        Les chiens de garde sont interdits.
        La presse quotidienne régionale licencie.
        Un scribouillard, dit le dictionnaire, est un commis.
        Le canard enchaîné a révélé l’affaire.
        Le colon du haut plateau et le gros côlon.
        Une œuvre sans génie, dit la critique.
        Le deux de pique est la plus petite carte.
        Ils ont acheté un gros jambon.
        Un innocent a été libéré.
        La cave du château contient dix mille bouteilles.
        La gang de Montréal a été arrêtée.
        Mon chum et ma blonde sont là.
        Le troll est une créature scandinave.
        La victime a porté plainte.
        Les victimes du séisme sont nombreuses.
        Kikoo tout le monde, bonne journée.
        Kévin est un prénom des années 90.
        Vous êtes des anges.
        Vous êtes des lecteurs attentifs.
        Espèce protégée, le loup revient.
        Bande de Gaza : une trêve.
        Ta mère a téléphoné.
        Tu es le boss.
        Quel cirque, ce conseil municipal.
        Quelle poisse !
        Quel gâchis.
        Quelle truffe magnifique, et quel parfum !
        Quel animal étrange, le pangolin.
        Quel singe étonnant !
        Cette buse variable niche près de l’autoroute.
        Ce pigeon voyageur vaut 1,6 million d’euros.
        Cette vipère est protégée.
        Ces moutons sont à vendre.
        Vous êtes des moutons à cinq pattes pour un recruteur.
        Il est fort comme un bœuf et têtu comme une mule.
        Ce nain de jardin a été volé.
        Ces porcs sont élevés en plein air.
        Ce rat musqué fait des dégâts.
        Cette larve deviendra papillon.
        Ces voyous ont été interpellés.
        Ce voleur a été filmé.
        Ce violeur a été condamné.
        Ces terroristes ont été tués.
        Ces mafieux seront jugés à Palerme.
        Ce forcené s’est rendu.
        Les menteurs seront démasqués, selon lui.
        Le menteur pathologique souffre d’un trouble étudié.
        Dans le vestiaire, l’ambiance est pourrie.
        Un fruit pourri gâte les autres.
        Les fruits pourris sont compostés.
        Ce vendu à l’encan était un tableau.
        Une maison vendue, une terre vendue.
        Ce lâche attentat a fait dix morts.
        Lâche-moi la main, dit l’enfant.
        Il lâche prise.
        Un acte lâche et cruel.
        Une hypocrite pudeur.
        Il est radin, dit sa femme.
        Un sot métier n’existe pas.
        Il n’est point de sot métier.
        La gueule du loup, la gueule de bois, gueule d’ange.
        Une gueule cassée de 14-18.
        Casse-toi la tête un peu !
        Tire-toi de là si ça brûle.
        La tarte à la crème du débat.
        La poule aux œufs d’or et la poule mouillée de la fable.
        La gonzesse du film dit : « Salut. »
        Une sacrée nana.
        Ces sacrées vacances.
        Une sale affaire, un sale temps, une sale histoire.
        Sale et fatiguée, elle rentra.
        Un plat salé.
        Un vin qui sent la pisse de chat.
        L’ivrogne a renversé un cycliste.
    """,
    "words with two senses": """
        Ce malfrat a été arrêté à Marseille.
        Le forban de la BD a une jambe de bois.
        Le corsaire et le forban dans la littérature.
        Un filou de renard a pris trois poules.
        Le margoulin du marché vend des œufs.
        L’opportunisme et l’arrivisme sont décrits par Balzac.
        Ce sauvageon est un jeune plant de pommier.
        Cette cruche de grès vaut cent euros.
        Cette gourde en inox garde le froid.
        Quelle gourde choisir pour la randonnée ?
        Quelle cruche pour le vin ?
        Quelle poubelle pour le verre ?
        Quel singe, quel âne, quel bœuf choisir pour la crèche ?
        Tu es un amour.
        Tu es une perle, une étoile, un soleil.
        Vous êtes des champions.
        La poule de luxe du livre s’appelle Nana.
        Le nain Simplet et le nain Prof.
        Le roi ostrogoth a pris Ravenne.
        Les zouaves ont pris Malakoff.
        Le croquant s’est révolté en 1594.
        Les croquants aux amandes de Cordes.
        Ces croquants aux amandes sont délicieux.
        Ce reître du XVIe siècle pillait tout.
        Le gueux de mer et le gueux des bois.
        Le charlatan vendait des élixirs.
        Ce radin d’Harpagon cache sa cassette.
        La pleureuse corse chante aux enterrements.
        Cette pleureuse du XIXe siècle est en marbre.
        La peste soit de l’avarice.
        Le fada, disait Pagnol, est celui qui voit les fées.
        La fée et le lutin.
        La langue de vipère est une plante.
        Le retourneur de veste d’Edgar Faure.
        La girouette tourne au vent.
        Ces chouettes nichent au clocher.
        Une vieille chouette hulule.
        Le thon, ce boudin, ce gigot : tout est bio.
        Le film suit un toxico, un camé et un dealer.
        Un drogué sur trois rechute.
        Les vandales ont tagué l’école.
        Le dictateur a été renversé.
        Le dictateur nord-coréen a tiré un missile.
        Cette brute a frappé son voisin.
        La Belle et la Brute.
        Le Bon, la Brute et le Truand repasse.
        Le rural, le villageois et le broussard.
        Les boomers partent à la retraite.
        Un boomer sur deux possède son logement.
        La génération boomer.
        Les incels américains inquiètent.
        L’incel a tué dix personnes à Toronto.
        Le noob, dit le lexique, est un débutant.
        Ce twit a été partagé mille fois.
        Mon nono et ma nonna venaient de Bergame.
        Ce nono m’a appris l’italien.
        Le tonton et le toton.
        Les enfants jouent au toton.
        Les Québécois disent : il fait frette.
        Le maudit hiver est fini.
        La maudite neige tombe encore.
        Le maudit prix de l’essence.
        Mon crisse de char est en panne.
        Il est tard en tabarnak.
        Le fif de Namur est un festival.
        Le FIFF de Namur.
        La batoille du lac.
        Le frontalier paie ses impôts à Genève.
        Les frontaliers de Genève sont 90 000.
        La Savoie et ses diots.
        Un coup de pompe et un coup de barre.
        Le harki, le pied-noir et l’appelé.
        Une famille harkie.
        La victime est une femme de 40 ans.
        Vous êtes une victime de la fraude ? Témoignez.
        Tu es victime de harcèlement ?
        Vous êtes victimes d’une arnaque.
        Vous êtes malade ? Restez chez vous.
        Vous êtes un malade chronique ? Cet article est pour vous.
        Êtes-vous un cas contact ?
        Vous êtes handicapé, vous avez droit à une carte.
        Vous êtes un handicapé moteur ? Une carte existe.
        Vous êtes une folle de mode ?
        Vous êtes fou de foot.
        Vous êtes un fou de moto ?
        Tu es dingue de chocolat.
        Tu es un dingue de vélo.
        Vous êtes un ours mal léché, dit l’horoscope.
        Vous êtes chien, cheval ou dragon ? L’horoscope chinois.
        Les natifs du porc ou du cochon.
        Tu es un sorcier, Harry.
        Elle est nulle part.
        On ne la trouve nulle part.
        Ce nul rapporte un point.
        Ce nul contre Nantes déçoit.
        Un nul en but à but.
        Les planqués de l’arrière, en 1916.
        Un pneu dégonflé, des pneus dégonflés.
        Ces fragiles équilibres.
        Un fragile cessez-le-feu.
        L’énergumène de service a quitté la salle.
        Le grand dadais du village.
        L’esprit étroit du couloir.
        Le bulot de Granville a une AOP.
        Le bourrin du Poitou tire la calèche.
        La tête creuse de la statue.
        Un coup de gueule contre la taxe.
        La gueule du four.
        Le cul de la bouteille.
        Le cul-de-jatte du tableau de Bruegel.
        Cul sec !
        Le pied bot et le bec-de-lièvre.
        Une face de pierre.
        La face cachée de la Lune.
        Le sac à main et le sac à dos.
        Le porte-flingue du parrain est mort.
        Un tas de bois, un tas de sable, un tas de gens.
        Un tas de fumier fumait.
        Le gros des troupes, un gros bonnet, un gros plan.
        La grosse dinde de Noël pesait huit kilos.
        Sale temps pour les marmottes.
        Petit Con, la bande dessinée de Lauzier.
        Le gland, la bite d’amarrage et le quai.
        La bite d’amarrage du port.
        Les couilles du taureau se mangent.
        Les burnes du bélier.
        Une fiente de pigeon sur la vitre.
        La crotte de chien coûte 68 euros d’amende.
        La bouse de vache sert de combustible.
        La colique du nourrisson.
        Un vomi de chat sur le tapis.
        Les prostituées du bois de Vincennes.
        Le lobby LGBT a gagné.
        Un gay, une lesbienne et un trans témoignent.
        Le travesti du cabaret Michou.
        La tapette à souris est cruelle.
        La tapette à mouches de grand-mère.
        Une tapette à rats.
        La fachosphère se déchaîne.
        Le tout-à-l’égout.
        La voiture folle a fauché des passants.
        La vache folle, vingt ans après.
        Une soirée de fous.
        La Fête des fous au Moyen Âge.
        Le Roi Lear et son fou.
        L’Éloge de la folie.
        Le Joueur de flûte et les rats d’Hamelin.
        La Ferme des animaux d’Orwell, avec ses cochons.
        Napoléon, le cochon d’Orwell, prend le pouvoir.
        Les Trois Petits Cochons.
        Peppa Pig est une truie rose.
        Babe, le cochon devenu berger.
        Un Singe en hiver repasse ce soir.
        La Planète des singes.
        Touchez pas au grisbi.
        Le Chacal, film de Zinnemann.
        Coluche, l’histoire d’un mec.
        Le Canard, le Requin et le Blaireau.
        L’Association des blaireaux de France.
        Un blaireau pour la barbe.
        Bernard Hinault, dit le Blaireau.
        Ce blaireau d’Hinault gagnait tout.
        Les Guêpes, les Requins : les surnoms des clubs.
        L’Asticot est un bar.
        L’asticot sert d’appât.
    """,
}


def _sentences() -> list[tuple[str, str]]:
    return [
        (theme, line.strip())
        for theme, lines in INNOCENTS.items()
        for line in lines.splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize(("theme", "text"), _sentences())
def test_honest_use_is_left_alone(theme: str, text: str) -> None:
    found = [m for m in default_engine().screen(text).matches if m.category in _ABUSE]
    assert found == [], theme
