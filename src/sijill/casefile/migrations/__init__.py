"""The way from every released schema to the newest: Alembic's scripts, run by `upgrade`."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

__all__ = ["configuration", "upgrade"]


def configuration() -> Config:
    """Alembic's settings: where the scripts are."""
    config = Config()
    config.set_main_option("script_location", "sijill.casefile:migrations")
    config.set_main_option("path_separator", "newline")
    return config


def upgrade(connection: Connection, target: str = "head") -> None:
    """Brings the database to `target`, in the transaction that is open."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, target)
