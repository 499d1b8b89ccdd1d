from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from comments.errors import InvalidText
from comments.models import Comment, Commenter
from comments.names import MAX_LENGTH, check_name, name_key
from comments.services import register_commenter
from comments.texts import check_text, with_line_feeds


class CommentForm(forms.Form):
    """What a reader writes under ``article``. Its cleaned data suits submit_comment."""

    text = forms.CharField(
        label=gettext_lazy("Votre commentaire"),
        strip=False,
        required=False,  # an empty text gets the message of check_text
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    parent = forms.ModelChoiceField(
        queryset=Comment.objects.none(), required=False, widget=forms.HiddenInput
    )
    submission_key = forms.CharField(
        required=False, widget=forms.HiddenInput, initial=uuid4
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # check_text refuses null characters, and says why; a broken key is no key
        for name in ("text", "submission_key"):
            self.fields[name].validators.clear()
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = article.comments.published()
        parent.error_messages["invalid_choice"] = _(
            "Le commentaire auquel vous répondez a été retiré. Votre texte est gardé : "
            "vous pouvez le publier seul."
        )

    def clean_text(self) -> str:
        text = with_line_feeds(self.cleaned_data["text"])
        try:
            check_text(text)
        except InvalidText as refusal:
            raise ValidationError(str(refusal)) from refusal
        return text

    def clean(self) -> dict[str, Any]:
        """Make one key of the form's key and what was typed.

        A form sent twice keeps its key; one taken back by the browser's history and
        changed gets another, so that the new text is not mistaken for the old.
        """
        cleaned = super().clean() or self.cleaned_data
        try:
            sent = UUID(cleaned.get("submission_key", ""))
        except ValueError:
            sent = None
        parent = cleaned.get("parent")
        typed = f"{parent.pk if parent else ''}\n{cleaned.get('text', '')}"
        cleaned["submission_key"] = sent and uuid5(sent, typed)
        return cleaned


class SignatureForm(forms.Form):
    """The name under a reader's comments."""

    name = forms.CharField(
        label=gettext_lazy("Signature"),
        max_length=MAX_LENGTH,
        help_text=gettext_lazy("Le nom qui paraîtra au-dessus de vos commentaires."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        check_name(name)
        if Commenter.objects.filter(name_key=name_key(name)).exists():
            raise ValidationError(_taken())
        return name

    def register(self, user: User) -> Commenter | None:
        """Let ``user`` sign with the name; None, with an error, if it was just taken."""
        try:
            with transaction.atomic():
                return register_commenter(user, self.cleaned_data["name"])
        except IntegrityError:
            self.add_error("name", _taken())
            return None


class SignupForm(SignatureForm):
    """What sign-up asks beside e-mail and password."""

    field_order = ("email", "name", "password1")

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth once the account exists.

        If another reader took the signature in the same instant, the account has none
        yet: the page offers to choose one when its owner wants to comment.
        """
        assert isinstance(user, User)
        user.groups.add(Group.objects.get(name="reader"))
        self.register(user)


def _taken() -> str:
    return _("Cette signature est déjà prise, ou ressemble trop à une autre.")
