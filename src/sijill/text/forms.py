"""The forms of simplemma's Arabic dictionary, each with its lemma, as one plain dict.

Its own file takes a quarter of a second to unpack; what is kept between runs (see `sijill.cache`) takes a fifth of
that: the words one a line, before them for each form the number of its lemma among them.

Source: simplemma's Arabic dictionary (Wiktionary, MIT).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from sijill import cache

__all__ = ["forms_version", "load_forms"]

_NUMBER = array("I").itemsize


def forms_version() -> str:
    """What dictionary is installed: part of the key of all that is made with it."""
    spec = find_spec("simplemma")
    if spec is None or spec.origin is None:
        return "simplemma"
    files = sorted((Path(spec.origin).parent / "strategies" / "dictionaries" / "data").glob("ar.*"))
    return " ".join(["simplemma", *(f"{(at := file.stat()).st_size} {at.st_mtime_ns}" for file in files)])


@lru_cache(maxsize=1)
def load_forms() -> Mapping[str, str]:
    """Every form as printed, with its lemma. One dictionary a process, which nobody changes."""
    if cache.folder() is None:
        return _unpacked()
    content = cache.kept("forms", cache.key_of(forms_version()), _compiled)
    size = int.from_bytes(content[:_NUMBER], "little")
    end = _NUMBER * (size + 1)
    lemmas = array("I", content[_NUMBER:end])
    words = content[end:].decode("utf8").split("\n")
    return dict(zip(words, map(words.__getitem__, lemmas), strict=False))  # behind the forms lemmas that are none


def _unpacked() -> Mapping[str, str]:
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # noqa: PLC0415  (only where it is unpacked)

    return DefaultDictionaryFactory(cache_max_size=1).get_dictionary("ar")


def _compiled() -> bytes:
    forms = _unpacked()
    number = {word: at for at, word in enumerate(forms)}
    lemmas = array("I", (number.setdefault(forms[word], len(number)) for word in forms))
    return len(forms).to_bytes(_NUMBER, "little") + lemmas.tobytes() + "\n".join(number).encode("utf8")
