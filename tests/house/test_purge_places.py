"""Every column that may hold words of a record is blanked by a purge, kept for a stated reason, or no record's at all."""

import pytest
from django.db import connection

from vedette.handling.purging import PLACES

# Tables that hold no words of a record: who and what there is, plans, counters, the log's own arithmetic, the orders themselves.
NOT_OF_RECORDS = {
    "agencies_": "agencies, people, seats and their keys",
    "alerts_duty": "who is on duty", "alerts_escalation": "who was told of a clock", "alerts_ladder": "plans of escalation",
    "audit_checkpoint": "signed sizes of the log", "audit_node": "hashes", "audit_sealing": "one counter",
    "auth_": "unused tables of the framework", "django_": "sessions hold ids, migrations hold names",
    "exercises_replay": "which public chronology is replayed",
    "funding_books": "which currency", "funding_rate": "rates of currencies", "funding_funder": "who pays",
    "funding_grant": "money promised", "funding_ceiling": "money promised", "funding_payer": "rules of who pays",
    "funding_allocation": "sums", "funding_entry": "sums", "funding_line": "sums", "funding_claim": "sums",
    "funding_commitmentpart": "sums", "funding_postshare": "which department shares a post",
    "funding_payment": "sums, and a note on the transfer", "funding_gift": "what was given in kind, by whom",
    "handsets_lateanswer": "ids, and which of three reasons",
    "handsets_handset": "which phones there are", "handsets_packet": "ids and hashes of what phones sent",
    "handling_accessclass": "classes", "handling_purge": "the orders say why, never what", "handling_referencecounter": "counters",
    "incidents_basis": "ids", "incidents_catalogueentry": "the public record of past incidents",
    "incidents_measure": "the public record of past incidents",
    "kit_": "which installation this is", "live_": "ids of happenings, and how loops fare", "places_": "the gazetteer",
    "programme_agreement": "treaties between agencies", "programme_clause": "treaties between agencies",
    "programme_hostcaveat": "rules of a host", "programme_post": "posts and who stands there",
    "programme_missionneed": "skills and languages", "programme_qualification": "what officers can do",
    "programme_away": "when officers are away", "programme_honour": "what officers were honoured for",
    "reporting_questionlist": "ready questions", "reporting_reading": "who read, in which role",
    "response_playbook": "plans", "response_site": "protected places",
    "sharing_reply": "ids", "sharing_standingrule": "what is drafted for which partner under which clause",
    "sharing_sending": "how far a release is on its way", "sharing_delivery": "to whom, when", "sharing_recipient": "to whom", "sharing_rest": "ids",
}  # fmt: skip
WORDY = "('text', 'varchar', '_text', '_varchar', 'json', 'jsonb', 'bytea', 'tsvector', 'vector')"


def columns() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            f"WHERE table_schema = 'public' AND udt_name IN {WORDY}"
        )
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_every_column_that_may_hold_words_is_purged_or_says_why_not():
    told = {(place.table, column) for place in PLACES.values() for column in (*place.blanks, *place.keeps)}
    untold = {pair for pair in columns() - told if not pair[0].startswith(tuple(NOT_OF_RECORDS))}
    assert sorted(untold) == []
    assert sorted(told - columns()) == []


@pytest.mark.django_db
def test_every_place_has_its_function_and_every_function_its_place():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosecdef, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND proname LIKE 'purge\\_%' AND proname NOT IN ('purge_check', 'purge_passes')"
        )
        rows = cursor.fetchall()
    assert {name for name, _definer, _settings in rows} == {f"purge_{table}" for table in PLACES}
    assert [
        name for name, definer, settings in rows if not definer or "search_path=public, pg_temp" not in settings
    ] == []


@pytest.mark.django_db
def test_every_column_a_place_declares_is_one_its_function_sets():
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'purge\\_%'")
        bodies = dict(cursor.fetchall())
    unset = [
        f"{place.table}.{column}"
        for place in PLACES.values()
        for column in place.blanks
        if f"{column} = " not in bodies[f"purge_{place.table}"].replace('"', "")
    ]
    assert unset == []
