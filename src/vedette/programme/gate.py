"""The lock: what agreements let cross an agency boundary, on a day. Asked before each release; default deny.

Reviewed at least every three years, and authorisations matched to the agreement before each release: modelled on the
CJIS policy. Named subjects: modelled on 28 CFR 23.20(e) to (g), need and right to know.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vedette.agencies.models import Agency
from vedette.handling.judging import NEVER_NAMES
from vedette.programme.models import Agreement, AgreementReview, Clause
from vedette.programme.rota import day_words

# TLP 2.0, from the widest audience to the narrowest.
LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
REVIEW_EVERY_YEARS = 3
# A reading that is late is a warning; one that is late by this much locks the agreement.
OVERDUE_LOCKS_YEARS = 3
Gate, Effect = Clause.Gate, Clause.Effect


@dataclass(frozen=True)
class Wants:
    """What a release would carry: its TLP label, another host's information, a named subject."""

    label: str
    third_host: bool = False
    named: bool = False


@dataclass(frozen=True)
class GateAnswer:
    """Allowed or not, under which clause of which agreement, why in a sentence, and the lawful way round."""

    allowed: bool
    sentence: str
    way_round: str = ""
    clause: Clause | None = None
    agreement: Agreement | None = None
    conditions: tuple[str, ...] = ()


