"""The ordered stages: document → text → values → names → claims → places → report.

Read this after `model.py`; each stage's folder bears its name. `Reader` loads the lexicons once and reads many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sijill import claims, names, values
from sijill.data import data_version
from sijill.model import (
    Claim,
    Document,
    Mention,
    Modality,
    Note,
    Precision,
    Report,
    Span,
    Text,
    Values,
    WordKind,
)
from sijill.places import PlaceReader, Resolution, Resolved
from sijill.text import TextReader
from sijill.triage import Triage
from sijill.version import VERSION

__all__ = ["VERSION", "Reader"]

_LEAD = 2  # sentences: a title and the first
_YEARS_AWAY = 700


class Reader:
    """Reads reports. `lexicon` is a folder laid over the shipped data, `policy` the coding of vague amounts.

    `places` is a gazetteer that `sijill places build` made, or several; places are looked up in the shipped one first.
    Raises ResourceError where a data file is wrong, InputError for a file that is no gazetteer or one of another
    version, ConfigError for a policy that is not there.
    """

    def __init__(
        self,
        lexicon: Path | None = None,
        policy: str = "guidelines",
        places: Path | str | Sequence[Path | str] = (),
    ) -> None:
        self.policy = policy
        self._lexicon = lexicon
        self.data = data_version(lexicon)
        self._text = TextReader(_words(lexicon), lexicon, shipped=lexicon is None)
        self._values = values.ValueReader(lexicon, policy)
        self._names = names.NameReader(lexicon, self._text.lexicon)
        self._claims = claims.ClaimReader(lexicon)
        files = (places,) if isinstance(places, str | Path) else places
        self._places = PlaceReader(lexicon, tuple(map(Path, files)))

    def triage(self) -> Triage:
        """The first look at documents of general news, with the lexicons of this reader."""
        return Triage(self._text.cutter, self._claims.lexicon, self._names.knowledge, self._lexicon)

    def text(self, document: Document) -> Text:
        """The words and sentences of `document`."""
        return self._text.read(document)

    def values(self, text: Text) -> Values:
        """The numbers, quantities and dates of a text."""
        return self._values.read(text)

    def mentions(self, text: Text, values: Values) -> tuple[Mention, ...]:
        """The names of a text."""
        return self._names.read(text, values, self._places.knows if self._places.built else None)

    def read(self, document: Document) -> Report:
        """The record of one document. Pure: the same input gives the same report, byte for byte."""
        return self.reading(document)[0]

    def reading(self, document: Document) -> tuple[Report, Text, Values, tuple[Mention, ...], tuple[Resolution, ...]]:
        """The record of one document and all that it was made from: what `sijill explain` shows."""
        text = self.text(document)
        found = self.values(text)
        mentions = self.mentions(text, found)
        placed = self._places.read(text, found, mentions, self._claims.read(text, found, mentions))
        placed = msgspec.structs.replace(placed, claims=claims.in_context(placed.claims, text))
        report = self._report(document, text, found, placed)
        return report, text, found, mentions, placed.resolutions

    def _report(self, document: Document, text: Text, found: Values, placed: Resolved) -> Report:
        return Report(
            doc=document.id,
            published=document.published,
            title=document.title,
            url=document.url,
            outlet=document.outlet,
            sha256=document.sha256,
            claims=placed.claims,
            notes=(*_notes(document, text, found, placed.claims), *placed.notes),
            sijill=VERSION,
            data=f"{self.data}+{self.policy}{self._places.version}",
            meta=document.meta,
        )


def _words(lexicon: Path | None) -> Iterator[str]:
    """The words of all rooms' data before which clitics may stand."""
    yield from values.lexicon_words(lexicon)
    yield from names.lexicon_words(lexicon)
    yield from claims.lexicon_words(lexicon)


def _notes(document: Document, text: Text, found: Values, told: tuple[Claim, ...]) -> tuple[Note, ...]:
    """What a person should know of the reading, each thing once."""
    notes = list(found.notes)
    if not told and _hardly_arabic(document, text):
        notes.append(Note("language", "hardly any Arabic: Sijill reads Arabic reports, so no claims were looked for"))
    return (*notes, *_odd_times(document, text, told))


def _hardly_arabic(document: Document, text: Text) -> bool:
    letters = sum(character.isalpha() for character in document.text)
    arabic = sum(len(word.form) for word in text.words if word.kind is WordKind.WORD)
    return bool(letters) and arabic < letters / 4


def _odd_times(document: Document, text: Text, told: tuple[Claim, ...]) -> Iterator[Note]:
    """Times that may be slips of the pen: after the publication, or a day years before it in the report's lead."""
    if document.published is None or not text.sentences:
        return
    lead = text.sentences[:_LEAD][-1].end
    seen: set[Span] = set()
    for claim in told:
        date = claim.date
        if date is None or date.start is None or date.span in seen:
            continue
        seen.add(date.span)
        days = (document.published - date.start).days
        if days < 0 and claim.modality is not Modality.PLANNED:
            yield Note("after-publication", "the text dates this after its publication; the date is kept", date.span)
        elif days > _YEARS_AWAY and date.precision is Precision.DAY and claim.trigger.end <= lead:
            yield Note("years-away", "the lead dates this years before its publication; the date is kept", date.span)
