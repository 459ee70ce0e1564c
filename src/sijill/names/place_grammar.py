"""How far the name of a place runs: behind a noun of place, in a list, in brackets.

Source: Wright, A Grammar of the Arabic Language, vol. 2: the noun of place governs the name (construct or apposition),
so that no preposition, verb or relative can be its first word; an adjective agrees with its noun in the article.
"""

from __future__ import annotations

import msgspec

from sijill.names.place_scan import Match, PlaceScan
from sijill.names.place_words import Noun, Takes, key_of_form
from sijill.names.view import NONE, SOFT

__all__ = [
    "Found",
    "conjunct",
    "foreign",
    "found_in_list",
    "kept",
    "longer",
    "name_behind",
    "opened_name",
    "unknown_name",
]

_LONGEST = 4
_INHABITED = ("settlement", "quarter")


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
    if not scan.near(k) or scan.full[k] in scan.words.not_before.get(noun.id, ()):
        return None
    inside = scan.view.opened[k]
    quoted = opened_name(scan, k) if inside else None
    known = scan.known(k)
    if quoted is not None and (known is None or known.last < quoted.last):
        return Found(k, quoted.last, f"noun.{noun.id}", noun.subtype, at=quoted.at, noun=noun.id)
    if known is not None and known.place is not None and not _new_phrase(scan, k, known):
        single = known.last == k + 1
        bare = scan.full[k] in scan.words.stops or scan.noun(k) is not None
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


def longer(scan: PlaceScan, k: int, known: Match) -> Match:
    """`known`, or the longer unknown name that its one word begins: `عين جارة` where only an عين is known."""
    place = known.place
    if place is None or known.last != k + 1 or known.at >= 0:
        return known
    words, view, last = scan.words, scan.view, k + 1
    if scan.full[k] in words.heads:
        last = _goes_on(scan, k)
    elif place.use == 0 and scan.glued(last):
        closes = scan.full[last] in words.tails and view.definite[last] and view.definite[k]
        if (closes and scan.full[last] not in words.relatives) or foreign(scan, last):
            last += 1
    return known if last == k + 1 else Match(last, known.at)


def foreign(scan: PlaceScan, k: int) -> bool:
    """Whether word `k` goes on a name that is no Arabic phrase (`سري كانييه`): no word of the dictionary, no clitic."""
    if not scan.glued(k) or not scan.plain(k) or scan.view.definite[k] or scan.view.closed[k - 1]:
        return False
    word = scan.view.words[k]
    if word.enclitic or len(word.form) < 4 or scan.full[k] in scan.words.stops or scan.noun(k) is not None:
        return False
    if scan.full[k] in scan.words.relatives or scan.function_word(k) or scan.everyday(k):
        return False
    known = scan.known(k)
    if known is not None and known.place is not None and (known.place.use > 0 or known.last > k + 1):
        return False
    return not _verb(scan, word.form)


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


def _verb(scan: PlaceScan, form: str) -> bool:
    """Whether `form` may be a verb of the past: the dictionary has its feminine's stem, or its present with ي."""
    lexicon = scan.lexicon
    stem = lexicon.lemma(form[:-1]) if form.endswith("ت") else None
    if form.endswith("وا") or (stem is not None and stem == lexicon.lemma(form)):
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
        if noun.subtype in ("governorate", "district"):
            ref = scan.index.unit(noun.subtype, scan.key(k, known.last)) or ref
        elif noun.subtype == "settlement" and place.subtype not in ("governorate", "country", "region", "river"):
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
    construct = takes == "any" and scan.glued(k + 1) and view.definite[k + 1]
    if len(form) < 3 and form not in words.heads and not construct:
        return None
    return Match(_goes_on(scan, k), at)


def _may_name(scan: PlaceScan, k: int, form: str, takes: Takes, *, masculine: bool) -> bool:
    """Whether an everyday word may be a name there: with its article, or no plural, no adjective."""
    if takes == "name":
        return False
    definite = form.startswith("ال")
    if form[0] in "يت" and scan.view.words[k].lemma[:1] != form[0] and not _lies_in(scan, k + 1):
        return False  # a verb of the present
    if takes == "definite" or definite:
        plural = form.endswith(("ات", "ين", "ون")) and scan.full[k] not in scan.words.tens
        return definite and (takes == "any" or not plural)
    # The adjective that the word might be agrees with the noun; no accusative stands in a construct.
    if masculine:
        construct = scan.glued(k + 1) and scan.view.definite[k + 1]
        agrees = not construct and not form.endswith("ة") and scan.adjective(form)
        return not (form.endswith(("ات", "ين", "ون", "ي")) or agrees)
    return not (scan.view.words[k].lemma == form[:-1] or form.endswith(("ية", "ات", "ين", "ون")))


