"""THE policy. Two questions: what may this viewer see, and may this viewer do that."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Value, When

from vedette.agencies.models import Role
from vedette.agencies.viewer import Viewer
from vedette.handling import judging
from vedette.handling.condition import PURGED, STANDS, Condition, any_of, delivered, texts_of, values_of
from vedette.handling.facts import facts_of
from vedette.handling.judging import auditor_only
from vedette.handling.models import Addressee, Sheet
from vedette.handling.newest import newest
from vedette.handling.verbs import VERBS
from vedette.kit.errors import Forbidden
from vedette.kit.time import real_now

__all__ = [
    "Decision", "auditor_only", "delivered_to", "faces", "faces_before", "given_to", "grounds", "may", "newest", "once_visible", "readable",
    "require", "visible", "visible_sheets", "who_may_see",
]  # fmt: skip
NOTHING = Q(pk__in=())
WHOLE, STRUCK = "whole", "struck"
PROOF_LASTS_SECONDS = 600


def delivered_to(viewer: Viewer, outer: str, *, recalled: bool = True) -> QuerySet[Addressee]:
    """Deliveries to the viewer's agency, unit or self that have not expired; `recalled=False`: nor been recalled."""
    to_me = Condition("sheet", delivered(recalled=recalled), values_of(viewer))
    return Addressee.objects.filter(to_me, sheet=OuterRef(outer))


def given_to(viewer: Viewer) -> QuerySet[Addressee]:
    """Every delivery to the viewer's agency, unit or self that has not expired, those taken back too."""
    return Addressee.objects.filter(Condition("sheet", delivered(recalled=True), values_of(viewer)))


def grounds(viewer: Viewer, prefix: str = "") -> dict[str, Q]:
    """Each ground on which a sheet may be seen, by name; `recalled` shows no more than that something was taken back.

    holder: my home seat's classes contain it. author: my seat wrote it. lodged: my agency lodged it here, or I sit at
    the home desk and my classes contain it. delivery: released to my agency, unit or me, in force, not taken back.
    """
    values = values_of(viewer)
    return {name: _about(prefix, text, values) for name, text in texts_of(viewer).items()}


def _about(prefix: str, text: str, values: Mapping[str, Any]) -> Q:
    return Q(Condition(f"{prefix}access_class", text, values))


def visible(viewer: Viewer | None, prefix: str = "") -> Q:
    """The SQL condition "this viewer may see the sheet", for a queryset that reaches the sheet by `prefix`.

    Branches: (1) my active seat is in the holder agency and my classes contain the sheet's class, or I wrote it;
    (2) a release delivered to my agency, unit or me, in force; (3) what my agency lodged here: mine and the home desk's.
    None of them where the sheet is kept from my person. A release that was recalled or withdrawn is still seen by who
    had it, as a struck stub: see `readable`, `faces`.
    """
    return _any_of(viewer, prefix, struck=True)


def readable(viewer: Viewer | None, prefix: str = "") -> Q:
    """The condition "this viewer may read what the sheet covers": visible, and not only as a struck stub."""
    return _any_of(viewer, prefix, struck=False)


def _any_of(viewer: Viewer | None, prefix: str, *, struck: bool) -> Q:
    if viewer is None or auditor_only(viewer):
        return NOTHING
    return _about(prefix, any_of(viewer, STANDS, struck=struck), values_of(viewer))


def once_visible(viewer: Viewer | None) -> Q:
    """The condition on purged sheets: the viewer would see it had it stayed, so he is told that it was purged."""
    if viewer is None or auditor_only(viewer):
        return NOTHING
    return _about("", any_of(viewer, PURGED, struck=True), values_of(viewer))


def visible_sheets(viewer: Viewer | None, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Sheet]:
    """Of these sheets, the ones the viewer may see."""
    rows = Sheet.objects.filter(visible(viewer), id__in=list(ids)).select_related("access_class", "originator")
    return {row.id: row for row in rows}


