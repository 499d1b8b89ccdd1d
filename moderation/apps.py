from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("modération")

    def ready(self) -> None:
        from moderation.lexicon import lexicon_changed
        from moderation.models import EditorPattern, RuleSetting, Term

        for signal in (post_save, post_delete):
            for model in (Term, RuleSetting, EditorPattern):
                signal.connect(lexicon_changed, sender=model, dispatch_uid="lexicon")
