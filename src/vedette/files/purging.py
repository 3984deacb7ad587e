"""Where files hold content; the ciphertext itself goes once the purge is committed."""

import contextlib

from vedette.files import vault
from vedette.files.models import StoredFile
from vedette.handling.purging import Place

PLACES = (
    # What is kept are hashes, of the text and of the ciphertext; without the key the ciphertext opens no more.
    Place(
        "files_storedfile", "attached files", "held.sheet_id", ("name", "wrapped_key"),
        ("kind", "sha256", "address", "state"),
    ),
)  # fmt: skip


def drop_purged() -> int:
    """Remove the ciphertext of every purged file that still lies there, also what a process that died left; how many."""
    rows = StoredFile.objects.as_house("purged files leave the disk").filter(state=StoredFile.State.PURGED)
    gone = 0
    for address in rows.values_list("address", flat=True):
        with contextlib.suppress(vault.Damaged):
            gone += vault.drop(address)
    return gone
