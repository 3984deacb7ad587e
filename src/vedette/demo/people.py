"""Who plays in a demonstration: the officers at their posts, the desk, the units, the partners."""

from collections import Counter
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

    def sergeant(self, unit: str) -> Person:
        """The duty sergeant of a unit."""
        if unit not in self._sergeants:
            name = next(row["name"] for row in self.home["units"] if row["id"] == unit)
            self._sergeants[unit] = Person(self.base, f"Duty sergeant, {name}")
        return self._sergeants[unit]

    def missing_entries(self, codes: dict[str, int]) -> dict[str, list[int]]:
        """Codes of which the log holds fewer than these people's deeds must have left: [in the log, at least]."""
        people = self._people()
        least: Counter[str] = Counter()
        for person in people:
            least += person.left
        return {code: [codes.get(code, 0), n] for code, n in least.items() if codes.get(code, 0) < n}

    def _people(self) -> list[Person]:
        named = [person for name in ("watch", "releasing", "commander") if (person := self.__dict__.get(name))]
        return [*named, *self._officers.values(), *self._partners.values(), *self._sergeants.values()]

    def close(self) -> None:
        """Everyone lets go of his connections."""
        for person in [*self._people(), *([self.auditor] if "auditor" in self.__dict__ else [])]:
            person.close()

    def kind_of_unit(self, unit: str) -> str:
        """The kind of a unit."""
        return next((row["kind"] for row in self.home["units"] if row["id"] == unit), "")


def officer_label(home: dict[str, Any], post: str) -> str:
    """How the officer of a post is called on the sign-in page."""
    row = next(row for row in home["posts"] if row["id"] == post)
    if row["status"] == "home":
        return f"Watch desk, {row['city']}"
    return f"LO {row['city']}" if "-" not in post else f"LO {row['city']} ({post})"
