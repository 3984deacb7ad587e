"""The part of the pre-flight that asks who may receive it: versions, agreements, label, private security, expiry."""

import re
import uuid

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vedette.agencies.models import Agency
from vedette.handling.judging import NEVER_NAMES
from vedette.kit.time import now
from vedette.programme.gate import LABELS, GateAnswer
from vedette.programme.models import Clause
from vedette.sharing.checks import BLOCK, PASS, WAIT, Check, Way
from vedette.sharing.loading import FLOORS, Addressed, Load, floor_of, gates_of
from vedette.sharing.models import Paragraph, Release

VERSIONS = Release.Version
# So many clauses are quoted that let it go; a list of thousands is not read.
MOST_SAID = 12
STAFFING = re.compile(r"\b\d[\d,]*\s+(?:officers|police|detectives|cars|patrols)\b", re.I)
FITS: dict[str, frozenset[str]] = {
    VERSIONS.POLICE: frozenset({Agency.Kind.POLICE, Agency.Kind.FUSION, Agency.Kind.FEDERAL, Agency.Kind.HOST}),
    VERSIONS.FEDERAL: frozenset({Agency.Kind.FEDERAL, Agency.Kind.BUREAU, Agency.Kind.FUSION}),
    VERSIONS.SECTOR: frozenset({Agency.Kind.PRIVATE, Agency.Kind.POLICE, Agency.Kind.FUSION, Agency.Kind.FEDERAL}),
}


def cut(paragraph: Paragraph) -> Way:
    """The way round that cuts a paragraph."""
    return Way(_("Cut paragraph %(n)s") % {"n": paragraph.position}, "cut", str(paragraph.id))


def fits(load: Load) -> list[Check]:
    """Whether each kind of recipient may read this kind of version."""
    found = []
    for row in load.recipients:
        agency = load.agencies[row.of_agency] if row.of_agency else None
        home = agency is None or agency.kind == Agency.Kind.HOME
        if load.release.label == "RED" and row.seat_id is None:
            found.append(
                _unfit(
                    row,
                    row.name,
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


def _unfit(row: Addressed, name: str, said: str, way: str) -> Check:
    return Check(BLOCK, "version", said, way, (_drop(row, name),), title=_("Not for %(name)s") % {"name": name})


def _drop(row: Addressed, name: str) -> Way:
    return Way(_("Leave out %(name)s") % {"name": name}, "drop", str(row.id))


def agreements(load: Load) -> list[Check]:
    """The clause that lets it go to each agency, or why none does."""
    if load.release.inside:
        said = _("Inside our own agency no agreement is needed; delivery, receipts and recall apply.")
        return [Check(PASS, "agreement", said, title=_("For our own commands"))]
    checks, answers = [], gates_of(load)
    passed = [answer for answer in answers.values() if answer.allowed]
    first: dict[uuid.UUID | None, Addressed] = {}
    for row in load.recipients:
        first.setdefault(row.of_agency, row)
    for key, answer in answers.items():
        agency = load.agencies[key]
        if not answer.allowed:
            ways = [_drop(first[key], agency.name)]
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
        sentences = list(dict.fromkeys(answer.sentence for answer in passed))
        said = " ".join(sentences[:MOST_SAID])
        if len(sentences) > MOST_SAID:
            more = _("And so for %(n)s more.") % {"n": f"{len(sentences) - MOST_SAID:,}"}
            said = f"{said} {more}"
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


def label_check(load: Load) -> list[Check]:
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


def private_security(load: Load) -> list[Check]:
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
                Check(BLOCK, "sector", said, _("Reword or cut it."), (cut(paragraph),), (paragraph.position,), title)
            )
    return found


def expiry(load: Load) -> list[Check]:
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
