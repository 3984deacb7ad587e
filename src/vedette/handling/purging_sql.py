"""The form of a function that blanks one table's content. Migrations call it: what it writes for them never changes."""

SHEETS = "(SELECT sheet_id FROM public.handling_purgeitem WHERE order_id = the_order AND taken)"
GONE = "[purged]"
# The mark is set inside: a function's own `SET vedette.purge` takes a superuser, which the owner of a house is not.
SETTINGS = "SECURITY DEFINER SET search_path = public, pg_temp"
MADE = """
CREATE FUNCTION purge_{table}(the_order uuid) RETURNS bigint LANGUAGE plpgsql {settings} AS $$
DECLARE
    the_moment timestamptz := public.purge_check(the_order);
    touched bigint;
BEGIN
    PERFORM set_config('vedette.purge', 'on', true);
    UPDATE public.{table} AS held SET {sets} WHERE {where};
    GET DIAGNOSTICS touched = ROW_COUNT;
    PERFORM set_config('vedette.purge', '', true);
    RETURN touched;
END $$;
REVOKE ALL ON FUNCTION purge_{table}(uuid) FROM PUBLIC;
"""


def blanking(table: str, sets: str, where: str) -> tuple[str, str]:
    """The statement that makes a table's function and the one that drops it.

    `{sheets}` are the sheets the order takes, `the_moment` is when it was approved, `held` is the table.
    """
    sets, where = sets.replace("{sheets}", SHEETS), where.replace("{sheets}", SHEETS)
    made = MADE.format(table=table, sets=sets, where=where, settings=SETTINGS)
    return made, f"DROP FUNCTION purge_{table}(uuid);"


def made(*functions: tuple[str, str]) -> tuple[str, str]:
    """Many of them as one step of a migration."""
    return "".join(make for make, _drop in functions), "".join(drop for _make, drop in functions)
