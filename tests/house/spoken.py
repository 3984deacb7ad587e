"""What a template shows that no catalogue holds."""

import re
from html.parser import HTMLParser

# Attributes that are read aloud or shown, and those that hand words to a script.
SPOKEN = re.compile(
    r"aria-label|aria-description|aria-roledescription|title|placeholder|alt|data-(?:[a-z-]+-)?(?:words?|text)"
)
SILENT = ("script", "style", "kbd", "code")
# Marks that are the same in every language: labels, codes, units, the product's own name.
MARKS = {"Vedette", "TLP", "H", "EN", "PAR", "km", "m", "v", "MB"}
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{%\s*block (?:mainclass|middle)\s*%}.*?{%\s*endblock\s*%}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
LETTERS = re.compile(r"[^\W\d_]+")


class Page(HTMLParser):
    """Gathers the texts and spoken attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        for name, value in attrs:
            if value and SPOKEN.fullmatch(name):
                self.say(value)

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.say(data)

    def say(self, text: str) -> None:
        if set(LETTERS.findall(text)) - MARKS:
            self.found.append(" ".join(text.split()))


def untranslated(template: str) -> list[str]:
    """The words of a template that stand outside every translate tag."""
    page = Page()
    page.feed(TRANSLATED.sub(" ", template))
    page.close()
    return page.found
