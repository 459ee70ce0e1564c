"""Build the wheel, install it in an empty environment, and read a report there: no file may be missing.

Prints one line; raises SystemExit with the reason where something is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "sijill"
REPORT = ROOT / "examples" / "reports.jsonl"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sijill-wheel-") as folder:
        wheel = build(Path(folder))
        check_contents(wheel)
        python = install(wheel, Path(folder) / "env")
        lines = read_there(python, Path(folder))
    claims = sum(line.count(b'"trigger_text"') for line in lines)
    if not claims:
        raise SystemExit("the installed wheel found no claim in the examples")
    print(f"{wheel.name}: complete; it reads {len(lines)} reports and {claims} claims in an empty environment")


def build(folder: Path) -> Path:
    """The wheel, built with the tools that are installed here."""
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)])
    return next(folder.glob("*.whl"))


def check_contents(wheel: Path) -> None:
    """Every file of the package stands in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    sources = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    missing = sorted(
        name for path in sources if (name := f"sijill/{path.relative_to(PACKAGE).as_posix()}") not in packed
    )
    if missing:
        raise SystemExit(f"not in the wheel: {', '.join(missing)}")


def install(wheel: Path, home: Path) -> Path:
    """An environment with nothing but the wheel and what it asks for; its Python."""
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    constraints = str(ROOT / "constraints.txt")
    run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", constraints, str(wheel)])
    return python


def read_there(python: Path, folder: Path) -> list[bytes]:
    """The examples as the installed wheel reads them, and as the working tree does: they must be equal."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    there = run([str(python.parent / "sijill"), "read", "--json", str(REPORT)], cwd=folder, env=environment)
    here = run([sys.executable, "-m", "sijill", "read", "--json", str(REPORT)], cwd=folder)
    if there != here:
        raise SystemExit("the installed wheel reads the examples otherwise than the working tree")
    return there.splitlines()


def run(command: list[str], cwd: Path = ROOT, env: dict[str, str] | None = None) -> bytes:
    """Standard output of `command`; SystemExit with what it said where it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).decode("utf-8", "replace")[-3000:]
        raise SystemExit(f"{' '.join(command)}\n{said}")
    return done.stdout


if __name__ == "__main__":
    main()
