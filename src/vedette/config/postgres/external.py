"""A PostgreSQL server of the house's own (VEDETTE_DATABASE_URL): checked, never changed beyond what is said here."""

import contextlib
import json
import re
import secrets
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import conninfo, sql

from vedette.config import environment
from vedette.config.postgres import roles
from vedette.config.postgres.binaries import OLDEST
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.files import write_private

Connection = psycopg.Connection[tuple[object, ...]]
PASSWORDS = "external-passwords.json"
# Django's connection entry wants an address, so the parts that psycopg read go back into one.
IN_ADDRESS = ("user", "password", "host", "port", "dbname")
THROWAWAY = "test"
LONGEST = 63
ENCODED = "write @ as %40, / as %2F, : as %3A and % as %25"
WAYS_OUT = (
    ("peer authentication failed", "let {user} in with a password in pg_hba.conf, or name a host in the address"),
    ("no pg_hba.conf entry", "let {user} in from this machine in pg_hba.conf"),
    ("authentication failed", "check the name and the password in the address"),
    ("no password supplied", "check the name and the password in the address"),
    ('role "', "check the name and the password in the address"),
    ("permission denied for database", 'let it in with: GRANT CONNECT ON DATABASE "{dbname}" TO "{user}"'),
    ("too many", "raise its max_connections, or end what holds them"),
    ("ssl", "check sslmode and the certificates in the address"),
    ("certificate", "check sslmode and the certificates in the address"),
)


def database_urls(kind: str, home: Path) -> tuple[str, str]:
    """The owner's and the application's address of the database for this kind (real, demo), ready to migrate."""
    named = _parts("VEDETTE_DATABASE_URL")
    real = named.get("dbname") or "vedette"
    database = real if kind == "real" else f"{real}_{kind}"
    _check_length(database)
    owner = {**named, "dbname": database}
    if kind != "real":
        _create_beside({**named, "dbname": real}, database)
    with _connect(owner) as connection:
        _check_server(connection)
        _check_rights(connection)
        _ensure_extensions(connection, database)
        app = _app_login(connection, owner, home)
        role = app["user"]
        _check_app(connection, role)
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(role))
        )
        roles.grant_defaults(connection, connection.info.user, role)
    _connect(app).close()
    return address(owner), address(app)


def drop_throwaway() -> None:
    """Drop the database of the tests beside the real one, and the login made for it; a login of others' making stays."""
    named = _parts("VEDETTE_DATABASE_URL")
    real = named.get("dbname") or "vedette"
    kept = (psycopg.errors.InsufficientPrivilege, psycopg.errors.DependentObjectsStillExist)
    with _connect({**named, "dbname": real}) as connection, contextlib.suppress(*kept):
        database = sql.Identifier(f"{real}_{THROWAWAY}")
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        if not environment.read("VEDETTE_APP_DATABASE_URL"):
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(f"{real}_{THROWAWAY}_app")))


def address(parts: dict[str, str]) -> str:
    """One address from connection parts; the host goes into the query, where a socket folder is welcome too."""
    extra = {key: value for key, value in parts.items() if key not in IN_ADDRESS or key in {"host", "port"}}
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in extra.items())
    login = quote(parts.get("user", ""), safe="")
    if parts.get("password"):
        login += ":" + quote(parts["password"], safe="")
    return f"postgresql://{login}@/{quote(parts['dbname'], safe='')}" + (f"?{query}" if query else "")


def _parts(name: str) -> dict[str, str]:
    """The connection parts of an address in the environment; what is wrong with one is said without quoting it."""
    named = environment.read(name)
    if "://" in named and named.partition("?")[0].count("@") > 1:
        raise DatabaseUnavailable(f"{name} has more than one @: in a name or password {ENCODED}.")
    try:
        return {key: str(value) for key, value in conninfo.conninfo_to_dict(named).items()}
    except psycopg.ProgrammingError as problem:
        raise DatabaseUnavailable(
            f"{name} is not a PostgreSQL address: postgresql://user:password@host:5432/database, "
            f"where in a name or password {ENCODED}."
        ) from problem


def _connect(parts: dict[str, str]) -> Connection:
    """A connection that commits each statement; a refusal becomes one sentence without the password."""
    try:
        return psycopg.connect(**{"connect_timeout": "10", **parts}, autocommit=True)  # type: ignore[arg-type]
    except psycopg.OperationalError as problem:
        where = f"{parts.get('user', '')}@{parts.get('host', 'localhost')}/{parts['dbname']}"
        said = " ".join(str(problem).split())
        way_out = _way_out(said, parts)
        raise DatabaseUnavailable(f"The database {where} cannot be used ({said[-200:]}): {way_out}.") from problem


def _way_out(said: str, parts: dict[str, str]) -> str:
    """What to do about a refused connection, from what the server or the system said."""
    if re.search(r'database ".*" does not exist', said):
        return f'create it with: CREATE DATABASE "{parts["dbname"]}" ENCODING \'UTF8\' OWNER "{parts.get("user", "")}"'
    # What stands before FATAL is where it was tried: a folder or a host may be called anything.
    reason = said.rpartition("FATAL:")[2].lower()
    found = next(
        (way for mark, way in WAYS_OUT if mark in reason), "check that it runs and that this machine reaches it"
    )
    return found.format(user=parts.get("user", ""), dbname=parts["dbname"])


def _check_length(database: str) -> None:
    """PostgreSQL cuts longer names off without a word, so that two databases would become one."""
    if len(f"{database}_app".encode()) > LONGEST:
        raise DatabaseUnavailable(
            f"The name {database} is too long for a database with a login of its own: choose a shorter one."
        )


