"""What the lexicon's words mean, in an editor's words."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.models import Term

KIND_HELP: Mapping[str, object] = {
    Term.Kind.INSULT: gettext_lazy(
        "un mot qui insulte par lui-même : « connard », « fils de pute »"
    ),
    Term.Kind.LABEL: gettext_lazy(
        "un mot qui a un emploi honnête et n’insulte que s’il désigne quelqu’un : "
        "« ce bouffon », « quelle ordure »"
    ),
    Term.Kind.FIGURE: gettext_lazy(
        "un animal, une chose, un mal, lancé à une personne : « espèce de cornichon »"
    ),
    Term.Kind.EPITHET: gettext_lazy("une étiquette toute faite : « nazillon »"),
    Term.Kind.NAME: gettext_lazy(
        "un nom de tyran ou de criminel, relevé à côté d’un mot qui rabaisse : "
        "« petit Hitler »"
    ),
    Term.Kind.TYPE: gettext_lazy(
        "un nom célèbre qui dit un travers, relevé quand on en fait un nom commun : "
        "« le Tartuffe de Zgharta » ; en minuscules, un fanatique, relevé avec une cause : "
        "« les ayatollahs du vélo »"
    ),
    Term.Kind.BELITTLER: gettext_lazy(
        "rabaisse le nom qui suit : « petit », « apprenti »"
    ),
    Term.Kind.BELITTLER_AFTER: gettext_lazy(
        "rabaisse le nom qui précède : « de pacotille », « en carton »"
    ),
    Term.Kind.ROLE: gettext_lazy(
        "ce qu’une personne est ou prétend être, relevé devant un mot qui rabaisse : "
        "« stratège de salon »"
    ),
    Term.Kind.NOUN: gettext_lazy(
        "un nom de corps ou d’animal, relevé à côté d’un adjectif tiré d’un nom : "
        "« nain poutinien »"
    ),
    Term.Kind.ADJECTIVE: gettext_lazy("tiré du nom d’une personne : « poutinien »"),
    Term.Kind.DEMONYM: gettext_lazy("tiré d’un lieu : « moscovite »"),
    Term.Kind.PUPPET: gettext_lazy(
        "un serviteur, relevé avec la puissance qu’il servirait : "
        "« larbin de Washington »"
    ),
    Term.Kind.POWER: gettext_lazy(
        "une puissance ou un intérêt que l’on servirait : « les lobbies »"
    ),
    Term.Kind.COMPOUND_HEAD: gettext_lazy(
        "première moitié d’une injure composée : « islamo- »"
    ),
    Term.Kind.COMPOUND_TAIL: gettext_lazy(
        "seconde moitié d’une injure composée : « -collabo »"
    ),
    Term.Kind.VERB: gettext_lazy(
        "un verbe qui insulte celui qui en est l’objet : « je t’emmerde »"
    ),
    Term.Kind.THREAT: gettext_lazy(
        "une menace toute faite : « je sais où tu habites »"
    ),
    Term.Kind.VIOLENCE: gettext_lazy(
        "un verbe de violence, relevé seulement s’il est dit à quelqu’un ou si "
        "l’on y appelle : « on va vous tuer »"
    ),
    Term.Kind.GUARD: gettext_lazy(
        "une expression admise : rien n’est relevé dedans (« la mégère apprivoisée »)"
    ),
    Term.Kind.CONTEXT: gettext_lazy(
        "le terme est une insulte du lexique, les formes des mots dont un seul, où que "
        "ce soit dans le texte, montre qu’elle y est honnête : « gland », avec « chêne »"
    ),
    Term.Kind.ORDINARY: gettext_lazy(
        "un mot ordinaire qu’un mot masqué pourrait aussi cacher : « p@te » est « pâte »"
    ),
    Term.Kind.LITERAL: gettext_lazy(
        "un mot qui montre que la phrase parle d’animaux, de théâtre ou de choses : "
        "« zoo »"
    ),
    Term.Kind.ACRONYM: gettext_lazy("un mot en capitales qui ne crie pas : « SNCF »"),
}

TIER_HELP = gettext_lazy(
    "« toujours » : où que soit le mot. « Si le mot vise quelqu’un » : seulement après "
    "« espèce de », « tu es un », « ce »… « Simple raison de regarder » : montré au "
    "modérateur, gravité faible, ne fait pas attendre le commentaire."
)
SEVERITY_HELP = gettext_lazy(
    "propose le motif au modérateur ; « faible » ne fait pas attendre le commentaire"
)


def kinds_explained() -> SafeString:
    """Every kind with its meaning, folded away until asked for."""
    rows = format_html_join(
        "",
        "<dt>{}</dt><dd>{}</dd>",
        ((kind.label, KIND_HELP[kind]) for kind in Term.Kind),
    )
    return format_html(
        '<details class="kinds"><summary>{}</summary><dl>{}</dl></details>',
        _("Ce que veut dire chaque rôle"),
        rows,
    )
