"""A marked word filed everywhere, and purged: it is found nowhere in the dump, the files, the index, the papers."""

import base64
import os
import subprocess
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.attacks.filing import MARK, Filed, file_everywhere, proved
from tests.cast import Cast, the_cast
from vedette.alerts.models import Clock
from vedette.audit.sealing import seal
from vedette.audit.verify import verify
from vedette.config.dumping import program
from vedette.config.postgres.privileges import grant
from vedette.config.postgres.scrubbing import scrub
from vedette.config.tests.test_privileges import REFUSED, address, app_login
from vedette.handling.models import PurgeOrder
from vedette.handling.purging import PLACES
from vedette.search import queries as search
from vedette.sharing.actions.purging import approve_purge, order_purge
from vedette.sharing.models import Recall, Release
from vedette.sharing.purge_orders import Order, access_order, proposal

pytestmark = pytest.mark.fault
WORDS = MARK.encode()
# Places that only a second story fills: a withdrawal, a recall, a run that ended, a clock that was stopped.
HARD_TO_FILL = {
    "alerts_clock", "handling_addressee", "response_run", "sharing_correctiondue", "sharing_recall", "sharing_withdrawal",
}  # fmt: skip


def needles() -> list[bytes]:
    """The word as it stands in text, in hexadecimal, and inside base64 at each of the three places it may begin."""
    coded = [base64.b64encode(b"x" * shift + word)[4 if shift else 0 : -4] for word in spelt() for shift in range(3)]
    return (
        [word.lower() for word in spelt()] + [word.hex().encode() for word in spelt()] + [one.lower() for one in coded]
    )


def spelt() -> list[bytes]:
    return [WORDS, WORDS.lower(), WORDS.capitalize()]


@dataclass
class Swept:
    """Where the word was still found: in which tables of the dump, in which files."""

    tables: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


