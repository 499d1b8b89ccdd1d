from django.apps import AppConfig
from django.contrib.admin import apps
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    default = True
    name = "newsroom"
    verbose_name = _("journal")

    def ready(self) -> None:
        from allauth.account import signals

        from newsroom.api.tokens import revoke_token

        for changed in (signals.password_changed, signals.password_reset):
            changed.connect(revoke_token, dispatch_uid="token")


class AdminConfig(apps.AdminConfig):
    """Django's admin with this newspaper's own site (import page, headings)."""

    default = False
    default_site = "newsroom.admin.NewsroomAdminSite"
