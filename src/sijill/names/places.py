"""Finding the places that a report names.

What finds a name: a noun of place before it (`قرية`, `ريف`, `معبر`), alone or with a list behind it; a word that says
where one place lies from another (`شمال غربي سوريا`, `محيط بلدة سرمين`); the gazetteer, for names that stand on their
own or follow a preposition of place; and the report itself, for a name that one of these has found elsewhere in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from sijill.model import Mention, MentionKind, Span, Text
from sijill.names.place_evidence import as_state, fits, known_name, new_name, placed
from sijill.names.place_grammar import Found, kept, name_behind
from sijill.names.place_index import load_places
from sijill.names.place_lists import conjunct, found_in_list
from sijill.names.place_relative import border, relative, unit
from sijill.names.place_report import Held, Named
from sijill.names.place_scan import Everyday, PlaceScan
from sijill.names.place_shape import opened_name
from sijill.names.place_words import Noun, load_place_words
from sijill.names.view import View
from sijill.text.lexicon import WordLexicon, load_words

__all__ = ["PlaceFinder", "lexicon_words"]

_COLOURED = frozenset(("river", "mountain", "region", "relative"))
_LOOK_AHEAD = 7
_LEADS = "بل"  # proclitics that a place may stand behind


def lexicon_words(overlay: Path | None = None) -> tuple[str, ...]:
    """First words of the known names, without article: words that clitics may stand before (for TextReader)."""
    return load_places(overlay).words()


class PlaceFinder:
    """Finds places in texts. `lexicon` is the text room's, where the caller has one; else it is loaded again."""

    def __init__(self, overlay: Path | None = None, lexicon: WordLexicon | None = None) -> None:
        self.index = load_places(overlay)
        self.words = load_place_words(overlay)
        self._lexicon = lexicon or load_words((), overlay)
        self._dictionary = Everyday(self.index, self._lexicon)

    def find(
        self, text: Text, view: View | None = None, known: Callable[[str], bool] | None = None
    ) -> tuple[Mention, ...]:
        """The places that `text` names, in text order, none overlapping another. Linear in the length.

        `view` is the names room's view of the text, where the caller has made it already. `known` says whether a
        gazetteer of the user's has a name (as written); such a name needs a preposition or a noun of place before it.
        """
        scan = PlaceScan(text, self.index, self.words, self._lexicon, view, known, self._dictionary)
        return _Finding(scan).mentions()


