from __future__ import annotations

from pathlib import Path

from sijill.places.report import report_of
from tests.places.conftest import Builder


def test_the_report_counts_what_is_there(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    report = report_of(gazetteer)
    assert (report.places, report.arabic, report.latin_only, report.merged, report.sound) == (8, 8, 0, 1, True)
    assert report.kinds == {"settlement": 4, "governorate": 2, "camp": 1, "district": 1}
    assert report.homonyms == (("رمانه", 2),)
    assert report.shared_keys == 1
    [row] = report.countries
    assert (row.country, row.places, row.settlements, row.arabic) == ("SY", 8, 5, 5)
    assert (row.shared, row.units, row.units_known) == (2, 2, 14)
    assert "درعا" in row.thin
    assert [source.licence for source in report.sources] == ["CC-BY-4.0"]
    assert len(report.inputs[0].sha256) == 64
