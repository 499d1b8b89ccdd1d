"""What the desk tells beside its lists."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.models import Article, Section
from moderation.alerts.standing import shown_late
from moderation.facets import recent_facets
from moderation.likeness.groups import LargeGroup
from moderation.models import CategoryChoices, SeverityChoices, WatchedArticle
from moderation.waiting import oldest_wait, recent_delays
from newsroom.api.serializers.figures import DelaysSerializer
from newsroom.api.serializers.moderation import ModeratedArticleSerializer


class CountsSerializer(serializers.Serializer):
    """How many comments the desk's views hold.

    `mine` were decided by the caller, at least so many if `mine_more`; `appeals` wait
    for an answer, readers' too; `all` is without deleted ones. `new` came since
    `newer_than` and meet the filters, at least so many if `new_more`; `newest` is what
    `newer_than` repeats.
    """

    pending = serializers.IntegerField()
    flagged = serializers.IntegerField()
    reported = serializers.IntegerField()
    mine = serializers.IntegerField()
    mine_more = serializers.BooleanField()
    appeals = serializers.IntegerField()
    all = serializers.IntegerField()
    newest = serializers.IntegerField()
    new = serializers.IntegerField()
    new_more = serializers.BooleanField()


class LargeGroupSerializer(serializers.Serializer):
    """`group` is what `?group=` takes; `text` one of its comments."""

    group = serializers.CharField(source="alike.key")
    count = serializers.IntegerField(source="alike.count")
    text = serializers.CharField()


class LargeGroupsSerializer(serializers.Serializer):
    results = serializers.SerializerMethodField()

    @extend_schema_field(LargeGroupSerializer(many=True))
    def get_results(self, groups: list[LargeGroup]) -> Any:
        return LargeGroupSerializer(groups, many=True).data


class WatchedArticleSerializer(serializers.ModelSerializer):
    """An article that the caller watches: how many of its comments wait."""

    article = ModeratedArticleSerializer()
    waiting = serializers.IntegerField()

    class Meta:
        model = WatchedArticle
        fields: tuple[str, ...] = ("article", "since", "waiting")


class LateSerializer(serializers.Serializer):
    """What waits for longer than it may."""

    comments = serializers.IntegerField()
    appeals = serializers.IntegerField()


class BacklogSerializer(serializers.Serializer):
    article = serializers.CharField()
    title = serializers.CharField()
    waiting = serializers.IntegerField()
    oldest = serializers.DateTimeField()


class SectionCountSerializer(serializers.Serializer):
    section = serializers.CharField()
    name = serializers.CharField()
    waiting = serializers.IntegerField()


class ValueCountSerializer(serializers.Serializer):
    """So many comments wait for which this `value` of the filter holds."""

    value = serializers.CharField()
    waiting = serializers.IntegerField()


class ModeratorSerializer(serializers.Serializer):
    """`id` is what `decided_by` takes."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class OverviewSerializer(serializers.Serializer):
    """What waits, by all that the queue can be filtered by.

    `oldest`: since when the first of the pending comments waits. Delays are those of
    the last 24 hours and 7 days. `articles`: the busiest first, 50 at most.
    """

    oldest = serializers.DateTimeField(allow_null=True)
    late = LateSerializer()
    delays_day = DelaysSerializer()
    delays_week = DelaysSerializer()
    articles = BacklogSerializer(many=True)
    sections = SectionCountSerializer(many=True)
    categories = ValueCountSerializer(many=True)
    severities = ValueCountSerializer(many=True)
    rules = ValueCountSerializer(many=True)
    languages = ValueCountSerializer(many=True)
    moderators = ModeratorSerializer(many=True)


def overview() -> dict[str, Any]:
    """What OverviewSerializer writes."""
    facets, delays = recent_facets(), recent_delays()
    articles = Article.objects.in_bulk([row.article for row in facets.articles])
    sections = Section.objects.in_bulk([key for key, _name, _n in facets.sections])
    marks = facets.marks
    return {
        "oldest": oldest_wait(),
        "late": shown_late(),
        "delays_day": delays.day,
        "delays_week": delays.week,
        "articles": [
            {
                "article": articles[row.article].slug,
                "title": row.title,
                "waiting": row.waiting,
                "oldest": row.oldest,
            }
            for row in facets.articles
            if row.article in articles  # figures are some seconds old
        ],
        "sections": [
            {"section": sections[key].slug, "name": name, "waiting": waiting}
            for key, name, waiting in facets.sections
            if key in sections
        ],
        "categories": _counted(marks.categories, CategoryChoices.values),
        "severities": _counted(marks.severities, SeverityChoices.values),
        "rules": _counted(marks.rules, sorted(marks.rules)),
        "languages": _counted(facets.languages, sorted(facets.languages)),
        "moderators": [{"id": key, "name": name} for key, name in facets.moderators],
    }


def _counted(counts: Any, values: list[str]) -> list[dict[str, Any]]:
    return [{"value": v, "waiting": counts[v]} for v in values if counts[v]]
