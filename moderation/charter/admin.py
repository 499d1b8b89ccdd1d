"""The charter in the back office: clauses and rules are kept, versions are published."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.models import Article
from comments.admin import ReadOnlyAdmin
from moderation.charter.applied import Setting
from moderation.charter.catalog import (
    LANGUAGES,
    Kind,
    shipped_clauses,
    shipped_procedures,
)
from moderation.charter.changing import changes_between
from moderation.charter.content import Draft, draft_charter
from moderation.charter.forms import (
    FIELDS,
    PublishForm,
    RuleForm,
    mode_note,
    rule_help,
)
from moderation.charter.models import (
    CharterClause,
    CharterRule,
    CharterVersion,
    RuleCode,
)
from moderation.charter.notice_text import (
    audience_text,
    progress_text,
    published_text,
)
from moderation.charter.notices import audience, progress_of
from moderation.charter.publishing import (
    CharterChanged,
    mark_of,
    publish_charter,
)
from moderation.charter.wording import mode_text, rule_text
from moderation.differences import difference_html
from moderation.kept_admin import who
from moderation.lexicon import kept_config
from moderation.rule_models import Origin, in_this_language


class CharterAdmin(admin.ModelAdmin):
    """What is kept here is in the charter once an editor publishes a version."""

    class Media:
        css: ClassVar = {"all": ("moderation/css/charter_admin.css",)}

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm, change: bool
    ) -> None:
        obj.origin = Origin.EDITOR
        super().save_model(request, obj, form, change)
        self.say_unpublished(request)

    def say_unpublished(self, request: HttpRequest) -> None:
        told = _(
            "La charte que lisent les lecteurs ne change pas encore : "
            "{link} quand vous avez fini."
        )
        address = reverse("admin:moderation_charterversion_publish")
        link = format_html(
            '<a href="{}">{}</a>', address, _("publiez une nouvelle version")
        )
        messages.info(request, format_html(told, link=link))


@admin.register(CharterClause)
class CharterClauseAdmin(CharterAdmin):
    list_display = ("title", "code", "part", "position", "origin", "updated_at")
    list_display_links = ("title",)
    list_filter = ("part", "origin")
    search_fields = ("code", "title_fr", "title_en", "text_fr", "text_en")
    search_help_text = gettext_lazy("code, titre ou texte")
    actions = None
    fieldsets = (
        (None, {"fields": ("code", "part", "position")}),
        (
            gettext_lazy("En français"),
            {"fields": ("title_fr", "text_fr", "accepted_fr", "refused_fr")},
        ),
        (
            gettext_lazy("En anglais"),
            {"fields": ("title_en", "text_en", "accepted_en", "refused_en")},
        ),
        (gettext_lazy("Tenu par le site"), {"fields": ("origin", "updated_at")}),
    )

    @admin.display(description=gettext_lazy("clause"), ordering="title_fr")
    def title(self, clause: CharterClause) -> str:
        return str(clause)

    def get_readonly_fields(
        self, request: HttpRequest, obj: CharterClause | None = None
    ) -> tuple[str, ...]:
        kept = ("origin", "updated_at")
        return kept if obj is None else ("code", "part", *kept)

    def has_delete_permission(
        self, request: HttpRequest, obj: CharterClause | None = None
    ) -> bool:
        """Not what reasons, rules and statements may cite."""
        shipped = shipped_clauses().keys() | shipped_procedures().keys()
        cited = obj is not None and obj.code in shipped
        return not cited and super().has_delete_permission(request, obj)

    def view_on_site(self, clause: CharterClause) -> str:
        return f"{reverse('charter')}#clause-{clause.code}"


class Scope(admin.SimpleListFilter):
    """Rules of the site, of sections or of articles."""

    title = gettext_lazy("portée")
    parameter_name = "portee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("site", _("tout le site")),
            ("rubrique", _("une rubrique")),
            ("article", _("un article")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "site":
                return queryset.filter(section=None, article=None)
            case "rubrique":
                return queryset.filter(section__isnull=False)
            case "article":
                return queryset.filter(article__isnull=False)
        return queryset


@admin.register(CharterRule)
class CharterRuleAdmin(CharterAdmin):
    form = RuleForm
    list_display = ("title", "scope", "enabled", "says", "clause", "updated_at")
    list_display_links = ("title",)
    list_filter = (Scope, "enabled", "rule")
    list_select_related = ("section", "article")
    search_fields = ("rule", "section__name", "article__title")
    search_help_text = gettext_lazy("nom technique, rubrique ou titre d’un article")
    autocomplete_fields = ("article",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        self.links = kept_config()["link"]["links"]  # once a page
        return super().get_changelist(request, **kwargs)

    @admin.display(description=gettext_lazy("règle"), ordering="rule")
    def title(self, rule: CharterRule) -> str:
        return str(rule)

    @admin.display(description=gettext_lazy("portée"))
    def scope(self, rule: CharterRule) -> str:
        return str(rule.article or rule.section or _("tout le site"))

    @admin.display(description=gettext_lazy("ce qu’elle dit"))
    def says(self, rule: CharterRule) -> str:
        if rule.rule == RuleCode.MODE:
            return mode_text(rule.mode) if rule.enabled else "–"
        setting = Setting(rule.enabled, rule.number, rule.opens, rule.closes)
        return rule_text(rule.rule, setting, links=self.links)

    @admin.display(description=gettext_lazy("clause"))
    def clause(self, rule: CharterRule) -> str:
        return rule.shipped.clause

    def get_fieldsets(
        self, request: HttpRequest, obj: CharterRule | None = None
    ) -> Any:
        scope = ("rule", "section", "article")
        if obj is None:
            fields = [*scope, "enabled", *(name for f in FIELDS.values() for name in f)]
            return ((None, {"fields": fields, "description": rule_help()}),)
        told = format_html(
            '<p class="policy-help">{}</p>{}',
            in_this_language(obj.shipped.help),
            mode_note() if obj.shipped.kind == Kind.MODE else "",
        )
        fields = [*scope, "enabled", *FIELDS[obj.shipped.kind]]
        return (
            (None, {"fields": fields, "description": told}),
            (_("Tenu par le site"), {"fields": ("clause", "origin", "updated_at")}),
        )

    def get_readonly_fields(
        self, request: HttpRequest, obj: CharterRule | None = None
    ) -> tuple[str, ...]:
        if obj is None:
            return ()
        return ("rule", "section", "article", "clause", "origin", "updated_at")

    def save_model(
        self, request: HttpRequest, obj: CharterRule, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        _renew_pages(obj)

    def delete_model(self, request: HttpRequest, obj: CharterRule) -> None:
        _renew_pages(obj)
        super().delete_model(request, obj)
        self.say_unpublished(request)


@admin.register(CharterVersion)
class CharterVersionAdmin(ReadOnlyAdmin):
    """Published versions are read; a new one is made by « Publier »."""

    list_display = ("__str__", "published_at", "published_by", "important")
    list_filter = ("important", "published_at")
    list_select_related: ClassVar[tuple[str, ...]] = ("published_by",)
    search_fields = ("=number",)
    search_help_text = gettext_lazy("numéro")
    fields = ("number", "published_at", "published_by", "important", "told", "page")
    readonly_fields = ("told", "page")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CharterVersion]:
        versions: QuerySet[CharterVersion] = super().get_queryset(request)
        return versions.defer("content", "titles")

    @admin.display(description=gettext_lazy("annonce aux lecteurs"))
    def told(self, version: CharterVersion) -> str:
        return progress_text(progress_of(version)) if version.important else "–"

    @admin.display(description=gettext_lazy("texte"))
    def page(self, version: CharterVersion) -> SafeString:
        address = version.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, _("lire cette version"))

    def get_urls(self) -> list[URLPattern]:
        methods = require_http_methods(["GET", "HEAD", "POST"])
        publish = methods(self.admin_site.admin_view(self.publish))
        name = "moderation_charterversion_publish"
        return [path("publier/", publish, name=name), *super().get_urls()]

    def publish(self, request: HttpRequest) -> HttpResponse:
        """What a new version would change, then, on POST, the version itself."""
        if not request.user.has_perm("moderation.add_charterversion"):
            raise PermissionDenied
        if request.method != "POST":
            return self._publish_page(request)
        form = PublishForm(request.POST)
        if not form.is_valid():
            return self._publish_page(request, status=422)
        try:
            version = publish_charter(by=who(request), **form.cleaned_data)
        except CharterChanged as refusal:
            messages.error(request, str(refusal))
            important = form.cleaned_data["important"]
            return self._publish_page(request, important=important, status=409)
        if version is None:
            messages.info(request, _("Rien n’a changé : aucune version à publier."))
        else:
            LogEntry.objects.log_actions(
                who(request).pk, [version], ADDITION, _("Publiée.")
            )
            told = version.notices.count() if version.important else None
            messages.success(request, published_text(str(version), told))
        return redirect("admin:moderation_charterversion_changelist")

    def _publish_page(
        self, request: HttpRequest, *, important: bool = False, status: int = 200
    ) -> HttpResponse:
        draft, latest = draft_charter(), CharterVersion.objects.first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publier la charte"),
            "opts": self.opts,
            "latest": latest,
            "next_number": latest.number + 1 if latest else 1,
            "changed": _changed(draft, latest),
            "audience": audience_text(audience()),
            "form": PublishForm(
                initial={"seen": mark_of(draft), "important": important}
            ),
        }
        template = "admin/moderation/charterversion/publish.html"
        return render(request, template, context, status=status)


def _changed(draft: Draft, latest: CharterVersion | None) -> list[dict[str, Any]]:
    """For each language: (place, difference) of each text that would change."""
    return [
        {
            "language": language,
            "texts": [
                (change.where, difference_html(change.before, change.after))
                for change in changes_between(
                    latest.content[language] if latest else None,
                    draft.content[language],
                )
            ],
        }
        for language in LANGUAGES
    ]


def _renew_pages(rule: CharterRule) -> None:
    """Raise the version of the pages that ``rule`` is about; all, for one of the site,
    would lock every article."""
    if rule.article_id or rule.section_id:
        about = (
            {"pk": rule.article_id} if rule.article_id else {"section": rule.section_id}
        )
        Article.objects.filter(**about).update(version=F("version") + 1)
