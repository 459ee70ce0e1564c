"""A PostgreSQL server of the tests' own, on a socket in a folder of its own; nothing outside it is touched."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["Server", "binaries", "server"]

_PASSWORD = "right"  # noqa: S105  (of a server that lives for one run of the tests)
_names = itertools.count(1)


class Server:
    """A running server: `database()` makes an empty database and gives its address."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def address(self, name: str, *, user: str = "postgres", password: str | None = None, host: str = "") -> str:
        """The address of a database."""
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@{host}:{self.port}/{name}" + ("" if host else f"?host={self.folder}")

    def database(self) -> str:
        """A new, empty database's address."""
        name = f"case_{next(_names)}"
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)

    def wait(self, running: subprocess.Popen[bytes]) -> None:
        """Until it answers. Raises RuntimeError where it does not start."""
        import psycopg  # noqa: PLC0415  (where there is no server, nothing needs it)

        while running.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                return self.run("SELECT 1")
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text("utf-8"))

    def run(self, statement: str) -> None:
        """Runs SQL as the server's owner."""
        import psycopg  # noqa: PLC0415  (where there is no server, nothing needs it)

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, 15 or newer; None where there is none."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    good = [path for path in found if path.parent.name.isdigit() and int(path.parent.name) >= 15]
    if good:
        return max(good, key=lambda path: int(path.parent.name))
    here = shutil.which("initdb")
    return Path(here).parent if here else None


@contextmanager
def server() -> Iterator[Server]:
    """A server that is stopped and taken away at the end. Skips the test where none can be started."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server program on this machine")
    owner = _owner()
    if owner is None:
        pytest.skip("the tests run as root, and no other user is there to run PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="sijill-pg-"))
    data = folder / "data"
    secret = folder / "secret"
    secret.write_text(_PASSWORD, encoding="utf-8")
    as_root = os.getuid() == 0
    if as_root:
        shutil.chown(folder, owner.pw_name)
        shutil.chown(secret, owner.pw_name)

    def run(*command: str | Path) -> None:
        subprocess.run(
            [str(part) for part in command],
            check=True,
            capture_output=True,
            cwd=folder,
            user=owner.pw_uid if as_root else None,
            group=owner.pw_gid if as_root else None,
            extra_groups=[] if as_root else None,
        )

    try:
        port = _free_port()
        run(programs / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N")
        rules = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (data / "pg_hba.conf").write_text(rules, encoding="utf-8")
        options = (
            f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off "
            "-c synchronous_commit=off -c max_connections=50 -c shared_buffers=32MB"
        )
        watch = f"{programs / 'pg_ctl'} -D {data} -l {folder / 'log'} -w -t 60 -o '{options}' start && read end; "
        watch += f"{programs / 'pg_ctl'} -D {data} -m immediate stop"
        # The server stops when nobody holds the other end of this pipe any more, also where the tests are killed.
        running = subprocess.Popen(
            ["/bin/sh", "-c", watch],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
            user=owner.pw_uid if as_root else None,
            group=owner.pw_gid if as_root else None,
            extra_groups=[] if as_root else None,
        )
        try:
            made = Server(folder, port)
            made.wait(running)
            made.run(f"ALTER USER postgres PASSWORD '{_PASSWORD}'")
            yield made
        finally:
            running.communicate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _owner() -> pwd.struct_passwd | None:
    """Who runs the server: whoever runs the tests, or for root, whom no server runs as, another user."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None
