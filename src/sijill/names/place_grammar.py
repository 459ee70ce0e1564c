"""The name behind a noun of place: which one, with or without its noun, and what closes it.

Source: Wright, A Grammar of the Arabic Language, vol. 2, construct and apposition; the annotation guidelines ("Names
of places": which nouns a name loses).
"""

from __future__ import annotations

import msgspec

from sijill.names.place_index import PREP
from sijill.names.place_lists import conjunct, found_in_list
from sijill.names.place_scan import Match, PlaceScan
from sijill.names.place_shape import longer, opened_name, unknown_name
from sijill.names.place_words import Noun, Takes, key_of_form
from sijill.names.view import NONE

__all__ = ["Found", "kept", "name_behind"]

_LONGEST = 4
_INHABITED = ("settlement", "quarter")
# What no village or town is: behind such a noun another place of the name is meant.
_NO_SETTLEMENT = ("country", "district", "governorate", "region", "river")


class Found(msgspec.Struct, frozen=True, gc=False):
    """A name found in words `first`..`last`.

    `at` is the offset where it begins (-1: where word `first` does, proclitics off), `name` how it is written where
    that is not simply those words. `noun` is the id of the noun that it was named with; `inner` the place that its
    name holds (`حلب` of `ريف محافظة حلب`).
    """

    first: int
    last: int
    rule: str
    subtype: str
    ref: str | None = None
    name: str | None = None
    at: int = -1
    noun: str = ""
    inner: Found | None = None


def name_behind(scan: PlaceScan, k: int, noun: Noun, *, many: bool) -> Found | None:
    """The name that begins at word `k`, behind `noun`: a known one by the longest match, else what looks like one."""
    if not (scan.near(k) or (many and scan.colon(k))) or scan.full[k] in scan.words.not_before.get(noun.id, ()):
        return None
    inside = scan.view.opened[k]
    quoted = opened_name(scan, k, dashes=not many) if inside else None
    known = scan.known(k)
    if quoted is not None and (known is None or known.last < quoted.last):
        return Found(k, quoted.last, f"noun.{noun.id}", noun.subtype, at=quoted.at, noun=noun.id)
    if known is not None and known.place is not None and not _new_phrase(scan, k, known):
        single = known.last == k + 1
        bare = scan.full[k] in scan.words.stops or (scan.noun(k) is not None and not scan.view.definite[k])
        if not (single and bare and not inside):
            return _known_behind(scan, k, noun, longer(scan, k, known))
    takes: Takes = noun.takes
    if many and takes == "definite":
        takes = "name"
    if noun.apposed:
        return None
    inner = _nested(scan, k, noun) if not many else None
    if inner is not None:
        return inner
    takes = "any" if inside and takes == "name" else takes
    name = unknown_name(scan, k, takes, masculine=_masculine(scan, k - 1, many=many))
    given = _given(scan, k, takes)
    if given is not None and (name is None or given.last > name.last):
        name = given
    if name is None and many:
        name = _listed(scan, k)
    if name is None:
        return None
    return Found(k, name.last, f"noun.{noun.id}", noun.subtype, at=name.at, noun=noun.id)


def _given(scan: PlaceScan, k: int, takes: Takes) -> Match | None:
    """The name at word `k` that the user's gazetteer has, whole: `بسبت` is no "on Saturday" behind a noun of place."""
    word = scan.view.words[k]
    if scan.full[k] in scan.words.stops or scan.function_word(k) or word.enclitic:
        return None
    found = scan.listed(k, word.start if word.proclitics else -1)
    if found is None or found.last > k + 1:
        return found
    begins = scan.full[k] in scan.words.heads or scan.full[k] in scan.words.relatives or scan.noun(k) is not None
    return None if begins or (takes != "any" and scan.everyday(k)) else found


def _nested(scan: PlaceScan, k: int, outer: Noun) -> Found | None:
    """The name behind a further noun of place at word `k`, `outer` being before it.

    A name loses the one noun inside it that names lose (`ريف محافظة حلب`), and keeps the other (`قرية سد الشهباء`).
    """
    entry = scan.noun(k)
    if entry is None or entry[1] or entry[0].apposed or scan.view.definite[k] or not scan.glued(k):
        return None
    noun = entry[0]
    if outer.keep == noun.keep or (noun.keep and (outer.stands != "class" or outer.subtype not in _INHABITED)):
        return None
    found = name_behind(scan, k + 1, noun, many=False)
    if found is None or not noun.keep:
        return found
    whole = kept(scan, k, found, noun, many=False)
    return Found(k, whole.last, f"noun.{outer.id}", outer.subtype, name=whole.name, noun=outer.id)


