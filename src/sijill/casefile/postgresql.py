"""PostgreSQL under a case file: one case a database, or a schema of one (`?options=-csearch_path%3Dname`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from sijill.errors import StoreError

__all__ = ["READING", "engine", "is_address", "lock"]

# A view of one moment.
READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
_OLDEST = (15,)
_CONNECT_S = 10


def is_address(address: str | Path) -> bool:
    """Whether `address` names a server's database, not a file."""
    return isinstance(address, str) and address.startswith(_SCHEMES)


def engine(address: str, wait_s: float) -> tuple[Engine, str]:
    """An engine on the database, and its address without the password. Raises StoreError for a wrong address."""
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
        made = create_engine(url, connect_args={"connect_timeout": max(2, min(_CONNECT_S, int(wait_s)))})
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError("an address is written postgresql://user:password@host:port/database") from error
    except ImportError as error:
        raise StoreError("PostgreSQL needs the extra: pip install 'sijill[postgres]'") from error
    name = url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)

    @event.listens_for(made, "first_connect")
    def check(connection: Any, _: Any) -> None:
        version = connection.info.server_version // 10_000
        if version < _OLDEST[0]:
            raise StoreError(f"{name}: PostgreSQL {version} is too old; {_OLDEST[0]} or newer is needed")

    return made, name


def lock(connection: Connection, wait_s: float) -> None:
    """Waits until nobody else writes, and keeps others from it until the transaction ends."""
    connection.execute(text(f"SET LOCAL lock_timeout = {int(wait_s * 1000)}"))
    connection.execute(text("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE"))
