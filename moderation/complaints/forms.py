from django import forms

from moderation.complaints.services import Reply


class ReplyForm(forms.Form):
    """A moderator's answer, with what he saw; `answer_complaint` judges what he typed."""

    outcome = forms.CharField(required=False)
    reasoning = forms.CharField(required=False, strip=False)
    reason = forms.CharField(required=False)
    note = forms.CharField(required=False, max_length=2000)
    after = forms.IntegerField(required=False, min_value=1)
    revision = forms.IntegerField(min_value=1)

    @property
    def reply(self) -> Reply:
        """What valid fields answer."""
        said = ("outcome", "reasoning", "reason", "note")
        return Reply(**{name: self.cleaned_data[name] for name in said})
