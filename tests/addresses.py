"""Every address of the site, with examples: a new one must be given examples here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BY_PATTERN: Mapping[str, Sequence[str]] = {
    "/admin/^(?P<app_label>": ["/admin/articles/", "/admin/moderation/"],
    "/admin/(?P<url>": ["/admin/x/"],
    "/api/v1/^(?:.*/)?$": ["/api/v1/", "/api/v1/x/"],
    "/api/^(?:perspective|coral)": ["/api/perspective/", "/api/coral/x"],
    "/compte/^confirm-email/(?P<key>": ["/compte/confirm-email/x/"],
    "/compte/^password/reset/key/(?P<uidb36>": ["/compte/password/reset/key/1-x/"],
}
"""Addresses that are regular expressions: {how the expression begins: examples}."""


class Address(NamedTuple):
    """``name`` is the URL's, with its namespace; empty if it has none."""

    name: str
    path: str


def every_address(values: Mapping[str, Sequence[object]]) -> Iterator[Address]:
    """Yield each URL of the site with each of the ``values`` of its parameters.

    Raises LookupError for a parameter without values, or a regular expression without
    examples: whoever adds one says here what it may be.
    """
    for pattern, name in _patterns(get_resolver().url_patterns, "/", ""):
        if "(?P" in pattern or "^" in pattern:
            paths = list(_examples(pattern))
        else:
            paths = _filled(pattern, values)
        for path in paths:
            yield Address(name, path)


def _examples(pattern: str) -> Sequence[str]:
    for start, examples in BY_PATTERN.items():
        if pattern.startswith(start):
            return examples
    raise LookupError(pattern)


def _patterns(
    entries: Sequence[URLPattern | URLResolver], prefix: str, namespace: str
) -> Iterator[tuple[str, str]]:
    for entry in entries:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _patterns(entry.url_patterns, route, namespace + inner)
        else:
            yield route, namespace + entry.name if entry.name else ""


def _filled(route: str, values: Mapping[str, Sequence[object]]) -> list[str]:
    """``route`` with every value of its parameters; several take theirs in step."""
    names = PARAMETER.findall(route)
    if not names:
        return [route]
    paths = []
    for number in range(max(len(values[name]) for name in names)):
        chosen = {name: values[name][number % len(values[name])] for name in names}
        paths.append(PARAMETER.sub(lambda found: str(chosen[found[1]]), route))  # noqa: B023
    return paths
