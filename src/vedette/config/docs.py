"""`python -m vedette.config.docs` writes the reference pages that are told by the code: settings, verbs and audit codes."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.handling.verbs import Verb

ROOT = Path(__file__).resolve().parents[3]
WRITTEN = "<!-- written by `python -m vedette.config.docs`; a test holds it against the code -->"


def pages() -> dict[str, str]:
    """Each page by its place in docs/; Django must be set up, because rooms declare their verbs as they start."""
    return {"settings.md": settings_page(), "verbs.md": verbs_page()}


def settings_page() -> str:
    """The environment variables, as one table."""
    from vedette.config.environment import SETTINGS

    rows = [f"| `{one.name}` | {_cell(one.default) or '(empty)'} | {_cell(one.meaning)} |" for one in SETTINGS]
    head = [
        "# Settings",
        "",
        WRITTEN,
        "",
        "Everything that differs between installations is read from the environment.",
    ]
    return "\n".join([*head, "", "| variable | default | what it does |", "|---|---|---|", *rows, ""])


def verbs_page() -> str:
    """The declared verbs, then every audit code with its sentence."""
    from vedette.audit.codes import SENTENCES
    from vedette.handling.verbs import VERBS

    verbs = [
        f"| `{name}` | {_cell(verb.words)} | {_who(verb)} | {'yes' if verb.reauthenticate else ''} | `{verb.code}` |"
        for name, verb in sorted(VERBS.items())
    ]
    codes = [f"| `{code}` | {_cell(sentence)} |" for code, sentence in sorted(SENTENCES.items())]
    head = [
        "# Verbs and audit codes",
        "",
        WRITTEN,
        "",
        "A verb is asked of the policy before it is done, and writes one audit code.",
    ]
    return "\n".join(
        [
            *head, "", "| verb | it may | who | proves again | audit code |", "|---|---|---|---|---|", *verbs,
            "", "## Audit codes", "", "| code | what it says after a name |", "|---|---|", *codes, "",
        ]
    )  # fmt: skip


def _who(verb: "Verb") -> str:
    words = ", ".join(sorted(verb.roles)) or ("any home seat" if verb.home_only else "any seat")
    if verb.author_only:
        words = ", ".join(["its author", *sorted(verb.instead)])
    return words if verb.home_only or not verb.roles else f"{words} (partners too)"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the pages into docs/."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vedette.config.settings")
    django.setup()
    for name, text in pages().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
