"""Pre-flight: everything that must hold before a release leaves, each with its reason and the lawful way round."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vedette.agencies.viewer import Viewer
from vedette.handling.names import spot_names
from vedette.sharing.checks import BLOCK, PASS, WAIT, Check, Way
from vedette.sharing.crossing import agreements, cut, expiry, fits, label_check, private_security
from vedette.sharing.loading import Load, is_third, load_of, named_in, quoted_reports
from vedette.sharing.models import Release

__all__ = ["BLOCK", "PASS", "WAIT", "Check", "Way", "as_json", "blocking", "checks_of", "preflight"]


def preflight(viewer: Viewer | None, release: Release) -> list[Check]:
    """Every check of a release, those that block first."""
    return checks_of(load_of(release))


def checks_of(load: Load) -> list[Check]:
    """The checks of what was loaded."""
    checks = [
        *_something(load),
        *_basis(load),
        *_names(load),
        *_own_words(load),
        *fits(load),
        *agreements(load),
        *label_check(load),
        *private_security(load),
        *expiry(load),
    ]
    order = {BLOCK: 0, WAIT: 1, PASS: 2}
    return sorted(checks, key=lambda check: order[check.state])


def blocking(checks: list[Check]) -> list[Check]:
    """Those that hold it back."""
    return [check for check in checks if check.state == BLOCK]


def _something(load: Load) -> list[Check]:
    if not load.paragraphs:
        said = _("Every paragraph is cut.")
        return [Check(BLOCK, "text", said, _("Keep or write at least one."), title=_("There is nothing to read"))]
    if not load.recipients:
        said = _("It would be available and nobody informed.")
        return [Check(BLOCK, "recipients", said, _("Choose at least one."), title=_("Nobody receives it"))]
    return []


def _basis(load: Load) -> list[Check]:
    found = []
    for paragraph in load.paragraphs:
        gone = [sheet for sheet in load.rests.get(paragraph.id, []) if sheet.withdrawn_at or sheet.purged_at]
        if gone:
            words = {"n": paragraph.position, "refs": ", ".join(sheet.reference for sheet in gone)}
            found.append(
                Check(
                    BLOCK,
                    "basis",
                    _("%(refs)s was withdrawn after this was drafted.") % words,
                    _("Draft anew from what stands, or cut the paragraph."),
                    (Way(_("Draft anew"), "redraft"), cut(paragraph)),
                    (paragraph.position,),
                    _("Paragraph %(n)s rests on what was withdrawn") % words,
                )
            )
    if found:
        return found
    return [Check(PASS, "basis", _("Nothing under it was withdrawn."), title=_("Every basis stands"))]


def _names(load: Load) -> list[Check]:
    """Refused until notices and promotion exist (28 CFR 23.20(e): need and right to know on record)."""
    later = _(
        "Cut it; or clear the mark on the report if it names nobody. Recording the lawful predicate comes in a later "
        "version: until then a named person does not leave."
    )
    found = []
    for paragraph in load.paragraphs:
        flagged = [sheet for sheet in load.rests.get(paragraph.id, []) if sheet.access_class.named_subject]
        names = named_in(load, paragraph.text)
        words = {
            "n": paragraph.position,
            "names": ", ".join(names),
            "refs": ", ".join(sheet.reference for sheet in flagged),
        }
        if names:
            said = _("“%(names)s” may name a person. Without a recorded predicate no named person leaves.") % words
        elif flagged:
            said = _("It rests on %(refs)s, which is marked as naming a person.") % words
        else:
            continue
        title = _("Paragraph %(n)s touches a named person") % words
        found.append(Check(BLOCK, "named-subject", said, later, (cut(paragraph),), (paragraph.position,), title))
    titled = [span.text for span in spot_names(load.release.title, load.places)]
    if titled:
        said = _("“%(names)s” may name a person.") % {"names": ", ".join(titled)}
        found.append(
            Check(
                BLOCK,
                "named-subject",
                said,
                _("Word the title without it."),
                title=_("The title touches a named person"),
            )
        )
    if found:
        return found
    return [
        Check(
            PASS,
            "named-subject",
            _("Looked at each paragraph, the title, and the marks of every report."),
            title=_("No named person"),
        )
    ]


def _own_words(load: Load) -> list[Check]:
    """A host's words stay with the host's leave (H2); facts in our own words go by the recipient's agreement."""
    if load.release.inside or not load.agencies:
        return []
    found, third, home = [], 0, load.release.sheet.holder_id
    for paragraph in load.paragraphs:
        rests = load.rests.get(paragraph.id, [])
        third += any(is_third(sheet, home) for sheet in rests)
        raw = [load.reports[key].sheet for key in quoted_reports(load, paragraph)]
        hosts = [sheet for sheet in raw if is_third(sheet, home)]
        if raw:
            words = {"n": paragraph.position, "refs": ", ".join(sheet.reference for sheet in raw)}
            said = (
                _("It repeats %(refs)s word for word; H2: no onward step without the originator's leave.")
                if hosts
                else _("It repeats %(refs)s word for word; raw text does not leave.")
            )
            way = _("Say the fact in our own words, or cut the paragraph.")
            title = _("Paragraph %(n)s uses a host's words (H2)") if hosts else _("Paragraph %(n)s is raw text")
            found.append(
                Check(BLOCK, "own-words", said % words, way, (cut(paragraph),), (paragraph.position,), title % words)
            )
    if found:
        return found
    said = (
        _("No report is quoted.")
        if not third
        else ngettext(
            "%(n)s paragraph rests on a host's information: facts in our own words only.",
            "%(n)s paragraphs rest on a host's information: facts in our own words only.",
            third,
        )
        % {"n": third}
    )
    return [Check(PASS, "own-words", said, title=_("Our own words throughout"))]


def as_json(checks: list[Check]) -> list[dict[str, Any]]:
    """The checks as the JSON door gives them."""
    return [
        {
            "state": c.state,
            "rule": c.rule,
            "sentence": f"{c.title}. {c.sentence}".strip(". ") + ".",
            "way_round": c.way_round,
        }
        for c in checks
    ]
