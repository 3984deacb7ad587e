"""Purge: releases with what was signed, their paragraphs, what was answered, why they were taken back; their guards let it through."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FIXED = """
CREATE OR REPLACE FUNCTION sharing_release_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL AND NOT {passes} THEN
        RAISE EXCEPTION 'a signed release is corrected or recalled, never changed: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION sharing_part_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
    fixed boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
    IF {passes} THEN RETURN part; END IF;
    IF TG_TABLE_NAME = 'sharing_rest' THEN
        SELECT r.signed_at IS NOT NULL INTO fixed FROM sharing_paragraph p
            JOIN sharing_release r ON r.sheet_id = p.release_id WHERE p.id = part.paragraph_id;
    ELSE
        SELECT r.signed_at IS NOT NULL INTO fixed FROM sharing_release r WHERE r.sheet_id = part.release_id;
    END IF;
    IF fixed THEN
        RAISE EXCEPTION 'a part of a signed release does not change: % refused on %', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN part;
END $$;
"""
GUARDS = FIXED.replace("{passes}", "public.purge_passes(TG_RELID, TG_OP)")
BEFORE = FIXED.replace("{passes}", "false")
# Why a release was taken back repeats why a report under it was withdrawn: of both it is the same reason.
TOUCHED = (
    "SELECT paragraph.release_id FROM public.sharing_rest AS rest "
    "JOIN public.sharing_paragraph AS paragraph ON paragraph.id = rest.paragraph_id WHERE rest.sheet_id IN {sheets}"
)
FUNCTIONS, DROPS = made(
    blanking(
        "sharing_release",
        # Of the signature header and seal stay (a detached JWS, RFC 7515 appendix F); the digest stays as it is.
        "title = '[purged]', handling_text = '', because = '', jws = regexp_replace(held.jws, '\\..*\\.', '..'), "
        "body = CASE WHEN held.body IS NULL THEN NULL ELSE ''::bytea END",
        "held.sheet_id IN {sheets}",
    ),
    blanking("sharing_paragraph", "text = '[purged]'", "held.release_id IN {sheets}"),
    blanking(
        "sharing_receipt",
        "text = ''",
        "held.delivery_id IN (SELECT id FROM public.sharing_delivery WHERE release_id IN {sheets})",
    ),
    blanking("sharing_recall", "because = '[purged]'", f"held.release_id IN {{sheets}} OR held.release_id IN ({TOUCHED})"),
    blanking("sharing_withdrawal", "because = '[purged]'", "held.report_id IN {sheets}"),
    blanking(
        "sharing_correctiondue", "because = '[purged]'", "held.release_id IN {sheets} OR held.report_id IN {sheets}"
    ),
    blanking(
        "alerts_clock",
        "last_error = '', stopped_because = CASE held.stopped_because WHEN '' THEN '' ELSE '[purged]' END",
        f"held.sheet_id IN {{sheets}} OR held.sheet_id IN ({TOUCHED})",
    ),
    blanking(
        "handling_addressee",
        "recalled_because = '[purged]'",
        f"held.recalled_because <> '' AND (held.sheet_id IN {{sheets}} OR held.sheet_id IN ({TOUCHED}))",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0002_fixed"), ("alerts", "0001_initial"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(GUARDS + FUNCTIONS, DROPS + BEFORE)]
