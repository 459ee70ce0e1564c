"""What is no part of the report: marked with the rule that says so, and not read.

Three kinds of sign. Lines and parts of lines that the rules name (`data/rules/furniture.toml`). Blocks of other
stories' headlines, which a named line opens and running prose ends. And the shape of the page: a run of very short
lines before the report (menus), headlines and tags behind its last full stop. A sentence kept wrongly costs an invented
claim, one dropped wrongly a lost one, so that shape decides only where the report itself is plainly prose.

Source: written by us after the page templates that the rule file names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from pathlib import Path

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.text.folding import clean, fold

__all__ = ["FILE", "FurnitureRule", "FurnitureRules", "Stretch", "load_furniture"]

FILE = "rules/furniture.toml"
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_INNER = re.compile(r"[^\W\d_](?:.*[^\W\d_])?")
_CLOSING = " \t\xa0\"”»’'])"
_WORD = re.compile(r"\w+")
_LIST_ITEM = re.compile(r"\s*(?:[-–—•▪●*(]|[\d٠-٩]+\s*[-–—.)/])")
_COUNTED = re.compile(r"\s*[\d٠-٩]")
_FIELD = re.compile(r":\s*[\d٠-٩]+\s*$")
_CUT_SHORT = re.compile(r"(?:…|\.{3})[\"”»’'\])]*\s*$")

# A record's date and the label of the line below it
_DATED = "تاريخ"
_DATE_LABEL = re.compile(r"[^\S\n]*[-–—•]?[^\S\n]*(?:ال)?تاريخ[^\n:]{0,20}:")
_LABEL = re.compile(
    r"[^\S\n]*[-–—•]?[^\S\n]*(?:المكان|الموقع|مكان|موقع|نوع|الوقت|المنطقة|الحادثة|المحافظة|الجهة)[^\n:]{0,20}:"
)

_MENU = 4  # very short lines in a row that make a menu under headlines
_HEADLINES = 4  # headlines above it: a title and its parts are fewer
_WRAPPED = 8  # words of a line that a sentence may go on from
_TITLE = 3  # words of a title that tell its report from others, of at least so many letters:
_TELLING = 4
_SURE = 3  # lines of prose with full stops that show a last line without one to be no sentence
_LINK = 6  # words of a link above a subheading
_ALONE = 8  # … and of one that stands alone
_SAME = 20  # letters by which a line that is told twice is known
_HEAD = 600  # what an anchored pattern may look at, so that a line of blanks costs no more than its length
_NAMED = 400  # longer lines are no headings, headlines or buttons

Stretch = tuple[int, int, str]
"""Start and end in the cleaned text, and the rule."""


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


class _Line(msgspec.Struct, frozen=True, gc=False):
    """A line that is not blank: its characters, its words, whether it is running prose, its key."""

    start: int
    end: int
    text: str
    words: int
    stop: bool
    key: str

    @property
    def prose(self) -> bool:
        """Headlines have fewer than 22 words and no full stop."""
        return self.words >= 22 or (self.stop and self.words >= 8)


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
            key = _key(clean(phrase).text) or fold(phrase)
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
        lines = _lines(text)
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
            found += _menu(lines, gone)
            found += _masthead(lines, gone) or _others_page(lines, gone, title)
            left = [line for line in lines if line.start not in gone]
            found += _cut_short(left)
            found += _tail(left, gone)
            found += _links(left, linking=url is not None and any(host in url for host in self._linking))
        return _merged(found)

    def _matched(self, text: str, lines: list[_Line]) -> list[Stretch]:
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

    def _named(self, lines: list[_Line]) -> list[Stretch]:
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

    def _names(self, line: _Line) -> tuple[Kind | None, str]:
        if not line.key:
            return None, ""
        if exact := self._exact.get(line.key):
            return exact
        first = _first(line.key)
        for key, kind, rule in self._opening.get(first, ()):
            if line.key.startswith(key) and not line.stop and _ends_there(line, key, kind):
                return kind, rule
        return None, ""


def _ends_there(line: _Line, key: str, kind: Kind) -> bool:
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


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank; the last line of a wrapped sentence has the words of the line above it as well."""
    lines: list[_Line] = []
    for match in _LINE.finditer(text):
        if match[0].isspace():
            continue
        line, above = _line(match), lines[-1] if lines else None
        if above is not None and line.stop and line.start == above.end + 1 and above.words >= _WRAPPED > line.words:
            line = msgspec.structs.replace(line, words=line.words + above.words)
        lines.append(line)
    return lines


