"""Web addresses, and the sites that are only named."""

import pytest

from moderation.engine import screen
from moderation.policy import Action
from moderation.rules.match import Category, Severity
from tests.moderation.rules.conftest import Finder

LINKS = [
    ("Lisez https://exemple.org/page.", "https://exemple.org/page"),
    ("Voir www.exemple.fr/a, puis rien.", "www.exemple.fr/a"),
    ("(voir http://exemple.fr/x)", "http://exemple.fr/x"),
    ("« https://exemple.fr/y »", "https://exemple.fr/y"),
    ("Est-ce https://exemple.fr/y?!", "https://exemple.fr/y"),
    ("Lisez exemple.fr/page !", "exemple.fr/page"),
    ("Lisez hxxps://exemple.ru/z…", "hxxps://exemple.ru/z"),
    ("Lisez ftp://exemple.net/fichier", "ftp://exemple.net/fichier"),
    ("HTTPS://EXEMPLE.FR/A", "HTTPS://EXEMPLE.FR/A"),
    ("Voir https://exemple.fr/Lyon_(ville)", "https://exemple.fr/Lyon_(ville)"),
    ("(https://exemple.fr/Lyon_(ville).)", "https://exemple.fr/Lyon_(ville)"),
]

NAMED = [
    "Le Monde.fr et L'Orient-Le Jour l'ont dit.",
    "Je lis lemonde.fr tous les jours.",
    "Rendez-vous sur Mediapart.fr.",
    "Amazon.com paie peu d'impôts.",
    "Il a dit www. et rien d'autre.",
    "et/ou, oui/non, 3/4",
    "Fin.Le reste/la suite.",
    "https://",
]


@pytest.mark.parametrize(("text", "link"), LINKS)
def test_link_is_found_without_the_marks_after_it(
    found: Finder, text: str, link: str
) -> None:
    assert [m.text for m in found(text, Category.LINK)] == [link]


@pytest.mark.parametrize("text", NAMED)
def test_named_site_is_no_link(found: Finder, text: str) -> None:
    assert not found(text, Category.LINK)


@pytest.mark.parametrize(
    ("count", "severity", "action"),
    [
        (1, Severity.LOW, Action.PUBLISH),
        (2, Severity.LOW, Action.PUBLISH),
        (3, Severity.MEDIUM, Action.HOLD),
        (4, Severity.MEDIUM, Action.HOLD),
    ],
)
def test_many_links_make_the_comment_wait(
    count: int, severity: Severity, action: Action
) -> None:
    text = " ".join(f"https://exemple.fr/{n}" for n in range(count))
    screening = screen(text)
    assert [m.severity for m in screening.matches] == [severity] * count
    assert screening.action is action
