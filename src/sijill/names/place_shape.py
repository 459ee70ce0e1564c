"""What a name of a place looks like that no table has: how far it runs, and which words begin none.

Source: Wright, A Grammar of the Arabic Language, vol. 2: the noun of place governs the name (construct or apposition),
so that no preposition, verb or relative can be its first word; an adjective agrees with its noun in the article.
"""

from __future__ import annotations

from sijill.names.place_scan import Match, PlaceScan
from sijill.names.place_words import Takes
from sijill.names.view import NONE, SOFT

__all__ = ["foreign", "longer", "opened_name", "past_verb", "unknown_name"]

_LONGEST = 4


def unknown_name(scan: PlaceScan, k: int, takes: Takes, skip: int = 0, *, masculine: bool = False) -> Match | None:
    """The unknown name that begins at word `k` (`skip` of its letters left out); None where none begins there.

    Behind a `masculine` noun no feminine adjective can stand, so that a word that looks like one is a name.
    """
    view, words = scan.view, scan.words
    head = scan.full[k] in words.heads and scan.glued(k + 1)  # أم is "or" as well
    if not scan.plain(k) or (scan.function_word(k) and not head) or scan.full[k] in words.stops:
        return None
    word = view.words[k]
    at = word.start + skip if skip or word.proclitics else -1
    if word.enclitic and word.enclitic not in words.no_owners:
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
    if len(form) < 3 and scan.full[k] not in words.heads and not construct:
        return None
    return Match(_goes_on(scan, k), at)


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
    return not past_verb(scan, word.form)


def opened_name(scan: PlaceScan, k: int, *, dashes: bool = True) -> Match | None:
    """The quoted or bracketed name that opens before word `k` and closes within four words; `dashes` may be in it."""
    view = scan.view
    if not view.opened[k]:
        return None
    last = k
    while last < min(k + _LONGEST, scan.size) and (
        last == k or view.gaps[last] in (NONE, SOFT) or (dashes and scan.dash(last))
    ):
        last += 1
        if view.closed[last - 1]:
            everyday = last == k + 1 and scan.full[k] in scan.words.stops
            return None if everyday or not scan.plain(k) else Match(last, view.words[k].start)
    return None


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
    feminine = form.endswith(("ة", "ه", "ت")) and scan.view.words[k].lemma == form[:-1]
    return not (feminine or form.endswith(("ية", "ات", "ين", "ون")))


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
    return len(word.proclitics) == 1 and (rest in scan.words.never_led or not scan.everyday_form(rest))


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
    form = scan.view.words[last].form
    return not (form.endswith(("ية", "يه", "وي")) or scan.adjective(form))


def past_verb(scan: PlaceScan, form: str) -> bool:
    """Whether `form` may be a verb of the past: the dictionary has its feminine's stem, or its present with ي."""
    lexicon = scan.lexicon
    stem = lexicon.lemma(form[:-1]) if form.endswith("ت") else None
    if form.endswith("وا") or (stem is not None and stem == lexicon.lemma(form)):
        return True
    return lexicon.lemma("ي" + form.removeprefix("ا")) is not None