def years_after(day: datetime.date, years: int) -> datetime.date:
    """The same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 3, 1)


@dataclass(frozen=True)
class Holding:
    """An agreement with all its clauses and readings, past ones too; asked how it stood on a day."""

    agreement: Agreement
    clauses: tuple[Clause, ...] = ()
    reviews: tuple[AgreementReview, ...] = ()

    def state(self, on: datetime.date) -> str:
        """unsigned, in-force, expired or ended; it holds on the day it expires, no longer on the day it is ended."""
        if self.agreement.signed is None or on < self.agreement.signed:
            return "unsigned"
        if self.agreement.ended and on >= self.agreement.ended:
            return "ended"
        if self.agreement.expires and on > self.agreement.expires:
            return "expired"
        return "in-force"

    def standing(self, at: datetime.datetime) -> list[Clause]:
        """The clauses that stood at a moment, by number."""
        rows = [row for row in self.clauses if row.since <= at and (row.until is None or row.until > at)]
        return sorted(rows, key=lambda row: row.number)

    def last_read(self, on: datetime.date) -> datetime.date:
        """The last day up to this one on which it was read through: a reading, or the signing; a draft is being read."""
        return max([self.agreement.signed or on, *(row.done for row in self.reviews if row.done and row.done <= on)])

    def next_review(self, on: datetime.date) -> datetime.date:
        """When it is to be read again: as planned, but at the latest three years after the last time."""
        last = self.last_read(on)
        planned = [row.due for row in self.reviews if row.due > last and (row.done is None or row.done > on)]
        return min([years_after(last, REVIEW_EVERY_YEARS), *planned])

    def locked(self, on: datetime.date) -> bool:
        """Whether its reading is so late that nothing may rest on it."""
        return on > years_after(self.next_review(on), OVERDUE_LOCKS_YEARS)


def label_of(text: str) -> str:
    """A TLP label in its own writing; ValueError for what is none."""
    label = text.upper().replace("_", "+").removeprefix("TLP:").strip()
    if label not in LABELS:
        raise ValueError(f"“{text}” is not a TLP 2.0 label.")
    return label


def decide(recipient: Agency, holdings: Iterable[Holding], at: datetime.datetime, wants: Wants) -> GateAnswer:
    """Whether an agency may receive this at this moment under the agreements held with it; one that forbids wins."""
    label_of(wants.label)
    if recipient.kind == Agency.Kind.HOME:
        return GateAnswer(True, _("Inside our own agency no agreement is needed."))
    if wants.named and recipient.kind in NEVER_NAMES:
        return GateAnswer(
            False,
            _("%(who)s never receives a named subject: it is a %(kind)s.")
            % {"who": recipient.name, "kind": recipient.get_kind_display()},
            _("Send a text without the name."),
        )
    held = list(holdings)
    standing = [one for one in held if one.state(at.date()) == "in-force"]
    if not standing:
        return _nothing_in_force(recipient, held, at.date())
    for one in standing:
        refusal = _forbidden(one, at, wants)
        if refusal:
            return refusal
    answers = [_under(recipient, one, at, wants) for one in standing]
    # The refusal that comes nearest to a yes is the one worth reading: it rests on a clause.
    return min(answers, key=lambda answer: (not answer.allowed, answer.clause is None))


def _nothing_in_force(recipient: Agency, held: list[Holding], on: datetime.date) -> GateAnswer:
    way = _("Enter a signed agreement with a clause that lets reports be shared, or ask the originator to tell them.")
    if not held:
        return GateAnswer(False, _("There is no agreement with %(who)s.") % {"who": recipient.name}, way)
    past = [one for one in held if one.state(on) != "unsigned"]
    nearest = max(past or held, key=lambda one: one.agreement.signed or datetime.date.min).agreement
    words = {"title": nearest.title, "who": recipient.name}
    if nearest.signed is None:
        return GateAnswer(
            False, _("“%(title)s” with %(who)s is a draft: not both have signed.") % words, way, None, nearest
        )
    if not past:
        said = _("“%(title)s” with %(who)s is signed only on %(day)s.")
        return GateAnswer(False, said % {**words, "day": day_words(nearest.signed)}, way, None, nearest)
    way = _("Prolong it or sign anew; until then ask the originator to tell them himself.")
    if nearest.ended and on >= nearest.ended:
        said = _("“%(title)s” with %(who)s was ended on %(day)s: %(because)s")
        ended = {**words, "day": day_words(nearest.ended), "because": nearest.ended_because or "—"}
        return GateAnswer(False, said % ended, way, None, nearest)
    said = _("“%(title)s” with %(who)s expired on %(day)s.")
    expired = day_words(nearest.expires) if nearest.expires else "—"
    return GateAnswer(False, said % {**words, "day": expired}, way, None, nearest)


def _asked(wants: Wants) -> list[tuple[str, str, str]]:
    """(gate, what it is, the way round) of everything a release would carry, the most particular first."""
    wanted: list[tuple[str, str, str]] = []
    if wants.third_host:
        way = _("Ask the originating host for its leave and let it tell them itself, or agree on another clause.")
        wanted.append((Gate.THIRD_HOST, _("a third host's information"), way))
    if wants.named:
        way = _("Send a text without the name, or agree on another clause.")
        wanted.append((Gate.NAMED, _("a named subject"), way))
    wanted.append((Gate.SHARE, _("our reports"), _("Agree on another clause.")))
    return wanted


def _forbidden(one: Holding, at: datetime.datetime, wants: Wants) -> GateAnswer | None:
    for gate, what, way in _asked(wants):
        for clause in one.standing(at):
            if clause.gate == gate and clause.effect == Effect.FORBIDS:
                said = _("Clause %(n)s of “%(title)s” does not let %(what)s go: %(text)s")
                words = {"n": clause.number, "title": one.agreement.title, "what": what, "text": clause.text}
                return GateAnswer(False, said % words, way, clause, one.agreement)
    return None


def _under(recipient: Agency, one: Holding, at: datetime.datetime, wants: Wants) -> GateAnswer:
    """What one agreement in force says, when it forbids nothing that is wanted."""
    agreement, clauses = one.agreement, one.standing(at)
    shares = [row for row in clauses if row.gate == Gate.SHARE and row.effect != Effect.FORBIDS]
    label = label_of(wants.label)
    if not shares:
        said = _("No clause of “%(title)s” lets our reports be shared.") % {"title": agreement.title}
        if recipient.kind == Agency.Kind.FOUNDATION:
            said = _("%(said)s A foundation receives what is administrative only.") % {"said": said}
        way = _(
            "Agree on a clause that lets reports be shared up to TLP:%(label)s, or ask the originator to tell them."
        )
        return GateAnswer(False, said, way % {"label": label}, None, agreement)
    widest = max(shares, key=lambda row: LABELS.index(row.up_to or "CLEAR"))
    if one.locked(at.date()):
        due = day_words(one.next_review(at.date()))
        said = _("“%(title)s” was to be read again by %(day)s, more than three years ago; nothing may rest on it.")
        way = _("Read it through with the partner and write the reading down.")
        return GateAnswer(False, said % {"title": agreement.title, "day": due}, way, widest, agreement)
    reach = widest.up_to or "CLEAR"
    if LABELS.index(label) > LABELS.index(reach):
        said = _("Clause %(n)s of “%(title)s” reaches TLP:%(reach)s at most; this is TLP:%(label)s.")
        words = {"n": widest.number, "title": agreement.title, "reach": reach, "label": label}
        way = _("Cut the text until TLP:%(reach)s fits, or agree on a wider clause.") % {"reach": reach}
        return GateAnswer(False, said % words, way, widest, agreement)
    missing = _missing(recipient, one, clauses, wants, widest)
    if missing:
        return missing
    said = _("Clause %(n)s of “%(title)s” covers it, up to TLP:%(reach)s.")
    words = {"n": widest.number, "title": agreement.title, "reach": reach}
    conditions = _conditions(one, clauses, wants, widest, at.date())
    return GateAnswer(True, said % words, "", widest, agreement, conditions)


def _missing(recipient: Agency, one: Holding, clauses: list[Clause], wants: Wants, widest: Clause) -> GateAnswer | None:
    """Silence is a no for a named subject, and for another service's information to a foreign host."""
    said = _("“%(title)s” has no clause for %(what)s.")
    gates = {row.gate for row in clauses}
    for gate, what, way in _asked(wants):
        silent_no = gate == Gate.NAMED or (gate == Gate.THIRD_HOST and recipient.kind == Agency.Kind.HOST)
        if silent_no and gate not in gates:
            return GateAnswer(False, said % {"title": one.agreement.title, "what": what}, way, widest, one.agreement)
    return None


