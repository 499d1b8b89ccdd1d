"""The OpenAPI schema arranged for a page that people read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter or one key of a body; ``kind`` is its JSON type and its limits."""

    name: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back with ``status``, and the keys of its JSON object, if any."""

    status: str
    description: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One call. ``anchor`` names it in the page's address."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    open_to_all: bool
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[Answer, ...]
    example: str


def operations_by_tag(schema: Schema, site: str) -> dict[str, list[Operation]]:
    """Return {tag: its operations}, in the schema's order; ``site`` begins examples."""
    found: dict[str, list[Operation]] = defaultdict(list)
    for path, item in schema.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                operation = _operation(schema, path, method, item[method], site)
                found[(item[method].get("tags") or [""])[0]].append(operation)
    return dict(found)


def _operation(
    schema: Schema, path: str, method: str, said: Schema, site: str
) -> Operation:
    body = tuple(_fields(schema, _json_of(said.get("requestBody", {}))))
    return Operation(
        anchor=str(said.get("operationId", f"{method}-{path}")),
        method=method.upper(),
        path=path,
        summary=str(said.get("summary", "")),
        description=str(said.get("description", "")),
        open_to_all={} in said.get("security", [{}]),
        parameters=tuple(_parameters(schema, said.get("parameters", ()))),
        body=body,
        answers=tuple(
            Answer(
                status=str(status),
                description=str(answer.get("description", "")),
                fields=tuple(_fields(schema, _json_of(answer))),
            )
            for status, answer in said.get("responses", {}).items()
        ),
        example=_example(method, f"{site}{path}", body),
    )


def _json_of(content: Schema) -> Schema:
    """The schema of a JSON body or answer, empty if there is none."""
    for kind, media in content.get("content", {}).items():
        if "json" in kind:
            found: Schema = media.get("schema", {})
            return found
    return {}


def _parameters(schema: Schema, said: Iterable[Schema]) -> Iterable[Field]:
    for one in said:
        yield Field(
            name=str(one.get("name", "")),
            kind=_kind(schema, one.get("schema", {})),
            required=bool(one.get("required")),
            description=str(one.get("description", "")),
        )


def _fields(schema: Schema, said: Schema) -> Iterable[Field]:
    """The keys of an object; of each row, for a list; of every choice, for a union."""
    said = _resolved(schema, said)
    if said.get("type") == "array":
        yield from _fields(schema, said.get("items", {}))
        return
    choices = [*said.get("allOf", ()), *said.get("oneOf", ()), *said.get("anyOf", ())]
    seen: set[str] = set()
    for choice in choices:
        for field in _fields(schema, choice):
            if field.name not in seen:
                seen.add(field.name)
                yield field
    required = set(said.get("required", ()))
    for name, one in said.get("properties", {}).items():
        yield Field(
            name=name,
            kind=_kind(schema, one),
            required=name in required,
            description=str(one.get("description", "")),
        )


def _resolved(schema: Schema, said: Schema) -> Schema:
    """What ``$ref`` points to, in ``#/components/schemas``; itself without one."""
    reference = said.get("$ref")
    if not isinstance(reference, str):
        return said
    name = reference.rpartition("/")[2]
    found: Schema = schema.get("components", {}).get("schemas", {}).get(name, {})
    return found


def _kind(schema: Schema, said: Schema) -> str:
    nullable = bool(said.get("nullable"))
    if "$ref" in said:
        name = str(said["$ref"]).rpartition("/")[2]
        target = _resolved(schema, said)
        kind = _values(target) if "enum" in target else name
    elif said.get("type") == "array":
        kind = f"[{_kind(schema, said.get('items', {}))}]"
    elif "enum" in said:
        kind = _values(said)
    elif choices := said.get("oneOf") or said.get("anyOf") or said.get("allOf"):
        kind = " | ".join(dict.fromkeys(_kind(schema, c) for c in choices))
    else:
        kind = " ".join(str(said[k]) for k in ("type", "format") if k in said)
    if "maxLength" in said:
        kind += f" ≤ {said['maxLength']}"
    return f"{kind} | null" if nullable else kind


def _values(said: Schema) -> str:
    return " | ".join("null" if v is None else str(v) for v in said["enum"])


def _example(method: str, url: str, body: tuple[Field, ...]) -> str:
    parts = ["curl"]
    if method != "get":
        parts += ["-X", method.upper(), '-H "Authorization: Token …"']
    if body:
        keys = ", ".join(f'"{f.name}": …' for f in body if f.required)
        parts += ['-H "Content-Type: application/json"', f"-d '{{{keys}}}'"]
    return " ".join([*parts, url])
