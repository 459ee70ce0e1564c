"""Every rule of the values room's data is held against its own examples; wrong data is told of by file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sijill.data import read_bytes
from sijill.errors import ConfigError, ResourceError
from sijill.model import Document, Values
from sijill.text import TextReader
from sijill.values import ValueReader, lexicon_words
from sijill.values.policy import load_policy

Read = Callable[..., Values]

LEXICON = "lexicon/ar/"


def _rules(file: str, *tables: str) -> Iterator[tuple[str, dict[str, Any]]]:
    tree = tomllib.loads(read_bytes(LEXICON + file).decode("utf8"))
    for table in tables:
        for rule in tree[table]:
            yield table, rule


def _examples(kind: str, file: str, *tables: str) -> list[Any]:
    return [
        pytest.param(table, rule, text, id=f"{rule['id']}: {text}")
        for table, rule in _rules(file, *tables)
        for text in rule[kind]
    ]


def _fires(table: str, rule: dict[str, Any], values: Values, text: str) -> bool:
    """Whether the rule shows in what was read."""
    if table == "amount":
        bounds = load_policy("guidelines").amount(rule["value"])
        return any((one.low, one.high) == bounds and not one.bare for one in values.quantities)
    if table == "modifier":
        exact = {one.span.start: one.value for one in values.numbers}
        plain = [one for one in values.quantities if one.rule == "number" and one.noun is not None]
        if rule["effect"] == "about":
            return any(one.phrase.start < one.span.start or one.phrase.cut(text).endswith("تقريبا") for one in plain)
        open_end = "high" if rule["effect"] in ("at_least", "more_than") else "low"
        return any(getattr(one, open_end) is None and one.span.start in exact for one in plain)
    return bool(values.numbers)


@pytest.mark.parametrize(("table", "rule", "text"), _examples("yes", "amounts.toml", "amount", "modifier"))
def test_amount_rules_match_their_examples(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    assert _fires(table, rule, read(text), text)


@pytest.mark.parametrize(("table", "rule", "text"), _examples("no", "amounts.toml", "amount", "modifier"))
def test_amount_rules_leave_their_counterexamples(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    assert not _fires(table, rule, read(text), text)


@pytest.mark.parametrize(("table", "rule", "text"), _examples("yes", "numbers.toml", "guard", "idiom"))
def test_guards_take_their_numbers_out(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    assert not _fires(table, rule, read(text), text)


@pytest.mark.parametrize(("table", "rule", "text"), _examples("no", "numbers.toml", "guard", "idiom"))
def test_guards_leave_other_numbers(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    assert _fires(table, rule, read(text), text)


@pytest.mark.parametrize(("table", "rule", "text"), _examples("yes", "nouns.toml", "compound"))
def test_compounds_say_who_their_people_are(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    assert [one.who for one in read(text).quantities] == [rule["who"]], f"{table} {rule['id']}"


@pytest.mark.parametrize(("table", "rule", "text"), _examples("no", "nouns.toml", "compound"))
def test_compounds_leave_other_people(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    quantities = read(text).quantities
    assert quantities
    assert rule["who"] not in [one.who for one in quantities], f"{table} {rule['id']}"


DATED = ("relative", "daypart", "daytime", "part", "qualifier", "feast")


@pytest.mark.parametrize(("table", "rule", "text"), _examples("yes", "time.toml", *DATED))
def test_time_rules_match_their_examples(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    dates = read(text).dates
    assert [one.start is not None for one in dates] == [True], f"{table} {rule['id']}"


@pytest.mark.parametrize(("table", "rule", "text"), _examples("no", "time.toml", *DATED))
def test_time_rules_leave_their_counterexamples(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    inner = [one for one in read(text).dates if table != "vague"]
    assert inner == [], f"{table} {rule['id']}"


@pytest.mark.parametrize(("table", "rule", "text"), _examples("yes", "time.toml", "guard", "channel", "vague", "idiom"))
def test_guards_of_time_take_what_looks_like_a_date_out(
    read: Read, table: str, rule: dict[str, Any], text: str
) -> None:
    assert read(text).dates == (), f"{table} {rule['id']}"


@pytest.mark.parametrize(("table", "rule", "text"), _examples("no", "time.toml", "guard", "channel", "vague", "idiom"))
def test_guards_of_time_leave_dates(read: Read, table: str, rule: dict[str, Any], text: str) -> None:
    assert len(read(text).dates) == 1, f"{table} {rule['id']}"


def _overlay(folder: Path, file: str, text: str) -> Path:
    target = folder / LEXICON / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf8")
    return folder


def test_a_noun_of_ones_own_is_counted(tmp_path: Path) -> None:
    _overlay(
        tmp_path,
        "nouns.toml",
        '[counted]\nnoun = [{ id = "own", class = "civilians", singular = "نحال", sound = "m" }]\n',
    )
    assert "نحالين" in lexicon_words(tmp_path)


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("nouns.toml", '[counted]\nnoun = [{ id = "x", class = "civilians", singular = "جندي" }]\n', "claimed by"),
        ("nouns.toml", '[counted]\nnoun = [{ id = "x", class = "nobody", singular = "نحال" }]\n', "no class nobody"),
        ("nouns.toml", '[counted]\nnoun = [{ id = "x", clas = "civilians" }]\n', "unknown field"),
        ("numbers.toml", '[[numeral]]\nid = "x"\nkind = "unit"\nvalue = 7\nforms = ["ثلاثة"]\n', "claimed by"),
        ("amounts.toml", '[grammar]\nfrom = ["من"]\n', "unknown field `from`"),
        ("amounts.toml", '[grammar]\ntoward = ["إلى", "الى"]\n', "grammar.toward.*stands twice"),
        ("numbers.toml", '[[point]]\nid = "x"\nword = ["نقطة"]\n', "unknown field `word`"),
        ("months.toml", '[[month]]\nid = "x"\nnumber = 2\nnames = ["مارس"]\n', "names two months"),
        ("months.toml", "[[month", "lexicon/ar/months.toml"),
        ("time.toml", '[grammar]\nhour_noun = ["ساعة"]\n', "unknown field `hour_noun`"),
        ("time.toml", '[grammar]\nnight = ["ليلة", "ليله"]\n', "grammar.night.*stands twice"),
    ],
)
def test_wrong_data_is_told_of(tmp_path: Path, file: str, text: str, says: str) -> None:
    _overlay(tmp_path, file, text)
    with pytest.raises(ResourceError, match=says):
        ValueReader(tmp_path)


def test_a_word_of_ones_own_opens_a_time(tmp_path: Path) -> None:
    _overlay(tmp_path, "time.toml", '[grammar]\nmonth_noun = ["شهر", "هلال"]\n')
    text = TextReader(lexicon_words(tmp_path), tmp_path, whole=True).read(
        Document(id="t", text="قتل جنديان هلال رمضان")
    )
    assert [one.rule for one in ValueReader().read(text).dates] == []
    assert [(one.rule, one.text) for one in ValueReader(tmp_path).read(text).dates] == [("hijri-month", "هلال رمضان")]


def test_a_word_of_ones_own_joins_a_range(tmp_path: Path) -> None:
    _overlay(tmp_path, "amounts.toml", '[grammar]\nbetween = ["بين", "مابين"]\n')
    text = TextReader(lexicon_words(tmp_path), tmp_path, whole=True).read(
        Document(id="t", text="جرح مابين 30 و40 مدنيا")
    )
    assert [one.rule for one in ValueReader().read(text).quantities] == ["number", "number"]
    assert [(one.rule, one.low, one.high) for one in ValueReader(tmp_path).read(text).quantities] == [("range", 30, 40)]


@pytest.mark.parametrize("name", ["nobody", "../guidelines", ""])
def test_a_policy_that_is_not_there(name: str) -> None:
    with pytest.raises(ConfigError, match="no policy"):
        load_policy(name)
