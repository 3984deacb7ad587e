"""The loop of the standing rules: drafts what a rule covers when the facts change, and never releases anything."""

import datetime
import uuid
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from vedette.agencies.queries import viewers_of
from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import start_clock
from vedette.audit.actions import record
from vedette.handling.policy import may
from vedette.incidents.models import Incident, Link, Standing
from vedette.kit.canonical import digest
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.models import Report
from vedette.sharing.actions.drafting import IN_FORCE, Address, record_draft, write_anew
from vedette.sharing.actions.ruling import stop_waiting
from vedette.sharing.basis import Ground, ground_of
from vedette.sharing.desk import version_for
from vedette.sharing.models import Release, StandingDraft, StandingRule
from vedette.sharing.rules import LADDER, PARTS, UNSIGNED, lapses, within

# For one incident and rule no oftener than this, however fast the facts change.
PAUSE = datetime.timedelta(minutes=10)
LIVE = (Incident.State.ACTIVE, Incident.State.WATCHED)


def draft_by_rules() -> int:
    """Draft or renew what each rule in force covers, a transaction for each incident; how many drafts that were.

    A draft that fails keeps no other from being made; the first error is let out at the end, so that the loop shows it.
    """
    rules = list(StandingRule.objects.filter(until__isnull=True).select_related(*PARTS).order_by("since", "id"))
    said, done, errors = lapses(rules), 0, []
    for rule in rules:
        if said[rule.id]:
            stop_waiting(rule, said[rule.id])
            continue
        for incident in _incidents(rule):
            try:
                done += _serve(rule.id, incident)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:
                errors.append(error)
    if errors:
        raise errors[0]
    return done


def _incidents(rule: StandingRule) -> list[uuid.UUID]:
    """The open incidents to which a report of the post is linked, the oldest first."""
    live = Standing.objects.as_house("a rule is served for incidents that are open").filter(
        until__isnull=True, state__in=LIVE
    )
    reports = Report.objects.as_house("a rule is served when a report of its post is linked").filter(post=rule.post_id)
    links = Link.objects.as_house("a rule is served when a report of its post is linked").filter(
        until__isnull=True, incident__in=live.values("incident"), report__in=reports.values("sheet")
    )
    return list(links.order_by("incident").values_list("incident", flat=True).distinct())


@transaction.atomic
def _serve(rule_key: uuid.UUID, incident_key: uuid.UUID) -> bool:
    """One rule for one incident: whether something was drafted. Who finds the rule taken leaves it to the one who has it."""
    rows = StandingRule.objects.select_for_update(of=("self",), skip_locked=True).select_related(*PARTS)
    rule = rows.filter(pk=rule_key, until__isnull=True).first()
    if rule is None or lapses([rule])[rule.id]:
        return False
    officer = viewers_of([rule.by_id])[rule.by_id]
    last = _last(rule, incident_key)
    if last is not None and now() < last.drafted_at + PAUSE:
        return False
    incident = Incident.objects.seen_by(officer).select_related("sheet").filter(pk=incident_key).first()
    if incident is None or not may(officer, "draft_release", incident.sheet).allowed:
        return False
    ground = ground_of(officer, incident, within(rule))
    facts = facts_of(ground)
    mark = digest({"facts": facts})
    if last is None and not facts:
        return False
    if last and bytes(last.mark) == mark and (last.rule_id == rule.id or last.release.signed):
        return False
    if last and last.rule_id == rule.id and last.until is None and _renew(last, officer, ground, mark):
        return True
    if not facts:
        return False
    _draft(rule, officer, incident, ground, mark)
    return True


def _last(rule: StandingRule, incident: uuid.UUID) -> StandingDraft | None:
    """The newest draft for this incident under this rule, or one that stood before it for the same post and partner."""
    rows = StandingDraft.objects.as_house("the same facts are drafted once").select_related("release")
    same = rows.filter(rule__post=rule.post_id, rule__partner=rule.partner_id, release__incident=incident)
    found: StandingDraft | None = same.order_by("-since", "-pk").first()
    return found


def facts_of(ground: Ground) -> list[Any]:
    """What a draft would be made from, without its words: the statements that stand, the places, the nexus."""
    stated = [
        [one.kind, one.subject, one.place, one.value, one.number, one.qualifier, one.sure, one.chosen,
         list(one.others), sorted(str(key) for key in one.sheets)]
        for found in ground.stated.values() for one in found
    ]  # fmt: skip
    sites = [["site", site.name, str(site.row.report.pk)] for site in ground.picture.sites if not site.doubtful]
    nexus = [["nexus", row.report.nexus, str(row.report.pk)] for row in ground.usable if row.report.nexus]
    return [*stated, *sites, *sorted(nexus)]


def _renew(last: StandingDraft, officer: Viewer, ground: Ground, mark: bytes) -> bool:
    """The unsigned draft is written anew; False when it was signed meanwhile, or purged."""
    rows = Release.objects.as_house("an unsigned draft is renewed, not doubled").select_for_update(of=("self",))
    release = rows.select_related("sheet__access_class").get(pk=last.release_id)
    if release.signed or release.sheet.purged_at:
        return False
    write_anew(release, officer, ground)
    last.mark, last.drafted_at, last.renewals = mark, now(), last.renewals + 1
    last.save(update_fields=["mark", "drafted_at", "renewals"])
    record(None, "release.renewed_by_rule", [release.pk, last.rule_id, release.incident_id])
    announce("release.edited", release.pk)
    return True


def _draft(rule: StandingRule, officer: Viewer, incident: Incident, ground: Ground, mark: bytes) -> None:
    moment = now()
    ends = [row.report.sheet.expires_at for row in ground.usable if row.report.sheet.expires_at]
    release = record_draft(
        officer, incident=incident, version=version_for(rule.partner), recipients=[Address(agency=rule.partner_id)],
        label=rule.label, expires_at=min([moment + IN_FORCE, *ends]), ground=ground,
    )  # fmt: skip
    StandingDraft.objects.create(release=release, rule=rule, mark=mark, since=moment, drafted_at=moment)
    start_clock(release.sheet, UNSIGNED, release.pk, ladder_key=LADDER)
    record(None, "release.drafted_by_rule", [release.pk, rule.id, incident.pk])
    announce("release.drafted", release.pk)
