"""`train_ranker`, from decisions and from files."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moderation.models import Action, Decision, Ranker, RankerScore
from moderation.ranker.model import load
from moderation.ranking import model_of
from tests.factories import CommentFactory, ModeratorFactory, RankerFactory
from tests.moderation.ranker.test_training import texts

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def train(*arguments, **options):
    out = StringIO()
    call_command("train_ranker", *arguments, stdout=out, **options)
    return out.getvalue()


def judge(examples):
    """Decisions of a moderator on those texts, without the desk."""
    moderator = ModeratorFactory()
    for text, hidden, _when in examples:
        comment = CommentFactory(text=text)
        Decision.objects.create(
            comment=comment,
            revision=comment.revision,
            moderator=moderator,
            action=Action.HIDE if hidden else Action.PUBLISH,
            reason="injure" if hidden else "",
            status_before="pending",
            status_after="hidden" if hidden else "published",
        )


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_too_few_decisions_are_refused():
    judge(texts(3))
    with pytest.raises(
        CommandError, match=r"3 décisions à apprendre, il en faut 500\."
    ):
        train()
    with pytest.raises(CommandError, match="0 décision"):
        train("--since", "2999-01-01")
    assert not Ranker.objects.exists()


def test_a_ranker_is_kept_out_of_service_with_its_measures():
    judge(texts(60))
    out = train(minimum=60)
    ranker = Ranker.objects.get()
    assert not ranker.active
    assert (ranker.decisions, ranker.tested) == (60, 12)
    assert (ranker.share_hidden, ranker.base_rate) == (0.25, 0.25)
    assert (ranker.auc, ranker.top_precision) == (1, 1)
    assert (ranker.flags_auc, ranker.flags_top_precision) == (0.5, 0.25)
    assert model_of(ranker).score("ganache") > model_of(ranker).score("ville")
    assert "Appris de 60 textes jugés" in out
    assert "1,000" in out
    assert ranker.worth in out
    assert "hors service" in out
    assert not RankerScore.objects.exists()


def test_a_ranker_can_be_put_in_service_at_once():
    former = RankerFactory(active=True)
    judge(texts(60))
    assert "rank_queue" in train("--activate", minimum=60)
    former.refresh_from_db()
    assert not former.active
    assert Ranker.objects.active().get().decisions == 60


def test_one_no_better_than_chance_is_not_put_in_service():
    examples = texts(60)
    newest = [e._replace(text=examples[0].text) for e in examples[48:]]
    judge(examples[:48] + newest)
    with pytest.raises(CommandError, match="pas mieux que le hasard"):
        train("--activate", minimum=60)
    assert not Ranker.objects.get().active


def test_one_sided_decisions_are_refused():
    judge(e for e in texts(60) if not e.hidden)
    with pytest.raises(CommandError, match="des textes publiés et des textes masqués"):
        train(minimum=10)
    assert not Ranker.objects.exists()


def test_files_teach_without_the_database(tmp_path, django_assert_num_queries):
    rows = [{"text": e.text, "label": int(e.hidden)} for e in texts(60)]
    source, output = write(tmp_path / "rows.jsonl", rows), tmp_path / "weights.npz"
    with django_assert_num_queries(1):  # the version of the lexicon
        out = train("--jsonl", source, "--output", str(output), minimum=60)
    assert str(output.stat().st_size) in out
    assert load(output.read_bytes()).facts["examples"] == 60
    assert not Ranker.objects.exists()


@pytest.mark.parametrize(
    "line",
    [
        "rien",
        "[]",
        '{"text": "a"}',
        '{"text": 3, "label": 1}',
        '{"text": "a", "label": 2}',
        '{"text": "a", "label": "1"}',
        '{"text": "a", "label": 0.0}',
    ],
)
def test_a_bad_line_is_named(tmp_path, line):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "bon", "label": 1}\n\n' + line + "\n")
    with pytest.raises(CommandError, match=r"rows\.jsonl, ligne 3"):
        train("--jsonl", str(path))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--jsonl", "absent.jsonl"), "Impossible de lire absent.jsonl"),
        (("--jsonl", "a", "--activate"), "Avec --jsonl"),
        (("--jsonl", "a", "--since", "2026-03-01"), "Avec --jsonl"),
        (("--since", "2026-02-31"), "n’est pas une date"),
        (("--since", "hier"), "n’est pas une date"),
    ],
)
def test_bad_arguments(arguments, said):
    with pytest.raises(CommandError, match=said):
        train(*arguments)


def test_a_place_that_cannot_be_written(tmp_path):
    rows = [{"text": e.text, "label": int(e.hidden)} for e in texts(60)]
    source = write(tmp_path / "rows.jsonl", rows)
    with pytest.raises(CommandError, match="Impossible d’écrire"):
        train("--jsonl", source, "--output", str(tmp_path), minimum=60)


def test_public_collections_are_ordered_better_than_by_chance(tmp_path):
    """The machinery on real texts, the newest fifth of each file held back."""
    files = [DATA / "mlma_fr.jsonl", DATA / "toxifrench.jsonl"]
    if not all(path.exists() for path in files):
        pytest.skip(f"the labelled collections are not in {DATA}")
    output = tmp_path / "weights.npz"
    train("--jsonl", *map(str, files), "--output", str(output))
    model = load(output.read_bytes())
    assert (model.facts["examples"], model.facts["tested"]) == (2238, 448)
    # Chance is 0.5; on 448 texts two standard errors are about 0.06
    assert model.facts["auc"] > 0.7
    assert 0 <= model.score("Merci pour cet article.") <= 1
