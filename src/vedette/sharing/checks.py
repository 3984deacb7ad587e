"""A line of the pre-flight: pass, wait or block; why; the lawful way round."""

from dataclasses import dataclass

PASS, WAIT, BLOCK = "pass", "wait", "block"


@dataclass(frozen=True)
class Way:
    """A lawful way round that one press does: its words, what it does, to what."""

    words: str
    do: str
    target: str = ""


@dataclass(frozen=True)
class Check:
    """One line of the pre-flight: pass, wait or block; the rule, why, the way round, the paragraphs it is about."""

    state: str
    rule: str
    sentence: str
    way_round: str = ""
    ways: tuple[Way, ...] = ()
    paragraphs: tuple[int, ...] = ()
    title: str = ""
