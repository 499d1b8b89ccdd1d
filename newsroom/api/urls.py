from django.urls import path, re_path

from newsroom.api import (
    account,
    appeals,
    articles,
    authors,
    batches,
    charter,
    comments,
    complaints,
    docs,
    figures,
    masking,
    moderation,
    reports,
    sanctions,
    screening,
    second_looks,
)

app_name = "api"
urlpatterns = [
    path("sections/", articles.SectionList.as_view(), name="sections"),
    path("articles/", articles.ArticleList.as_view(), name="articles"),
    path("articles/<slug:slug>/", articles.ArticleDetail.as_view(), name="article"),
    path("articles/<slug:slug>/comments/", comments.Thread.as_view(), name="thread"),
    path("comments/<int:pk>/", comments.CommentDetail.as_view(), name="comment"),
    path("comments/<int:pk>/reports/", reports.Reports.as_view(), name="reports"),
    path("me/comments/", comments.OwnComments.as_view(), name="own_comments"),
    path("me/appeals/", appeals.OwnAppeals.as_view(), name="own_appeals"),
    path("me/sanctions/", sanctions.OwnSanctions.as_view(), name="own_sanctions"),
    path("me/charter/", charter.OwnCharterNews.as_view(), name="own_charter_news"),
    path("me/token/", account.OwnToken.as_view(), name="own_token"),
    path("moderation/queue/", moderation.Queue.as_view(), name="queue"),
    path(
        "moderation/comments/",
        moderation.Comments.as_view(),
        name="moderated_comments",
    ),
    path(
        "moderation/comments/<int:pk>/",
        moderation.ModeratedComment.as_view(),
        name="moderated_comment",
    ),
    path(
        "moderation/comments/<int:pk>/decisions/",
        moderation.Decide.as_view(),
        name="decide",
    ),
    path(
        "moderation/comments/<int:pk>/maskings/",
        masking.Maskings.as_view(),
        name="mask",
    ),
    path(
        "moderation/maskings/<int:pk>/lift/",
        masking.LiftMasking.as_view(),
        name="lift_masking",
    ),
    path("moderation/decisions/", moderation.DecisionList.as_view(), name="decisions"),
    path("moderation/decisions/<int:pk>/undo/", moderation.Undo.as_view(), name="undo"),
    path("moderation/appeals/", appeals.Appeals.as_view(), name="appeals"),
    path("moderation/appeals/<int:pk>/", appeals.AppealDetail.as_view(), name="appeal"),
    path(
        "moderation/appeals/<int:pk>/answer/",
        appeals.AnswerAppeal.as_view(),
        name="answer_appeal",
    ),
    path("moderation/complaints/", complaints.Complaints.as_view(), name="complaints"),
    path(
        "moderation/complaints/<int:pk>/",
        complaints.ComplaintDetail.as_view(),
        name="complaint",
    ),
    path(
        "moderation/complaints/<int:pk>/answer/",
        complaints.AnswerComplaint.as_view(),
        name="answer_complaint",
    ),
    path("moderation/authors/<int:pk>/", authors.AuthorDetail.as_view(), name="author"),
    path(
        "moderation/authors/<int:pk>/notes/",
        authors.AuthorNotes.as_view(),
        name="author_notes",
    ),
    path(
        "moderation/notes/<int:pk>/", authors.NoteDetail.as_view(), name="author_note"
    ),
    path(
        "moderation/sanctions/",
        sanctions.StandingSanctions.as_view(),
        name="standing_sanctions",
    ),
    path(
        "moderation/authors/<int:pk>/sanctions/",
        sanctions.AuthorSanctions.as_view(),
        name="author_sanctions",
    ),
    path(
        "moderation/sanctions/<int:pk>/lift/",
        sanctions.LiftSanction.as_view(),
        name="lift_sanction",
    ),
    path("moderation/batches/", batches.Batches.as_view(), name="batches"),
    path("moderation/batches/<int:pk>/", batches.BatchDetail.as_view(), name="batch"),
    path(
        "moderation/batches/<int:pk>/continue/",
        batches.BatchContinue.as_view(),
        name="batch_continue",
    ),
    path(
        "moderation/batches/<int:pk>/cancel/",
        batches.BatchCancel.as_view(),
        name="batch_cancel",
    ),
    path(
        "moderation/batches/<int:pk>/undo/",
        batches.BatchUndo.as_view(),
        name="batch_undo",
    ),
    path("moderation/figures/", figures.Figures.as_view(), name="figures"),
    path(
        "moderation/second-looks/next/",
        second_looks.NextLook.as_view(),
        name="next_look",
    ),
    path(
        "moderation/second-looks/agreement/",
        second_looks.AgreementFigures.as_view(),
        name="agreement",
    ),
    path(
        "moderation/second-looks/<int:pk>/",
        second_looks.JudgedLook.as_view(),
        name="judged_look",
    ),
    path(
        "moderation/second-looks/<int:pk>/judgement/",
        second_looks.Judge.as_view(),
        name="judge_look",
    ),
    path("moderation/screen/", moderation.Screen.as_view(), name="screen"),
    path("screen/", screening.DetailedScreening.as_view(), name="detailed_screening"),
    path("schema/", docs.Schema.as_view(), name="schema"),
    path("docs/", docs.Docs.as_view(), name="docs"),
    # Only with the final slash: Django adds a missing one before giving up
    re_path(r"^(?:.*/)?$", docs.NotHere.as_view(), name="not_here"),
]
