"""Finding the places that a report names.

What finds a name: a noun of place before it (`قرية`, `ريف`, `معبر`), alone or with a list behind it; a word that says
where one place lies from another (`شمال غربي سوريا`, `محيط بلدة سرمين`); the gazetteer, for names that stand on their
own or follow a preposition of place; and the report itself, for a name that one of these has found elsewhere in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sijill.model import Mention, MentionKind, Span, Text
from sijill.names.place_grammar import Found, conjunct, found_in_list, kept, name_behind, opened_name
from sijill.names.place_index import FREE, PREP, load_places
from sijill.names.place_relative import border, relative, unit
from sijill.names.place_scan import Match, PlaceScan
from sijill.names.place_words import Noun, load_place_words
from sijill.names.view import View
from sijill.text.lexicon import WordLexicon, load_words

__all__ = ["PlaceFinder", "lexicon_words"]

_DESCRIBED = frozenset(("settlement", "quarter", "camp", "airport", "crossing", "governorate", "district"))
_COLOURED = frozenset(("river", "mountain", "region", "relative"))
_LOOK_BACK = 40
_LOOK_AHEAD = 7


def lexicon_words(overlay: Path | None = None) -> tuple[str, ...]:
    """First words of the known names, without article: words that clitics may stand before (for TextReader)."""
    return load_places(overlay).words()


class PlaceFinder:
    """Finds places in texts. `lexicon` is the text room's, where the caller has one; else it is loaded again."""

    def __init__(self, overlay: Path | None = None, lexicon: WordLexicon | None = None) -> None:
        self.index = load_places(overlay)
        self.words = load_place_words(overlay)
        self._lexicon = lexicon or load_words((), overlay)

    def find(self, text: Text, view: View | None = None) -> tuple[Mention, ...]:
        """The places that `text` names, in text order, none overlapping another. Linear in the length.

        `view` is the names room's view of the text, where the caller has made it already.
        """
        return _Finding(PlaceScan(text, self.index, self.words, self._lexicon, view)).mentions()