def _conditions(
    one: Holding, clauses: list[Clause], wants: Wants, widest: Clause, on: datetime.date
) -> tuple[str, ...]:
    """What must be kept when it goes: the words of the clauses that bind it."""
    asked = {gate for gate, _what, _way in _asked(wants)} - {Gate.SHARE} | {Gate.ONWARD}
    bound = [row for row in clauses if row is widest or row.gate in asked]
    said = [f"{row.number}. {row.text}" for row in bound if row.effect == Effect.CONDITION]
    if wants.third_host and Gate.THIRD_HOST not in {row.gate for row in clauses}:
        said.append(_("It is silent on a third host's information: the originating host's consent decides."))
    due = one.next_review(on)
    if due < on:
        said.append(_("Its reading has been due since %(day)s.") % {"day": day_words(due)})
    return tuple(said)


def may_go(one: Holding | None, others: Iterable[Holding], days: tuple[datetime.date, datetime.date]) -> GateAnswer:
    """Whether a mission may take place from its first to its last day under its agreement, and what else would cover it.

    The agreement must be in force over all of these days, be read in time, and say that missions take place.
    """
    first, last = days
    elsewhere = _another(others, one, days)
    if one is None:
        said = _("No agreement is named that lets this mission happen.")
        return GateAnswer(False, said, elsewhere or _("Enter the agreement under which the team travels."))
    agreement = one.agreement
    words = {"title": agreement.title, "first": day_words(first), "last": day_words(last)}
    lapse = _lapse(one, first, last)
    if lapse:
        return GateAnswer(False, lapse % words, elsewhere or _way_on(one, last), None, agreement)
    if one.locked(first) or one.locked(last):
        said = _("“%(title)s” was to be read again by %(due)s, more than three years before the mission ends.")
        way = _("Read it through with the partner and write the reading down.")
        due = day_words(one.next_review(first))
        return GateAnswer(False, said % {**words, "due": due}, elsewhere or way, None, agreement)
    clauses = [row for row in one.clauses if row.until is None and row.gate == Gate.MISSION]
    forbids = next((row for row in clauses if row.effect == Effect.FORBIDS), None)
    if forbids:
        said = _("Clause %(n)s of “%(title)s” does not let missions take place: %(text)s")
        words = {**words, "n": str(forbids.number), "text": forbids.text}
        return GateAnswer(False, said % words, elsewhere or _("Agree on another clause."), forbids, agreement)
    if not clauses:
        said = _("No clause of “%(title)s” lets missions take place.") % words
        return GateAnswer(False, said, elsewhere or _("Agree on a clause for missions."), None, agreement)
    said = _("Clause %(n)s of “%(title)s” covers it from %(first)s to %(last)s.")
    bound = tuple(f"{row.number}. {row.text}" for row in clauses if row.effect == Effect.CONDITION)
    lets = min(clauses, key=lambda row: (row.effect != Effect.ALLOWS, row.number))
    return GateAnswer(True, said % {**words, "n": str(lets.number)}, "", lets, agreement, bound)


def _lapse(one: Holding, first: datetime.date, last: datetime.date) -> str:
    """Why an agreement does not hold over all these days, as a sentence to fill in; empty when it does."""
    if one.agreement.signed is None:
        return _("“%(title)s” is a draft: not both have signed.")
    if one.state(first) == "unsigned":
        return _("“%(title)s” is signed only after %(first)s, when the mission begins.")
    if one.state(first) in ("expired", "ended"):
        return _("“%(title)s” no longer holds on %(first)s, when the mission begins.")
    if one.state(last) in ("expired", "ended"):
        return _("“%(title)s” ends in mid-mission: it no longer holds on %(last)s, the mission's last day.")
    return ""


def _way_on(one: Holding, last: datetime.date) -> str:
    ends = [day for day in (one.agreement.expires, one.agreement.ended) if day and day <= last]
    if not ends:
        return _("Choose days on which an agreement holds.")
    words = {"day": day_words(last), "ends": day_words(min(ends))}
    return _("Prolong it to %(day)s or beyond, or let the mission end before %(ends)s.") % words


def _another(others: Iterable[Holding], one: Holding | None, days: tuple[datetime.date, datetime.date]) -> str:
    """The name of another agreement that would cover the mission."""
    for other in others:
        if (one is None or other.agreement.id != one.agreement.id) and may_go(other, (), days).allowed:
            words = {"title": other.agreement.title, "who": other.agreement.partner.name}
            return _("“%(title)s” with %(who)s would cover it: name that one.") % words
    return ""
