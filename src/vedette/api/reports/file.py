"""POST /api/v1/reports: file one report; the answer is its receipt."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Field, Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.kit.time import now
from vedette.reporting.actions import file_report
from vedette.reporting.drafts import GradeDraft, PlaceDraft, ReportDraft

router = Router(tags=["reports"])


class PlaceIn(Schema):
    """A place: name, degrees, metres."""

    name: str = ""
    lat: float | None = None
    lon: float | None = None
    precision_m: int | None = None


class GradeIn(Schema):
    """A grade in its native scheme."""

    scheme: str = "NATO"
    source: str = ""
    information: str = ""


class NexusIn(Schema):
    """The home nexus: status and note."""

    status: str = "none-known"
    note: str = ""
    asked: str = ""


class ReportIn(Schema):
    """A report as the field app and other systems send it; `client_id` makes sending it twice harmless."""

    client_id: uuid.UUID
    kind: str
    text: str
    observed_t: datetime.datetime
    t: datetime.datetime | None = None
    t_precision: str = "minute"
    post: str = ""
    lang: str = "en"
    gloss_en: str = ""
    place: PlaceIn = Field(default_factory=PlaceIn)
    source_ref: str = ""
    source_kind: str = ""
    grade: GradeIn = Field(default_factory=GradeIn)
    home_nexus: NexusIn = Field(default_factory=NexusIn)
    names_person: bool = False

    def draft(self) -> ReportDraft:
        """The typed draft the verb takes."""
        return ReportDraft(
            client_id=self.client_id,
            kind=self.kind,
            text=self.text,
            observed_at=self.observed_t,
            happened_at=self.t,
            happened_precision=self.t_precision,
            post_key=self.post,
            language=self.lang,
            gloss=self.gloss_en,
            place=PlaceDraft(**self.place.dict()),
            source_label=self.source_ref,
            source_kind=self.source_kind,
            grade=GradeDraft(self.grade.scheme, self.grade.source, self.grade.information),
            nexus=self.home_nexus.status,
            nexus_note=self.home_nexus.note,
            nexus_asked=self.home_nexus.asked,
            names_person=self.names_person,
        )


class Receipt(Schema):
    """The receipt: the server holds the report under this reference since this moment."""

    id: uuid.UUID
    reference: str
    received_at: datetime.datetime
    state: str = "received"


@router.post("", response=Receipt, summary="File a report")
def file(request: HttpRequest, payload: ReportIn) -> Receipt:
    """file_report; serves no records."""
    report = file_report(viewer_of_request(request), payload.draft())
    return Receipt(id=report.pk, reference=report.sheet.reference, received_at=report.sheet.filed_at or now())
