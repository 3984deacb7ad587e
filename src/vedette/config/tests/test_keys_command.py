"""`vedette key` and `vedette verify` at the terminal, as far as they need no database."""

import os
import stat

import pytest

from vedette.agencies import keyfile
from vedette.config import keys_command, verify_command


@pytest.fixture
def key_file(tmp_path, monkeypatch):
    """The place of the master key in a house of its own."""
    path = tmp_path / "vedette.key"
    monkeypatch.setenv("VEDETTE_KEY_FILE", str(path))
    return path


def test_what_was_exported_on_paper_is_imported_again(key_file, tmp_path, capsys):
    key = keyfile.make_key(key_file)
    assert keys_command.run(["export"]) == 0
    said = capsys.readouterr().out
    assert "safe" in said
    copy = "\n".join(line for line in said.splitlines() if line[:2] in {"1:", "2:"} or line.startswith("whole"))
    (tmp_path / "paper.txt").write_text(copy)
    assert keys_command.run(["import", str(tmp_path / "paper.txt")]) == 1
    assert "already" in capsys.readouterr().err
    key_file.unlink()
    assert keys_command.run(["import", str(tmp_path / "paper.txt")]) == 0
    assert keyfile.read_key(key_file) == key
    assert stat.S_IMODE(os.stat(key_file).st_mode) == 0o600


def test_a_mistyped_paper_copy_leaves_no_key(key_file, tmp_path, capsys):
    copy = keyfile.paper_copy(b"\x01" * 32)
    (tmp_path / "paper.txt").write_text(copy[:4] + ("Z" if copy[4] != "Z" else "Y") + copy[5:])
    assert keys_command.run(["import", str(tmp_path / "paper.txt")]) == 1
    assert "mistyped" in capsys.readouterr().err
    assert not key_file.exists()


def test_without_a_key_the_export_says_where_it_should_be(key_file, capsys):
    assert keys_command.run(["export"]) == 1
    assert str(key_file) in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--key", "nonsense", "bundle.json"], ["--checkpoint", "/nonexistent", "bundle.json"]]
)
def test_what_cannot_be_looked_at_is_neither_yes_nor_no(words, capsys):
    assert verify_command.run(words) == 2
    assert capsys.readouterr().err


def test_a_bundle_that_is_not_there_is_said(capsys):
    assert verify_command.run(["/nonexistent/bundle.json"]) == 1
    assert "cannot be read" in capsys.readouterr().err
