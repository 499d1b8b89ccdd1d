from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class NewsroomAdminSite(admin.AdminSite):
    """Where editors keep sections, articles and the lexicon."""

    site_header = _("Rédaction")
    site_title = _("Rédaction")
    index_title = _("Administration du journal")
