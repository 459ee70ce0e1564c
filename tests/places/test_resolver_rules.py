"""Each rule of `rules/places.toml` carries sentences that it must decide, and some that it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill import Document, Reader
from sijill.errors import ResourceError
from sijill.model import Place
from sijill.places.geometry import km
from sijill.places.rules import Example, ResolverRules

RULES = ResolverRules()


def placed(reader: Reader, example: Example) -> Place | None:
    """The place of that name in the sentence, as it is resolved."""
    *_, resolutions = reader.reading(Document("example", example.text))
    found = [resolution for resolution in resolutions if resolution.name == example.name]
    assert found, f"{example.name} is not found in {example.text}"
    return found[0].place


def meets(place: Place | None, example: Example) -> bool:
    """Whether the place came out as the example says."""
    if place is None or place.lat is None or place.lon is None:
        return example.precision == ""
    if place.precision != example.precision:
        return False
    return example.near is None or km(place.lat, place.lon, *example.near) <= example.within_km


@pytest.mark.parametrize("example", RULES.yes, ids=lambda example: example.text)
def test_a_rule_decides_what_it_says(reader: Reader, example: Example) -> None:
    place = placed(reader, example)
    assert meets(place, example), place


@pytest.mark.parametrize("example", RULES.no, ids=lambda example: example.text)
def test_a_rule_leaves_alone_what_it_must(reader: Reader, example: Example) -> None:
    assert not meets(placed(reader, example), example)


def test_every_precision_has_codes_of_both_schemes() -> None:
    assert {row.where_prec for row in RULES.precisions.values()} == {1, 2, 3, 4, 5, 6, 7}
    assert {row.geo_precision for row in RULES.precisions.values()} == {1, 2, 3}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('[[kind]]\nid = "settlement"\nradius_km = 2.0\nprecision = "sharp"\n', "no precision sharp"),
        ('[[noun]]\nid = "camp"\nother = 0.0\nkinds = { castle = 1.0 }\n', "no kind castle"),
        ('[[size]]\nid = "hamlet"\nnouns = ["village"]\npoints = "many"\n', "points"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path: Path, entry: str, message: str) -> None:
    file = tmp_path / "rules" / "places.toml"
    file.parent.mkdir()
    file.write_text(entry, "utf8")
    with pytest.raises(ResourceError, match=message):
        ResolverRules(tmp_path)
