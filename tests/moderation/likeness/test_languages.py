"""The language of comments: kept, filtered by, and said in the markup."""

import pytest

from moderation.likeness.languages import certain_language, foreign_language
from moderation.models import QueueEntry, TextPrint
from moderation.recent import forget
from tests.factories import ArticleFactory, ModeratorFactory
from tests.moderation.desk import QUEUE, keys, page, shown
from tests.moderation.likeness.waves import post
from tests.spaces import spaced

pytestmark = pytest.mark.django_db

FRENCH = "Le maire a dit que les travaux sont finis et qu’il est content."
ENGLISH = "I do not think that this is what the mayor said to the people."
ARABIC = "هذا المقال ممتاز وشكرا على كل هذه المعلومات المفيدة"
RUSSIAN = "Это очень хорошая статья, спасибо большое."
MIXED = "Je pense que c’est bien. I think that this is what they have to do."
UNKNOWN = "Bravo !"
ALL = {
    "fr": FRENCH,
    "en": ENGLISH,
    "ar": ARABIC,
    "other": RUSSIAN,
    "unknown": UNKNOWN,
}


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


def test_each_language_can_be_looked_for(desk):
    made = {language: post(text) for language, text in ALL.items()}
    for language, comment in made.items():
        assert shown(desk, langue=language) == keys(comment)
        assert shown(desk, langue=language, etat="tous") == keys(comment)
        assert TextPrint.objects.get(pk=comment.revision_id).language == language
    QueueEntry.objects.all().delete()
    assert shown(desk, langue="ar") == []
    assert shown(desk, langue="ar", etat="tous") == keys(made["ar"])


def test_the_form_counts_what_waits_and_the_batch_names_it(desk):
    for text in (FRENCH, ARABIC, ARABIC):
        post(text)
    forget()
    form = page(desk.get(QUEUE, {"langue": "ar"}))
    options = {o["value"]: o.text for o in form.select("#id_langue option")}
    assert options == {"": "toutes", "fr": "français (1)", "ar": "arabe (2)"}
    bar = form.select_one(".desk-bulk-all")
    sent = {"tout": "1", "langue": "ar", "action": "publish"}
    assert "langue : arabe" in spaced(page(desk.post(bar["action"], sent)).text)


def test_an_unknown_language_is_told_and_ignored(desk):
    comment = post(FRENCH)
    answer = page(desk.get(QUEUE, {"langue": "xx"}))
    assert answer.select_one("#id_langue_error, .errorlist li")
    assert shown(desk, langue="xx") == keys(comment)


def test_the_api_filters_and_tells(desk):
    made = {language: post(text) for language, text in ALL.items()}
    found = desk.get("/api/v1/moderation/queue/", {"language": "ar"}).json()["results"]
    assert [(item["id"], item["language"]) for item in found] == [(made["ar"].pk, "ar")]
    assert desk.get("/api/v1/moderation/queue/", {"language": "xx"}).status_code == 400
    order = {"action": "publish", "matching": {"language": "ar", "at_most": 1}}
    answer = desk.post("/api/v1/moderation/batches/", order, "application/json")
    assert answer.json()["done"] == 1


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        (ARABIC, "ar"),
        (RUSSIAN, ""),
        (MIXED, ""),
        (UNKNOWN, ""),
        ("", ""),
    ],
)
def test_a_language_is_said_only_where_it_is_certain(desk, text, certain):
    assert certain_language(text) == certain
    assert foreign_language(text) == ("" if certain == "fr" else certain)
    if not text:
        return
    comment = post(text)
    shown_text = page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk} .desk-text")
    assert shown_text.get("lang", "") == ("" if certain == "fr" else certain)
    assert shown_text["dir"] == "auto"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_s_own_language_is_not_repeated(desk, language):
    comment = post(ENGLISH)
    seen = page(desk.get(QUEUE, headers={"accept-language": language}))
    lang = seen.html["lang"]
    shown_text = seen.select_one(f"#carte-{comment.pk} .desk-text")
    assert shown_text.get("lang", lang) == "en"


def test_readers_machines_are_told_of_english_and_arabic(client):
    article = ArticleFactory(comment_policy="a_posteriori")
    comments = [post(text, article=article) for text in (FRENCH, ENGLISH, ARABIC)]
    seen = page(client.get(article.get_absolute_url()))
    said = [
        seen.select_one(f"#comment-{comment.pk} .comment-text p").get("lang", "")
        for comment in comments
    ]
    assert said == ["", "en", "ar"]
