"""Who acts: the longest noun phrase that names an armed or political actor.

A known name (`حزب الله`), or a head noun with its owner: a known name, another headed phrase, a nationality's
adjective, a place, a quoted or numbered name, or an unknown name after a noun that takes names (`لواء X`). Single
adjectives of nationality on the noun of an act or weapon name the state (`غارة روسية`).

Source: W. Wright, A Grammar of the Arabic Language, vol. 2, §§ 75-90 (annexation), §§ 136-138 (agreement of the
adjective in definiteness).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import msgspec

from sijill.model import Mention, MentionKind, WordKind
from sijill.names.knowledge import Alias, Head, Knowledge
from sijill.names.phrases import is_name_word, quoted_end
from sijill.names.view import HARD, View

__all__ = ["ActorFinder", "Chunk"]

_DEPTH = 4
# Behind a word of belonging: whose they are, by a pronoun.
_TO_THEM = frozenset(("له", "لها", "لهم", "لهما", "منه", "منها", "منهم", "معه", "معها", "معهم"))
_NUNATED = "ون"
_FROM = "من"
_OPEN_NAME_WORDS = 4
_BACK = 4
_LOOSE = ("description", "unnamed")


class Chunk(msgspec.Struct, frozen=True, gc=False):
    """Words `first`..`last` (positions of the view) read as an actor. `refs` holds several ids while undecided."""

    first: int
    last: int
    rule: str
    subtype: str
    refs: tuple[str, ...] = ()
    weapon: str | None = None
    definite: bool = True
    sure: bool = True
    guessed: bool = False


class ActorFinder:
    """Finds the actors of a text. One per loaded knowledge; holds no state between texts."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._know = knowledge
        self._begins = frozenset((*knowledge.firsts, *knowledge.heads, *knowledge.adjectives))

    def find(self, view: View, places: Mapping[int, int], counted: AbstractSet[int]) -> list[Mention]:
        """The actors of `view` in text order. `places` gives the end of the place that begins at a position;
        heads at `counted` positions are units of a quantity and begin no name.
        """
        reading = _Reading(self._know, view, places, counted)
        chunks = reading.chunks(self._begins)
        votes = self._votes(view, chunks)
        named = {chunk.refs[0] for chunk in chunks if chunk.sure and len(chunk.refs) == 1 and chunk.subtype != "bound"}
        found = []
        for chunk in chunks:
            ref = self._settle(chunk, votes)
            if chunk.subtype == "bound" and (ref is None or ref not in named):
                continue
            found.append(self._mention(view, chunk, ref))
        return found

    def _votes(self, view: View, chunks: list[Chunk]) -> Counter[str]:
        """How often each country is meant: adjectives of nationality, states, actors of one country."""
        votes: Counter[str] = Counter()
        adjectives, actors = self._know.adjectives, self._know.actors
        refs = [adjectives[key] for key in view.keys if key in adjectives]
        refs += [chunk.refs[0] for chunk in chunks if len(chunk.refs) == 1 and chunk.sure]
        for ref in refs:
            countries = actors[ref].countries
            if len(countries) == 1:
                votes[countries[0]] += 1
        return votes

    def _settle(self, chunk: Chunk, votes: Counter[str]) -> str | None:
        """The one actor meant: of several, the one whose countries the report names most; None on a tie."""
        if chunk.sure and len(chunk.refs) <= 1:
            return chunk.refs[0] if chunk.refs else None
        actors = self._know.actors
        ranked = sorted((max((votes[c] for c in actors[ref].countries), default=0), ref) for ref in chunk.refs)
        ranked.reverse()
        if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
            return None
        return ranked[0][1]

    def _mention(self, view: View, chunk: Chunk, ref: str | None) -> Mention:
        entry = self._know.actors.get(ref) if ref is not None else None
        subtype = chunk.subtype
        if subtype in ("actor", "bound"):
            subtype = entry.kind if entry is not None else "description" if not chunk.sure else "unknown"
        return view.mention(
            MentionKind.ACTOR,
            chunk.first,
            chunk.last,
            chunk.rule,
            name=entry.name if entry is not None and subtype == "adjective" else None,
            ref=ref,
            label=entry.label if entry is not None else None,
            subtype=subtype,
            weapon=chunk.weapon,
        )


