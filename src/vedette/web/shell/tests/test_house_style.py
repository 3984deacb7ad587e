"""Stylesheets and templates of the shell and the parts keep the house's rules."""

import re
from pathlib import Path

WEB = Path(__file__).resolve().parents[2]
SHELL_CSS = sorted((WEB / "shell" / "static" / "shell").glob("*.css"))
TEMPLATES = sorted([*(WEB / "shell").glob("*.html"), *(WEB / "parts").glob("*.html")])


def test_only_the_tokens_file_writes_a_raw_colour():
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", re.IGNORECASE)
    found = {path.name: raw.findall(path.read_text()) for path in SHELL_CSS if path.name != "tokens.css"}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_stylesheet_says_important_or_is_too_long():
    for path in SHELL_CSS:
        assert "!important" not in path.read_text().replace("no !important", "")
        assert len(path.read_text().splitlines()) <= 300, path.name


def test_no_template_has_an_inline_script_style_or_handler():
    inline = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
    assert {path.name for path in TEMPLATES if inline.search(path.read_text())} == set()


def test_every_token_that_is_used_is_declared():
    css = "".join(path.read_text() for path in SHELL_CSS)
    declared = set(re.findall(r"(--[\w-]+):", css))
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) - declared == set()


def test_every_icon_that_a_template_or_a_mark_names_is_in_the_sprite_list():
    names = {"vedette", *(WEB / "parts" / "icons.txt").read_text().split()}
    text = "".join(path.read_text() for path in TEMPLATES)
    used = set(re.findall(r'\{% icon "([\w-]+)"', text))
    assert used - names == set()
