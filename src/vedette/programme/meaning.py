"""What an agreement lets us do, said in sentences; each rests on a clause in force."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vedette.programme.gate import LABELS, Effect, Gate, Holding
from vedette.programme.models import Clause
from vedette.programme.rota import day_words

YES, BOUND, NO = "yes", "bound", "no"
VERDICTS = {Effect.ALLOWS: YES, Effect.CONDITION: BOUND, Effect.FORBIDS: NO}


@dataclass(frozen=True)
class Says:
    """One sentence: yes, bound (yes, on a condition) or no; under which clause (None: because no clause says so)."""

    verdict: str
    sentence: str
    clause: Clause | None = None


def what_it_lets(one: Holding, at: datetime.datetime) -> list[Says]:
    """The sentences of one agreement at a moment, in the order in which people ask."""
    on, who = at.date(), one.agreement.partner.name
    state = one.state(on)
    if state != "in-force":
        return [Says(NO, _not_in_force(one, state))]
    if one.locked(on):
        due = day_words(one.next_review(on))
        return [Says(NO, _("Nothing may rest on it: it was to be read again by %(day)s.") % {"day": due})]
    clauses = one.standing(at)
    said = [_share(clauses, who)]
    shares = said[0].verdict != NO
    if shares:
        said.append(_gated(clauses, Gate.THIRD_HOST, _third_host()))
        said.append(_gated(clauses, Gate.NAMED, _named()))
        said.append(_gated(clauses, Gate.ONWARD, _onward(who)))
    rest = [row for row in clauses if row.gate in (Gate.MISSION, Gate.COST, Gate.STATUS)]
    said += [Says(VERDICTS[Effect(row.effect)], row.text, row) for row in rest]
    return said


def _not_in_force(one: Holding, state: str) -> str:
    agreement = one.agreement
    if agreement.signed is None:
        return _("Nothing rests on it yet: it is a draft until both have signed.")
    if state == "unsigned":
        return _("Nothing rests on it yet: it is signed only on %(day)s.") % {"day": day_words(agreement.signed)}
    if state == "ended" and agreement.ended:
        return _("Nothing rests on it any more: it was ended on %(day)s.") % {"day": day_words(agreement.ended)}
    day = day_words(agreement.expires) if agreement.expires else "—"
    return _("Nothing rests on it any more: it expired on %(day)s.") % {"day": day}


def _share(clauses: list[Clause], who: str) -> Says:
    shares = [row for row in clauses if row.gate == Gate.SHARE and row.effect != Effect.FORBIDS]
    if not shares:
        return Says(NO, _("It lets no report go to %(who)s.") % {"who": who})
    widest = max(shares, key=lambda row: LABELS.index(row.up_to or "CLEAR"))
    words = {"who": who, "label": widest.up_to or "CLEAR", "text": widest.text}
    if widest.effect == Effect.CONDITION:
        return Says(BOUND, _("Reports may go to %(who)s up to TLP:%(label)s, bound: %(text)s") % words, widest)
    return Says(YES, _("Reports may go to %(who)s up to TLP:%(label)s.") % words, widest)


def _third_host() -> tuple[str, str, str, str]:
    return (
        _("What came from another host may go with them."),
        _("What came from another host is bound: %(text)s"),
        _("What came from another host may not go: %(text)s"),
        _("It is silent on what came from another host: that host's own consent decides."),
    )


def _named() -> tuple[str, str, str, str]:
    return (
        _("A named subject may go with them."),
        _("A named subject is bound: %(text)s"),
        _("A named subject may not go: %(text)s"),
        _("No named subject may go: no clause says so."),
    )


def _onward(who: str) -> tuple[str, str, str, str]:
    words = {"who": who}
    return (
        _("%(who)s may pass it on inside.") % words,
        _("Passing it on is bound: ") + "%(text)s",
        _("Passing it on is forbidden: ") + "%(text)s",
        _("It is silent on passing it on: our leave is needed each time."),
    )


def _gated(clauses: list[Clause], gate: str, words: tuple[str, str, str, str]) -> Says:
    """The strictest clause of a gate, in the words for allowed, bound, forbidden or silent."""
    order = {Effect.FORBIDS: 0, Effect.CONDITION: 1, Effect.ALLOWS: 2}
    rows = sorted((row for row in clauses if row.gate == gate), key=lambda row: order[Effect(row.effect)])
    if not rows:
        return Says(BOUND if gate != Gate.NAMED else NO, words[3])
    row = rows[0]
    if row.effect == Effect.ALLOWS:
        return Says(YES, words[0], row)
    if row.effect == Effect.CONDITION:
        return Says(BOUND, words[1] % {"text": row.text}, row)
    return Says(NO, words[2] % {"text": row.text}, row)
