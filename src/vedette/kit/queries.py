"""Reads of the installation row."""

import uuid

from vedette.kit.models import Installation


def installation() -> Installation | None:
    """The installation row, or None before set-up."""
    return Installation.objects.first()


def installation_kind() -> str:
    """real, demonstration, exercise or test; empty before set-up."""
    row = installation()
    return row.kind if row else ""


def home_agency_id() -> uuid.UUID | None:
    """The agency this installation serves."""
    row = installation()
    return row.home_agency if row else None
