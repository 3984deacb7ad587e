"""No template carries script or style, so that the content policy needs no exception."""

import re

from tests.house.tree import SOURCE

INLINE = {
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/json|importmap)\")[^>]*>", re.I
    ),
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
    "text passed unescaped": re.compile(r"\|safe\b|autoescape off", re.I),
}


def test_no_template_carries_script_style_or_unescaped_text():
    found = [
        f"{file.relative_to(SOURCE)}: {what}"
        for file in sorted(SOURCE.rglob("*.html"))
        for what, pattern in INLINE.items()
        if pattern.search(re.sub(r"{%.*?%}|{#.*?#}", "", file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_no_program_file_builds_pages_from_text():
    marked = re.compile(r"mark_safe\(|SafeString\(")
    found = [
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if marked.search(file.read_text(encoding="utf-8"))
    ]
    assert [name for name in found if not name.startswith("web/parts/")] == []
