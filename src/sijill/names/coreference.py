"""Descriptions and pronouns named by what they stand for within the report.

A definite noun without an owner (`التنظيم`, `هذه القوات`) or with a pronoun (`عناصره`) takes the name of the latest
mention before it that fits: one whose own words hold the same noun; one whose actor also bears a name with that noun;
one of a kind that the noun's data says it stands for. A pronoun asks for gender and number instead. Sources stay as
written (`المصدر`), as the guidelines want, and take only the antecedent's identity. Where none fits nothing changes.

Source: Lappin and Leass 1994 (recency, agreement), reduced to what news reports do.
"""

from __future__ import annotations

import msgspec

from sijill.model import Mention, MentionKind, Text
from sijill.names.knowledge import Knowledge
from sijill.names.view import key_of

__all__ = ["resolve_descriptions"]

_OPEN = ("description", "possessed")
_FEMININE = ("ه", "ات", "اء", "ا")
_FEMININE_NOUNS = frozenset(("قوات", "قوي", "مليشيات", "ميليشيات", "فصايل", "وحدات", "كتايب", "سرايا", "طايرات"))
_PLURAL = ("ون", "ين", "و")


def resolve_descriptions(
    mentions: tuple[Mention, ...], text: Text, knowledge: Knowledge | None = None
) -> tuple[Mention, ...]:
    """`mentions` with each description's `name`, `ref` and `label` those of its antecedent, where there is one."""
    memory = _Memory(knowledge)
    return tuple(memory.read(mention, text) for mention in mentions)


class _Memory:
    """What the report has named so far: the latest mention by noun, by kind, by gender."""

    def __init__(self, knowledge: Knowledge | None) -> None:
        self._know = knowledge
        self._nouns: dict[tuple[MentionKind, str], Mention] = {}
        self._kinds: dict[str, Mention] = {}
        self._genders: dict[str, Mention] = {}
        self._rules: dict[str, Mention] = {}
        self._outlet: Mention | None = None

    def read(self, mention: Mention, text: Text) -> Mention:
        """`mention`, resolved if it is a description, remembered if it is none."""
        if mention.kind not in (MentionKind.ACTOR, MentionKind.BODY, MentionKind.OUTLET):
            return mention
        if mention.subtype in _OPEN and mention.ref is None:
            return self.resolve(mention, text)
        self.keep(mention)
        return mention

    def keep(self, mention: Mention) -> None:
        """Remember a mention that bears a name of its own."""
        if mention.subtype in ("adjective", "unnamed") and mention.kind is MentionKind.ACTOR:
            return
        keys = [key_of(word) for word in mention.name.split()]
        entry = self._know.actors.get(mention.ref) if self._know is not None and mention.ref is not None else None
        also = self._know.nouns.get(mention.ref, ()) if self._know is not None and mention.ref is not None else ()
        for key in (*also, *reversed(keys)):
            self._nouns[mention.kind, key] = mention
        if mention.kind is MentionKind.ACTOR:
            self._kinds[entry.kind if entry is not None else mention.subtype or "unknown"] = mention
            self._genders[_gender(mention, keys)] = mention
        elif mention.kind is MentionKind.OUTLET:
            self._outlet = mention
        self._rules[mention.rule] = mention

    def resolve(self, mention: Mention, text: Text) -> Mention:
        """`mention` named by its antecedent."""
        if mention.subtype == "possessed":
            return self._possessed(mention, text)
        words = mention.name.split()
        antecedent = self._nouns.get((mention.kind, key_of(words[0])))
        if mention.kind is MentionKind.ACTOR:
            antecedent = antecedent or self._fitting(mention)
        elif mention.kind is MentionKind.OUTLET:
            antecedent = antecedent or self._outlet
        else:
            antecedent = antecedent or self._rules.get(mention.rule)
        if antecedent is None or _joined_to(mention, antecedent, text):
            return mention
        name = mention.name if mention.kind is MentionKind.BODY else antecedent.name
        return msgspec.structs.replace(mention, name=name, ref=antecedent.ref, label=antecedent.label)

    def _fitting(self, mention: Mention) -> Mention | None:
        if self._know is None:
            return None
        fits = self._know.fits.get(mention.rule, ())
        candidates = [self._kinds[kind] for kind in fits if kind in self._kinds]
        return max(candidates, key=lambda m: m.span.start, default=None)

    def _possessed(self, mention: Mention, text: Text) -> Mention:
        """The noun with its owner's name for its pronoun: `عناصره` → `عناصر …`."""
        word = text.words[mention.last - 1]
        if word.enclitic in ("نا", "ي", "ك", "كم"):
            return mention
        if mention.kind is MentionKind.BODY:
            owner = self._outlet
        else:
            gender = {"ه": "m", "ها": "f"}.get(word.enclitic, "p")
            owner = self._genders.get(gender) or (self._genders.get("f") if gender == "p" else None)
        if owner is None:
            return mention
        noun = mention.name[: len(mention.name) - (word.end - word.stem_end)]
        if noun.endswith("ت") and word.stem.endswith("ه"):
            noun = noun[:-1] + "ة"  # جماعته is جماعة and a pronoun
        ref, label = (owner.ref, owner.label) if mention.kind is MentionKind.ACTOR else (None, None)
        return msgspec.structs.replace(mention, name=f"{noun} {owner.name}", ref=ref, label=label)


def _joined_to(mention: Mention, antecedent: Mention, text: Text) -> bool:
    """`قوات النظام والميليشيات المساندة لها`: who is joined to a name by و is somebody else."""
    return mention.first == antecedent.last and text.words[mention.first].proclitics[:1] == "و"


def _gender(mention: Mention, keys: list[str]) -> str:
    """Which pronoun stands for the mention: `m` ه, `f` ها, `p` هم."""
    key = keys[0] if keys else ""
    if mention.subtype in ("state", "capital"):
        return "f"
    if key in _FEMININE_NOUNS or key.endswith(_FEMININE):
        return "f"
    return "p" if key.endswith(_PLURAL) else "m"
