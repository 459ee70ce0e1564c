"""Finding the places that a report names.

What finds a name: a noun of place before it (`قرية`, `ريف`, `معبر`), alone or with a list behind it; a word that says
where one place lies from another (`شمال غربي سوريا`, `محيط بلدة سرمين`); the gazetteer, for names that stand on their
own or follow a preposition of place; and the report itself, for a name that one of these has found elsewhere in it.
"""

from __future__ import annotations

from pathlib import Path

from sijill.model import Mention, MentionKind, Text
from sijill.names.place_grammar import Found, name_behind, opened_name
from sijill.names.place_index import FREE, NOUN, PREP, Known, PlaceIndex, load_places
from sijill.names.place_scan import PlaceScan
from sijill.names.place_words import Noun, PlaceWords, load_place_words
from sijill.names.view import NONE
from sijill.text.lexicon import WordLexicon, load_words

__all__ = ["PlaceFinder", "lexicon_words"]


def lexicon_words(overlay: Path | None = None) -> tuple[str, ...]:
    """First words of the known names, without article: words that clitics may stand before (for TextReader)."""
    return load_places(overlay).words()


class PlaceFinder:
    """Finds places in texts. `lexicon` is the text room's, where the caller has one; else it is loaded again."""

    def __init__(self, overlay: Path | None = None, lexicon: WordLexicon | None = None) -> None:
        self.index: PlaceIndex = load_places(overlay)
        self.words: PlaceWords = load_place_words(overlay)
        self._lexicon = lexicon or load_words((), overlay)

    def find(self, text: Text) -> tuple[Mention, ...]:
        """The places that `text` names, in text order, none overlapping another. Linear in the length."""
        finding = _Finding(PlaceScan(text, self.index, self.words, self._lexicon))
        return finding.mentions()


