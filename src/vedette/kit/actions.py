"""Writing the installation row, once."""

import uuid

from vedette.kit.models import Installation
from vedette.kit.time import forget_clock, real_now


def install(kind: str, home_agency: uuid.UUID | None, system_identifier: str = "") -> Installation:
    """Write what this database is; a second call with another kind raises ValueError."""
    row = Installation.objects.first()
    if row is None:
        row = Installation.objects.create(
            kind=kind, home_agency=home_agency, system_identifier=system_identifier, made_at=real_now()
        )
        forget_clock()
    if row.kind != kind:
        raise ValueError(f"This database is a {row.kind} database and stays one.")
    return row