def _lies_in(scan: PlaceScan, k: int) -> bool:
    """Whether word `k` begins what a place lies in (`بناحية شرا`), so that a name stands before it and no verb."""
    return scan.near(k) and scan.view.words[k].proclitics == "ب" and scan.noun(k) is not None


def _miscut(scan: PlaceScan, k: int) -> bool:
    """Whether the proclitic of word `k` may be a letter of an unknown name.

    Behind a noun in construct no و, ف, ك, ل can begin a word but as a letter of it, unless a new phrase begins there.
    """
    word = scan.view.words[k]
    if word.article or word.proclitics[:1] in "وف" or scan.noun(k) is not None:
        return False
    rest = word.form[len(word.proclitics) :]
    if word.proclitics == "ك":
        return rest not in scan.lexicon.function_words
    return len(word.proclitics) == 1 and not scan.everyday_form(rest)


def _goes_on(scan: PlaceScan, k: int) -> int:
    """Where the name ends whose first word is word `k`: heads take the next word, adjectives of a name close it."""
    view, words = scan.view, scan.words
    last = k + 1
    while last < k + _LONGEST and not view.closed[last - 1]:
        headed = scan.full[last - 1] in words.heads
        if not (scan.glued(last) or (headed and scan.near(last) and not view.opened[last] and _miscut(scan, last))):
            break
        if not scan.plain(last):
            break
        full = scan.full[last]
        if full in words.tails:
            seen_from = full in words.relatives and last + 1 < scan.size and scan.known(last + 1) is not None
            if not seen_from and (view.definite[last] == view.definite[k] or last > k + 1):
                last += 1
            break
        if full in words.stops or scan.function_word(last) or (scan.noun(last) is not None and not headed):
            break
        if not (headed or _second(scan, k, last)):
            break
        last += 1
    return last


def _second(scan: PlaceScan, k: int, last: int) -> bool:
    """Whether word `last` goes on the name of word `k` without a head: its genitive, or a second strange word."""
    if any(scan.view.definite[k:last]):
        return False
    if not scan.view.definite[last]:
        return last == k + 1 and foreign(scan, last) and not scan.everyday(k)
    if scan.everyday(k):
        return True  # a common noun without article takes a genitive with one, no adjective
    # Behind a strange word, what looks like an adjective is one: `ليسيتشانسك المقابلة`.
    return not (scan.full[last].endswith(("يه", "وي")) or scan.adjective(scan.view.words[last].form))


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


def _known_next(scan: PlaceScan, k: int) -> bool:
    """Whether a list goes on at word `k` with a known place, which makes a place of what stands before it."""
    start = conjunct(scan, k, many=False)
    if start is None:
        return False
    known = scan.known(start[0], start[1] - scan.bare_skip(start[0]) if start[1] else 0)
    return known is not None and known.place is not None and known.place.use > 0 and not scan.word_too(start[0], known)


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


def _line_end(scan: PlaceScan, k: int) -> int:
    """Where a line ends that further places joined by dashes go on: `طريق حزوان - عبلة`."""
    for _ in range(_LONGEST):
        if k >= scan.size or not scan.dash(k) or scan.view.words[k].proclitics:
            break
        at = k + 1 if scan.noun(k) is not None else k
        name = scan.known(at) or (unknown_name(scan, at, "name") if at < scan.size else None)
        if name is None:
            break
        k = name.last
    return k


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
    if word.key.startswith("و") and not word.proclitics and len(word.form) > 3 and _and_in_it(scan, k, many=many):
        return k, 1
    return (k, 0) if many and comma and not word.proclitics else None


def _and_in_it(scan: PlaceScan, k: int, *, many: bool) -> bool:
    """Whether the first letter of word `k`, not cut off, is an "and" all the same: `ومنغ` in a list of names."""
    known = scan.known(k, 1)
    if known is not None:
        return scan.known(k) is None
    return many and not scan.everyday(k)


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
        if named or (many and (takes != "name" or not word_too)):
            return longer(scan, start, known) if many else known
    if many and takes != "name":
        construct = scan.glued(start + 1) and not word.article and scan.view.definite[start + 1]
        # Behind a comma alone no clause begins that goes on as a list.
        compound = construct and (not skip or not _verb(scan, word.form[skip:]))
        name = unknown_name(scan, start, "any" if compound else "definite", skip, masculine=compound)
        if name is not None and not skip and not (scan.view.closed[name.last - 1] or _list_goes_on(scan, name.last)):
            name = None
    else:
        name = unknown_name(scan, start, "name", skip)
        short = not word.article and len(word.form) - skip < 5
        if name is not None and name.last == start + 1 and (short or _verb(scan, word.form[skip:])):
            name = None
    return Match(name.last, at) if name is not None else None
