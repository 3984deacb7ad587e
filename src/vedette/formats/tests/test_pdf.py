"""Papers carry the house's own letters, whatever fonts the machine has."""

import re
import zlib
from dataclasses import replace

import pytest

from vedette.formats.pdf import writing
from vedette.formats.pdf.brief import BriefPaper, brief_pdf
from vedette.formats.pdf.release import ReleasePaper, release_pdf

BRIEF = BriefPaper(
    label="TLP:AMBER",
    title="Łódź, Αθήνα, Київ, Đà Nẵng",
    reference="PAR-1",
    as_of="13 Nov 2015, 21:40",
    began="21:20",
    bottom="Explosions at three places.",
    nexus="No link to the city is known.",
    facts=[{"fact": "dead", "value": "18", "also": "", "struck": "", "sure": "B2, two roots", "rests": "PAR-1, PAR-2"}],
    decide=["Hold the stadium exits?"],
)
ORDER = ReleasePaper(
    label="TLP:GREEN",
    reference="HOM-7",
    title="Guard the consulate",
    version="unit's version",
    number=1,
    sender="Home Department",
    sent="13 Nov 2015, 21:45",
    paragraphs=["Two posts at the consulate until 06:00."],
    recipient="North Command",
    signed=True,
    order=True,
    digest="00" * 32,
)


def fonts_of(pdf: bytes) -> set[str]:
    """The names of the fonts inside a PDF, without the mark of the subset."""
    names = set(re.findall(rb"/FontName\s*/(?:[A-Z]{6}\+)?([\w-]+)", pdf))
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            names |= set(re.findall(rb"/FontName\s*/(?:[A-Z]{6}\+)?([\w-]+)", zlib.decompressobj().decompress(stream)))
        except zlib.error:
            continue
    return {name.decode() for name in names}


@pytest.mark.parametrize("paper", [brief_pdf(BRIEF), release_pdf(ORDER)], ids=["brief", "order sheet"])
def test_a_paper_is_set_in_inter_with_its_bold_and_in_nothing_else_but_the_digest(paper):
    assert fonts_of(paper) - {"DejaVuSansMono"} == {"Inter-Regular", "Inter-Bold"}


@pytest.mark.parametrize(
    ("words", "font"),
    [
        ("بغداد وعمّان", "NotoSansArabic"),
        ("ירושלים", "NotoSansHebrew"),
        ("मुंबई", "NotoSansDevanagari"),
    ],
)
def test_arabic_hebrew_and_devanagari_are_set_in_the_house_s_own_letters(words, font):
    found = fonts_of(brief_pdf(replace(BRIEF, title=words, bottom=words)))
    assert found - {"DejaVuSansMono"} == {"Inter-Regular", "Inter-Bold", f"{font}-Regular", f"{font}-Bold"}


def pages(pdf):
    """How many pages a PDF has."""
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


@pytest.mark.parametrize("many", [1, 8, 24, 40])
def test_a_brief_is_one_page_however_much_is_known(many):
    fact = {**BRIEF.facts[0], "also": "also heard: 12, 14, 16"}
    told = {
        "name": "Unit of the east",
        "version": "order",
        "delivered": "21:40",
        "opened": "21:41",
        "acknowledged": "21:42",
    }
    full = replace(
        BRIEF, facts=[fact] * many, told=[{**told, "silent": ""}] * min(many, 9), decide=["Hold the exits?"] * 4
    )
    assert pages(brief_pdf(full)) == 1


def test_without_our_fonts_a_paper_is_still_written(monkeypatch, tmp_path):
    monkeypatch.setattr(writing, "OWN_FONTS", tmp_path / "absent")
    for cached in (writing._fonts, writing.families):
        cached.cache_clear()
    try:
        assert fonts_of(brief_pdf(BRIEF))
    finally:
        monkeypatch.undo()
        for cached in (writing._fonts, writing.families):
            cached.cache_clear()
    assert writing.families()[0] == "Inter"
