"""How editors set the charter in the back office."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.charter.catalog import Kind, shipped_rules
from moderation.charter.models import CharterRule
from moderation.rule_models import in_this_language

FIELDS = {
    Kind.MODE: ("mode",),
    Kind.NUMBER: ("number",),
    Kind.HOURS: ("opens", "closes"),
    Kind.HOLD: (),
}
"""What a rule of each kind is set by, beside its switch."""


class RuleForm(forms.ModelForm):
    """A rule of the charter; which fields count depends on the rule."""

    class Meta:
        model = CharterRule
        fields = ("rule", "section", "article", "enabled", "number", "opens", "closes", "mode")  # fmt: skip
        help_texts = {  # noqa: RUF012
            "section": gettext_lazy("vide, avec l’article : tout le site"),
            "article": gettext_lazy("l’article l’emporte sur sa rubrique"),
            "enabled": gettext_lazy(
                "hors service, la règle ne vaut pas ici, même si elle vaut au-dessus"
            ),
            "number": gettext_lazy(
                "jours, commentaires, mots ou caractères : selon la règle"
            ),
            "opens": gettext_lazy("à l’heure du journal, par exemple 8:00"),
            "closes": gettext_lazy(
                "plus tôt que l’ouverture : le lendemain, après minuit"
            ),
            "mode": gettext_lazy("pour la seule règle « Mode »"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"section", "article"} & self.fields.keys():
            for verb in ("add", "change", "delete", "view"):
                setattr(self.fields[name].widget, f"can_{verb}_related", False)
        kept = self.instance.rule
        if kept in shipped_rules() and "number" in self.fields:
            shipped = shipped_rules()[kept]
            self.fields["number"].help_text = _("de %(least)d à %(most)d") % {
                "least": shipped.least,
                "most": shipped.most,
            }


class PublishForm(forms.Form):
    """Publishing a version. ``seen`` marks the draft that the editor looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)
    important = forms.BooleanField(
        label=gettext_lazy("Changement important"),
        required=False,
        help_text=gettext_lazy(
            "À cocher si ce qui change compte pour ceux qui commentent : une règle, une "
            "sanction, un recours. La loi demande alors de les en avertir (règlement "
            "2022/2065, article 14). Une correction de forme ne s’annonce pas."
        ),
    )


def rule_help() -> SafeString:
    """What each rule does, and the clause it serves, folded away as HTML."""
    return format_html(
        '<details class="rule-guide"><summary>{}</summary>'
        '<ul class="policy-help">{}</ul>{}</details>',
        _("Ce que fait chaque règle"),
        format_html_join(
            "",
            _("<li><strong>{}</strong> (clause « {} ») : {}</li>"),
            (
                (in_this_language(rule.title), rule.clause, in_this_language(rule.help))
                for rule in shipped_rules().values()
            ),
        ),
        mode_note(),
    )


def mode_note() -> SafeString:
    """The legal note that stands beside the mode (TRUST L-33)."""
    return format_html(
        '<p class="policy-help">{}</p>',
        _(
            "A priori : valider chaque commentaire vaut connaissance de son contenu. Le "
            "directeur de la publication ne peut plus dire qu’il l’ignorait avant sa "
            "mise en ligne ; qui a validé quelle version est enregistré."
        ),
    )
