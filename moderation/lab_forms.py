"""What the lab asks: a text, a term or a pattern. Nothing here is ever saved."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.texts import grapheme_count, is_blank, with_line_feeds
from moderation.models import EditorPattern, Term
from moderation.rule_models import validate_regex
from moderation.term_form import TermForm, is_shipped

TIMES_LONGER = 10  # than a comment may be
AMONG = (1_000, 10_000, 100_000)
IDENTITY = ("text", "language", "kind")


class TextForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Texte"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Langue attendue"),
        choices=Term._meta.get_field("language").choices or (),
        initial="fr",
    )

    def clean_text(self) -> str:
        text = with_line_feeds(self.cleaned_data["text"])
        if is_blank(text):
            raise ValidationError(_("Ce texte est vide : écrivez quelque chose."))
        limit = TIMES_LONGER * settings.COMMENT_MAX_LENGTH
        excess = len(text) - limit
        if 0 < excess <= limit:
            excess = grapheme_count(text) - limit
        if excess > 0:
            raise ValidationError(
                _(
                    "Ce texte dépasse la limite de %(limit)s caractères, dix fois celle "
                    "d’un commentaire : il y en a %(excess)s de trop."
                )
                % {"limit": intcomma(limit), "excess": intcomma(excess)}
            )
        return text


class AmongField(forms.TypedChoiceField):
    """How many of the latest comments to try on."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Sur les derniers commentaires reçus"),
            choices=lambda: [(count, intcomma(count)) for count in AMONG],
            coerce=int,
            initial=AMONG[0],
            help_text=gettext_lazy(
                "cent mille commentaires demandent jusqu’à une demi-minute"
            ),
        )


class TermTrialForm(TermForm):
    """The lexicon's form without what changes no match; ``instance`` is replaced."""

    among = AmongField()

    class Meta:
        model = Term
        fields = ("text", "language", "kind", "tier", "severity", "forms")
        help_texts = TermForm.Meta.help_texts

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forms"].widget.attrs = {"rows": 3}
        if self.instance.pk and is_shipped(self.instance):
            for name in IDENTITY:
                self.fields[name].disabled = True


class PatternTrialForm(forms.ModelForm):
    regex = forms.CharField(
        label=gettext_lazy("Motif"),
        validators=(validate_regex,),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false"}),
        help_text=EditorPattern._meta.get_field("regex").help_text,
    )
    among = AmongField()

    class Meta:
        model = EditorPattern
        fields = ("regex", "category", "severity")
