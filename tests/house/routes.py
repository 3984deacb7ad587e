"""Every route of the house with what its door declares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from vedette.handling.doors import NO_RECORDS

# Routes the API library makes: the form of the API, which says nothing of any record.
OF_THE_LIBRARY = {"openapi-json", "api-root"}


@dataclass(frozen=True)
class Route:
    """A route: its path, its verb and what it serves; None where the door says nothing."""

    path: str
    name: str
    verb: str | None
    serves: str | None

    @property
    def verbs(self) -> list[str]:
        """The verbs it may do: one, or a few that are told apart by the body."""
        return [verb.strip() for verb in (self.verb or "").split(",")]


def routes() -> list[Route]:
    """All of them; an endpoint of the API says `verb; serves reader.` in its first line."""
    return [route for path, pattern in _patterns(get_resolver().url_patterns, "") for route in _of(path, pattern)]


def _patterns(patterns: list[Any], before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, path)
        else:
            yield path, pattern


def _of(path: str, pattern: URLPattern) -> Iterator[Route]:
    operations = getattr(getattr(pattern.callback, "__self__", None), "operations", None)
    if operations is None:
        operations = _operations_in(pattern.callback)
    if operations:
        for operation in operations:
            yield _endpoint(f"{'/'.join(operation.methods)} {path}", operation.view_func)
    elif pattern.name not in OF_THE_LIBRARY:
        view = pattern.callback
        yield Route(path, pattern.name or "", getattr(view, "verb", None), getattr(view, "serves", None))


def _operations_in(view: Any) -> list[Any]:
    """The operations behind a view of the API library, which hides them in a closure."""
    for cell in getattr(view, "__closure__", None) or ():
        held = cell.cell_contents
        if hasattr(held, "operations"):
            return list(held.operations)
    return []


def _endpoint(path: str, view: Any) -> Route:
    if hasattr(view, "verb"):
        return Route(path, "", view.verb, view.serves)
    said = (view.__doc__ or "").strip().split("\n")[0]
    verb, _, serves = said.split(". ")[0].removesuffix(".").partition("; serves ")
    if serves.startswith(NO_RECORDS):
        serves = NO_RECORDS
    return Route(path, "", verb if serves else None, serves or None)
