"""Whether a mission may go: every missing item by name, each with the way out. Plain judgement over rows."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vedette.programme.gate import GateAnswer
from vedette.programme.models import Mission, MissionCheck, MissionMember, MissionSession, Qualification
from vedette.programme.rota import day_words

Kind, State = MissionCheck.Kind, MissionCheck.State
VETTINGS = (Kind.UNITS, Kind.TRAINEES)
# Rooms above know more of a mission than this one: each adds here what it finds missing (`asks`).
ASKED: "list[Callable[[Mission], Sequence[Lacking]]]" = []


@dataclass(frozen=True)
class Lacking:
    """One thing that is missing: where, why in a sentence, and the way out; `not_done` names a line of the list nobody has done."""

    item: str
    sentence: str
    way_out: str
    not_done: str = ""


def asks(question: Callable[[Mission], Sequence[Lacking]]) -> None:
    """A room above has its say before a mission goes, once however often it is loaded."""
    if question not in ASKED:
        ASKED.append(question)


@dataclass(frozen=True)
class Prepared:
    """All that is written of a mission before it travels."""

    mission: Mission
    first: datetime.date
    last: datetime.date
    gate: GateAnswer
    checks: Sequence[MissionCheck]
    members: Sequence[MissionMember]
    sessions: Sequence[MissionSession]
    passports: Sequence[Qualification] = ()
    elsewhere: Sequence[Lacking] = ()


def lacking(plan: Prepared) -> list[Lacking]:
    """What is missing for a go, in the order in which it is looked after; none when it may go."""
    found = [] if plan.gate.allowed else [Lacking("agreement", plan.gate.sentence, plan.gate.way_round)]
    found += _team(plan)
    standing = {row.kind: row for row in plan.checks}
    for kind in Kind:
        found += _check(plan, kind, standing.get(kind))
    trainees = standing.get(Kind.TRAINEES)
    return [*found, *_sessions(plan, trainees), *plan.elsewhere]


def _team(plan: Prepared) -> list[Lacking]:
    found = []
    if not plan.members:
        found.append(Lacking("team", _("Nobody is on the team."), _("Put officers on the team.")))
    for row in plan.members:
        if row.days.lower > plan.first or row.days.upper <= plan.last:
            said = _("%(who)s is not on the team for all its days.") % {"who": row.seat.label}
            found.append(Lacking("team", said, _("Take him off and put him on again.")))
    people = {row.seat.person_id: row.seat.label for row in plan.members}
    for paper in plan.passports:
        if paper.person_id in people and paper.expires and paper.expires < plan.last:
            said = _("The passport of %(who)s expires on %(day)s.")
            words = {"who": people[paper.person_id], "day": day_words(paper.expires)}
            found.append(Lacking("team", said % words, _("Renew it, or send another officer.")))
    return found


def _check(plan: Prepared, kind: MissionCheck.Kind, row: MissionCheck | None) -> list[Lacking]:
    """What one line of the list lacks."""
    what = {"what": kind.label}
    if row is None or row.state == State.OPEN:
        return [Lacking(kind, _("Not done: %(what)s.") % what, _("Do it and write it down."), str(kind.label))]
    if row.state == State.REFUSED:
        said = _("Refused: %(what)s. %(because)s") % {**what, "because": row.because}
        return [Lacking(kind, said, _("Ask again, or choose other days or another place."))]
    if row.state == State.NOT_NEEDED:
        return []
    if row.valid_until and row.valid_until < plan.last:
        words = {**what, "day": day_words(row.valid_until), "last": day_words(plan.last)}
        said = _("It holds only until %(day)s, the mission lasts until %(last)s: %(what)s.")
        return [Lacking(kind, said % words, _("Renew it beyond the last day."))]
    return []


def _sessions(plan: Prepared, vetting: MissionCheck | None) -> list[Lacking]:
    """No session of a training mission stands with trainees whom nobody vetted."""
    if plan.mission.kind != Mission.Kind.TRAINING:
        return []
    found = []
    cleared = vetting.cleared or 0 if vetting is not None and vetting.state == State.DONE else 0
    for row in plan.sessions:
        words = {"title": row.title, "day": day_words(row.day)}
        if row.vetted < row.trainees:
            said = _("“%(title)s” on %(day)s has %(n)s seats that are not vetted.")
            words["n"] = str(row.trainees - row.vetted)
            found.append(Lacking("sessions", said % words, _("Have them vetted, or take fewer trainees.")))
        elif row.trainees > cleared:
            said = _("“%(title)s” on %(day)s has %(n)s trainees; the vetting cleared %(cleared)s.")
            words |= {"n": str(row.trainees), "cleared": str(cleared)}
            found.append(Lacking("sessions", said % words, _("Have the others vetted, or take fewer trainees.")))
        if vetting is not None and vetting.valid_until and row.day > vetting.valid_until:
            said = _("The vetting has expired when “%(title)s” takes place on %(day)s.") % words
            found.append(Lacking("sessions", said, _("Renew the vetting.")))
    return found