def _line(match: re.Match[str]) -> _Line:
    text = match[0]
    start, end = match.span()
    short = text if len(text) <= _NAMED else text[:_NAMED] + text[-_NAMED:]
    words = short.count(" ") + 1 if len(text) <= _NAMED else 40
    bare = short.rstrip(_CLOSING)
    stop = bare.endswith(".") and not bare.endswith(("..", "…."))
    return _Line(start, end, short, words, stop, _key(text) if len(text) <= _NAMED and words <= 20 else "")


def _key(text: str) -> str:
    """`text` folded and in small letters, from its first letter to its last."""
    inner = _INNER.search(fold(text))
    return inner[0].lower() if inner else ""


def _first(key: str) -> str:
    """The first word of a key, without the marks behind it."""
    word = _WORD.match(key)
    return word[0] if word else key


def _menu(lines: list[_Line], gone: set[int]) -> list[Stretch]:
    """Three and more lines of at most three words before the report: a menu, a path, a byline."""
    head = []
    for line in lines:
        if line.start in gone:
            continue
        if line.words > 3 or line.stop or _LIST_ITEM.match(line.text):
            break
        head.append(line)
    if len(head) < 3 or len(head) == len(lines):
        return []
    return [(line.start, line.end, "menu") for line in head]


def _masthead(lines: list[_Line], gone: set[int]) -> list[Stretch]:
    """Other stories' headlines above a menu of very short lines, both before the first prose: the head of a page."""
    first = next((at for at, line in enumerate(lines) if line.prose), 0)
    end, run = 0, 0
    for at, line in enumerate(lines[:first]):
        short = line.start in gone or (line.words <= 3 and not line.stop and not _LIST_ITEM.match(line.text))
        run = run + 1 if short else 0
        end = at + 1 if run >= _MENU else end
    headlines = {line.key for line in lines[:end] if line.words > 3 and line.start not in gone}
    if len(headlines) < _HEADLINES:
        return []
    return [(line.start, line.end, "masthead") for line in lines[:end]]


def _others_page(lines: list[_Line], gone: set[int], title: str | None) -> list[Stretch]:
    """A page without its report: headlines, none of which has the words of its title, and a menu of very short lines.

    Where no title is given, headlines that have no matter in common are of many reports.

    Sentences, items and lines with a label may be the report's own, so that they speak against it.
    """
    names = {word for word in _WORD.findall(fold(title or "")) if len(word) >= _TELLING}
    headlines = [line for line in lines if line.words > 3 and line.start not in gone]
    untitled = not names and _unrelated(headlines)
    if (len(names) < _TITLE and not untitled) or len({line.key for line in headlines}) < 2 * _HEADLINES:
        return []
    runs = (sum(1 for _ in run) for short, run in groupby(lines, key=lambda line: line.words <= 3) if short)
    own = sum(line.stop or ":" in line.text[:40] or _LIST_ITEM.match(line.text) is not None for line in headlines)
    if max(runs, default=0) < _MENU or 4 * own > len(headlines):
        return []
    told = names.intersection(word for line in headlines for word in _WORD.findall(fold(line.text)))
    return [] if told else [(line.start, line.end, "other-page") for line in lines]


def _unrelated(headlines: list[_Line]) -> bool:
    """Whether no word is told by a third of the headlines: a report's own lines share its town or its parties."""
    if any(line.prose for line in headlines):
        return False
    told = Counter(word for line in headlines for word in set(_WORD.findall(fold(line.text))) if len(word) >= _TELLING)
    return 3 * max(told.values(), default=0) < len(headlines)


