"""The lab's pages: what they say of a text, a term or a pattern, and what they keep."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from comments.models import Comment
from moderation.models import (
    Decision,
    EditorPattern,
    Flag,
    LexiconChange,
    RuleSetting,
    Term,
)
from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)
from tests.spaces import spaced

pytestmark = pytest.mark.django_db

LAB, TERM, PATTERN = (
    reverse(f"moderation:{name}") for name in ("lab", "lab_term", "lab_pattern")
)
NEW = {
    "text": "fouzou",
    "language": "fr",
    "kind": "insult",
    "tier": "always",
    "severity": "medium",
    "forms": "",
    "among": "1000",
}
REGEX = {"regex": "zu+t", "category": "other", "severity": "low", "among": "1000"}


@pytest.fixture
def moderator(client):
    client.force_login(ModeratorFactory())
    return client


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory())
    return client


def page(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "lxml")


def tried(client, text, language="fr"):
    answer = page(client.post(LAB, {"text": text, "language": language}))
    return answer.select_one("section.lab-part")


def said(element):
    return spaced(" ".join(element.get_text(" ").split()))


def submit(text):
    author = ReaderFactory().commenter
    return submit_comment(article=ArticleFactory(), author=author, text=text)


class TestText:
    def test_each_match_with_all_that_the_rules_know(self, moderator):
        kept = Term.objects.create(text="fouzou", kind="insult", target="group")
        found = tried(moderator, "Quel f0uzou <b>!")
        (mark,) = found.select("mark")
        assert (mark.text, mark["data-numbers"]) == ("f0uzou", "1")
        assert found.select_one(".desk-text").text == "Quel f0uzou <b>!"
        told = said(found.select_one(".desk-flags li"))
        for words in (
            "insulte, moyenne",
            "Règle Insultes",
            "Terme fouzou",
            "Déguisement le mot est écrit avec des chiffres",
            "Vise un groupe",
        ):
            assert words in told
        link = found.select_one(".desk-flags a")["href"]
        assert link == f"{TERM}?terme={kept.pk}"

    def test_overlapping_matches_share_their_pieces(self, moderator):
        found = tried(moderator, "QUEL CONNARD CE MINISTRE VRAIMENT")
        assert len(found.select(".desk-flags li")) == 2
        assert [len(m["data-flags"].split()) for m in found.select("mark")] == [1, 2, 1]

    def test_what_each_comment_mode_does(self, moderator):
        for text, outcomes in {
            "Quel connard.": [
                "il attend un modérateur",
                "il attend un modérateur",
                "il paraît aussitôt, et vient dans la file",
            ],
            "Un avis mesuré.": [
                "il attend un modérateur",
                "il paraît aussitôt",
                "il paraît aussitôt",
            ],
        }.items():
            found = tried(moderator, text)
            assert [dd.text for dd in found.select(".lab-actions dd")] == outcomes

    def test_what_was_considered_and_let_go(self, moderator):
        found = tried(moderator, "La mégère apprivoisée se joue ici. Le porc passe.")
        notes = [said(li) for li in found.select(".lab-notes li")]
        assert any(
            note.startswith("La mégère apprivoisée (expression admise")
            and "expression admise reconnue" in note
            for note in notes
        )
        assert any(
            note.startswith("mégère (")
            and "le mot est dans une expression admise" in note
            and "la mégère apprivoisée" in note
            for note in notes
        )
        assert any("porc" in n and "vise quelqu’un" in n for n in notes)
        assert said(found.h2).startswith("0 passage")

    def test_what_the_rules_read_and_what_nobody_sees(self, moderator):
        found = tried(moderator, "Un c\u200bon\u00adseil\u00a0: l’ÉTÉ")
        folded, visible = found.select(".lab-read")
        assert spaced(folded.text) == "un conseil : l'ete"
        assert spaced(visible.text) == "Un cU+200BonU+00ADseil : l’ÉTÉ"
        assert "U+200B zero width space × 1" in said(found)
        found = tried(moderator, "Un conseil.")
        assert "Le texte n’en contient pas." in said(found)

    def test_languages_and_times(self, moderator):
        found = said(tried(moderator, "the opinion of the people is what it is"))
        assert "Langues reconnues anglais" in found
        rows = tried(moderator, "Un avis.").select(".lab-table tbody tr")
        assert len(rows) == 12  # the editors have no pattern here
        assert all(float(r.td.text.replace(",", ".")) >= 0 for r in rows)

    def test_an_unfinished_analysis_is_told(self, moderator, monkeypatch):
        from moderation.rules import budget

        monkeypatch.setattr(budget, "UNASKED", 0.0)
        monkeypatch.setattr(budget, "RULE_SECONDS", -1.0)
        found = said(tried(moderator, "Quel connard !!!"))
        assert "Analyse incomplète" in found
        assert "Insultes" in found

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("", "Ce champ est obligatoire."),
            (" \u200b\n", "Ce texte est vide"),
            ("é" * 201, "Ce texte dépasse la limite de 200 caractères"),
            ("é" * 900, "il y en a 700 de trop"),
        ],
    )
    def test_a_refused_text_is_told_and_kept(self, moderator, settings, text, error):
        settings.COMMENT_MAX_LENGTH = 20
        answer = page(moderator.post(LAB, {"text": text, "language": "fr"}), 422)
        assert error in spaced(answer.select_one(".errorlist").text)
        assert answer.textarea.text.removeprefix("\n") == text
        (told,) = answer.select("#resultat")  # the one anchor: no result beside it
        assert "Rien n’a été essayé" in spaced(told.text)

    def test_the_longest_text_is_read(self, moderator, settings):
        settings.COMMENT_MAX_LENGTH = 20
        assert tried(moderator, "e\u0301" * 200)
        text = "\nDeux\r\nlignes & <b>"
        answer = page(moderator.post(LAB, {"text": text, "language": "fr"}))
        shown = answer.select_one("section .desk-text").text
        assert shown == "\nDeux\nlignes & <b>"

    def test_from_a_flag(self, moderator):
        comment = submit("Assez !!! Vraiment.")
        flag = comment.revision.flags.get()
        card = page(moderator.get(reverse("moderation:queue"))).select_one(
            f"#signalement-{flag.pk}"
        )
        link = card.select_one("a")["href"]
        assert link == f"{LAB}?releve={flag.pk}"
        found = page(moderator.get(link))
        assert "Assez !!! Vraiment." in found.textarea.text
        assert found.select_one("mark").text == "!!!"
        assert moderator.get(LAB, {"releve": "999999"}).status_code == 404
        assert moderator.get(LAB, {"releve": "x"}).status_code == 404

    def test_nothing_is_kept(self, moderator):
        def rows():
            return [m.objects.count() for m in (Comment, Flag, Decision, Term)]

        before = rows()
        tried(moderator, "Quel connard.")
        page(moderator.post(TERM, NEW))
        page(moderator.post(PATTERN, REGEX))
        assert rows() == before

    def test_every_rule_has_its_record(self, moderator, django_assert_num_queries):
        submit("Quel connard.")
        rows = page(moderator.get(LAB)).select("[aria-labelledby=bilan] tbody tr")
        assert len(rows) == 13
        (insults,) = (r for r in rows if r.th.text.strip() == "Insultes")
        assert insults.td.text == "1"
        for number in range(20):
            CommentFactory(text=f"Quel avis {number}.")
        # session, account, masthead, rights (2), rules' records, settings
        with django_assert_num_queries(7):
            moderator.get(LAB)

    def test_needs_its_token(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(ModeratorFactory())
        assert client.post(LAB, {"text": "Un avis."}).status_code == 403


class TestTerm:
    def test_what_a_new_term_would_flag(self, moderator):
        CommentFactory(text="Quel <i>fouzou</i>.", published=True)
        CommentFactory(text="Un avis.")
        found = page(moderator.post(TERM, NEW))
        assert "1 commentaire serait relevé" in said(found.h2)
        assert "2 commentaires examinés." in said(found)
        assert "la précision n’est pas connue" in said(found)
        assert "fouzou, fouzoue, fouzoues, fouzous" in said(found)
        (example,) = found.select(".lab-examples li")
        assert example.select_one(".desk-text").text == "Quel <i>fouzou</i>."
        assert example.mark.text == "fouzou"
        comment = Comment.objects.get(status="published")
        assert example.a["href"] == f"/moderation/commentaires/{comment.pk}/"

    def test_precision_in_a_sentence(self, moderator):
        from tests.moderation.test_lab import decided

        for number in range(4):
            comment = CommentFactory(text=f"Le fouzou {number}.")
            decided(comment, "hide" if number else "publish")
        assert (
            "Sur 4 commentaires relevés et jugés, 3 ont été masqués : "
            "précision 75 %, entre 30 % et 95 %."
        ) in said(page(moderator.post(TERM, NEW)))

    def test_time_that_runs_out_is_told(self, moderator, monkeypatch):
        from moderation import lab

        seconds = iter(range(1000))
        monkeypatch.setattr(lab, "thread_time", lambda: 10.0 * next(seconds))
        for number in range(4):
            CommentFactory(text=f"Un avis {number}.")
        found = said(page(moderator.post(TERM, NEW)))
        assert "Examiné 2 commentaires sur 4 : le temps a manqué." in found

    def test_an_allowed_phrase_says_what_it_would_excuse(self, moderator):
        Term.objects.create(text="fouzou", kind="insult")
        CommentFactory(text="Le fouzou blanc.", hidden=True)
        asked = NEW | {"text": "fouzou blanc", "kind": "guard"}
        found = page(moderator.post(TERM, asked))
        assert said(found.h2) == "1 commentaire perdrait un relevé"
        assert found.select_one(".lab-examples mark").text == "fouzou"
        assert "expression admise reconnue" in said(found)

    def test_a_rule_out_of_service_is_told(self, moderator):
        RuleSetting.objects.create(rule="threat", enabled=False)
        found = page(moderator.post(TERM, NEW))
        (notice,) = found.select(".notice-warning")
        assert "est hors service" in said(notice)

    def test_a_kept_term_and_its_record(self, moderator):
        kept = Term.objects.create(text="fouzou", kind="insult", forms="fouzouille")
        submit("Le fouzou passe.")
        found = page(moderator.get(TERM, {"terme": kept.pk}))
        assert "À la place du terme « fouzou »" in said(found.select_one(".lab-form"))
        assert "relevés 1" in said(found.select_one(".lab-form"))
        assert found.select_one("#id_forms").text.strip() == "fouzouille"
        narrower = NEW | {"terme": kept.pk, "kind": "label", "tier": "aimed"}
        found = page(moderator.post(TERM, narrower))
        assert said(found.h2).startswith("0 commentaire")
        assert "1 commentaire perdrait un relevé" in said(found)
        assert moderator.get(TERM, {"terme": "x"}).status_code == 404

    def test_a_shipped_term_keeps_its_name(self, moderator):
        kept = Term.objects.create(text="connard", kind="insult", severity="high")
        found = page(moderator.get(TERM, {"terme": kept.pk}))
        assert all(
            found.select_one(f"#id_{n}").has_attr("disabled")
            for n in ("text", "language", "kind")
        )
        found = page(moderator.post(TERM, NEW | {"terme": kept.pk}))
        assert "connarde" in said(found)
        assert "fouzou" not in said(found)

    def test_from_a_flag(self, moderator):
        kept = Term.objects.create(text="fouzou", kind="insult")
        flag = submit("Quel fouzou.").revision.flags.get()
        queue = page(moderator.get(reverse("moderation:queue")))
        link = queue.select_one(f"#signalement-{flag.pk} a")["href"]
        assert link == f"{TERM}?releve={flag.pk}"
        found = page(moderator.get(link))
        assert found.select_one("[name=terme]")["value"] == str(kept.pk)
        assert found.select_one(f"a[href='{LAB}?releve={flag.pk}']")
        kept.delete()
        found = page(moderator.get(link))
        assert not found.select("[name=terme]")
        assert found.select_one("#id_text")["value"] == "fouzou"

    def test_a_term_the_lexicon_has_leads_to_it(self, moderator):
        kept = Term.objects.create(text="fouzou", kind="insult")
        found = page(moderator.post(TERM, NEW), 422)
        assert "déjà dans le lexique" in said(found)
        assert found.select_one(f"a[href='{TERM}?terme={kept.pk}']")
        found = page(moderator.post(TERM, NEW | {"text": "f", "among": "7"}), 422)
        assert len(found.select(".errorlist li")) == 2
        assert found.select_one("#id_text")["value"] == "f"

    @pytest.mark.parametrize("name", ["text", "language", "kind", "forms"])
    def test_invisible_signs_are_refused(self, moderator, name):
        """PostgreSQL raises an error for a NUL in any query."""
        Term.objects.create(text="fouzou", kind="insult")
        page(moderator.post(TERM, NEW | {name: "fou\x00zou"}), status=422)

    def test_moderators_may_try_and_editors_keep(self, client):
        for person, buttons in ((ModeratorFactory, 0), (EditorFactory, 1)):
            client.force_login(person())
            found = page(client.post(TERM, NEW))
            assert len(found.select("[href^='/admin/moderation/term/add/']")) == buttons

    def test_a_new_term_is_kept_in_the_back_office(self, editor):
        found = page(editor.post(TERM, NEW | {"forms": "fouzouille"}))
        link = found.select_one("[href^='/admin/moderation/term/add/']")["href"]
        form = page(editor.get(link))
        assert form.select_one("#id_text")["value"] == "fouzou"
        assert form.select_one("#id_forms").text.strip() == "fouzouille"
        chosen = form.select_one("#id_kind option[selected]")
        assert chosen["value"] == "insult"

    def test_a_change_is_kept_by_the_back_office(self, editor):
        kept = Term.objects.create(text="fouzou", kind="insult", note="une injure")
        asked = NEW | {"terme": kept.pk, "severity": "high", "forms": "fouzouille"}
        (form,) = page(editor.post(TERM, asked)).select("form[action^='/admin/']")
        assert form["action"] == f"/admin/moderation/term/{kept.pk}/change/"
        fields = {
            i["name"]: i["value"] for i in form.select("input") if i.has_attr("name")
        }
        assert editor.post(form["action"], fields).status_code == 302
        kept.refresh_from_db()
        assert (kept.severity, kept.forms) == ("high", "fouzouille")
        assert (kept.note, kept.active) == ("une injure", True)
        assert LexiconChange.objects.filter(object_id=kept.pk, kind="term").exists()

    def test_the_back_office_leads_here(self, editor):
        kept = Term.objects.create(text="fouzou", kind="insult")
        shown = page(editor.get(f"/admin/moderation/term/{kept.pk}/change/"))
        assert shown.select_one(f"a[href='{TERM}?terme={kept.pk}']")

    @pytest.mark.parametrize("rows", [2, 30])
    def test_queries_do_not_grow(self, moderator, django_assert_num_queries, rows):
        article = ArticleFactory()
        for number in range(rows):
            CommentFactory(article=article, text=f"Le fouzou {number}.")
        # session, account, rights (2); the term is unique and valid (5); terms,
        # settings, count, comments, decisions, authors; masthead
        with django_assert_num_queries(16):
            found = page(moderator.post(TERM, NEW))
        assert len(found.select(".lab-examples li")) == rows


class TestPattern:
    def test_what_a_pattern_would_flag(self, moderator):
        CommentFactory(text="Zuuut & fin.")
        found = page(moderator.post(PATTERN, REGEX))
        assert "1 commentaire serait relevé" in said(found.h2)
        assert found.mark.text == "Zuuut"

    @pytest.mark.parametrize(
        ("regex", "error"),
        [
            ("(zut", "n’est pas fermée"),
            ("z*", "texte vide"),
            ("z" * 501, "dépasse 500"),
        ],
    )
    def test_a_pattern_that_cannot_serve(self, moderator, regex, error):
        found = page(moderator.post(PATTERN, REGEX | {"regex": regex}), 422)
        assert error in said(found.select_one(".errorlist"))
        assert found.textarea.text.strip() == regex

    def test_a_kept_pattern_is_changed_by_the_back_office(self, editor):
        kept = EditorPattern.objects.create(
            name="zut", regex="zut", explanation_fr="Zut."
        )
        shown = page(editor.get(f"/admin/moderation/editorpattern/{kept.pk}/change/"))
        link = shown.select_one(f"a[href='{PATTERN}?motif={kept.pk}']")["href"]
        assert "À la place du motif « zut »" in said(page(editor.get(link)))
        found = page(editor.post(PATTERN, REGEX | {"motif": kept.pk}))
        (form,) = found.select("form[action^='/admin/']")
        fields = {
            i["name"]: i["value"] for i in form.select("input") if i.has_attr("name")
        }
        assert editor.post(form["action"], fields).status_code == 302
        kept.refresh_from_db()
        assert (kept.regex, kept.name, kept.severity) == ("zu+t", "zut", "low")

    @pytest.mark.parametrize(
        "broken", [{"regex": "(zut"}, {"category": "inconnue"}, {"severity": "x"}]
    )
    def test_a_kept_pattern_that_cannot_serve_is_tried_anew(self, moderator, broken):
        """TRUST F13: the lab is where one would mend it."""
        CommentFactory(text="Zuuut alors")
        fields = {"name": "juron", "regex": "zut", "explanation_fr": "x"} | broken
        kept = EditorPattern.objects.create(**fields)
        url = f"{PATTERN}?motif={kept.pk}"
        page(moderator.get(url))
        trial = page(moderator.post(url, REGEX | {"regex": "zu{3}t"}))
        assert "Zuuut" in said(trial.select_one("mark"))
