"""What Jinja2's templates are given: messages, addresses, labels, and no silence."""

import pytest
from django.template import engines
from django.urls import reverse, set_script_prefix
from django.utils.translation import override
from jinja2 import UndefinedError

from comments.models import Comment


def shown(text, **names):
    return engines["jinja2"].from_string(text).render(names)


def test_messages_are_of_the_active_language_and_what_is_put_in_is_escaped():
    said = '{{ _("En réponse à <bdi>%(author)s</bdi>")|format(author=name) }}'
    assert shown(said, name="<b>Léa") == "En réponse à <bdi>&lt;b&gt;Léa</bdi>"
    with override("en"):
        assert shown(said, name="Léa") == "In reply to <bdi>Léa</bdi>"
    assert shown(said, name="Léa") == "En réponse à <bdi>Léa</bdi>"


def test_an_address_is_the_one_that_django_makes():
    said = "{{ address('moderation:comment', 12) }} {{ address('moderation:queue') }}"
    assert shown(said) == (
        f"{reverse('moderation:comment', args=[12])} {reverse('moderation:queue')}"
    )
    set_script_prefix("/journal/")
    try:
        assert (
            shown(said) == "/journal/moderation/commentaires/12/ /journal/moderation/"
        )
    finally:
        set_script_prefix("/")


def test_labels_and_kinds_are_of_the_active_language():
    for language in ("fr", "en"):
        with override(language):
            status = Comment.Status.HIDDEN
            assert shown("{{ it|status }}", it=status.value) == str(status.label)
    kinds = shown("{{ mask_kinds() }}")
    with override("en"):
        assert shown("{{ mask_kinds() }}") != kinds


def test_a_name_that_is_missing_is_an_error_unless_pages_may_leave_it_out():
    assert shown("{% if conflict %}oui{% else %}non{% endif %}") == "non"
    with pytest.raises(UndefinedError):
        shown("{{ car.text }}", card="ce qui devait être lu")
