from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _


class NewsroomAdminSite(admin.AdminSite):
    """Where editors keep sections, articles and the lexicon."""

    site_header = _("Rédaction")
    site_title = _("Rédaction")
    index_title = _("Administration du journal")
    enable_nav_sidebar = False  # lists and an article's blocks need the width

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the readers' sign-in page, which counts failed attempts."""
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    def get_urls(self) -> list[URLResolver | URLPattern]:
        # The views need the models, which are not loaded when this module is
        from newsroom.views.import_page import import_page
        from newsroom.views.preview import preview_article

        return [
            path("importer/", self.admin_view(import_page), name="import_page"),
            path(
                "articles/article/<int:pk>/apercu/",
                self.admin_view(preview_article),
                name="preview_article",
            ),
            *super().get_urls(),
        ]