def _known_behind(scan: PlaceScan, k: int, noun: Noun, known: Match) -> Found:
    place = known.place
    subtype, ref = noun.subtype, None
    if place is not None and not noun.keep:
        ref = place.ref
        if noun.subtype in ("governorate", "district"):
            ref = scan.index.unit(noun.subtype, scan.key(k, known.last)) or ref
        elif noun.subtype == "settlement" and place.subtype in _NO_SETTLEMENT:
            ref = None
        elif noun.subtype == "settlement":
            subtype = place.subtype
    return Found(k, known.last, f"noun.{noun.id}", subtype, ref, at=known.at, noun=noun.id)


def _new_phrase(scan: PlaceScan, k: int, known: Match) -> bool:
    """Whether word `k` begins a phrase of its own (`قرية بحلب`): a proclitic of it is outside the name."""
    return bool(scan.view.words[k].proclitics) and known.at < 0


def _masculine(scan: PlaceScan, k: int, *, many: bool) -> bool:
    """Whether the noun at word `k` is masculine; the plurals of things are feminine."""
    return not many and not scan.view.keys[k].endswith("ه")


def _listed(scan: PlaceScan, k: int) -> Match | None:
    """A name that looks like a preposition and a noun (`قرى بسبت وكفرنوران`), where another name is joined to it.

    What "and" joins is of one kind (Wright 2, §§ 177 ff.): beside a name stands a name.
    """
    word = scan.view.words[k]
    if word.proclitics != "ب" or word.article or word.enclitic:
        return None
    following = conjunct(scan, k + 1, many=False)
    if following is None or found_in_list(scan, *following, many=False) is None:
        return None
    return Match(k + 1, word.start)


def kept(scan: PlaceScan, k: int, found: Found, noun: Noun, *, many: bool) -> Found:
    """The name with its noun, word `k`: `ريف حلب الشمالي`, `تلال الشلهوب`; in a list the noun's singular."""
    last = found.last
    closing = scan.words.compass if noun.compass else scan.words.works
    while last < scan.size and scan.glued(last) and scan.full[last] in closing:
        last += 1
    if noun.compass and last > found.last and _and_compass(scan, last):
        last += 1
        while last < scan.size and scan.glued(last) and scan.full[last] in closing:
            last += 1
    if noun.line and not many:
        last = _line_end(scan, last)
    if many and (_dual(scan, k, noun) or _another(scan, last, noun)):
        name = f"{noun.one[0]} {scan.name(found.first, last, found.at)}"
    elif found.first > k + 1:
        name = f"{scan.name(k, k + 1)} {scan.name(found.first, last, found.at)}"
    else:
        name = None
    inner = found if found.first > k + 1 else None
    return Found(k, last, f"noun.{noun.id}", noun.subtype, None, name, noun=noun.id, inner=inner)


def _dual(scan: PlaceScan, k: int, noun: Noun) -> bool:
    """Whether word `k` is the dual of `noun` before its genitive (`ريفي`)."""
    return scan.view.keys[k][:-1] in {key_of_form(form) for form in noun.one}


def _another(scan: PlaceScan, k: int, noun: Noun) -> bool:
    """Whether a list goes on at word `k` with a further name."""
    start = conjunct(scan, k, many=True)
    return start is not None and found_in_list(scan, *start, many=True, takes=noun.takes) is not None


def _and_compass(scan: PlaceScan, k: int) -> bool:
    """Whether a further side follows at word `k`: `ريف إدلب الجنوبي والشرقي`."""
    if k >= scan.size or scan.view.gaps[k] != NONE or scan.view.words[k].proclitics != "و":
        return False
    return scan.full[k] in scan.words.compass


def _town(match: Match) -> bool:
    place = match.place
    return place is not None and place.subtype == "settlement" and place.use >= PREP


def _line_end(scan: PlaceScan, k: int) -> int:
    """Where a line ends that further places go on, joined by dashes (`طريق حزوان - عبلة`) or not (`طريق دمشق حمص`)."""
    for _ in range(_LONGEST):
        if k >= scan.size or scan.view.words[k].proclitics:
            break
        if not scan.dash(k):
            end = scan.known(k) if scan.glued(k) else None
            if end is None or not _town(end) or scan.word_too(k, end):
                break
            k = end.last
            continue
        at = k + 1 if scan.noun(k) is not None else k
        name = scan.known(at) or (unknown_name(scan, at, "name") if at < scan.size else None)
        if name is None:
            break
        k = name.last
    return k
