"""Where a noun phrase can go on: which words are verbs or function words that end it, where a quotation closes.

There is no tagger: a verb is told by its shape against its dictionary form, or by standing in the data's list.
"""

from __future__ import annotations

from sijill.model import Word, WordKind
from sijill.names.view import View
from sijill.text.folding import fold

__all__ = ["is_name_word", "looks_like_verb", "quoted_end"]

_PARTICLES = frozenset(
    fold(word)
    for word in (
        "إلى الى على في فى من عن مع منذ حتى لدى عند عبر دون خلال حول نحو ضد قبل بعد بين تحت فوق أمام وراء خلف قرب ضمن وسط "
        "أن إن أنه أنها أنهم إنه إنها إنهم لكن التي الذي الذين اللذين اللتين ما هذا هذه ذلك تلك هناك ثم أو أم بل لا لن لم "
        "قد لقد إذا إذ لو حيث حين عندما بينما فيما كما أيضا فقط إلا أي كل بعض جميع هو هي هم كان كانت كانوا ليس ليست لأن "
        "بأن بأنه بأنها كي منه منها منهم عنه فيه فيها عليه عليها إليه به بها بهم له لها لهم معه بينهم مما أما بسبب اليوم "
        "أمس غدا إثر جراء نتيجة وفق وفقا بحسب حسب باتجاه بعدما الآن مساء صباح فجر ليل ظهر عصر"
    ).split()
)


def looks_like_verb(word: Word) -> bool:
    """Whether `word` has the shape of a verb form: its letters against those of its dictionary form."""
    if word.article:
        return False
    key, lemma = word.stem, fold(word.lemma)
    if len(key) < 4 or lemma == key:
        return False
    if key[0] in "يت" and lemma[0] != key[0] and len(key) - len(lemma) <= 3:
        return True
    if key.endswith("وا") and len(key) > 4:
        return True
    return key.endswith("ت") and key[:-1] == lemma and not key.endswith("ات")


def is_name_word(view: View, k: int) -> bool:
    """Whether word `k` can be part of an unknown name: letters, no particle, no verb, no pronoun on it."""
    word = view.words[k]
    if word.kind not in (WordKind.WORD, WordKind.LATIN) or word.enclitic or len(word.key) < 2:
        return False
    return word.key not in _PARTICLES and not looks_like_verb(word)


def quoted_end(view: View, k: int, most: int) -> int | None:
    """The end of the quotation or bracket that opens right before word `k`, if it closes within `most` words."""
    if k >= view.size or not view.opened[k]:
        return None
    for at in range(k, min(k + most, view.size)):
        if at > k and not view.joined(at):
            return None
        if view.closed[at]:
            return at + 1
    return None
