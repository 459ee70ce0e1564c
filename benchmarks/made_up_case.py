"""A case of very many made-up claims, written straight into the tables: what it takes to measure search, no reader.

Every report has ten claims. Names, places, outlets and words are as unevenly frequent as real ones (Zipf).
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import msgspec
from sqlalchemy import Connection, Index, text
from sqlalchemy.schema import CreateIndex, DropIndex

from sijill import Report
from sijill.casefile import CaseFile, custody, schema
from sijill.casefile.canonical import sha256_of
from sijill.casefile.inserting import insert_rows
from sijill.casefile.migrations.versions import schema_0002
from sijill.casefile.records import State, StoredClaim
from sijill.casefile.rows import CHILDREN, child_cells, claim_cells, key_of, named
from sijill.casefile.search import index
from sijill.casefile.search.words import wording
from sijill.model import (
    Actor,
    Claim,
    ClaimType,
    Count,
    CountKind,
    CountWho,
    Modality,
    Place,
    Precision,
    Source,
    Span,
    StatedDate,
)

__all__ = ["COMMON", "MIDDLING", "RARE", "fill"]

EACH = 10
_PAGE = 1_000  # reports at a time
_AT = Span(0, 1)
_START = date(2014, 1, 1)
_DAYS = 3_900
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
# A word of three reports in ten, of one in fifty, and of one in five thousand.
COMMON, MIDDLING, RARE = "قصف", "برميل", "فسفور"
_TABLES = (
    schema.document,
    schema.reading,
    schema.claim,
    schema.claim_place,
    schema.claim_actor,
    schema.claim_source,
    schema.claim_count,
    schema.search_claim,
    schema.search_document,
)


class _Frequent:
    """Things of which the first is the most frequent."""

    def __init__(self, rng: random.Random, things: list[Any], power: float = 1.0) -> None:
        self.things, self._rng = things, rng
        self._weights = list(accumulate(1 / (rank + 1) ** power for rank in range(len(things))))

    def one(self) -> Any:
        return self.some(1)[0]

    def some(self, number: int) -> list[Any]:
        return self._rng.choices(self.things, cum_weights=self._weights, k=number)


class _World:
    """Everything that claims are made of."""

    def __init__(self, rng: random.Random) -> None:
        def names(number: int, words: int) -> list[str]:
            made = dict.fromkeys(" ".join(word() for _ in range(words)) for _ in range(number * 2))
            return list(made)[:number]

        def word() -> str:
            return "".join(rng.choices(_LETTERS, k=rng.randint(3, 7)))

        self.rng = rng
        self.words = _Frequent(rng, names(30_000, 1))
        self.actors = _Frequent(rng, [Actor(name, _AT, name, f"actor-{at}") for at, name in enumerate(names(600, 2))])
        self.sources = _Frequent(rng, [Source(name, _AT, name) for name in names(400, 2)])
        self.outlets = _Frequent(rng, names(300, 2))
        self.types = _Frequent(rng, list(ClaimType))
        self.kinds = _Frequent(rng, list(CountKind))
        self.who = _Frequent(rng, list(CountWho))
        self.places = _Frequent(rng, [self._place(at, name) for at, name in enumerate(names(8_000, 1))], 0.8)

    def _place(self, at: int, name: str) -> Place:
        country, lat, lon = self.rng.choice(
            (("SY", 35.0, 38.0), ("YE", 15.0, 46.0), ("SD", 15.0, 30.0), ("IQ", 33, 43))
        )
        precision = self.rng.choices(("exact", "near", "governorate", "country"), (80, 10, 8, 2))[0]
        code = f"{country}{at % 14:02}{at % 97:02}"
        lat, lon = self.rng.gauss(lat, 1.5), self.rng.gauss(lon, 2)
        return Place(name, _AT, name, lat, lon, 5.0, precision, f"place-{at}", country, code)

    def claim(self, at: int) -> Claim:
        rng = self.rng
        counts = []
        for _ in range(rng.choices((0, 1, 2), (45, 40, 15))[0]):
            low = int(rng.paretovariate(0.9))
            high = rng.choices((low, low * 2, None), (85, 5, 10))[0]
            counts.append(Count(self.kinds.one(), self.who.one(), low, high, _AT, "x"))
        return Claim(
            id=f"{at:016x}",
            type=self.types.one(),
            trigger=_AT,
            trigger_text="x",
            sentence=_AT,
            counts=tuple(counts),
            date=None,
            places=tuple(self.places.some(rng.choices((0, 1, 2), (10, 70, 20))[0])),
            agents=tuple(self.actors.some(rng.choices((0, 1), (40, 60))[0])),
            targets=tuple(self.actors.some(rng.choices((0, 1), (60, 40))[0])),
            sources=tuple(self.sources.some(rng.choices((0, 1), (50, 50))[0])),
            modality=rng.choices(list(Modality), (80, 8, 8, 2, 2))[0],
        )

    def text(self) -> list[str]:
        words = self.words.some(self.rng.randint(80, 160))
        for word, often in ((COMMON, 0.3), (MIDDLING, 0.02), (RARE, 0.0002)):
            if self.rng.random() < often:
                words[self.rng.randrange(len(words))] = word
        return words


def fill(case: CaseFile, number: int, told: Any) -> None:
    """Makes about `number` claims in an empty case. `told` hears how many there are."""
    rng = random.Random(11)  # noqa: S311  (no secret is made of it)
    world = _World(rng)
    with case.database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP INDEX search_words_words"))
        indexes = sorted((item for table in _TABLES for item in table.indexes), key=lambda item: str(item.name))
        for item in indexes:
            connection.execute(DropIndex(item))
        reports = _reports(connection, world)
        batch = {"n": 1, "started": "", "finished": "", "author": "", "options": "{}", "taken": 0, "stored": 0}
        insert_rows(connection, schema.batch, [{**batch, "duplicate": 0, "rejected": 0}])
        for first in range(1, number // EACH + 1, _PAGE):
            _page(connection, world, reports, range(first, min(first + _PAGE, number // EACH + 1)))
            told(first * EACH)
        _indexes(connection, indexes)


def _reports(connection: Connection, world: _World) -> list[str]:
    """Stored reports that documents share: what is decoded when claims are shown."""
    made = []
    for at in range(1_000):
        claims = tuple(world.claim(at * EACH + each) for each in range(EACH))
        content = Report(f"r{at}", None, None, None, None, "sha256:", claims, (), "0", "0").to_json()
        custody.keep(connection, custody.pack(content, sha256_of(content)))
        made.append(sha256_of(content))
    custody.keep(connection, custody.pack(b"x", "sha256:x"))
    return made


def _page(connection: Connection, world: _World, reports: list[str], keys: range) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in _TABLES}
    words = []
    rng = world.rng
    for key in keys:
        day = _START + timedelta(days=min(_DAYS, int(rng.triangular(0, _DAYS, _DAYS * 0.6))))
        sha256 = rng.choice(reports)
        outlet = world.outlets.one()
        rows[schema.document].append(_document(key, day, outlet))
        rows[schema.reading].append(_reading(key, sha256))
        rows[schema.search_document].append({"document": key, "outlet": key_of(outlet), "wording": wording().version})
        title, body = world.words.some(8), world.text()
        if rng.random() < 0.02:
            title[0] = COMMON
        fields = {
            "title": " ".join(title),
            "lead": " ".join(body[: index.LEAD]),
            "body": " ".join([*title, ".,.", *body]),
        }
        words.append({"n": key * index.PARTS, **fields})
        for position in range(EACH):
            _claim(rows, world, (key, position), day)
    if connection.dialect.name == "postgresql":
        for table, of_table in rows.items():
            names = table.c.keys()
            _copy(connection, table.name, names, [[row[name] for name in names] for row in of_table])
        _copy(connection, "search_words", ["n", "words"], [[row["n"], index.vector(row)] for row in words])
        return
    for table, of_table in rows.items():
        insert_rows(connection, table, of_table)
    connection.execute(index.INSERT_WORDS["sqlite"], words)


def _copy(connection: Connection, table: str, names: list[str], rows: list[list[Any]]) -> None:
    """COPY, which takes a tenth of the time of INSERT. The rows have their cells in the order of `names`."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _document(key: int, day: date, outlet: str) -> dict[str, Any]:
    return {
        "n": key,
        "id": f"r{key}",
        "identity": f"i{key}",
        "text": "sha256:x",
        "original": "sha256:x",
        "origin": "x",
        "part": "",
        "record": "{}",
        "published": day,
        "title": None,
        "url": None,
        "outlet": outlet,
        "characters": 1,
        "family": key,
        "likeness": 1.0,
        "batch": 1,
        "added": "",
        "author": "",
    }


