"""The tables of a case file, the same on SQLite and PostgreSQL.

What was given and what was decided is never changed: `blob` (bytes under their hash: originals, texts, reports),
`document`, `reading`, `decision` and the chain `audit` take new rows only, which triggers see to. Everything else is
made from them and can be made again: the rows of `claim` and of the tables under it are what search asks, taken from
a reading's report and the decisions on it.

Keys are counted by the one writer that a case file has at a time, so they have no gaps and no server's sequences.
Times are text, ISO 8601 in UTC (`2024-05-08T10:00:00.000000Z`); columns `record`, `payload`, `options` and the like
are canonical JSON. Columns that search asks hold no NUL character, which PostgreSQL refuses: `searchable`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

__all__ = [
    "APPEND_ONLY",
    "METADATA",
    "REVISIONS",
    "about",
    "audit",
    "batch",
    "blob",
    "claim",
    "claim_actor",
    "claim_count",
    "claim_place",
    "claim_source",
    "decision",
    "document",
    "duplicate",
    "reading",
    "reject",
    "search_claim",
    "search_document",
    "search_waiting",
    "shingle",
]

# Every schema that was released, oldest first; the last is the one that this code writes.
REVISIONS = ("0001", "0002", "0003")

METADATA = MetaData()
_Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite's INTEGER PRIMARY KEY is the row's own number


def _key(name: str = "n") -> Column[int]:
    return Column(name, _Key, primary_key=True, autoincrement=False)


def _to(name: str, target: str, *, primary: bool = False) -> Column[int]:
    return Column(name, _Key, ForeignKey(target), primary_key=primary, autoincrement=False, nullable=False)


# What the case file is: id (of the case), created, sijill (the version that made it).
about = Table("about", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# Bytes under the hash of themselves unpacked. `packing` is raw, zlib, or zlib with a dictionary (`zlib:1`), which is
# then made of the bytes of `base`, where there is one; see `custody`. Originals are packed without.
blob = Table(
    "blob",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("packing", Text, nullable=False),
    Column("base", Text),
    Column("bytes", LargeBinary, nullable=False),
)

# One run of `case add`; `finished` and the numbers are None while it runs, and for ever where it was killed.
batch = Table(
    "batch",
    METADATA,
    _key(),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("author", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("taken", Integer),
    Column("stored", Integer),
    Column("duplicate", Integer),
    Column("rejected", Integer),
)

# What a batch could not take, and why.
reject = Table(
    "reject",
    METADATA,
    _to("batch", "batch.n", primary=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("origin", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("mend", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What a batch was given that was there already, and as which document.
duplicate = Table(
    "duplicate",
    METADATA,
    _to("batch", "batch.n", primary=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("origin", Text, nullable=False),
    Column("part", Text, nullable=False),
    _to("document", "document.n"),
    sqlite_with_rowid=False,
)

# A report: `text` and `original` are blobs, `identity` a hash over what makes it itself (text, day, title, address,
# outlet), `record` the Document without its text as JSON. `origin` and `part` say where it came from. `family` is the
# first document of its group of near-duplicates (itself where it stands alone), `likeness` how like that one it is.
document = Table(
    "document",
    METADATA,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    Column("identity", Text, nullable=False, unique=True),
    Column("text", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("original", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("published", Date),
    Column("title", Text),
    Column("url", Text),
    Column("outlet", Text),
    Column("characters", Integer, nullable=False),
    Column("family", _Key, nullable=False),
    Column("likeness", Float, nullable=False),
    _to("batch", "batch.n"),
    Column("added", Text, nullable=False),
    Column("author", Text, nullable=False),
)

# A sample of the word groups of each family's first document.
shingle = Table(
    "shingle",
    METADATA,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    _to("document", "document.n", primary=True),
    sqlite_with_rowid=False,
)

# One reading of a document by one version of Sijill and its data. `report` is the blob of its Report (JSON); its
# claims have the keys `first_claim` and on. The newest reading of a document is the current one.
reading = Table(
    "reading",
    METADATA,
    _key(),
    _to("document", "document.n"),
    Column("time", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("sijill", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("report", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("first_claim", _Key, nullable=False),
    Column("claims", Integer, nullable=False),
    Index("reading_document", "document"),
)

# A claim as search asks for it: the report's claim number `position`, changed by what people `patch`ed. `date_start`
# to `date_end` are what its sentence states, or (`date_said` false) what the report tells around it. `state` is
# proposed, accepted, edited, rejected or unsure; `current` whether its reading is its document's newest.
claim = Table(
    "claim",
    METADATA,
    _key(),
    Column("id", Text, nullable=False),
    _to("document", "document.n"),
    _to("reading", "reading.n"),
    Column("position", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("date_start", Date),
    Column("date_end", Date),
    Column("date_said", Boolean, nullable=False),
    Column("patch", Text),
    CheckConstraint("state IN ('proposed', 'accepted', 'edited', 'rejected', 'unsure')", name="claim_state"),
    Index("claim_document", "document"),
)

# `key` columns are names folded for comparing (`sijill.text.folding`). `said` is false for what the report tells
# around the claim and its own sentence does not.
claim_place = Table(
    "claim_place",
    METADATA,
    _to("claim", "claim.n", primary=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("said", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("precision", Text),
    Column("country", Text),
    Column("pcode", Text),
    Column("place_id", Text),
    sqlite_with_rowid=False,
)

# `role` is agent or target.
claim_actor = Table(
    "claim_actor",
    METADATA,
    _to("claim", "claim.n", primary=True),
    Column("role", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("label", Text),
    Column("actor_id", Text),
    sqlite_with_rowid=False,
)

claim_source = Table(
    "claim_source",
    METADATA,
    _to("claim", "claim.n", primary=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    sqlite_with_rowid=False,
)

claim_count = Table(
    "claim_count",
    METADATA,
    _to("claim", "claim.n", primary=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("low", BigInteger),
    Column("high", BigInteger),
    sqlite_with_rowid=False,
)

# What a person decided on a claim. `old_value` and `new_value` are the changed fields before and after (JSON);
# `undoes` is the decision that this one takes back, `carries` the one that it brings over from an older reading.
# `selector` finds the claim's words again in another reading (W3C TextQuoteSelector: exact, prefix, suffix, and start).
decision = Table(
    "decision",
    METADATA,
    _key(),
    _to("claim", "claim.n"),
    _to("document", "document.n"),
    Column("time", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("old_state", Text, nullable=False),
    Column("new_state", Text, nullable=False),
    Column("old_value", Text, nullable=False),
    Column("new_value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("selector", Text, nullable=False),
    Column("undoes", _Key, ForeignKey("decision.n")),
    Column("carries", _Key, ForeignKey("decision.n")),
    Index("decision_claim", "claim"),
    Index("decision_document", "document"),
)

# The chain: `hash` is over this entry and the `previous` one's hash.
audit = Table(
    "audit",
    METADATA,
    _key("seq"),
    Column("time", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

# What search asks and sorts the claims of newest readings by (`sijill.casefile.search.index`). Days are numbers
# (Python's ordinals): `first` to `last` is the claim's date, `reach` its class of length. `people` is the greatest
# number of people in a count, `killed` that of people killed.
search_claim = Table(
    "search_claim",
    METADATA,
    _to("claim", "claim.n", primary=True),
    Column("document", _Key, nullable=False),
    Column("state", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("reach", Integer),
    Column("said", Boolean, nullable=False),
    Column("published", Integer),
    Column("people", BigInteger),
    Column("killed", BigInteger),
    Index("search_claim_document", "document", "claim"),
    Index("search_claim_state", "state", "claim"),
    Index("search_claim_type", "type", "claim"),
    Index("search_claim_modality", "modality", "claim"),
    Index("search_claim_first", "first", "claim"),
    Index("search_claim_reach", "reach", "first", "claim", "last"),
    Index("search_claim_published", "published", "claim"),
    Index("search_claim_people", "people", "claim"),
    Index("search_claim_killed", "killed", "claim"),
)
# Filters on what is under a claim begin here; `key` and `pcode` are also asked for by their beginning.
Index("claim_place_key", claim_place.c.key, claim_place.c.claim, postgresql_ops={"key": "text_pattern_ops"})
Index("claim_place_pcode", claim_place.c.pcode, claim_place.c.claim, postgresql_ops={"pcode": "text_pattern_ops"})
Index("claim_place_country", claim_place.c.country, claim_place.c.claim)
Index("claim_place_precision", claim_place.c.precision, claim_place.c.claim)
Index("claim_place_point", claim_place.c.lat, claim_place.c.lon, claim_place.c.claim)
Index("claim_actor_key", claim_actor.c.key, claim_actor.c.claim, postgresql_ops={"key": "text_pattern_ops"})
Index("claim_actor_id", claim_actor.c.actor_id, claim_actor.c.claim)
Index("claim_source_key", claim_source.c.key, claim_source.c.claim, postgresql_ops={"key": "text_pattern_ops"})
Index("claim_count_low", claim_count.c.kind, claim_count.c.low, claim_count.c.claim)

# A document as search knows it: `outlet` folded, and which words (`Wording.version`) its text was cut by. The words
# themselves are in `search_words`, which is another kind of table on each database: see the migration 0002.
search_document = Table(
    "search_document",
    METADATA,
    _to("document", "document.n", primary=True),
    Column("outlet", Text),
    Column("wording", BigInteger, nullable=False),
    Index("search_document_outlet", "outlet", "document"),
    Index("search_document_wording", "wording"),
)

# Documents that were stored and whose rows, in `claim` and the tables behind it, are still to be made: see `settling`.
search_waiting = Table("search_waiting", METADATA, _to("document", "document.n", primary=True))

# Rows of these tables are never changed or taken out.
APPEND_ONLY = ("audit", "blob", "decision", "document", "duplicate", "reading", "reject")
