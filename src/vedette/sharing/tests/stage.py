"""A stage for the tests: a chronology filed, linked and read through the real verbs, up to a line of it."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.labels.load import rows
from vedette.agencies.models import Agency, Seat, Unit
from vedette.agencies.queries import viewers_of
from vedette.agencies.viewer import Viewer
from vedette.demo.feed import Message, read_chronology
from vedette.demo.home import load_home
from vedette.incidents.actions import link_report, open_incident
from vedette.incidents.models import Incident
from vedette.kit.time import real_now, set_clock
from vedette.reporting.actions import file_report, make_claim
from vedette.reporting.actions.claims import ClaimDraft
from vedette.reporting.actions.names import clear_name
from vedette.reporting.drafts import GradeDraft, PlaceDraft, ReportDraft
from vedette.reporting.models import NameMark, Report
from vedette.reporting.queries import rows_of
from vedette.reporting.work import proposals_of
from vedette.sharing.actions import draft_release, sign_release
from vedette.sharing.actions.drafting import Address
from vedette.sharing.models import Paragraph, Release
from vedette.sharing.preflight import BLOCK, preflight
from vedette.sharing.queries import access_release


@dataclass
class Stage:
    """Who there is and what was filed, by the line's key."""

    reports: dict[str, Report] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    by_label: dict[str, Incident] = field(default_factory=dict)

    def viewer(self, label: str, agency: str = "") -> Viewer:
        """The Viewer of a seat by its label (and its agency's key), with a fresh proof."""
        rows = Seat.objects.filter(label=label, **({"agency__key": agency} if agency else {}))
        found = viewers_of([rows.get().id])
        viewer = next(iter(found.values()))
        return Viewer(**{**viewer.__dict__, "proved_at": real_now()})

    def partner(self, key: str) -> Viewer:
        """The duty desk of a partner."""
        return self.viewer("Duty desk", key)

    @property
    def watch(self) -> Viewer:
        """The watch officer."""
        return self.viewer("Watch officer 1")

    @property
    def releasing(self) -> Viewer:
        """The releasing officer, who has just proved himself."""
        return self.viewer("Releasing officer")

    def sergeant(self, key: str) -> Viewer:
        """The duty sergeant of one of our units."""
        return self.viewer(f"Duty sergeant, {Unit.objects.get(key=key).name}")

    @property
    def main(self) -> Incident:
        """The incident with most reports."""
        ids = [incident.pk for incident in self.incidents.values()]
        return next(row for row in self.incidents.values() if row.pk == max(set(ids), key=ids.count))


def to(*keys: str) -> list[Address]:
    """Addresses by the key of an agency, or of a unit as `unit:transit`."""
    found = []
    for key in keys:
        if key.startswith("unit:"):
            found.append(Address(unit=Unit.objects.get(key=key[5:]).id))
        else:
            found.append(Address(agency=Agency.objects.get(key=key).id))
    return found


def play(name: str, until: str = "", only: Iterable[str] = (), *, kind: str = "test") -> Stage:
    """File, link, write down what the words say, up to and with a line; every spotted place name is cleared by an analyst."""
    load_home(read_chronology(name).home, kind)
    return play_on(Stage(), name, until, only)


def play_on(stage: Stage, name: str, until: str = "", only: Iterable[str] = ()) -> Stage:
    """The same with the lines that were not filed yet."""
    wanted = set(only)
    labels = {row["id"]: row["incident_id"] for row in rows(name)}
    for message in read_chronology(name).messages:
        if message.key not in stage.reports and (not wanted or message.key in wanted):
            _take(stage, message, labels[message.key])
        if message.key == until:
            break
    return stage


def _take(stage: Stage, message: Message, label: str) -> None:
    set_clock(shown=message.at, speed=1, paused=True)
    body = message.body
    officer = Seat.objects.get(postings__post__key=message.post)
    watch = stage.watch
    draft = ReportDraft(
        client_id=uuid.UUID(body["client_id"]),
        kind=body["kind"],
        text=body["text"],
        observed_at=message.at,
        happened_at=datetime.datetime.fromisoformat(body["t"]),
        post_key=message.post,
        language=body["lang"],
        gloss=body.get("gloss_en", ""),
        place=PlaceDraft(**{key: body["place"].get(key) for key in ("name", "lat", "lon", "precision_m")}),
        source_label=body["source_ref"],
        source_kind=body["source_kind"],
        grade=GradeDraft("NATO", body["grade"]["source"], body["grade"]["information"]),
        nexus=body["home_nexus"]["status"],
        nexus_note=body["home_nexus"].get("note", ""),
    )
    report = file_report(viewers_of([officer.id])[officer.id], draft)
    stage.reports[message.key] = report
    row = rows_of(watch, [report.pk])[0]
    known = stage.by_label.get(label)
    if known:
        link_report(watch, report=report.sheet, incident=known)
    stage.by_label[label] = stage.incidents[message.key] = known or open_incident(watch, report=report)
    for one in proposals_of(row, []):
        make_claim(
            watch,
            report=report,
            draft=ClaimDraft(one.kind, one.value, one.subject, qualifier=one.qualifier, quote=one.quote),
        )


def clear_names(stage: Stage, keys: Iterable[str]) -> None:
    """An analyst looks at every spotted passage of these lines and says that it names nobody."""
    analyst = stage.viewer("Analyst 1")
    for key in keys:
        report = Report.objects.seen_by(analyst).select_related("sheet__access_class").get(pk=stage.reports[key].pk)
        for mark in NameMark.objects.seen_by(analyst).filter(report=report, until__isnull=True, state="spotted"):
            clear_name(analyst, report=report, text=mark.text, because="a place or an organisation")


def drafted(stage: Stage, version: str, *keys: str) -> Release:
    """A release drafted by the releasing officer from the main incident."""
    return draft_release(stage.releasing, incident=stage.main, version=version, recipients=to(*keys))


def signed(stage: Stage, version: str, *keys: str) -> Release:
    """The same, signed."""
    release = drafted(stage, version, *keys)
    sign_release(stage.releasing, release=release)
    return access_release(stage.releasing, release.pk)


def blocks(stage: Stage, release: Release) -> list[str]:
    """The rules that hold a release back."""
    return [check.rule for check in preflight(stage.releasing, release) if check.state == BLOCK]


def text_of(release: Release) -> str:
    """All that a release says."""
    kept = Paragraph.objects.as_house("a test").filter(release=release, state="kept")
    return "\n".join([release.title, *kept.order_by("position").values_list("text", flat=True)])
