"""« Second regard » on the desk: what is shown and kept back, and what is kept."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from comments.models import Comment
from moderation.models import Decision, SecondLook
from moderation.second_looks.drawing import audit
from moderation.second_looks.judging import offer_next
from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.contesting import take
from tests.moderation.desk_pages import fields, page, said
from tests.moderation.second_looks.looking import drawn, judged, words

pytestmark = pytest.mark.django_db
PAGE = "/moderation/second-regard/"
TAKE = f"{PAGE}suivant/"


def press(desk, shown, button, **typed):
    """Send the form of a button as a browser would."""
    form = button.find_parent("form")
    data = {**fields(form), **typed}
    if button.get("name"):
        data[button["name"]] = button["value"]
    return desk.post(form["action"], data, follow=True)


def insulted(first, **kwargs):
    comment = submit_comment(
        article=ArticleFactory(title="Le prix du pain"),
        author=ReaderFactory(commenter="Nour").commenter,
        text="Quel connard, ce ministre.",
        **kwargs,
    )
    return drawn("hide", first, comment)


class TestBlind:
    def test_shows_what_the_first_one_saw_without_what_he_decided(self, desk, first):
        comment = CommentFactory(published=True, text="Et toi alors ?")
        look = insulted(first)
        Comment.objects.filter(pk=look.comment_id).update(parent=comment, depth=1)
        ReportFactory(comment=comment)
        desk.post(TAKE)
        shown = page(desk.get(PAGE))
        card = shown.select_one(".desk-card")
        told = words(card)
        for there in ("Nour", "Le prix du pain", "Et toi alors ?", "connard"):
            assert there in told
        assert card.select("mark[data-flags]")
        assert card.select(".desk-flags li")
        for hidden in ("Yara", "Sfeir", "masqué", "state-hidden"):
            assert hidden not in str(card)
        assert not card.select("a[href*='/moderation/']")
        assert f"/commentaires/{look.comment_id}" not in str(card)

    def test_shows_the_text_that_was_judged(self, desk, first):
        look = drawn("publish", first, text="Un premier texte.")
        desk.post(TAKE)
        assert "Un premier texte." in words(page(desk.get(PAGE)))
        assert look.revision.text == "Un premier texte."

    def test_shows_the_reports_that_had_come(self, desk, first):
        comment = CommentFactory(published=True)
        ReportFactory(comment=comment, kind="haine", explanation="Raciste, je trouve.")
        drawn("hide", first, comment)
        ReportFactory(comment=CommentFactory(published=True), explanation="D’un autre.")
        desk.post(TAKE)
        told = words(page(desk.get(PAGE)).select_one(".desk-card"))
        assert "Raciste, je trouve." in told
        assert "D’un autre." not in told
        assert "Plaignant" not in told

    def test_says_nothing_of_machine_or_readers_in_an_audit(self, desk, settings):
        settings.SECOND_LOOK_AUDITS = 10**6
        comment = CommentFactory(published=True, text="Vu par personne.")
        ReportFactory(comment=comment, explanation="Raciste, je trouve.")
        audit(timezone.localdate())
        desk.post(TAKE)
        card = page(desk.get(PAGE)).select_one(".desk-card")
        assert "Vu par personne." in words(card)
        assert "Raciste" not in words(card)
        assert not card.select("mark[data-flags], .desk-flags")

    def test_the_gravest_texts_stay_covered_for_who_wishes_so(self, desk, first):
        insulted(first)
        desk.post(TAKE)
        assert not page(desk.get(PAGE)).select("details.desk-veil")
        desk.post("/moderation/textes-graves/", {"voiler": "1", "next": PAGE})
        veil = page(desk.get(PAGE)).select_one("details.desk-veil")
        assert "connard" in veil.text

    def test_a_deleted_parent_is_not_shown(self, desk, first):
        parent = CommentFactory(published=True, text="Je regrette ceci.")
        look = drawn("hide", first, CommentFactory(published=True, parent=parent))
        desk.post(TAKE)
        assert "Je regrette ceci." in words(page(desk.get(PAGE)))
        Comment.objects.filter(pk=parent.pk).update(status="deleted")
        shown = page(desk.get(PAGE))
        assert look.revision.text in words(shown)
        assert "Je regrette ceci." not in words(shown)


class TestTaking:
    def test_begins_with_what_it_is_about(self, desk, first):
        drawn("hide", first, text="Un texte à relire.")
        shown = page(desk.get(PAGE))
        assert "Un texte à relire." not in words(shown)
        button = shown.select_one(f"form[action='{TAKE}'] button")
        response = press(desk, shown, button)
        assert "Un texte à relire." in words(page(response))

    def test_reading_takes_nothing(self, desk, first):
        look = drawn("hide", first)
        desk.get(PAGE)
        look.refresh_from_db()
        assert look.claimed_by is None

    def test_says_when_nothing_waits(self, desk):
        assert "Rien n’attend votre second regard." in said(
            desk.post(TAKE, follow=True)
        )

    def test_one_s_own_decisions_are_left_to_others(self, desk, moderator):
        drawn("hide", moderator)
        assert "Rien n’attend" in said(desk.post(TAKE, follow=True))

    def test_editors_read_without_judging(self, client, first):
        client.force_login(EditorFactory())
        shown = page(client.get(PAGE))
        assert not shown.select(f"form[action='{TAKE}']")


class TestJudging:
    def test_the_same_judgement_leads_to_the_next(self, desk, moderator, first):
        (
            drawn("hide", first, text="Le premier."),
            drawn("hide", first, text="Le second."),
        )
        desk.post(TAKE)
        shown = page(desk.get(PAGE))
        button = shown.select_one("button[name=quick_reason][value=injure]")
        response = press(desk, shown, button)
        assert "le même que le premier : masquer, « Injure »" in said(response)
        assert "Le second." in words(page(response))
        look = SecondLook.objects.judged().get()
        assert (look.moderator, look.reason) == (moderator, "injure")

    def test_another_reason_is_told(self, desk, first):
        drawn("hide", first)
        desk.post(TAKE)
        shown = page(desk.get(PAGE))
        button = shown.select_one("button[name=quick_reason][value=haine]")
        told = said(press(desk, shown, button))
        assert "« Injure » ; vous, « Provocation à la haine" in told

    def test_another_judgement_shows_both(self, desk, first):
        look = drawn("hide", first, text="Un texte discuté.")
        before = Comment.objects.values().get(pk=look.comment_id)
        desk.post(TAKE)
        shown = page(desk.get(PAGE))
        response = press(desk, shown, shown.select_one("button[value=publish]"))
        assert response.redirect_chain == [(f"{PAGE}{look.pk}/", 302)]
        shown = page(response)
        told = words(shown)
        assert "Les deux jugements diffèrent." in told
        assert "Yara Sfeir : masqué, motif : Injure" in told
        assert "Marie Khoury : le publierait" in told
        assert "Un texte discuté." in told
        way = shown.select_one(f"a[href='/moderation/commentaires/{look.comment_id}/']")
        assert page(desk.get(way["href"])).select(".desk-actions form")
        assert Comment.objects.values().get(pk=look.comment_id) == before
        assert Decision.objects.count() == 1

    def test_what_no_rule_flagged_was_in_sight(self, desk, settings):
        settings.SECOND_LOOK_AUDITS = 10**6
        CommentFactory(published=True)
        audit(timezone.localdate())
        desk.post(TAKE)
        shown = page(desk.get(PAGE))
        button = shown.select_one("button[name=quick_reason][value=cri]")
        told = words(page(press(desk, shown, button)))
        assert "Les règles n’y avaient rien relevé ; il était paru." in told
        assert "Marie Khoury : le masquerait, motif : Majuscules" in told

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"reason": ""}, "Choisissez un motif"),
            ({"reason": "autre", "note": "Court."}, "20 caractères au moins"),
            ({"reason": "inconnu", "note": "Mon avis."}, "inconnu"),
            ({"reason": "injure", "note": "nul\x00"}, "caractère nul"),
            ({"action": "hold"}, "publieriez ou masqueriez"),
            ({"action": "vague"}, "vague"),
        ],
    )
    def test_a_refused_form_keeps_what_was_typed(self, desk, first, typed, told):
        drawn("hide", first, text="Un texte à relire.")
        desk.post(TAKE)
        form = page(desk.get(PAGE)).select_one("form.desk-hide-form")
        response = desk.post(form["action"], {**fields(form), **typed})
        shown = page(response, status=422)
        assert told in words(shown)
        assert "Un texte à relire." in words(shown)
        details = shown.select_one("details.desk-hide")
        assert details.has_attr("open")
        note = details.select_one("textarea").text
        assert note == typed.get("note", "").replace("\x00", "\ufffd")
        assert SecondLook.objects.open().count() == 1

    def test_too_late_changes_nothing_and_loses_nothing(
        self, desk, first, time_machine
    ):
        look = drawn("hide", first)
        desk.post(TAKE)
        form = page(desk.get(PAGE)).select_one("form.desk-hide-form")
        time_machine.move_to(timezone.now() + timedelta(minutes=11))
        other = ModeratorFactory()
        judged(look, "publish", by=other)
        data = {**fields(form), "reason": "autre", "note": "Un motif longuement pesé."}
        shown = page(desk.post(form["action"], data), status=409)
        assert "Un autre modérateur a jugé ce commentaire." in words(shown)
        assert "Un motif longuement pesé." in words(shown)
        look.refresh_from_db()
        assert (look.moderator, look.action) == (other, "publish")

    def test_who_decided_meanwhile_is_told_so(self, desk, moderator, first):
        look = drawn("publish", first)
        desk.post(TAKE)
        form = page(desk.get(PAGE)).select_one("form.desk-hide-form")
        take(look.comment, "hide", moderator)
        data = {**fields(form), "reason": "injure"}
        shown = page(desk.post(form["action"], data), status=403)
        assert "un autre le jugera" in words(shown)

    @pytest.mark.parametrize("whose", ["other", "open"])
    def test_nobody_reads_what_another_judged(self, desk, first, whose):
        look = drawn("hide", first)
        address = f"{PAGE}{look.pk}/"
        if whose == "other":
            judged(look, "publish")
        assert desk.get(address).status_code == 404

    def test_nor_what_was_deleted_since(self, desk, moderator, first):
        look = judged(drawn("hide", first), "publish", by=moderator)
        address = f"{PAGE}{look.pk}/"
        assert desk.get(address).status_code == 200
        Comment.objects.filter(pk=look.comment_id).update(status="deleted")
        assert desk.get(address).status_code == 404

    def test_who_may_see_everyone_s_work_reads_all(self, client, first):
        look = judged(drawn("hide", first), "publish")
        client.force_login(User.objects.create_superuser("chef"))
        assert "diffèrent" in words(page(client.get(f"{PAGE}{look.pk}/")))


def test_pages_cost_a_fixed_number_of_queries(
    desk, moderator, first, django_assert_num_queries
):
    for count in (1, 6):
        for number in range(count):
            comment = submit_comment(
                article=ArticleFactory(),
                author=ReaderFactory().commenter,
                text=f"Quel connard, et quel abruti ({number}) !!!!",
            )
            ReportFactory(comment=CommentFactory(published=True))
            drawn("hide", first, comment)
        desk.post(TAKE)
        with django_assert_num_queries(8):
            assert desk.get(PAGE).status_code == 200
        look = SecondLook.objects.held_by(moderator).get()
        desk.post(f"{PAGE}{look.pk}/juger/", {"action": "publish"})
        with django_assert_num_queries(8):
            assert desk.get(f"{PAGE}{look.pk}/").status_code == 200
        desk.post(TAKE)
        look = SecondLook.objects.held_by(moderator).first()
        if look:
            desk.post(f"{PAGE}{look.pk}/juger/", {"action": "hide", "reason": "injure"})
            SecondLook.objects.open().update(claimed_by=None)


def test_a_moderator_who_leaves_the_page_finds_it_again(desk, moderator, first):
    look = drawn("hide", first, text="Un texte à relire.")
    desk.post(TAKE)
    assert "Un texte à relire." in words(page(desk.get(PAGE)))
    assert offer_next(moderator) == look
