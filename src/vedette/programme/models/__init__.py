"""The tables of the programme: posts, agreements, contacts, people, missions and journeys; one file a noun."""

from vedette.programme.models.agreements import (
    Agreement,
    AgreementChange,
    AgreementPaper,
    AgreementReview,
    AgreementSignature,
    Clause,
)
from vedette.programme.models.contacts import Contact, ContactCard, Meeting, Promise
from vedette.programme.models.itineraries import Leg
from vedette.programme.models.journeys import (
    CheckIn,
    Debrief,
    MissionCheck,
    MissionMember,
    MissionSession,
    MissionTask,
    Observation,
)
from vedette.programme.models.missions import Mission, MissionNeed, MissionState
from vedette.programme.models.papers import PostCover, PostPaper
from vedette.programme.models.people import Away, Honour, Qualification
from vedette.programme.models.posts import HostCaveat, Post, PostChange, Posting
from vedette.programme.models.safety import Duress, SafetyCheck

__all__ = [
    "Agreement",
    "AgreementChange",
    "AgreementPaper",
    "AgreementReview",
    "AgreementSignature",
    "Away",
    "CheckIn",
    "Clause",
    "Contact",
    "ContactCard",
    "Debrief",
    "Duress",
    "Honour",
    "HostCaveat",
    "Leg",
    "Meeting",
    "Mission",
    "MissionCheck",
    "MissionMember",
    "MissionNeed",
    "MissionSession",
    "MissionState",
    "MissionTask",
    "Observation",
    "Post",
    "PostChange",
    "PostCover",
    "PostPaper",
    "Posting",
    "Promise",
    "Qualification",
    "SafetyCheck",
]
