"""Which place a name is, by a small gazetteer of invented villages beside the shipped tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill import Document, Reader
from sijill.model import Claim, Mention, Place, Text, Values
from sijill.places import PlaceReader, Resolution, Resolved
from sijill.places.entry import Entry, key_of, skeleton_of
from sijill.places.precision import load_precisions
from sijill.places.resolver import Resolver
from sijill.places.rules import ResolverRules
from sijill.places.shipped import load_shipped

SHIPPED, RULES = load_shipped(), ResolverRules()


class Small:
    """A gazetteer in memory."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.id: entry for entry in entries}

    def _with(self, key: str, of: Callable[[str], str]) -> tuple[Entry, ...]:
        found = [entry for entry in self.entries.values() if any(of(name) == key for name in entry.names)]
        return tuple(sorted(found, key=lambda entry: entry.id))

    def exact(self, key: str) -> tuple[Entry, ...]:
        return self._with(key, key_of)

    def skeleton(self, skeleton: str) -> tuple[Entry, ...]:
        return self._with(skeleton, skeleton_of)

    def get(self, entry: str) -> Entry | None:
        return self.entries.get(entry)


def village(name: str, lat: float, lon: float, country: str = "SY", number: int = 1) -> Entry:
    return Entry(f"t{number}-{name}", (name,), "settlement", lat, lon, country)


# Two villages of one name: one beside إدلب, one beside درعا; and one that is written with a long vowel more.
NAMESAKES = (
    village("كفر زرزور", 35.95, 36.70, number=1),
    village("كفر زرزور", 32.66, 36.15, number=2),
    village("الشاكلية", 35.90, 36.60),
)


@pytest.fixture(scope="module")
def resolve(reader: Reader) -> Callable[..., dict[str, Resolution]]:
    """The decisions on the places of a text by their names, with the entries given beside the shipped tables."""

    def resolved(text: str, entries: Iterable[Entry] = ()) -> dict[str, Resolution]:
        _, cut, values, mentions, _ = reader.reading(Document("test", text))
        return by_name(Resolver(SHIPPED, (Small(entries),), RULES).resolve(cut, values, mentions, ()))

    return resolved


def by_name(found: Resolved) -> dict[str, Resolution]:
    return {resolution.name: resolution for resolution in found.resolutions}


def place(found: dict[str, Resolution], name: str) -> Place:
    resolution = found[name]
    assert resolution.place is not None, resolution.reason
    return resolution.place


Resolve = Callable[..., dict[str, Resolution]]


def test_the_town_goes_before_its_governorate(resolve: Resolve) -> None:
    found = resolve("انفجرت عبوة في حلب ثم عاد الهدوء")
    assert place(found, "حلب").place_id == "sy-aleppo"
    assert place(found, "حلب").pcode == "SY02"
    found = resolve("شهدت محافظة حلب هدوءا")
    assert (place(found, "حلب").place_id, place(found, "حلب").precision) == ("SY02", "governorate")


def test_a_phrase_says_which_namesake(resolve: Resolve) -> None:
    found = resolve("سقطت قذيفة على قرية كفر زرزور في محافظة درعا", NAMESAKES)
    assert place(found, "كفر زرزور").place_id == "t2-كفر زرزور"
    found = resolve("سقطت قذيفة على قرية كفر زرزور بريف إدلب الشرقي", NAMESAKES)
    assert place(found, "كفر زرزور").place_id == "t1-كفر زرزور"
    assert place(found, "كفر زرزور").pcode == "SY07"


def test_the_other_places_say_which_namesake(resolve: Resolve) -> None:
    found = resolve("سقطت قذائف على سرمين وبنش. وقتل رجل في قرية كفر زرزور", NAMESAKES)
    assert place(found, "كفر زرزور").place_id == "t1-كفر زرزور"


def test_without_evidence_nothing_is_guessed(reader: Reader) -> None:
    _, cut, values, mentions, _ = reader.reading(Document("test", "سقطت قذيفة على قرية كفر زرزور"))
    found = Resolver(SHIPPED, (Small(NAMESAKES),), RULES).resolve(cut, values, mentions, ())
    assert by_name(found)["كفر زرزور"].place is None
    assert [note.code for note in found.notes] == ["ambiguous-place"]
    assert "t1-كفر زرزور (SY)" in found.notes[0].message
    assert found.notes[0].span == by_name(found)["كفر زرزور"].span


def test_the_losers_stay_with_their_reasons(resolve: Resolve) -> None:
    found = resolve("سقطت قذيفة على قرية كفر زرزور في محافظة درعا", NAMESAKES)["كفر زرزور"]
    first, second = found.candidates
    assert first.points > second.points
    assert {"exact", "settlement:settlement", "inside"} <= dict(first.reasons).keys()
    assert dict(second.reasons)["inside"] < 0 < dict(first.reasons)["inside"]


def test_a_small_place_far_from_all_others_is_not_taken(resolve: Resolve) -> None:
    lone = (village("كفر زرزور", 32.66, 36.15),)
    found = resolve("سقطت قذائف على سرمين وبنش وسراقب. وقتل رجل في قرية كفر زرزور", lone)
    assert found["كفر زرزور"].place is None


def test_namesakes_next_to_each_other_give_an_area(resolve: Resolve) -> None:
    close = (village("كفر زرزور", 35.95, 36.70, number=1), village("كفر زرزور", 35.80, 36.60, number=2))
    found = place(resolve("سقطت قذيفة على قرية كفر زرزور في محافظة إدلب", close), "كفر زرزور")
    assert (found.place_id, found.precision) == (None, "part_of_district")
    assert found.radius_km is not None
    assert 5 < found.radius_km < 25


