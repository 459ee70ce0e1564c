"""The classes of nouns that triggers ask for by name."""

from __future__ import annotations

import msgspec
import pytest

from sijill.claims.classes import Classes, load_classes
from sijill.claims.lexicon import Trigger, load_claims
from sijill.errors import ResourceError


def test_a_class_stands_for_its_words_in_all_forms() -> None:
    trigger = load_claims().triggers["abuse.struck"]
    expanded = Classes({"guards": ["حارس", "دورية"]}).expanded(trigger_with(trigger, ["@guards", "مجهول"]), trigger.id)
    assert {"حارس", "حارسا", "حارسين", "حارسون", "دوريه", "دوريات", "دوريتين", "مجهول"} <= set(expanded.subject)
    assert not any(word.startswith("@") for word in expanded.subject)


def test_an_unknown_class_is_named_with_its_trigger() -> None:
    trigger = trigger_with(load_claims().triggers["abuse.struck"], ["@ghosts"])
    with pytest.raises(ResourceError, match="@ghosts"):
        load_classes().expanded(trigger, trigger.id)


def test_no_trigger_keeps_the_name_of_a_class() -> None:
    triggers = load_claims().triggers.values()
    assert not [t.id for t in triggers for word in (*t.next, *t.unless, *t.subject) if word.startswith("@")]


def trigger_with(trigger: Trigger, subject: list[str]) -> Trigger:
    """`trigger` with other words for its subject."""
    return msgspec.structs.replace(trigger, subject=subject)
