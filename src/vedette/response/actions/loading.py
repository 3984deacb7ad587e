"""Loading playbooks and sites: data the house brings, written once and versioned."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from vedette.audit.actions import record
from vedette.kit.canonical import canonical_bytes
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.response.models import Playbook, Site
from vedette.response.plans import plan_of

FOLDER = Path(__file__).resolve().parent.parent / "playbooks"


@transaction.atomic
def load_playbooks(folder: Path = FOLDER) -> list[Playbook]:
    """Load every playbook of the folder; a changed one becomes the next version, runs keep theirs."""
    return [_load(json.loads(file.read_text())) for file in sorted(folder.glob("*.json"))]


def _load(content: dict[str, Any]) -> Playbook:
    plan_of(content)
    key = str(content["id"]).rsplit("-v", 1)[0]
    digest = hashlib.sha256(canonical_bytes(content)).hexdigest()
    standing = Playbook.objects.filter(key=key, until__isnull=True).first()
    if standing is not None and standing.digest == digest:
        return standing
    last = Playbook.objects.filter(key=key).order_by("-version").values_list("version", flat=True).first() or 0
    moment = now()
    Playbook.objects.filter(key=key, until__isnull=True).update(until=moment)
    row = Playbook.objects.create(
        key=key, version=last + 1, title=content["title"], content=content, digest=digest, since=moment
    )
    record(None, "playbook.loaded", [row.id], f"{key} version {row.version}")
    return row


def record_site(
    *, key: str, name: str, kind: str, lat: float, lon: float, sector: str = "", area: str = "", priority: int = 3
) -> Site:
    """Write down a protected place at home or bring it up to date; priority 1 is looked after first."""
    values = {
        "name": clean_line("name", name, required=True),
        "kind": kind,
        "lat": lat,
        "lon": lon,
        "sector": sector,
        "area": area,
        "priority": priority,
    }
    return Site.objects.update_or_create(key=key, defaults=values)[0]
