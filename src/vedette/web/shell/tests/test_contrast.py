"""Every pair of tokens that the components put together is readable, in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parent.parent / "static" / "shell" / "tokens.css").read_text()
RAW = dict(re.findall(r"--([\w-]+):\s*([^;]+);", CSS))
GROUNDS = ["bg", "well", "surface-1", "surface-2", "surface-3", "surface-float"]
INKS = ("text", "text-2", "text-3", "accent", "ontime", "due", "burn", "sev-high")
PAIRS = [
    *[(ink, ground, 4.5) for ink in INKS for ground in GROUNDS],
    *[(ink, "accent-wash", 4.5) for ink in INKS if ink != "text-3"],
    *[(ink, "burn-wash", 4.5) for ink in ("text", "text-2", "text-3", "burn", "accent")],
    *[(ink, "due-wash", 4.5) for ink in ("text", "text-2", "text-3", "due")],
    ("on-accent", "accent-solid", 4.5),
    ("on-burn", "burn-solid", 4.5),
    *[(f"on-grade-{n}", f"grade-{n}", 4.5) for n in (1, 2, 3)],
    *[(f"tlp-{colour}", "tlp-ground", 4.5) for colour in ("red", "amber", "green", "clear")],
    *[(ink, ground, 4.5) for ink in ("text", "text-2", "text-3") for ground in ("map-sea", "map-land", "map-plate")],
    *[("map-plate", sign, 4.5) for sign in ("text", "text-2", "text-3", "accent")],
    *[(edge, ground, 3.0) for edge in ("line-control", "focus") for ground in GROUNDS],
    *[(ink, ground, 3.0) for ink in ("burn", "accent") for ground in ("map-sea", "map-land")],
]


def value(name: str, theme: int) -> str:
    found = RAW[name].strip()
    pair = re.match(r"light-dark\((#\w+),\s*(#\w+)\)", found)
    if pair:
        return pair.group(1 + theme)
    link = re.match(r"var\(--([\w-]+)\)", found)
    return value(link.group(1), theme) if link else found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, two: str) -> float:
    a, b = sorted((luminance(one), luminance(two)), reverse=True)
    return (a + 0.05) / (b + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_pair_of_ink_and_ground_can_be_read(theme: int):
    short = [
        f"{ink} on {ground}: {got:.2f}"
        for ink, ground, bar in PAIRS
        if (got := ratio(value(ink, theme), value(ground, theme))) < bar
    ]
    assert short == []


def test_the_check_finds_a_pair_that_cannot_be_read():
    assert ratio("#777777", "#888888") < 4.5
