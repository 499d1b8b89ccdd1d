from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Now
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin_forms import (
    ArticleForm,
    BlockForm,
    BlockFormSet,
    ExactTextField,
    RelatedLinkForm,
    RelatedLinkFormSet,
)
from articles.models import Article, Block, RelatedLink, Section
from articles.policy_help import policy_help
from articles.search.index import index_article
from articles.services import (
    renew_pages,
    renew_pages_linking_to,
    resolve_related_links,
)

KEPT_BY_COMMENTS = frozenset({"comment_count", "version"})
"""Columns that a comment's transaction changes: an editor's form must not write them."""


class NumberOfArticles(admin.SimpleListFilter):
    """Sections with articles, or without."""

    title = gettext_lazy("articles")
    parameter_name = "articles"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("avec", _("avec articles")), ("sans", _("sans article"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "avec":
                return queryset.filter(article_total__gt=0)
            case "sans":
                return queryset.filter(article_total=0)
        return queryset


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ("name", "position", "slug", "comment_policy", "article_total")
    list_filter = ("comment_policy", NumberOfArticles)
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    radio_fields: ClassVar = {"comment_policy": admin.VERTICAL}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        sections: QuerySet[Section] = super().get_queryset(request)
        return sections.annotate(article_total=Count("articles"))

    @admin.display(description=gettext_lazy("articles"), ordering="article_total")
    def article_total(self, section: Any) -> int:
        total: int = section.article_total
        return total

    def get_fieldsets(self, request: HttpRequest, obj: Section | None = None) -> Any:
        above = _("la rubrique suit le mode du site.")
        return (
            (None, {"fields": ("name", "slug", "position")}),
            (
                _("Commentaires"),
                {
                    "fields": ("comment_policy",),
                    "description": policy_help(above=above),
                },
            ),
        )

    def view_on_site(self, section: Section) -> str:
        return section.get_absolute_url()

    def save_model(
        self, request: HttpRequest, obj: Section, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if {"name", "slug", "comment_policy"} & set(form.changed_data):
            obj.articles.update(version=F("version") + 1)


class BlockInline(admin.TabularInline):
    model = Block
    form = BlockForm
    formset = BlockFormSet
    extra = 1
    classes = ("blocks",)


class RelatedLinkInline(admin.TabularInline):
    model = RelatedLink
    form = RelatedLinkForm
    formset = RelatedLinkFormSet
    fk_name = "article"
    extra = 1
    autocomplete_fields = ("target",)
    classes = ("related-links",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedLink]:
        return super().get_queryset(request).select_related("target")

    def get_formset(
        self, request: HttpRequest, obj: Article | None = None, **kwargs: Any
    ) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        if chooser := formset.form.base_fields.get("target"):
            for verb in ("add", "change", "delete", "view"):
                setattr(chooser.widget, f"can_{verb}_related", False)
            # Its list opens within the page's main part
            chooser.widget.widget.attrs["data-dropdown-parent"] = "#content-start"
        return formset


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    form = ArticleForm
    inlines = (BlockInline, RelatedLinkInline)
    list_display = (
        "title",
        "section",
        "status",
        "ordered_at",
        "byline",
        "comment_policy",
        "comment_count",
    )
    list_filter = ("status", "section", "comment_policy", "language", "published_at")
    list_select_related = ("section",)
    list_per_page = 50
    search_fields = ("title", "kicker", "lede", "byline", "slug", "source_url")
    search_help_text = gettext_lazy("titre, surtitre, chapeau, signature ou adresse")
    date_hierarchy = "published_at"
    ordering = ("-ordered_at", "-pk")
    prepopulated_fields: ClassVar = {"slug": ("title",)}
    radio_fields: ClassVar = {"comment_policy": admin.VERTICAL}
    readonly_fields = (
        "ordered_at",
        "created_at",
        "updated_at",
        "comment_count",
        "version",
    )
    formfield_overrides: ClassVar = {
        models.TextField: {
            "form_class": ExactTextField,
            "widget": AdminTextareaWidget(attrs={"rows": 3}),
        },
        models.URLField: {"assume_scheme": "https"},
    }
    actions = ("publish", "withdraw")
    save_on_top = True

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        above = _("l’article suit sa rubrique, et elle le mode du site.")
        return (
            (None, {"fields": ("title", "slug", "status", "section", "topic")}),
            (_("En tête"), {"fields": ("kicker", "lede", "byline", "language")}),
            (_("Image"), {"fields": ("image", "image_caption", "image_credit")}),
            (
                _("Parution"),
                {"fields": ("published_at", "published_not_after", "source_url")},
            ),
            (
                _("Commentaires"),
                {
                    "fields": ("comment_policy",),
                    "description": policy_help(above=above),
                    "classes": ("collapse",),
                },
            ),
            (
                _("Tenu par le site"),
                {"fields": self.readonly_fields, "classes": ("collapse",)},
            ),
        )

    def view_on_site(self, article: Article) -> str | None:
        shown = article.status == Article.Status.PUBLISHED
        return article.get_absolute_url() if shown else None

    def _create_formsets(
        self, request: HttpRequest, obj: Article | None, change: bool
    ) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        blocks = next((f for f in formsets if isinstance(f, BlockFormSet)), None)
        for formset in formsets:
            if isinstance(formset, RelatedLinkFormSet):
                formset.blocks = blocks
        return formsets, inlines

    def save_model(
        self, request: HttpRequest, obj: Article, form: ModelForm, change: bool
    ) -> None:
        if not change:
            obj.save()
        elif form.changed_data:
            columns = {field.name for field in obj._meta.concrete_fields}
            written = columns.intersection(form.fields) - KEPT_BY_COMMENTS
            obj.save(update_fields=[*written, "updated_at"])

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        article: Article = form.instance
        if not (form.has_changed() or any(f.has_changed() for f in formsets)):
            return
        Article.objects.filter(pk=article.pk).update(updated_at=Now())
        renew_pages([article.pk])
        index_article(article)
        if {"title", "slug", "status"} & set(form.changed_data):
            renew_pages_linking_to(article)
        resolve_related_links(article)
        self._warn_of_unlinked_blocks(request, article)

    def _warn_of_unlinked_blocks(self, request: HttpRequest, article: Article) -> None:
        linked = article.related_links.filter(placement=RelatedLink.Placement.INLINE)
        ranks = (
            article.blocks.filter(type=Block.Type.RELATED_INLINE)
            .exclude(position__in=linked.values("position"))
            .values_list("position", flat=True)
        )
        for rank in ranks:
            messages.warning(
                request,
                _(
                    "Le bloc %(rank)d « Lire aussi » n’a pas de lien : ajoutez-en un "
                    "« dans le texte » pour qu’il mène quelque part."
                )
                % {"rank": rank},
            )

    @admin.action(
        description=gettext_lazy("Publier les articles choisis"),
        permissions=["change"],
    )
    def publish(self, request: HttpRequest, chosen: QuerySet[Article]) -> None:
        self._set_status(request, chosen, Article.Status.PUBLISHED)

    @admin.action(
        description=gettext_lazy("Remettre en brouillon les articles choisis"),
        permissions=["change"],
    )
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Article]) -> None:
        self._set_status(request, chosen, Article.Status.DRAFT)

    def _set_status(
        self, request: HttpRequest, chosen: QuerySet[Article], status: Article.Status
    ) -> None:
        changing = list(chosen.exclude(status=status))
        keys = [article.pk for article in changing]
        Article.objects.filter(pk__in=keys).update(status=status, updated_at=Now())
        linking = RelatedLink.objects.filter(target__in=keys)
        renew_pages({*keys, *linking.values_list("article", flat=True)})
        for article in changing:
            self.log_change(request, article, [{"changed": {"fields": [_("état")]}}])
        self.message_user(
            request,
            ngettext(
                "%(count)d article changé d’état.",
                "%(count)d articles changés d’état.",
                len(keys),
            )
            % {"count": len(keys)},
            messages.SUCCESS,
        )
