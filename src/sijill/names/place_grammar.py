"""How far the name of a place runs: behind a noun of place, in a list, in brackets.

Source: Wright, A Grammar of the Arabic Language, vol. 2: the noun of place governs the name (construct or apposition),
so that no preposition, verb or relative can be its first word; an adjective agrees with its noun in the article.
"""

from __future__ import annotations

import msgspec

from sijill.names.place_scan import Match, PlaceScan
from sijill.names.place_words import Noun, Takes
from sijill.names.view import NONE, SOFT

__all__ = ["Found", "conjunct", "found_in_list", "kept", "name_behind", "opened_name", "unknown_name"]

_LONGEST = 4


class Found(msgspec.Struct, frozen=True, gc=False):
    """A name found in words `first`..`last`.

    `at` is the offset where it begins (-1: where word `first` does, proclitics off), `name` how it is written where
    that is not simply those words.
    """

    first: int
    last: int
    rule: str
    subtype: str
    ref: str | None = None
    name: str | None = None
    at: int = -1


def name_behind(scan: PlaceScan, k: int, noun: Noun, *, many: bool) -> Found | None:
    """The name that begins at word `k`, behind `noun`: a known one by the longest match, else what looks like one."""
    if not scan.near(k):
        return None
    inside = scan.view.opened[k]
    quoted = opened_name(scan, k) if inside else None
    known = scan.known(k)
    if quoted is not None and (known is None or known.last < quoted.last):
        return Found(k, quoted.last, f"noun.{noun.id}", noun.subtype, at=quoted.at)
    if known is not None and known.place is not None and not _new_phrase(scan, k, known):
        single = known.last == k + 1
        bare = scan.full[k] in scan.words.stops or scan.noun(k) is not None
        if not (single and bare and not inside):
            return _known_behind(scan, k, noun, known)
    takes: Takes = noun.takes
    if many and takes == "definite":
        takes = "name"
    if noun.apposed:
        return None
    name = unknown_name(scan, k, "any" if inside and takes == "name" else takes, masculine=_masculine(noun))
    if name is None and many:
        name = _listed(scan, k)
    return Found(k, name.last, f"noun.{noun.id}", noun.subtype, at=name.at) if name is not None else None


def _verb(scan: PlaceScan, form: str) -> bool:
    """Whether `form` may be a verb of the past: the dictionary has its feminine's stem, or its present with ي."""
    lexicon = scan.lexicon
    if form.endswith("وا") or (form.endswith("ت") and lexicon.lemma(form[:-1]) == lexicon.lemma(form)):
        return True
    return lexicon.lemma("ي" + form.removeprefix("ا")) is not None


def _list_goes_on(scan: PlaceScan, k: int) -> bool:
    """Whether a list goes on at word `k`, behind a member that no "and" joins to it."""
    return k < scan.size and (scan.comma(k) or scan.view.words[k].form == "و" or scan.view.words[k].proclitics == "و")


def _noun_in_list(scan: PlaceScan, start: int) -> Match | None:
    """A member of a list that begins with a noun of its own that names keep (`ووادي الزيتون`)."""
    entry = scan.noun(start)
    if entry is None or entry[1] or not entry[0].keep or scan.view.definite[start] or not scan.glued(start + 1):
        return None
    name = scan.known(start + 1) or (unknown_name(scan, start + 1, "any") if scan.view.definite[start + 1] else None)
    return Match(name.last, -1) if name is not None else None


def _known_behind(scan: PlaceScan, k: int, noun: Noun, known: Match) -> Found:
    place = known.place
    subtype, ref = noun.subtype, None
    if place is not None and not noun.keep:
        ref = place.ref
        if noun.subtype == "governorate":
            ref = scan.index.governorate(scan.key(k, known.last)) or ref
        elif noun.subtype == "settlement" and place.subtype not in ("governorate", "country", "region", "river"):
            subtype = place.subtype
    return Found(k, known.last, f"noun.{noun.id}", subtype, ref, at=known.at)


def _new_phrase(scan: PlaceScan, k: int, known: Match) -> bool:
    """Whether word `k` begins a phrase of its own (`قرية بحلب`): a proclitic of it is outside the name."""
    return bool(scan.view.words[k].proclitics) and known.at < 0


def _masculine(noun: Noun) -> bool:
    return not noun.one[0].endswith("ة")


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


def unknown_name(scan: PlaceScan, k: int, takes: Takes, skip: int = 0, *, masculine: bool = False) -> Match | None:
    """The unknown name that begins at word `k` (`skip` of its letters left out); None where none begins there.

    Behind a `masculine` noun no feminine adjective can stand, so that a word that looks like one is a name.
    """
    view, words = scan.view, scan.words
    if not scan.plain(k) or scan.function_word(k) or scan.full[k] in words.stops:
        return None
    word = view.words[k]
    at = word.start + skip if skip or word.proclitics else -1
    if word.enclitic:
        return None
    if skip == 0 and word.proclitics:
        if not _miscut(scan, k):
            return None
    elif scan.full[k] in words.relatives or scan.noun(k) is not None:
        return None
    form = word.form[skip:]
    if (
        scan.everyday_form(form)
        and scan.full[k] not in words.heads
        and not _may_name(scan, k, form, takes, masculine=masculine)
    ):
        return None
    if len(form) < 3 and form not in words.heads:
        return None
    return Match(_goes_on(scan, k), at)


