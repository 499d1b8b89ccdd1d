"""What a sanctioned author is told, in the active language."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.dates import printed_day
from moderation.models import Sanction, StatementOfReasons
from moderation.reasons import ReasonCode
from moderation.redress import further_redress


def last_day(sanction: Sanction) -> str:
    """The last day on which it holds, as the newspaper prints it."""
    return printed_day(sanction.ends_at - timedelta(microseconds=1))


def measure_text(sanction: Sanction) -> str:
    """What changes for the author, and until when."""
    kind = Sanction.Kind(sanction.kind)
    count = sanction.comments_to_review or 0
    told = {
        Sanction.Kind.WARNING: _(
            "Ceci est un avertissement : vous pouvez commenter comme avant. Il compte "
            "jusqu’au %(day)s inclus : d’ici là, un nouveau manquement peut vous valoir "
            "une suspension."
        ),
        Sanction.Kind.REVIEW: ngettext(
            "Votre prochain commentaire attendra qu’un modérateur l’ait relu. Cette "
            "mesure s’arrête ensuite, et au plus tard après le %(day)s.",
            "Vos %(count)d prochains commentaires attendront qu’un modérateur les ait "
            "relus. Cette mesure s’arrête ensuite, et au plus tard après le %(day)s.",
            count,
        ),
        Sanction.Kind.SUSPENSION: _(
            "Vous ne pouvez pas publier de commentaire jusqu’au %(day)s inclus. La "
            "suspension s’arrête ensuite d’elle-même."
        ),
        Sanction.Kind.BAN: _(
            "Les commentaires vous sont fermés : vous ne pouvez rien y publier jusqu’au "
            "%(day)s inclus. Au-delà, il faudrait une nouvelle décision."
        ),
    }
    return told[kind] % {"day": last_day(sanction), "count": count}


def untouched_text(sanction: Sanction) -> str:
    """What no sanction takes away (TRUST L-18); empty for a warning."""
    if not sanction.restricts:
        return ""
    return _(
        "Vous pouvez toujours lire le journal, retrouver vos commentaires, gérer votre "
        "compte et signaler des commentaires."
    )


def refusal_text(sanction: Sanction) -> str:
    """Why a comment is refused: the measure, its reason, and how to contest it."""
    return " ".join(
        (
            measure_text(sanction),
            _("Motif : %(reason)s.") % {"reason": sanction.reason_name},
            sanction.redress,
            _("Le détail est dans « Mes commentaires »."),
        )
    )


def redress_text(sanction: Sanction) -> str:
    """How the author may contest ``sanction``."""
    told = _(
        "Si vous pensez que c’est une erreur, écrivez à %(address)s en donnant la "
        "référence %(reference)s : la rédaction réexaminera cette décision et vous "
        "répondra."
    ) % {"address": settings.CONTACT_EMAIL, "reference": sanction.puid}
    return f"{told} {further_redress()}"


def usual_message(clause: str) -> str:
    """What the author reads if the moderator writes nothing of his own."""
    return _(
        "Vos commentaires ne respectent pas cette règle de la charte : « %(clause)s »."
    ) % {"clause": clause}


def facts_text(sanction: Sanction, *, total: int, hidden: int, warned: bool) -> str:
    """What happened: no name, and no word of a comment.

    ``total`` and ``hidden`` count the author's comments so far.
    """
    said = [
        _("Un modérateur du journal a examiné vos commentaires. Motif : %(reason)s.")
        % {"reason": str(ReasonCode(sanction.reason).label).partition(" (")[0]},
        ngettext(
            "Vous en avez écrit %(total)d jusqu’ici, dont %(hidden)d masqué.",
            "Vous en avez écrit %(total)d jusqu’ici, dont %(hidden)d masqués.",
            hidden,
        )
        % {"total": total, "hidden": hidden},
    ]
    if sanction.source == StatementOfReasons.Source.NOTICE:
        said.append(_("Des lecteurs en avaient signalé."))
    else:
        said.append(_("La rédaction a agi de sa propre initiative."))
    if sanction.kind in Sanction.NO_POSTING:
        said.append(
            _("Un avertissement avait précédé.")
            if warned
            else _(
                "Aucun avertissement n’a précédé : les faits sont trop graves pour s’y "
                "tenir."
            )
        )
    said.append(_("Une personne a décidé, aucune machine."))
    return " ".join(said)
