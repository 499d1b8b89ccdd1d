"""Outside `/api/v1/`: other systems name these addresses. None needs a final slash."""

from django.urls import path, re_path

from newsroom.doors import coral, envelope, perspective

app_name = "doors"
urlpatterns = [
    # What callers are told to put their methods' names behind
    path("perspective/v1alpha1", envelope.no_door, name="perspective"),
    path(
        "perspective/v1alpha1/comments:analyze",
        perspective.analyze,
        name="analyze",
    ),
    path(
        "perspective/v1alpha1/comments:suggestscore",
        perspective.suggest_score,
        name="suggest_score",
    ),
    path("coral/moderate/<slug:prefix>/", coral.moderate, name="coral"),
    path("coral/moderate/<slug:prefix>", coral.moderate, name="coral_bare"),
    re_path(r"^(?:perspective|coral)(?:/.*)?$", envelope.no_door, name="no_door"),
]
