from django.urls import path

from moderation import lab_views, queue_views, views

app_name = "moderation"
urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("comptes/", queue_views.counts, name="counts"),
    path("articles/<int:pk>/suivre/", queue_views.watch_article, name="watch"),
    path("historique/", views.history, name="history"),
    path("commentaires/<int:pk>/", views.comment, name="comment"),
    path("commentaires/<int:pk>/decider/", views.decide, name="decide"),
    path("decisions/<int:pk>/annuler/", views.undo, name="undo"),
    path("laboratoire/", lab_views.text, name="lab"),
    path("laboratoire/terme/", lab_views.term, name="lab_term"),
    path("laboratoire/motif/", lab_views.pattern, name="lab_pattern"),
]
