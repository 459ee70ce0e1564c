"""What is no part of the report: marked with the rule that says so, and not read.

Three kinds of sign. Lines and parts of lines that the rules name (`data/rules/furniture.toml`). Blocks of other
stories' headlines, which a named line opens and running prose ends. And the shape of the page: a run of very short
lines before the report (menus), headlines and tags behind its last full stop. A sentence kept wrongly costs an invented
claim, one dropped wrongly a lost one, so that shape decides only where the report itself is plainly prose.

Source: written by us after the page templates that the rule file names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.text.folding import clean, fold
from sijill.text.lines import Line, key_of_line, lines_of
from sijill.text.pages import Stretch, cut_short, links, masthead, menu, others_page, tail

__all__ = ["FILE", "FurnitureRule", "FurnitureRules", "Stretch", "load_furniture"]

FILE = "rules/furniture.toml"
_INNER = re.compile(r"[^\W\d_](?:.*[^\W\d_])?")
_WORD = re.compile(r"\w+")

# A record's date and the label of the line below it
_DATED = "تاريخ"
_DATE_LABEL = re.compile(r"[^\S\n]*[-–—•]?[^\S\n]*(?:ال)?تاريخ[^\n:]{0,20}:")
_LABEL = re.compile(
    r"[^\S\n]*[-–—•]?[^\S\n]*(?:المكان|الموقع|مكان|موقع|نوع|الوقت|المنطقة|الحادثة|المحافظة|الجهة)[^\n:]{0,20}:"
)

_HEAD = 600  # what an anchored pattern may look at, so that a line of blanks costs no more than its length


class Kind(StrEnum):
    """What a rule looks at, and what it marks."""

    LINE = "line"  # the line is one of the phrases
    OPENS = "opens"  # the line begins with one; it alone is marked
    BLOCK = "block"  # the line is one; it and what follows until prose
    REST = "rest"  # the line begins with one; it and all that follows, once the report has been read
    PATTERN = "pattern"  # what the pattern matches


class FurnitureRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule, with examples that it must mark and examples that it must leave."""

    id: str
    kind: Kind
    yes: list[str]
    no: list[str]
    phrases: list[str] = []
    pattern: str = ""
    needs: list[str] = []
    onward: bool = False  # all that stands behind a match of the pattern is furniture as well


