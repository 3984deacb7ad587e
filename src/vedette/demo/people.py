"""Who plays in a demonstration: the officers at their posts, the desk, the units, the partners."""

from functools import cached_property
from typing import Any

from vedette.demo.client import Person

WATCH, ANALYST, RELEASING, COMMANDER = "Watch officer 1", "Analyst 1", "Releasing officer", "Commander on duty"


class Cast:
    """The seats of one home side, each signed in when it is first needed."""

    def __init__(self, base: str, home: dict[str, Any]) -> None:
        self.base, self.home = base, home
        self._officers: dict[str, Person] = {}
        self._partners: dict[str, Person] = {}
        self._sergeants: dict[str, Person] = {}

    @cached_property
    def watch(self) -> Person:
        """The watch officer."""
        return Person(self.base, WATCH)

    @cached_property
    def releasing(self) -> Person:
        """The releasing officer."""
        return Person(self.base, RELEASING)

    @cached_property
    def commander(self) -> Person:
        """The commander on duty."""
        return Person(self.base, COMMANDER)

    @cached_property
    def auditor(self) -> Person:
        """The auditor."""
        return Person(self.base, "Auditor")

    def officer(self, post: str) -> Person:
        """The officer at a post."""
        if post not in self._officers:
            self._officers[post] = Person(self.base, officer_label(self.home, post))
        return self._officers[post]

    def partner(self, key: str) -> Person:
        """The duty desk of a partner."""
        if key not in self._partners:
            name = next(row["name"] for row in self.home["partners"] if row["id"] == key)
            self._partners[key] = Person(self.base, "Duty desk", name)
        return self._partners[key]

    def sergeant(self, kind: str) -> Person:
        """The duty sergeant of the unit of a kind."""
        if kind not in self._sergeants:
            name = next(row["name"] for row in self.home["units"] if row["kind"] == kind)
            self._sergeants[kind] = Person(self.base, f"Duty sergeant, {name}")
        return self._sergeants[kind]


def officer_label(home: dict[str, Any], post: str) -> str:
    """How the officer of a post is called on the sign-in page."""
    row = next(row for row in home["posts"] if row["id"] == post)
    if row["status"] == "home":
        return f"Watch desk, {row['city']}"
    return f"LO {row['city']}" if "-" not in post else f"LO {row['city']} ({post})"
