"""Replacing a key of the agency: a privileged verb, which asks who may and proves it anew."""

from django.db import transaction

from vedette.agencies.key_models import AgencyKey
from vedette.agencies.keys import record_rotation
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line


@transaction.atomic
def rotate_key(by: Viewer | None, *, purpose: str, because: str) -> AgencyKey:
    """Close the key in force and start a new one; the old public key stays published, what it signed stands."""
    viewer = require(by, "rotate_key")
    if purpose not in AgencyKey.Purpose.values:
        raise Refused(
            "purpose", f"There is no key for “{purpose}”.", f"Choose {' or '.join(AgencyKey.Purpose.values)}."
        )
    reason = clean_line("because", because, limit=300, required=True)
    key = record_rotation(purpose)
    record(viewer, "key.rotated", [key.id], reason)
    return key