def test_consonants_are_enough_beside_known_places_only(resolve: Resolve) -> None:
    near = resolve("سقطت قذائف على سرمين وعلى قرية الشكلية", NAMESAKES)
    assert place(near, "الشكلية").place_id == "t1-الشاكلية"
    assert near["الشكلية"].reason == "sounds alike"
    assert resolve("سقطت قذائف على البصرة وعلى قرية الشكلية", NAMESAKES)["الشكلية"].place is None


def test_a_missing_village_has_the_area_of_its_list(resolve: Resolve) -> None:
    found = place(resolve("سقطت قذائف على قرى سرمين وكفر زرزور وبنش"), "كفر زرزور")
    assert (found.place_id, found.precision, found.country) == (None, "part_of_district", "SY")
    assert found.radius_km is not None
    assert found.radius_km > 10


def test_a_missing_village_has_the_area_of_its_unit(resolve: Resolve) -> None:
    found = place(resolve("سقطت قذائف على قرية كفر زرزور بريف دير الزور الشرقي"), "كفر زرزور")
    assert (found.place_id, found.precision, found.pcode) == (None, "part_of_governorate", "SY09")


def test_a_name_holds_in_the_whole_report(resolve: Resolve) -> None:
    text = "سقطت قذيفة على قرية كفر زرزور في محافظة درعا. وعاد سكان كفر زرزور ليلا"
    resolution = resolve(text, NAMESAKES)["كفر زرزور"]
    assert resolution.place is not None
    assert resolution.place.place_id == "t2-كفر زرزور"


@pytest.mark.parametrize(
    ("outlet", "url", "country"),
    [("وكالة الأنباء العراقية", None, "IQ"), (None, "https://example.ye/a", "YE"), (None, None, None)],
)
def test_who_publishes_is_a_weak_hint(reader: Reader, outlet: str | None, url: str | None, country: str | None) -> None:
    twins = (village("كفر زرزور", 33.3, 43.8, "IQ", 1), village("كفر زرزور", 15.4, 44.2, "YE", 2))
    document = Document("test", "سقطت قذيفة على قرية كفر زرزور", outlet=outlet, url=url)
    _, cut, values, mentions, _ = reader.reading(document)
    found = by_name(Resolver(SHIPPED, (Small(twins),), RULES).resolve(cut, values, mentions, ()))["كفر زرزور"].place
    assert (found.country if found is not None else None) == country


def test_a_village_bears_no_name_of_a_city(resolve: Resolve) -> None:
    scored = resolve("سقطت قذيفة على قرية الموصل")["الموصل"].candidates
    assert dict(scored[0].reasons)["no village"] < 0


def test_a_longer_name_of_the_gazetteer_goes_before_the_shorter(resolve: Resolve) -> None:
    entries = (village("زرزور", 35.5, 36.3), village("زرزور خاشوق", 35.95, 36.70))
    found = resolve("سقطت قذيفة على قرية زرزور خاشوق", entries)
    assert [r.place.place_id for r in found.values() if r.place is not None] == ["t1-زرزور خاشوق"]


def test_a_description_is_what_it_stands_for(reader: Reader) -> None:
    report, *_, resolutions = reader.reading(Document("test", "دخل الجيش مدينة سراقب. وقتل رجلان في المدينة"))
    assert [r.place.place_id for r in resolutions if r.place is not None] == ["sy-saraqib", "sy-saraqib"]
    assert all(p.place_id == "sy-saraqib" for claim in report.claims for p in claim.places)


def test_claims_have_the_points(reader: Reader) -> None:
    claim: Claim = reader.read(Document("test", "قتل رجلان في غارة على مدينة الفلوجة")).claims[0]
    found = claim.places[0]
    assert (found.name, found.country, found.pcode, found.precision) == ("الفلوجة", "IQ", "IQG01", "exact")
    assert found.lat == pytest.approx(33.35, abs=0.05)


def test_precisions_are_those_of_the_table(reader: Reader, examples: Path) -> None:
    known = load_precisions()
    given_ = set()
    for line in examples.read_text("utf8").splitlines()[:20]:
        for claim in reader.read(Document("e", line)).claims:
            given_ |= {p.precision for p in claim.places if p.precision is not None}
    assert given_
    assert given_ <= known.keys()


def test_an_empty_gazetteer_is_told_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Empty(Small):
        digest = "0000"

        def __len__(self) -> int:
            return 0

    monkeypatch.setattr("sijill.places._opened", lambda paths: tuple(Empty(()) for _ in paths))
    places = PlaceReader(built=(tmp_path / "none.sqlite",))
    assert places.version == "+0000"
    text = Text(Document("t", "x"), (), (), ())
    mentions: tuple[Mention, ...] = ()
    for _ in range(2):
        assert [note.code for note in places.read(text, Values(), mentions, ()).notes] == ["empty-gazetteer"]


@given(
    st.lists(
        st.sampled_from(
            ("قرية", "شمال", "ريف", "حلب", "بين", "و", "كفر زرزور", "5 كلم", "،", "الحدود", "بريف", "المدينة", "في")
        ),
        max_size=25,
    )
)
def test_any_words_are_decided_the_same_twice(reader: Reader, words: list[str]) -> None:
    document = Document("test", " ".join(words) or "حلب")
    first = reader.reading(document)[-1]
    assert first == reader.reading(document)[-1]
    for found in first:
        assert found.span.cut(document.text).strip() == found.span.cut(document.text)
        if found.place is not None and found.place.lat is not None:
            assert found.place.radius_km is not None
            assert found.place.radius_km > 0
            assert found.place.lat == round(found.place.lat, 5)
