"""Replacing a key: who may, that he proves himself again, and the trace it leaves."""

import dataclasses
import datetime
import uuid

import pytest

from vedette.agencies.actions import record_agency
from vedette.agencies.keys import current_key
from vedette.agencies.viewer import Viewer
from vedette.audit.models import Entry
from vedette.handling.keys import rotate_key
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import real_now


@pytest.fixture
def administrator(db) -> Viewer:
    home = record_agency(key="home", name="Home Department", kind="home")
    return Viewer(
        seat_id=uuid.uuid4(),
        person_id=uuid.uuid4(),
        agency_id=home.id,
        unit_id=None,
        roles=frozenset({"administrator"}),
        clearance=1,
        groups=frozenset(),
        sworn=False,
        is_home=True,
        agency_kind="home",
        proved_at=real_now(),
    )


def test_an_administrator_who_has_just_proved_himself_replaces_a_key(administrator):
    old = current_key("signing")
    new = rotate_key(administrator, purpose="signing", because="yearly")
    assert current_key("signing") == new != old
    entry = Entry.objects.get(code="key.rotated")
    assert (entry.actor, entry.objects_ids, entry.reason) == (administrator.seat_id, [new.id], "yearly")


def test_without_a_fresh_proof_or_the_role_nothing_changes(administrator):
    old = current_key("signing")
    stale = dataclasses.replace(administrator, proved_at=real_now() - datetime.timedelta(hours=1))
    watch = dataclasses.replace(administrator, roles=frozenset({"watch"}))
    for viewer in (stale, watch, None):
        with pytest.raises(Forbidden):
            rotate_key(viewer, purpose="signing", because="yearly")
    assert current_key("signing") == old


@pytest.mark.parametrize(("purpose", "because"), [("other", "yearly"), ("signing", "")])
def test_a_reason_and_a_known_purpose_are_asked_for(administrator, purpose, because):
    with pytest.raises(Refused):
        rotate_key(administrator, purpose=purpose, because=because)