def faces(viewer: Viewer | None, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How each of these sheets stands before the viewer: `whole` or `struck`; a sheet he may not see is not in the answer.

    Struck is what was withdrawn, and what was recalled from a viewer who has no other ground. Whoever knows a struck
    sheet only by delivery is shown its stub (`handling.queries.stubs`) and nothing else.
    """
    whole = Case(When(readable(viewer), then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = Sheet.objects.filter(visible(viewer), id__in=list(ids)).annotate(whole=whole)
    found = rows.values_list("id", "whole", "withdrawn_at")
    return {key: WHOLE if whole and withdrawn is None else STRUCK for key, whole, withdrawn in found}


def faces_before(sheets: Iterable[uuid.UUID], viewers: Sequence[Viewer]) -> dict[uuid.UUID, dict[Viewer, str]]:
    """For each sheet how it stands before each viewer: `whole` (he may read it), `struck` (only its stub) or `no`.

    Two statements however many viewers ask; the facts are judged here (`handling.judging`), where the database would
    be asked one long condition a viewer (bench B4).
    """
    wanted = list(sheets)
    answer: dict[uuid.UUID, dict[Viewer, str]] = {sheet: dict.fromkeys(viewers, judging.NO) for sheet in wanted}
    for sheet, facts in facts_of(wanted, viewers).items():
        answer[sheet] = {viewer: judging.face(viewer, facts) for viewer in viewers}
    return answer


def who_may_see(
    sheets: Iterable[uuid.UUID], viewers: Sequence[Viewer], *, struck: bool = True
) -> dict[uuid.UUID, set[Viewer]]:
    """For each sheet the viewers who may see it: what `visible` says; `struck=False`: who may read it, as `readable`."""
    enough = (judging.WHOLE, judging.STRUCK) if struck else (judging.WHOLE,)
    found = faces_before(sheets, viewers)
    return {sheet: {viewer for viewer, face in said.items() if face in enough} for sheet, said in found.items()}


@dataclass(frozen=True)
class Decision:
    """Allowed or not, and why in words."""

    allowed: bool
    reason: str = ""
    way_out: str = ""


def may(viewer: Viewer | None, verb: str, sheet: Sheet | None = None) -> Decision:
    """Whether the viewer may do a declared verb (on this sheet); default deny, always with a reason."""
    rule = VERBS[verb]
    if viewer is None:
        return Decision(False, "Nobody is signed in.", "Sign in.")
    if rule.home_only and not viewer.is_home:
        return Decision(False, f"Only the home agency may {rule.words}.")
    if rule.roles and not viewer.roles & rule.roles:
        return Decision(False, f"Your seat may not {rule.words}.", f"It takes: {_called(rule.roles)}.")
    if sheet is not None and not Sheet.objects.filter(visible(viewer), id=sheet.id).exists():
        return Decision(False, "Nothing here that you may see.")
    if rule.author_only and sheet is not None and sheet.author_id != viewer.seat_id and not viewer.roles & rule.instead:
        return Decision(False, f"Only its author may {rule.words}.")
    if rule.reauthenticate and not _proved(viewer):
        return Decision(False, "This asks you to prove again that it is you.", "prove")
    return Decision(True, f"Your seat may {rule.words}.")


def _called(roles: Iterable[str]) -> str:
    """Roles by their words, as a person reads them."""
    return ", ".join(sorted(Role(role).label for role in roles))


def _proved(viewer: Viewer) -> bool:
    return viewer.proved_at is not None and (real_now() - viewer.proved_at).total_seconds() <= PROOF_LASTS_SECONDS


def require(viewer: Viewer | None, verb: str, sheet: Sheet | None = None) -> Viewer:
    """The viewer, when he may; Forbidden with the reason otherwise."""
    decision = may(viewer, verb, sheet)
    if viewer is None or not decision.allowed:
        raise Forbidden(decision.reason, decision.way_out)
    return viewer
