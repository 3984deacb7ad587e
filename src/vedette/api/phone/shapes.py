"""The bundle as the phone takes it: plain JSON, times with their zone, the house's own sentences in the reader's language."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from vedette.agencies.queries import home_agency
from vedette.api.phone.words import deed_words, duty_words
from vedette.funding.items import ITEMS
from vedette.handsets.bundle import Bundle, Filed, Order, Team
from vedette.kit.said import said
from vedette.programme.models import CheckIn, SafetyCheck
from vedette.reporting.requests import RequestRow

Json = dict[str, Any]


def as_json(bundle: Bundle) -> Json:
    """The whole."""
    return {
        "v": 1,
        "at": moment(bundle.at),
        "me": _me(bundle),
        "questions": [_question(row) for row in bundle.questions],
        "teams": [_team(team) for team in bundle.teams],
        "caveats": [{"code": row.code, "text": row.text, "says": row.text} for row in bundle.caveats],
        "topics": [
            {"id": str(row.pk), "reference": row.sheet.reference, "title": row.title, "note": row.wanted}
            for row in bundle.topics
        ],
        "duty": [
            {"duty": duty_words(row.duty), "key": row.duty, "seat": row.seat.label, "reach": row.reach}
            for row in bundle.duties
        ],
        "reports": [_report(filed) for filed in bundle.reports],
        "orders": [_order(order) for order in bundle.orders],
        "recalled": [
            *({"reference": row.reference, "at": moment(row.at), "reason": row.because} for row in bundle.recalled),
            *(_closed(row) for row in bundle.closed),
        ],
        "check_ins": [*(_check(row) for row in bundle.checks), *(_team_check(row) for row in bundle.team_checks)],
        "expense": {
            "kinds": [{"key": key, "name": str(name)} for key, (_category, name) in ITEMS.items()],
            "currencies": bundle.currencies,
        },
    }


def moment(at: datetime.datetime | None) -> str | None:
    """A moment with its zone."""
    return at.isoformat() if at else None


def _me(bundle: Bundle) -> Json:
    home, post = home_agency(), bundle.post
    found: Json = {
        "seat": bundle.viewer.seat_label,
        "home_zone": bundle.viewer.zone,
        "home_city": home.city or home.name,
        "post": None,
    }
    if post is not None:
        names = ("key", "city", "country", "zone", "lat", "lon", "languages")
        found["post"] = {**{name: getattr(post, name) for name in names}, "host": post.host_kind}
    return found


def _question(row: RequestRow) -> Json:
    request = row.request
    asker = request.sheet.lodged_by.name if request.sheet.lodged_by else ""
    last = next((step for step in reversed(row.steps) if step.at), None)
    return {
        "id": str(request.pk),
        "reference": request.sheet.reference,
        "question": request.question,
        "why": request.why,
        "where": request.where,
        "asked_at": moment(request.sheet.filed_at),
        "due_at": moment(request.due_at),
        "urgency": request.urgency,
        "state": row.state,
        "asked_by": asker or (request.from_unit.name if request.from_unit else row.asker),
        "from_other_agency": row.lodged,
        "answered": request.answer_id is not None,
        "answer": row.answer.sheet.reference if row.answer else "",
        "thanks": last.because if last and row.state == "thanked" else "",
        "place": {"number": row.place.number, "why": row.place.sentence} if row.place else None,
    }


def _closed(row: RequestRow) -> Json:
    last = next((step for step in reversed(row.steps) if step.at), None)
    elsewhere = row.state == "routed" and row.request.to_post is not None
    reason = {
        "refused": _("refused: %(why)s") % {"why": row.refusal or said(row.refusal_words)},
        "taken": _("the desk has it in hand"),
        "routed": _("passed to %(post)s") % {"post": row.request.to_post.city if row.request.to_post else ""},
    }.get(row.state if row.state != "routed" or elsewhere else "", _("answered by another report"))
    return {"reference": row.request.sheet.reference, "at": moment(last.at if last else None), "reason": reason}


def _team(team: Team) -> Json:
    return {
        "mission": str(team.mission.pk),
        "reference": team.mission.sheet.reference,
        "title": team.mission.title,
        "zone": team.mission.zone,
        "questions": [
            {
                "id": str(one.question.id),
                "number": one.question.number,
                "text": one.question.text,
                "answered": one.answer is not None and one.answer.report_id is not None,
                "answer": one.report.sheet.reference if one.report else "",
                "none_because": one.answer.none_because if one.answer else "",
            }
            for one in team.questions
        ],
    }


def _report(filed: Filed) -> Json:
    report = filed.row.report
    withdrawn = report.sheet.withdrawn_at is not None
    return {
        "client_id": str(report.client_id),
        "id": str(report.pk),
        "reference": report.sheet.reference,
        "kind": report.kind,
        "title": filed.row.english.split("\n")[0][:80],
        "written_at": moment(report.observed_at),
        "received_at": moment(report.sheet.filed_at),
        "readings": [{"role": one.role, "at": moment(one.at)} for one in filed.readings],
        "deeds": [{"words": deed_words(one), "at": moment(one.at)} for one in filed.deeds],
        "state": "withdrawn" if withdrawn else "in force",
        "files": [
            {"id": str(one.id), "name": one.name, "state": one.state, "reason": said(one.reason)}
            for one in filed.uploads
        ],
    }


def _order(order: Order) -> Json:
    row = order.row
    release = row.release
    assert release is not None
    return {
        "id": str(row.key),
        "reference": row.reference,
        "title": release.title,
        "label": release.label,
        "at": moment(row.delivery.delivered_at),
        "expires_at": moment(release.expires_at),
        "acknowledged_at": moment(row.acknowledged),
        "handling": release.handling_text,
        "paragraphs": [one.text for one in order.paragraphs],
    }


def _check(row: SafetyCheck) -> Json:
    return {
        "id": str(row.pk), "reference": row.sheet.reference, "due_at": moment(row.due), "zone": row.zone,
        "place": row.place, "note": row.note, "by_me": row.by == row.seat_id, "team": "", "state": "owed",
    }  # fmt: skip


def _team_check(row: CheckIn) -> Json:
    return {
        "id": str(row.id), "reference": row.mission.sheet.reference, "due_at": moment(row.due),
        "zone": row.mission.zone, "place": "", "note": "", "by_me": False, "team": row.mission.title, "state": "owed",
    }  # fmt: skip
