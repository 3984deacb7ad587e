"""The agency's keys: wrapped, signing, rotated, lost and brought back."""

import os
import stat

import pytest

from vedette.agencies import keyfile
from vedette.agencies.actions import record_agency
from vedette.agencies.key_models import AgencyKey
from vedette.agencies.keyfile import KeyProblem
from vedette.agencies.keys import (
    CHECKPOINT,
    SIGNING,
    checkpoint_now,
    current_key,
    jwks,
    log_keys,
    master_key,
    origin,
    record_rotation,
    sign,
    verify,
)
from vedette.audit.actions import record
from vedette.audit.notes import read_checkpoint
from vedette.audit.sealing import seal
from vedette.kit.actions import install
from vedette.kit.signing import BadSignature


@pytest.fixture
def home(db, settings, tmp_path):
    """A home agency with a master key file of its own."""
    settings.VEDETTE_KEY_FILE = tmp_path / "vedette.key"
    return record_agency(key="home", name="Home Department", kind="home")


def test_the_key_file_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "new" / "vedette.key"
    made = keyfile.make_key(path)
    assert len(made) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keyfile.make_key(path) == made == keyfile.read_key(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["vedette.key"]


def test_a_key_file_that_others_can_read_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "vedette.key"
    keyfile.make_key(path)
    path.chmod(0o640)
    with pytest.raises(KeyProblem, match="chmod 0600"):
        keyfile.read_key(path)


@pytest.mark.parametrize("text", ["", "short", "QUJD", "é"])
def test_a_file_that_is_no_key_is_refused(tmp_path, text):
    path = tmp_path / "vedette.key"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(KeyProblem):
        keyfile.read_key(path)


def test_the_paper_copy_comes_back_as_typed_by_a_tired_person():
    key = os.urandom(32)
    paper = keyfile.paper_copy(key)
    typed = paper.lower().replace(" ", "  ")
    assert keyfile.from_paper(paper) == keyfile.from_paper(typed) == key
    assert all(len(line) < 60 for line in paper.splitlines())


def test_a_mistyped_line_of_the_paper_copy_is_named():
    lines = keyfile.paper_copy(b"\x07" * 32).splitlines()
    place = lines[1].index(":") + 3
    wrong = "X" if lines[1][place] != "X" else "Y"
    lines[1] = lines[1][:place] + wrong + lines[1][place + 1 :]
    with pytest.raises(KeyProblem, match="Line 2"):
        keyfile.from_paper("\n".join(lines))
    with pytest.raises(KeyProblem, match="not whole"):
        keyfile.from_paper("\n".join(keyfile.paper_copy(b"\x07" * 32).splitlines()[:-1]))


def test_private_keys_are_stored_only_wrapped_and_bound_to_their_purpose(home):
    key = current_key(SIGNING)
    private = keyfile.unwrap(master_key(), bytes(key.wrapped), f"signing:{key.kid}")
    assert private not in bytes(key.wrapped)
    with pytest.raises(KeyProblem):
        keyfile.unwrap(master_key(), bytes(key.wrapped), f"checkpoint:{key.kid}")


def test_what_the_agency_signs_is_verified_and_what_it_did_not_is_refused(home):
    document = {"text": "Gare du Nord", "number": 3}
    compact, detached = sign(document), sign(document, detached=True)
    assert verify(compact, jwks()) == document
    assert verify(detached, jwks(), document) == document
    with pytest.raises(BadSignature):
        verify(detached, jwks(), {**document, "number": 4})
    with pytest.raises(BadSignature):
        verify(compact, {"keys": []})
    head, body, tail = compact.split(".")
    with pytest.raises(BadSignature):
        verify(f"{head}.{body}.{tail[::-1]}", jwks())


def test_a_signature_without_or_with_another_algorithm_is_refused(home):
    from vedette.kit.signing import encode

    kid = current_key(SIGNING).kid
    for algorithm in ("none", "HS256", "EdDSA"):
        header = encode(f'{{"alg":"{algorithm}","kid":"{kid}"}}'.encode())
        with pytest.raises(BadSignature):
            verify(f"{header}.{encode(b'{}')}.{encode(b'x' * 64)}", jwks())


def test_rotation_closes_the_old_key_and_keeps_it_published(home):
    old = sign({"a": 1})
    first = current_key(SIGNING)
    second = record_rotation(SIGNING)
    first.refresh_from_db()
    assert first.until == second.since
    assert current_key(SIGNING) == second
    assert verify(old, jwks()) == {"a": 1}
    assert current_key(CHECKPOINT) != second


@pytest.mark.parametrize(("kind", "front"), [("real", "home-"), ("exercise", "EXERCISE-home-"), ("test", "TEST-home-")])
def test_the_key_id_says_what_kind_of_database_signs(home, kind, front):
    install(kind, home.id)
    assert current_key(SIGNING).kid.startswith(front)


def test_checkpoints_are_signed_when_there_is_something_new(home):
    install("test", home.id)
    assert checkpoint_now() is None
    record(None, "sheet.opened", [home.id])
    seal()
    made = checkpoint_now()
    note = read_checkpoint(made.note)
    assert (note.origin, note.size) == (origin(), 1)
    assert note.signed_by(log_keys()[0])
    assert checkpoint_now() is None


def test_a_missing_key_file_is_said_and_never_replaced_in_silence(home, settings, tmp_path):
    sign({})
    settings.VEDETTE_KEY_FILE = tmp_path / "elsewhere.key"
    with pytest.raises(KeyProblem, match="stored files and second factors stay closed"):
        sign({})
    assert not settings.VEDETTE_KEY_FILE.exists()


def test_another_installations_key_file_is_named_as_such(home, settings, tmp_path):
    sign({})
    settings.VEDETTE_KEY_FILE = tmp_path / "other.key"
    keyfile.make_key(settings.VEDETTE_KEY_FILE)
    with pytest.raises(KeyProblem, match="another installation"):
        sign({})


def test_one_key_a_purpose_is_in_force(home):
    from django.db import IntegrityError

    key = current_key(SIGNING)
    with pytest.raises(IntegrityError):
        AgencyKey.objects.create(
            agency=key.agency, purpose=key.purpose, kid="another", public=key.public, since=key.since
        )
