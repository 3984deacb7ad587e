"""The tables of the programme: posts, agreements, contacts, missions; one file a noun."""

from vedette.programme.models.agreements import Agreement, AgreementChange, AgreementReview, Clause
from vedette.programme.models.contacts import Contact, ContactCard, Meeting
from vedette.programme.models.missions import Mission, MissionNeed, MissionState
from vedette.programme.models.posts import HostCaveat, Post, PostChange, Posting

__all__ = [
    "Agreement",
    "AgreementChange",
    "AgreementReview",
    "Clause",
    "Contact",
    "ContactCard",
    "HostCaveat",
    "Meeting",
    "Mission",
    "MissionNeed",
    "MissionState",
    "Post",
    "PostChange",
    "Posting",
]
