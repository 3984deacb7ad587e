"""THE policy. Two questions: what may this viewer see, and may this viewer do that."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.handling.models import AccessClass, Addressee, Sensitivity, Sheet
from vedette.handling.verbs import VERBS
from vedette.kit.errors import Forbidden
from vedette.kit.time import now, real_now

NOTHING = Q(pk__in=())
WHOLE, STRUCK = "whole", "struck"
PROOF_LASTS_SECONDS = 600
# Asked for this many viewers at a time: one statement, whose length grows with them.
VIEWERS_A_QUESTION = 60
NEVER_NAMES = (Agency.Kind.PRIVATE, Agency.Kind.FOUNDATION)


def classes_of(viewer: Viewer) -> QuerySet[AccessClass]:
    """The classes a home viewer's clearance, groups and standing contain."""
    if viewer.glass_broken and viewer.is_home:
        return AccessClass.objects.all()
    widest = min(viewer.clearance, Sensitivity.RESTRICTED)
    allowed = Q(sensitivity__lte=widest, groups__contained_by=sorted(viewer.groups))
    if not viewer.may_know_names:
        allowed &= Q(named_subject=False)
    return AccessClass.objects.filter(allowed)


def delivered_to(viewer: Viewer, outer: str, *, recalled: bool = True) -> QuerySet[Addressee]:
    """Deliveries to the viewer's agency, unit or self that have not expired; `recalled=False`: nor been recalled."""
    to_me = Q(agency=viewer.agency_id) | Q(seat=viewer.seat_id)
    if viewer.unit_id:
        to_me |= Q(unit=viewer.unit_id)
    if not recalled:
        to_me &= Q(recalled_at__isnull=True)
    return Addressee.objects.filter(to_me & _in_force(), sheet=OuterRef(outer))


def _in_force() -> Q:
    moment = now()
    return Q(since__lte=moment) & (Q(expires_at__isnull=True) | Q(expires_at__gt=moment))


def _nameable(viewer: Viewer, prefix: str) -> Q:
    """A named subject never goes to these kinds of agency, whatever was delivered before the sheet was marked so."""
    return Q(**{f"{prefix}access_class__named_subject": False}) if viewer.agency_kind in NEVER_NAMES else Q()


def grounds(viewer: Viewer, prefix: str = "") -> dict[str, Q]:
    """Each ground on which a sheet may be seen, by name; `recalled` shows no more than that something was taken back.

    holder: my home seat's classes contain it. author: my seat wrote it. lodged: my agency lodged it here, or I sit at
    the home desk and my classes contain it. delivery: released to my agency, unit or me, in force, not taken back.
    """
    sheet_key = f"{prefix}pk" if prefix else "pk"
    contained = Q(**{f"{prefix}access_class__in": Subquery(classes_of(viewer).values("id"))})
    ours, theirs = Q(**{f"{prefix}lodged_by__isnull": True}), Q(**{f"{prefix}lodged_by__isnull": False})
    nameable = _nameable(viewer, prefix)
    current = Q(Exists(delivered_to(viewer, sheet_key, recalled=False))) & Q(**{f"{prefix}withdrawn_at__isnull": True})
    found = {
        "author": Q(**{f"{prefix}author": viewer.seat_id}),
        "delivery": current & nameable,
        "recalled": Q(Exists(delivered_to(viewer, sheet_key))) & nameable,
    }
    if viewer.is_home:
        found["holder"] = Q(**{f"{prefix}holder": viewer.agency_id}) & ours & contained
        if viewer.on_desk:
            found["lodged"] = theirs & contained
    else:
        found["lodged"] = Q(**{f"{prefix}lodged_by": viewer.agency_id})
    return found


def visible(viewer: Viewer | None, prefix: str = "") -> Q:
    """The SQL condition "this viewer may see the sheet", for a queryset that reaches the sheet by `prefix`.

    Branches: (1) my active seat is in the holder agency and my classes contain the sheet's class, or I wrote it;
    (2) a release delivered to my agency, unit or me, in force; (3) what my agency lodged here: mine and the home desk's.
    A release that was recalled or withdrawn is still seen by who had it, as a struck stub: see `readable`, `faces`.
    """
    return _any_of(viewer, prefix, struck=True)


def readable(viewer: Viewer | None, prefix: str = "") -> Q:
    """The condition "this viewer may read what the sheet covers": visible, and not only as a struck stub."""
    return _any_of(viewer, prefix, struck=False)


def _any_of(viewer: Viewer | None, prefix: str, *, struck: bool) -> Q:
    if viewer is None or _auditor_only(viewer):
        return NOTHING
    any_of = Q()
    for name, ground in grounds(viewer, prefix).items():
        if struck or name != "recalled":
            any_of |= ground
    return standing(prefix) & any_of


def standing(prefix: str = "") -> Q:
    """The condition that a sheet is neither purged nor expired."""
    unexpired = Q(**{f"{prefix}expires_at__isnull": True}) | Q(**{f"{prefix}expires_at__gt": now()})
    return Q(**{f"{prefix}purged_at__isnull": True}) & unexpired


def _auditor_only(viewer: Viewer) -> bool:
    """The home agency's auditor reads trails and ids; content only one at a time, with a reason, through open_one."""
    return viewer.is_home and viewer.holds("auditor") and not viewer.roles - {"auditor", "privacy"}


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


