"""Writing a PDF with typst: facts go in as JSON, so no text of a person is ever read as markup."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
# The house's own letters, put here by the set-up; then what a machine may have, for the scripts that they lack.
OWN_FONTS = HERE.parents[3] / "build" / "static" / "vendor" / "fonts" / "paper"
NOTO = ("Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Hebrew")
FAMILIES = ("Inter", *NOTO, "Noto Sans", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")


@cache
def _fonts() -> typst.Fonts:
    own = [str(OWN_FONTS)] if OWN_FONTS.is_dir() else []
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=own)


@cache
def families() -> tuple[str, ...]:
    """Those of our families that this machine has."""
    known = set(_fonts().families())
    return tuple(name for name in FAMILIES if name in known)


def write(template: str, facts: dict[str, Any]) -> bytes:
    """The PDF of a template of this folder with these facts."""
    inputs = {"facts": json.dumps({**facts, "families": families()}, ensure_ascii=False)}
    return bytes(typst.compile(HERE / template, root=HERE, font_paths=_fonts(), format="pdf", sys_inputs=inputs))
