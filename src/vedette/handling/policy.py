"""THE policy. Two questions: what may this viewer see, and may this viewer do that."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.handling.models import AccessClass, Addressee, Sensitivity, Sheet
from vedette.handling.verbs import VERBS
from vedette.kit.errors import Forbidden
from vedette.kit.time import now, real_now

NOTHING = Q(pk__in=())
PROOF_LASTS_SECONDS = 600
# Asked for this many viewers at a time: one statement, whose length grows with them.
VIEWERS_A_QUESTION = 60
NEVER_NAMES = (Agency.Kind.PRIVATE, Agency.Kind.FOUNDATION)


def classes_of(viewer: Viewer) -> QuerySet[AccessClass]:
    """The classes a home viewer's clearance, groups and standing contain."""
    if viewer.glass_broken:
        return AccessClass.objects.all()
    allowed = Q(sensitivity__lte=min(viewer.clearance, Sensitivity.RESTRICTED), groups__contained_by=sorted(viewer.groups))
    if not viewer.may_know_names:
        allowed &= Q(named_subject=False)
    return AccessClass.objects.filter(allowed)


def delivered_to(viewer: Viewer, outer: str) -> QuerySet[Addressee]:
    """Deliveries to the viewer's agency, unit or self that have not expired; a recalled one still shows its struck stub."""
    to_me = Q(agency=viewer.agency_id) | Q(seat=viewer.seat_id)
    if viewer.unit_id:
        to_me |= Q(unit=viewer.unit_id)
    in_force = Q(expires_at__isnull=True) | Q(expires_at__gt=now())
    return Addressee.objects.filter(to_me & in_force, sheet=OuterRef(outer), since__lte=now())


def visible(viewer: Viewer | None, prefix: str = "") -> Q:
    """The SQL condition "this viewer may see the sheet", for a queryset that reaches the sheet by `prefix`.

    Branches: (1) my active seat is in the holder agency and my classes contain the sheet's class, or I wrote it;
    (2) a release delivered to my agency, unit or me, in force; (3) what my agency lodged here: mine and the home desk's.
    """
    if viewer is None or _auditor_only(viewer):
        return NOTHING
    sheet_key = f"{prefix}pk" if prefix else "pk"
    own = Q(**{f"{prefix}author": viewer.seat_id})
    lodged = Q(**{f"{prefix}lodged_by": viewer.agency_id})
    if viewer.on_desk:
        lodged |= Q(**{f"{prefix}lodged_by__isnull": False}) & _contained(viewer, prefix)
    held = Q(**{f"{prefix}holder": viewer.agency_id, f"{prefix}lodged_by__isnull": True}) & _contained(viewer, prefix)
    delivered = Q(Exists(delivered_to(viewer, sheet_key)))
    if viewer.agency_kind in NEVER_NAMES:
        delivered &= Q(**{f"{prefix}access_class__named_subject": False})
    standing = Q(**{f"{prefix}purged_at__isnull": True}) & (
        Q(**{f"{prefix}expires_at__isnull": True}) | Q(**{f"{prefix}expires_at__gt": now()})
    )
    return standing & (held | own | delivered | lodged)


def _contained(viewer: Viewer, prefix: str) -> Q:
    return Q(**{f"{prefix}access_class__in": Subquery(classes_of(viewer).values("id"))})


def _auditor_only(viewer: Viewer) -> bool:
    """An auditor reads trails and ids; content only one at a time, with a reason, through open_one."""
    return viewer.holds("auditor") and not viewer.roles - {"auditor", "privacy"}


def visible_sheets(viewer: Viewer | None, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Sheet]:
    """Of these sheets, the ones the viewer may see."""
    rows = Sheet.objects.filter(visible(viewer), id__in=list(ids)).select_related("access_class", "originator")
    return {row.id: row for row in rows}


def who_may_see(sheets: Iterable[uuid.UUID], viewers: Sequence[Viewer]) -> dict[uuid.UUID, set[Viewer]]:
    """For each sheet the viewers who may see it: the same condition as `visible`, asked for many viewers in one statement."""
    wanted = list(sheets)
    answer: dict[uuid.UUID, set[Viewer]] = {sheet: set() for sheet in wanted}
    distinct = list(dict.fromkeys(viewers))
    for start in range(0, len(distinct), VIEWERS_A_QUESTION):
        some = distinct[start : start + VIEWERS_A_QUESTION]
        columns = {
            f"viewer_{place}": Case(When(visible(viewer), then=Value(True)), default=Value(False), output_field=BooleanField())
            for place, viewer in enumerate(some)
        }
        for row in Sheet.objects.filter(id__in=wanted).annotate(**columns).values("id", *columns):
            answer[row["id"]] |= {viewer for place, viewer in enumerate(some) if row[f"viewer_{place}"]}
    return answer


def newest(
    viewer: Viewer | None, kinds: Sequence[str], limit: int, before: tuple[object, uuid.UUID] | None = None
) -> list[uuid.UUID]:
    """The newest sheets of these kinds the viewer may see, newest first: the newest of each class merged, so that the
    cost is the same for the widest and the narrowest viewer. `before` is (filed_at, id) of the last row already shown."""
    if viewer is None or _auditor_only(viewer):
        return []
    older = Q()
    if before:
        older = Q(filed_at__lt=before[0]) | Q(filed_at=before[0], id__lt=before[1])
    branches = [Q(author=viewer.seat_id), Q(lodged_by=viewer.agency_id)]
    if viewer.on_desk:
        branches.append(Q(lodged_by__isnull=False))
    if viewer.is_home:
        branches += [
            Q(holder=viewer.agency_id, access_class=number) for number in classes_of(viewer).values_list("id", flat=True)
        ]
    for name, value in (("agency", viewer.agency_id), ("unit", viewer.unit_id), ("seat", viewer.seat_id)):
        if value:
            mine = Addressee.objects.filter(**{name: value}).order_by("-since").values("sheet")[: 4 * limit]
            branches.append(Q(id__in=Subquery(mine)))
    parts = [
        Sheet.objects.filter(older & branch & visible(viewer), kind=kind)
        .order_by("-filed_at", "-id")
        .values_list("filed_at", "id")[:limit]
        for branch in branches
        for kind in kinds
    ]
    merged = parts[0].union(*parts[1:]).order_by("-filed_at", "-id")[:limit]
    return [row[1] for row in merged]


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
