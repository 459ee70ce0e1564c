"""What bulk runs cost: CPU, memory and disk a document, at three sizes, by one worker and by two.

Invented mixed news (`mixed_news.py`, 97 % other) as JSON lines, read by `sijill.run` with triage. A cost model is made
of the smallest and the middle size (CPU seconds = a start + a rate a document) and compared with the largest. Then
conflict reports alone without triage, and a reader that reads nothing, on JSON lines and on pages of a web archive:
what bulk work itself costs. Seconds by the clock say something on a machine that does nothing else; CPU seconds always
do.

Run: python benchmarks/bulk.py [LARGEST [WORKERS]], by default 50,000 documents and 2 workers.
"""

from __future__ import annotations

import html
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

if __name__ == "__main__":  # a script has its own folder on the path; `benchmarks` lies one above
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import msgspec

from benchmarks.mixed_news import Mixed, mixed, reports
from sijill.model import Document, Report
from sijill.run import Engine, Folder, Settings, start
from sijill.run.planning import SHARD_BYTES
from sijill.run.runners.processes import Crew
from sijill.run.status import status_of


class Cost(msgspec.Struct, frozen=True):
    """What one run cost."""

    documents: int
    shards: int
    workers: int
    cpu_s: float
    wall_s: float
    peak_mb: int
    read: int
    claims: int
    in_bytes: int
    out_bytes: int

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a document."""
        return self.cpu_s / self.documents * 1_000


def load_nothing(_: Settings) -> Engine:
    """A reader that finds nothing in anything."""

    def read(document: Document) -> Report:
        return Report(document.id, None, None, None, None, document.sha256, (), (), "0", "none")

    return Engine(read)


def corpus(path: Path, rows: Iterable[Mixed]) -> Path:
    """JSON lines of the documents."""
    with path.open("w", encoding="utf-8") as stream:
        for row in rows:
            document = row.document
            line = {"id": document.id, "text": document.text, "published": str(document.published or "2024-05-12")}
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


def archive(path: Path, rows: Iterable[Mixed]) -> Path:
    """A web archive of the documents, each a page with a menu, paragraphs and a foot."""
    menu = "".join(f'<li><a href="/{number}">قسم {number}</a></li>' for number in range(30))
    with path.open("wb") as stream:
        for number, row in enumerate(rows):
            lines = filter(str.strip, row.document.text.split("\n"))
            text = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
            page = (
                f"<!DOCTYPE html><html><head><title>خبر {number}</title></head><body><nav><ul>{menu}</ul></nav>"
                f"<article><h1>خبر {number}</h1>{text}</article><footer><p>جميع الحقوق محفوظة</p></footer>"
                "</body></html>"
            ).encode()
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/{number}\r\n"
            stream.write(f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")
    return path


def cost(given: Path, out: Path, workers: int, settings: Settings, shard_bytes: int = SHARD_BYTES) -> Cost:
    """Runs, and adds up what the markers say. Starting the workers is in the seconds by the clock."""
    began = time.monotonic()
    started = start([str(given)], out, settings, shard_bytes=shard_bytes)
    for _ in started.work(Crew(workers)):
        pass
    wall_s = time.monotonic() - began
    found = status_of(Folder.open(out))
    written = sum(path.stat().st_size for path in (out / "shards").rglob("*") if path.is_file())
    return Cost(
        found.documents,
        found.shards,
        workers,
        found.cpu_s,
        wall_s,
        found.peak_mb,
        found.read,
        found.claims,
        given.stat().st_size,
        written,
    )


def show(made: Cost, what: str = "mixed") -> None:
    """One line."""
    print(
        f"{what:>8} {made.documents:>7,} documents {made.workers} workers {made.shards:>3} shards:"
        f" {made.cpu_s:8.1f} CPU s"
        f" = {made.cpu_ms:.3f} ms a document, {made.documents / made.cpu_s:,.0f} a CPU second;"
        f" {made.wall_s:7.1f} s, {made.documents / made.wall_s:,.0f} a second; peak {made.peak_mb} MB;"
        f" read {made.read:,}, claims {made.claims:,}; in {made.in_bytes / made.documents:,.0f} B,"
        f" out {made.out_bytes / made.documents:,.0f} B a document",
        flush=True,
    )


def main() -> None:
    """Runs all sizes and prints the figures."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    settings = Settings()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="sijill-bulk-") as name:
        folder = Path(name)
        runs: list[Cost] = []
        for size in (largest // 10, largest // 3, largest):
            given = corpus(folder / f"{size}.jsonl", mixed(size))
            runs.append(cost(given, folder / f"out-{size}", workers, settings))
            show(runs[-1])
        # Many small shards, so that no worker waits for the other's last one.
        third = folder / f"{largest // 3}.jsonl"
        alone = cost(third, folder / "alone", 1, settings, SHARD_BYTES // 8)
        show(alone, "one")
        together = cost(third, folder / "together", workers, settings, SHARD_BYTES // 8)
        show(together, "many")
        nothing = Settings(reader="benchmarks.bulk:load_nothing", triage=False)
        show(cost(third, folder / "nothing", workers, nothing), "nothing")
        pages = archive(folder / "pages.warc", mixed(largest // 25))
        show(cost(pages, folder / "pages", workers, nothing), "pages")
        conflict = corpus(folder / "conflict.jsonl", reports(largest // 25))
        show(cost(conflict, folder / "conflict", workers, Settings(triage=False)), "conflict")
    first, middle, last = runs
    per = (middle.cpu_s - first.cpu_s) / (middle.documents - first.documents)
    fixed = first.cpu_s - per * first.documents
    told = fixed + per * last.documents
    print(f"model: {fixed:.1f} CPU s + {per * 1_000:.3f} ms a document; at {last.documents:,} {told:.1f}, measured"
          f" {last.cpu_s:.1f}: {abs(told / last.cpu_s - 1):.1%} off")  # fmt: skip
    print(f"linear: {last.cpu_ms / first.cpu_ms - 1:+.1%} a document from {first.documents:,} to {last.documents:,}")
    print(f"{workers} workers against one: {alone.wall_s / together.wall_s:.2f} times by the clock,"
          f" {together.cpu_s / alone.cpu_s:.2f} times the CPU")  # fmt: skip


if __name__ == "__main__":
    main()
