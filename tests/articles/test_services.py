import pytest

from articles.models import Article, RelatedLink, Section
from articles.services import (
    renew_pages_linking_to,
    resolve_related_links,
    unique_slug,
)
from tests.factories import ArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db


def link(article: Article, title: str, **fields: object) -> RelatedLink:
    position = article.related_links.count() + 1
    return RelatedLink.objects.create(
        article=article, title=title, position=position, **fields
    )


def target_of(related: RelatedLink) -> int | None:
    return RelatedLink.objects.get(pk=related.pk).target_id


def version_of(article: Article) -> int:
    return Article.objects.get(pk=article.pk).version


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("La Syrie, quatre ans après", "la-syrie-quatre-ans-apres"),
        ("L’œuvre d'Élie « à la une » !", "l-oeuvre-d-elie-a-la-une"),
        ("سوريا", "article"),
        ("…", "article"),
    ],
)
def test_slug_reads_like_the_title(title: str, slug: str) -> None:
    assert unique_slug(title) == slug


def test_slug_counts_up_past_those_taken() -> None:
    ArticleFactory(slug="le-meme")
    ArticleFactory(slug="le-meme-2")
    ArticleFactory(slug="le-meme-et-plus")
    assert unique_slug("Le même") == "le-meme-3"


def test_long_slug_ends_with_a_whole_word() -> None:
    slug = unique_slug("anticonstitutionnellement " * 12)
    assert len(slug) <= 90
    assert set(slug.split("-")) == {"anticonstitutionnellement"}
    assert unique_slug("a" * 300) == "a" * 90


def test_slug_of_a_section_differs_from_other_sections_only() -> None:
    ArticleFactory(slug="a-la-une")
    assert unique_slug("À La Une", among=Section) == "a-la-une"
    SectionFactory(slug="a-la-une")
    assert unique_slug("À La Une", among=Section) == "a-la-une-2"
    assert unique_slug("سوريا", among=Section) == "section"


def test_links_resolve_in_both_directions() -> None:
    older = ArticleFactory(title="Le premier")
    forward = link(older, "Le second")
    assert resolve_related_links(older) == 0
    assert target_of(forward) is None

    second = ArticleFactory(title="Le second", status=Article.Status.DRAFT)
    back = link(second, "Le premier")
    assert resolve_related_links(second) == 2
    assert (target_of(forward), target_of(back)) == (second.pk, older.pk)
    assert resolve_related_links(second) == 0


def test_a_title_must_be_exact_and_borne_once() -> None:
    article = ArticleFactory(title="Celui qui lie")
    ArticleFactory(title="Deux fois")
    ArticleFactory(title="Deux fois")
    ArticleFactory(title="Écrit ainsi")
    for title in ("Deux fois", "écrit ainsi", "Écrit\u00a0ainsi", "Celui qui lie"):
        link(article, title)
    assert resolve_related_links(article) == 0
    link(article, "Écrit ainsi")
    assert resolve_related_links(article) == 1


def test_a_chosen_target_stays() -> None:
    chosen = ArticleFactory(title="Choisi")
    article = ArticleFactory()
    related = link(article, "Un titre", target=chosen)
    resolve_related_links(ArticleFactory(title="Un titre"))
    assert target_of(related) == chosen.pk


def test_pages_whose_links_change_are_renewed() -> None:
    linking, bystander = ArticleFactory(), ArticleFactory()
    link(linking, "Bientôt")
    before = version_of(linking), version_of(bystander)
    resolve_related_links(target := ArticleFactory(title="Bientôt"))
    assert version_of(linking) == before[0] + 1
    assert version_of(bystander) == before[1]

    renew_pages_linking_to(target)
    assert version_of(linking) == before[0] + 2
    assert version_of(bystander) == before[1]


def test_resolving_costs_the_same_for_any_number_of_links(
    django_assert_num_queries: object,
) -> None:
    article = ArticleFactory()
    for number in range(30):
        ArticleFactory(title=f"Visé {number}")
        link(article, f"Visé {number}")
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert resolve_related_links(article) == 30
