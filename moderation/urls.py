from django.urls import path

from moderation import views

app_name = "moderation"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("historique/", views.history, name="history"),
    path("commentaires/<int:pk>/", views.comment, name="comment"),
    path("commentaires/<int:pk>/decider/", views.decide, name="decide"),
    path("decisions/<int:pk>/annuler/", views.undo, name="undo"),
]
