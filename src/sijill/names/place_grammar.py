"""How far the name of a place runs: behind a noun of place, behind a word of direction, in a list.

Source: Wright, A Grammar of the Arabic Language, vol. 2: the noun of place governs the name (construct or apposition),
so that no preposition, verb or relative can be its first word; an adjective agrees with the noun in article and gender.
"""

from __future__ import annotations

import msgspec

from sijill.names.place_scan import PlaceScan
from sijill.names.place_words import Noun
from sijill.names.view import NONE, SOFT

__all__ = ["Found", "name_behind", "unknown_name"]


class Found(msgspec.Struct, frozen=True, gc=False):
    """A name found: words `first`..`last`; `name` where it is not simply those words."""

    first: int
    last: int
    rule: str
    subtype: str
    ref: str | None = None
    name: str | None = None


def name_behind(scan: PlaceScan, k: int, noun: Noun, many: bool) -> Found | None:
    """The name that begins at word `k`, behind `noun`: a known one by the longest match, else what looks like one."""
    if not scan.near(k) and not (many and scan.comma(k)):
        return None
    word = scan.view.words[k]
    inside = scan.view.opened[k]
    known = scan.known(k)
    if known is not None and (not word.proclitics or word.key == scan.full[k] or scan.index.longest(word.key)):
        last, place = known
        if last == k + 1 and scan.is_in(k, scan.words.stops) and not inside:
            return None
        subtype = noun.subtype if noun.subtype != "settlement" else place.subtype
        if noun.subtype == "settlement" and place.subtype in ("governorate", "country"):
            subtype = "settlement"
        return Found(k, last, f"noun.{noun.id}", subtype, None if noun.keep else place.ref)
    last = unknown_name(scan, k, weak=noun.weak and not inside, cautious=noun.cautious and not many and not inside)
    return Found(k, last, f"noun.{noun.id}", noun.subtype) if last > k else None


def unknown_name(scan: PlaceScan, k: int, *, weak: bool, cautious: bool = False) -> int:
    """Where the name that begins at word `k` ends; `k` where none begins there."""
    view, words = scan.view, scan.words
    if not scan.plain(k) or scan.is_in(k, words.stops) or scan.function_word(k):
        return k
    word = view.words[k]
    if word.proclitics and not _miscut(scan, k):
        return k
    everyday = scan.everyday(k) and not scan.is_in(k, words.heads)
    if everyday and (weak or (cautious and not view.definite[k])):
        return k
    if everyday and not view.definite[k] and (view.keys[k].endswith(("ه", "ات", "ين", "ون")) or len(word.form) < 3):
        return k
    if scan.full[k] in words.nouns or scan.full[k] in words.relatives:
        return k
    return _goes_on(scan, k)


def _miscut(scan: PlaceScan, k: int) -> bool:
    """Whether the proclitic of word `k` may be a letter of an unknown name: what remains is no word."""
    word = scan.view.words[k]
    return not word.article and word.proclitics not in ("و", "ف") and not scan.everyday(k)


def _goes_on(scan: PlaceScan, k: int) -> int:
    """Where the name ends whose first word is word `k`: heads take the next word, adjectives of a name close it."""
    view, words = scan.view, scan.words
    last = k + 1
    while last < k + 4 and scan.glued(last) and not view.closed[last - 1] and scan.plain(last):
        if scan.is_in(last, words.tails):
            # An adjective agrees with its noun in the article.
            if view.definite[last] == view.definite[k] or last > k + 1:
                last += 1
            break
        if scan.is_in(last, words.stops) or scan.function_word(last):
            break
        head = scan.is_in(last - 1, words.heads)
        construct = view.definite[last] and not any(view.definite[k:last]) and not _participle(scan, last)
        if not (head or construct) or scan.full[last] in words.nouns:
            break
        last += 1
    return last


def _participle(scan: PlaceScan, k: int) -> bool:
    """Whether word `k` looks like an adjective: nisba, feminine participle."""
    return scan.full[k].endswith(("يه", "وي")) and scan.everyday(k)


def opened_name(scan: PlaceScan, k: int) -> int:
    """Where a quoted or bracketed name that opens before word `k` ends; `k` where none does within four words."""
    view = scan.view
    if not view.opened[k]:
        return k
    last = k
    while last < min(k + 4, view.size) and (last == k or view.gaps[last] in (NONE, SOFT)):
        last += 1
        if view.closed[last - 1]:
            return last
    return k
