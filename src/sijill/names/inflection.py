"""The forms in which a name's word is met: sound plurals by case and in idafa, adjectives by gender and number.

Source: W. Wright, A Grammar of the Arabic Language, vol. 1, §§ 294-308 (declension), § 296 (gender of adjectives).
"""

from __future__ import annotations

from itertools import product

from sijill.names.view import name_tokens

__all__ = ["adjective_forms", "alias_forms", "noun_forms"]

_ADJECTIVE_ENDINGS = ("", "ه", "ا", "ون", "ين", "ان", "ات", "تين", "تان", "و", "ي")
_PLURAL_ENDINGS = ("ون", "ين", "و", "ي")
# Words of names that papers write in two ways beyond what folding makes one.
_SPELLINGS = {
    "سوريا": ("سوريا", "سوريه"),
    "سوريه": ("سوريا", "سوريه"),
    "مليشيا": ("مليشيا", "ميليشيا"),
    "ميليشيا": ("مليشيا", "ميليشيا"),
    "مليشيات": ("مليشيات", "ميليشيات"),
    "ميليشيات": ("مليشيات", "ميليشيات"),
    "كردستان": ("كردستان", "كوردستان"),
    "اميركيه": ("اميركيه", "امريكيه"),
    "اميركي": ("اميركي", "امريكي"),
    "اسراييل": ("اسراييل", "اسراءيل"),
    "شوون": ("شوون", "شءون"),
}
_MOST_FORMS = 64


def adjective_forms(masculine: str) -> tuple[str, ...]:
    """The keys of an adjective given in the masculine singular, without article: gender, number and case."""
    ((_, key),) = name_tokens(masculine)
    return tuple(key + ending for ending in _ADJECTIVE_ENDINGS)


def noun_forms(noun: str) -> tuple[str, ...]:
    """The keys of a head noun; a sound plural in ون gives its oblique and idafa forms as well."""
    ((_, key),) = name_tokens(noun)
    return tuple(dict.fromkeys(_word_forms(key)))


def alias_forms(alias: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """All token rows (whole key, key without article) that the alias is met as; the first is as given."""
    choices = []
    for whole, key in name_tokens(alias):
        article = whole[: len(whole) - len(key)] if whole.endswith(key) else ""
        choices.append([(article + form, form) for form in _word_forms(key)])
    rows = []
    for row in product(*choices):
        rows.append(tuple(row))
        if len(rows) == _MOST_FORMS:
            break
    return tuple(rows)


def _word_forms(key: str) -> tuple[str, ...]:
    if key.endswith("يون") and len(key) > 4:
        return tuple(key[:-2] + ending for ending in ("ون", "ين"))
    if key.endswith("ون") and len(key) > 4 and key not in ("لبنون", "قانون", "كانون", "صهيون"):
        return tuple(key[:-2] + ending for ending in _PLURAL_ENDINGS)
    return _SPELLINGS.get(key, (key,))
