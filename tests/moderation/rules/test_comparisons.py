"""Famous names made into common nouns, and the people themselves."""

import pytest

from moderation.rules.match import Category
from tests.moderation.rules.conftest import Finder

COMPARED = [
    ("Ce Rastignac de la Silicon Valley nous sermonne.", "Rastignac de la Silicon"),
    ("La directrice, véritable Folcoche, a tout annulé.", "Folcoche"),
    # A name and what belittles or moves it
    ("C'est un Franco en tongs.", "Franco en tongs"),
    ("Le Tartuffe de Zgharta a parlé.", "Tartuffe de Zgharta"),
    ("Encore une Thatcher de sous-préfecture.", "Thatcher de sous-préfecture"),
    ("Notre Madoff du Levant a filé.", "Madoff du Levant"),
    ("Un Torquemada municipal veille.", "Torquemada municipal"),
    ("Un Iznogoud libanais attend son heure.", "Iznogoud libanais"),
    ("Ce Robespierre de province se croit tout permis.", "Robespierre de province"),
    ("C'est un vrai Staline.", "Staline"),
    # Fanatics of what has none
    ("Les ayatollahs du vélo veulent tout interdire.", "ayatollahs du vélo"),
    ("Les talibans du bio sont de retour.", "talibans du bio"),
    ("Les ayatollahs de la laïcité reviennent.", "ayatollahs de la laïcité"),
    (
        "Ces gardiens du temple de l'orthographe ricanent.",
        "gardiens du temple de l'orthographe",
    ),
    # Somebody surnamed
    ("Madame Ursula Hitler décide de tout.", "Ursula Hitler"),
    ("Voilà Emmanuel Hitler.", "Emmanuel Hitler"),
]

THEMSELVES = [
    "Le Tartuffe d'Ariane van Damme est à l'Odéon.",
    "Le Père Ubu en tournée dans le Nord.",
    "Les Thénardier de la comédie musicale chantent juste.",
    # Works and their authors
    "Le Tartuffe de Molière sera joué à Lyon.",
    "« Caligula » de Camus est repris à Paris.",
    "Le Napoléon d'Abel Gance dure sept heures.",
    "Le Don Juan de Mozart est à l'affiche.",
    "Le Churchill de Gary Oldman est bluffant.",
    "Le Frankenstein de Mary Shelley a deux cents ans.",
    "Un Mozart à l'opéra, un Racine au théâtre.",
    "Un Picasso a été vendu à New York.",
    "Le César de la meilleure actrice.",
    "Il a reçu un César hier.",
    # The men, in their time
    "Le Staline des années trente n'est pas celui de 1945.",
    "Le Franco de 1936 s'appuyait sur l'armée.",
    "Pinochet a été arrêté à Londres en 1998.",
    "Adolf Hitler et Eva Braun se marient.",
    "Quand Hitler prend le pouvoir en 1933.",
    "Combien de Français Hitler a-t-il fait tuer ?",
    # Real fanatics, in real places
    "Les talibans de la région ont attaqué un poste.",
    "Les talibans ont pris Kaboul.",
    "Les ayatollahs d'Iran gouvernent.",
    "Les djihadistes du groupe ont fui.",
    "L'ayatollah Khomeini est rentré d'exil.",
    "Le sultan de Brunei est riche.",
    "Les croisés de la première croisade.",
    "Le dictateur de la Corée du Nord.",
    "La Stasi espionnait ses citoyens.",
]


@pytest.mark.parametrize(("text", "epithet"), COMPARED)
def test_comparison_is_found_whole(found: Finder, text: str, epithet: str) -> None:
    assert [m.text for m in found(text, Category.EPITHET)] == [epithet]


@pytest.mark.parametrize("text", THEMSELVES)
def test_the_man_the_work_and_the_fanatic_are_left_alone(
    found: Finder, text: str
) -> None:
    assert not found(text, Category.EPITHET)
