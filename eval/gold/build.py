"""Builds the gold's JSON lines, and the reports of `examples/`, from `source/*.gold`: `python -m eval.gold.build`.

With `--check` nothing is written; exit 1 where a built file differs from its source.
"""

from __future__ import annotations

import argparse
import html
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from eval.gold.notation import Annotated, parse

__all__ = ["ROOT", "built", "main"]

ROOT = Path(__file__).resolve().parents[2]
_SOURCE = Path(__file__).resolve().parent / "source"
# Sets of one source each. Rules may be worked out on `…_work`, never on `…_held`.
_WHOLE = {
    "kinds_work": "kinds-work.gold",
    "regions_work": "regions-work.gold",
    "regions_held": "regions-held.gold",
}
# Which examples stand in a file of their own as well, and as what.
_SINGLE = {"ex-agency": "agency.txt", "ex-post": "post.txt", "ex-opposition": "page.html"}


def built() -> dict[Path, str]:
    """What each built file holds, by its path below the repository."""
    examples = parse(_SOURCE / "examples.gold")
    paragraphs = [report for path in sorted(_SOURCE.glob("paragraphs*.gold")) for report in parse(path)]
    whole = {name: parse(_SOURCE / source) for name, source in _WHOLE.items()}
    ids = [report.id for reports in (examples, paragraphs, *whole.values()) for report in reports]
    if len(set(ids)) < len(ids):
        raise ValueError(f"ids given twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    files = {
        Path("examples/reports.jsonl"): _lines(report.document() for report in examples),
        Path("eval/gold/examples.jsonl"): _lines(report.gold() for report in examples),
        Path("eval/gold/documents.jsonl"): _lines(report.document() for report in paragraphs),
        Path("eval/gold/paragraphs.jsonl"): _lines(report.gold() for report in paragraphs),
    }
    for name, reports in whole.items():
        files[Path(f"eval/gold/{name}-documents.jsonl")] = _lines(report.document() for report in reports)
        files[Path(f"eval/gold/{name}.jsonl")] = _lines(report.gold() for report in reports)
    for report in examples:
        if single := _SINGLE.get(report.id):
            files[Path("examples/single") / single] = _page(report) if single.endswith(".html") else report.text + "\n"
    return files


def main(arguments: list[str] | None = None) -> int:
    """Write the built files, or compare them; the exit status."""
    parser = argparse.ArgumentParser(description="Build the gold's JSON lines and examples/ from their source.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file differs")
    check = parser.parse_args(arguments).check
    stale = []
    for path, content in built().items():
        target = ROOT / path
        if target.is_file() and target.read_text(encoding="utf8") == content:
            continue
        stale.append(path)
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf8")
    for path in stale:
        print(f"{'differs from its source' if check else 'written'}: {path}")
    return int(check and bool(stale))


def _lines(records: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _page(report: Annotated) -> str:
    """The report as a web page, with the menu, share row and "read also" list that pages have around them."""
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in report.text.splitlines() if line.strip())
    title = html.escape(report.title or "")
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{html.escape(report.outlet or "")}">
<meta property="article:published_time" content="{report.published}T09:00:00+00:00">
</head>
<body>
<nav><ul><li>الرئيسية</li><li>سياسة</li><li>ميدانيات</li><li>رياضة</li></ul></nav>
<main><article>
<h1>{title}</h1>
<time datetime="{report.published}">{report.published}</time>
{paragraphs}
</article></main>
<aside><h2>اقرأ أيضا</h2><ul><li>أسعار الخضار في أسواق المدينة</li><li>مواعيد مباريات الجمعة</li></ul></aside>
<footer>شارك على: فيسبوك تويتر تلغرام</footer>
</body>
</html>
"""


if __name__ == "__main__":
    raise SystemExit(main())