def _check_rights(connection: Connection) -> None:
    """The owner's login must own the database and may make tables in its schema public."""
    user, database = connection.info.user, connection.info.dbname
    row = connection.execute(
        """
        SELECT pg_has_role(datdba, 'USAGE'), has_schema_privilege('public', 'CREATE')
        FROM pg_database WHERE datname = current_database()
        """
    ).fetchone()
    if row and not row[0]:
        raise DatabaseUnavailable(
            f'{user} does not own the database {database}; as a superuser run: ALTER DATABASE "{database}" OWNER TO "{user}"'
        )
    if row and not row[1]:
        raise DatabaseUnavailable(
            f"{user} may make no tables in the database {database}; as a superuser run in it: "
            f'ALTER SCHEMA public OWNER TO "{user}"'
        )


def _check_app(connection: Connection, role: str) -> None:
    """The application's login must be no superuser and own nothing here: its missing rights are the protection."""
    row = connection.execute(
        """
        SELECT rolsuper, pg_has_role(rolname, datdba, 'USAGE')
        FROM pg_roles, pg_database WHERE rolname = %s AND datname = current_database()
        """,
        [role],
    ).fetchone()
    if row is None:
        raise DatabaseUnavailable(
            f"The login {role} of VEDETTE_APP_DATABASE_URL does not exist; as a superuser run: "
            f"CREATE ROLE \"{role}\" LOGIN PASSWORD '...'"
        )
    if row[0] or row[1]:
        raise DatabaseUnavailable(
            f"The login {role} is a superuser or owns the database: the application must have a login that owns nothing."
        )


def _create_beside(real: dict[str, str], database: str) -> None:
    """Create the database of another kind beside the real one when it is missing; the real one is untouched."""
    with _connect(real) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            return
        try:
            connection.execute(
                sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(database))
            )
        except psycopg.errors.InsufficientPrivilege as problem:
            raise DatabaseUnavailable(
                f"The database {database} is missing and {connection.info.user} may not create it; as a superuser run: "
                f'CREATE DATABASE "{database}" OWNER "{connection.info.user}" ENCODING \'UTF8\''
            ) from problem
        except psycopg.errors.DuplicateDatabase:
            return


def _check_server(connection: Connection) -> None:
    """Version 15 or later, UTF-8, and a server that accepts writing."""
    version = connection.info.server_version // 10000
    if version < OLDEST:
        raise DatabaseUnavailable(f"The server is PostgreSQL {version}; Vedette needs {OLDEST} or later.")
    row = connection.execute("SELECT pg_is_in_recovery(), current_setting('server_encoding')").fetchone()
    if row and row[0]:
        raise DatabaseUnavailable("The server is a read-only replica: name the primary in VEDETTE_DATABASE_URL.")
    if row and row[1] != "UTF8":
        raise DatabaseUnavailable(
            f"The database {connection.info.dbname} is in {row[1]}; make one with ENCODING 'UTF8'."
        )


def _ensure_extensions(connection: Connection, database: str) -> None:
    """Create the extensions that are missing; those we may not create are named with the statements to run."""
    connection.execute("SET client_min_messages = error")
    present = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
    left: list[str] = []
    for name in (*roles.NEEDED_EXTENSIONS, *roles.WELCOME_EXTENSIONS):
        if name in present:
            continue
        try:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        except psycopg.Error:
            if name in roles.NEEDED_EXTENSIONS:
                left.append(name)
    if left:
        statements = " ".join(f"CREATE EXTENSION {name};" for name in left)
        raise DatabaseUnavailable(
            f"The database {database} lacks the extensions {', '.join(left)}; "
            f"as a superuser, with PostgreSQL's contrib package installed, run in it: {statements}"
        )


def _app_login(connection: Connection, owner: dict[str, str], home: Path) -> dict[str, str]:
    """The application's own login: the one that the environment names, else <database>_app, made when we may."""
    if environment.read("VEDETTE_APP_DATABASE_URL"):
        app = {**_parts("VEDETTE_APP_DATABASE_URL"), "dbname": owner["dbname"]}
        if app.get("user") == connection.info.user:
            raise DatabaseUnavailable(
                "VEDETTE_APP_DATABASE_URL names the owner itself: the application must have a login that owns nothing."
            )
        return {"user": "", **app}
    role = f"{owner['dbname']}_app"
    password = _kept_password(home, f"{role}@{connection.info.host}:{connection.info.port}")
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} LOGIN PASSWORD {}")
    try:
        connection.execute(verb.format(sql.Identifier(role), sql.Literal(password)))
    except psycopg.errors.InsufficientPrivilege as problem:
        word = "ALTER" if known else "CREATE"
        raise DatabaseUnavailable(
            f"The application needs a login of its own and {connection.info.user} may make none; as a superuser run: "
            f"{word} ROLE \"{role}\" LOGIN PASSWORD '...'; and name it in VEDETTE_APP_DATABASE_URL "
            f"(postgresql://{role}:...@{connection.info.host}/{owner['dbname']})."
        ) from problem
    return {**owner, "user": role, "password": password}


def _kept_password(home: Path, login: str) -> str:
    """The generated password of a login, kept in the data folder in a file that only its owner reads."""
    path = home / PASSWORDS
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        held: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if login not in held:
            held[login] = secrets.token_urlsafe(24)
            write_private(path, json.dumps(held))
    except (OSError, ValueError) as problem:
        raise DatabaseUnavailable(f"The file {path} cannot be used ({problem}).") from problem
    return held[login]
