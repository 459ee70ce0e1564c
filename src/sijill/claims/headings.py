"""Who speaks before a colon at the head of a line: `وزارة الدفاع: مقتل …`, `22:47 – الحركة: استهدفنا …`.

Source: the manner of headlines and of running coverage (live blogs), whose lines begin with the time of day.
"""

from __future__ import annotations

import msgspec

from sijill.claims.breakdowns import is_marked
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.speakers import source_of
from sijill.claims.view import View
from sijill.model import Mention, MentionKind, Source, WordKind

__all__ = ["Heading", "headed"]

_NO_VOICE = ("state", "adjective", "unnamed")  # what stands for a country before a colon heads a title
_COLON_REACH = 6  # words of `لرويترز`, `في حصيلة أولية` behind the speaker
_ZONE = "توقيت"


class Heading(msgspec.Struct, frozen=True):
    """A speaker whose words begin at `first`, and the colon behind them."""

    source: Source
    first: int
    colon: int


def headed(view: View, lexicon: ClaimLexicon) -> Heading | None:
    """The speaker at the head of a sentence; None where none stands there.

    In a list the party may be the subject of the verb behind the colon: `- القوات الروسية: قتلت 12 مدنيا`.
    """
    begins = _behind_time(view)
    mention = next((m for m in view.mentions if view.local(m)[0] >= begins), None)
    if mention is None:
        return None
    first, last = view.local(mention)
    army = mention.kind is MentionKind.ACTOR and mention.subtype not in _NO_VOICE
    if not (army or mention.kind in (MentionKind.BODY, MentionKind.OUTLET)):
        return None
    heads = lexicon.speech.words.headings
    introduced = all(view.words[at].kind is WordKind.PUNCT or view.has(heads, at) for at in range(begins, first))
    if first > begins + 1 and not introduced:
        return None
    if first == begins + 1 and view.stems[begins] in lexicon.verbs and view.stems[begins] not in lexicon.nouns:
        return None  # استهدفت القوات قرى: …
    for at in range(last, min(len(view), last + _COLON_REACH)):
        if view.words[at].form == ":":
            if army and is_marked(view) and at + 1 < len(view) and view.stems[at + 1] in lexicon.verbs:
                return None
            return Heading(_man_of(view, mention, begins), begins, at)
    return None


def _behind_time(view: View) -> int:
    """Where the text of a line begins that is headed by the time of day and marks: `22:47 – `, `19:02 بتوقيت القدس`."""
    at = 0
    while at < len(view):
        clock = view.words[at].kind in (WordKind.PUNCT, WordKind.NUMBER)
        if not clock and _ZONE not in view.stems[max(0, at - 1) : at + 1]:
            break
        at += 1
    timed = any(view.words[to].kind is WordKind.NUMBER for to in range(at))
    return at if timed and at < len(view) and view.words[at - 1].kind is not WordKind.NUMBER else 0


def _man_of(view: View, mention: Mention, begins: int) -> Source:
    """`قائد بالجيش: …`: one man of a party speaks, not the party."""
    first, last = view.local(mention)
    man = first == begins + 1 and set("بلك").intersection(view.words[first].proclitics)
    if not man or view.words[begins].kind is not WordKind.WORD or view.words[begins].article:
        return source_of(view, mention)
    span = view.span(begins, last)
    return Source(view.cut(span), span, view.cut(span))
