"""Why a pattern is refused, in the editor's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.patterns import MAX_LENGTH, TRIAL_SECONDS, PatternError

RE2_OBJECTIONS = {
    "missing )": gettext_lazy(
        "Une parenthèse est ouverte et n’est pas fermée : « %(part)s »."
    ),
    "unexpected )": gettext_lazy(
        "Une parenthèse est fermée sans avoir été ouverte : « %(part)s »."
    ),
    "missing ]": gettext_lazy(
        "Un crochet est ouvert et n’est pas fermé : « %(part)s »."
    ),
    "no argument for repetition operator": gettext_lazy(
        "Rien n’est à répéter devant « %(part)s »."
    ),
    "bad repetition operator": gettext_lazy(
        "Deux signes de répétition se suivent : « %(part)s »."
    ),
    "invalid repetition size": gettext_lazy(
        "Ce nombre de répétitions n’est pas admis : « %(part)s ». Le plus petit vient "
        "d’abord, et mille est le plus grand."
    ),
    "invalid escape sequence": gettext_lazy(
        "RE2 ne connaît pas « %(part)s ». Pour le signe lui-même, ôtez la barre oblique "
        "inverse ; il n’y a pas de référence arrière."
    ),
    "invalid character class range": gettext_lazy(
        "RE2 ne peut pas lire ce qui est entre crochets : « %(part)s »."
    ),
    "invalid perl operator": gettext_lazy(
        "RE2 ne connaît pas « %(part)s » : il n’y a ni regard en avant ni regard en "
        "arrière."
    ),
    "pattern too large - compile failed": gettext_lazy(
        "Ce motif demande trop de mémoire : réduisez ses répétitions."
    ),
    "trailing \\": gettext_lazy(
        "Le motif finit par une barre oblique inverse, qui n’annonce rien."
    ),
}
"""{what RE2 says of a pattern, before the part it says it of: the same for editors}.

See `kRE2ErrorStrings` in https://github.com/google/re2/blob/main/re2/regexp.cc.
"""


def refusal(error: PatternError) -> str:
    """A sentence for ``error``; an objection of RE2 that is not known is quoted."""
    match error.reason:
        case "long":
            return _("Ce motif dépasse %(limit)d caractères.") % {"limit": MAX_LENGTH}
        case "empty":
            return _(
                "Ce motif reconnaît aussi un texte vide : il serait relevé partout. "
                "Remplacez « * » ou « ? » par « + », ou ajoutez un mot."
            )
        case "slow":
            return _(
                "Ce motif est trop lent : il dépasse %(limit)d millisecondes sur un "
                "texte de 10 000 signes."
            ) % {"limit": round(TRIAL_SECONDS * 1000)}
    objection, _colon, part = error.detail.partition(": ")
    if objection in RE2_OBJECTIONS:
        return str(RE2_OBJECTIONS[objection]) % {"part": part}
    return _("RE2 refuse ce motif : « %(detail)s ».") % {
        "detail": error.detail or error.reason
    }
