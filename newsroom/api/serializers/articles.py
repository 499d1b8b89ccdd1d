from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.models import Article, Block, RelatedLink, Section
from moderation.charter.applied import Applied, applied_to
from newsroom.addresses import absolute


class SectionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Section
        fields: tuple[str, ...] = ("slug", "name")


class ArticleSerializer(serializers.ModelSerializer):
    """An article in a list. `applied` of its context spares a query for each."""

    section = SectionSerializer()
    comments_open = serializers.SerializerMethodField()
    permalink = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields: tuple[str, ...] = (
            "slug",
            "section",
            "topic",
            "kicker",
            "title",
            "lede",
            "byline",
            "language",
            "published_at",
            "published_not_after",
            "comment_count",
            "comments_open",
            "permalink",
        )

    def get_comments_open(self, article: Article) -> bool:
        applied: dict[int, Applied] = self.context.get("applied") or {}
        found = applied.get(article.pk) or applied_to(article)
        return not found.closed_by

    @extend_schema_field(serializers.URLField())
    def get_permalink(self, article: Article) -> str:
        return absolute(article.get_absolute_url())


class BlockSerializer(serializers.ModelSerializer):
    class Meta:
        model = Block
        fields: tuple[str, ...] = ("type", "text", "joined_to_previous")


class RelatedLinkSerializer(serializers.ModelSerializer):
    article = serializers.SerializerMethodField()

    class Meta:
        model = RelatedLink
        fields: tuple[str, ...] = ("placement", "position", "title", "url", "article")

    def get_article(self, link: RelatedLink) -> str | None:
        """The slug of the article it leads to, once that one is published."""
        shown = link.target and link.target.status == Article.Status.PUBLISHED
        return link.target.slug if shown and link.target else None


class PictureSerializer(serializers.Serializer):
    """`url` is null while only its caption or credit is known."""

    url = serializers.URLField(allow_null=True)
    caption = serializers.CharField()
    credit = serializers.CharField()


class ArticleDetailSerializer(ArticleSerializer):
    """An article with its body, picture and related links."""

    blocks = BlockSerializer(many=True)
    related_links = RelatedLinkSerializer(many=True)
    picture = serializers.SerializerMethodField()

    class Meta(ArticleSerializer.Meta):
        fields = (
            *ArticleSerializer.Meta.fields,
            "source_url",
            "picture",
            "blocks",
            "related_links",
        )

    @extend_schema_field(PictureSerializer(allow_null=True))
    def get_picture(self, article: Article) -> dict[str, str | None] | None:
        if not (article.image or article.image_caption or article.image_credit):
            return None
        return {
            "url": absolute(article.image.url) if article.image else None,
            "caption": article.image_caption,
            "credit": article.image_credit,
        }
