"""What the author of a comment reads of what was masked in it."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from comments.masking import Mask, MaskKind
from moderation.charter.catalog import LANGUAGES
from moderation.charter.in_force import charter_in_force
from moderation.masking.models import Masking
from moderation.models import StatementOfReasons
from moderation.reason_details import Ground, reason_details
from moderation.reasons import ReasonCode
from moderation.redress import further_redress

REASON = ReasonCode.VIE_PRIVEE


def statement_parts(
    masks: Sequence[Mask], *, puid: str, flagged: bool, reported: bool
) -> dict[str, object]:
    """Every column of a `Masking` that its author may read.

    ``flagged``: a rule found one of ``masks``; ``reported``: readers had reported the
    comment.
    """
    details = reason_details()[REASON]
    parts: dict[str, object] = {
        "puid": puid,
        "reason": REASON,
        "source": (
            StatementOfReasons.Source.NOTICE
            if reported
            else StatementOfReasons.Source.VOLUNTARY
        ),
        "automated_detection": flagged,
        "ground": StatementOfReasons.Ground.CHARTER,
        "also_illegal": details.ground == Ground.EITHER,
        "clause": details.clause,
        "category": details.category,
        "keyword": details.keyword,
        "keyword_text": details.keyword_text,
    }
    titles = charter_in_force().titles[details.clause]
    for language in LANGUAGES:
        with override(language):
            parts |= {
                f"clause_{language}": titles[language],
                f"facts_{language}": _facts(masks, flagged=flagged),
                f"message_{language}": _message(),
                f"redress_{language}": _redress(puid),
            }
    return parts


def duration_text(masking: Masking) -> str:
    """How far the restriction reaches, and for how long."""
    if not masking.stands:
        return _("Levé : tout le texte peut de nouveau être lu.")
    return _(
        "Ces passages seuls, partout où le commentaire paraît, sans limite de durée. "
        "Le reste de votre texte n’est pas touché."
    )


def _message() -> str:
    return _(
        "Votre commentaire donne des coordonnées, les vôtres ou celles d’un autre. Pour "
        "que personne n’en abuse, nous les avons masquées : les lecteurs voient, à leur "
        "place, que la rédaction l’a fait."
    )


def _facts(masks: Sequence[Mask], *, flagged: bool) -> str:
    """What happened: no name, and no word of the comment."""
    kinds = list(dict.fromkeys(str(MaskKind(mask.kind).label) for mask in masks))
    said = ngettext(
        "Un modérateur du journal a relu ce commentaire et y a masqué %(count)d passage "
        "(%(kinds)s). Votre texte est conservé tel que vous l’avez écrit.",
        "Un modérateur du journal a relu ce commentaire et y a masqué %(count)d "
        "passages (%(kinds)s). Votre texte est conservé tel que vous l’avez écrit.",
        len(masks),
    ) % {"count": len(masks), "kinds": ", ".join(kinds)}
    if flagged:
        said += " " + _("Une règle automatique y avait relevé des coordonnées.")
    return said + " " + _("Une personne a décidé, aucune machine.")


def _redress(puid: str) -> str:
    told = _(
        "Si vous pensez que c’est une erreur, écrivez à %(address)s en donnant la "
        "référence %(reference)s : la rédaction réexaminera cette décision et vous "
        "répondra."
    ) % {"address": settings.CONTACT_EMAIL, "reference": puid}
    return f"{told} {further_redress()}"