def _cut_short(lines: list[_Line]) -> list[Stretch]:
    """Headlines that a list cuts short, one below the other: `انطلاق عملية أمنية لتفتيش …`."""
    found: list[Stretch] = []
    for short, run in groupby(lines, key=lambda line: not line.prose and bool(_CUT_SHORT.search(line.text))):
        block = list(run)
        if short and len(block) >= _HEADLINES:
            found += [(line.start, line.end, "cut-short") for line in block]
    return found


def _links(lines: list[_Line], *, linking: bool) -> list[Stretch]:
    """Other reports' headlines between the paragraphs of one: above a subheading; on pages of some hosts, alone too."""
    prose = [at for at, line in enumerate(lines) if line.prose]
    if len(prose) < _SURE or sum(lines[at].stop for at in prose) < 0.9 * len(prose):
        return []
    found = []
    for above, below in pairwise(prose):
        run = lines[above + 1 : below]
        if not 1 <= len(run) <= 2 or any(not _is_heading(line) for line in run):
            continue
        link, own = run[0], run[-1]
        paired = len(run) > 1 and link.words >= _LINK and own.start > link.end + 1 and own.key[:_SAME] not in link.key
        if paired or (linking and len(run) == 1 and link.words >= _ALONE):
            found.append((link.start, link.end, "link"))
    return found


def _is_heading(line: _Line) -> bool:
    """Whether a line may be a heading: no sentence, item, label or post."""
    posted = any(mark in line.text for mark in "#@") or ".com" in line.text
    return not (line.stop or posted or _LIST_ITEM.match(line.text) or line.text.rstrip().endswith(":"))


def _tail(lines: list[_Line], gone: set[int]) -> list[Stretch]:
    """Headlines and tags behind the last prose of a report: headlines only where its lines end with full stops.

    `gone` are the lines that named rules have marked: a headline among them is one of theirs.
    """
    last = max((at for at, line in enumerate(lines) if line.prose), default=-1)
    tail = lines[last + 1 :]
    if last < 0 or not tail or lines[last].text.rstrip().endswith(":") or _is_list(tail):
        return []
    body = [line for line in lines[: last + 1] if line.words >= 8]
    if lines[last].stop and sum(line.stop for line in body) >= max(2, 0.6 * len(body)):
        headlines = [line for line in tail if line.words >= 5]
        before_block = any(start > tail[-1].end for start in gone) and len(body) >= _SURE
        if (
            len(headlines) >= 2
            or (before_block and headlines)
            or len(tail) >= 3
            or any(_CUT_SHORT.search(line.text) for line in headlines)
        ):
            return [(line.start, line.end, "tail") for line in tail]
    if len(body) < 2:
        return []
    runs = (list(run) for short, run in groupby(tail, key=lambda line: line.words <= 3) if short)
    tags = [line for run in runs if len(run) >= 3 for line in run]
    below = [line for line in tail if tags and line.start > tags[0].start and line.words >= 5]
    if len(below) >= 2:
        return [(line.start, line.end, "tail") for line in tail if line.start >= tags[0].start]
    return [(line.start, line.end, "tags") for line in tags]


def _is_list(tail: list[_Line]) -> bool:
    """Whether the lines behind the last prose are the report's own: items, sentences, labelled fields."""
    if any(_LIST_ITEM.match(line.text) or line.stop or line.text.rstrip().endswith(":") for line in tail):
        return True
    if 2 * sum(_COUNTED.match(line.text) is not None for line in tail) >= len(tail):
        return True
    fields = [line for line in tail if ":" in line.text and line.words <= 6]
    return 2 * len(fields) >= len(tail) or any(_FIELD.search(line.text) for line in fields)


def _dates_of_records(text: str, lines: list[_Line]) -> set[int]:
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