def rows_now() -> Iterator[tuple[str, bytes]]:
    """Every row of every table as the transaction at hand sees it, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT held::text FROM "{table}" AS held')
            yield from ((table, row[0].encode()) for row in cursor.fetchall())


def rows_dumped() -> Iterator[tuple[str, bytes]]:
    """Every line of what pg_dump writes of the database, with the table it belongs to."""
    with psycopg.connect(address()) as session:
        path, _version = program("pg_dump", session.info.server_version // 10000)
    command, table = [path, f"--dbname={address()}", "--schema=public"], ""
    for line in subprocess.run(command, capture_output=True, check=True).stdout.splitlines():
        if line.startswith(b"COPY "):
            table = line.split()[1].decode().removeprefix("public.")
        yield table, line


def sweep(files: Path, rows: Callable[[], Iterator[tuple[str, bytes]]] = rows_now) -> Swept:
    """The whole database, and every byte under the folder of files, searched for the word."""
    found, sought = Swept(), needles()
    for table, line in rows():
        if any(needle in line.lower() for needle in sought):
            found.tables.setdefault(table, line.decode(errors="replace")[:300])
    for place in files.rglob("*"):
        if place.is_file() and any(needle in place.read_bytes().lower() for needle in needles()):
            found.files.append(place.name)
    return found


@pytest.fixture
def cast(db) -> Cast:
    """Made for each test: one of this file commits, and a cast that is kept for a file would be in its way."""
    return the_cast()


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path, monkeypatch) -> None:
    settings.VEDETTE_FILES = str(tmp_path / "files")
    monkeypatch.setattr("vedette.files.vault._master", lambda: b"k" * 32)


def ordered(stage: Cast, filed: Filed, leave: tuple[str, ...] = ()) -> PurgeOrder:
    """The privacy officer asks for all that holds the word."""
    asker = proved(stage.viewer("auditor"))
    found = proposal(asker, filed.report.pk, MARK.upper())
    wanted = [row.sheet.id for row in found.others if row.ticked and row.sheet.kind not in leave]
    return order_purge(
        asker, sheet=filed.report.pk, also=wanted, basis="unlawful", because="It names a man without a predicate.",
        words=MARK,
    )  # fmt: skip


def purge(stage: Cast, filed: Filed, leave: tuple[str, ...] = ()) -> Order:
    """The commander approves what the privacy officer asked for."""
    order = ordered(stage, filed, leave)
    approve_purge(proved(stage.viewer("commander")), order=order.id)
    return access_order(stage.viewer("auditor"), order.id)


@contextmanager
def as_the_application() -> Iterator[None]:
    """What happens here happens under the application's role, which may change no row of an append-only table."""
    own = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(USER=app_login()["user"], PASSWORD=app_login()["password"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(own)


def test_a_word_that_was_filed_everywhere_is_found_nowhere_after_its_purge(transactional_db, tmp_path):
    stage, files = the_cast(), tmp_path / "files"
    filed = file_everywhere(stage)
    assert set(sweep(files, rows_dumped).tables) >= PLACES.keys() - HARD_TO_FILL
    seal()
    order = ordered(stage, filed)
    with psycopg.connect(address(), autocommit=True) as owner:
        grant(owner, app_login()["user"])
    refuses_without_approval(order)
    with as_the_application():
        approve_purge(proved(stage.viewer("commander")), order=order.id)
    after = sweep(files, rows_dumped)
    assert after.tables == {}
    assert after.files == [path for path in files.rglob("*") if path.is_file()] == []
    seal()
    assert verify([]).findings == []
    refuses(order.id)
    # Tests beside this one keep transactions open on the same server, some for a minute.
    assert scrub(address(), say=lambda _said: None, wait=300) == sorted(PLACES)
    assert holding_files() == []


def holding_files() -> list[str]:
    """The files of this database, on the server's own disk, in which the word still lies as it was typed."""
    with psycopg.connect(address()) as session:
        server, key = session.execute(
            "SELECT pg_backend_pid(), (SELECT oid FROM pg_database WHERE datname = current_database())"
        ).fetchone()
        folder = Path(f"/proc/{server}/cwd/base/{key}")
        if os.geteuid() != 0 or not folder.exists():
            return []  # another machine's disk, or another account's: nothing to look at from here
        files = [path for path in folder.iterdir() if path.is_file()]
        return [path.name for path in files if any(word in path.read_bytes() for word in spelt())]


def refuses(order: uuid.UUID) -> None:
    """The application's role calls the functions of a purge by itself, and gets nowhere."""
    with psycopg.connect(address(**app_login()), autocommit=True) as app:
        for place in PLACES:
            with pytest.raises(REFUSED, match="no purge order"):
                app.execute(f"SELECT purge_{place}(%s)", [order])
        with pytest.raises(REFUSED, match="permission denied"):
            app.execute("SELECT purge_check(%s)", [order])


def refuses_without_approval(order: PurgeOrder) -> None:
    refuses(order.id)
    refuses(uuid.uuid4())
    grab = "INSERT INTO handling_purgedecision (id, order_id, approved, because, by_id, at) VALUES (%s, %s, true, '', %s, now())"
    with psycopg.connect(address(**app_login())) as app:
        # One person twice is not two persons, whoever writes it down.
        app.execute(grab, [uuid.uuid4(), order.id, order.by_id])
        with pytest.raises(REFUSED, match="no purge order"):
            app.execute("SELECT purge_reporting_version(%s)", [order.id])
    for statement, why in (
        ("UPDATE reporting_version SET text = ''", "permission denied"),
        ("UPDATE handling_purgeorder SET because = ''", "permission denied"),
        ("UPDATE sharing_release SET title = '' WHERE signed_at IS NOT NULL", "a signed release"),
    ):
        with psycopg.connect(address(**app_login())) as app:
            app.execute("SET vedette.purge = 'on'")
            with pytest.raises(REFUSED, match=why):
                app.execute(statement)


def test_no_page_and_no_paper_says_the_word_after_its_purge(cast, monkeypatch):
    papers: list[str] = []
    monkeypatch.setattr(
        "vedette.formats.pdf.writing.typst.compile",
        lambda *_, sys_inputs, **__: papers.append(sys_inputs["facts"]) or b"%PDF",
    )
    filed = file_everywhere(cast)
    assert said_on_pages(cast, filed, papers) >= {"watch /", "watch /search/?q=river", "releasing release.pdf"}
    papers.clear()
    purge(cast, filed)
    assert said_on_pages(cast, filed, papers) == set()
    assert [search.count(cast.viewer("watch"), word) for word in (MARK, "zarquon")] == [0, 0]


OPENED = {
    "watch": ("/", "/desk/reports/{report}/", "/reports/{report}/pane/", "/search/?q=river", "/incidents/{incident}/"),
    "releasing": ("/brief/{incident}/", "/brief/{incident}.pdf", "/releases/{sent}/", "/releases/{sent}/release.pdf"),
    "analyst": ("/received/", "/ask/", "/incidents/", "/topics/?state=all", "/shift/", "/releases/", "/summaries/"),
    "sergeant": ("/orders/", "/inbox/", "/inbox/{sent}/", "/inbox/{sent}/release.pdf"),
    "officer_a": ("/reports/mine/", "/programme/", "/files/{file}/"),
    "auditor": ("/audit/trail/{reference}/", "/audit/due/"),
}


def said_on_pages(cast: Cast, filed: Filed, papers: list[str]) -> set[str]:
    """Which pages and papers say the word, of those each seat knows the address of."""
    named = {
        "report": filed.report.pk, "incident": filed.incident.pk, "sent": filed.sent.pk, "file": filed.file.pk,
        "reference": filed.report.sheet.reference,
    }  # fmt: skip
    said = set()
    for seat, pages in OPENED.items():
        browser = cast.signed_in(seat)
        for page in pages:
            answer = browser.get(page.format(**named))
            told = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = told.decode(errors="replace") + " ".join(papers)
            papers.clear()
            if MARK.lower() in text.lower():
                said.add(f"{seat} {page.rpartition('/')[2] if page.endswith('.pdf') else page}")
    return said


def test_a_signed_release_keeps_its_digest_and_is_recalled_from_whom_it_reached(cast):
    filed = file_everywhere(cast)
    digest = bytes(filed.sent.digest)
    order = purge(cast, filed)
    row = Release.objects.seen_by(cast.viewer("releasing")).get(pk=filed.sent.pk)
    assert bytes(row.digest) == digest
    assert bytes(row.body) == b""
    assert [len(part) > 0 for part in row.jws.split(".")] == [True, False, True]
    assert Recall.objects.seen_by(cast.viewer("sergeant")).get().because == f"purged by {order.row.reference}"
    due = Clock.objects.seen_by(cast.viewer("sergeant")).filter(sheet=filed.sent.pk, state="running")
    assert [clock.kind for clock in due] == ["recall"]


def test_a_record_that_is_left_is_named_on_the_order_and_keeps_its_words(cast, tmp_path):
    filed = file_everywhere(cast)
    order = purge(cast, filed, leave=("meeting",))
    assert "meeting" in [item.sheet.kind for item in order.left]
    # The condition of its contact stands as a caveat on the meeting's own sheet; what was promised then, and why it was kept, stays.
    kept = {"programme_meeting", "programme_promise", "handling_sheet", "handling_sheetchange", "audit_entry"}
    assert set(sweep(tmp_path / "files").tables) == kept
