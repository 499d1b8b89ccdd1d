"""Perspective's methods as its callers use them."""

import json

import pytest
from django.apps import apps
from django.test import Client

from articles.models import Article
from comments.models import Revision
from moderation.models import ApiClient, Flag, SuggestedScore, Term
from moderation.rules.budget import Deadline, OutOfTime
from moderation.suggested_scores import labelled_texts
from tests.newsroom.doors.conftest import ANALYZE, SUGGEST, send

pytestmark = pytest.mark.django_db
ALL = (
    "TOXICITY",
    "SEVERE_TOXICITY",
    "INSULT",
    "PROFANITY",
    "THREAT",
    "IDENTITY_ATTACK",
)
INSULT = "Quel connard, ce ministre."


def summary(answer, attribute="TOXICITY"):
    return answer.json()["attributeScores"][attribute]["summaryScore"]["value"]


def test_request_of_coral_as_it_is_sent(system):
    """Only the endpoint and the key are changed in Coral's settings."""
    endpoint, model = "/api/perspective/v1alpha1", "TOXICITY"
    body = {
        "comment": {"text": INSULT},
        "doNotStore": True,
        "languages": ["fr"],
        "clientToken": "comment:5f1e9c3a-5d5b-4a1e-8a06-1d8f1f4c9b11",
        "requestedAttributes": {model: {}},
    }
    answer = Client(enforce_csrf_checks=True).post(
        f"{endpoint}/comments:analyze?key={system.key}",
        json.dumps(body),
        content_type="application/json",
    )
    assert answer.status_code == 200
    assert answer.json()["attributeScores"][model]["summaryScore"]["value"] >= 0.8
    assert not answer.cookies
    assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]
    body["comment"] = {"text": "Merci pour cet article."}
    answer = send(Client(), ANALYZE, body, key=system.key)
    assert summary(answer) == 0


def test_whole_answer(analyze):
    answer = analyze(
        comment={"text": INSULT, "type": "PLAIN_TEXT"},
        requestedAttributes={"TOXICITY": {}, "THREAT": {"scoreType": "PROBABILITY"}},
        languages=["fr-CA"],
        clientToken="repère 1",
        communityId="journal.example",
        sessionId="s1",
        context={"entries": [{"text": "avant", "type": "PLAIN_TEXT"}]},
        doNotStore=False,
        inconnu={"ignoré": True},
    )
    toxic, none = ({"value": v, "type": "PROBABILITY"} for v in (0.8, 0.0))
    whole = {"begin": 0, "end": len(INSULT)}
    assert answer.json() == {
        "attributeScores": {
            "TOXICITY": {
                "summaryScore": toxic,
                "spanScores": [whole | {"score": toxic}],
            },
            "THREAT": {"summaryScore": none, "spanScores": [whole | {"score": none}]},
        },
        "languages": ["fr-CA"],
        "detectedLanguages": answer.json()["detectedLanguages"],
        "clientToken": "repère 1",
    }


def test_all_attributes_at_once(analyze):
    answer = analyze(INSULT, requestedAttributes={name: {} for name in ALL})
    assert tuple(answer.json()["attributeScores"]) == ALL
    assert {summary(answer, name) for name in ALL} == {0.0, 0.8}


def test_language_is_detected_when_none_is_given(analyze):
    text = "The minister is not what he says that he is, and they know it."
    answer = analyze(text).json()
    assert answer["languages"] == ["en"] == answer["detectedLanguages"]
    assert "clientToken" not in answer


@pytest.mark.parametrize(
    ("threshold", "kept"),
    [(None, True), (0, True), (0.8, True), (0.81, False), (1, False)],
)
def test_attributes_under_their_threshold_are_left_out(analyze, threshold, kept):
    asked = {"TOXICITY": {"scoreThreshold": threshold}, "INSULT": None}
    scores = analyze(INSULT, requestedAttributes=asked).json()["attributeScores"]
    assert ("TOXICITY" in scores) is kept
    assert "INSULT" in scores


def spans_of(answer, sent):
    """The words that the spans cut out of ``sent``, as JavaScript would."""
    units = sent.encode("utf-16-le")
    return [
        units[2 * s["begin"] : 2 * s["end"]].decode("utf-16-le")
        for s in answer.json()["attributeScores"]["TOXICITY"]["spanScores"]
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (INSULT, ["connard"]),
        ("😀😀 Quel connard 👩‍👩‍👧, et quel abruti 😀", ["connard", "abruti"]),
        ("Merci 😀.", []),
    ],
)
def test_spans_count_utf16_units(analyze, text, words):
    assert spans_of(analyze(text, spanAnnotations=True), text) == words
    assert spans_of(analyze(text), text) == [text]


