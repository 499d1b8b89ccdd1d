from django.urls import path

from moderation import (
    appeal_views,
    author_views,
    batch_views,
    dashboard_views,
    lab_views,
    queue_views,
    sanction_views,
    views,
)
from moderation.alerts import views as alert_views
from moderation.complaints import views as complaint_views
from moderation.masking import views as masking_views
from moderation.second_looks import agreement_views
from moderation.second_looks import views as look_views

app_name = "moderation"
urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("comptes/", queue_views.counts, name="counts"),
    path("articles/<int:pk>/suivre/", queue_views.watch_article, name="watch"),
    path("textes-graves/", queue_views.veil, name="veil"),
    path("historique/", views.history, name="history"),
    path("commentaires/<int:pk>/", views.comment, name="comment"),
    path("commentaires/<int:pk>/decider/", views.decide, name="decide"),
    path("commentaires/<int:pk>/prendre/", queue_views.take_comment, name="take"),
    path("commentaires/<int:pk>/passages/", masking_views.mask_spans, name="mask"),
    path("passages/<int:pk>/demasquer/", masking_views.unmask_spans, name="unmask"),
    path("commentaires/<int:pk>/charge/", alert_views.own, name="own"),
    path("resume/", alert_views.digest, name="digest"),
    path("resume/arreter/<str:token>/", alert_views.digest_stop, name="digest_stop"),
    path("decisions/<int:pk>/annuler/", views.undo, name="undo"),
    path("tableau/", dashboard_views.dashboard, name="dashboard"),
    path("tableau/<slug:name>.csv", dashboard_views.table, name="dashboard_table"),
    path("second-regard/", look_views.look, name="look"),
    path("second-regard/suivant/", look_views.take_next, name="take_look"),
    path("second-regard/<int:pk>/", look_views.judged_look, name="judged_look"),
    path("second-regard/<int:pk>/juger/", look_views.judge_look, name="judge_look"),
    path("second-regard/accord/", agreement_views.agreement, name="agreement"),
    path(
        "second-regard/accord/<slug:name>.csv",
        agreement_views.table,
        name="agreement_table",
    ),
    path("contestations/", appeal_views.appeals, name="appeals"),
    path("contestations/<int:pk>/", appeal_views.appeal, name="appeal"),
    path("contestations/<int:pk>/repondre/", appeal_views.answer, name="answer"),
    path(
        "contestations/lecteurs/<int:pk>/", complaint_views.complaint, name="complaint"
    ),
    path(
        "contestations/lecteurs/<int:pk>/repondre/",
        complaint_views.answer,
        name="answer_complaint",
    ),
    path("sanctions/", sanction_views.sanctions, name="sanctions"),
    path("auteurs/<int:pk>/", author_views.author, name="author"),
    path("auteurs/<int:pk>/sanctionner/", author_views.sanction, name="sanction"),
    path("auteurs/<int:pk>/notes/", author_views.note, name="author_note"),
    path("notes/<int:pk>/supprimer/", author_views.remove_note, name="remove_note"),
    path("sanctions/<int:pk>/lever/", author_views.lift, name="lift_sanction"),
    path("lots/", batch_views.start, name="batch_start"),
    path("lots/confirmer/", batch_views.confirm, name="batch_confirm"),
    path("lots/<int:pk>/", batch_views.show, name="batch"),
    path("lots/<int:pk>/continuer/", batch_views.go_on, name="batch_go_on"),
    path("lots/<int:pk>/arreter/", batch_views.stop, name="batch_stop"),
    path("lots/<int:pk>/annuler/", batch_views.undo, name="batch_undo"),
    path("laboratoire/", lab_views.text, name="lab"),
    path("laboratoire/terme/", lab_views.term, name="lab_term"),
    path("laboratoire/motif/", lab_views.pattern, name="lab_pattern"),
]
