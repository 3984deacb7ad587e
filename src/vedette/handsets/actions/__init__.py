"""The verbs of phones: set up, revoke; and what a phone does by itself: make contact, send, say that it is wiped."""

from vedette.handsets.actions.contacts import note_contact, note_wiped
from vedette.handsets.actions.handsets import Enrolled, enrol_handset, revoke, revoke_handset, revoke_own_handset
from vedette.handsets.actions.packets import take_alarm, take_packet
from vedette.handsets.actions.seeing import list_contacts, list_handsets

__all__ = [
    "Enrolled",
    "enrol_handset",
    "list_contacts",
    "list_handsets",
    "note_contact",
    "note_wiped",
    "revoke",
    "revoke_handset",
    "revoke_own_handset",
    "take_alarm",
    "take_packet",
]