def _may_name(scan: PlaceScan, k: int, form: str, takes: Takes, *, masculine: bool) -> bool:
    """Whether an everyday word may be a name there: with its article, or no plural, no adjective."""
    if takes == "name":
        return False
    definite = form.startswith("ال")
    if form[0] in "يت" and scan.view.words[k].lemma[:1] != form[0]:
        return False  # a verb of the present
    if takes == "definite" or definite:
        plural = form.endswith(("ات", "ين", "ون")) and scan.full[k] not in scan.words.tens
        return definite and (takes == "any" or not plural)
    # The adjective that the word might be agrees with the noun; no accusative stands in a construct.
    if masculine:
        return not form.endswith(("ات", "ين", "ون", "ي"))
    return not (scan.view.words[k].lemma == form[:-1] or form.endswith(("ية", "ات", "ين", "ون")))


def _miscut(scan: PlaceScan, k: int) -> bool:
    """Whether the proclitic of word `k` may be a letter of an unknown name.

    Behind a noun in construct no و, ف, ك, ل can begin a word but as a letter of it, unless a new phrase begins there.
    """
    word = scan.view.words[k]
    if word.article or word.proclitics[:1] in "وف":
        return False
    rest = word.form[len(word.proclitics) :]
    if word.proclitics == "ك":
        return rest not in scan.lexicon.function_words
    return len(word.proclitics) == 1 and not scan.everyday_form(rest)


def _goes_on(scan: PlaceScan, k: int) -> int:
    """Where the name ends whose first word is word `k`: heads take the next word, adjectives of a name close it."""
    view, words = scan.view, scan.words
    last = k + 1
    while last < k + _LONGEST and scan.glued(last) and not view.closed[last - 1] and scan.plain(last):
        full = scan.full[last]
        if full in words.tails:
            seen_from = full in words.relatives and last + 1 < scan.size and scan.known(last + 1) is not None
            if not seen_from and (view.definite[last] == view.definite[k] or last > k + 1):
                last += 1
            break
        headed = scan.full[last - 1] in words.heads
        if full in words.stops or scan.function_word(last) or (scan.noun(last) is not None and not headed):
            break
        construct = view.definite[last] and not any(view.definite[k:last]) and not full.endswith(("يه", "وي"))
        if not (headed or construct):
            break
        last += 1
    return last


def opened_name(scan: PlaceScan, k: int) -> Match | None:
    """The quoted or bracketed name that opens before word `k` and closes within four words."""
    view = scan.view
    if not view.opened[k]:
        return None
    last = k
    while last < min(k + _LONGEST, scan.size) and (last == k or view.gaps[last] in (NONE, SOFT) or scan.dash(last)):
        last += 1
        if view.closed[last - 1]:
            everyday = last == k + 1 and scan.full[k] in scan.words.stops
            return None if everyday or not scan.plain(k) else Match(last, view.words[k].start)
    return None


def kept(scan: PlaceScan, k: int, found: Found, noun: Noun, *, many: bool) -> Found:
    """The name with its noun, word `k`: `ريف حلب الشمالي`, `مطار حماة العسكري`; for a list, the noun's singular."""
    last = found.last
    closing = scan.words.compass if noun.compass else scan.words.works
    while last < scan.size and scan.glued(last) and scan.full[last] in closing:
        last += 1
    name = f"{noun.one[0]} {scan.name(found.first, last, found.at)}" if many else None
    return Found(k, last, found.rule, found.subtype, None, name)


def conjunct(scan: PlaceScan, k: int, *, many: bool) -> tuple[int, int] | None:
    """Where the next member of a list would begin, word `k` being behind the last one.

    The word, and how many letters of it are no part of the name; None where no member can begin.
    """
    if k >= scan.size:
        return None
    view = scan.view
    comma = scan.comma(k)
    if not (view.gaps[k] in (NONE, SOFT) or comma) or view.words[k].sentence != view.words[k - 1].sentence:
        return None
    word = view.words[k]
    if word.form == "و":
        return (k + 1, 0) if scan.near(k + 1) else None
    if word.proclitics == "و":
        return k, len(word.proclitics)
    if word.key.startswith("و") and not word.proclitics and len(word.form) > 3 and _and_in_it(scan, k, many=many):
        return k, 1
    return (k, 0) if many and comma and not word.proclitics else None


def _and_in_it(scan: PlaceScan, k: int, *, many: bool) -> bool:
    """Whether the first letter of word `k`, not cut off, is an "and" all the same: `ومنغ` in a list of names."""
    known = scan.known(k, 1)
    if known is not None:
        return scan.known(k) is None
    return many and not scan.everyday(k)


def found_in_list(scan: PlaceScan, start: int, skip: int, *, many: bool) -> Match | None:
    """The member of a list that begins at word `start`: behind a plural noun any name, else a clear one."""
    if scan.full[start] in scan.words.relatives:
        return None
    if scan.noun(start) is not None:
        return _noun_in_list(scan, start) if many else None
    word = scan.view.words[start]
    if skip == len(word.proclitics):
        skip_known, at = 0, -1
    else:
        skip_known, at = skip, word.start + skip
    known = scan.known(start, skip_known)
    if known is not None and known.place is not None and (many or known.place.use > 0):
        return known
    if many:
        construct = scan.glued(start + 1) and not word.article and scan.view.definite[start + 1]
        compound = construct and not _verb(scan, word.form[skip:])
        name = unknown_name(scan, start, "any" if compound else "definite", skip, masculine=compound)
        if name is not None and not skip and not _list_goes_on(scan, name.last):
            name = None
    else:
        name = unknown_name(scan, start, "name", skip)
        if name is not None and not word.article and len(word.form) - skip < 5 and name.last == start + 1:
            name = None
    return Match(name.last, at) if name is not None else None