def who_may_see(
    sheets: Iterable[uuid.UUID], viewers: Sequence[Viewer], *, struck: bool = True
) -> dict[uuid.UUID, set[Viewer]]:
    """For each sheet the viewers who may see it: `visible` for many viewers in one statement.

    `struck=False` asks who may read it: what `readable` says.
    """
    condition = visible if struck else readable
    wanted = list(sheets)
    answer: dict[uuid.UUID, set[Viewer]] = {sheet: set() for sheet in wanted}
    distinct = list(dict.fromkeys(viewers))
    for start in range(0, len(distinct), VIEWERS_A_QUESTION):
        some = distinct[start : start + VIEWERS_A_QUESTION]
        columns = {
            f"viewer_{place}": Case(
                When(condition(viewer), then=Value(True)), default=Value(False), output_field=BooleanField()
            )
            for place, viewer in enumerate(some)
        }
        for row in Sheet.objects.filter(id__in=wanted).annotate(**columns).values("id", *columns):
            answer[row["id"]] |= {viewer for place, viewer in enumerate(some) if row[f"viewer_{place}"]}
    return answer


def may_be_struck(sheet: uuid.UUID) -> bool:
    """Whether there may be viewers to whom only a stub is left: it was withdrawn, or some delivery was recalled."""
    taken_back = Exists(Addressee.objects.filter(sheet=OuterRef("pk"), recalled_at__isnull=False))
    return Sheet.objects.filter(Q(withdrawn_at__isnull=False) | Q(taken_back), id=sheet).exists()


def newest(
    viewer: Viewer | None, kinds: Sequence[str], limit: int, before: tuple[object, uuid.UUID] | None = None
) -> list[uuid.UUID]:
    """The newest sheets of these kinds the viewer may see, newest first.

    The newest of each class are merged, so that it costs the same for the widest and the narrowest viewer.
    `before` is (filed_at, id) of the last row already shown.
    """
    if viewer is None or _auditor_only(viewer):
        return []
    wide = [part for kind in kinds for part in (*_held(viewer, kind, before), *_delivered(viewer, kind, before))]
    parts = [part[:limit] for part in wide]
    if not parts:
        return []
    merged = parts[0].union(*parts[1:]).order_by("-filed_at", "-id")[:limit]
    return [row[1] for row in merged]


def _held(viewer: Viewer, kind: str, before: tuple[object, uuid.UUID] | None) -> list[QuerySet[Any, Any]]:
    """The newest on each ground but delivery; what home holds class by class, along the index of the newest of a class."""
    found = grounds(viewer)
    branches = [found[name] for name in ("author", "lodged") if name in found]
    if viewer.is_home:
        held = Q(holder=viewer.agency_id, lodged_by__isnull=True)
        branches += [held & Q(access_class=number) for number in classes_of(viewer).values_list("id", flat=True)]
    rows = Sheet.objects.filter(_older(before, "id"), standing(), kind=kind).order_by("-filed_at", "-id")
    return [rows.filter(branch).values_list("filed_at", "id") for branch in branches]


def _delivered(viewer: Viewer, kind: str, before: tuple[object, uuid.UUID] | None) -> list[QuerySet[Any, Any]]:
    """What was delivered, along the delivery index, which carries each sheet's kind and filing time."""
    addresses = (("agency", viewer.agency_id), ("unit", viewer.unit_id), ("seat", viewer.seat_id))
    allowed = _in_force() & standing("sheet__") & _nameable(viewer, "sheet__") & _older(before, "sheet_id")
    rows = Addressee.objects.filter(allowed, kind=kind).order_by("-filed_at", "-sheet_id")
    places = rows.values_list("filed_at", "sheet_id").distinct()
    return [places.filter(**{name: value}) for name, value in addresses if value]


def _older(before: tuple[object, uuid.UUID] | None, key: str) -> Q:
    if before is None:
        return Q()
    return Q(filed_at__lt=before[0]) | Q(**{"filed_at": before[0], f"{key}__lt": before[1]})


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
        return Decision(False, f"Your seat may not {rule.words}.", f"It takes: {', '.join(sorted(rule.roles))}.")
    if sheet is not None and not Sheet.objects.filter(visible(viewer), id=sheet.id).exists():
        return Decision(False, "Nothing here that you may see.")
    if rule.author_only and sheet is not None and sheet.author_id != viewer.seat_id and not viewer.roles & rule.instead:
        return Decision(False, f"Only its author may {rule.words}.")
    if rule.reauthenticate and not _proved(viewer):
        return Decision(False, "This asks you to prove again that it is you.", "prove")
    return Decision(True, f"Your seat may {rule.words}.")


def _proved(viewer: Viewer) -> bool:
    return viewer.proved_at is not None and (real_now() - viewer.proved_at).total_seconds() <= PROOF_LASTS_SECONDS


def require(viewer: Viewer | None, verb: str, sheet: Sheet | None = None) -> Viewer:
    """The viewer, when he may; Forbidden with the reason otherwise."""
    decision = may(viewer, verb, sheet)
    if viewer is None or not decision.allowed:
        raise Forbidden(decision.reason, decision.way_out)
    return viewer
