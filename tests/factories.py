"""Rows for tests: the least that is valid, with traits for states."""

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

import factory
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.models import Article, Block, Section
from articles.search.index import index_article
from comments.models import Comment, Commenter
from comments.names import name_key
from comments.services import add_revision, set_status, sort_key
from moderation.clients import give_credentials
from moderation.models import ApiClient, Ranker, Report
from moderation.ranker.model import encode, fit, save
from moderation.reports import report_comment


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"Rubrique {n}")
    slug = factory.Sequence(lambda n: f"rubrique-{n}")


class ArticleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Article
        skip_postgeneration_save = True

    section = factory.SubFactory(SectionFactory)
    title = factory.Sequence(lambda n: f"Titre numéro {n}")
    slug = factory.Sequence(lambda n: f"titre-numero-{n}")
    status = Article.Status.PUBLISHED
    published_at = datetime(2026, 3, 1, 8, tzinfo=UTC)

    @factory.post_generation
    def paragraphs(self: Any, create: bool, texts: list[str] | None, **_: Any) -> None:
        for number, text in enumerate(texts or (), start=1):
            Block.objects.create(article=self, position=number, text=text)
        index_article(self)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"compte{n}")
    email = factory.LazyAttribute(lambda u: f"{u.username}@journal.example")

    @factory.post_generation
    def groups(self: Any, create: bool, names: list[str] | None, **_: Any) -> None:
        self.groups.set(Group.objects.filter(name__in=names or ["reader"]))

    @factory.post_generation
    def commenter(self: Any, create: bool, name: str | None, **_: Any) -> None:
        name = name or f"Lecteur {self.pk} de {self.username}"
        Commenter.objects.create(user=self, name=name, name_key=name_key(name))


class ReaderFactory(UserFactory):
    """Signs in and comments; `reader.commenter` is the identity that signs."""


class ModeratorFactory(UserFactory):
    @factory.post_generation
    def groups(self: Any, create: bool, names: list[str] | None, **_: Any) -> None:
        self.groups.set(Group.objects.filter(name="moderator"))


class EditorFactory(UserFactory):
    is_staff = True

    @factory.post_generation
    def groups(self: Any, create: bool, names: list[str] | None, **_: Any) -> None:
        self.groups.set(Group.objects.filter(name="editor"))


class CommenterFactory(factory.django.DjangoModelFactory):
    """A name found on an imported page."""

    class Meta:
        model = Commenter

    name = factory.Sequence(lambda n: f"SIGNATURE {n}")
    name_key = factory.LazyAttribute(lambda c: name_key(c.name))
    source = "page"


class CommentFactory(factory.django.DjangoModelFactory):
    """A stored comment that was never screened: pending, unless told otherwise.

    `CommentFactory(text="…", status="published", parent=other)`.
    """

    class Meta:
        model = Comment
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(status="published")
        hidden = factory.Trait(status="hidden")

    parent: Any = None
    article = factory.Maybe(
        "parent",
        yes_declaration=factory.SelfAttribute("parent.article"),
        no_declaration=factory.SubFactory(ArticleFactory),
    )
    author = factory.SubFactory(CommenterFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Comment:
        text = kwargs.pop("text", "Un avis mesuré sur la question.")
        status = kwargs.pop("status", Comment.Status.PENDING)
        parent = kwargs.get("parent")
        written = kwargs.setdefault("created_at", timezone.now())
        kwargs["position"], kwargs["depth"] = sort_key(parent, written)
        comment = Comment.objects.create(**kwargs)
        add_revision(comment, text)
        set_status(comment, Comment.Status(status))
        return comment


class ReportFactory(factory.django.DjangoModelFactory):
    """What a reader without account reported, through the service.

    `ReportFactory(comment=comment, kind="menace", user=reader)`.
    """

    class Meta:
        model = Report

    comment = factory.SubFactory(CommentFactory, published=True)
    kind = "injure"
    explanation = "Ce commentaire insulte une personne."
    name = factory.Sequence(lambda n: f"Plaignant {n}")
    email = factory.Sequence(lambda n: f"plaignant{n}@journal.example")
    good_faith = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Report:
        return report_comment(kwargs.pop("comment"), **kwargs)


class ApiClientFactory(factory.django.DjangoModelFactory):
    """A system with a key: `client.key` is what only its owner knows afterwards."""

    class Meta:
        model = ApiClient

    name = factory.Sequence(lambda n: f"Journal voisin {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> ApiClient:
        client = ApiClient(**kwargs)
        key = give_credentials(client).key
        client.save()
        client.key = key  # type: ignore[attr-defined]
        return client


@cache
def _learned() -> bytes:
    """The file of a model to which « saperlipopette » is the worst of words."""
    hidden, published = ["saperlipopette"] * 5, ["merci", "bien", "oui", "non", "enfin"]
    rows = [encode(text) for text in hidden + published]
    return save(fit(rows, [True] * 5 + [False] * 5, {}))


class RankerFactory(factory.django.DjangoModelFactory):
    """Well measured, and out of service unless told otherwise."""

    class Meta:
        model = Ranker

    decisions = 600
    share_hidden = 0.25
    tested = 120
    base_rate = 0.2
    auc = 0.85
    average_precision = 0.6
    top_precision = 0.7
    flags_auc = 0.7
    flags_average_precision = 0.5
    flags_top_precision = 0.5
    weights = factory.LazyFunction(_learned)
    digest = factory.LazyAttribute(lambda r: sha256(r.weights).hexdigest())
