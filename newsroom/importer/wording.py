"""Words by which a page's own furniture is told from what people wrote on it."""

import re
from dataclasses import dataclass

from newsroom.importer.lines import folded

_FURNITURE = (
    "rechercher|recherche|menu|accueil|connexion|déconnexion|partager|imprimer|envoyer"
    "|facebook|twitter|tweeter|whatsapp|linkedin|abonnement|newsletter|fermer|répondre"
    "|signaler|permalien|publicité|contact|s'abonner|s'inscrire|s'identifier|commenter"
    "|réagir|retour en haut|retour en haut de page|haut de page|se connecter|mon compte"
    "|abonnez-vous|aller au contenu|mentions légales|j'aime|lire la suite"
    "|poster un commentaire|laisser un commentaire|charger plus de commentaires"
    "|voir plus de commentaires"
)
_INTERFACE = frozenset(_FURNITURE.split("|"))
_TOP = re.compile(r"(?:retour en )?haut(?: de (?:la )?page)?", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:les |vos )?(?:commentaires?|réactions?)"
    r"(?:\s?[:(\[]?\s?(?P<after>\d[\d\s]{0,9})\s?[)\]]?)?"
    r"|(?P<before>\d[\d\s]{0,9}|aucune?|pas de)\s(?:commentaires?|réactions?)\.?",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:voir |lire |afficher )?tous les commentaires(?:\s?\(\d[\d\s]{0,9}\))?",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"les commentaires sont (?:fermés|clos|désactivés)\b.{0,80}", re.I)
_READ = r"(?:[àa]\s)?(?:lire|voir)\s(?:aussi|également)"
_LABELS = rf"{_READ}|pour mémoire|sur le même sujet|pour aller plus loin"
_LABEL = re.compile(rf"(?:{_LABELS})\s?:?", re.IGNORECASE)
_INLINE = (
    re.compile(rf"\(\s?(?P<label>{_LABELS})\s?:\s?(?P<title>.*\S)\s?\)\s?\.?", re.I),
    re.compile(rf"(?P<label>{_READ})\s?:\s?(?P<title>.*\S)", re.IGNORECASE),
)
_CLOSING = "»\"”')]}\u00a0 "


@dataclass(frozen=True, slots=True)
class ThreadHeading:
    """« commentaires (5) »; ``declared`` is None where no number is printed."""

    declared: int | None


def is_interface(text: str) -> bool:
    """Whether ``text`` is nothing but a word of the page's own furniture."""
    word = folded(text).replace("’", "'")
    return word in _INTERFACE or word.startswith("©") or bool(_CLOSED.fullmatch(word))


def is_way_up(text: str) -> bool:
    """Whether ``text`` is the « Retour en haut » that ends a page."""
    return bool(_TOP.fullmatch(folded(text)))


def thread_heading(text: str) -> ThreadHeading | None:
    """Read a line that may stand above comments."""
    if len(text) > 60 or not (match := _HEADING.fullmatch(text.strip())):
        return None
    if before := match["before"]:
        return ThreadHeading(_number(before) if before[0].isdigit() else 0)
    return ThreadHeading(_number(match["after"]) if match["after"] else None)


def asks_for_all(text: str) -> bool:
    """Whether ``text`` is the « Tous les commentaires » below the newest one."""
    return len(text) <= 60 and bool(_ALL.fullmatch(folded(text)))


def related_label(text: str) -> str | None:
    """Return « Lire aussi » as printed, if it stands alone on its line."""
    if len(text) > 40 or not _LABEL.fullmatch(text.strip()):
        return None
    return text.strip().rstrip(":").strip()


def inline_related(text: str) -> tuple[str, str] | None:
    """Return the label and the title of « (Lire aussi : …) », a line of its own.

    The title is all that follows the first colon: it may hold others.
    """
    for form in _INLINE:
        if match := form.fullmatch(text.strip()):
            return match["label"].strip(), match["title"].strip()
    return None


def last_sign(text: str) -> str:
    """Return the last sign of ``text`` but closing quotes and brackets, or ''."""
    return text.rstrip(_CLOSING)[-1:]


def _number(digits: str) -> int:
    return int("".join(digits.split()))
