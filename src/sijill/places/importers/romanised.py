"""A Latin name → the skeletons that its Arabic name may have, for places whose Arabic name no dump knows.

The consonants are read back letter by letter; where a dump has lost the marks of a letter, each reading gives one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from itertools import product

from sijill.places.entry import skeleton_of
from sijill.places.importers.knowledge import Romanisation, knowledge

__all__ = ["skeletons_of_latin"]

# More readings than this say too little; shorter skeletons are those of too many names.
_MOST_READINGS = 24
_LEAST = 3
_BRACKETS = re.compile(r"[(\[].*")
_CUT = re.compile(r"[\s\-–/,.]+")


def skeletons_of_latin(name: str) -> tuple[str, ...]:
    """The `skeleton_of` that the Arabic of `name` may have, sorted; none for a name with too many readings."""
    rules = knowledge().romanisation
    plain = unicodedata.normalize("NFC", _BRACKETS.sub("", name.lower())).replace("z\u0327", "ẓ")
    words = [word for word in _CUT.split(plain) if word]
    if len(words) > 1 and words[0] in rules.type_words:
        words = words[1:]
    readings: list[tuple[str, ...]] = []
    for number, word in enumerate(words, start=1):
        if _unmarked(word) in rules.articles and len(words) > 1:
            continue
        # The t of a first word is as a rule that of its ta marbuta (Khirbat al …: خربة).
        bound = number < len(words) and word.endswith(("at", "et")) and word not in rules.words
        readings += [*_readings(word[:-1] if bound else word, rules), *([("", "ت")] if bound else []), (" ",)]
    if math.prod(map(len, readings)) > _MOST_READINGS:
        return ()
    found = {skeleton_of("".join(letters)) for letters in product(*readings)}
    return tuple(sorted(skeleton for skeleton in found if len(skeleton.replace(" ", "")) >= _LEAST))


def _readings(word: str, rules: Romanisation) -> Iterator[tuple[str, ...]]:
    """For each letter of `word` what it may be in Arabic."""
    if word in rules.words:
        yield (rules.words[word],)
        return
    plain = "".join(_bare(letter, rules) for letter in word)
    at, before = 0, ""
    while at < len(plain):
        letters = next((plain[at : at + size] for size in (2, 1) if plain[at : at + size] in rules.letters), "")
        if letters and letters != before:  # a doubled letter is one
            yield rules.letters[letters]
        before = letters
        at += max(len(letters), 1)


def _bare(letter: str, rules: Romanisation) -> str:
    """A letter without the marks that say nothing here (ā: a)."""
    if letter in rules.letters or letter.isascii():
        return letter
    return _unmarked(letter)


def _unmarked(text: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", text) if not unicodedata.combining(part))
