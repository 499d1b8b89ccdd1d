from django.contrib import admin
from django.contrib.sitemaps.views import sitemap as sitemap_part
from django.urls import include, path
from django.views.i18n import set_language

from newsroom.feeds import ArticlesFeed, CommentsFeed
from newsroom.sitemaps import SITEMAPS
from newsroom.views import (
    accounts,
    appeals,
    articles,
    charter,
    complaints,
    files,
    front,
    language,
    posting,
    reporting,
)
from newsroom.views.crawlers import robots, sitemap_index
from newsroom.views.search import search

handler400 = "newsroom.errors.bad_request"
handler404 = "newsroom.errors.page_not_found"
handler500 = "newsroom.errors.server_error"

urlpatterns = [
    # What readers read and write
    path("", front.front, name="front"),
    path("article/<slug:slug>/", articles.article, name="article"),
    path("article/<slug:slug>/commenter/", posting.post_comment, name="post_comment"),
    path("commentaires/<int:pk>/", articles.comment, name="comment"),
    path("commentaires/<int:pk>/repondre/", posting.reply, name="reply"),
    path("commentaires/<int:pk>/signaler/", reporting.report, name="report"),
    path("signalements/<slug:reference>/", reporting.report_sent, name="report_sent"),
    path(
        "signalements/<slug:reference>/contester/",
        complaints.contest_report,
        name="contest_report",
    ),
    path("charte/", charter.charter, name="charter"),
    path("charte.json", charter.charter_json, name="charter_json"),
    path("charte/<int:number>/", charter.charter, name="charter_version"),
    path("charte/<int:number>/lue/", charter.charter_read, name="charter_read"),
    path("charte/<int:number>.json", charter.charter_json, name="charter_version_json"),
    path("compte/commentaires/", accounts.my_comments, name="my_comments"),
    path("compte/contestations/<slug:reference>/", appeals.appeal, name="appeal"),
    path("compte/signature/", accounts.signature, name="signature"),
    path("langue/", language.language, name="language"),
    path("langue/choisir/", set_language, name="set_language"),
    path("media/<path:path>", files.media, name="media"),
    path("rubrique/<slug:slug>/", front.section, name="section"),
    path("sante/", files.health, name="health"),
    # Where people work
    path("moderation/", include("moderation.urls")),
    path("api/v1/", include("newsroom.api.urls")),
    path("api/", include("newsroom.doors.urls")),
    path("admin/", admin.site.urls),
    path("compte/", include("allauth.account.urls")),
    # Search, feeds, crawlers
    path("recherche/", search, name="search"),
    path("flux/articles.xml", ArticlesFeed(), name="feed_articles"),
    path("rubrique/<slug:slug>/articles.xml", ArticlesFeed(), name="feed_section"),
    path("article/<slug:slug>/commentaires.xml", CommentsFeed(), name="feed_comments"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        sitemap_part,
        {"sitemaps": SITEMAPS},
        name="sitemap_part",
    ),
    path("robots.txt", robots, name="robots"),
]