class _Reading:
    """One pass over one text."""

    def __init__(self, knowledge: Knowledge, view: View, places: Mapping[int, int], counted: AbstractSet[int]) -> None:
        self._know, self._view, self._places, self._counted = knowledge, view, places, counted
        self._seen: dict[tuple[int, int], Chunk | None] = {}

    def chunks(self, begins: AbstractSet[str]) -> list[Chunk]:
        """All actors, none inside another; `begins` are the keys that one may begin with."""
        found: list[Chunk] = []
        heads, firsts, adjectives = self._know.heads, self._know.firsts, self._know.adjectives
        keys, stems = self._view.keys, self._view.stems
        done = 0
        for k in [k for k, key in enumerate(keys) if key in begins or stems[k] in heads]:
            if k < done:
                continue
            key = keys[k]
            chunk = None
            if key in firsts or key in heads or stems[k] in heads:
                chunk = self._phrase(k, 0)
            if chunk is None and key in adjectives:
                chunk = self._adjective(k)
            if chunk is None or self._is_place(chunk) or (found and self._is_scare(chunk, found[-1].last)):
                continue
            found.append(chunk)
            done = chunk.last
        return found

    def _is_place(self, chunk: Chunk) -> bool:
        """Whether a state or capital stands where only a place can: after في, من, شمال, the city of."""
        if chunk.subtype not in ("state", "capital"):
            return False
        word = self._view.words[chunk.first]
        if word.proclitics.endswith("ب"):
            return True
        return (
            not word.proclitics
            and chunk.first > 0
            and self._view.near(chunk.first)
            and self._view.keys[chunk.first - 1] in self._know.place_cues
        )

    def _is_scare(self, chunk: Chunk, before: int) -> bool:
        """Whether a word in quotation marks only colours the actor right before it: المسلحون “الإرهابيون”."""
        view = self._view
        alone = chunk.first == before and chunk.last == before + 1 and chunk.subtype in _LOOSE
        return alone and view.opened[before] and view.closed[before]

    # --- known names ---------------------------------------------------------------------------------------------

    def _phrase(self, k: int, depth: int) -> Chunk | None:
        """The longest actor that begins at `k`, remembered: a row of head nouns would ask for it again and again."""
        place = (k, depth)
        if place not in self._seen:
            self._seen[place] = self._read_phrase(k, depth)
        return self._seen[place]

    def _read_phrase(self, k: int, depth: int) -> Chunk | None:
        named = self._named(k, depth)
        headed = self._headed(k, depth) if depth < _DEPTH else None
        # A known name is not run on by the guess of an unknown one: حزب الله, and what follows it.
        if headed is not None and (named is None or (headed.last > named.last and not headed.guessed)):
            return headed
        return named

    def _named(self, k: int, depth: int) -> Chunk | None:
        alias = self._alias_at(k)
        if alias is None:
            return None
        end = k + len(alias.tokens)
        if alias.kind != "actor":
            return Chunk(k, end, f"actors.{alias.kind}", "bound" if alias.bound else alias.kind, alias.refs)
        again = self._alias_at(end) if self._view.joined(end) and self._view.gaps[end] else None
        if again is not None and set(again.refs) & set(alias.refs) and self._bare(end):
            end += len(again.tokens)  # قوات سوريا الديمقراطية (قسد)
        if self._view.definite[end - 1] or len(alias.tokens) == 1:
            end, _ = self._adjectives(end, definite=True)
            end, _ = self._tied(end, depth, definite=True)
        subtype = "bound" if alias.bound else "actor"
        return Chunk(k, end, "actors.name", subtype, alias.refs, sure=not alias.shared)

    def _alias_at(self, k: int) -> Alias | None:
        view = self._view
        if k >= view.size or view.keys[k] not in self._know.firsts:
            return None
        first, aliases = view.keys[k], self._know.aliases
        seconds: tuple[str, ...] = ("",)
        if view.joined(k + 1):
            key, whole = view.keys[k + 1], view.words[k + 1].key
            seconds = (key, whole, "") if key != whole else (key, "")
        for second in seconds:
            for row in aliases.get((first, second), ()):
                if row.article == view.definite[k] and view.goes_on(k, row.tokens):
                    return row
        return None

    def _bare(self, k: int) -> bool:
        return not self._view.words[k].proclitics

    # --- head noun and owner ---------------------------------------------------------------------------------------

    def _head_at(self, k: int) -> tuple[Head, int] | None:
        view = self._view
        rows = self._know.heads.get(view.keys[k]) or self._know.heads.get(view.stems[k])
        for keys, head in rows or ():
            end = k + len(keys)
            if all(view.near(at) and view.keys[at] == key for at, key in enumerate(keys[1:], k + 1)):
                return head, end
        return None

    def _headed(self, k: int, depth: int) -> Chunk | None:
        view = self._view
        match = self._head_at(k)
        if match is None or (depth == 0 and (k in self._counted or self._is_attribute(k))):
            return None
        head, end = match
        if view.words[end - 1].enclitic:
            if not head.owned:
                return None
            if not head.fits:
                return self._kin(k, end, head)
            return Chunk(self._determined(k), end, f"actors.head.{head.id}", "possessed", weapon=head.weapon)
        definite = view.definite[end - 1]
        undone = view.near(end) and view.keys[end] in self._know.unless[head.id]
        if undone and not (definite and view.keys[end] == _FROM):
            return None  # "an army of volunteers"; but "the army withdrew from"
        at, refs = self._adjectives(end, definite=definite)
        modified = at > end
        nunated = head.people and not definite and view.keys[at - 1].endswith(_NUNATED)  # مستوطنون: it owns nothing
        owner = None if nunated else self._owner(at, head, depth, definite=definite)
        if owner is not None:
            at, refs = owner.last, refs or owner.refs
            if owner.definite:
                at, more = self._adjectives(at, definite=True)
                refs = more or refs
        tied, more = self._tied(at, depth, definite=definite or owner is not None)
        subtype = (
            "possessed"
            if owner is not None and owner.subtype == "possessed"
            else _subtype(
                head, owned=owner is not None or bool(refs) or tied > at, modified=modified, definite=definite
            )
        )
        if subtype is None:
            return None
        sure = owner is None or owner.sure or bool(more)
        guessed = owner is not None and (owner.subtype == "open" or owner.guessed)
        rule = f"actors.head.{head.id}"
        whole = definite or subtype == head.kind
        refs = () if head.kind == "unknown" else refs or more  # the attacker of a place is not the place's
        return Chunk(self._borne(k, head), tied, rule, subtype, refs, head.weapon, whole, sure, guessed)

    def _kin(self, k: int, end: int, head: Head) -> Chunk | None:
        """`حليفها الروسي`: a noun with a pronoun that its nationality names."""
        at, refs = self._adjectives(end, definite=True)
        return Chunk(k, at, f"actors.head.{head.id}", head.kind, refs) if refs else None

    def _adjectives(self, k: int, *, definite: bool) -> tuple[int, tuple[str, ...]]:
        """Where the agreeing adjectives from `k` end, and the state or actor that they name."""
        view, know = self._view, self._know
        refs: tuple[str, ...] = ()
        first = k - 1
        while view.joined(k) and view.definite[k] == definite and self._bare(k) and not view.words[k].enclitic:
            key = view.keys[k]
            if key in know.adjectives:
                refs = refs or (know.adjectives[key],)
            elif key not in know.modifiers or view.gaps[k] or self._leads_to_owner(k) or self._unlike(first, k):
                break
            k += 1
        return k, refs

    def _unlike(self, first: int, k: int) -> bool:
        """`القوات الحكومية المتمردين`: a plural of men is no adjective of a feminine, but whom the forces act on."""
        view = self._view
        feminine = first >= 0 and view.keys[first].endswith(("ات", "ه"))
        return feminine and view.keys[k].endswith(("ين", "ون"))

    def _leads_to_owner(self, k: int) -> bool:
        """`الموالية لتركيا`: a word of belonging with its ل or من behind it is no mere adjective."""
        view = self._view
        behind = view.near(k + 1) and (view.words[k + 1].proclitics.endswith("ل") or view.keys[k + 1] == "من")
        return behind and view.keys[k] in self._know.ties

    def _tied(self, k: int, depth: int, *, definite: bool) -> tuple[int, tuple[str, ...]]:
        """Where an owner tied by a participle or preposition ends (تابعة ل, المدعومة من, عناصر من), and who it is."""
        view = self._view
        if not view.near(k):
            return k, ()
        by_word = view.keys[k] in self._know.ties and view.definite[k] == definite and self._bare(k)
        at = k + 1 if by_word else k
        if (definite and not by_word) or not view.near(at):
            return k, ()
        if by_word and (alone := self._tie_alone(at)) is not None:
            return alone
        if view.keys[at] == "من" and view.joined(at + 1):
            at += 1
        elif not view.words[at].proclitics.endswith("ل"):
            return k, ()
        elif not view.words[at].stem and view.joined(at + 1):
            at += 1  # تابعة لـ"قسد"
        if at == k or not (self._bare(at) or view.words[at].proclitics == "ل"):
            owner = None if at != k or view.words[at].proclitics != "ل" else self._phrase(at, depth + 1)
        else:
            owner = self._phrase(at, depth + 1)
        if owner is None and view.near(at) and view.definite[at] and at > k and view.words[at].proclitics == "ل":
            return at + 1, ()  # عناصر تابعون للمجلس
        if owner is None or owner.subtype == "possessed" or (owner.subtype == "unnamed" and not owner.definite):
            return k, ()
        return owner.last, owner.refs

    def _tie_alone(self, at: int) -> tuple[int, tuple[str, ...]] | None:
        """The end of a tie that names no owner behind it: `المدعومة إيرانيا`, `المساندة لها`."""
        view = self._view
        if view.words[at].form.endswith("ا") and view.keys[at] in self._know.adjectives:
            return at + 1, (self._know.adjectives[view.keys[at]],)
        return (at + 1, ()) if view.words[at].key in _TO_THEM else None

    def _owner(self, k: int, head: Head, depth: int, *, definite: bool) -> Chunk | None:
        """The owner that stands behind a head noun without a preposition."""
        view = self._view
        if not view.joined(k):
            return None
        if head.seat and view.words[k].proclitics == "ب" and k in self._places:
            return Chunk(k, self._places[k], "place", "place")
        if not self._bare(k) or view.words[k].enclitic:
            return None
        if not head.annex and not definite:
            return None
        if not definite or (view.opened[k] and depth == 0):
            owner = self._phrase(k, depth + 1)
            if owner is not None and (not definite or owner.subtype not in (*_LOOSE, "possessed")):
                return owner
        if head.numbered and (view.words[k].kind is WordKind.NUMBER or view.keys[k] in self._know.ordinals):
            return Chunk(k, k + 1, "number", "number")
        if definite:
            return self._quoted(k) if head.alone != "no" or head.named else None
        if head.place and k in self._places:
            return Chunk(k, self._places[k], "place", "place")
        return self._quoted(k) or (self._open_name(k) if head.named else None)

    def _quoted(self, k: int) -> Chunk | None:
        """A quoted name; an adjective in scare quotes (“الإرهابيين”) is none."""
        end = quoted_end(self._view, k, _OPEN_NAME_WORDS)
        key = self._view.keys[k]
        if end is None or (end == k + 1 and (key in self._know.modifiers or key in self._know.heads)):
            return None
        return Chunk(k, end, "quoted", "quoted")

    def _open_name(self, k: int) -> Chunk | None:
        """An unknown name: words in annexation up to the first with the article, and its adjectives."""
        view = self._view
        at = k
        while at < k + _OPEN_NAME_WORDS and (at == k or view.near(at)) and is_name_word(view, at, self._know.particles):
            if at > k and not self._bare(at):
                break
            at += 1
            if view.definite[at - 1]:
                break
        if at == k or (not view.definite[at - 1] and (view.keys[k] in self._know.modifiers or at == k + 1)):
            return None
        return Chunk(k, at, "open", "open")

    def _is_attribute(self, k: int) -> bool:
        """Whether the word is an adjective on the act before it: `هجوم انتحاري`."""
        view = self._view
        if k == 0 or not view.near(k) or not self._bare(k) or view.definite[k] != view.definite[k - 1]:
            return False
        key = view.keys[k]
        adjective = key.endswith(("ي", "يه", "يا")) or key in self._know.modifiers
        return adjective and (view.keys[k - 1] in self._know.acts or view.stems[k - 1] in self._know.acts)

    def _borne(self, k: int, head: Head) -> int:
        """Where the phrase of word `k` begins with the people whose adjective it is: `شبان ملثمون`."""
        view = self._view
        before = head.people and head.alone == "any" and k > 0 and view.near(k) and not view.words[k].proclitics
        agrees = before and view.keys[k - 1] in self._know.bearers and view.definite[k - 1] == view.definite[k]
        return k - 1 if agrees and not view.words[k - 1].enclitic and k - 1 not in self._counted else k

    def _determined(self, k: int) -> int:
        """Where the phrase of word `k` begins with the determiner before it: `أحد جنوده`."""
        view = self._view
        before = k > 0 and view.near(k) and not view.words[k].proclitics
        return k - 1 if before and view.keys[k - 1] in self._know.determiners else k

    # --- adjectives of nationality ---------------------------------------------------------------------------------

    def _adjective(self, k: int) -> Chunk | None:
        """A nationality on the noun of an act or a weapon: `غارة روسية`, `القصف المدفعي التركي`."""
        view, know = self._view, self._know
        at = k - 1
        definite = view.definite[k]
        while at >= 0 and k - at <= _BACK and view.gaps[at + 1] != HARD and view.definite[at] == definite:
            key = view.keys[at]
            if key in know.acts or view.stems[at] in know.acts:
                return Chunk(k, k + 1, "actors.adjective", "adjective", (know.adjectives[view.keys[k]],))
            # قصف صاروخي تركي: relative adjectives agree with the noun before the nationality as well
            if key not in know.modifiers and key not in know.adjectives and not key.endswith(("ي", "يه")):
                return None
            at -= 1
        return None


def _subtype(head: Head, *, owned: bool, modified: bool, definite: bool) -> str | None:
    """What a headed phrase is: an actor of the head's kind, one without a name, a description; None for no actor."""
    if owned:
        return head.kind
    if modified and (head.alone != "no" or head.qualified):
        return "unnamed"
    if definite and head.alone != "no":
        return "description"
    return "unnamed" if head.alone == "any" else None
