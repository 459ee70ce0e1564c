"""The words of a text as the names room reads them: marks folded into flags, each word with its key.

A name runs through quotation marks and brackets (`تنظيم "داعش"`, `قوات سوريا الديمقراطية (قسد)`), so the finders walk
over words only; what stood between two words is kept as a `gap`.
"""

from __future__ import annotations

from functools import lru_cache

from sijill.model import Mention, MentionKind, Span, Text, Word, WordKind
from sijill.text.folding import clean, fold

__all__ = ["HARD", "NONE", "SOFT", "View", "key_of", "name_tokens"]

NONE, SOFT, HARD = 0, 1, 2
_REMEMBERED = 20_000  # words whose keys are kept: names come again and again
_PUNCT = WordKind.PUNCT
_QUOTES = frozenset("\"“”„«»‹›'‘’`")
_SOFT = _QUOTES | frozenset("()[]{}/_*")
_SPACED = str.maketrans(dict.fromkeys(_SOFT, " "))
_OPENING = frozenset("\"“„«‹'‘([")
_CLOSING = frozenset("\"”“»›'’)]")


@lru_cache(maxsize=_REMEMBERED)
def key_of(form: str) -> str:
    """The key of a name's word: folded, the article off. `الله` stays whole."""
    key = fold(form)
    return key[2:] if key.startswith("ال") and len(key) > 3 and key != "الله" else key


def name_tokens(name: str) -> tuple[tuple[str, str], ...]:
    """The words of a name of the data as (whole folded key, key without article)."""
    return tuple((fold(word), key_of(word)) for word in clean(name).text.translate(_SPACED).split())


class View:
    """Words of a text without its marks. All lists run in step; positions are called `k`.

    `keys[k]` is the word without proclitics and article, `stems[k]` without enclitic and accusative alef as well;
    `definite[k]` whether it has the article; `gaps[k]` what stands before it (NONE, SOFT: quotes, brackets, slash;
    HARD: other marks, a new sentence); `opened[k]`, `closed[k]` whether a quotation or bracket opens right before,
    closes right behind it.
    """

    __slots__ = ("closed", "definite", "gaps", "index", "keys", "opened", "size", "stems", "text", "words")

    def __init__(self, text: Text) -> None:
        self.text = text
        self.words: list[Word] = []
        self.index: list[int] = []
        self.keys: list[str] = []
        self.stems: list[str] = []
        self.definite: list[bool] = []
        self.gaps: list[int] = []
        self.opened: list[bool] = []
        self.closed: list[bool] = []
        gap, opened, sentence, straight = NONE, False, -1, False
        index, words, gaps, opens, closed = self.index, self.words, self.gaps, self.opened, self.closed
        for at, word in enumerate(text.words):
            if word.sentence != sentence:
                gap, opened, sentence, straight = HARD, False, word.sentence, False
            if word.kind is _PUNCT:
                form = word.form
                gap = max(gap, SOFT if form in _SOFT else HARD)
                straight ^= form == '"'  # every second straight mark closes
                opened = form in _OPENING and (straight or form != '"')
                if closed and form in _CLOSING and index[-1] == at - 1:
                    closed[-1] = True
                continue
            index.append(at)
            words.append(word)
            gaps.append(gap)
            opens.append(opened)
            closed.append(False)
            gap, opened = NONE, False
        self.size = len(words)
        self._read()

    def _read(self) -> None:
        """The keys and stems of the words, and which are definite."""
        keys, stems, definites = self.keys, self.stems, self.definite
        for word in self.words:
            stem = word.stem
            definite = word.article
            key = stem if definite else word.key
            if not definite:
                if word.proclitics:
                    key = key[len(word.proclitics) :] or key  # a lone letter is itself: ب ي د
                if key[:2] == "ال" and len(key) > 3 and key != "الله":
                    key, definite = key[2:], True
            keys.append(key)
            definites.append(definite)
            if word.enclitic:
                key = stem
            elif key[-1:] == "ا" and not word.article and len(key) > 3:
                key = key[:-1]  # a noun in the accusative has an alef that its dictionary form lacks: سوقا, مواقعا
            stems.append(key)

    def joined(self, k: int) -> bool:
        """Whether word `k` exists and follows the word before it without a hard mark."""
        return k < self.size and self.gaps[k] != HARD

    def goes_on(self, k: int, tokens: tuple[tuple[str, str], ...]) -> bool:
        """Whether the other `tokens` (whole key, key) of a name stand behind word `k`, which is its first."""
        for at, (whole, key) in enumerate(tokens[1:], k + 1):
            if not self.joined(at):
                return False
            word = self.words[at]
            if word.key != whole and (self.keys[at] != key or word.proclitics):
                return False
        return True

    def near(self, k: int) -> bool:
        """Whether word `k` exists and follows the word before it with nothing between."""
        return k < self.size and self.gaps[k] == NONE

    def name(self, first: int, last: int) -> str:
        """Words `first`..`last` (half open) as names are written: no proclitic before, no quotation marks."""
        source = self.text.document.text
        parts: list[str] = []
        for k in range(first, last):
            word = self.words[k]
            start = word.name_start if k == first else word.start
            part = source[start : word.end]
            if k == first and word.article and word.proclitics.endswith("ل") and not part.startswith("ا"):
                part = "ا" + part  # للنظام is ل and النظام, one alef lost in writing
            glued = k > first and source[self.words[k - 1].end : word.start] in "/-"
            parts.append(("/" if glued and self.gaps[k] == SOFT else " ") + part if parts else part)
        return "".join(parts)

    def mention(  # noqa: PLR0913  (the fields of a mention)
        self,
        kind: MentionKind,
        first: int,
        last: int,
        rule: str,
        *,
        name: str | None = None,
        ref: str | None = None,
        label: str | None = None,
        subtype: str | None = None,
        weapon: str | None = None,
    ) -> Mention:
        """The mention of words `first`..`last` (half open)."""
        head, tail = self.words[first], self.words[last - 1]
        return Mention(
            kind=kind,
            span=Span(head.name_start, tail.end),
            name=name or self.name(first, last),
            first=self.index[first],
            last=self.index[last - 1] + 1,
            rule=rule,
            ref=ref,
            label=label,
            subtype=subtype,
            weapon=weapon,
        )