class _Finding:
    """One pass over one text: what is found so far, and where the next search begins."""

    def __init__(self, scan: PlaceScan) -> None:
        self.scan = scan
        self.words = scan.words
        self.found: list[Found] = []
        self.held: dict[str, Found] = {}

    def mentions(self) -> tuple[Mention, ...]:
        k = 0
        while k < self.scan.size:
            k = max(self.at(k), k + 1)
        self.found += self.again()
        self.found.sort(key=lambda found: found.first)
        view = self.scan.view
        return tuple(
            view.mention(
                MentionKind.PLACE, f.first, f.last, f.rule, name=f.name, ref=f.ref, subtype=f.subtype
            )
            for f in self.found
        )

    def at(self, k: int) -> int:
        """Search at word `k`; what is found goes to `found`. The word from which the search goes on."""
        full = self.scan.full[k]
        if full in self.words.relatives or (self.scan.view.definite[k] and self.scan.view.keys[k] in ("حدود",)):
            found = self.relative(k)
            if found is not None:
                return self.take(found)
        entry = self.words.nouns.get(self.scan.view.keys[k])
        if entry is not None:
            end = self.noun(k, *entry)
            if end > k:
                return end
        known = self.known(k)
        if known is not None:
            end = self.take(known)
            return self.members(end, many=False, rule="list.known", subtype="settlement")
        return k

    def take(self, found: Found) -> int:
        """Put `found` among the finds. The word behind it."""
        self.found.append(found)
        if found.rule.startswith("noun.") and found.name is None:
            key = " ".join(self.scan.full[found.first : found.first + 1] + [
                w.key for w in self.scan.view.words[found.first + 1 : found.last]
            ])  # fmt: skip
            self.held.setdefault(key, found)
        return found.last

    # --- nouns of place ---------------------------------------------------------------------------------------

    def noun(self, k: int, noun: Noun, many: bool) -> int:
        """The name behind the noun of place at word `k`, and the list that goes on from it; `k` where none."""
        scan = self.scan
        definite = scan.view.definite[k]
        if k + 1 >= scan.size:
            return k
        if definite and not noun.apposed:
            return self.described(k, noun, many)
        at = k + 1
        found = name_behind(scan, at, noun, many)
        if found is None and scan.view.opened[at]:
            end = opened_name(scan, at)
            found = Found(at, end, f"noun.{noun.id}", noun.subtype) if end > at else None
        if found is None:
            return self.introduced(k, noun) if many else k
        if noun.keep:
            found = self.kept(k, found, noun, many)
        end = self.take(found)
        return self.members(end, many=many, rule=f"noun.{noun.id}", subtype=noun.subtype, noun=noun)

    def kept(self, k: int, found: Found, noun: Noun, many: bool) -> Found:
        """The name with its noun: `ريف حلب الشمالي`, `مطار حماة العسكري`."""
        scan = self.scan
        last = found.last
        closing = self.words.compass if noun.compass else self.words.works
        while last < scan.size and scan.glued(last) and scan.is_in(last, closing):
            last += 1
        name = None
        if many:
            name = f"{noun.one[0]} {scan.view.name(found.first, last)}"
        return Found(k, last, found.rule, found.subtype, None, name)

    def described(self, k: int, noun: Noun, many: bool) -> int:
        """A definite noun (`المدينة`) stands for the latest place of its class."""
        scan = self.scan
        if many:
            return self.introduced(k, noun)
        if noun.keep and noun.subtype not in ("camp", "airport", "crossing"):
            return k
        if scan.near(k + 1) and scan.view.opened[k + 1]:
            end = opened_name(scan, k + 1)
            if end > k + 1:
                return self.take(Found(k + 1, end, f"noun.{noun.id}", noun.subtype))
        for earlier in reversed(self.found[-40:]):
            if earlier.subtype == noun.subtype and earlier.rule != "description":
                name = earlier.name or scan.view.name(earlier.first, earlier.last)
                self.found.append(Found(k, k + 1, "description", "description", earlier.ref, name))
                return k + 1
        return k

    def introduced(self, k: int, noun: Noun) -> int:
        """A list behind its noun with words between: `قرى عدة قريبة منها، كالزهراء، والمنارة`."""
        scan = self.scan
        sentence = scan.view.words[k].sentence
        for at in range(k + 1, min(k + 7, scan.size)):
            word = scan.view.words[at]
            if word.sentence != sentence:
                break
            start = -1
            if word.proclitics == "ك":
                start = at
            elif scan.is_in(at, self.words.introducers) and at + 1 < scan.size:
                start = at + 1
            if start < 0 or (start == at + 1 and scan.view.words[start].proclitics):
                continue
            last = self.member(start, many=True)
            if last > start:
                end = self.take(Found(start, last, f"noun.{noun.id}", noun.subtype))
                return self.members(end, many=True, rule=f"noun.{noun.id}", subtype=noun.subtype, noun=noun)
        return k

    def members(self, k: int, *, many: bool, rule: str, subtype: str, noun: Noun | None = None) -> int:
        """The further members of a list, word `k` being behind its last one. The word behind the list."""
        scan = self.scan
        while k < scan.size:
            start = scan.conjunct(k)
            if start < 0 and many and scan.comma(k) and not scan.view.words[k].proclitics:
                start = k
            if start < 0:
                return k
            if scan.full[start] in self.words.nouns or scan.full[start] in self.words.relatives:
                return k
            known = scan.known(start)
            if known is not None and (many or known[1].use >= PREP) and self.fits(start, known):
                last, place = known
                ref, kind = place.ref, place.subtype
            else:
                last, ref, kind = self.member(start, many=many), None, subtype
            if last == start:
                return k
            name = None
            if noun is not None and noun.keep and noun.compass and many:
                name, kind = f"{noun.one[0]} {scan.view.name(start, last)}", noun.subtype
            k = self.take(Found(start, last, rule, kind, ref, name))
        return k

    def member(self, start: int, *, many: bool) -> int:
        """Where an unknown member of a list ends; `start` where the word there is none."""
        scan = self.scan
        word = scan.view.words[start]
        if not many and (scan.everyday(start) or not word.article):
            return start
        known = scan.known(start)
        if known is not None:
            return known[0]
        if not scan.plain(start) or scan.function_word(start) or scan.is_in(start, self.words.stops):
            return start
        if scan.everyday(start) and not word.article:
            return start
        return _past_proclitic(scan, start)

    def fits(self, k: int, known: tuple[int, Known]) -> bool:
        """Whether a known name is not part of a longer one that is no place."""
        scan, last = self.scan, known[0]
        if last < scan.size and scan.near(last) and scan.is_in(last, self.words.behind):
            return False
        return not scan.adjacent_before(k) in self.words.owners or bool(scan.view.words[k].proclitics)

    # --- directions ---------------------------------------------------------------------------------------------

    def relative(self, k: int) -> Found | None:
        """`شمال غربي سوريا`, `محيط بلدة سرمين`: words of direction and the place that they are seen from."""
        scan, words = self.scan, self.words
        rule = words.relatives.get(scan.full[k])
        if rule is None:
            return None
        last = k + 1
        while last < scan.size and last < k + 4 and scan.view.gaps[last] == NONE:
            again = words.relatives.get(scan.full[last])
            chained = rule.chain and again is not None and scan.view.words[last].proclitics in ("", "و")
            if not chained and not (rule.adjective and scan.is_in(last, words.compass)):
                break
            last += 1
        head = scan.view.name(k, last)
        inner = self.seen_from(last)
        if inner is None:
            return None
        text, end, ref = inner
        return Found(k, end, f"relative.{rule.id}", "relative", ref, f"{head} {text}")

    def seen_from(self, k: int) -> tuple[str, int, str | None] | None:
        """The place at word `k` (its name, the word behind it, its id), a noun of place before it or not."""
        scan = self.scan
        if not scan.near(k):
            return None
        view = scan.view
        prefix = "ل" if view.words[k].proclitics == "ل" else ""
        if view.words[k].proclitics not in ("", "ل"):
            return None
        entry = self.words.nouns.get(view.keys[k])
        if entry is not None and not view.definite[k] and scan.near(k + 1):
            noun, many = entry
            found = name_behind(scan, k + 1, noun, many)
            if found is not None:
                if noun.keep:
                    kept = self.kept(k, found, noun, many)
                    return prefix + (kept.name or view.name(k, kept.last)), kept.last, None
                return prefix + view.name(found.first, found.last), found.last, found.ref
        known = scan.known(k)
        if known is not None and known[1].use >= NOUN and not (known[1].use == NOUN and scan.everyday(k)):
            return prefix + view.name(k, known[0]), known[0], known[1].ref
        if scan.is_in(k, self.words.countries):
            return prefix + view.name(k, k + 1), k + 1, None
        if entry is not None and view.definite[k]:
            for earlier in reversed(self.found[-40:]):
                if earlier.subtype == entry[0].subtype:
                    return prefix + (earlier.name or view.name(earlier.first, earlier.last)), k + 1, earlier.ref
        return None

    # --- the gazetteer -------------------------------------------------------------------------------------------

    def known(self, k: int) -> Found | None:
        """The known name at word `k`, where it has the evidence that it needs."""
        scan = self.scan
        known = scan.known(k)
        if known is None or not self.fits(k, known):
            return None
        last, place = known
        if place.use == FREE:
            return Found(k, last, "known.free", place.subtype, place.ref)
        if place.use == PREP and self.placed(k):
            return Found(k, last, "known.prep", place.subtype, place.ref)
        return None

    def placed(self, k: int) -> bool:
        """Whether a preposition of place, or a verb or noun that takes places, stands before word `k`."""
        view = self.scan.view
        if view.words[k].proclitics in ("ب", "وب", "ل"):
            return True
        return self.scan.near(k) and not view.words[k].proclitics and self.scan.is_in(k - 1, self.words.prepositions)

    def again(self) -> list[Found]:
        """Names that a noun of place has found elsewhere in the report, where they stand without one."""
        taken = bytearray(self.scan.size + 1)
        for found in self.found:
            taken[found.first : found.last] = b"\x01" * (found.last - found.first)
        firsts: dict[str, list[tuple[int, str, Found]]] = {}
        for key, found in self.held.items():
            firsts.setdefault(key.split(" ", 1)[0], []).append((key.count(" ") + 1, key, found))
        for names in firsts.values():
            names.sort(key=lambda name: -name[0])
        more = []
        for k in range(self.scan.size):
            for size, key, found in firsts.get(self.scan.full[k], ()):
                if not any(taken[k : k + size]) and self.matches(k, size, key):
                    more.append(Found(k, k + size, "held", found.subtype, found.ref, found.name))
                    taken[k : k + size] = b"\x01" * size
                    break
        return more

    def matches(self, k: int, size: int, key: str) -> bool:
        """Whether the held name `key` stands at word `k`, with evidence where it is an everyday word."""
        scan = self.scan
        if k + size > scan.size:
            return False
        words = [scan.full[k], *(word.key for word in scan.view.words[k + 1 : k + size])]
        if " ".join(words) != key or not self.fits(k, (k + size, Known(None, "", FREE, ""))):
            return False
        return size > 1 or not scan.everyday(k) or self.placed(k)


def _past_proclitic(scan: PlaceScan, k: int) -> int:
    """The end of an unknown name whose first word may carry و or ك."""
    last = k + 1
    while last < min(k + 3, scan.size) and scan.glued(last) and scan.plain(last):
        if scan.is_in(last, scan.words.tails) or scan.is_in(last - 1, scan.words.heads):
            last += 1
            continue
        break
    return last


