"""How long a page of a search takes: every filter, every order, shallow and deep, on a case of made-up claims.

Run: python benchmarks/search.py [CLAIMS] [CASE] (20,000 by default, in a temporary file). CASE is made where it is not
there; one that is there is used as it is. A page is a hundred claims; `load` is what it takes to fetch them as records.
CPU is this process's, on PostgreSQL the server's as well where it runs here.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from made_up_case import COMMON, MIDDLING, RARE, fill
from sqlalchemy import func, select, text

from sijill.casefile import CaseFile, State
from sijill.casefile.schema import claim_actor, claim_place, claim_source, search_claim
from sijill.casefile.search import Box, Circle, Number, Role, Search, Sort, find
from sijill.casefile.search import count as count_of
from sijill.casefile.search.cursors import Place, write
from sijill.casefile.search.order import stretches_of
from sijill.casefile.search.query import fingerprint
from sijill.casefile.search.words import wording
from sijill.errors import StoreError
from sijill.model import ClaimType, CountKind, Modality

_LIMIT = 100
_TIMES = 3


def main() -> None:
    """Prints p50 and p95 of each search, and of all."""
    number = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        address = sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "bench.case")
        with _case(address, number) as case:
            print(f"{case.name}: {case.numbers()['claims']:,} claims, {_size(case):,} bytes")
            _measure(case)


def _case(address: str, number: int) -> CaseFile:
    try:
        return CaseFile.open(address, write=False)
    except StoreError:
        with CaseFile.create(address, "bench") as made:
            fill(made, number, lambda claims: print(f"\r{claims:,} claims", end="", file=sys.stderr))
        return CaseFile.open(address, write=False)


def _measure(case: CaseFile) -> None:
    rng = random.Random(3)  # noqa: S311  (no secret is made of it)
    every: list[float] = []
    cpu: list[float] = []
    wording()
    print(f"{'search':<58} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'found':>6}")
    for name, searches in _groups(case):
        wall_of, cpu_of, found = [], [], 0
        for asked in searches:
            for deep in (False, True):
                for _ in range(_TIMES):
                    cursor = _cursor(case, asked, rng) if deep else None
                    took, busy, found = _timed(case, asked, cursor)
                    wall_of.append(took)
                    cpu_of.append(busy)
        every += wall_of
        cpu += cpu_of
        p50, p95 = statistics.median(wall_of), _p95(wall_of)
        print(f"{name:<58} {p50:>8.1f} {p95:>8.1f} {_p95(cpu_of):>8.1f} {found:>6}", flush=True)
    over = sum(took > 300 for took in every)
    print(f"{'all':<58} {statistics.median(every):>8.1f} {_p95(every):>8.1f} {_p95(cpu):>8.1f}")
    print(f"{len(every):,} pages, {over:,} of them over 300 ms, the slowest {max(every):,.0f} ms")
    _others(case)


def _others(case: CaseFile) -> None:
    """What is not a page: loading one, counting."""
    page = case.search(Search(sort=Sort.DATE), limit=_LIMIT)
    started = time.perf_counter()
    case.claims_by_key(page.claims)
    print(f"load: {(time.perf_counter() - started) * 1000:.1f} ms")
    for name, asked in (
        ("all", Search()),
        ("one type", Search(types=(ClaimType.SIEGE,))),
        (COMMON, Search(text=COMMON)),
    ):
        with case.database.reading() as connection:
            started = time.perf_counter()
            number = count_of(connection, asked)
            print(f"count of {name}: {number:,} in {(time.perf_counter() - started) * 1000:.0f} ms")


def _timed(case: CaseFile, asked: Search, cursor: str | None) -> tuple[float, float, int]:
    with case.database.reading() as connection:
        server = _server_cpu(connection)
        started, busy = time.perf_counter(), time.process_time() + server()
        page = find(connection, asked, _LIMIT, cursor)
        took, busy = time.perf_counter() - started, time.process_time() + server() - busy
    return took * 1000, busy * 1000, len(page.claims)


def _server_cpu(connection: Any) -> Callable[[], float]:
    """What asks for the seconds of CPU that the server has spent for this connection; nothing where that is unknown."""
    if connection.dialect.name == "postgresql":
        path = Path(f"/proc/{connection.connection.driver_connection.info.backend_pid}/stat")
        if path.exists():
            tick = os.sysconf("SC_CLK_TCK")
            return lambda: sum(map(int, path.read_text().rsplit(")", 1)[1].split()[11:13])) / tick
    return lambda: 0.0


def _cursor(case: CaseFile, asked: Search, rng: random.Random) -> str:
    """A place somewhere in the order, as the page that ended there would give it."""
    terms = wording().terms(asked.text) if asked.text else ()
    with case.database.reading() as connection:
        at, stretch = rng.choice(list(enumerate(stretches_of(asked, terms, connection.dialect.name))))
        most = int(connection.scalar(select(func.max(search_claim.c.claim))) or 0)
        columns = [search_claim.c[name] for name in stretch.sorted_by]
        key = None
        while key is None or None in key:
            row = select(*columns).where(search_claim.c.claim >= rng.randint(1, most)).order_by(search_claim.c.claim)
            key = connection.execute(row.limit(1)).first()
        return write(Place(at, tuple(key)), fingerprint(asked), case.about()["id"])


def _groups(case: CaseFile) -> Iterator[tuple[str, list[Search]]]:
    """Every search, under a name."""
    filters = dict(_filters(case))
    for sort in Sort:
        ways = [Search(sort=sort, descending=down) for down in (True, False)]
        if sort is not Sort.RELEVANCE:
            yield f"all, by {sort}", ways
    for name, given in filters.items():
        for sorts in ((Sort.DATE, Sort.PUBLISHED), (Sort.COUNT, Sort.KILLED), (Sort.ADDED, Sort.ID)):
            ways = [Search(**given, sort=sort, descending=down) for sort in sorts for down in (True, False)]
            yield f"{name}, by {'/'.join(sorts)}", ways
        if "text" in given:
            yield f"{name}, by relevance", [Search(**given, sort=Sort.RELEVANCE)]
    rng = random.Random(5)  # noqa: S311
    names = list(filters)
    for many in (2, 3):
        mixed = []
        for _ in range(60):
            together: dict[str, Any] = {}
            for name in rng.sample(names, many):
                together |= filters[name]
            if together.get("since", date.min) > together.get("until", date.max):
                continue
            if together.get("published_since", date.min) > together.get("published_until", date.max):
                continue
            sort = rng.choice([sort for sort in Sort if sort is not Sort.RELEVANCE or "text" in together])
            mixed.append(Search(**together, sort=sort))
        yield f"{many} filters of these at random, any order", mixed


def _filters(case: CaseFile) -> Iterator[tuple[str, dict[str, Any]]]:
    place, place_rare = _common_and_rare(case, claim_place.c.key)
    actor, actor_rare = _common_and_rare(case, claim_actor.c.key)
    source, source_rare = _common_and_rare(case, claim_source.c.key)
    with case.database.reading() as connection:
        outlets = connection.execute(text("SELECT outlet FROM search_document GROUP BY outlet ORDER BY count(*) DESC"))
        outlet, *_, outlet_rare = outlets.scalars().all()
    yield "most frequent type", {"types": (next(iter(ClaimType)),)}
    yield "three rare types", {"types": tuple(ClaimType)[-3:]}
    yield "one day", {"since": date(2020, 5, 8), "until": date(2020, 5, 8)}
    yield "one month", {"since": date(2020, 5, 1), "until": date(2020, 5, 31)}
    yield "five years", {"since": date(2017, 1, 1), "until": date(2021, 12, 31)}
    yield "since a day", {"since": date(2023, 1, 1)}
    yield "frequent place", {"places": (place,)}
    yield "rare place", {"places": (place_rare,)}
    yield "places that begin so", {"places": (f"{place[:2]}*",)}
    yield "P-code of a country", {"pcodes": ("SY",)}
    yield "P-code of a district", {"pcodes": ("SY0102",)}
    yield "country", {"countries": ("YE",)}
    yield "precision", {"precisions": ("country",)}
    yield "box of 100 km", {"box": Box(35, 37, 36, 38)}
    yield "box of a country", {"box": Box(32, 35, 38, 43)}
    yield "circle of 20 km", {"circle": Circle(35, 38, 20)}
    yield "circle of 500 km", {"circle": Circle(35, 38, 500)}
    yield "frequent actor", {"actors": (actor,)}
    yield "rare actor, target", {"actors": (actor_rare,), "role": Role.TARGET}
    yield "actor by id", {"actors": ("actor-3",)}
    yield "frequent source", {"sources": (source,)}
    yield "rare source", {"sources": (source_rare,)}
    yield "5 or more killed", {"counts": (Number(CountKind.KILLED, None, 5),)}
    yield "1,000 or more of any", {"counts": (Number(None, None, 1000),)}
    yield "at most 3 killed", {"counts": (Number(CountKind.KILLED, None, None, 3),)}
    yield "asserted", {"modalities": (Modality.ASSERTED,)}
    yield "planned", {"modalities": (Modality.PLANNED,)}
    yield "proposed", {"states": (State.PROPOSED,)}
    yield "unsure", {"states": (State.UNSURE,)}
    yield "frequent outlet", {"outlets": (outlet,)}
    yield "rare outlet", {"outlets": (outlet_rare,)}
    yield "published in a week", {"published_since": date(2020, 5, 1), "published_until": date(2020, 5, 7)}
    yield "published since", {"published_since": date(2018, 1, 1)}
    yield "word of 30 % of reports", {"text": COMMON}
    yield "word of 2 % of reports", {"text": MIDDLING}
    yield "word of 0.02 % of reports", {"text": RARE}
    yield "two words", {"text": f"{COMMON} {MIDDLING}"}
    yield "beginning of a word", {"text": f"{COMMON[:2]}*"}


def _common_and_rare(case: CaseFile, column: Any) -> tuple[str, str]:
    with case.database.reading() as connection:
        query = select(column).group_by(column).order_by(func.count().desc())
        common, *_, rare = connection.scalars(query).all()
    return common, rare


def _size(case: CaseFile) -> int:
    with case.database.reading() as connection:
        if connection.dialect.name == "postgresql":
            return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    return Path(case.name).stat().st_size


def _p95(values: list[float]) -> float:
    return sorted(values)[max(0, int(len(values) * 0.95) - 1)]


if __name__ == "__main__":
    main()
