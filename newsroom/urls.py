from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("moderation/", include("moderation.urls")),
    path("api/v1/", include("newsroom.api.urls")),
    path("admin/", admin.site.urls),
    path("compte/", include("allauth.account.urls")),
]
