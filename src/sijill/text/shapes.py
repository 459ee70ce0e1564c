"""What the shape of an Arabic word tells of it, whatever its root."""

from __future__ import annotations

import re

__all__ = ["is_derived_noun"]

# Shapes of the verbal nouns of the derived stems, `.` for a radical (Wright, vol. 1, § 202): taf'il, if'al, istif'al,
# infi'al and ifti'al, mufa'ala, tafa''ul and tafa'ul are told from the plain noun by their letters.
_DERIVED = tuple(
    re.compile(shape) for shape in ("ت..ي.", "ا..ا.", "است..ا.", "ان..ا.", "ا.ت.ا.", "م.ا..ه", "ت.ا..", "ت...ه")
)


def is_derived_noun(stem: str) -> bool:
    """Whether a folded stem has the shape of a verbal noun of a derived stem (`تحديد`, `إجلاء`, `استعادة`)."""
    return any(shape.fullmatch(stem) for shape in _DERIVED)
