"""One database under a case file: SQLite or PostgreSQL, many who read and one at a time who writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from sijill.casefile import postgresql, sqlite
from sijill.casefile.failures import reason
from sijill.casefile.schema import REVISIONS
from sijill.errors import StoreError

__all__ = ["WAIT_S", "Database", "create_whole", "open_database", "upgrade_database"]

# The schema that is made.
TARGET = "head"
# How long a writer waits for another one to finish.
WAIT_S = 30.0


class Database:
    """An open database. `name` is its path or address, without a password; `kind` sqlite or postgresql.

    `reading` and `writing` are the only ways in: one is a view of one moment, the other the one writer there is; what
    is written in it is there whole or, after any error, not at all. Both turn the database's errors into StoreError.
    """

    def __init__(self, engine: Engine, name: str, *, wait_s: float = WAIT_S, write: bool = True) -> None:
        self.engine, self.name, self.kind, self.write = engine, name, engine.dialect.name, write
        self._wait_s = wait_s
        self._driver = engine.dialect.import_dbapi()
        if self.kind == "sqlite":
            event.listen(engine, "begin", sqlite.begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the case as it is now, whatever is written meanwhile."""
        options = {} if self.kind == "sqlite" else postgresql.READING
        with self.translated(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, hurrying: bool = False) -> Iterator[Connection]:
        """A connection that may write; nobody else writes until it is done. Raises StoreError after a long wait.

        What was written is on the disk afterwards; with `hurrying` (on SQLite), when the next is that does not hurry.
        """
        if not self.write:
            raise StoreError(f"{self.name}: opened for reading only")
        with self.translated(), self._writer(hurrying=hurrying) as connection, connection.begin():
            if self.kind == "postgresql":
                postgresql.lock(connection, self._wait_s)
            yield connection

    @contextmanager
    def for_writing(self) -> Iterator[Database | None]:
        """The database opened so that it can be written, whatever this one was opened for; None where it cannot be."""
        if self.write:
            yield self
        elif self.kind == "postgresql":
            yield Database(self.engine, self.name, wait_s=self._wait_s)
        else:
            try:
                database = _opened(self.name, write=True, wait_s=self._wait_s)
            except StoreError:
                yield None
                return
            try:
                yield database
            finally:
                database.close()

    def _writer(self, *, hurrying: bool = False) -> Connection:
        return self.engine.connect().execution_options(**(sqlite.HURRYING if hurrying else sqlite.WRITING))

    def upgrade(self, target: str = "head") -> tuple[str | None, str | None]:
        """Brings the schema to `target`; the names of the schemas before and after."""
        from sijill.casefile.migrations import upgrade  # noqa: PLC0415  (Alembic, which only this needs)
        from sijill.casefile.search.index import rebuild  # noqa: PLC0415  (the words of the language as well)

        with self.translated(), self._writer() as connection, connection.begin():
            before = revision_of(connection)
            if before is not None and before not in REVISIONS:
                raise StoreError(f"{self.name}: made by a newer Sijill (schema {before}); install that")
            upgrade(connection, target)
            after = revision_of(connection)
            if before is not None and before != after == REVISIONS[-1]:
                rebuild(connection)
            return before, after

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Errors of the database as one line for a person; so is what comes of a damaged cell."""
        try:
            yield
        except (SQLAlchemyError, self._driver.Error) as error:
            raise StoreError(f"{self.name}: {reason(error, self._wait_s)}") from error
        except (ValueError, IndexError, msgspec.MsgspecError) as error:
            said = " ".join(str(error).split())[:120]
            raise StoreError(f"{self.name}: a damaged row ({said}); see 'sijill case verify'") from error

    def clear(self) -> None:
        """Takes every table of a PostgreSQL schema away: what is left of a case that could not be made."""
        with self.translated(), self._writer() as connection, connection.begin():
            quote = connection.dialect.identifier_preparer.quote
            for name in inspect(connection).get_table_names():
                connection.execute(text(f"DROP TABLE {quote(name)} CASCADE"))
            connection.execute(text("DROP FUNCTION IF EXISTS sijill_append_only"))

    def close(self) -> None:
        """Closes every connection. What SQLite kept beside the file goes into it."""
        self.engine.dispose()


@contextmanager
def create_whole(address: str | Path, *, wait_s: float = WAIT_S) -> Iterator[Database]:
    """An empty database with the newest schema, to be filled: afterwards it is there whole, or not at all.

    Raises StoreError where something is there already. It is closed at the end.
    """
    if postgresql.is_address(address):
        database = Database(*postgresql.engine(str(address), wait_s), wait_s=wait_s)
        try:
            with database.reading() as connection:
                filled = bool(inspect(connection).get_table_names())
                half = filled and _half_made(connection)
            if half:
                database.clear()
            elif filled:
                raise StoreError(f"{database.name}: something is in it already; a case needs an empty database")
            database.upgrade(TARGET)
            try:
                yield database
            except BaseException:
                database.clear()
                raise
        finally:
            database.close()
        return
    path = Path(address)
    with sqlite.new_file(path) as temporary:
        database = Database(sqlite.engine(temporary, wait_s), str(path), wait_s=wait_s)
        try:
            database.upgrade(TARGET)
            yield database
        finally:
            database.close()


def open_database(address: str | Path, *, write: bool = True, wait_s: float = WAIT_S) -> Database:
    """A database with a case in it. Raises StoreError where there is none, or its schema is not that of this code.

    `write` False opens a file so that it cannot be changed, which works in a folder that cannot be written too.
    """
    database = _opened(address, write=write, wait_s=wait_s)
    try:
        with database.reading() as connection:
            revision = revision_of(connection)
    except StoreError:
        database.close()
        raise
    if revision is None:
        problem = "no case is in it (make one with 'sijill case init')"
    elif revision not in REVISIONS:
        problem = f"made by a newer Sijill (schema {revision}); install that"
    elif revision != REVISIONS[-1]:
        problem = f"made by an older Sijill (schema {revision}); bring it up with 'sijill case upgrade'"
    else:
        return database
    database.close()
    raise StoreError(f"{database.name}: {problem}")


def upgrade_database(address: str | Path, *, wait_s: float = WAIT_S) -> tuple[Database, str, str]:
    """The database brought to the newest schema, and the names of the schemas before and after.

    Raises StoreError where there is no case, or one of a newer Sijill.
    """
    database = _opened(address, write=True, wait_s=wait_s)
    try:
        before, after = database.upgrade()
    except StoreError:
        database.close()
        raise
    return database, str(before), str(after)


def revision_of(connection: Connection) -> str | None:
    """The name of the schema in the database; None where there is no case."""
    names = inspect(connection).get_table_names()
    if not {"alembic_version", "audit"} <= set(names):
        return None
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if revision is None else str(revision)


def _half_made(connection: Connection) -> bool:
    """Whether somebody was stopped while making a case here: the tables are there, and the first entry is not."""
    return revision_of(connection) in REVISIONS and connection.scalar(text("SELECT count(*) FROM audit")) == 0


def _opened(address: str | Path, *, write: bool, wait_s: float) -> Database:
    if postgresql.is_address(address):
        return Database(*postgresql.engine(str(address), wait_s), wait_s=wait_s, write=write)
    path = Path(address)
    sqlite.check(path, write=write)
    return Database(sqlite.engine(path, wait_s, write=write), str(path), wait_s=wait_s, write=write)
