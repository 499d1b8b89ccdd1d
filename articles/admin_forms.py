"""Forms of the back office: exact texts, and pieces that are numbered as they are saved."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Manager, Max, Model, QuerySet
from django.forms import SplitDateTimeField
from django.forms.models import BaseInlineFormSet, ModelForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Block, RelatedLink
from articles.ranks import Wish, in_wished_order
from articles.services import unique_slug

HIGHEST_RANK = 9999
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PICTURE_MAX_BYTES = 10_000_000


class ExactTextField(forms.CharField):
    """Text kept code point for code point; only a form's CR LF becomes LF again."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")


class ArticleForm(ModelForm):
    """An article; its address is made from its title if the editor leaves it empty.

    The admin gives the model and the fields.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "faite du titre si vous la laissez vide ; la changer après parution "
                "casse les liens vers l’article"
            )
        if "image" in self.fields:
            self.fields["image"].help_text = _("JPEG, PNG, WebP ou GIF, 10 Mo au plus")
        for field in self.fields.values():
            if isinstance(field, SplitDateTimeField):  # two inputs, one label
                parts = (_("%(field)s : date"), _("%(field)s : heure"))
                for widget, name in zip(field.widget.widgets, parts, strict=True):
                    widget.attrs["aria-label"] = name % {"field": field.label}

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        return slug or unique_slug(self.cleaned_data.get("title", ""))

    def clean_image(self) -> Any:
        picture = self.cleaned_data["image"]
        if picture and "image" in self.changed_data:
            if picture.size > PICTURE_MAX_BYTES:
                raise ValidationError(_("Cette image dépasse 10 Mo : réduisez-la."))
            if picture.image.format not in PICTURE_FORMATS:
                raise ValidationError(_("Choisissez une image JPEG, PNG, WebP ou GIF."))
        return picture


class RankedForm(ModelForm):
    """One numbered piece. Left empty, its rank is the next one at the end."""

    position = forms.IntegerField(
        label=gettext_lazy("rang"),
        required=False,
        min_value=0,
        max_value=HIGHEST_RANK,
        help_text=gettext_lazy("vide : à la fin"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # a table's heading names no field
            control: Any = getattr(field.widget, "widget", field.widget)  # wrapped
            control.attrs.setdefault("aria-label", field.label)

    def _get_validation_exclusions(self) -> set[str]:
        # Ranks are made unique by the formset, once all of them are known
        known: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return known | {"position"}


class BlockForm(RankedForm):
    class Meta:
        model = Block
        fields = ("position", "type", "text", "joined_to_previous")
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 3})}
        field_classes: ClassVar = {"text": ExactTextField}


class RelatedLinkForm(RankedForm):
    class Meta:
        model = RelatedLink
        fields = ("placement", "position", "title", "url", "target")

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        scheme, colon, _rest = url.partition(":")
        if "url" not in self.changed_data:
            return url
        if colon and "/" not in scheme and scheme.lower() not in {"http", "https"}:
            raise ValidationError(
                _("Cette adresse doit commencer par http:// ou https://.")
            )
        return url

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "title" in self.changed_data and "target" not in self.changed_data:
            cleaned["target"] = None  # it was found by the former title
        return cleaned


class RankedFormSet(BaseInlineFormSet):
    """Numbers its pieces as their ranks ask; saves them past the unique constraint."""

    def is_gone(self, form: RankedForm) -> bool:
        marked: bool = self._should_delete_form(form)  # type: ignore[attr-defined]
        return self.can_delete and marked

    def shown_forms(self) -> list[RankedForm]:
        """The forms of pieces that exist or that someone filled in."""
        forms_: list[Any] = self.forms
        return [f for f in forms_ if f.instance.pk or f.has_changed()]

    def kept_forms(self) -> list[RankedForm]:
        """The forms whose pieces will stand after saving."""
        return [form for form in self.shown_forms() if not self.is_gone(form)]

    def wishes(self, forms_: list[RankedForm]) -> list[Wish[RankedForm]]:
        """What the screen showed and what was typed, for each of ``forms_``."""
        wishes = []
        for form in forms_:
            had = form.initial.get("position") if form.instance.pk else None
            wanted = had
            if not self.is_gone(form):
                wanted = form.cleaned_data.get("position")
            wishes.append(Wish(form, had, wanted))
        return wishes

    def clean(self) -> None:
        super().clean()
        if not any(self.errors):
            self.number()

    def number(self) -> None:
        """Give each piece its final position."""
        raise NotImplementedError

    def save(self, commit: bool = True) -> list[Model]:
        kept = [form.instance for form in self.kept_forms() if form.instance.pk]
        moves = commit and self._any_moves()
        if moves:
            self._park()
        saved: list[Model] = super().save(commit)
        if moves:
            self._manager().bulk_update(kept, ["position"], batch_size=500)
        return saved

    def _any_moves(self) -> bool:
        """Whether a stored piece changes place, or someone else added one meanwhile."""
        known = [form.instance.pk for form in self.initial_forms]
        return any(
            form.instance.position != form.initial["position"]
            or "placement" in form.changed_data
            for form in self.kept_forms()
            if form.instance.pk
        ) or (self._rows().exclude(pk__in=known).exists())

    def _park(self) -> None:
        """Move all pieces out of the way: unique ranks are checked row by row.

        What someone else added meanwhile stays there, at the end.
        """
        highest = self._rows().aggregate(highest=Max("position"))["highest"] or 0
        away = max(highest, len(self.forms)) + 1
        self._rows().update(position=F("position") + away)

    def _rows(self) -> QuerySet[Model]:
        return self._manager().filter(**{self.fk.name: self.instance})

    def _manager(self) -> Manager[Model]:
        assert self.model is not None
        manager: Manager[Model] = self.model._default_manager
        return manager


class BlockFormSet(RankedFormSet):
    """The body, numbered from 1. ``moves`` maps a rank on the screen to the final one."""

    moves: dict[int, int]

    def number(self) -> None:
        order = in_wished_order(self.wishes(self.shown_forms()))
        self.moves = {}
        kept = [form for form in order if not self.is_gone(form)]
        for rank, form in enumerate(kept, start=1):
            if form.instance.pk:
                self.moves[form.initial["position"]] = rank
            form.instance.position = rank

    def related_ranks(self) -> list[int]:
        """Final ranks of the « Lire aussi » blocks, in reading order."""
        return sorted(
            form.instance.position
            for form in self.kept_forms()
            if form.instance.type == Block.Type.RELATED_INLINE
        )


class RelatedLinkFormSet(RankedFormSet):
    """Listed links, numbered from 1, and links that stand where their block stands."""

    blocks: BlockFormSet | None = None

    def number(self) -> None:
        inline: list[RankedForm] = []
        listed: list[RankedForm] = []
        for form in self.kept_forms():
            placement = form.cleaned_data.get("placement")
            chosen = inline if placement == RelatedLink.Placement.INLINE else listed
            chosen.append(form)
        self._number_list(listed)
        if self.blocks is not None and self.blocks.is_valid():
            self._number_inline(inline, self.blocks)

    def _number_list(self, listed: list[RankedForm]) -> None:
        gone = [
            form
            for form in self.shown_forms()
            if self.is_gone(form) and _was(form, RelatedLink.Placement.LIST)
        ]
        wishes = []
        for wish in self.wishes([*listed, *gone]):
            came_from_text = _was(wish.key, RelatedLink.Placement.INLINE)
            wishes.append(Wish(wish.key, None, None) if came_from_text else wish)
        order = [form for form in in_wished_order(wishes) if form not in gone]
        for rank, form in enumerate(order, start=1):
            form.instance.position = rank

    def _number_inline(self, inline: list[RankedForm], blocks: BlockFormSet) -> None:
        free = blocks.related_ranks()
        unplaced = []
        for form in inline:
            wanted = form.cleaned_data.get("position")
            if form.instance.pk and "position" not in form.changed_data:
                was_inline = _was(form, RelatedLink.Placement.INLINE)
                wanted = blocks.moves.get(wanted or 0, -1) if was_inline else None
            if wanted is None:
                unplaced.append(form)
            elif wanted in free:
                free.remove(wanted)
                form.instance.position = wanted
            else:
                self._refuse(form)
        for form in unplaced:
            if free:
                form.instance.position = free.pop(0)
            else:
                self._refuse(form)

    def _refuse(self, form: RankedForm) -> None:
        form.add_error(
            "position",
            _(
                "Aucun bloc « Lire aussi » libre à ce rang : ajoutez-en un dans le "
                "texte, ou placez ce lien en liste."
            ),
        )


def _was(form: RankedForm, placement: RelatedLink.Placement) -> bool:
    """Whether this link stood there when the screen was shown."""
    return bool(form.instance.pk) and form.initial["placement"] == placement
