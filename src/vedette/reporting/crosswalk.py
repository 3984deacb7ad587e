"""What a grade would be called in another scheme: shown beside the native one, never stored, never computed with.

The columns follow the meanings the schemes themselves give (AJP-2.1; Europol 4x4; College of Policing 3x5x2); where a
scheme is coarser, the more cautious letter is shown.
"""

from vedette.reporting.models import Scheme

# Each native letter as (NATO, EU, UK).
RELIABILITY: dict[str, dict[str, tuple[str, str, str]]] = {
    Scheme.NATO: {
        "A": ("A", "A", "1"),
        "B": ("B", "B", "1"),
        "C": ("C", "B", "2"),
        "D": ("D", "C", "3"),
        "E": ("E", "C", "3"),
        "F": ("F", "X", "2"),
    },
    Scheme.EU: {"A": ("A", "A", "1"), "B": ("B", "B", "1"), "C": ("D", "C", "3"), "X": ("F", "X", "2")},
    Scheme.UK: {"1": ("B", "B", "1"), "2": ("F", "X", "2"), "3": ("E", "C", "3")},
}
CREDIBILITY: dict[str, dict[str, tuple[str, str, str]]] = {
    Scheme.NATO: {
        "1": ("1", "3", "B"),
        "2": ("2", "3", "C"),
        "3": ("3", "4", "C"),
        "4": ("4", "4", "D"),
        "5": ("5", "4", "E"),
        "6": ("6", "4", "D"),
    },
    Scheme.EU: {"1": ("2", "1", "A"), "2": ("2", "2", "A"), "3": ("2", "3", "B"), "4": ("6", "4", "D")},
    Scheme.UK: {
        "A": ("2", "2", "A"),
        "B": ("2", "3", "B"),
        "C": ("3", "4", "C"),
        "D": ("6", "4", "D"),
        "E": ("5", "4", "E"),
    },
}
ORDER = (Scheme.NATO, Scheme.EU, Scheme.UK)


def crosswalk(scheme: str, reliability: str, credibility: str) -> list[tuple[str, str, str]]:
    """A native grade as the other schemes write it: (scheme, reliability, credibility); empty when it is unknown."""
    sources = RELIABILITY.get(scheme, {}).get(reliability)
    informations = CREDIBILITY.get(scheme, {}).get(credibility)
    if not sources or not informations:
        return []
    found = zip(ORDER, sources, informations, strict=True)
    return [(str(other), source, information) for other, source, information in found if other != scheme]