class _Finding:
    """One pass over one text: what is found so far, what definite nouns stand for, what holds in the whole report."""

    def __init__(self, scan: PlaceScan) -> None:
        self.scan = scan
        self.words = scan.words
        self.found: list[Found] = []
        self.held = Held(scan)
        self.named = Named(scan)

    def mentions(self) -> tuple[Mention, ...]:
        """Everything found, as mentions in text order."""
        k = 0
        while (k := self.next_start(k)) < self.scan.size:
            k = max(self.at(k), k + 1)
        self.found += self.held.again(self.found)
        self.found.sort(key=lambda found: found.first)
        return tuple(self.mention(one) for found in self.found for one in self.parted(found))

    def parted(self, found: Found) -> tuple[Found, ...]:
        """`نبل والزهراء`: two towns that the gazetteer has by one name are two places with one point."""
        words = self.scan.view.words
        joint = next((k for k in range(found.first + 1, found.last) if words[k].proclitics == "و"), None)
        if joint is None or found.subtype != "settlement" or found.ref is None or found.name:
            return (found,)
        second = joint if words[joint].stem else joint + 1
        one = msgspec.structs.replace(found, last=joint)
        return one, msgspec.structs.replace(found, first=second, at=-1)

    def next_start(self, k: int) -> int:
        """The first word from `k` on where a search can find something: a cheap test, passed by one word in three.

        A name, a noun of place or another word of the data begins there, or the word before it (or on it) takes places.
        """
        scan, words = self.scan, self.words
        full, keys, cut, size = scan.full, scan.view.keys, scan.view.words, scan.size
        begins, nouns, known, held, led = (
            words.beginnings,
            words.nouns,
            scan.index.firsts,
            self.held.firsts,
            words.leads,
        )
        while k < size:
            form = full[k]
            if form in known or keys[k] in nouns or form in begins or form in held:
                break
            proclitics = cut[k].proclitics
            if proclitics:
                if proclitics[-1] in _LEADS or cut[k].key in known or cut[k].key in held:
                    break
            elif k and full[k - 1] in led:
                break
            k += 1
        return k

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
        if scan.full[k] in self.words.beginnings:
            found = relative(scan, k, self.named.meant) or border(scan, k) or unit(scan, k)
            if found is not None:
                end = self.take(found)
                if found.subtype != "relative":
                    return end
                return self.members(end, many=False, rule="list.relative", subtype="settlement")
        known = known_name(scan, k, self.named.any_of)
        entry = scan.noun(k)
        if known is not None and entry is not None and known.last > k + 1:
            known = self.with_noun(k, entry[0], known)
        if entry is not None and (known is None or known.last == k + 1):
            end = self.noun(k, entry[0], many=entry[1])
            if end > k:
                return end
        known = known or self.held.at(k) or new_name(scan, k)
        if known is not None:
            end = self.take(known)
            rule = "list.state" if known.rule == "known.state" else "list.known"
            return self.members(end, many=False, rule=rule, subtype="settlement")
        return k

    def take(self, found: Found) -> int:
        """Put `found` among the finds; a name without its noun holds in the whole report. The word behind it."""
        self.found.append(found)
        if found.rule == "dateline":
            return found.last
        self.named.add(found)
        self.held.add(found)
        return found.last

    # --- nouns of place -------------------------------------------------------------------------------------------

    def noun(self, k: int, noun: Noun, *, many: bool) -> int:
        """The name behind the noun of place at word `k`, and the list that goes on from it; `k` where none."""
        scan = self.scan
        if scan.view.definite[k] and not noun.apposed:
            return self.introduced(k, noun) if many else self.described(k, noun)
        if k + 1 >= scan.size or not self.a_place(k, noun, many=many):
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

    def with_noun(self, k: int, noun: Noun, known: Found) -> Found:
        """A known name that begins with its noun: without it where names lose it, else with what closes the name."""
        scan = self.scan
        if noun.keep:
            inner = msgspec.structs.replace(known, first=k + 1)
            last = kept(scan, k, inner, noun, many=False).last
            return msgspec.structs.replace(known, last=last, noun=noun.id)
        if scan.view.definite[k] or scan.full[k + 1] in self.words.stops:
            return known
        return msgspec.structs.replace(known, first=k + 1, at=-1, rule=f"noun.{noun.id}", noun=noun.id)

    def a_place(self, k: int, noun: Noun, *, many: bool) -> bool:
        """Whether the noun at word `k` means a place there: no organisation's name, no `عن طريق`."""
        scan = self.scan
        if noun.led and not many and (scan.view.opened[k + 1] or not placed(scan, k, state=True)):
            return False
        if scan.view.words[k].proclitics or not scan.near(k):
            return True
        before = scan.full[k - 1]
        if before in self.words.not_after.get(noun.id, ()):
            return False
        return not noun.keep or before not in self.words.owners or scan.function_word(k - 1)

    def described(self, k: int, noun: Noun) -> int:
        """A definite noun (`المدينة`) stands for a place named before, or for the name in brackets."""
        scan = self.scan
        if noun.stands == "no":
            coloured = scan.glued(k + 1) and scan.full[k + 1] in self.words.tails and scan.view.definite[k + 1]
            if not coloured or noun.subtype not in _COLOURED:
                return k
            return self.take(Found(k, k + 2, f"noun.{noun.id}", noun.subtype, noun=noun.id))
        if scan.near(k + 1) and scan.view.opened[k + 1]:
            name = opened_name(scan, k + 1)
            if name is not None:
                return self.take(Found(k + 1, name.last, f"noun.{noun.id}", noun.subtype, at=name.at, noun=noun.id))
        found = self.named.meant(k, noun)
        if found is None:
            return k
        name_ = found.name or scan.name(found.first, found.last, found.at)
        self.found.append(Found(k, k + 1, "description", "description", found.ref, name_))
        return k + 1

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
            name = found_in_list(scan, start, skip, many=True, takes=noun.takes)
            if name is not None:
                found = Found(start, name.last, f"noun.{noun.id}", noun.subtype, at=name.at, noun=noun.id)
                end = self.take(found)
                return self.members(end, many=True, rule=found.rule, subtype=noun.subtype, noun=noun)
        return k

    def cut(self, k: int) -> bool:
        """Whether word `k` has a proclitic."""
        return bool(self.scan.view.words[k].proclitics)

    def members(self, k: int, *, many: bool, rule: str, subtype: str, noun: Noun | None = None) -> int:
        """The further members of a list, word `k` being behind its last one. The word behind the list."""
        scan = self.scan
        while (start := conjunct(scan, k, many=many)) is not None:
            name = found_in_list(scan, *start, many=many, takes=noun.takes if noun is not None else "any")
            if name is None or not fits(scan, start[0], name.last):
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
            found = Found(start[0], last, rule, kind, ref, written, name.at, noun.id if noun is not None else "")
            if rule == "list.state":
                found = as_state(scan, found)
            k = self.take(found)
        return k