def test_spans_of_html_point_into_what_was_sent(analyze):
    sent = "<p>😀 &laquo;&nbsp;Quel <em>conn</em>ard&nbsp;&raquo;</p><script>abruti</script>"
    comment = {"text": sent, "type": "HTML"}
    answer = analyze("", comment=comment, spanAnnotations=True)
    assert spans_of(answer, sent) == ["conn</em>ard"]
    hidden = {"text": "<p>Bien <script>connard</script></p>", "type": "HTML"}
    assert summary(analyze("", comment=hidden)) == 0
    shown = {"text": "Quel <b>conn</b>ard", "type": "PLAIN_TEXT"}
    assert spans_of(analyze("", comment=shown), shown["text"]) == [shown["text"]]


def test_key_may_come_in_a_header(http, system):
    body = {"comment": {"text": INSULT}, "requestedAttributes": {"TOXICITY": {}}}
    answer = send(http, ANALYZE, body, **{"x-goog-api-key": system.key})
    assert answer.status_code == 200


def test_text_that_rules_could_not_finish_is_said_so(analyze, monkeypatch):
    def late(_self):
        raise OutOfTime

    assert "incomplete" not in analyze("Un avis.").json()
    monkeypatch.setattr(Deadline, "check", late)
    answer = analyze(INSULT)
    assert summary(answer) >= 0.8
    assert answer.json()["incomplete"]


def test_editors_terms_serve_here_too(analyze):
    assert summary(analyze("Quel schtroumpfard.")) == 0
    Term.objects.create(text="schtroumpfard", kind="insult", severity="high")
    assert summary(analyze("Quel schtroumpfard.")) == 0.8


def test_analysis_costs_three_queries_then_two(analyze, django_assert_num_queries):
    analyze(INSULT)  # what is built once
    ApiClient.objects.update(last_used_at=None)
    with django_assert_num_queries(
        3
    ):  # the client, its last use, the lexicon's version
        analyze(INSULT)
    with django_assert_num_queries(2):
        analyze(INSULT)


def test_analysis_stores_no_text(analyze, suggest):
    canary = "canarianalyse"
    for store in (True, False):
        answer = analyze(f"Quel connard {canary}", doNotStore=store, clientToken=canary)
        assert answer.status_code == 200
    assert canary not in everything_stored()
    suggest(canary)
    assert canary in everything_stored()


def everything_stored():
    """Every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return repr([list(m._base_manager.values()) for m in models])


def test_suggestion_is_kept_as_a_label(suggest, system):
    answer = suggest(
        "Texte à refuser.",
        1,
        clientToken="comment:1",
        communityId="Coral:journal.example",
        languages=["fr"],
    )
    assert answer.status_code == 200
    assert answer.json() == {"clientToken": "comment:1", "requestedLanguages": ["fr"]}
    [kept] = SuggestedScore.objects.all()
    assert (kept.text, kept.attribute, kept.value) == (
        "Texte à refuser.",
        "TOXICITY",
        1,
    )
    assert (kept.client, kept.client_token) == (system, "comment:1")
    assert kept.community_id == "Coral:journal.example"
    suggest("Texte à refuser.", 0, clientToken="comment:1")
    assert [label[:2] for label in labelled_texts()] == [("Texte à refuser.", 0)]
    suggest("Texte à refuser.", 1.0, clientToken="comment:2")
    assert SuggestedScore.objects.count() == 2


def test_suggestion_not_to_be_stored_is_not(suggest):
    answer = suggest("Secret.", doNotStore=True, clientToken="comment:1")
    assert answer.status_code == 200
    assert answer.json()["clientToken"] == "comment:1"
    assert not SuggestedScore.objects.exists()
    suggest("Secret.", doNotStore=False)
    assert SuggestedScore.objects.count() == 1


def test_suggestion_changes_no_comment_of_the_site(suggest):
    suggest(INSULT)
    for model in (Article, Revision, Flag):
        assert not model.objects.exists()


def test_final_slash_leads_nowhere(http, system):
    for path in (ANALYZE, SUGGEST):
        assert send(http, f"{path}/", {}, key=system.key).status_code == 404
