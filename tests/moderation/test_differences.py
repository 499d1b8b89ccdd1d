"""What a moderator is shown when the author changed the text he was reading."""

import pytest
from bs4 import BeautifulSoup

from moderation.differences import difference_html
from moderation.models import Decision
from moderation.services import reimport_comment
from tests.factories import ModeratorFactory
from tests.moderation.batch_worlds import decided_by, seen, waiting


def in_words(before, after):
    shown = BeautifulSoup(difference_html(before, after), "lxml")
    return " ".join(shown.text.split())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Un avis.", "Un avis.", "Un avis."),
        ("Un bon avis.", "Un avis.", "Un ôté : bon avis."),
        ("Un avis.", "Un bon avis.", "Un ajouté : bon avis."),
        ("Oui, un avis.", "Non, un avis.", "ôté : Oui, ajouté : Non, un avis."),
        ("", "Tout.", "ajouté : Tout."),
        ("هذا مقال جيد", "هذا رأي جيد", "هذا ôté : مقال ajouté : رأي جيد"),
    ],
)
def test_word_by_word(before, after, told):
    assert in_words(before, after) == told


def test_nothing_but_its_own_elements():
    shown = difference_html("a <b>x</b>", "a <script>x</script> & b")
    assert "<script" not in shown
    assert {tag.name for tag in BeautifulSoup(shown, "html.parser").find_all()} == {
        "del",
        "ins",
        "span",
    }


def test_the_texts_are_kept_code_point_for_code_point():
    before, after = (
        "Un  avis\n\nlong, e\u0301crit.",
        "Un  avis\n\ncourt, \u202eécrit.\n",
    )
    shown = BeautifulSoup(difference_html(before, after), "html.parser")
    for label in shown.select("span"):
        label.decompose()
    for gone in shown.select("del"):
        gone.decompose()
    assert shown.text == after


@pytest.mark.django_db
def test_an_edit_is_shown_as_a_difference_and_nothing_is_decided(client):
    (comment,) = waiting(1, "Un avis mesuré ({}).")
    client.force_login(ModeratorFactory())
    loaded = seen(comment)
    sent = {"action": "publish", "after": loaded.after, "revision": loaded.revision}
    reimport_comment(comment, "Un avis grossier (0).")
    answer = client.post(f"/moderation/commentaires/{comment.pk}/decider/", sent)
    assert answer.status_code == 409
    shown = BeautifulSoup(answer.content, "lxml").select_one(".desk-difference")
    assert "ôté : mesuré ajouté : grossier" in " ".join(shown.text.split())
    assert not Decision.objects.filter(moderator__isnull=False).exists()


@pytest.mark.django_db
def test_no_difference_where_only_a_colleague_was_faster(client):
    (comment,) = waiting(1)
    client.force_login(ModeratorFactory())
    loaded = seen(comment)
    decided_by(comment, ModeratorFactory(first_name="Rana", last_name="Haddad"))
    answer = client.post(
        f"/moderation/commentaires/{comment.pk}/decider/",
        {"action": "publish", "after": loaded.after, "revision": loaded.revision},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 409
    card = BeautifulSoup(answer.json()["card"], "lxml")
    assert "Rana Haddad" in card.select_one(".notice-error").text
    assert not card.select(".desk-difference")
