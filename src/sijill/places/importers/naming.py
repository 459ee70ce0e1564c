"""Names as dumps hold them → names to look up: split, cleaned, told apart by script, type words taken off.

Source: the alternate names of GeoNames and Who's On First mix scripts, marks and type words («مديرية لودر»,
« بشري», «الجزيرة (ولاية)»).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sijill.places.importers.knowledge import knowledge
from sijill.text.folding import clean, fold

__all__ = ["arabic_names", "has_arabic", "kind_by_name", "latin_key", "latin_name"]

# Letters of Arabic; then those that Persian, Kurdish and spoken Arabic add (Urdu's own letters are not among them).
_PLAIN = re.compile("[ء-ي]+(?: [ء-ي]+)*")
_ALLOWED = re.compile("[ء-يگچپڤڨژێۆڵڕۊ0-9٠-٩۰-۹ ]+")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
# Persian ya, kaf and ha; letters of Persian, Kurdish and spoken Arabic.
_FOREIGN = re.compile("[\u06cc\u06a9\u06c1\u06be\u06d5گچپڤڨژێۆڵڕۊ]")
_SPLIT = re.compile("[,،;؛/|\n]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DASHES = str.maketrans(dict.fromkeys("-_–—.'\"’‘`", " "))
_LATIN = re.compile("[A-Za-z]")
_NOT_LATIN = re.compile("[^a-z0-9 ]+")
_ARTICLES = frozenset(("al", "el", "ad", "an", "ar", "as", "ash", "at", "ath", "az", "ed", "er", "es", "et", "ez"))
# A bare name of one or two letters, or a number («قرية رقم ١»), says nothing without its type word.
_LEAST = 3
_UNITS = frozenset(("district", "subdistrict"))


def has_arabic(text: str) -> bool:
    """Whether a letter of the Arabic script is in `text`."""
    return _ARABIC.search(text) is not None


def arabic_names(given: Iterable[str], kind: str = "") -> tuple[tuple[str, ...], int]:
    """The names in Arabic letters among `given`, best first, each once; and how many were no names (junk).

    Names with nothing but plain Arabic letters go before those with letters of other languages. A type word is taken
    off: the name without it is a name of its own («مديرية لودر»: لودر, مديرية لودر). `kind` is what the place is.
    """
    plain: dict[str, None] = {}
    other: dict[str, None] = {}
    junk = 0
    for text in given:
        if _PLAIN.fullmatch(text):
            plain.update(dict.fromkeys(_with_bare(text, kind)))
            continue
        if not has_arabic(text):
            continue
        for part in _SPLIT.split(text):
            name = _cleaned(part)
            if len(name) < 2 or not _ALLOWED.fullmatch(name) or not has_arabic(name):
                junk += bool(name)
            else:
                group = other if _FOREIGN.search(part) else plain
                group.update(dict.fromkeys(_with_bare(name, kind)))
    names = [*plain, *(name for name in other if name not in plain)]
    return tuple(names), junk


def kind_by_name(kind: str, names: tuple[str, ...]) -> str:
    """The kind of a place, made closer by the type word of its name: the settlement «مخيم اليرموك» is a camp."""
    if kind != "settlement" or not names:
        return kind
    for name in names:
        first, _, rest = name.partition(" ")
        word = knowledge().type_words.get(fold(first)) if rest else None
        if word is not None and word.kind in ("camp", "quarter"):
            return word.kind
    return kind


def latin_name(*given: str) -> str:
    """The first of `given` in Latin letters, in one line; '' where none is."""
    for text in given:
        if text and _LATIN.search(text) and not has_arabic(text):
            return " ".join(text.split())[:120]
    return ""


def latin_key(name: str) -> str:
    """What a Latin name is looked up by: lower case, no accents, marks and article (Al-Bāb: bab)."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words = _NOT_LATIN.sub("", plain.lower().replace("-", " ")).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def _cleaned(part: str) -> str:
    """One name without marks, brackets and doubled blanks."""
    return " ".join(_BRACKETS.sub(" ", clean(part).text).translate(_DASHES).split())


def _with_bare(name: str, kind: str) -> tuple[str, ...]:
    """`name`, and without its type word, the one first that goes first."""
    first, _, rest = name.partition(" ")
    known = knowledge()
    word = known.type_words.get(fold(first)) if rest else None
    if word is None or len(rest) < _LEAST or fold(rest.split(" ", 1)[0]) in known.numbering or rest[0].isdigit():
        return (name,)
    if word.units and kind not in _UNITS:
        return (name,)
    return (rest, name) if word.first else (name, rest)