def _reading(key: int, sha256: str) -> dict[str, Any]:
    row = {"n": key, "document": key, "time": "", "author": "", "sijill": "0", "data": "0", "policy": ""}
    return {**row, "report": sha256, "first_claim": key * EACH, "claims": EACH}


def _claim(rows: dict[Any, list[dict[str, Any]]], world: _World, at: tuple[int, int], day: date) -> None:
    """The rows of claim number `at[1]` of document `at[0]`, published on `day`."""
    rng = world.rng
    key, position = at
    claim = world.claim(key * EACH + position)
    if rng.random() < 0.88:
        start = day - timedelta(days=int(rng.expovariate(1 / 3)))
        days = rng.choices((0, 1, 6, 30, 365, 1500), (80, 6, 5, 5, 3, 1))[0]
        when = StatedDate(start, start + timedelta(days=days), _AT, "x", Precision.DAY)
        claim = msgspec.structs.replace(claim, date=when)
    state = rng.choices(list(State), (80, 12, 4, 3, 1))[0]
    stored = StoredClaim(key * EACH + position, key, f"r{key}", key, position, True, state, claim, claim)
    rows[schema.claim].append(named(schema.claim, claim_cells(stored)))
    rows[schema.search_claim].append(named(schema.search_claim, index.claim_cells(stored, day)))
    for table, children in zip(CHILDREN, child_cells(stored.n, claim), strict=True):
        rows[table] += [named(table, row) for row in children]


def _indexes(connection: Connection, indexes: list[Index]) -> None:
    for item in indexes:
        connection.execute(CreateIndex(item))
    if connection.dialect.name == "postgresql":
        connection.execute(text(schema_0002.WORDS_INDEX))
