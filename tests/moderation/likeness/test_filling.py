"""Texts that were stored before fingerprints were: `manage.py fingerprint`."""

import random
from io import StringIO

import pytest
from django.core.management import call_command

from comments.models import Comment
from moderation.likeness import filling
from moderation.models import QueueEntry, TextBand, TextPrint
from tests.factories import ArticleFactory
from tests.moderation.likeness.test_languages import ARABIC, ENGLISH
from tests.moderation.likeness.waves import OTHER, post, variants

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """What waits and what was published, all of it before there were fingerprints."""
    article = ArticleFactory(comment_policy="a_posteriori")
    posted = [post(text) for text in [*variants(5), OTHER, "Bravo !", "👍", ARABIC]]
    posted += [post(text, article=article) for text in (ENGLISH, OTHER)]
    kept = _everything()
    forget_prints()
    return kept


def forget_prints():
    TextPrint.objects.all().delete()
    QueueEntry.objects.update(language="unknown", likeness=None)
    Comment.objects.update(html="<p dir=auto>avant</p>")


def _everything():
    """What is known of each text, whatever the order it was read in."""
    prints = TextPrint.objects.order_by("pk").values_list("pk", "language", "exact")
    groups: dict[int, list[int]] = {}
    for pk, likeness in QueueEntry.objects.order_by("pk").values_list("pk", "likeness"):
        groups.setdefault(likeness, []).append(pk)
    languages = QueueEntry.objects.order_by("pk").values_list("pk", "language")
    named = Comment.objects.filter(html__contains='lang="en"').order_by("pk")
    return (
        list(prints),
        sorted(groups.values()),
        list(languages),
        list(named.values_list("pk", flat=True)),
    )


def run():
    out = StringIO()
    call_command("fingerprint", stdout=out)
    return out.getvalue()


def test_it_finds_what_posting_finds(site):
    assert _everything() != site
    assert "texts: 11 read" in run()
    assert _everything() == site


def test_it_can_be_stopped_anywhere_and_run_again(site):
    dice = random.Random(5)  # noqa: S311
    for _ in range(4):
        texts = filling.fill_prints(batch=2)
        for _ in range(dice.randrange(3)):
            next(texts, None)
        texts.close()
    for _ in filling.fill_prints(batch=3):
        pass
    entries = filling.fill_queue(batch=2)
    next(entries)
    entries.close()
    for _ in filling.fill_queue(batch=3):
        pass
    assert _everything() == site
    before = list(TextBand.objects.order_by("pk").values_list("pk"))
    assert "texts: 0 read" in run()
    assert _everything() == site
    assert list(TextBand.objects.order_by("pk").values_list("pk")) == before


def test_what_is_posted_meanwhile_is_left_as_it_is(site):
    new = post(variants(1)[0])
    kept = TextPrint.objects.filter(pk=new.revision_id).values().get()
    run()
    assert TextPrint.objects.filter(pk=new.revision_id).values().get() == kept
