"""The notation in which gold is written: by the words of the text, so that a person can read it and check it.

    === ex-post
    published: 2024-05-03
    outlet: …                      (optional, as `title:`)
    --- text
    The report, as many lines as it has.
    --- claims
    * shelling : قصفت
      killed civilians 3 : ثلاثة مدنيين
      date 2024-05-02 : أمس الخميس           (or DAY..DAY)
      place : سراقب
      agent : هذه القوات = قوات النظام       (the words there = the name that they stand for)
      source : المرصد
      modality alleged

An amount is `3`, `3+` (at least), `-5` (at most) or `3-5`. A trigger is looked for in the whole text; the other words
in the trigger's sentence, then in the whole text. Words that stand there more than once need `#n`, the n-th in the
sentence, or `@n`, the n-th in the text. A word is found behind proclitics and the article (`لجيش` in `للجيش`), and
never inside a longer word. Lines that begin with `;` are comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

__all__ = ["Annotated", "NotationError", "parse"]

_BEFORE = "(?:^|(?<![\u0621-\u065f]))(?:[وف]?[بلك]?(?:ال)?|لل|[وف]لل)"
_AFTER = "(?![\u0621-\u065f])"
_SENTENCE_END = re.compile(r"\n|[.؟!](?=\s)")
_AMOUNT = re.compile(r"(?P<exact>\d+)$|(?P<least>\d+)\+$|-(?P<most>\d+)$|(?P<low>\d+)-(?P<high>\d+)$")
_NTH = re.compile(r"^(?P<words>.*\S)\s*(?P<where>[#@])(?P<n>\d+)$")
_QUOTES = re.compile('["«»“”]')  # names are given without them
_ROLES = {"place": "places", "agent": "agents", "target": "targets", "source": "sources"}
Pair = tuple[int, int]


class NotationError(ValueError):
    """Lines of a gold source that cannot be taken, each with its file, line number and reason."""


class Annotated(msgspec.Struct, frozen=True):
    """A report with its gold, in the JSON form of the annotation guidelines."""

    id: str
    published: str | None
    title: str | None
    outlet: str | None
    text: str
    claims: list[dict[str, Any]]

    def document(self) -> dict[str, Any]:
        """The report without its gold."""
        return {
            "id": self.id,
            "published": self.published,
            "title": self.title,
            "url": None,
            "outlet": self.outlet,
            "text": self.text,
        }

    def gold(self) -> dict[str, Any]:
        """The gold without the report."""
        return {"doc": self.id, "published": self.published, "claims": self.claims}


def parse(path: Path) -> list[Annotated]:
    """The reports of a gold source. Raises NotationError where a line, a word or an occurrence is not clear."""
    reports = [_Report(path.name, lines) for lines in _reports(path)]
    if failures := [failure for report in reports for failure in report.failures]:
        raise NotationError("\n".join(failures))
    return [report.annotated() for report in reports]


def _reports(path: Path) -> Iterator[list[tuple[int, str]]]:
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if line.startswith("=== ") and lines:
            yield lines
            lines = []
        if line.startswith("=== ") or lines:
            lines.append((number, line))
    if lines:
        yield lines


class _Report:
    """One report of a source: its header, its text, its claims."""

    def __init__(self, file: str, lines: list[tuple[int, str]]) -> None:
        self.file = file
        self.failures: list[str] = []
        self.number = lines[0][0]
        self.id = lines[0][1][4:].strip()
        parts: dict[str, list[tuple[int, str]]] = {"head": [], "text": [], "claims": []}
        part = "head"
        for number, line in lines[1:]:
            if line in ("--- text", "--- claims"):
                part = line[4:]
            else:
                parts[part].append((number, line))
        self.head = self._header(parts["head"])
        self.text = "\n".join(line for _, line in parts["text"]).strip("\n")
        self.claims = self._claims(parts["claims"])

    def annotated(self) -> Annotated:
        head = self.head
        return Annotated(
            self.id, head.get("published"), head.get("title"), head.get("outlet"), self.text, list(self.claims)
        )

    def _fail(self, reason: str) -> NotationError:
        return NotationError(f"{self.file}:{self.number}: {self.id}: {reason}")

    def _header(self, lines: Iterable[tuple[int, str]]) -> dict[str, str]:
        head = {}
        for self.number, line in lines:
            if line.startswith(";"):
                continue
            key, colon, value = line.partition(":")
            if line.strip() and (not colon or key not in ("published", "title", "outlet")):
                raise self._fail(f"no such line in a header: {line}")
            if value.strip():
                head[key] = value.strip()
        return head

    def _claims(self, lines: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
        claims: list[dict[str, Any]] = []
        for self.number, raw in lines:
            line = raw.strip()
            if not line or line.startswith(";"):
                continue
            try:
                self._line(claims, line)
            except NotationError as failure:
                self.failures.append(str(failure))
        return claims

    def _line(self, claims: list[dict[str, Any]], line: str) -> None:
        keys, _, words = (part.strip() for part in line.partition(" : "))
        if keys.startswith("* "):
            claims.append(self._claim(keys[2:], words))
        elif claims:
            self._field(claims[-1], keys.split(), words)
        else:
            raise self._fail(f"a field without a claim: {line}")

    def _claim(self, kind: str, words: str) -> dict[str, Any]:
        lists: dict[str, Any] = {"counts": [], "date": None, "places": [], "agents": [], "targets": [], "sources": []}
        return {"type": kind, "trigger": list(self._find(words, None)), **lists, "modality": "asserted"}

    def _field(self, claim: dict[str, Any], keys: list[str], words: str) -> None:
        match keys:
            case ["modality", value]:
                claim["modality"] = value
            case ["date", value]:
                start, _, end = value.partition("..")
                claim["date"] = {"start": start, "end": end or start, "span": self._in_sentence(claim, words)}
            case [role] if role in _ROLES:
                said, _, name = (part.strip() for part in words.partition(" = "))
                span = self._in_sentence(claim, said)
                claim[_ROLES[role]].append({"name": name or _QUOTES.sub("", self.text[slice(*span)]), "span": span})
            case [kind, who, amount]:
                low, high = self._amount(amount)
                span = self._in_sentence(claim, words)
                claim["counts"].append({"kind": kind, "who": who, "low": low, "high": high, "span": span})
            case _:
                raise self._fail(f"no such field: {' '.join(keys)}")

    def _amount(self, amount: str) -> tuple[int | None, int | None]:
        found = _AMOUNT.match(amount)
        if not found:
            raise self._fail(f"no amount: {amount}")
        low, high = found["exact"] or found["least"] or found["low"], found["exact"] or found["most"] or found["high"]
        return (int(low) if low else None), (int(high) if high else None)

    def _in_sentence(self, claim: dict[str, Any], words: str) -> list[int]:
        return list(self._find(words, self._sentence(claim["trigger"])))

    def _sentence(self, trigger: list[int]) -> Pair:
        start = max((m.end() for m in _SENTENCE_END.finditer(self.text, 0, trigger[0])), default=0)
        end = _SENTENCE_END.search(self.text, trigger[1])
        return start, end.start() if end else len(self.text)

    def _find(self, words: str, sentence: Pair | None) -> Pair:
        """Where `words` stand: once in the sentence, else once in the text, else the n-th that is asked for."""
        nth = _NTH.match(words)
        surface = nth["words"] if nth else words
        pattern = re.compile(f"{_BEFORE}(?P<words>{re.escape(surface)}){_AFTER}")
        everywhere = [match.span("words") for match in pattern.finditer(self.text)]
        near = [span for span in everywhere if sentence and sentence[0] <= span[0] and span[1] <= sentence[1]]
        spans = near if (nth["where"] == "#" if nth else near) else everywhere
        index = int(nth["n"]) - 1 if nth else 0
        if not spans:
            raise self._fail(f"not in the text: {surface}")
        if index >= len(spans) or (nth is None and len(spans) > 1):
            raise self._fail(f"{surface}: stands there {len(spans)} times")
        return spans[index]
