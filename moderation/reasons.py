"""Why a comment is hidden: codes that decisions store, never reused or renamed."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.rules.match import Category, Severity


class ReasonCode(models.TextChoices):
    HORS_SUJET = "hors_sujet", _("Hors sujet")
    CRI = "cri", _("Majuscules ou ponctuation criardes")
    LANGUE = "langue", _("Langue non admise")
    ILLISIBLE = "illisible", _("Incompréhensible, SMS")
    GROSSIERETE = "grossierete", _("Grossièreté sans cible")
    OBSCENE = "obscene", _("Obscène, pornographique")
    DOUBLON = "doublon", _("Répétition, message identique")
    PROSELYTISME = "proselytisme", _("Prosélytisme")
    LIEN = "lien", _("Lien non admis")
    SIGNATURE = "signature", _("Signature non conforme")
    MODERATION = "moderation", _("Débat sur la modération (utiliser le contact)")
    PUBLICITE = "publicite", _("Publicité")
    SPAM_MASSIF = "spam_massif", _("Pourriel massif et trompeur")
    ARNAQUE = "arnaque", _("Arnaque, hameçonnage")
    USURPATION = "usurpation", _("Usurpation d’identité")
    COMPTES_MULTIPLES = "comptes_multiples", _("Comptes multiples ou factices")
    ATTAQUE_PERSONNELLE = (
        "attaque_personnelle",
        _("Attaque personnelle (lecteur, journaliste, tiers)"),
    )
    HARCELEMENT = "harcelement", _("Harcèlement, meute")
    MENACE = "menace", _("Menace")
    SEXISME = "sexisme", _("Sexisme, violence envers les femmes")
    INJURE = "injure", _("Injure")
    DIFFAMATION = "diffamation", _("Diffamation")
    EPITHETE = "epithete", _("Épithète dégradante visant un groupe")
    HAINE = "haine", _("Provocation à la haine, racisme, antisémitisme, homophobie")
    CONFESSIONNEL = "confessionnel", _("Invective confessionnelle")
    NEGATIONNISME = "negationnisme", _("Contestation de crimes contre l’humanité")
    INNOCENCE = "innocence", _("Présomption d’innocence, enquête, victime")
    VIOLENCE = "violence", _("Appel à la violence")
    TERRORISME = "terrorisme", _("Apologie du terrorisme")
    VIE_PRIVEE = "vie_privee", _("Coordonnées, vie privée, doxing")
    DESINFORMATION = "desinformation", _("Fausse information manifeste")
    ELECTORAL = "electoral", _("Règle électorale (veille, sondage sortie des urnes)")
    DROIT_AUTEUR = "droit_auteur", _("Copie d’un texte protégé")
    SUICIDE = "suicide", _("Incitation au suicide, automutilation")
    MINEURS = "mineurs", _("Atteinte aux mineurs")
    ORDRE = "ordre", _("Ordre d’une autorité")
    AUTRE = "autre", _("Autre (texte obligatoire, 20 caractères au moins)")


OTHER_NOTE_MIN_LENGTH = 20  # characters
MESSAGE_MAX_LENGTH = 2000  # characters: what the European database takes

SUGGESTED: dict[str, ReasonCode] = {
    Category.SHOUTING: ReasonCode.CRI,
    Category.PUNCTUATION: ReasonCode.CRI,
    Category.INSULT: ReasonCode.INJURE,
    Category.EPITHET: ReasonCode.EPITHETE,
    Category.THREAT: ReasonCode.MENACE,
    Category.CONTACT: ReasonCode.VIE_PRIVEE,
    Category.LINK: ReasonCode.LIEN,
    Category.REPETITION: ReasonCode.DOUBLON,
    Category.LENGTH: ReasonCode.ILLISIBLE,
    Category.LANGUAGE: ReasonCode.LANGUE,
    Category.OTHER: ReasonCode.HORS_SUJET,
}
"""The reason a flag's category suggests; the moderator chooses."""

FREQUENT = (
    ReasonCode.INJURE,
    ReasonCode.EPITHETE,
    ReasonCode.ATTAQUE_PERSONNELLE,
    ReasonCode.CRI,
    ReasonCode.HORS_SUJET,
    ReasonCode.GROSSIERETE,
    ReasonCode.HAINE,
    ReasonCode.DOUBLON,
)
"""The reasons one key away, in the order of their keys."""

_WORST_FIRST = (
    Category.THREAT,
    Category.EPITHET,
    Category.INSULT,
    Category.SHOUTING,
    Category.CONTACT,
    Category.PUNCTUATION,
    Category.REPETITION,
    Category.LINK,
    Category.LANGUAGE,
    Category.LENGTH,
    Category.OTHER,
)


def suggested_reason(flags: Iterable[tuple[str, str]]) -> ReasonCode | None:
    """The reason that (category, severity) pairs suggest: that of the gravest.

    Of two as grave, words count before form. None without any flag.
    """
    ranked = sorted(
        flags,
        key=lambda flag: (
            -Severity(flag[1]).rank,
            _WORST_FIRST.index(Category(flag[0])),
        ),
    )
    return SUGGESTED[ranked[0][0]] if ranked else None
