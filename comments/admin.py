"""Comments in the back office: to be read. Nobody edits what a reader wrote (TRUST E-02)."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.models import Comment, Commenter, Revision

EXCERPT_LENGTH = 120  # characters


class ReadOnly:
    """For every account, superusers too: no adding, no changing, no deleting."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    actions = None
    list_per_page = 50
    list_select_related: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What lists and single pages show: all in one query."""
        return super().get_queryset(request).select_related(*self.list_select_related)

    def excerpt_of(self, text: str) -> str:
        return Truncator(text).chars(EXCERPT_LENGTH)


def exact_text(text: str) -> SafeString:
    """``text`` escaped, with its own spaces and line breaks."""
    return format_html('<div class="exact-text" dir="auto">{}</div>', text)


@admin.register(Commenter)
class CommenterAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "source", "comment_total", "created_at")
    list_filter = (("user", admin.EmptyFieldListFilter), "created_at")
    list_select_related: ClassVar[tuple[str, ...]] = ("user",)
    search_fields = ("name", "user__username", "user__email")
    search_help_text = gettext_lazy("signature, compte ou adresse électronique")
    date_hierarchy = "created_at"
    ordering = ("name", "pk")
    fields = ("name", "user", "source", "created_at", "comment_total")
    readonly_fields = ("comment_total",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Commenter]:
        counted = (
            Comment.objects.filter(author=OuterRef("pk"))
            .order_by()
            .values("author")
            .annotate(total=Count("pk"))
            .values("total")
        )
        total = Coalesce(Subquery(counted), 0)
        commenters: QuerySet[Commenter] = super().get_queryset(request)
        return commenters.annotate(comment_total=total)

    @admin.display(description=gettext_lazy("commentaires"), ordering="comment_total")
    def comment_total(self, commenter: Any) -> int:
        total: int = commenter.comment_total
        return total


class RevisionInline(ReadOnly, admin.TabularInline):
    model = Revision
    fields = ("number", "shown_text", "created_at")
    readonly_fields = ("shown_text",)
    ordering = ("-number",)

    @admin.display(description=gettext_lazy("texte"))
    def shown_text(self, revision: Revision) -> SafeString:
        return exact_text(revision.text)


class WrittenHere(admin.SimpleListFilter):
    """Comments that readers sent to this site, or found on imported pages."""

    title = gettext_lazy("provenance")
    parameter_name = "provenance"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ici", _("écrits ici")), ("page", _("importés d’une page"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "ici":
                return queryset.filter(external_id="")
            case "page":
                return queryset.exclude(external_id="")
        return queryset


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    inlines: ClassVar[tuple[type[admin.TabularInline], ...]] = (RevisionInline,)
    list_display: tuple[str, ...] = (
        "__str__",
        "excerpt",
        "article",
        "status",
        "created_at",
    )
    list_filter = (
        "status",
        "article__section",
        WrittenHere,
        "received_at",
    )
    list_select_related: ClassVar[tuple[str, ...]] = (
        "article",
        "author",
        "revision",
        "parent__author",
    )
    search_fields = ("revision__text", "author__name", "article__title")
    search_help_text = gettext_lazy("texte, signature ou titre de l’article")
    date_hierarchy = "received_at"
    ordering = ("-received_at", "-pk")
    fields: ClassVar[tuple[str, ...]] = (
        "article",
        "author",
        "status",
        "parent",
        "created_at",
        "printed_time",
        "received_at",
        "source",
        "external_id",
    )

    def view_on_site(self, comment: Comment) -> str | None:
        if comment.status != Comment.Status.PUBLISHED:
            return None
        return comment.get_absolute_url()

    @admin.display(description=gettext_lazy("texte"))
    def excerpt(self, comment: Comment) -> str:
        return self.excerpt_of(comment.revision.text if comment.revision else "")


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "excerpt", "author", "article", "number", "created_at")
    list_filter = ("comment__status", "created_at")
    list_select_related: ClassVar[tuple[str, ...]] = (
        "comment__author",
        "comment__article",
    )
    search_fields = ("text", "comment__author__name", "comment__article__title")
    search_help_text = gettext_lazy("texte, signature ou titre de l’article")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fields = ("comment", "number", "shown_text", "created_at")
    readonly_fields = ("shown_text",)

    @admin.display(description=gettext_lazy("texte"))
    def shown_text(self, revision: Revision) -> SafeString:
        return exact_text(revision.text)

    @admin.display(description=gettext_lazy("texte"))
    def excerpt(self, revision: Revision) -> str:
        return self.excerpt_of(revision.text)

    @admin.display(description=gettext_lazy("auteur"), ordering="comment__author__name")
    def author(self, revision: Revision) -> Model:
        return revision.comment.author

    @admin.display(
        description=gettext_lazy("article"), ordering="comment__article__title"
    )
    def article(self, revision: Revision) -> Model:
        return revision.comment.article
