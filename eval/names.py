"""When two names name the same thing: equal once spelling is folded, or the content words of one inside the other.

Source: the annotation guidelines' rule for names ("equal after folding, or one's words inside the other's").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

__all__ = ["Form", "Name", "fold_name", "forms", "matches", "same"]

Form = tuple[str, ...]

# Marks that names are written with or without: tashkeel, tatweel, direction marks, quotes, brackets, stops.
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\"«»“”'‘’()\\[\\]…،؛:.!]")
_LETTERS = str.maketrans("أإآٱىةؤئ\u00a0", "اااايهوي ")
_PROCLITIC = re.compile("^[وفبلك](?=ال..)")
_ARTICLE = re.compile("^(?:ال|لل)(?=..)")
_HEADS = (
    "قوات قوة تنظيم جماعة حركة جيش مصدر مصادر وكالة مدينة بلدة قرية محافظة ريف منطقة عناصر مسلحو مسلحي مقاتلو مقاتلي "
    "طيران مليشيا ميليشيا ميليشيات مليشيات في من على"
)


class Name(msgspec.Struct, frozen=True):
    """A named thing of a claim: the name, where it is said, and the characters there where the file has them."""

    name: str | None
    span: tuple[int, int] | None = None
    text: str | None = None


def fold_name(name: str | None) -> Form:
    """The words of `name` without spelling variants, clitics before the article, and the article."""
    words = _MARKS.sub("", name or "").translate(_LETTERS).split()
    return tuple(_ARTICLE.sub("", _PROCLITIC.sub("", word)) for word in words)


_GENERIC = frozenset(fold_name(word)[0] for word in _HEADS.split())


def same(one: Form, other: Form) -> bool:
    """Whether two folded names name the same thing; words such as `قوات` alone tell nothing."""
    if not one or not other:
        return False
    if one == other:
        return True
    first, second = set(one) - _GENERIC, set(other) - _GENERIC
    if not first or not second:
        return set(one) == set(other)
    return first <= second or second <= first


def forms(name: Name, text: str) -> frozenset[Form]:
    """The folded forms that `name` may be recognised by: the name itself and the words at its span."""
    said = {name.name, name.text}
    if name.span:
        said.add(text[slice(*name.span)])
    return frozenset(form for form in map(fold_name, said) if form)


def matches(wanted: Iterable[frozenset[Form]], given: Iterable[frozenset[Form]]) -> int:
    """How many of `wanted` (the forms of each name) find a partner of their own in `given`, first come first served."""
    left = list(given)
    hits = 0
    for ask in wanted:
        found = next((i for i, has in enumerate(left) if any(same(a, b) for a in ask for b in has)), None)
        if found is not None:
            del left[found]
            hits += 1
    return hits
