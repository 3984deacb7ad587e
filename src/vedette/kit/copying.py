"""Rows by the thousand: written by COPY, in the transaction at hand, under the same constraints and triggers as any other."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def copy_rows(
    table: type[models.Model], same: Mapping[str, Any], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Write rows whose `columns` are given one by one and whose other values are the `same`; how many.

    Names are the attributes of the model (`agency_id`); what is not named takes the field's own default.
    """
    by_name: dict[str, Any] = {field.attname: field for field in table._meta.concrete_fields}
    others = [field for name, field in by_name.items() if name not in columns]
    rest = tuple(_stored(field, same) for field in others)
    names = [sql.Identifier(field.column) for field in (*(by_name[name] for name in columns), *others)]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table._meta.db_table), sql.SQL(", ").join(names)
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row((*row, *rest))
            count += 1
    return count


def _stored(field: Any, same: Mapping[str, Any]) -> Any:
    value = same[field.attname] if field.attname in same else field.get_default()
    return field.get_db_prep_save(value, connection)
