"""What a database's error means, in words for the person who has to mend it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

__all__ = ["reason"]

# What stands in the error, and what it means; the first that fits.
_KNOWN = (
    ("database is locked", "another program is writing it, for more than {wait:.0f} seconds now; try again later"),
    ("lock timeout", "another program is writing it, for more than {wait:.0f} seconds now; try again later"),
    ("not a database", "this is no case file"),
    ("disk is full", "the disk is full; what was stored before is whole"),
    ("No space left", "the server's disk is full; what was stored before is whole"),
    ("readonly database", "cannot be written: it is read-only"),
    ("read-only transaction", "cannot be written: the server is read-only"),
    ("malformed", "the file is damaged: restore a backup"),
    ("unable to open database file", "cannot be opened"),
    ("disk I/O error", "the disk cannot be read or written"),
    ("takes new rows only", "a row that may never change was to be changed"),
    ("password authentication failed", "the user or the password is wrong"),
    ("no password supplied", "a password is needed: postgresql://user:password@host/database"),
    ("does not exist", "the server has no such database, user or table"),
    ("permission denied", "the user may not do this"),
    ("Connection refused", "no server answers there"),
    ("No such file or directory", "no server answers there"),
    ("resolve host", "no such server"),
    ("timeout expired", "the server does not answer"),
    ("terminating connection", "the connection to the server was lost; what was stored before is whole"),
    ("closed the connection", "the connection to the server was lost; what was stored before is whole"),
    ("connection is lost", "the connection to the server was lost; what was stored before is whole"),
    ("connection is closed", "the connection to the server was lost; what was stored before is whole"),
)


def reason(error: Exception, wait_s: float) -> str:
    """One line, without SQL and without a password."""
    said = str(error.orig if isinstance(error, DBAPIError) and error.orig is not None else error)
    for part, meaning in _KNOWN:
        if part in said:
            return meaning.format(wait=wait_s)
    return " ".join(said.split())[:300] or type(error).__name__
