"""Pre-flight: everything that must hold before a release leaves, each with its reason and the lawful way round."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import NEVER_NAMES
from vedette.kit.time import now
from vedette.programme.gate import LABELS, GateAnswer
from vedette.programme.models import Clause
from vedette.reporting.names import spot_names
from vedette.sharing.loading import (
    FLOORS,
    Load,
    floor_of,
    gates_of,
    is_third,
    load_of,
    name_of,
    named_in,
    quoted_reports,
)
from vedette.sharing.models import Paragraph, Recipient, Release

PASS, WAIT, BLOCK = "pass", "wait", "block"
VERSIONS = Release.Version
STAFFING = re.compile(r"\b\d[\d,]*\s+(?:officers|police|detectives|cars|patrols)\b", re.I)
FITS: dict[str, frozenset[str]] = {
    VERSIONS.POLICE: frozenset({Agency.Kind.POLICE, Agency.Kind.FUSION, Agency.Kind.FEDERAL, Agency.Kind.HOST}),
    VERSIONS.FEDERAL: frozenset({Agency.Kind.FEDERAL, Agency.Kind.BUREAU, Agency.Kind.FUSION}),
    VERSIONS.SECTOR: frozenset({Agency.Kind.PRIVATE, Agency.Kind.POLICE, Agency.Kind.FUSION, Agency.Kind.FEDERAL}),
}


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
        *_fits(load),
        *_agreements(load),
        *_label(load),
        *_sector(load),
        *_expiry(load),
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
                    (Way(_("Draft anew"), "redraft"), _cut(paragraph)),
                    (paragraph.position,),
                    _("Paragraph %(n)s rests on what was withdrawn") % words,
                )
            )
    if found:
        return found
    return [Check(PASS, "basis", _("Nothing under it was withdrawn."), title=_("Every basis stands"))]


def _cut(paragraph: Paragraph) -> Way:
    return Way(_("Cut paragraph %(n)s") % {"n": paragraph.position}, "cut", str(paragraph.id))


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
        found.append(Check(BLOCK, "named-subject", said, later, (_cut(paragraph),), (paragraph.position,), title))
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
                Check(BLOCK, "own-words", said % words, way, (_cut(paragraph),), (paragraph.position,), title % words)
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


def _fits(load: Load) -> list[Check]:
    """Whether each kind of recipient may read this kind of version."""
    found = []
    for row in load.recipients:
        agency = row.agency or (row.seat.agency if row.seat else None)
        home = agency is None or agency.kind == Agency.Kind.HOME
        if load.release.label == "RED" and row.seat is None:
            found.append(
                _unfit(
                    row,
                    name_of(row),
                    _("TLP:RED goes to named persons only."),
                    _("Choose the person, or a wider label."),
                )
            )
        elif load.release.inside:
            if not home and agency is not None:
                found.append(
                    _unfit(
                        row,
                        agency.name,
                        _("An order or bulletin is for our own commands."),
                        _("Give it its own version."),
                    )
                )
        elif home or agency is None:
            continue
        elif agency.kind == Agency.Kind.FOUNDATION:
            said = _("A foundation never receives operational text, only what is administrative.")
            found.append(_unfit(row, agency.name, said, _("Leave it out.")))
        elif agency.kind not in FITS[load.release.version]:
            said = _("A %(kind)s does not get the %(version)s.") % {
                "kind": agency.get_kind_display(),
                "version": load.release.get_version_display(),
            }
            way = (
                _("Give it the sector version.")
                if agency.kind == Agency.Kind.PRIVATE
                else _("Give it the police version.")
            )
            found.append(_unfit(row, agency.name, said, way))
    return found


def _unfit(row: Recipient, name: str, said: str, way: str) -> Check:
    return Check(BLOCK, "version", said, way, (_drop(row, name),), title=_("Not for %(name)s") % {"name": name})


def _drop(row: Recipient, name: str) -> Way:
    return Way(_("Leave out %(name)s") % {"name": name}, "drop", str(row.id))


def _agreements(load: Load) -> list[Check]:
    """The clause that lets it go to each agency, or why none does."""
    if load.release.inside:
        said = _("Inside our own agency no agreement is needed; delivery, receipts and recall apply.")
        return [Check(PASS, "agreement", said, title=_("For our own commands"))]
    checks, answers = [], gates_of(load)
    passed = [answer for answer in answers.values() if answer.allowed]
    for key, answer in answers.items():
        agency = load.agencies[key]
        rows = [row for row in load.recipients if row.agency_id == key or (row.seat and row.seat.agency_id == key)]
        if not answer.allowed:
            ways = [_drop(rows[0], agency.name)]
            if answer.clause and answer.clause.gate == Clause.Gate.SHARE and _reach_short(load, answer):
                ways.insert(
                    0, Way(_("Label it TLP:%(label)s") % {"label": answer.clause.up_to}, "label", answer.clause.up_to)
                )
            title = _("%(name)s may not receive it") % {"name": agency.name}
            checks.append(Check(BLOCK, "agreement", answer.sentence, answer.way_round, tuple(ways), title=title))
        elif any("reading" in line for line in answer.conditions if "due" in line):
            late = next(line for line in answer.conditions if "due" in line)
            title = _("%(name)s: agreement to be read again") % {"name": agency.name}
            checks.append(Check(WAIT, "agreement", late, _("It goes out; read it with the partner."), title=title))
    if passed:
        title = ngettext(
            "%(n)s agreement in force, sharing clause present",
            "%(n)s agreements in force, sharing clause present",
            len(passed),
        )
        said = " ".join(dict.fromkeys(answer.sentence for answer in passed))
        checks.append(Check(PASS, "agreement", said, title=title % {"n": len(passed)}))
    return checks


def _reach_short(load: Load, answer: GateAnswer) -> bool:
    """Whether the clause fails by its label alone, and the text may carry the wider label."""
    reach = answer.clause.up_to if answer.clause else ""
    return (
        bool(reach)
        and LABELS.index(reach) < LABELS.index(load.release.label)
        and LABELS.index(floor_of(load)) <= LABELS.index(reach)
    )


def _label(load: Load) -> list[Check]:
    label, floor = load.release.label, floor_of(load)
    if LABELS.index(label) < LABELS.index(floor):
        who = ", ".join(s.reference for s in load.sheets.values() if FLOORS[s.access_class.sensitivity] == floor)
        said = _("%(refs)s asks for TLP:%(floor)s; this is labelled %(label)s.") % {
            "refs": who,
            "floor": floor,
            "label": load.release.tlp,
        }
        ways = (Way(_("Label it TLP:%(label)s") % {"label": floor}, "label", floor),)
        return [
            Check(
                BLOCK,
                "label",
                said,
                _("Take the narrower label, or cut what asks for it."),
                ways,
                title=_("The label is too wide"),
            )
        ]
    return [
        Check(
            PASS,
            "label",
            _("%(label)s; the parts ask for TLP:%(floor)s.") % {"label": load.release.tlp, "floor": floor},
            title=_("Label is the most restrictive part"),
        )
    ]


def _sector(load: Load) -> list[Check]:
    """Private security: never a host, a person or a staffing figure, whatever the version is called."""
    if not any(agency.kind in NEVER_NAMES for agency in load.agencies.values()):
        return []
    found = []
    hosts = {row.post.host.name for row in load.reports.values() if row.post.host_id and row.post.host}
    for paragraph in load.paragraphs:
        host = next((name for name in hosts if name.casefold() in paragraph.text.casefold()), "")
        staffing = STAFFING.search(paragraph.text)
        if host or staffing:
            said = (
                _("It names the host.")
                if host
                else _("“%(words)s” is a staffing figure.") % {"words": staffing.group() if staffing else ""}
            )
            title = _("Paragraph %(n)s is not for private security") % {"n": paragraph.position}
            found.append(
                Check(BLOCK, "sector", said, _("Reword or cut it."), (_cut(paragraph),), (paragraph.position,), title)
            )
    return found


def _expiry(load: Load) -> list[Check]:
    moment, until = now(), load.release.expires_at
    if until is None or until <= moment:
        said = (
            _("It would be out of force before anyone reads it.")
            if until
            else _("A release ends some day; then it is reviewed.")
        )
        return [
            Check(
                BLOCK,
                "expiry",
                said,
                _("Set a day to come."),
                (Way(_("In force for 7 days"), "expiry", "7"),),
                title=_("No day on which it ends"),
            )
        ]
    sooner = [sheet for sheet in load.sheets.values() if sheet.expires_at and sheet.expires_at < until]
    if sooner:
        first = min(sooner, key=lambda sheet: sheet.expires_at or until)
        said = _("%(ref)s under it ends sooner.") % {"ref": first.reference}
        return [
            Check(
                BLOCK,
                "expiry",
                said,
                _("End it on that day."),
                (Way(_("End it then"), "expiry", "basis"),),
                title=_("It outlives what it rests on"),
            )
        ]
    days = max(1, round((until - moment).total_seconds() / 86400))
    return [
        Check(
            PASS,
            "expiry",
            ngettext("%(n)s day.", "%(n)s days.", days) % {"n": days},
            title=_("In force until reviewed"),
        )
    ]


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