class _Finding:
    """One pass over one text: what is found so far, and the names that hold in the whole report."""

    def __init__(self, scan: PlaceScan) -> None:
        self.scan = scan
        self.words = scan.words
        self.found: list[Found] = []
        self.held: dict[str, Found] = {}

    def mentions(self) -> tuple[Mention, ...]:
        """Everything found, as mentions in text order."""
        k = 0
        while k < self.scan.size:
            k = max(self.at(k), k + 1)
        self.found += self.again()
        self.found.sort(key=lambda found: found.first)
        return tuple(self.mention(found) for found in self.found)

    def mention(self, found: Found) -> Mention:
        """The mention of one find."""
        scan = self.scan
        head, tail = scan.view.words[found.first], scan.view.words[found.last - 1]
        return Mention(
            kind=MentionKind.PLACE,
            span=Span(found.at if found.at >= 0 else head.name_start, tail.end),
            name=found.name or scan.name(found.first, found.last, found.at),
            first=scan.view.index[found.first],
            last=scan.view.index[found.last - 1] + 1,
            rule=found.rule,
            ref=found.ref,
            subtype=found.subtype,
        )

    def at(self, k: int) -> int:
        """Search at word `k`; what is found goes to `found`. The word from which the search goes on."""
        scan = self.scan
        found = relative(scan, k, self.earlier) or border(scan, k) or unit(scan, k)
        if found is not None:
            end = self.take(found)
            if found.subtype != "relative":
                return end
            return self.members(end, many=False, rule="list.relative", subtype="settlement")
        known = self.known(k)
        entry = scan.noun(k)
        if entry is not None and (known is None or known.last == k + 1):
            end = self.noun(k, entry[0], many=entry[1])
            if end > k:
                return end
        if known is not None:
            end = self.take(known)
            rule = "list.state" if known.rule == "known.state" else "list.known"
            return self.members(end, many=False, rule=rule, subtype="settlement")
        return k

    def take(self, found: Found) -> int:
        """Put `found` among the finds; a name without its noun holds in the whole report. The word behind it."""
        self.found.append(found)
        plain = found.name is None and found.rule.startswith(("noun.", "known.prep", "list."))
        if plain and self.scan.noun(found.first) is None:
            self.held.setdefault(self.scan.key(found.first, found.last, found.at), found)
        return found.last

    # --- nouns of place -------------------------------------------------------------------------------------------

    def noun(self, k: int, noun: Noun, *, many: bool) -> int:
        """The name behind the noun of place at word `k`, and the list that goes on from it; `k` where none."""
        scan = self.scan
        if scan.view.definite[k] and not noun.apposed:
            return self.introduced(k, noun) if many else self.described(k, noun)
        if k + 1 >= scan.size or not self.a_place(k, noun):
            return k
        found = name_behind(scan, k + 1, noun, many=many)
        if found is not None and scan.full[found.last - 1] in self.words.behind:
            return k
        if found is None:
            return self.introduced(k, noun) if many else k
        if noun.keep:
            found = kept(scan, k, found, noun, many=many)
        end = self.take(found)
        return self.members(end, many=many, rule=f"noun.{noun.id}", subtype=noun.subtype, noun=noun)

    def a_place(self, k: int, noun: Noun) -> bool:
        """Whether the noun at word `k` means a place there: no organisation's name, no `عن طريق`."""
        scan = self.scan
        if scan.view.words[k].proclitics or not scan.near(k):
            return True
        before = scan.full[k - 1]
        if before in self.words.not_after.get(noun.id, ()):
            return False
        return not noun.keep or before not in self.words.owners or scan.function_word(k - 1)

    def described(self, k: int, noun: Noun) -> int:
        """A definite noun (`المدينة`) stands for the latest place of its class, or for the name in brackets."""
        scan = self.scan
        if noun.subtype not in _DESCRIBED:
            coloured = scan.glued(k + 1) and scan.full[k + 1] in self.words.tails and scan.view.definite[k + 1]
            if not coloured or noun.subtype not in _COLOURED:
                return k
            return self.take(Found(k, k + 2, f"noun.{noun.id}", noun.subtype))
        if scan.near(k + 1) and scan.view.opened[k + 1]:
            name = opened_name(scan, k + 1)
            if name is not None:
                return self.take(Found(k + 1, name.last, f"noun.{noun.id}", noun.subtype, at=name.at))
        found = self.earlier(noun)
        if found is None:
            return k
        name_ = found.name or scan.name(found.first, found.last, found.at)
        self.found.append(Found(k, k + 1, "description", "description", found.ref, name_))
        return k + 1

    def earlier(self, noun: Noun) -> Found | None:
        """The latest place found that `noun`, with its article, can stand for: by that noun first, then by class."""
        recent = self.found[-_LOOK_BACK:]
        for found in reversed(recent):
            if found.rule == f"noun.{noun.id}":
                return found
        for found in reversed(recent):
            if found.subtype == noun.subtype:
                return found
        return None

    def introduced(self, k: int, noun: Noun) -> int:
        """A list behind its noun with words between: `قرى عدة قريبة منها، كالزهراء، والمنارة`."""
        scan = self.scan
        sentence = scan.view.words[k].sentence
        for at in range(k + 1, min(k + _LOOK_AHEAD, scan.size)):
            word = scan.view.words[at]
            if word.sentence != sentence or scan.noun(at) is not None:
                break
            if word.proclitics == "ك" and scan.view.definite[at]:
                start, skip = at, 1
            elif scan.full[at] in self.words.introducers and at + 1 < scan.size and not self.cut(at + 1):
                start, skip = at + 1, 0
            else:
                continue
            name = found_in_list(scan, start, skip, many=True)
            if name is not None:
                found = Found(start, name.last, f"noun.{noun.id}", noun.subtype, at=name.at)
                return self.members(self.take(found), many=True, rule=found.rule, subtype=noun.subtype, noun=noun)
        return k

    def cut(self, k: int) -> bool:
        """Whether word `k` has a proclitic."""
        return bool(self.scan.view.words[k].proclitics)

    def members(self, k: int, *, many: bool, rule: str, subtype: str, noun: Noun | None = None) -> int:
        """The further members of a list, word `k` being behind its last one. The word behind the list."""
        scan = self.scan
        while (start := conjunct(scan, k, many=many)) is not None:
            name = found_in_list(scan, *start, many=many)
            if name is None or not self.fits(start[0], name.last):
                break
            ref, kind, written = None, subtype, None
            if name.place is not None:
                ref, kind = name.place.ref, name.place.subtype
            last = name.last
            if noun is not None and noun.keep and many:
                while noun.compass and last < scan.size and scan.glued(last) and scan.full[last] in self.words.compass:
                    last += 1
                ref, kind = None, noun.subtype
                written = f"{noun.one[0]} {scan.name(start[0], last, name.at)}" if noun.compass else None
            named = rule if rule != "list.state" or kind == "country" else "list.known"
            k = self.take(Found(start[0], last, named, kind, ref, written, name.at))
        return k

    # --- the gazetteer --------------------------------------------------------------------------------------------

    def known(self, k: int) -> Found | None:
        """The known name at word `k`, where it has the evidence that it needs."""
        match = self.scan.known(k)
        if match is None or match.place is None or not self.fits(k, match.last):
            return None
        place = match.place
        if place.subtype == "country" and not self.placed(k, match, state=True):
            # A country that nothing places may be the state, who acts: the rule tells the claims room so.
            return (
                Found(k, match.last, "known.state", place.subtype, place.ref, at=match.at)
                if place.use == FREE
                else None
            )
        if place.use == FREE:
            return Found(k, match.last, "known.free", place.subtype, place.ref, at=match.at)
        if place.use == PREP and self.placed(k, match):
            return Found(k, match.last, "known.prep", place.subtype, place.ref, at=match.at)
        return None

    def fits(self, k: int, last: int) -> bool:
        """Whether the name in words `k`..`last` is not part of a longer one that is no place."""
        scan = self.scan
        if scan.near(last) and scan.full[last] in self.words.behind:
            return False
        if not scan.near(k) or scan.view.words[k].proclitics:
            return True
        before = scan.full[k - 1]
        if before in self.words.parts and scan.glued(k):
            return False
        return before not in self.words.owners or scan.function_word(k - 1)

    def placed(self, k: int, match: Match, *, state: bool = False) -> bool:
        """Whether a preposition of place, or (no `state`) a verb or noun that takes places, stands before word `k`."""
        scan = self.scan
        word = scan.view.words[k]
        if word.proclitics and match.at < 0:
            return word.proclitics[-1] in "بل"  # the proclitic is outside the name
        if not scan.near(k):
            return False
        before = scan.full[k - 1]
        return before in self.words.prepositions or (not state and before in self.words.takers)

    # --- the report -----------------------------------------------------------------------------------------------

    def again(self) -> list[Found]:
        """Names found elsewhere in the report, where they stand without evidence of their own."""
        scan = self.scan
        taken = bytearray(scan.size + 1)
        for found in self.found:
            taken[found.first : found.last] = b"\x01" * (found.last - found.first)
        firsts: dict[str, list[tuple[int, str, Found]]] = {}
        for key, found in self.held.items():
            firsts.setdefault(key.split(" ", 1)[0], []).append((found.last - found.first, key, found))
        for names in firsts.values():
            names.sort(key=lambda name: -name[0])
        more = []
        for k in range(scan.size):
            word = scan.view.words[k]
            starts = ((scan.full[k], -1), (word.key, word.start)) if word.proclitics else ((scan.full[k], -1),)
            for first, at in starts:
                size, held = self.matching(k, firsts.get(first, ()), at)
                if held is not None and not any(taken[k : k + size]):
                    more.append(Found(k, k + size, "held", held.subtype, held.ref, at=at))
                    taken[k : k + size] = b"\x01" * size
        return more

    def matching(self, k: int, names: Sequence[tuple[int, str, Found]], at: int) -> tuple[int, Found | None]:
        """The longest of the held `names` that stands at word `k`, with evidence where it is an everyday word."""
        scan = self.scan
        for size, key, found in names[:_LOOK_AHEAD]:
            last = k + size
            if last > scan.size or scan.key(k, last, at) != key or not self.fits(k, last):
                continue
            if size > 1 or not scan.everyday(k) or self.placed(k, Match(last, at)):
                return size, found
        return 0, None
