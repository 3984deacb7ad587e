"""A draft, its signatures, and the versions of its paper: nothing rests on what not both have signed."""

import datetime
import io

import pytest
from django.db import IntegrityError, transaction

from vedette.audit.models import Entry
from vedette.files.models import StoredFile
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import now
from vedette.programme.actions import (
    add_document,
    change_agreement,
    draft_agreement,
    end_agreement,
    end_signature,
    review_agreement,
    set_clause,
    sign_for,
)
from vedette.programme.gate import Wants, may_go
from vedette.programme.meaning import what_it_lets
from vedette.programme.models import Agreement
from vedette.programme.queries import agreement_between, agreement_row, agreements, holding_by_key, release_gate
from vedette.programme.signing import documents_of, signatures_of, unsigned_sides


def ago(days: int) -> datetime.date:
    return now().date() - datetime.timedelta(days=days)


@pytest.fixture
def draft(cast, manager):
    """A draft with the north whose clauses would share reports and let missions take place."""
    made = draft_agreement(
        manager, partner=cast.agencies["north"], title="Terms to come", kind="sharing", expires=ago(-400)
    )
    clause = {"effect": "allows", "because": "drafted", "agreement": made}
    set_clause(manager, number=1, text="Reports go.", gate="share", up_to="AMBER", **clause)
    set_clause(manager, number=2, text="Missions as agreed.", gate="mission", **clause)
    return made


def state(draft) -> str:
    return agreement_row(holding_by_key(draft.key), now()).state


def sign(manager, draft, side, days, office="Commissioner"):
    return sign_for(manager, agreement=draft, side=side, office=office, signed=ago(days))


def test_a_draft_lets_nothing_cross_and_no_mission_go_until_both_have_signed(cast, manager, draft):
    north, days = cast.agencies["north"], (ago(-1), ago(-9))
    for step in (
        lambda: None,
        lambda: sign(manager, draft, "ours", 5),
        lambda: sign(manager, draft, "ours", 4, "Mayor"),
    ):
        step()
        gate = release_gate(north, now(), Wants("GREEN"))
        assert not gate.allowed and "draft" in gate.sentence and state(draft) == "unsigned"
        one = holding_by_key(draft.key)
        assert "draft" in may_go(one, (), days).sentence and "draft" in what_it_lets(one, now())[0].sentence
        assert agreement_between(north.id, now()) is None and not one.locked(now().date())
    assert unsigned_sides(signatures_of(draft)) == ["the other side"]
    sign(manager, draft, "theirs", 3)
    assert (draft.signed, state(draft)) == (ago(3), "in-force")
    assert release_gate(north, now(), Wants("GREEN")).allowed and may_go(holding_by_key(draft.key), (), days).allowed
    assert holding_by_key(draft.key).state(ago(4)) == "unsigned"
    assert [row.due for row in draft.reviews.all()] == [ago(3).replace(year=ago(3).year + 3)]
    codes = Entry.objects.filter(code__startswith="agreement.").values_list("code", flat=True)
    assert sorted(codes) == ["agreement.drafted"] + ["agreement.signature_set"] * 3


def test_a_mistaken_signature_is_taken_back_while_the_other_party_has_not_signed(cast, manager, draft):
    wrong = sign(manager, draft, "theirs", 9)
    end_signature(manager, signature=wrong, because="It was the deputy's.")
    sign(manager, draft, "ours", 2)
    assert state(draft) == "unsigned"
    right = sign(manager, draft, "theirs", 8, "Deputy")
    assert draft.signed == ago(2)
    with pytest.raises(Refused, match="Both have signed"):
        end_signature(manager, signature=right, because="No.")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"side": "nobody"}, "side"),
        ({"signed": -1}, "signed"),
        ({"office": ""}, "office"),
        ({"office": "mayor"}, "office"),
    ],
)
def test_a_signature_of_nobody_of_a_day_to_come_or_given_twice_is_refused(manager, draft, values, field):
    sign(manager, draft, "ours", 2, "Mayor")
    day = ago(values.pop("signed", 1))
    with pytest.raises(Refused) as refusal:
        sign_for(manager, agreement=draft, signed=day, **{"side": "ours", "office": "Clerk", **values})
    assert refusal.value.field == field


