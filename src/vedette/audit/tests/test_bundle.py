"""A bundle verifies without server and database, and a hostile one does not."""

import copy
import json
import subprocess
import sys
import uuid

import pytest

from vedette.audit.actions import record
from vedette.audit.bundle import Item, entries_of, make_bundle
from vedette.audit.command import verify_bundle
from vedette.audit.notes import LogKey
from vedette.audit.offline import BadBundle, check_bundle, read_bundle
from vedette.audit.sealing import seal
from vedette.kit.canonical import digest
from vedette.kit.errors import Conflict, Missing
from vedette.kit.signing import new_private, public_jwk, sign_document

STRANGER = "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
PRIVATE, PUBLIC = new_private()
JWKS = {"keys": [public_jwk(PUBLIC, kid="home-1")]}


@pytest.fixture
def signed(log) -> dict:
    """A release and a receipt in a log of eleven entries, with the bundle that proves both."""
    log.write(4)
    release = {"id": str(uuid.uuid4()), "text": "Suspects left by train", "label": "TLP:AMBER"}
    receipt = {"id": str(uuid.uuid4()), "release": digest(release).hex(), "action": "acknowledged"}
    first = record(None, "sheet.read", [uuid.UUID(release["id"])], document=digest(release))
    log.write(3)
    second = record(None, "sheet.opened", [uuid.UUID(receipt["id"])], "why he opened it")
    log.write(2)
    seal()
    log.checkpoint()
    items = [
        Item(first.id, release, sign_document(release, PRIVATE, "home-1")),
        Item(second.id, receipt, sign_document(receipt, PRIVATE, "home-1", detached=True)),
    ]
    made = make_bundle(items, log_keys=[log.key], jwks=JWKS)
    return json.loads(json.dumps(made))


def refused(bundle: dict, trusted=()) -> str:
    with pytest.raises(BadBundle) as caught:
        check_bundle(read_bundle(json.dumps(bundle).encode()), trusted)
    return str(caught.value)


def test_an_honest_bundle_stands_under_the_key_the_reader_holds(log, signed):
    proved = check_bundle(signed, [log.key])
    assert proved.trusted
    assert proved.size == 11
    assert "its signature stands" in proved.sentences[1]
    assert not check_bundle(signed).trusted


def test_a_typed_reason_does_not_travel_in_a_bundle(signed):
    assert "why he opened it" not in json.dumps(signed)
    assert len(signed["items"][1]["entry"]["reason"]) == 64


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("items", 0, "entry", "code"), "sheet.opened"),
        (("items", 0, "entry", "real_at"), "2020-01-01T00:00:00.000000Z"),
        (("items", 0, "entry", "actor"), STRANGER),
        (("items", 0, "entry", "objects"), []),
        (("items", 0, "index"), 5),
        (("items", 0, "index"), -1),
        (("items", 0, "index"), True),
        (("items", 0, "index"), 10**30),
        (("items", 0, "path"), []),
        (("items", 0, "path"), ["00" * 32] * 4),
        (("items", 0, "path"), ["00" * 32] * 10_000),
        (("items", 0, "path"), [None]),
        (("items", 0, "path"), "00"),
        (("items", 0, "document", "text"), "Suspects stayed"),
        (("items", 0, "document"), ["Suspects stayed"]),
        (("items", 0, "jws"), "a.b.c"),
        (("items", 0, "jws"), 7),
        (("items", 1, "document", "id"), STRANGER),
        (("items", 1, "document", "action"), "refused"),
        (("items", 1, "entry"), None),
        (("items",), []),
        (("items",), {}),
        (("checkpoint",), "vedette/test/log\n11\nAAAA\n\n— vedette/test/log AAAA\n"),
        (("checkpoint",), "nonsense"),
        (("checkpoint",), None),
        (("log_keys",), []),
        (("log_keys",), ["vedette/test/log+00000000+AAAA"]),
        (("keys",), {"keys": []}),
        (("keys",), {"keys": [{"kid": "home-1", "kty": "oct", "k": "AAAA"}]}),
        (("form",), "vedette-bundle/2"),
    ],
)
def test_a_bundle_that_was_tampered_with_does_not_stand(log, signed, where, value):
    check_bundle(signed, [log.key])
    bundle, place = copy.deepcopy(signed), None
    place = bundle
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    assert refused(bundle)


def test_a_bundle_forged_whole_under_another_key_fails_for_a_reader_who_holds_ours(log, signed):
    stranger = LogKey(log.key.name, new_private()[1])
    assert "another log's, or forged" in refused(signed, [stranger])


def test_the_signature_of_another_document_does_not_serve(log, signed):
    signed["items"][1]["jws"] = signed["items"][0]["jws"]
    assert refused(signed)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff", b"[]", b"{}",
     b'{"form":"vedette-bundle/1"}', b'{"form":"vedette-bundle/1","form":"vedette-bundle/1"}',
     b"[" * 200_000, b'{"form":NaN}', b"x" * (21 * 1024 * 1024)],
    ids=["empty", "not text", "list", "no form", "no parts", "doubled", "deep", "not a number", "too large"],
)  # fmt: skip
def test_a_file_that_is_no_bundle_is_refused(raw):
    with pytest.raises(BadBundle):
        check_bundle(read_bundle(raw))


def test_what_the_log_has_not_signed_yet_gets_no_bundle(log):
    entry = log.sealed(1)[0]
    with pytest.raises(Conflict):
        make_bundle([Item(entry.id)], log_keys=[log.key], jwks=JWKS)
    with pytest.raises(Missing):
        make_bundle([Item(uuid.uuid4())], log_keys=[log.key], jwks=JWKS)


def test_the_entries_of_a_sheet_are_found_oldest_first(log):
    sheet = uuid.uuid4()
    keys = [record(None, code, [sheet]).id for code in ("report.filed", "sheet.opened", "sheet.opened")]
    log.write(2)
    assert [item.entry for item in entries_of(sheet)] == keys
    assert [item.entry for item in entries_of(sheet, ["report.filed"])] == keys[:1]


def test_the_command_says_what_stands_and_what_does_not(log, signed, tmp_path, capsys):
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(signed))
    assert verify_bundle(path, [log.key]) == 0
    assert "STANDS: signed by the key you named." in capsys.readouterr().out
    assert verify_bundle(path, []) == 0
    assert log.key.text() in capsys.readouterr().out
    signed["items"][0]["entry"]["code"] = "sheet.opened"
    path.write_text(json.dumps(signed))
    assert verify_bundle(path, [log.key]) == 1
    assert "DOES NOT STAND" in capsys.readouterr().err


@pytest.mark.fault
def test_offline_means_without_django_settings_server_or_database(log, signed, tmp_path):
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(signed))
    script = (
        "import sys; from vedette.cli import main; code = main(sys.argv[1:]); "
        "assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')]; sys.exit(code)"
    )
    command = [sys.executable, "-c", script, "verify", str(path), "--key", log.key.text()]
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}, check=False)
    assert done.returncode == 0, done.stderr
    assert "STANDS" in done.stdout
