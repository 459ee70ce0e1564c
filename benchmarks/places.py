"""What a gazetteer costs: building it (CPU seconds, memory, file), opening it, asking it.

    python benchmarks/places.py [FOLDER or FILE ...]

With dumps, those are built; without, a dump of 80,000 made-up places is. Each step runs in a process of its own, so
that its memory is its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PLACES = 80_000
_ASKED = 40_000
_WORDS = ("وادي", "تل", "عين", "كفر", "خربة", "بني", "ام", "رأس", "جب", "بيت", "دار", "حوش")
_LETTERS = "ابتجحدرزسشصطعفقكلمنهوي"


def _made(path: Path) -> Path:
    """A dump of places as GeoNames writes it, a third of them without an Arabic name."""
    rng = random.Random(7)  # noqa: S311 (no secret is made of it)
    rows = []
    for number in range(1, _PLACES + 1):
        arabic = f"{rng.choice(_WORDS)} ال{''.join(rng.choices(_LETTERS, k=5))}" if number % 3 else ""
        lat, lon = 32 + rng.random() * 5, 36 + rng.random() * 6
        cells = (number, f"Place {number}", f"Place {number}", arabic, f"{lat:.5f}", f"{lon:.5f}", "P", "PPL", "SY")
        rows.append("\t".join(map(str, (*cells, "", f"{number % 14:02}", "", "", "", 0, "", "", "", "2024-01-01"))))
    path.write_text("\n".join(rows), "utf-8")
    return path


def _build(target: str, *inputs: str) -> dict[str, float]:
    from sijill.places.builder import build  # noqa: PLC0415 (imports are part of what is measured elsewhere)

    start = time.process_time()
    built = build([Path(name) for name in inputs], Path(target))
    return {
        "build, CPU s": time.process_time() - start,
        "build, MB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "places": built.outputs[0].places,
        "file, MB": Path(target).stat().st_size / 1e6,
    }


def _ask(target: str) -> dict[str, float]:
    from sijill.places.store import open_gazetteer  # noqa: PLC0415 (the same)

    # Which keys there are is asked elsewhere, so that it does not count here.
    code = (
        "import sys; from sijill.places.store import open_gazetteer as o;"
        "print(*(k for k, in o(sys.argv[1]).rows_of('SELECT DISTINCT key FROM name')), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code, target], capture_output=True, text=True, check=True)
    keys = done.stdout.splitlines()
    random.Random(7).shuffle(keys)  # noqa: S311 (no secret is made of it)
    keys = keys[:_ASKED]
    before = _resident()
    start = time.perf_counter()
    gazetteer = open_gazetteer(target)
    opened = time.perf_counter() - start
    start = time.process_time()
    found = sum(len(gazetteer.exact(key)) for key in keys)
    hits = time.process_time() - start
    start = time.process_time()
    for key in keys:
        gazetteer.exact(f"{key} ؟")
    misses = time.process_time() - start
    return {
        "open, ms": opened * 1000,
        "look-ups a second, found": len(keys) / hits,
        "look-ups a second, not found": len(keys) / misses,
        "places for a name": found / len(keys),
        "resident, MB more": _resident() - before,
    }


def _resident() -> float:
    """The memory that this process has now, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * resource.getpagesize() / 1024**2 if status.exists() else 0.0


def _alone(step: str, *arguments: str) -> dict[str, float]:
    """One step in a process of its own."""
    command = [sys.executable, __file__, step, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def main() -> None:
    """Print the figures."""
    if sys.argv[1:2] == ["--build"]:
        print(json.dumps(_build(*sys.argv[2:])))
        return
    if sys.argv[1:2] == ["--ask"]:
        print(json.dumps(_ask(*sys.argv[2:])))
        return
    with tempfile.TemporaryDirectory() as folder:
        inputs = sys.argv[1:] or [str(_made(Path(folder, "made.txt")))]
        target = str(Path(folder, "gazetteer.sqlite"))
        for name, figure in {**_alone("--build", target, *inputs), **_alone("--ask", target)}.items():
            print(f"{name + ':':32}{figure:12,.1f}")


if __name__ == "__main__":
    main()
