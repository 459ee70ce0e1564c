"""The written forms of a verb in the third person and the perfect's "we", and of a noun in its cases, folded.

Without clitics.

Source: W. Wright, A Grammar of the Arabic Language, vol. 1, paradigms of strong, weak and doubled verbs. Unvowelled
writing makes active and passive one form, except in hollow verbs, whose passives are entries of their own.
"""

from __future__ import annotations

from sijill.errors import ResourceError
from sijill.text.folding import fold

__all__ = ["imperfect_only", "is_ours", "noun_forms", "verb_forms"]

_WE = "نا"


def verb_forms(entry: str, file: str) -> frozenset[str]:
    """The folded forms of `entry`, written `perfect imperfect` (third person masculine singular).

    Raises ResourceError where the entry is no pair or the imperfect does not begin with ي.
    """
    parts = entry.split()
    if len(parts) != 2 or not parts[1].startswith("ي"):
        raise ResourceError(f"a verb is written 'perfect imperfect', not {entry!r}", file=file)
    return frozenset(fold(form) for form in (*_perfect(parts[0]), *_imperfect(parts[1][1:])))


def imperfect_only(entry: str) -> frozenset[str]:
    """The folded forms of `entry` that are imperfect and cannot be perfect (`يتسلم`, not `تسلم`)."""
    perfect, imperfect = entry.split()
    return frozenset(map(fold, _imperfect(imperfect[1:]))) - frozenset(map(fold, _perfect(perfect)))


def is_ours(stem: str) -> bool:
    """Whether a folded verb form is "we" (`قصفنا`): who speaks did it. `أعلنا` may be two as well and is not."""
    return stem.endswith(_WE) and len(stem) > len(_WE) + 2


def _perfect(stem: str) -> list[str]:
    if stem.endswith("ى") or (stem.endswith("ا") and len(stem) > 2):
        base = stem[:-1]
        ours = base + ("ي" if stem.endswith("ى") else "و") + _WE
        return [stem, base + "ت", base + "تا", base + "يا", base + "وا", base + "و", base + "ا", base + "يت", ours]
    if stem.endswith("ي"):
        return [stem, stem + "ت", stem + "تا", stem + "ا", stem[:-1] + "وا", stem + _WE]
    endings = ("ت", "ا", "تا", "وا", "و") if stem.endswith("أ") else ("ت", "ا", "تا", "وا", "ن", "و")
    return [stem, *(stem + ending for ending in endings), _ours(stem)]


def _ours(stem: str) -> str:
    """`قصفنا`, `أصبنا`, `صددنا`, `أعلنا`: a hollow verb loses its alif, two letters of a doubled one are three."""
    base = stem + stem[-1] if len(stem) == 2 else stem[:-2] + stem[-1] if stem[-2] == "ا" else stem
    return base + (_WE[1:] if base.endswith(_WE[0]) else _WE)


def _imperfect(stem: str) -> list[str]:
    base = stem[:-1] if stem.endswith(("ي", "ى", "و")) else stem
    forms = []
    for person in ("ي", "ت"):
        # The short form of weak verbs (لم يرد) stands behind a negation alone, and is a form of other verbs.
        forms += [person + stem, *(person + base + ending for ending in ("ون", "وا", "ان", "ا"))]
    return forms


def noun_forms(noun: str) -> frozenset[str]:
    """The folded forms of `noun`: as it stands, with tanwin, in the dual, and its sound feminine plural."""
    if noun.endswith("ة"):
        base = noun[:-1]
        forms = [noun, base + "تين", base + "تان", base + "تي", base + "ات"]
    else:
        forms = [noun, noun + "ا", noun + "ين", noun + "ان"]
    return frozenset(map(fold, forms))
