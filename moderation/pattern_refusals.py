"""Why a pattern is refused, in the editor's language."""

from django.utils.translation import gettext as _

from moderation.rules.patterns import MAX_LENGTH, TRIAL_SECONDS, PatternError


def refusal(error: PatternError) -> str:
    """A sentence for ``error``; what RE2 itself objects to is quoted as it is."""
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
        case _:
            return _("RE2 refuse ce motif : « %(detail)s ».") % {
                "detail": error.detail or error.reason
            }
