"""Lists of places: where the next member would begin, and whether what stands there is one.

Source: Wright, A Grammar of the Arabic Language, vol. 2, §§ 177 ff.: what "and" joins is of one kind.
"""

from __future__ import annotations

from sijill.names.place_scan import Match, PlaceScan
from sijill.names.place_shape import longer, opened_name, past_verb, unknown_name
from sijill.names.place_words import Takes
from sijill.names.view import NONE, SOFT

__all__ = ["conjunct", "found_in_list"]


def conjunct(scan: PlaceScan, k: int, *, many: bool) -> tuple[int, int] | None:
    """Where the next member of a list would begin, word `k` being behind the last one.

    The word, and how many letters of it are no part of the name; None where no member can begin.
    """
    if k >= scan.size:
        return None
    view = scan.view
    comma = scan.comma(k) or (many and scan.dash(k))
    if not (view.gaps[k] in (NONE, SOFT) or comma) or view.words[k].sentence != view.words[k - 1].sentence:
        return None
    word = view.words[k]
    if word.form == "و":
        return (k + 1, 0) if scan.near(k + 1) else None
    if word.proclitics == "و":
        return k, len(word.proclitics)
    if many and word.proclitics[:1] == "و" and _own_letter(scan, k):
        return k, 1
    if word.key.startswith("و") and not word.proclitics and len(word.form) > 3 and _and_in_it(scan, k, many=many):
        return k, 1
    return (k, 0) if many and comma and not word.proclitics else None


def _own_letter(scan: PlaceScan, k: int) -> bool:
    """Whether what was cut off word `k` behind its "and" is a letter of a name: `وكفريدين` is no "and like"."""
    word = scan.view.words[k]
    if word.article or len(word.proclitics) != 2 or scan.everyday(k) or scan.function_word(k):
        return False
    return scan.noun(k) is None and scan.full[k] not in scan.words.relatives and scan.known(k) is None


def found_in_list(scan: PlaceScan, start: int, skip: int, *, many: bool, takes: Takes = "any") -> Match | None:
    """The member of a list that begins at word `start`: behind a plural noun any name, else a clear one."""
    if scan.full[start] in scan.words.relatives:
        return None
    quoted = opened_name(scan, start) if many and takes != "name" and not skip else None
    if quoted is not None:
        return quoted
    if scan.noun(start) is not None:
        return _noun_in_list(scan, start) if many else None
    word = scan.view.words[start]
    if skip == len(word.proclitics):
        skip_known, at = 0, -1
    else:
        skip_known, at = skip, word.start + skip
    known = scan.known(start, skip_known)
    if known is not None and known.place is not None:
        # A name that is a word as well needs the noun to say that it is one.
        word_too = known.last == start + 1 and scan.everyday_form(word.form[skip:])
        named = known.place.use > 0 and (not scan.word_too(start, known) or _known_next(scan, known.last))
        named = named or not (scan.everyday_form(word.form[skip:]) or scan.word_too(start, known))
        if named or (many and (takes != "name" or not word_too)):
            return longer(scan, start, known) if many else known
    if many and takes != "name":
        construct = scan.glued(start + 1) and not word.article and scan.view.definite[start + 1]
        # Behind a comma alone no clause begins that goes on as a list.
        compound = construct and (not skip or not past_verb(scan, word.form[skip:]))
        name = unknown_name(scan, start, "any" if compound else "definite", skip, masculine=compound)
        if name is not None and not skip and not (scan.view.closed[name.last - 1] or _list_goes_on(scan, name.last)):
            name = None
    else:
        name = unknown_name(scan, start, "name", skip)
        short = not word.article and len(word.form) - skip < 5
        if name is not None and name.last == start + 1 and (short or past_verb(scan, word.form[skip:])):
            name = None
    return Match(name.last, at) if name is not None else None


def _and_in_it(scan: PlaceScan, k: int, *, many: bool) -> bool:
    """Whether the first letter of word `k`, not cut off, is an "and" all the same: `ومنغ` in a list of names."""
    known = scan.known(k, 1)
    if known is not None:
        return scan.known(k) is None
    return many and not scan.everyday(k)


def _noun_in_list(scan: PlaceScan, start: int) -> Match | None:
    """A member of a list that begins with a noun of its own that names keep (`ووادي الزيتون`)."""
    entry = scan.noun(start)
    if entry is None or entry[1] or not entry[0].keep or scan.view.definite[start] or not scan.glued(start + 1):
        return None
    name = scan.known(start + 1) or (unknown_name(scan, start + 1, "any") if scan.view.definite[start + 1] else None)
    return Match(name.last, -1) if name is not None else None


def _list_goes_on(scan: PlaceScan, k: int) -> bool:
    """Whether a list goes on at word `k`, behind a member that no "and" joins to it."""
    return k < scan.size and (scan.comma(k) or scan.view.words[k].form == "و" or scan.view.words[k].proclitics == "و")


def _known_next(scan: PlaceScan, k: int) -> bool:
    """Whether a list goes on at word `k` with a known place, which makes a place of what stands before it."""
    start = conjunct(scan, k, many=False)
    if start is None:
        return False
    known = scan.known(start[0], start[1] - scan.bare_skip(start[0]) if start[1] else 0)
    return known is not None and known.place is not None and known.place.use > 0 and not scan.word_too(start[0], known)
