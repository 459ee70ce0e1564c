"""The data of the names room: sound, and each rule true to its own examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sijill.errors import ResourceError
from sijill.model import Mention, MentionKind
from sijill.names.knowledge import Head, load_knowledge
from sijill.names.lexicon import BodyHead, load_lexicon

Find = Callable[..., list[Mention]]

KNOWLEDGE = load_knowledge()
LEXICON = load_lexicon()
HEADS = {head.id: head for rows in KNOWLEDGE.heads.values() for _, head in rows}
GROUPS = {
    "bodies": "bodies.head.",
    "outlets": "outlets.head.",
    "targets": "targets.",
    "people": "people.",
    "titles": "titles.",
}


def _rules(mentions: list[Mention]) -> set[str]:
    return {m.rule for m in mentions}


def test_at_least_400_actors_and_states() -> None:
    assert len(KNOWLEDGE.actors) >= 400
    assert sum(entry.kind != "state" for entry in KNOWLEDGE.actors.values()) >= 400


def test_every_actor_has_arabic_and_english_names() -> None:
    for entry in KNOWLEDGE.actors.values():
        assert entry.label.strip()
        assert any("\u0621" <= letter <= "\u064a" for letter in entry.name), entry.id


def test_years_run_forward() -> None:
    for entry in KNOWLEDGE.actors.values():
        assert entry.since is None or entry.until is None or entry.since <= entry.until, entry.id


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_head_of_actors_keeps_to_its_examples(find: Find, head: Head) -> None:
    rule = f"actors.head.{head.id}"
    assert head.yes, "a rule needs an example that it matches"
    assert head.no, "a rule needs an example that it does not match"
    for text in head.yes:
        # A known name may win over the noun that it begins with.
        found = find(text, MentionKind.ACTOR)
        assert _rules(found) & {rule, "actors.name"}, text
    for text in head.no:
        assert rule not in _rules(find(text, MentionKind.ACTOR)), text


@pytest.mark.parametrize(("group", "head"), LEXICON.heads, ids=[f"{group}-{head.id}" for group, head in LEXICON.heads])
def test_head_of_a_word_list_keeps_to_its_examples(find: Find, group: str, head: BodyHead) -> None:
    rule = GROUPS[group] + head.id
    assert head.yes, "a rule needs an example that it matches"
    assert head.no, "a rule needs an example that it does not match"
    for text in head.yes:
        assert _rules(find(text)) & {rule, "bodies.name"}, text
    for text in head.no:
        assert rule not in _rules(find(text)), text


@pytest.mark.parametrize("ref", [ref for ref, entry in KNOWLEDGE.actors.items() if entry.kind != "state"])
def test_actor_is_found_by_each_of_its_own_names(find: Find, ref: str) -> None:
    entry = KNOWLEDGE.actors[ref]
    for name in [entry.name, *entry.aliases, *entry.loaded]:
        if name in entry.shared or name in entry.bound:
            continue
        found = find(f"قالوا إن {name} هنا", MentionKind.ACTOR)
        assert ref in {m.ref for m in found}, name


OVERLAY_META = '[meta]\nid = "t"\nversion = "1"\nlicence = "Apache-2.0"\nsource = "test"\n'


def _overlay(folder: Path, body: str) -> Path:
    (folder / "actors").mkdir()
    (folder / "actors" / "syria.toml").write_text(OVERLAY_META + body, encoding="utf8")
    return folder


def test_overlay_adds_an_actor(tmp_path: Path) -> None:
    body = '[[actor]]\nid = "x"\nname = "كتائب الاختبار"\nlabel = "Test"\nkind = "rebel"\n'
    assert load_knowledge(_overlay(tmp_path, body)).actors["x"].label == "Test"


@pytest.mark.parametrize(
    "body",
    [
        '[[actor]]\nid = "x"\nname = "داعش"\nlabel = "Test"\nkind = "rebel"\n',
        '[[actor]]\nid = "x"\nname = "كتائب الاختبار"\nlabel = "Test"\nkind = "rebel"\nparent = "nobody"\n',
        '[[actor]]\nid = "is"\nname = "كتائب الاختبار"\nlabel = "Test"\nkind = "rebel"\n',
        '[[actor]]\nid = "x"\nname = "كتائب الاختبار"\nlabel = "Test"\nkind = "rebel"\ncolour = "red"\n',
    ],
    ids=["silent homograph", "unknown parent", "repeated id", "unknown key"],
)
def test_wrong_data_is_refused_with_file_and_key(tmp_path: Path, body: str) -> None:
    with pytest.raises(ResourceError) as caught:
        load_knowledge(_overlay(tmp_path, body))
    assert caught.value.file
