"""What each comment policy means, for the editors who choose one."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def policy_help(*, above: str) -> SafeString:
    """Return a list of the modes as HTML; ``above`` says where « comme au-dessus » looks.

    The legal note stands beside the mode it is about (loi du 29 juillet 1982, art. 93-3).
    """
    modes = (
        (
            _("Comme au-dessus"),
            _("%(above)s Le mode du site est une règle de la charte.")
            % {"above": above},
        ),
        (
            _("A priori"),
            _(
                "rien ne paraît avant qu’un modérateur l’ait validé. Attention : "
                "valider chaque commentaire vaut connaissance de son contenu. Le "
                "directeur de la publication ne peut plus dire qu’il l’ignorait avant "
                "sa mise en ligne ; qui a validé quelle version est enregistré."
            ),
        ),
        (
            _("Signalés d’abord"),
            _(
                "seuls attendent les commentaires où les règles ont relevé quelque "
                "chose ; les autres paraissent aussitôt."
            ),
        ),
        (
            _("A posteriori"),
            _(
                "tous paraissent aussitôt ; ceux qui sont signalés viennent dans la "
                "file de modération."
            ),
        ),
        (
            _("Fermé"),
            _("personne ne peut plus commenter ; les commentaires parus restent."),
        ),
    )
    return format_html(
        '<ul class="policy-help">{}</ul>',
        format_html_join("", _("<li><strong>{}</strong> : {}</li>"), modes),
    )
