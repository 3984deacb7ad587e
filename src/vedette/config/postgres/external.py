"""A PostgreSQL server of the house's own (VEDETTE_DATABASE_URL): checked, never changed beyond what is said here."""

import json
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


def database_urls(kind: str, home: Path) -> tuple[str, str]:
    """The owner's and the application's address of the database for this kind (real, demo), ready to migrate."""
    named = _parts("VEDETTE_DATABASE_URL")
    real = named.get("dbname") or "vedette"
    database = real if kind == "real" else f"{real}_{kind}"
    owner = {**named, "dbname": database}
    if kind != "real":
        _create_beside({**named, "dbname": real}, database)
    with _connect(owner) as connection:
        _check_server(connection)
        _ensure_extensions(connection, database)
        app = _app_login(connection, owner, home)
        role = app["user"]
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(role))
        )
        roles.grant_defaults(connection, connection.info.user, role)
    _connect(app).close()
    return address(owner), address(app)


def address(parts: dict[str, str]) -> str:
    """One address from connection parts; the host goes into the query, where a socket folder is welcome too."""
    extra = {key: value for key, value in parts.items() if key not in IN_ADDRESS or key in {"host", "port"}}
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in extra.items())
    login = quote(parts.get("user", ""), safe="")
    if parts.get("password"):
        login += ":" + quote(parts["password"], safe="")
    return f"postgresql://{login}@/{quote(parts['dbname'], safe='')}" + (f"?{query}" if query else "")


def _parts(name: str) -> dict[str, str]:
    """The connection parts of an address in the environment."""
    try:
        return {key: str(value) for key, value in conninfo.conninfo_to_dict(environment.read(name)).items()}
    except psycopg.ProgrammingError as problem:
        raise DatabaseUnavailable(f"{name} is not a PostgreSQL address ({str(problem).strip()}).") from problem


def _connect(parts: dict[str, str]) -> Connection:
    """A connection that commits each statement; a refusal becomes one sentence without the password."""
    try:
        return psycopg.connect(**{"connect_timeout": "10", **parts}, autocommit=True)  # type: ignore[arg-type]
    except psycopg.OperationalError as problem:
        where = f"{parts.get('user', '')}@{parts.get('host', 'localhost')}/{parts['dbname']}"
        said = " ".join(str(problem).split())
        if "does not exist" in said and "database" in said:
            way_out = f"create it with: CREATE DATABASE \"{parts['dbname']}\" ENCODING 'UTF8'"
        elif "authentication failed" in said or "no password supplied" in said:
            way_out = "check the name and the password in the address"
        else:
            way_out = "check that it runs and that this machine reaches it"
        raise DatabaseUnavailable(f"The database {where} cannot be used ({said[-200:]}): {way_out}.") from problem


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
        raise DatabaseUnavailable(
            f"The application needs a login of its own and {connection.info.user} may make none; as a superuser run: "
            f"CREATE ROLE \"{role}\" LOGIN PASSWORD '...'; and name it in VEDETTE_APP_DATABASE_URL "
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
