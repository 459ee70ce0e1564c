"""Whether a name means a place where it stands: by the words before it and behind it.

A known name may be part of an organisation's name, a state that acts, a common word; a name that no table has may
still be one for what stands beside it.

Source: Wright, A Grammar of the Arabic Language, vol. 2, prepositions and construct; the annotation guidelines.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sijill.names.place_grammar import Found
from sijill.names.place_index import FREE, PREP
from sijill.names.place_lists import conjunct, found_in_list
from sijill.names.place_scan import Match, PlaceScan
from sijill.names.place_shape import longer, unknown_name

__all__ = ["as_state", "fits", "known_name", "new_name", "placed"]

_LIST = 3
_OUTLET = 5
_STROKES = frozenset("-–—/")
_BANK = 25


def known_name(scan: PlaceScan, k: int, named: Callable[[frozenset[str]], bool]) -> Found | None:
    """The known name at word `k`, where it has the evidence that it needs; `named`: is one of these named already."""
    match = scan.known(k)
    if match is None or match.place is None or not fits(scan, k, match.last):
        return None
    place, key = match.place, scan.key(k, match.last, match.at)
    if scan.mark_before(k) == "#" and not placed(scan, k, match):
        return None  # a tag is a label
    if _dateline(scan, k, match.last):
        return Found(k, match.last, "dateline", "dateline", place.ref, at=match.at)
    if scan.word_too(k, match):
        led = match.at < 0 and not scan.view.words[k].proclitics and placed(scan, k)
        sure = led and _placed_besides(scan, k, match.last)
        return Found(k, match.last, "known.prep", place.subtype, place.ref) if sure else None
    if key in scan.words.short and not named(scan.words.short[key]):
        return None
    if key in scan.words.banks and _of_a_river(scan, k):
        return None
    governs = key in scan.words.governments or (key in scan.words.own_governments and _says(scan, k))
    if (place.subtype == "country" or governs) and not placed(scan, k, match, state=True):
        # A country that nothing places may be the state, who acts: the rule tells the claims room so.
        if place.use != FREE and not _heads_line(scan, k, match.last):
            return None
        subtype = "capital" if governs else place.subtype
        return Found(k, match.last, "known.state", subtype, place.ref, at=match.at)
    if place.use == FREE:
        return Found(k, match.last, "known.free", place.subtype, place.ref, at=match.at)
    if place.use == PREP and placed(scan, k, match):
        return Found(k, match.last, "known.prep", place.subtype, place.ref, at=match.at)
    if _toward(scan, k) and match.at < 0 and (match.last > k + 1 or not scan.everyday(k)):
        last = longer(scan, k, match).last
        ref = place.ref if last == match.last else None
        return Found(k, last, "known.prep", place.subtype, ref, at=match.at)
    return None


def _heads_line(scan: PlaceScan, k: int, last: int) -> bool:
    """`سورية: مقتل …`: a country that begins a sentence before a colon."""
    words, index = scan.text.words, scan.view.index
    behind = index[last - 1] + 1
    first = scan.text.sentences[scan.view.words[k].sentence].first
    return index[k] == first and behind < len(words) and words[behind].form in (":", "..")


def _says(scan: PlaceScan, k: int) -> bool:
    """Whether word `k` stands behind a verb that a government says or decides something by, or as "that …"."""
    return scan.near(k) and not scan.view.words[k].proclitics and scan.full[k - 1] in scan.words.states_say


def _dateline(scan: PlaceScan, k: int, last: int) -> bool:
    """Whether the name in words `k`..`last` says where the report was written (`دمشق - وكالة`, `وكالة - دمشق`).

    It opens a sentence before a dash or stroke, or closes a line of an outlet and a dash.
    """
    words, index = scan.text.words, scan.view.index
    after = words[index[last - 1] + 1] if index[last - 1] + 1 < len(words) else None
    same = after is not None and after.sentence == scan.view.words[k].sentence
    first = scan.text.sentences[scan.view.words[k].sentence].first
    if index[k] == first:
        begins = same and after is not None and (after.form in _STROKES or _outlet_behind(scan, index[last - 1] + 1))
        return begins and (last >= scan.size or scan.known(last) is None)
    if not first < index[k] <= first + _OUTLET or scan.mark_before(k) not in _STROKES:
        return False
    return not same or (after is not None and after.form == "(")


def _outlet_behind(scan: PlaceScan, at: int) -> bool:
    """`باماكو (صحراء نيوز) - …`: whether word `at` of the text opens a bracket that closes soon, before a stroke."""
    words = scan.text.words
    if words[at].form != "(":
        return False
    for close in range(at + 1, min(at + _OUTLET + 2, len(words) - 1)):
        if words[close].form == ")":
            return words[close + 1].form in (*_STROKES, ":")
    return False


def as_state(scan: PlaceScan, found: Found) -> Found:
    """A member of a list of states: a state as well, or a place where it is no country."""
    if scan.key(found.first, found.last, found.at) in scan.words.governments:
        return msgspec.structs.replace(found, subtype="capital")
    return found if found.subtype == "country" else msgspec.structs.replace(found, rule="list.known")


def new_name(scan: PlaceScan, k: int) -> Found | None:
    """The name at word `k` that no shipped table has, behind a preposition of place.

    The user's gazetteer has it, or its first word makes names (`تل`), or it stands in a list with a known place.
    """
    if not placed(scan, k):
        return None
    word = scan.view.words[k]
    if not scan.plain(k) or word.enclitic or scan.function_word(k) or not fits(scan, k, k + 1):
        return None
    listed = scan.listed(k)
    if listed is not None and fits(scan, k, listed.last) and _stands_there(scan, k, listed.last):
        return Found(k, listed.last, "known.user", "settlement")
    if scan.noun(k) is not None or scan.full[k] in scan.words.relatives:
        return None
    if scan.full[k] in scan.words.openers and not word.article:
        name = unknown_name(scan, k, "any", scan.bare_skip(k), masculine=True)
        if name is not None and name.last > k + 1 and fits(scan, k, name.last):
            return Found(k, name.last, "opener", "settlement")
    if scan.everyday(k) or len(word.form) < len(word.proclitics) + 3:
        return None
    name = unknown_name(scan, k, "name", scan.bare_skip(k))
    if name is None or not _beside_known(scan, name.last):
        return None
    return Found(k, name.last, "list.new", "settlement")


def _stands_there(scan: PlaceScan, k: int, last: int) -> bool:
    """Whether a name of the user's gazetteer in words `k`..`last`, behind a preposition, means the place.

    Villages are called like everything: one word wants a word that only places follow or that places it, and words of
    the dictionary alone want more than "from".
    """
    words, full = scan.words, scan.full[k]
    if last > k + 1:
        strange = any(not scan.everyday(at) for at in range(k, last))
        return full not in words.stops and (
            strange or not (scan.full[k - 1] in words.of_parties or scan.full[k - 1] in words.sources)
        )
    if full in words.stops or full in words.heads or full in words.relatives or scan.noun(k) is not None:
        return False
    return not scan.everyday(k) and not _agrees(scan, k) and _placed_besides(scan, k, last)


def _agrees(scan: PlaceScan, k: int) -> bool:
    """Whether word `k` may be the adjective of a feminine noun before it, as indefinite as that (`مقبرة جماعية`)."""
    word = scan.view.words[k]
    if word.proclitics or not word.form.endswith(("ية", "يه")) or scan.view.definite[k] or not scan.glued(k):
        return False
    return scan.view.words[k - 1].form.endswith(("ة", "ه")) and not scan.view.definite[k - 1]


def _placed_besides(scan: PlaceScan, k: int, last: int) -> bool:
    """Whether more than any preposition places the name in words `k`..`last`."""
    return _toward(scan, k) or _located(scan, last) or _beside_known(scan, last)


def _located(scan: PlaceScan, k: int) -> bool:
    """Whether what follows at word `k` says where the place before it lies."""
    if not scan.near(k):
        return False
    if scan.full[k] in scan.words.located or scan.full[k] in scan.words.relatives:
        return True
    at = k + 1 if scan.full[k] in scan.words.prepositions else k
    led = at > k or scan.view.words[k].proclitics == "ب"
    return led and at < scan.size and scan.noun(at) is not None


def _beside_known(scan: PlaceScan, k: int) -> bool:
    """Whether a list goes on at word `k` that soon has a known place in it."""
    for _ in range(_LIST):
        start = conjunct(scan, k, many=False)
        if start is None:
            return False
        if scan.noun(start[0]) is not None and not start[1] and not scan.view.definite[start[0]]:
            return True
        name = found_in_list(scan, *start, many=False)
        if name is None:
            return False
        if name.place is not None:
            return name.place.subtype != "country"
        k = name.last
    return False


def fits(scan: PlaceScan, k: int, last: int) -> bool:
    """Whether the name in words `k`..`last` is not part of a longer one that is no place."""
    if scan.near(last) and scan.full[last] in scan.words.behind:
        return False
    if not scan.near(k):
        return True
    if scan.view.words[k].proclitics:
        return True
    before = scan.full[k - 1]
    if before in scan.words.parts and scan.glued(k):
        return False
    if before in scan.words.houses:
        return False
    return before not in scan.words.owners or scan.function_word(k - 1)


def placed(scan: PlaceScan, k: int, match: Match | None = None, *, state: bool = False) -> bool:
    """Whether a preposition of place, or a verb or noun that takes places, stands before word `k`.

    A `state` is placed by a preposition alone that no party takes: not `بين روسيا وتركيا`, `الموالي لإيران`.
    """
    word = scan.view.words[k]
    if word.proclitics and (match is None or match.at < 0):
        return word.proclitics[-1] in ("ب" if state else "بل")  # the proclitic is outside the name
    if not scan.near(k):
        return False
    before = scan.full[k - 1]
    if not state:
        return before in scan.words.prepositions or before in scan.words.takers
    if before not in scan.words.prepositions or before in scan.words.of_parties:
        return False
    return not (scan.near(k - 1) and scan.full[k - 2] in scan.words.backed)


def _toward(scan: PlaceScan, k: int) -> bool:
    """Whether a word that only places follow (`قرب`, `باتجاه`) stands before word `k`."""
    return scan.near(k) and not scan.view.words[k].proclitics and scan.full[k - 1] in scan.words.toward


def _of_a_river(scan: PlaceScan, k: int) -> bool:
    """Whether `الضفة الغربية` at word `k` is the bank of a river that the sentence has named before."""
    words = scan.view.words
    sentence = words[k].sentence
    for at in range(k - 1, max(k - _BANK, 0) - 1, -1):
        if words[at].sentence != sentence:
            return False
        entry = scan.words.nouns.get(scan.view.keys[at])
        if entry is not None and entry[0].subtype == "river":
            return True
    return False
