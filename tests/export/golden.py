"""The small exports that are kept: `python -m tests.export.golden` writes them anew after a change that is meant."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sijill.export import Loaded, export
from tests.export.samples import ORDER, sample

__all__ = ["FOLDER", "PROFILES", "write"]

FOLDER = Path(__file__).parent / "golden"
PROFILES = ("acled", "csv", "ftm", "geojson", "hxl", "jsonl", "prov", "public-csv", "ucdp", "webanno")
# These name the version of all data, or the hashes of the files that are compared anyway.
_LEFT_OUT = ("manifest.json", "datapackage.json")


def write(profile: str, target: Path, loaded: Loaded) -> None:
    """The sample as `profile`, without the files that change with every version."""
    with tempfile.TemporaryDirectory() as folder:
        export(profile, sample(), Path(folder) / "out", ORDER, loaded=loaded)
        for name in _LEFT_OUT:
            (Path(folder) / "out" / name).unlink()
        shutil.copytree(Path(folder) / "out", target)


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    data = Loaded()
    for each in PROFILES:
        write(each, FOLDER / each, data)
