"""Places seen from another place: `شمال غربي سوريا`, `محيط بلدة سرمين`, `الحدود السورية العراقية`, `محور الفوج 46`."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sijill.model import WordKind
from sijill.names.place_grammar import Found, kept, name_behind
from sijill.names.place_scan import PlaceScan
from sijill.names.place_shape import longer, unknown_name
from sijill.names.place_words import Noun
from sijill.names.view import NONE

__all__ = ["border", "relative", "unit"]

_OF = "من"  # الريف الشمالي من محافظة درعا
Earlier = Callable[[int, Noun], "Found | None"]


class _Seen(msgspec.Struct, frozen=True, gc=False):
    """The place that another is seen from: how it is written, the word behind it, and what was found there."""

    name: str
    last: int
    found: Found | None = None


def relative(scan: PlaceScan, k: int, earlier: Earlier) -> Found | None:
    """The place that the word of direction at word `k` begins; `earlier` gives what a definite noun stands for."""
    words, view = scan.words, scan.view
    rule = words.relatives.get(scan.full[k])
    if rule is None:
        return None
    last = k + 1
    while last < scan.size and last < k + 5 and view.gaps[last] == NONE:
        again = words.relatives.get(scan.full[last])
        chained = again is not None and (rule.chain or view.words[last].proclitics == "و")
        if not (chained and view.words[last].proclitics in ("", "و")):
            closes = rule.adjective and view.definite[k] and scan.full[last] in words.compass
            if not (closes and scan.glued(last)):
                break
        last += 1
    if rule.adjective and last > k + 1 and scan.near(last) and scan.full[last] == _OF:
        last += scan.near(last + 1) and scan.noun(last + 1) is not None
    elif rule.of and (last == k + 1 or last >= scan.size or view.words[last].proclitics != "ل"):
        return None
    seen = _seen_from(scan, last, earlier, unknown=rule.adjective)
    if seen is None:
        return None
    # ل before an article takes its alef: `للباب`.
    name = f"{scan.name(k, last)} {seen.name}".replace(" لال", " لل", 1)
    end = seen.last
    if rule.adjective and last == k + 1 and scan.glued(end) and scan.full[end] in words.compass:
        end += 1  # `أطراف المدينة الجنوبية`, `مدخل سراقب الشمالي`
        name = f"{name} {scan.name(end - 1, end)}"
    return Found(k, end, f"relative.{rule.id}", "relative", None, name, inner=seen.found)


def _seen_from(scan: PlaceScan, k: int, earlier: Earlier, *, unknown: bool) -> _Seen | None:
    """The place at word `k`, a noun of place before it or not."""
    if not scan.near(k):
        return None
    view = scan.view
    if view.words[k].proclitics not in ("", "ل"):
        known = scan.known(k)  # بعقوبة is no "with a punishment"
        return _bare(scan, k, "", unknown=False) if known is not None and known.at >= 0 else None
    prefix = "ل" if view.words[k].proclitics == "ل" else ""
    entry = scan.noun(k)
    if entry is not None and view.definite[k] and not entry[0].apposed:
        found = earlier(k, entry[0])
        if found is None:
            return None
        return _Seen(prefix + (found.name or scan.name(found.first, found.last, found.at)), k + 1)
    if entry is not None and scan.near(k + 1):
        noun, many = entry
        found = name_behind(scan, k + 1, noun, many=many)
        if found is not None and noun.keep:
            whole = kept(scan, k, found, noun, many=many)
            return _Seen(prefix + (whole.name or scan.name(k, whole.last)), whole.last, whole)
        if found is not None:
            return _Seen(prefix + scan.name(found.first, found.last, found.at), found.last, found)
    return _bare(scan, k, prefix, unknown=unknown)


def _bare(scan: PlaceScan, k: int, prefix: str, *, unknown: bool) -> _Seen | None:
    """The place at word `k` without a noun: a known name, "the country", or (behind an edge) an unknown name."""
    known = scan.known(k)
    if known is not None and known.place is not None:
        everyday = known.last == k + 1 and known.place.use == 0 and scan.everyday(k)
        if not everyday and not scan.word_too(k, known):
            known = longer(scan, k, known)
            return _Seen(prefix + scan.name(k, known.last, known.at), known.last)
    if scan.full[k] in scan.words.countries:
        return _Seen(prefix + scan.name(k, k + 1), k + 1)
    if unknown and not prefix:
        name = unknown_name(scan, k, "name")
        if name is not None and not scan.adjective(scan.view.words[k].form):
            return _Seen(scan.name(k, name.last, name.at), name.last)
    return None


def border(scan: PlaceScan, k: int) -> Found | None:
    """The border that word `k` begins: by adjectives of nations, or by the countries."""
    words, view = scan.words, scan.view
    rule = words.borders.get(scan.full[k])
    if rule is None or not scan.near(k + 1):
        return None
    last = k + 1
    while last < k + 3 and last < scan.size and scan.near(last) and _national(scan, last):
        last += 1
    if last > k + 1:
        return Found(k, last, f"border.{rule.id}", "border")
    form = scan.full[last]
    if form not in words.border_with and form not in words.border_between:
        return None
    known = scan.known(last + 1) if scan.near(last + 1) else None
    if known is None or view.words[last + 1].proclitics:
        return None
    end = known.last
    if form in words.border_between and end < scan.size and view.words[end].proclitics == "و":
        other = scan.known(end)
        end = other.last if other is not None else end
    return Found(k, end, f"border.{rule.id}", "border")


def _national(scan: PlaceScan, k: int) -> bool:
    """Whether word `k` is an adjective of a nation: a definite nisba that is none of the plain ones."""
    word = scan.view.words[k]
    full = scan.full[k]
    return scan.view.definite[k] and not word.proclitics and full.endswith("يه") and full not in scan.words.border_plain


def unit(scan: PlaceScan, k: int) -> Found | None:
    """The base of a numbered unit at word `k`, where a noun or preposition of place stands before it."""
    rule = scan.words.units.get(scan.full[k])
    if rule is None or k + 1 >= scan.size or scan.view.words[k + 1].kind is not WordKind.NUMBER:
        return None
    if not scan.near(k + 1) or not scan.near(k) or scan.full[k - 1] not in scan.words.unit_before:
        return None
    return Found(k, k + 2, f"unit.{rule.id}", "site")
