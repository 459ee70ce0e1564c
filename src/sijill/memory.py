"""Answers remembered by what was asked: words repeat, so that most of what is asked of one has been asked before."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

__all__ = ["Memory"]

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Memory(dict[_K, _V]):
    """`memory[key]` is what `ask(key)` gives, asked once; whenever there are `bound` new keys, those that have not been
    asked for since the last time are forgotten, so that the words of every day stay.

    `ask` must be pure: what it gives may depend on its key only. A lookup costs no more than one of a dict.
    """

    __slots__ = ("_ask", "_before", "_bound")

    def __init__(self, ask: Callable[[_K], _V], bound: int = 50_000) -> None:
        super().__init__()
        self._ask, self._bound = ask, bound
        self._before: dict[_K, _V] = {}

    def __missing__(self, key: _K) -> _V:
        answer = self._before[key] if key in self._before else self._ask(key)
        if len(self) >= self._bound:
            self._before = dict(self)
            self.clear()
        self[key] = answer
        return answer
