"""Compares the shipped tables of places with a dump in GeoNames' layout, name by name (for the authors).

    python scripts/gazetteer/compare.py SY.txt IQ.txt.xz ... [--table places/conflict.csv] [--far]

What comes out: for each country how many of our places the dump knows by name within 3 km, within 10 km, or only
farther away, how many it does not know, and the share within 10 km of those that it knows. `--far` lists the places
that are farther away with the distance to their nearest namesake: a namesake elsewhere, or a wrong point of ours.
Nothing of the dump is written anywhere.
"""

from __future__ import annotations

import argparse
import csv
import io
import lzma
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from sijill.data import read_bytes
from sijill.places.entry import key_of

Points = dict[tuple[str, str], list[tuple[float, float]]]
# Nouns that a dump leaves out of a name (مخيم الهول: الهول).
NOUNS = frozenset({"مخيم", "معبر", "مطار", "حقل", "قاعدة", "سد", "جبل", "حي", "نهر", "ميناء", "منفذ", "حاجز", "معسكر"})
NEAR_KM, FAR_KM = 3.0, 10.0
COUNTED = ("exact", "near")


def km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """The distance in kilometres."""
    half = (
        math.sin(math.radians(lat2 - lat) / 2) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(lat2)) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(half))


def lines(path: Path) -> Iterator[str]:
    """The lines of a dump, packed or not."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf8") as packed:
            yield from packed
    else:
        with path.open(encoding="utf8") as plain:
            yield from plain


def read_dump(paths: list[Path]) -> Points:
    """The points of a dump's places by the key of each name and country."""
    points: Points = defaultdict(list)
    for path in paths:
        for line in lines(path):
            row = line.rstrip("\n").split("\t")
            for name in row[3].split(","):
                if name:
                    points[key_of(name), row[8]].append((float(row[4]), float(row[5])))
    return points


def keys(names: str) -> Iterator[str]:
    """The keys of a row's names, also without the noun that they begin with."""
    for name in names.split("|"):
        yield key_of(name)
        first, _, rest = name.partition(" ")
        if rest and first in NOUNS:
            yield key_of(rest)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dumps", nargs="+", type=Path)
    parser.add_argument("--table", default="places/conflict.csv")
    parser.add_argument("--far", action="store_true")
    options = parser.parse_args()
    points = read_dump(options.dumps)
    countries = {country for _, country in points}
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for row in csv.DictReader(io.StringIO(read_bytes(options.table).decode("utf8"))):
        if row["country"] not in countries or not row["lat"] or row.get("precision", "near") not in COUNTED:
            continue
        here = (float(row["lat"]), float(row["lon"]))
        known = [km(*here, *point) for key in keys(row["names"]) for point in points.get((key, row["country"]), ())]
        nearest = min(known, default=None)
        if nearest is None:
            tally[row["country"]]["unknown"] += 1
            continue
        tally[row["country"]]["3 km" if nearest <= NEAR_KM else "10 km" if nearest <= FAR_KM else "far"] += 1
        if options.far and nearest > FAR_KM:
            print(f"{row['id']}\t{row['names']}\t{row['class']}\t{nearest:.0f} km")
    for country, found in sorted(tally.items()):
        agreed = found["3 km"] + found["10 km"]
        share = agreed / max(1, agreed + found["far"])
        print(country, *(f"{name} {found[name]}" for name in ("3 km", "10 km", "far", "unknown")), f"agree {share:.3f}")


if __name__ == "__main__":
    main()