def test_a_draft_is_changed_without_a_day_of_signing_and_is_not_read_again_yet(manager, draft):
    values = {"title": "Terms", "kind": "sharing", "expires": None, "because": "by letter"}
    with pytest.raises(Refused) as refusal:
        change_agreement(manager, agreement=draft, signed=ago(3), **values)
    assert refusal.value.field == "signed"
    assert change_agreement(manager, agreement=draft, signed=None, **values).title == "Terms"
    with pytest.raises(Refused):
        review_agreement(manager, agreement=draft, done=ago(1), note="Stands.")
    assert end_agreement(manager, agreement=draft, ended=ago(0), because="dropped").ended == ago(0)
    with pytest.raises(Refused):
        sign(manager, draft, "ours", 0)
    assert [row.agreement for row in agreements()] == [draft]


def test_a_version_of_the_paper_is_stored_under_a_sheet_of_its_own_and_read_through_it(cast, manager, draft):
    first = add_document(manager, agreement=draft, stream=io.BytesIO(b"Clause 1."), name="terms.txt", sensitivity=1)
    add_document(manager, agreement=draft, stream=io.BytesIO(b"Clause 1, cut."), name="terms.txt", sensitivity=3)
    assert first.sheet.kind == "agreement"
    shown = {
        name: [row.paper.number for row in documents_of(cast.viewer(name), draft)] for name in ("commander", "guards")
    }
    assert shown == {"commander": [2, 1], "guards": []}
    assert 2 not in [row.paper.number for row in documents_of(cast.viewer("officer_a"), draft)]
    assert [file.name for file in documents_of(manager, draft)[-1].files] == ["terms.txt"]
    stored = StoredFile.objects.as_house("what was stored").get(sheet=first.sheet)
    assert b"Clause" not in bytes(stored.wrapped_key) and stored.size == 9


def test_what_is_no_paper_is_refused_and_leaves_no_version(cast, manager, draft):
    with pytest.raises(Refused):
        add_document(manager, agreement=draft, stream=io.BytesIO(b"MZ\x90\x00\x03" + b"\x00" * 99), name="terms.exe")
    assert documents_of(manager, draft) == []
    for name in ("watch", "commander", "officer_a"):
        with pytest.raises(Forbidden):
            add_document(cast.viewer(name), agreement=draft, stream=io.BytesIO(b"x"), name="terms.txt")
        with pytest.raises(Forbidden):
            sign(cast.viewer(name), draft, "ours", 1)


@pytest.mark.parametrize(("left", "warning"), [(91, None), (90, 90), (30, 30), (7, 7), (0, 7), (-1, None)])
def test_a_reading_is_warned_of_at_90_30_and_7_days(manager, agreement, left, warning):
    made = agreement(signed=ago(900))
    made.reviews.update(due=ago(-left))
    row = agreement_row(holding_by_key(made.key), now())
    assert (row.review_warning, row.review_late) == (warning, left < 0)


def test_a_correction_read_before_the_signatures_does_not_take_them_away(cast, manager, draft):
    read_before = Agreement.objects.get(id=draft.id)
    sign(manager, draft, "ours", 3)
    sign(manager, draft, "theirs", 2)
    with pytest.raises(Refused, match="what is signed stays so"):
        change_agreement(
            manager, agreement=read_before, title="Terms", kind="sharing", signed=None, expires=None, because="title"
        )
    assert Agreement.objects.get(id=draft.id).signed == ago(2)


def test_a_new_agreement_never_writes_over_one_that_is_there(cast, manager, agreement, monkeypatch):
    there = agreement(title="Same terms")
    monkeypatch.setattr("vedette.programme.actions.agreements.free_key", lambda title: there.key)
    with pytest.raises(IntegrityError), transaction.atomic():
        agreement(title="Same terms", partner=cast.agencies["south"])
    assert Agreement.objects.get(key=there.key).partner == cast.agencies["north"]