class _Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hosts: list[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    links: _Links
    rules: list[FurnitureRule]


class _Pattern:
    """A rule's pattern, compiled; `may_match` is the cheap test."""

    def __init__(self, regex: re.Pattern[str], rule: FurnitureRule) -> None:
        self.regex, self.rule = regex, rule

    def may_match(self, text: str) -> bool:
        for need in self.rule.needs:  # noqa: SIM110  (asked for each text: a generator costs more than the search)
            if need in text:
                return True
        return False


class FurnitureRules:
    """The rules, indexed: `marks(text)` gives what they mark in a cleaned text, in text order, nothing twice."""

    def __init__(self, rules: list[FurnitureRule], linking: Sequence[str] = ()) -> None:
        self._linking = tuple(linking)
        self._exact: dict[str, tuple[Kind, str]] = {}
        self._opening: dict[str, list[tuple[str, Kind, str]]] = defaultdict(list)
        self._patterns: list[_Pattern] = []
        self._anchored: list[_Pattern] = []  # tried at the head of each line
        for rule in rules:
            self._add(rule)

    def _add(self, rule: FurnitureRule) -> None:
        if rule.kind is Kind.PATTERN:
            try:
                pattern = re.compile(rule.pattern.removeprefix("^"))
            except re.error as error:
                raise ResourceError(str(error), file=FILE, key=rule.id) from error
            known = self._anchored if rule.pattern.startswith("^") else self._patterns
            known.append(_Pattern(pattern, rule))
            return
        for phrase in rule.phrases:
            key = key_of_line(clean(phrase).text) or fold(phrase)
            if rule.kind in (Kind.LINE, Kind.BLOCK):
                if self._exact.setdefault(key, (rule.kind, rule.id))[1] != rule.id:
                    raise ResourceError(f"{phrase} stands in two rules", file=FILE, key=rule.id)
            else:
                self._opening[_first(key)].append((key, rule.kind, rule.id))

    def marks(self, text: str, title: str | None = None, url: str | None = None) -> tuple[Stretch, ...]:
        """What is furniture in cleaned `text`: stretches in text order that do not overlap. Linear in the length.

        By its `title` a page is told that holds nothing but other stories' headlines, by its `url` one that sets links
        between its paragraphs.

        Patterns never take a whole text: where they would leave no letter (a post of one line, a log by the hour),
        what they name is the report.
        """
        lines = lines_of(text)
        found = self._matched(text, lines)
        if found and (kept := _dates_of_records(text, lines)):
            found = [stretch for stretch in found if stretch[0] not in kept]
        if not _leaves_a_letter(text, _merged(found)):
            found = []
        if len(lines) > 1:
            whole = {stretch[0] for stretch in found} if found else set()
            named = self._named(lines)
            found += named
            gone = whole.union(start for start, _, _ in named)
            found += menu(lines, gone)
            found += masthead(lines, gone) or others_page(lines, gone, title)
            left = [line for line in lines if line.start not in gone]
            found += cut_short(left)
            found += tail(left, gone)
            found += links(left, linking=url is not None and any(host in url for host in self._linking))
        return _merged(found)

    def _matched(self, text: str, lines: list[Line]) -> list[Stretch]:
        """Parts of lines that a pattern matches."""
        found: list[Stretch] = []
        for known in self._patterns:
            if known.may_match(text):
                for line in lines:
                    for match in known.regex.finditer(text, line.start, line.end):
                        found.append((match.start(), match.end(), known.rule.id))
                        if known.rule.onward:
                            found.append((match.start(), lines[-1].end, known.rule.id))
        heads = [(line.start, min(line.end, line.start + _HEAD)) for line in lines]
        for known in self._anchored:
            if known.may_match(text):
                at_head = known.regex.match
                matched = [one for start, end in heads if (one := at_head(text, start, end)) is not None]
                found += [(one.start(), one.end(), known.rule.id) for one in matched]
        return found

    def _named(self, lines: list[Line]) -> list[Stretch]:
        """Lines that the rules name, and the blocks that they open."""
        found: list[Stretch] = []
        block = ""
        read = False  # whether some of the report has been read
        after_heading = False
        for line in lines:
            kind, rule = self._names(line)
            if kind is Kind.REST and read:
                return [*found, (line.start, lines[-1].end, rule)]
            if kind is Kind.BLOCK:
                block = rule
            elif block and line.prose and not (after_heading and not line.stop):
                block = ""
            after_heading = kind is Kind.BLOCK
            if block or (kind is not None and kind is not Kind.REST):
                found.append((line.start, line.end, rule or block))
            read = read or (line.words >= 6 and not block)
        return found

    def _names(self, line: Line) -> tuple[Kind | None, str]:
        if not line.key:
            return None, ""
        if exact := self._exact.get(line.key):
            return exact
        first = _first(line.key)
        for key, kind, rule in self._opening.get(first, ()):
            if line.key.startswith(key) and not line.stop and _ends_there(line, key, kind):
                return kind, rule
        return None, ""


def _ends_there(line: Line, key: str, kind: Kind) -> bool:
    """Whether the phrase `key` stands alone at the head of `line`: a mark behind it, or no more than a few words.

    "Read also: …" is a pointer, "read the statement aloud" is a sentence.
    """
    rest = line.key[len(key) :]
    if not rest:
        return True
    if rest[0].isalpha():
        return False
    if rest.lstrip()[:1] in ":،-–|.(/#":
        return True
    if kind is Kind.REST:
        return line.words <= len(key.split()) + 3
    return len(key.split()) >= 2 and not key.startswith("شاهد عيان") and line.words <= 20


def _first(key: str) -> str:
    """The first word of a key, without the marks behind it."""
    word = _WORD.match(key)
    return word[0] if word else key


def _dates_of_records(text: str, lines: list[Line]) -> set[int]:
    """Where lines of a record's date begin (`التاريخ: 3 أيار 2018` above `المكان: …`): they are of the report."""
    pairs = pairwise(lines) if _DATED in text else ()
    return {
        line.start for line, below in pairs if _DATE_LABEL.match(text, line.start) and _LABEL.match(text, below.start)
    }


def _merged(found: list[Stretch]) -> tuple[Stretch, ...]:
    """`found` in text order; of what overlaps, the first keeps its place and the rest of the other is added."""
    merged: list[Stretch] = []
    done = 0
    for start, end, rule in sorted(found):
        if end > done:
            merged.append((max(start, done), end, rule))
            done = end
    return tuple(merged)


def _leaves_a_letter(text: str, marks: tuple[Stretch, ...]) -> bool:
    """Whether a letter of `text` stands outside `marks`."""
    done = 0
    for start, end, _ in marks:
        if _INNER.search(text, done, start):
            return True
        done = end
    return _INNER.search(text, done) is not None


def load_furniture(overlay: Path | None = None) -> FurnitureRules:
    """The furniture rules. Raises ResourceError where a pattern or an id is wrong."""
    file = load(FILE, _File, overlay)
    rules = file.rules
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise ResourceError("two rules have this id", file=FILE, key=rule.id)
        seen.add(rule.id)
    return FurnitureRules(rules, file.links.hosts)
