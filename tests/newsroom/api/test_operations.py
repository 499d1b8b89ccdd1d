"""The page's view of the schema: nothing lost, and odd schemas do not break it."""

import pytest

from newsroom.api.docs import _schema
from newsroom.api.operations import METHODS, operations_by_tag

pytestmark = pytest.mark.django_db


def test_every_operation_and_status_of_the_schema_is_there():
    schema = _schema("fr")
    shown = {
        (o.method.lower(), o.path): {a.status for a in o.answers}
        for operations in operations_by_tag(schema, "https://journal.example").values()
        for o in operations
    }
    said = {
        (method, path): set(item[method]["responses"])
        for path, item in schema["paths"].items()
        for method in METHODS
        if method in item
    }
    assert len(said) > 10
    assert shown == said


def test_posting_a_comment_names_its_fields_and_example():
    groups = operations_by_tag(_schema("fr"), "https://journal.example")
    [posting] = [
        o
        for operations in groups.values()
        for o in operations
        if o.method == "POST" and o.path.endswith("/articles/{slug}/comments/")
    ]
    fields = {f.name: f for f in posting.body}
    assert set(fields) == {"text", "parent", "submission_key"}
    assert fields["text"].required
    assert not fields["parent"].required
    assert not posting.open_to_all
    assert posting.example.startswith("curl -X POST")
    assert "https://journal.example/api/v1/articles/{slug}/comments/" in posting.example
    created = next(a for a in posting.answers if a.status == "201")
    assert {"id", "status", "text"} <= {f.name for f in created.fields}


@pytest.mark.parametrize(
    "operation",
    [
        {},
        {"responses": {"200": {"content": {"text/csv": {}}}}},
        {
            "requestBody": {
                "content": {"application/json": {"schema": {"$ref": "#/x/Gone"}}}
            }
        },
        {"parameters": [{"name": "q", "schema": {"oneOf": [{"type": "string"}, {}]}}]},
        {
            "responses": {
                "200": {"content": {"application/json": {"schema": {"type": "array"}}}}
            }
        },
    ],
)
def test_odd_schemas_are_shown_as_far_as_they_go(operation):
    groups = operations_by_tag({"paths": {"/x/": {"get": operation}}}, "")
    [[shown]] = groups.values()
    assert (shown.method, shown.path) == ("GET", "/x/")
